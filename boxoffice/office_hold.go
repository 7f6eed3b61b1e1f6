package boxoffice

import (
	"context"
	"slices"
)

// Pick is one place and the price type it is taken for; a zero type means the
// performance's default.
type Pick struct {
	Place PlaceNo
	Type  PriceTypeID
}

// Party is so many of one price type.
type Party struct {
	Type  PriceTypeID
	Count int
}

// Request is what a customer asks of best available.
type Request struct {
	Parties       []Party
	Section, Zone int // -1 for any
	Wheelchairs   int
	Companions    int
}

// Seats returns how many places are asked for.
func (q Request) Seats() int {
	n := 0
	for _, p := range q.Parties {
		n += p.Count
	}
	return n
}

// named returns the request with the default price type where none was named.
func (q Request) named(prices *PriceList) Request {
	q.Parties = slices.Clone(q.Parties)
	for i := range q.Parties {
		if q.Parties[i].Type == 0 {
			q.Parties[i].Type = prices.Default().ID
		}
	}
	return q
}

// maxParty bounds how many places one key press can take.
const maxParty = 200

// Taken is what a use case took into the basket.
type Taken struct {
	Performance PerformanceID
	Picks       []Pick
	Why         string  // of best available
	Others      []Offer // the next choices, to swap for
}

// HoldPlaces takes named places into the person's basket. Places that somebody
// else has are a *TakenError, a zone without the price a *NoPriceError, and then
// the basket is as it was.
func (o *Office) HoldPlaces(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, picks []Pick) (Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) (Taken, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Taken{}, err
		}
		return take(tx, by, by.Staff, perf, picks)
	})
}

// take reserves places under the person's basket hold and journals it. Guarded prices
// among them are giver's to give.
func take(tx Tx, by Actor, giver StaffID, perfID PerformanceID, picks []Pick) (Taken, error) {
	_, priced, err := offered(tx, giver, perfID, picks)
	if err != nil {
		return Taken{}, err
	}
	tickets, err := freeTickets(tx, perfID, placesOf(priced))
	if err != nil {
		return Taken{}, err
	}
	basket, hold, err := liveBasket(tx, by)
	if err != nil {
		return Taken{}, err
	}
	return reserve(tx, by, basket, hold, tickets, priced, "")
}

// reserve puts tickets under a basket's hold, out of their block where they are in
// one: the caller has looked that they may be had. It journals it.
func reserve(tx Tx, by Actor, basket Basket, hold Hold, tickets []Ticket, priced []pricedPick, note string) (Taken, error) {
	var moved movements
	taken := Taken{Performance: tickets[0].Performance}
	for i, t := range tickets {
		step := t.Reserve
		if t.Block != "" {
			step = t.ReserveFromBlock
		}
		held, err := step(tx.Now(), hold, priced[i].Type.ID, priced[i].Amount)
		if err != nil {
			return Taken{}, err
		}
		moved.add(t, held)
		taken.Picks = append(taken.Picks, Pick{t.Place, priced[i].Type.ID})
	}
	entry := stamp(by, VerbHold)
	entry.Basket, entry.Hold, entry.Note = basket.ID, hold.ID, note
	return taken, moved.save(tx, entry)
}

// pricedPick is a pick with its price type and price looked up.
type pricedPick struct {
	Place  PlaceNo
	Type   PriceType
	Amount Money
}

// offered looks up the prices of picks in a performance that sells, and that giver may
// give them.
func offered(tx Tx, giver StaffID, perf PerformanceID, picks []Pick) (*Plan, []pricedPick, error) {
	_, plan, prices, err := selling(tx, perf)
	if err != nil {
		return nil, nil, err
	}
	priced, err := price(plan, prices, picks)
	if err != nil {
		return nil, nil, err
	}
	return plan, priced, mayGive(tx, giver, priced)
}

// price looks up the prices of picks. It refuses no picks, too many, the same
// place twice, a place the plan does not have, and a zone without the price.
func price(plan *Plan, prices *PriceList, picks []Pick) ([]pricedPick, error) {
	if len(picks) == 0 {
		return nil, invalid("name at least one place")
	}
	if len(picks) > maxParty {
		return nil, invalid("%d places at once are too many; take at most %d", len(picks), maxParty)
	}
	seen := make(map[PlaceNo]bool, len(picks))
	out := make([]pricedPick, len(picks))
	for i, p := range picks {
		place, ok := plan.Place(p.Place)
		if !ok {
			return nil, NotFound("place", p.Place)
		}
		if seen[p.Place] {
			return nil, invalid("%s is named twice", plan.Labels([]PlaceNo{p.Place}))
		}
		seen[p.Place] = true
		typ := prices.Default()
		if p.Type != 0 {
			typ = prices.Type(p.Type)
		}
		amount, err := prices.Price(place.Zone, typ.ID)
		if err != nil {
			return nil, &NoPriceError{Zone: place.Zone, ZoneName: plan.Zones[place.Zone].Name, Type: typ}
		}
		out[i] = pricedPick{p.Place, typ, amount}
	}
	return out, nil
}

// HoldBest takes the best available places of a request into the basket, and
// says why those and what the next choices are. Too few places are a
// *NotEnoughError that says how many are open and in baskets.
func (o *Office) HoldBest(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, q Request) (Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) (Taken, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Taken{}, err
		}
		_, plan, prices, err := selling(tx, perf)
		if err != nil {
			return Taken{}, err
		}
		places, err := tx.Places(perf)
		if err != nil {
			return Taken{}, err
		}
		b, err := tx.OpenBasket(by.Staff)
		if err != nil && KindOf(err) != KindNotFound {
			return Taken{}, err
		}
		var near []PlaceNo
		if b.Hold != 0 {
			tickets, err := tx.TicketsOf(b.Hold)
			if err != nil {
				return Taken{}, err
			}
			for _, t := range tickets {
				if t.Performance == perf && t.State != Cancelled {
					near = append(near, t.Place)
				}
			}
		}
		open, err := tx.Openings(perf)
		if err != nil {
			return Taken{}, err
		}
		offers, err := o.search(plan, prices, func(no PlaceNo) State { return places[no-1].State }, open, q, near, 3)
		if err != nil {
			return Taken{}, notEnoughTimes(err, tx, perf)
		}
		taken, err := take(tx, by, by.Staff, perf, assign(prices, offers[0].Places, q))
		taken.Why, taken.Others = offers[0].Why, offers[1:]
		return taken, err
	})
}

// Offers returns what HoldBest would choose by the picture, best first: what a
// screen shows before Enter. The transaction decides anew.
func (o *Office) Offers(pic *Picture, now int64, q Request, near []PlaceNo, max int) ([]Offer, error) {
	if !pic.Performance.Selling() {
		return nil, notSelling(pic.Performance)
	}
	free := make([]bool, pic.Places.Len())
	for no, p := range pic.Places.All() {
		free[no-1] = p.Free(now)
	}
	return o.search(pic.Plan, pic.Prices, func(no PlaceNo) State { return pic.Places.At(no).State }, NewOpenings(free), q, near, max)
}

// search finds offers in what is open of a house's places.
func (o *Office) search(plan *Plan, prices *PriceList, state func(PlaceNo) State, open *Openings, q Request, near []PlaceNo, max int) ([]Offer, error) {
	q = q.named(prices)
	seats := q.Seats()
	if seats < 1 {
		return nil, invalid("say how many places")
	}
	if seats > maxParty {
		return nil, invalid("%d places at once are too many; take at most %d", seats, maxParty)
	}
	if q.Zone >= len(plan.Zones) || q.Section >= len(plan.Sections) {
		return nil, invalid("the house has no such section or zone")
	}
	zones := make([]bool, len(plan.Zones))
	anyZone := false
	for z := range zones {
		zones[z] = true
		for _, p := range q.Parties {
			if _, err := prices.Price(z, p.Type); err != nil {
				zones[z] = false
			}
		}
		anyZone = anyZone || zones[z] && (q.Zone < 0 || q.Zone == z)
	}
	if !anyZone {
		return nil, missingPrice(plan, prices, q)
	}
	offers := o.finder.Best(plan, open, Wish{
		Seats: seats, Wheelchairs: q.Wheelchairs, Companions: q.Companions, Zone: q.Zone, Section: q.Section, Zones: zones, Near: near,
	}, max)
	if len(offers) > 0 {
		return offers, nil
	}
	short := &NotEnoughError{Wanted: seats}
	for i, free := range open.Free() {
		place := &plan.Places[i]
		inside := zones[place.Zone] && (q.Zone < 0 || place.Zone == q.Zone) && (q.Section < 0 || place.Section == q.Section)
		switch {
		case inside && free:
			short.Open++
		case inside && state(place.No) == Held:
			short.InBaskets++
		}
	}
	switch {
	case q.Section >= 0:
		short.Where = plan.Sections[q.Section].Name
	case q.Zone >= 0:
		short.Where = plan.Zones[q.Zone].Name
	}
	if short.Open >= seats {
		short.Together = "what is open are wheelchair or companion places; name them to take them"
		if q.Wheelchairs > 0 {
			short.Together = "no wheelchair place like that is open"
		}
	}
	return nil, short
}

// missingPrice says which price type of a request no zone asked for has.
func missingPrice(plan *Plan, prices *PriceList, q Request) error {
	for _, p := range q.Parties {
		for z := range plan.Zones {
			if q.Zone >= 0 && q.Zone != z {
				continue
			}
			if _, err := prices.Price(z, p.Type); err != nil {
				return &NoPriceError{Zone: z, ZoneName: plan.Zones[z].Name, Type: prices.Type(p.Type)}
			}
		}
	}
	return invalid("this performance has no prices yet")
}

// notEnoughTimes adds to a *NotEnoughError when the first of the holds in the way
// ends.
func notEnoughTimes(err error, r Reader, perf PerformanceID) error {
	short, ok := err.(*NotEnoughError)
	if !ok {
		return err
	}
	holds, errHolds := r.LiveHolds(perf)
	if errHolds != nil {
		return errHolds
	}
	short.Now = r.Now()
	for _, h := range holds {
		if h.Alive(short.Now) && (short.FirstFree.IsZero() || h.ExpiresAt.Before(short.FirstFree)) {
			short.FirstFree = h.ExpiresAt
		}
	}
	return short
}

// assign gives the parties of a request their places, in the order of both.
func assign(prices *PriceList, places []PlaceNo, q Request) []Pick {
	types := make([]PriceTypeID, 0, len(places))
	for _, p := range q.named(prices).Parties {
		types = append(types, slices.Repeat([]PriceTypeID{p.Type}, p.Count)...)
	}
	sorted := slices.Clone(places)
	slices.Sort(sorted)
	picks := make([]Pick, len(sorted))
	for i, no := range sorted {
		picks[i] = Pick{no, types[i]}
	}
	return picks
}

// Assign pairs the places of an offer with the price types of the request it
// answers, as HoldBest does.
func (q Request) Assign(_ *Plan, prices *PriceList, places []PlaceNo) []Pick {
	return assign(prices, places, q)
}

// Swap gives back some of the basket's places and takes others instead, in one
// step: if the others cannot be had, the basket is as it was.
func (o *Office) Swap(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, give []PlaceNo, picks []Pick) (Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) (Taken, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Taken{}, err
		}
		if err := release(tx, by, perf, give, false); err != nil {
			return Taken{}, err
		}
		return take(tx, by, by.Staff, perf, picks)
	})
}

// Release gives places of the basket back. The last place given back empties the
// basket.
func (o *Office) Release(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, release(tx, by, perf, places, true)
	})
	return err
}

// release gives places of a performance back; end says whether an emptied basket
// is done with.
func release(tx Tx, by Actor, perf PerformanceID, places []PlaceNo, end bool) error {
	basket, hold, tickets, err := heldBy(tx, by.Staff)
	if err != nil {
		return err
	}
	var moved movements
	for _, t := range tickets {
		if t.Performance != perf || !slices.Contains(places, t.Place) {
			continue
		}
		free, err := t.Release()
		if err != nil {
			return err
		}
		moved.add(t, free)
	}
	if len(moved.before) != len(places) || len(places) == 0 {
		return invalid("not all of these places are in the basket")
	}
	entry := stamp(by, VerbRelease)
	entry.Basket, entry.Hold = basket.ID, hold.ID
	if err := moved.save(tx, entry); err != nil {
		return err
	}
	if end && len(moved.before) == len(tickets) {
		return endHold(tx, basket, hold, HoldReleased)
	}
	return nil
}

// ChangeType changes the price type of places in the basket.
func (o *Office) ChangeType(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo, typ PriceTypeID) error {
	picks := make([]Pick, len(places))
	for i, no := range places {
		picks[i] = Pick{no, typ}
	}
	_, err := o.ChangeTypes(ctx, cmd, by, perf, picks, nil)
	return err
}

// ChangeTypes gives places of the basket other price types and takes more places,
// in one step: where one of them cannot be had or has no such price, the basket is
// as it was. It returns what was taken.
func (o *Office) ChangeTypes(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, changes, more []Pick) (Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) (Taken, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Taken{}, err
		}
		if err := reprice(tx, by, by.Staff, perf, changes); err != nil {
			return Taken{}, err
		}
		if len(more) == 0 {
			return Taken{Performance: perf}, nil
		}
		return take(tx, by, by.Staff, perf, more)
	})
}

// reprice changes the price types of places in the basket and journals it.
func reprice(tx Tx, by Actor, giver StaffID, perf PerformanceID, changes []Pick) error {
	basket, hold, tickets, err := heldBy(tx, by.Staff)
	if err != nil {
		return err
	}
	plan, priced, err := offered(tx, giver, perf, changes)
	if err != nil {
		return err
	}
	var moved movements
	for _, p := range priced {
		i := slices.IndexFunc(tickets, func(t Ticket) bool { return t.Performance == perf && t.Place == p.Place })
		if i < 0 {
			return invalid("%s is not in the basket", plan.Labels([]PlaceNo{p.Place}))
		}
		changed, err := tickets[i].Reprice(p.Type.ID, p.Amount)
		if err != nil {
			return err
		}
		moved.add(tickets[i], changed)
	}
	entry := stamp(by, VerbReprice)
	entry.Basket, entry.Hold = basket.ID, hold.ID
	return moved.save(tx, entry)
}

package boxoffice

import (
	"context"
	"slices"
)

// Basket returns a person's open basket as it is now. A basket whose time is over
// has no lines; what it had is in Lost.
func (o *Office) Basket(ctx context.Context, staff StaffID) (BasketView, error) {
	return view(ctx, o, func(r Reader) (BasketView, error) {
		b, err := r.OpenBasket(staff)
		if KindOf(err) == KindNotFound {
			return BasketView{}, nil
		}
		if err != nil {
			return BasketView{}, err
		}
		return viewBasket(r, b)
	})
}

// Parked returns the parked baskets of a person, or everybody's for zero.
func (o *Office) Parked(ctx context.Context, staff StaffID) ([]ParkedView, error) {
	return view(ctx, o, func(r Reader) ([]ParkedView, error) {
		baskets, err := r.ParkedBaskets(staff)
		if err != nil {
			return nil, err
		}
		views := make([]ParkedView, len(baskets))
		for i, b := range baskets {
			if views[i].View, err = viewBasket(r, b); err != nil {
				return nil, err
			}
			owner, err := r.Staff(b.Staff)
			if err != nil {
				return nil, err
			}
			views[i].Owner = owner.Name
		}
		return views, nil
	})
}

// viewBasket puts a basket into words and money.
func viewBasket(r Reader, b Basket) (BasketView, error) {
	v := BasketView{Basket: b}
	if b.Hold == 0 {
		return v, nil
	}
	var err error
	if v.Hold, err = r.Hold(b.Hold); err != nil {
		return v, err
	}
	if v.ForName, err = customerName(r, v.Hold.Customer); err != nil {
		return v, err
	}
	if v.ForName != "" && b.Label != "" {
		v.ForName += ", "
	}
	v.ForName += b.Label
	tickets, err := r.TicketsOf(b.Hold)
	if err != nil {
		return v, err
	}
	lines, err := viewLines(r, tickets)
	if err != nil {
		return v, err
	}
	lapses, err := r.Lapses(b.Hold)
	if err != nil {
		return v, err
	}
	lost := make([]Ticket, len(lapses))
	for i, l := range lapses {
		lost[i] = Ticket{Performance: l.Performance, Place: l.Place, Type: l.Type}
	}
	if v.Lost, err = viewLines(r, lost); err != nil {
		return v, err
	}
	if !v.Hold.Alive(r.Now()) {
		v.Lost = append(lines, v.Lost...)
		return v, nil
	}
	v.Lines = lines
	for _, l := range v.Lines {
		v.Total += l.Amount
		v.Tax += l.Tax
	}
	return v, nil
}

// viewLines puts tickets of one basket into words and money, tax included.
func viewLines(r Reader, tickets []Ticket) ([]BasketLine, error) {
	lines := make([]BasketLine, len(tickets))
	taxed := make([]Taxed, len(tickets))
	for i, t := range tickets {
		perf, err := r.Performance(t.Performance)
		if err != nil {
			return nil, err
		}
		plan, err := r.Plan(perf.Plan)
		if err != nil {
			return nil, err
		}
		prices, err := r.PriceList(t.Performance)
		if err != nil {
			return nil, err
		}
		place, ok := plan.Place(t.Place)
		if !ok {
			return nil, NotFound("place", t.Place)
		}
		lines[i] = BasketLine{
			Performance: perf.ID, Title: perf.Title, Curtain: perf.Curtain, Place: t.Place, Label: place.Label(),
			Section: plan.Sections[place.Section].Name, Zone: plan.Zones[place.Zone].Name,
			Type: prices.Type(t.Type), Price: t.Price, TaxPPM: perf.TaxPPM, TaxIncluded: perf.TaxIncluded,
		}
		taxed[i] = Taxed{t.Price, perf.TaxPPM, perf.TaxIncluded}
	}
	for i, tax := range Taxes(taxed) {
		lines[i].Tax, lines[i].Amount = tax, lines[i].Price
		if !lines[i].TaxIncluded {
			lines[i].Amount += tax
		}
	}
	return lines, nil
}

// Drop gives everything in the person's basket back and forgets what it lost.
func (o *Office) Drop(ctx context.Context, cmd CommandID, by Actor) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		b, err := tx.OpenBasket(by.Staff)
		if KindOf(err) == KindNotFound || err == nil && b.Hold == 0 {
			return struct{}{}, wrongState("the basket is empty")
		}
		if err != nil {
			return struct{}{}, err
		}
		h, err := tx.Hold(b.Hold)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, dropHold(tx, by, b, h, VerbRelease, "")
	})
	return err
}

// dropHold ends a basket's hold, whether it is alive or over.
func dropHold(tx Tx, by Actor, b Basket, h Hold, verb Verb, note string) error {
	entry := stamp(by, verb)
	entry.Basket, entry.Hold, entry.Note = b.ID, h.ID, note
	if h.State == HoldActive && !h.Alive(tx.Now()) {
		if err := settleLapse(tx, h); err != nil {
			return err
		}
		settled, err := tx.Hold(h.ID)
		if err != nil {
			return err
		}
		h = settled
	}
	if h.State == HoldLapsed {
		if err := tx.Append(entry); err != nil {
			return err
		}
		return endHold(tx, b, h, HoldLapsed)
	}
	moved, err := releaseAll(tx, h)
	if err != nil {
		return err
	}
	if err := moved.save(tx, entry); err != nil {
		return err
	}
	return endHold(tx, b, h, HoldReleased)
}

// releaseAll makes every ticket under a hold available again.
func releaseAll(tx Tx, h Hold) (movements, error) {
	var moved movements
	tickets, err := tx.TicketsOf(h.ID)
	if err != nil {
		return moved, err
	}
	for _, t := range tickets {
		free, err := t.Release()
		if err != nil {
			return moved, err
		}
		moved.add(t, free)
	}
	return moved, nil
}

// Renew gives the basket its full time again, up to its hard maximum, and returns
// its hold. A basket whose time is over is taken again with Retake.
func (o *Office) Renew(ctx context.Context, cmd CommandID, by Actor) (Hold, error) {
	return update(ctx, o, cmd, func(tx Tx) (Hold, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Hold{}, err
		}
		b, h, _, err := heldBy(tx, by.Staff)
		if err != nil {
			return h, err
		}
		house, err := tx.House()
		if err != nil {
			return h, err
		}
		before := h.ExpiresAt
		if h, err = renew(tx, h, house.Holds.For(by.Channel)); err != nil {
			return h, err
		}
		if h.ExpiresAt.Equal(before) && h.ExpiresAt.Equal(h.LatestAt) {
			return h, wrongState("this basket cannot be kept any longer: it ends in %s", Countdown(h.ExpiresAt.Sub(tx.Now())))
		}
		entry := stamp(by, VerbRenew)
		entry.Basket, entry.Hold = b.ID, h.ID
		return h, tx.Append(entry)
	})
}

// Retake takes the places that lapsed from the basket again: all of them, or a
// *TakenError that says which are gone; with rest, those that are still free.
func (o *Office) Retake(ctx context.Context, cmd CommandID, by Actor, rest bool) ([]Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) ([]Taken, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return nil, err
		}
		b, err := tx.OpenBasket(by.Staff)
		if KindOf(err) == KindNotFound || err == nil && b.Hold == 0 {
			return nil, wrongState("the basket lost nothing")
		}
		if err != nil {
			return nil, err
		}
		// Settling moves what was lost to a fresh hold, where it can be read.
		_, h, err := liveBasket(tx, by)
		if err != nil {
			return nil, err
		}
		lost, err := tx.Lapses(h.ID)
		if err != nil {
			return nil, err
		}
		if len(lost) == 0 {
			return nil, wrongState("the basket lost nothing")
		}
		if err := tx.ClearLapses(h.ID); err != nil {
			return nil, err
		}
		var taken []Taken
		var gone []TakenPlace
		for len(lost) > 0 {
			perf := lost[0].Performance
			n := slices.IndexFunc(lost, func(l Lapse) bool { return l.Performance != perf })
			if n < 0 {
				n = len(lost)
			}
			picks, missing, err := stillFree(tx, lost[:n], rest)
			if err != nil {
				return nil, err
			}
			gone = append(gone, missing...)
			if len(picks) > 0 && (rest || len(gone) == 0) {
				t, err := take(tx, by, by.Staff, perf, picks)
				if err != nil {
					return nil, err
				}
				taken = append(taken, t)
			}
			lost = lost[n:]
		}
		if len(gone) > 0 && (!rest || len(taken) == 0) {
			return nil, &TakenError{gone}
		}
		return taken, nil
	})
}

// stillFree sorts lapsed places of one performance into those that can be taken
// again and those that somebody else has by now.
func stillFree(tx Tx, lost []Lapse, rest bool) ([]Pick, []TakenPlace, error) {
	var picks []Pick
	var gone []TakenPlace
	for _, l := range lost {
		_, err := freeTickets(tx, l.Performance, []PlaceNo{l.Place})
		if taken, ok := err.(*TakenError); ok {
			gone = append(gone, taken.Places...)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		picks = append(picks, Pick{l.Place, l.Type})
	}
	return picks, gone, nil
}

// Forget drops the memory of what the basket lost.
func (o *Office) Forget(ctx context.Context, cmd CommandID, by Actor) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		b, err := tx.OpenBasket(by.Staff)
		if KindOf(err) == KindNotFound || err == nil && b.Hold == 0 {
			return struct{}{}, nil
		}
		if err != nil {
			return struct{}{}, err
		}
		h, err := tx.Hold(b.Hold)
		if err != nil {
			return struct{}{}, err
		}
		if h.Alive(tx.Now()) {
			return struct{}{}, tx.ClearLapses(h.ID)
		}
		return struct{}{}, dropHold(tx, by, b, h, VerbRelease, "")
	})
	return err
}

// Park lays the person's basket aside under a label and leaves them an empty one.
// Its hold gets its full time once more, and can lapse like any other.
func (o *Office) Park(ctx context.Context, cmd CommandID, by Actor, label string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, park(tx, by, label)
	})
	return err
}

func park(tx Tx, by Actor, label string) error {
	b, h, _, err := heldBy(tx, by.Staff)
	if err != nil {
		return err
	}
	house, err := tx.House()
	if err != nil {
		return err
	}
	if h, err = renew(tx, h, house.Holds.For(by.Channel)); err != nil {
		return err
	}
	b.State, b.Label, b.ParkedAt = BasketParked, Shorten(Clean(label), 40), tx.Now()
	if b, err = tx.SaveBasket(b); err != nil {
		return err
	}
	entry := stamp(by, VerbPark)
	entry.Basket, entry.Hold = b.ID, h.ID
	return tx.Append(entry)
}

// Resume takes a parked basket up again. What the person has in hand is parked in
// its stead. A colleague's parked basket needs the permission to take it over.
func (o *Office) Resume(ctx context.Context, cmd CommandID, by Actor, id BasketID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		parked, err := tx.Basket(id)
		if err != nil {
			return struct{}{}, err
		}
		permission := Sell
		if parked.Staff != by.Staff {
			permission = TakeOver
		}
		if _, err := allow(tx, by, permission); err != nil {
			return struct{}{}, err
		}
		if parked.State != BasketParked {
			return struct{}{}, wrongState("that basket is not parked any more")
		}
		if err := clearDesk(tx, by); err != nil {
			return struct{}{}, err
		}
		parked.State, parked.Staff, parked.ParkedAt = BasketOpen, by.Staff, parked.ParkedAt.UTC()
		if parked, err = tx.SaveBasket(parked); err != nil {
			return struct{}{}, err
		}
		if err := reassign(tx, parked.Hold, by); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbResume)
		entry.Basket, entry.Hold = parked.ID, parked.Hold
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// clearDesk makes room for another basket: a full one is parked, an empty one
// closed.
func clearDesk(tx Tx, by Actor) error {
	b, err := tx.OpenBasket(by.Staff)
	if KindOf(err) == KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if b.Hold != 0 {
		h, err := tx.Hold(b.Hold)
		if err != nil {
			return err
		}
		if h.Alive(tx.Now()) {
			return park(tx, by, "")
		}
		if err := dropHold(tx, by, b, h, VerbRelease, ""); err != nil {
			return err
		}
		if b, err = tx.Basket(b.ID); err != nil {
			return err
		}
	}
	b.State = BasketClosed
	_, err = tx.SaveBasket(b)
	return err
}

// reassign makes a hold the work of another person at another terminal.
func reassign(tx Tx, id HoldID, to Actor) error {
	h, err := tx.Hold(id)
	if err != nil {
		return err
	}
	h.Staff = to.Staff
	if to.Terminal != "" {
		h.Terminal = to.Terminal
	}
	_, err = tx.SaveHold(h)
	return err
}

// HandOver gives the person's basket to a colleague, who finds it in hand, or
// parked where their hands are full.
func (o *Office) HandOver(ctx context.Context, cmd CommandID, by Actor, to StaffID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		colleague, err := tx.Staff(to)
		if err != nil {
			return struct{}{}, err
		}
		if to == by.Staff {
			return struct{}{}, invalid("the basket is yours already")
		}
		if err := mayDo(tx, colleague, Sell); err != nil {
			return struct{}{}, err
		}
		b, h, _, err := heldBy(tx, by.Staff)
		if err != nil {
			return struct{}{}, err
		}
		b.Staff, b.State, b.ParkedAt = to, BasketParked, tx.Now()
		theirs, err := tx.OpenBasket(to)
		switch {
		case KindOf(err) == KindNotFound:
			b.State = BasketOpen
		case err != nil:
			return struct{}{}, err
		case theirs.Hold == 0:
			theirs.State, b.State = BasketClosed, BasketOpen
			if _, err := tx.SaveBasket(theirs); err != nil {
				return struct{}{}, err
			}
		}
		if b, err = tx.SaveBasket(b); err != nil {
			return struct{}{}, err
		}
		if err := reassign(tx, h.ID, Actor{Staff: to}); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbHandOver)
		entry.Basket, entry.Hold, entry.Note = b.ID, h.ID, "to "+colleague.Name
		return struct{}{}, tx.Append(entry)
	})
	return err
}

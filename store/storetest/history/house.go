package history

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"wicket/boxoffice"
)

// Start is the house as a history begins: one performance, every place open, nothing
// in any basket, nothing sold.
type Start struct {
	Performance boxoffice.PerformanceID
	Type        boxoffice.PriceTypeID // all places are sold for the usual type
	Prices      []boxoffice.Money     // by PlaceNo-1
	Times       boxoffice.HoldTime
	Zone        *time.Location
	Seq         int64 // the journal's last entry, and its instant (Unix milliseconds)
	At          int64
	LastOrder   boxoffice.OrderID
}

// house is the box office as plain as it can be said. Instants are Unix milliseconds.
type house struct {
	Start
	places    []place
	holds     map[boxoffice.HoldID]*hold             // those that nobody ended
	baskets   map[boxoffice.StaffID]boxoffice.HoldID // also where the hold has lapsed
	orders    map[boxoffice.OrderID]*order
	shifts    map[string]shift // by drawer
	lastHold  boxoffice.HoldID
	lastShift int
}

type place struct {
	hold  boxoffice.HoldID
	order boxoffice.OrderID
	block boxoffice.BlockCode
}

type hold struct {
	id            boxoffice.HoldID
	owner         boxoffice.StaffID
	until, latest int64
	places        []boxoffice.PlaceNo // in order
}

type order struct {
	drawer string
	shift  int
	total  boxoffice.Money
	void   bool
	lines  []line
}

type line struct {
	place     boxoffice.PlaceNo
	price     boxoffice.Money
	cancelled bool
}

type shift struct {
	number int
	day    string
}

func newHouse(start Start) *house {
	return &house{
		Start: start, places: make([]place, len(start.Prices)), holds: map[boxoffice.HoldID]*hold{},
		baskets: map[boxoffice.StaffID]boxoffice.HoldID{}, orders: map[boxoffice.OrderID]*order{}, shifts: map[string]shift{},
	}
}

func (h *house) at(no boxoffice.PlaceNo) *place { return &h.places[no-1] }

// held returns the hold that keeps the place at now, or nil.
func (h *house) held(no boxoffice.PlaceNo, now int64) *hold {
	if by := h.holds[h.at(no).hold]; by != nil && by.until > now {
		return by
	}
	return nil
}

// free reports whether anybody may take the place at now.
func (h *house) free(no boxoffice.PlaceNo, now int64) bool {
	p := h.at(no)
	return p.order == 0 && p.block == "" && h.held(no, now) == nil
}

// basket returns what a person has in hand at now, or nil.
func (h *house) basket(of boxoffice.StaffID, now int64) *hold {
	if b := h.holds[h.baskets[of]]; b != nil && b.until > now && len(b.places) > 0 {
		return b
	}
	return nil
}

// overdue returns the holds whose time is over and that nobody cleared away, the
// longest over first.
func (h *house) overdue(now int64) []*hold {
	var over []*hold
	for _, b := range h.holds {
		if b.until <= now {
			over = append(over, b)
		}
	}
	slices.SortFunc(over, func(a, b *hold) int { return cmp.Or(cmp.Compare(a.until, b.until), cmp.Compare(a.id, b.id)) })
	return over
}

// longer is when a hold would end that is renewed now.
func (h *house) longer(b *hold, now int64) int64 {
	return max(b.until, min(b.latest, now+h.Times.TTL.Milliseconds()))
}

func (s Start) total(places []boxoffice.PlaceNo) (sum boxoffice.Money) {
	for _, no := range places {
		sum += s.Prices[no-1]
	}
	return sum
}

// today is the business day of an instant.
func (h *house) today(now int64) string { return boxoffice.BusinessDay(time.UnixMilli(now), h.Zone) }

// seen is how the place reads in the store.
func (h *house) seen(no boxoffice.PlaceNo) Seen {
	p := h.at(no)
	s := Seen{Place: no, State: boxoffice.Available, Block: p.block}
	switch {
	case p.order != 0:
		s.State, s.Order, s.Price = boxoffice.Confirmed, p.order, h.Prices[no-1]
	case p.hold != 0:
		s.State, s.Hold, s.Until, s.Price = boxoffice.Held, p.hold, h.holds[p.hold].until, h.Prices[no-1]
	}
	return s
}

// end ends a hold; its places are whoever's they are by then.
func (h *house) end(b *hold) {
	for _, no := range b.places {
		if h.at(no).hold == b.id {
			h.at(no).hold = 0
		}
	}
	delete(h.holds, b.id)
}

// lapse ends a hold whose time is over, as an entry says.
func (h *house) lapse(e boxoffice.Entry) error {
	b := h.holds[e.Hold]
	switch {
	case b == nil:
		return fmt.Errorf("hold %d lapsed, and it keeps nothing", e.Hold)
	case b.until > e.At.UnixMilli():
		return fmt.Errorf("hold %d lapsed at %d, and its time is over at %d", e.Hold, e.At.UnixMilli(), b.until)
	}
	want := boxoffice.Entry{Verb: boxoffice.VerbLapse, Hold: b.id, Changes: h.changes(b.places, boxoffice.Held, boxoffice.Available)}
	h.end(b)
	return matches(e, want)
}

// changes are those of places that go from one state to another, as the journal has
// them.
func (h *house) changes(places []boxoffice.PlaceNo, from, to boxoffice.State) boxoffice.Changes {
	changes := make(boxoffice.Changes, 0, len(places))
	for _, no := range slices.Sorted(slices.Values(places)) {
		c := boxoffice.Change{Place: no, From: from, To: to, Block: h.at(no).block}
		if to == boxoffice.Held || to == boxoffice.Confirmed {
			c.Type, c.Price = h.Type, h.Prices[no-1]
		}
		changes = append(changes, c)
	}
	return changes
}

// matches says in what an entry is another than it should be.
func matches(e, want boxoffice.Entry) error {
	got := boxoffice.Entry{Verb: e.Verb, Hold: e.Hold, Order: e.Order, Amount: e.Amount, Changes: e.Changes}
	got.Actor.Staff = e.Actor.Staff
	say := func(e boxoffice.Entry) string {
		return fmt.Sprintf("%s by %d, hold %d, order %d, amount %d: %s", e.Verb, e.Actor.Staff, e.Hold, e.Order, e.Amount, e.Changes)
	}
	if say(got) != say(want) {
		return fmt.Errorf("entry %d is «%s», and should be «%s»", e.Seq, say(got), say(want))
	}
	return nil
}

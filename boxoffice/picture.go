package boxoffice

import (
	"slices"
	"time"
)

// PlaceState is what a picture knows of one place: its live ticket, in short.
type PlaceState struct {
	Ticket  TicketID
	State   State // Available, Held, Processing or Confirmed
	Block   BlockCode
	Hold    HoldID
	Until   int64 // when Hold ends, Unix milliseconds; zero without one
	Order   OrderID
	Type    PriceTypeID
	Price   Money
	Version int64
}

// PlaceState returns what a picture knows of the ticket's place: nothing where the ticket
// is cancelled.
func (t Ticket) PlaceState() PlaceState {
	switch t.State {
	case Cancelled:
		return PlaceState{}
	case Available:
		return PlaceState{Ticket: t.ID, State: t.State, Block: t.Block, Version: t.Version}
	}
	p := PlaceState{
		Ticket: t.ID, State: t.State, Block: t.Block, Hold: t.Hold, Order: t.Order, Type: t.Type, Price: t.Price, Version: t.Version,
	}
	if !t.ExpiresAt.IsZero() {
		p.Until = t.ExpiresAt.UnixMilli()
	}
	return p
}

// Free reports whether anybody may take the place at now (Unix milliseconds): see
// [Ticket.Free].
func (p PlaceState) Free(now int64) bool {
	return p.Block == "" && (p.State == Available || p.State == Held && p.Until <= now)
}

// Fill is how one house, section or zone stands. The sum of all but Places is
// Places: sold + held + blocked + killed + open.
type Fill struct {
	Places, Sold, Held, Blocked, Killed, Open int
}

// Capacity is what may be sold: all places but the killed.
func (f Fill) Capacity() int { return f.Places - f.Killed }

// Fraction is how much of the capacity is sold, 0 to 1.
func (f Fill) Fraction() float64 {
	if f.Capacity() <= 0 {
		return 0
	}
	return float64(f.Sold) / float64(f.Capacity())
}

// Count adds one place as it stands at now (Unix milliseconds).
func (f *Fill) Count(p PlaceState, now int64) {
	f.Places++
	*f.as(p, now)++
}

// recount counts one of the places anew, which was counted as it stood at an instant.
func (f *Fill) recount(before, after PlaceState, now int64) {
	*f.as(before, now)--
	*f.as(after, now)++
}

// as is what a place counts as at now.
func (f *Fill) as(p PlaceState, now int64) *int {
	switch {
	case p.State == Confirmed:
		return &f.Sold
	case p.State == Processing || p.State == Held && p.Until > now:
		return &f.Held
	case p.Block == KillCode:
		return &f.Killed
	case p.Block != "":
		return &f.Blocked
	default:
		return &f.Open
	}
}

// HoldView is what a picture knows of a hold: enough to say whose it is.
type HoldView struct {
	Hold
	StaffName string
	Basket    BasketID // zero for a named hold
	ForName   string   // the customer's name, for a named hold
}

// Who names the holder for a clerk: «Ben (window 4)», «Ana for Mrs Vidal».
func (h HoldView) Who() string {
	who := h.StaffName
	if who == "" {
		who = "nobody known"
	}
	if h.Kind == NamedHold {
		if h.ForName == "" {
			return who + ", for a customer"
		}
		return who + ", for " + h.ForName
	}
	if h.Terminal != "" {
		who += " (" + h.Terminal + ")"
	}
	return who
}

// Picture is one performance as the journal had it at Revision: immutable, shared
// by everyone in the process who looks at it, replaced as the journal goes on. It
// is a picture: what may be sold is decided in the transaction.
type Picture struct {
	Performance Performance
	Plan        *Plan
	Prices      *PriceList
	Revision    int64  // the journal's sequence number it shows
	Places      Places // none while not on sale
	Holds       map[HoldID]HoldView
	// Total, Sections and Zones are counted at CountedAt; a hold that ends later
	// makes a new picture, at NextLapse.
	CountedAt time.Time
	Total     Fill
	Sections  []Fill
	Zones     []Fill
	nextLapse time.Time
}

// NewPicture counts a performance's places as they stand at now.
func NewPicture(perf Performance, plan *Plan, prices *PriceList, revision int64, places Places, holds map[HoldID]HoldView, now time.Time) *Picture {
	pic := &Picture{
		Performance: perf, Plan: plan, Prices: prices, Revision: revision, Places: places, Holds: holds, CountedAt: now,
		Sections: make([]Fill, len(plan.Sections)), Zones: make([]Fill, len(plan.Zones)), nextLapse: lapseAfter(now, holds),
	}
	ms := now.UnixMilli()
	for no, state := range places.All() {
		place := &plan.Places[no-1]
		pic.Total.Count(state, ms)
		pic.Sections[place.Section].Count(state, ms)
		pic.Zones[place.Zone].Count(state, ms)
	}
	return pic
}

// Moved returns the performance's next picture, in which these places have changed to
// what is given.
func (p *Picture) Moved(revision int64, changed map[PlaceNo]PlaceState, holds map[HoldID]HoldView, now time.Time) *Picture {
	places := p.Places.With(changed)
	if now.Before(p.CountedAt) || !p.nextLapse.IsZero() && !p.nextLapse.After(now) {
		return NewPicture(p.Performance, p.Plan, p.Prices, revision, places, holds, now)
	}
	pic := *p
	pic.Revision, pic.Places, pic.Holds, pic.CountedAt = revision, places, holds, now
	pic.nextLapse = lapseAfter(now, holds)
	pic.Sections, pic.Zones = slices.Clone(p.Sections), slices.Clone(p.Zones)
	ms := now.UnixMilli()
	for no, after := range changed {
		place, before := &p.Plan.Places[no-1], p.Places.At(no)
		pic.Total.recount(before, after, ms)
		pic.Sections[place.Section].recount(before, after, ms)
		pic.Zones[place.Zone].recount(before, after, ms)
	}
	return &pic
}

// NextLapse returns when the first of the picture's holds ends that had not when it was
// counted, or a zero time: when it must be counted anew.
func (p *Picture) NextLapse() time.Time { return p.nextLapse }

func lapseAfter(now time.Time, holds map[HoldID]HoldView) time.Time {
	var next time.Time
	for _, h := range holds {
		if h.ExpiresAt.After(now) && (next.IsZero() || h.ExpiresAt.Before(next)) {
			next = h.ExpiresAt
		}
	}
	return next
}

package boxoffice

import "time"

// HoldKind says what a hold belongs to.
type HoldKind string

// A basket's hold lasts minutes and renews while the clerk works; a named hold
// is for somebody who comes back, and lasts until a set time.
const (
	BasketHold HoldKind = "basket"
	NamedHold  HoldKind = "named"
)

// HoldState says whether a hold still keeps anything.
type HoldState string

// A hold is active until it is ended by a sale or a release, or has lapsed and
// something cleared it away. An active hold past its ExpiresAt keeps nothing.
const (
	HoldActive   HoldState = "active"
	HoldReleased HoldState = "released"
	HoldLapsed   HoldState = "lapsed"
	HoldSold     HoldState = "sold"
)

// Hold keeps tickets for one customer for a while.
type Hold struct {
	ID        HoldID
	Kind      HoldKind
	State     HoldState
	Staff     StaffID // whose work it is
	Terminal  string
	Channel   Channel
	Customer  CustomerID // for whom; a named hold always has one
	CreatedAt time.Time
	ExpiresAt time.Time
	LatestAt  time.Time // the hard maximum: no renewal goes beyond it
	Version   int64
}

// NewBasketHold returns the hold of a basket that takes its first place now.
func NewBasketHold(now time.Time, by Actor, times HoldTime) Hold {
	return Hold{
		Kind: BasketHold, State: HoldActive, Staff: by.Staff, Terminal: by.Terminal, Channel: by.Channel,
		CreatedAt: now, ExpiresAt: now.Add(times.TTL), LatestAt: now.Add(times.Max),
	}
}

// Alive reports whether the hold keeps its tickets at now.
func (h Hold) Alive(now time.Time) bool { return h.State == HoldActive && h.ExpiresAt.After(now) }

// Renew gives the hold its full time again, up to its hard maximum. It returns a
// *StateError for a hold that has ended. A named hold keeps its set time.
func (h Hold) Renew(now time.Time, times HoldTime) (Hold, error) {
	if !h.Alive(now) {
		return h, wrongState("the hold ended at %s", h.ExpiresAt.UTC().Format("15:04:05 UTC"))
	}
	if h.Kind == NamedHold {
		return h, nil
	}
	until := now.Add(times.TTL)
	if until.After(h.LatestAt) {
		until = h.LatestAt
	}
	if until.After(h.ExpiresAt) {
		h.ExpiresAt = until
	}
	return h, nil
}

// Name turns a basket's hold into a named hold for a customer until a set time.
// The time must lie ahead: *InvalidError.
func (h Hold) Name(now, until time.Time, customer CustomerID) (Hold, error) {
	if !h.Alive(now) {
		return h, wrongState("the basket's time is over")
	}
	if !until.After(now) {
		return h, invalid("a hold must last until a time that is still to come")
	}
	h.Kind, h.Customer, h.ExpiresAt, h.LatestAt = NamedHold, customer, until, until
	return h, nil
}

// PickUp turns a named hold back into a basket's, with a basket's times, for the
// clerk who serves the customer.
func (h Hold) PickUp(now time.Time, by Actor, times HoldTime) (Hold, error) {
	if h.Kind != NamedHold {
		return h, wrongState("hold %d is no named hold", h.ID)
	}
	if !h.Alive(now) {
		return h, wrongState("the hold ended at %s", h.ExpiresAt.UTC().Format("15:04:05 UTC"))
	}
	h.Kind, h.Staff, h.Terminal, h.Channel = BasketHold, by.Staff, by.Terminal, by.Channel
	h.ExpiresAt, h.LatestAt = now.Add(times.TTL), now.Add(times.Max)
	return h, nil
}

// Lapse is a place that a hold lost because its time was over: what a basket can
// try to get again.
type Lapse struct {
	Hold        HoldID
	Performance PerformanceID
	Place       PlaceNo
	Type        PriceTypeID
	At          time.Time // when the hold ended, not when it was noticed
}

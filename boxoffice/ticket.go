package boxoffice

import "time"

// State is where a ticket is in its life.
type State string

// The five states of a ticket.
const (
	Available  State = "available"
	Held       State = "reserved" // under a hold
	Processing State = "processing"
	Confirmed  State = "confirmed"
	Cancelled  State = "cancelled"
)

// successors is the state machine: what each state may become.
var successors = map[State][]State{
	Available:  {Held},
	Held:       {Available, Held, Processing, Confirmed},
	Processing: {Confirmed, Available, Held},
	Confirmed:  {Cancelled},
	Cancelled:  {},
}

// CanBecome reports whether the state machine has a step from s to next. Held to
// held is the one place where a ticket changes hands without becoming available:
// a lapsed hold is taken over by the next.
func (s State) CanBecome(next State) bool {
	for _, n := range successors[s] {
		if n == next {
			return true
		}
	}
	return false
}

// Ticket is one place of one performance, from the moment the performance goes
// on sale. Its methods decide the steps of the state machine; each returns the
// ticket as it is to be saved, and leaves the receiver as it was.
type Ticket struct {
	ID          TicketID
	Performance PerformanceID
	Place       PlaceNo
	State       State
	Block       BlockCode // kept while sold out of the block, see BlockCode
	Hold        HoldID    // while reserved or processing
	HeldAt      time.Time // when Hold took it
	ExpiresAt   time.Time // when Hold ends: a copy of the hold's own
	Type        PriceTypeID
	Price       Money
	Order       OrderID // from confirmed on
	Version     int64   // as loaded; a save is guarded by it and adds one
}

// Lapsed reports whether the ticket stands under a hold that has ended by now.
func (t Ticket) Lapsed(now time.Time) bool {
	return t.State == Held && !t.ExpiresAt.After(now)
}

// Free reports whether anybody may take the ticket now: it is available or its
// hold has lapsed, and the house does not keep it back.
func (t Ticket) Free(now time.Time) bool {
	return (t.State == Available || t.Lapsed(now)) && t.Block == ""
}

// Reserve puts the ticket under a hold at a price. It returns a *StateError
// unless the ticket is free at now; the caller knows better words.
func (t Ticket) Reserve(now time.Time, h Hold, typ PriceTypeID, price Money) (Ticket, error) {
	if !t.Free(now) {
		return t, wrongState("place %d is not free", t.Place)
	}
	if !h.ExpiresAt.After(now) {
		return t, wrongState("the hold has ended")
	}
	t.State, t.Hold, t.HeldAt, t.ExpiresAt = Held, h.ID, now, h.ExpiresAt
	t.Type, t.Price = typ, price
	return t, nil
}

// ReserveFromBlock puts a ticket that the house keeps back under a hold at a price; it
// stays of its block. A killed place is out of capacity: *StateError.
func (t Ticket) ReserveFromBlock(now time.Time, h Hold, typ PriceTypeID, price Money) (Ticket, error) {
	if t.State != Available || t.Block == "" || t.Block == KillCode {
		return t, wrongState("place %d is not in a block to sell from", t.Place)
	}
	open := t
	open.Block = ""
	held, err := open.Reserve(now, h, typ, price)
	held.Block = t.Block
	return held, err
}

// Reprice changes the price type of a reserved ticket.
func (t Ticket) Reprice(typ PriceTypeID, price Money) (Ticket, error) {
	if t.State != Held {
		return t, wrongState("place %d is not in a basket", t.Place)
	}
	t.Type, t.Price = typ, price
	return t, nil
}

// Extend moves the end of the ticket's hold to the hold's own. A hold that has
// lapsed is not extended but taken again: *StateError.
func (t Ticket) Extend(now time.Time, h Hold) (Ticket, error) {
	if t.State != Held || t.Hold != h.ID || t.Lapsed(now) {
		return t, wrongState("place %d is no longer under this hold", t.Place)
	}
	t.ExpiresAt = h.ExpiresAt
	return t, nil
}

// Release makes a reserved ticket available again, in its block if it came out
// of one. It is the same step whether the clerk gives it back or the hold lapsed.
func (t Ticket) Release() (Ticket, error) {
	if t.State != Held {
		return t, wrongState("place %d is not in a basket", t.Place)
	}
	t.State, t.Hold, t.HeldAt, t.ExpiresAt = Available, 0, time.Time{}, time.Time{}
	t.Type, t.Price = 0, 0
	return t, nil
}

// Confirm sells a reserved ticket as part of an order. It returns a *StateError
// if the ticket is not under hold h, or h has lapsed at now.
func (t Ticket) Confirm(now time.Time, h HoldID, order OrderID) (Ticket, error) {
	if t.State != Held || t.Hold != h || t.Lapsed(now) {
		return t, wrongState("place %d is no longer in this basket", t.Place)
	}
	if order == 0 {
		return t, wrongState("place %d cannot be sold without an order", t.Place)
	}
	t.State, t.Order = Confirmed, order
	t.Hold, t.HeldAt, t.ExpiresAt = 0, time.Time{}, time.Time{}
	return t, nil
}

// Cancel kills a sold ticket for ever, and returns with it the new available
// ticket that takes its place, in the block the old one came from.
func (t Ticket) Cancel() (old, fresh Ticket, err error) {
	if t.State != Confirmed {
		return t, Ticket{}, wrongState("place %d is not sold", t.Place)
	}
	fresh = Ticket{Performance: t.Performance, Place: t.Place, State: Available, Block: t.Block}
	t.State = Cancelled
	return t, fresh, nil
}

// KeepBack puts an available ticket under a block code, or kills it with
// KillCode. A place that is already kept back can change its code.
func (t Ticket) KeepBack(code BlockCode) (Ticket, error) {
	if t.State != Available {
		return t, wrongState("place %d is not open", t.Place)
	}
	if err := code.Check(); err != nil {
		return t, err
	}
	t.Block = code
	return t, nil
}

// GiveBack lets an available ticket out of its block into open sale.
func (t Ticket) GiveBack() (Ticket, error) {
	if t.State != Available || t.Block == "" {
		return t, wrongState("place %d is not blocked", t.Place)
	}
	t.Block = ""
	return t, nil
}

// LeaveBlock takes a live ticket out of its block, whatever has become of it: one that
// is in a basket or sold comes back to open sale. It is the step of a block that ends.
func (t Ticket) LeaveBlock() (Ticket, error) {
	if t.State == Cancelled || t.Block == "" {
		return t, wrongState("place %d is in no block", t.Place)
	}
	t.Block = ""
	return t, nil
}

package boxoffice_test

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

var t0 = time.Date(2026, 11, 27, 19, 0, 0, 0, time.UTC)

func hold(id boxoffice.HoldID) boxoffice.Hold {
	return boxoffice.Hold{ID: id, State: boxoffice.HoldActive, Kind: boxoffice.BasketHold, ExpiresAt: t0.Add(8 * time.Minute), LatestAt: t0.Add(30 * time.Minute)}
}

// TestTicketSteps walks every step of the state machine from every state: a step
// that the machine does not have is refused and leaves the ticket as it was.
func TestTicketSteps(t *testing.T) {
	in := func(s boxoffice.State) boxoffice.Ticket {
		ticket := boxoffice.Ticket{ID: 1, Performance: 1, Place: 12, State: s, Version: 3}
		switch s {
		case boxoffice.Held, boxoffice.Processing:
			ticket.Hold, ticket.HeldAt, ticket.ExpiresAt, ticket.Type, ticket.Price = 5, t0, t0.Add(8*time.Minute), 1, 2400
		case boxoffice.Confirmed, boxoffice.Cancelled:
			ticket.Order, ticket.Type, ticket.Price = 1001, 1, 2400
		}
		return ticket
	}
	steps := map[string]struct {
		do   func(boxoffice.Ticket) (boxoffice.Ticket, error)
		from []boxoffice.State
		to   boxoffice.State
	}{
		"reserve": {func(t boxoffice.Ticket) (boxoffice.Ticket, error) { return t.Reserve(t0, hold(9), 1, 2400) }, []boxoffice.State{boxoffice.Available}, boxoffice.Held},
		"reprice": {func(t boxoffice.Ticket) (boxoffice.Ticket, error) { return t.Reprice(2, 1200) }, []boxoffice.State{boxoffice.Held}, boxoffice.Held},
		"extend":  {func(t boxoffice.Ticket) (boxoffice.Ticket, error) { return t.Extend(t0, hold(5)) }, []boxoffice.State{boxoffice.Held}, boxoffice.Held},
		"release": {boxoffice.Ticket.Release, []boxoffice.State{boxoffice.Held}, boxoffice.Available},
		"confirm": {func(t boxoffice.Ticket) (boxoffice.Ticket, error) { return t.Confirm(t0, 5, 1001) }, []boxoffice.State{boxoffice.Held}, boxoffice.Confirmed},
		"cancel": {func(t boxoffice.Ticket) (boxoffice.Ticket, error) {
			old, _, err := t.Cancel()
			return old, err
		}, []boxoffice.State{boxoffice.Confirmed}, boxoffice.Cancelled},
		"block": {func(t boxoffice.Ticket) (boxoffice.Ticket, error) { return t.KeepBack("H") }, []boxoffice.State{boxoffice.Available}, boxoffice.Available},
	}
	all := []boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Processing, boxoffice.Confirmed, boxoffice.Cancelled}
	for name, step := range steps {
		for _, from := range all {
			t.Run(name+" from "+string(from), func(t *testing.T) {
				before := in(from)
				after, err := step.do(before)
				legal := false
				for _, s := range step.from {
					legal = legal || s == from
				}
				if !legal {
					if err == nil || after != before {
						t.Fatalf("got %+v, %v; want a refusal that changes nothing", after, err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if after.State != step.to {
					t.Fatalf("state %s, want %s", after.State, step.to)
				}
				if from != step.to && !from.CanBecome(step.to) {
					t.Fatalf("%s to %s is no step of the state machine", from, step.to)
				}
			})
		}
	}
}

// TestLapsedHoldIsFreeAtOnce is rule 3 of the trade: expiry is judged by the
// instant, not by whether anything swept.
func TestLapsedHoldIsFreeAtOnce(t *testing.T) {
	ticket := boxoffice.Ticket{Place: 12, State: boxoffice.Held, Hold: 5, HeldAt: t0, ExpiresAt: t0.Add(time.Minute)}
	late := t0.Add(time.Minute)
	if ticket.Free(late.Add(-time.Millisecond)) {
		t.Error("free before its hold ends")
	}
	if !ticket.Free(late) {
		t.Error("not free when its hold ends")
	}
	if _, err := ticket.Confirm(late, 5, 1001); boxoffice.KindOf(err) != boxoffice.KindState {
		t.Errorf("confirm after the end: %v", err)
	}
	if _, err := ticket.Extend(late, hold(5)); err == nil {
		t.Error("extend revived a lapsed hold")
	}
}

// TestCancelledPlaceReturnsToItsBlock: a place sold out of a block goes back to it.
func TestCancelledPlaceReturnsToItsBlock(t *testing.T) {
	sold := boxoffice.Ticket{ID: 7, Performance: 2, Place: 12, State: boxoffice.Confirmed, Order: 1001, Block: "M"}
	old, fresh, err := sold.Cancel()
	if err != nil {
		t.Fatal(err)
	}
	if old.State != boxoffice.Cancelled || old.Order != 1001 {
		t.Errorf("old ticket %+v", old)
	}
	want := boxoffice.Ticket{Performance: 2, Place: 12, State: boxoffice.Available, Block: "M"}
	if fresh != want {
		t.Errorf("fresh ticket %+v, want %+v", fresh, want)
	}
}

// TestBlockEndsForSoldPlaces: whoever has a place when its block ends, it is in none.
func TestBlockEndsForSoldPlaces(t *testing.T) {
	for _, state := range []boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Processing, boxoffice.Confirmed} {
		in := boxoffice.Ticket{ID: 7, Place: 12, State: state, Block: "M"}
		want := in
		want.Block = ""
		if got, err := in.LeaveBlock(); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", state, got, err, want)
		}
		if _, err := want.LeaveBlock(); boxoffice.KindOf(err) != boxoffice.KindState {
			t.Errorf("%s in no block left it: %v", state, err)
		}
	}
	dead := boxoffice.Ticket{State: boxoffice.Cancelled, Block: "M"}
	if got, err := dead.LeaveBlock(); err == nil || got != dead {
		t.Errorf("a cancelled ticket became %+v", got)
	}
}

func TestRenewStopsAtTheHardMaximum(t *testing.T) {
	times := boxoffice.HoldTime{TTL: 8 * time.Minute, Max: 20 * time.Minute}
	h := boxoffice.NewBasketHold(t0, boxoffice.Actor{Staff: 1}, times)
	var err error
	for _, at := range []time.Duration{5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 19 * time.Minute} {
		if h, err = h.Renew(t0.Add(at), times); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.ExpiresAt.Sub(t0); got != 20*time.Minute {
		t.Errorf("ends after %v, want 20m", got)
	}
	if _, err := h.Renew(t0.Add(20*time.Minute), times); boxoffice.KindOf(err) != boxoffice.KindState {
		t.Errorf("renewed after the end: %v", err)
	}
}

// TestABlockedPlaceIsNotFree: a place the house keeps back is nobody's to take,
// whether it is available or comes back from a hold that ended.
func TestABlockedPlaceIsNotFree(t *testing.T) {
	for _, ticket := range []boxoffice.Ticket{
		{State: boxoffice.Available, Block: "H"},
		{State: boxoffice.Available, Block: boxoffice.KillCode},
		{State: boxoffice.Held, Hold: 1, ExpiresAt: t0, Block: "H"},
	} {
		if ticket.Free(t0) {
			t.Errorf("free: %+v", ticket)
		}
	}
}

package screentest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wicket/boxoffice"
)

// names are those of the people of the house; the caller holds the lock.
func (h *House) names() map[boxoffice.StaffID]string {
	names := map[boxoffice.StaffID]string{}
	for _, s := range h.people() {
		names[s.ID] = s.Name
	}
	return names
}

// Evening draws the evening from the journal.
func (h *House) Evening(_ context.Context, by boxoffice.Actor, t time.Time) (*boxoffice.Evening, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Calls = append(h.Calls, "evening")
	if err := boxoffice.Permissions(nil).Check(h.Staff(), boxoffice.WatchEvening); err != nil {
		return nil, err
	}
	if h.Unread != nil {
		return nil, h.Unread
	}
	e := boxoffice.NewEvening(h.Settings(), h.names(), t, 0)
	for _, entry := range h.journal {
		if !e.Apply(entry) {
			e.Revision = entry.Seq // the fake's journal says less than the real one
		}
	}
	for _, s := range h.shows {
		sum := boxoffice.Money(0)
		for _, p := range s.places {
			if p.State == boxoffice.Confirmed {
				sum += p.Price + h.TaxAdded
			}
		}
		e.SoldFor[s.perf.ID], e.Coming[s.perf.ID] = sum, s.perf
	}
	for _, a := range h.asked {
		if a.Waits(h.Clock.Now()) {
			e.Waiting = append(e.Waiting, h.viewOf(a))
		}
	}
	return e, nil
}

// Attention is what the test says that waits.
func (h *House) Attention(context.Context, boxoffice.Actor) ([]boxoffice.Attention, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Calls = append(h.Calls, "attention")
	return slices.Clone(h.Waits), nil
}

// FreeBasket gives back what Ben has in hand.
func (h *House) FreeBasket(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.BasketID, reason string) error {
	return h.did("free "+fmt.Sprint(id)+": "+reason, cmd, func() error {
		for _, s := range h.shows {
			entry := boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbFree, Performance: s.perf.ID, Basket: id, Hold: BensHold, Note: "Ben's: " + reason + h.Evil}
			for i := range s.places {
				if p := &s.places[i]; p.Hold == BensHold {
					*p = boxoffice.PlaceState{Ticket: p.Ticket, State: boxoffice.Available}
					entry.Changes = append(entry.Changes, boxoffice.Change{Place: boxoffice.PlaceNo(i + 1), From: boxoffice.Held, To: boxoffice.Available})
				}
			}
			if len(entry.Changes) > 0 {
				delete(s.holds, BensHold)
				h.note(entry)
				h.draw(s)
			}
		}
		return nil
	})
}

// TakeOver is noted.
func (h *House) TakeOver(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, from boxoffice.StaffID, reason string) error {
	return h.did(fmt.Sprint("take over from ", from, ": ", reason), cmd, func() error {
		h.note(boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbTakeOver, Basket: 4, Hold: BensHold, Note: "from Ben"})
		return nil
	})
}

// OpenSales puts a performance on sale.
func (h *House) OpenSales(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID) error {
	return h.did("open sales", cmd, func() error {
		h.turn(perf, boxoffice.OnSale, "", boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbOpen, Performance: perf})
		return nil
	})
}

// StopSales stops the sales of a performance.
func (h *House) StopSales(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, reason string) error {
	return h.did("stop sales: "+reason, cmd, func() error {
		h.turn(perf, boxoffice.Stopped, reason+h.Evil, boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbStop, Performance: perf, Note: reason + h.Evil})
		return nil
	})
}

func (h *House) turn(perf boxoffice.PerformanceID, to boxoffice.PerformanceState, reason string, e boxoffice.Entry) {
	s := h.show(perf)
	s.perf.State, s.perf.Reason = to, reason
	h.note(e)
	h.draw(s)
}

// Sells lets somebody sell so many free places of a performance.
func (h *House) Sells(perf boxoffice.PerformanceID, by boxoffice.Actor, tickets int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sells(perf, by, tickets)
	h.draw(h.show(perf))
}

// Total is how a performance stands.
func (h *House) Total(perf boxoffice.PerformanceID) boxoffice.Fill {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.show(perf).pic.Total
}

func (h *House) sells(perf boxoffice.PerformanceID, by boxoffice.Actor, tickets int) {
	s := h.show(perf)
	h.sold++
	e := boxoffice.Entry{Actor: by, Verb: boxoffice.VerbSell, Performance: perf, Order: boxoffice.OrderID(1000 + h.sold)}
	for i := range s.places {
		p := &s.places[i]
		if len(e.Changes) == tickets {
			break
		}
		if !p.Free(h.Clock.Now().UnixMilli()) {
			continue
		}
		price, err := s.prices.Price(s.plan.Places[i].Zone, 1)
		if err != nil {
			panic(err)
		}
		p.State, p.Order, p.Price, p.Type = boxoffice.Confirmed, e.Order, price, 1
		e.Amount += price + h.TaxAdded
		e.Changes = append(e.Changes, boxoffice.Change{Place: boxoffice.PlaceNo(i + 1), From: boxoffice.Held, To: boxoffice.Confirmed, Type: 1, Price: price})
	}
	h.note(e)
}

// Rush lets an hour of selling go by before now, at three counters, and leaves Ben with
// a basket that he has had for eleven minutes and Maria with a request. Both performances must be tonight's.
func (h *House) Rush(t0, t1 boxoffice.PerformanceID) {
	counters := []boxoffice.Actor{
		h.Actor(),
		{Staff: Ben, Terminal: "window 4" + h.Evil, Channel: boxoffice.Window},
		{Staff: Maria, Terminal: "ssh 3" + h.Evil, Channel: boxoffice.Phone},
	}
	h.Clock.Add(-time.Hour)
	for minute := range 60 {
		h.Clock.Add(time.Minute)
		if minute == 48 {
			h.Take(t0, 16*time.Minute, h.freePlaces(t0, 4)...)
		}
		if minute == 56 {
			h.AskAs(counters[2], boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1042, Reason: "wrong evening"})
		}
		if minute == 55 {
			h.mu.Lock()
			h.note(boxoffice.Entry{Actor: counters[1], Verb: boxoffice.VerbRenew, Basket: 4, Hold: BensHold})
			h.mu.Unlock()
		}
		for i := range (minute*minute/40 + minute*7%5 - 2) % 9 {
			perf := t0
			if (minute+i)%3 == 0 {
				perf = t1
			}
			h.mu.Lock()
			h.sells(perf, counters[(minute+i)%7%3], 1+(minute+i)%3)
			h.mu.Unlock()
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.shows {
		h.draw(s)
	}
}

// freePlaces returns the last free places of a performance.
func (h *House) freePlaces(perf boxoffice.PerformanceID, n int) []boxoffice.PlaceNo {
	s := h.show(perf)
	var places []boxoffice.PlaceNo
	for i := len(s.places) - 1; i >= 0 && len(places) < n; i-- {
		if s.places[i].Free(h.Clock.Now().UnixMilli()) {
			places = append([]boxoffice.PlaceNo{boxoffice.PlaceNo(i + 1)}, places...)
		}
	}
	return places
}

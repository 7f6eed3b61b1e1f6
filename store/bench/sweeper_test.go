//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"wicket/boxoffice"
	"wicket/sync/sweeper"
)

// sweeping measures the sweeper in a house with very many live holds.
func sweeping(s *section) {
	rows, seats, holds, each, looks, n, sweeps := 10, 20, 60, 20, 20, 4, 1
	if s.full {
		rows, seats, holds, each, looks, n, sweeps = 250, 200, 100_000, 1000, 1000, 64, 7
	}
	performances := 2*holds/(rows*seats) + 1
	t := s.newTemplate(rows, seats, n, performances+4*s.seconds())
	h, done := t.open()
	defer done()
	ctx := context.Background()
	h.fill(s, t, holds, each)
	live := thousands(float64(holds)) + " live holds"

	sweep := func() (freed int, took time.Duration) {
		began := time.Now()
		for {
			n, err := h.Office.Sweep(ctx, sweeper.Batch)
			s.must(err)
			if n == 0 {
				return freed, time.Since(began)
			}
			freed += n
		}
	}
	none := make([]time.Duration, looks)
	for i := range none {
		var freed int
		if freed, none[i] = sweep(); freed != 0 {
			s.Fatalf("%d holds were freed before their time", freed)
		}
	}
	slices.Sort(none)
	p99 := none[len(none)*99/100]
	s.add(row{what: "sweeper finds none, " + live, target: "≤ 1 ms", figure: fmt.Sprintf("p50 %s · p99 %s", span(none[len(none)/2]), span(p99)), verdict: meets(p99 <= time.Millisecond)})

	var alone []time.Duration
	for range 5 {
		h.Clock.Move(time.Minute)
		freed, took := sweep()
		if freed != each {
			s.Fatalf("%d holds were freed, not %d", freed, each)
		}
		alone = append(alone, took)
		if !s.full {
			break
		}
	}
	what := fmt.Sprintf("sweeper frees %s, %s", thousands(float64(each)), live)
	s.add(row{what: what, target: "≤ 100 ms", figure: fmt.Sprintf("%s, nobody sells (most of %d: %s)", span(middle(alone)), len(alone), span(slices.Max(alone))), verdict: meets(slices.Max(alone) <= 100*time.Millisecond)})

	sells := &seller{house: h, pairs: t.pairs, on: t.on[performances:]}
	var during []time.Duration
	before, with := s.besideWhole(sweeps, n, sells, func() error {
		// The sweeper itself, in a minute in which so many end: until it is done.
		h.Clock.Move(time.Minute)
		began := time.Now()
		ctx, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		swept := h.store.Watch(ctx)
		ended := make(chan error, 1)
		go func() {
			ended <- sweeper.Run(ctx, h.Office, h.store, h.Clock, slog.New(slog.DiscardHandler))
		}()
		for range swept {
			due := 0
			if err := h.store.View(ctx, func(r boxoffice.Reader) error {
				holds, err := r.LapsedHolds(r.Now(), 1)
				due = len(holds)
				return err
			}); err != nil {
				break
			}
			if due == 0 {
				during = append(during, time.Since(began))
				break
			}
		}
		stop()
		return <-ended
	})
	if len(during) < len(with.turns) {
		s.Fatal("the sweeper did not free in a minute what ended while others sold")
	}
	s.add(row{what: fmt.Sprintf("… while %d sell flat out", n), figure: fmt.Sprintf("%s (most of %d: %s)", span(middle(during)), len(during), span(slices.Max(during)))})
	added := with.p99() - before.p99()
	s.add(row{
		what: "… and what it adds to the p99 of their sales", target: "≤ 20 ms", figure: fmt.Sprintf("%s, from %s to %s", span(max(0, added)), span(before.p99()), span(with.p99())),
		ratio: times(with.times(before)), verdict: meets(added <= 20*time.Millisecond),
	})
}

// fill puts two seats each into so many parked baskets, of which so many end each minute,
// the first in half a minute.
func (h *house) fill(s *section, t *template, holds, each int) {
	s.Helper()
	now := h.Clock.Now()
	const atOnce = 2000
	for first := 0; first < holds; first += atOnce {
		s.must(h.store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error {
			for i := first; i < min(first+atOnce, holds); i++ {
				by := h.Staff[i%len(h.Staff)]
				lasts := time.Duration(i/each)*time.Minute + 30*time.Second
				hold, err := tx.SaveHold(boxoffice.NewBasketHold(tx.Now(), by, boxoffice.HoldTime{TTL: lasts, Max: lasts}))
				if err != nil {
					return err
				}
				if _, err := tx.SaveBasket(boxoffice.Basket{Staff: by.Staff, State: boxoffice.BasketParked, Hold: hold.ID, ParkedAt: now}); err != nil {
					return err
				}
				on, place := t.on[i/len(t.pairs)], t.pairs[i%len(t.pairs)]
				before, err := tx.Tickets(on, []boxoffice.PlaceNo{place, place + 1})
				if err != nil {
					return err
				}
				entry := boxoffice.Entry{Actor: by, Verb: boxoffice.VerbHold, Performance: on, Hold: hold.ID}
				after := make([]boxoffice.Ticket, len(before))
				for k, ticket := range before {
					if after[k], err = ticket.Reserve(tx.Now(), hold, h.Adult, 2400); err != nil {
						return err
					}
					entry.Changes = append(entry.Changes, boxoffice.Diff(ticket, after[k]))
				}
				if err := tx.SaveTickets(before, after); err != nil {
					return err
				}
				if err := tx.Append(entry); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// bigHouse is a house of 20,000 seats.
func bigHouse(b *testing.B, staff int) *storetest.Evening {
	b.Helper()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(b, filepath.Join(b.TempDir(), "house.wicket"), clock)
	return storetest.NewEvening(b, store, clock, storetest.Rows(100, 200, 0), staff)
}

// callers runs so many callers until b.N calls are done.
func callers(b *testing.B, n int, call func(caller, i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for c := range n {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= b.N {
					return
				}
				call(c, i)
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "/s")
}

// BenchmarkStoreHold holds two places of the caller's own choice: the store's part
// of a hold, without the use case around it.
func BenchmarkStoreHold(b *testing.B) {
	for _, n := range []int{1, 8, 64, 512} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e := bigHouse(b, 1)
			ctx, by := context.Background(), e.Staff[0]
			size := len(e.Plan.Places)
			callers(b, n, func(_, i int) {
				places := []boxoffice.PlaceNo{boxoffice.PlaceNo(i*2%size + 1), boxoffice.PlaceNo(i*2%size + 2)}
				if i*2%size == 0 && i > 0 {
					e.Clock.Move(time.Hour) // all that was held has lapsed
				}
				if err := e.Store.Update(ctx, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
					h, err := tx.SaveHold(boxoffice.NewBasketHold(tx.Now(), by, boxoffice.HoldTime{TTL: time.Minute, Max: time.Minute}))
					if err != nil {
						return err
					}
					before, err := tx.Tickets(e.Performance, places)
					if err != nil {
						return err
					}
					entry := boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: e.Performance, Hold: h.ID}
					after := make([]boxoffice.Ticket, len(before))
					for i, t := range before {
						if after[i], err = t.Reserve(tx.Now(), h, e.Adult, 2400); err != nil {
							return err
						}
						entry.Changes = append(entry.Changes, boxoffice.Diff(t, after[i]))
					}
					if err := tx.SaveTickets(before, after); err != nil {
						return err
					}
					return tx.Append(entry)
				}); err != nil {
					b.Error(err)
				}
			})
		})
	}
}

// BenchmarkWholeSale holds two places and sells them for cash: two use cases.
func BenchmarkWholeSale(b *testing.B) {
	for _, n := range []int{1, 64} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e := bigHouse(b, n)
			ctx := context.Background()
			if b.N*2 > len(e.Plan.Places) {
				b.Skip("more sales than seats: use -benchtime 5000x")
			}
			callers(b, n, func(c, i int) {
				picks := []boxoffice.Pick{
					{Place: boxoffice.PlaceNo(i*2 + 1), Type: e.Adult}, {Place: boxoffice.PlaceNo(i*2 + 2), Type: e.Adult},
				}
				if _, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), e.Staff[c], e.Performance, picks); err != nil {
					b.Error(err)
					return
				}
				total := boxoffice.Money(4800)
				if i*2 >= len(e.Plan.Places)/2 {
					total = 3200
				}
				if _, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), e.Staff[c], total, total); err != nil {
					b.Error(err)
				}
			})
		})
	}
}

// BenchmarkVerify recounts a store of 200,000 tickets.
func BenchmarkVerify(b *testing.B) {
	e := bigHouse(b, 1)
	var tickets []boxoffice.Ticket
	changes := make(boxoffice.Changes, 0, len(e.Plan.Places))
	for _, p := range e.Plan.Places {
		t := boxoffice.Ticket{Place: p.No, State: boxoffice.Available}
		tickets = append(tickets, t)
		changes = append(changes, boxoffice.Diff(boxoffice.Ticket{}, t))
	}
	for i := range 9 {
		if err := e.Store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error {
			p, err := tx.Performance(e.Performance)
			if err != nil {
				return err
			}
			p.ID, p.Key = 0, fmt.Sprint(i)
			if p, err = tx.SavePerformance(p); err != nil {
				return err
			}
			for j := range tickets {
				tickets[j].Performance = p.ID
			}
			if err := tx.InsertTickets(tickets); err != nil {
				return err
			}
			return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbOpen, Performance: p.ID, Changes: changes})
		}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		clean(b, e.Store.(*sqlite.Store))
	}
}

// BenchmarkPlaces reads the whole house of 20,000.
func BenchmarkPlaces(b *testing.B) {
	e := bigHouse(b, 1)
	for b.Loop() {
		e.Places(b)
	}
}

package sqlite_test

import (
	"context"
	"fmt"
	"os"
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
				// A minute has passed twice before a place's turn comes again: its hold has
				// lapsed by then, whoever is late.
				e.Clock.Move(2 * time.Minute / time.Duration(size/2))
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
				if err := sellTwo(ctx, e, e.Staff[c], e.Performance, i*2); err != nil {
					b.Error(err)
				}
			})
		})
	}
}

// BenchmarkVerify recounts a store of a million sold tickets: 500,000 sales in 50
// houses of 20,000. Making it takes minutes: it is kept, where WICKET_MILLION names a
// file for it. Without that, one house is sold.
func BenchmarkVerify(b *testing.B) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	path, houses := os.Getenv("WICKET_MILLION"), 50
	if path == "" {
		path, houses = filepath.Join(b.TempDir(), "house.wicket"), 1
	}
	_, err := os.Stat(path)
	store := openAt(b, path, clock)
	if err != nil {
		sellOut(b, store, clock, houses)
	}
	for b.Loop() {
		clean(b, store)
	}
}

// sellOut sells every place of so many houses of 20,000 seats, two by two.
func sellOut(b *testing.B, store *sqlite.Store, clock *storetest.Clock, houses int) {
	b.Helper()
	ctx := context.Background()
	e := storetest.NewEvening(b, store, clock, storetest.Rows(100, 200, 0), 64)
	performances := append(e.More(b, houses-1), e.Performance)
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, by := range e.Staff {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= houses*len(e.Plan.Places)/2 {
					return
				}
				if err := sellTwo(ctx, e, by, performances[i*2/len(e.Plan.Places)], i*2%len(e.Plan.Places)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

// sellTwo sells the two places behind so many.
func sellTwo(ctx context.Context, e *storetest.Evening, by boxoffice.Actor, performance boxoffice.PerformanceID, behind int) error {
	picks := []boxoffice.Pick{
		{Place: boxoffice.PlaceNo(behind + 1), Type: e.Adult}, {Place: boxoffice.PlaceNo(behind + 2), Type: e.Adult},
	}
	if _, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, performance, picks); err != nil {
		return err
	}
	total := boxoffice.Money(4800)
	if behind >= len(e.Plan.Places)/2 {
		total = 3200
	}
	_, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, total, total)
	return err
}

// BenchmarkPlaces reads the whole house of 20,000.
func BenchmarkPlaces(b *testing.B) {
	e := bigHouse(b, 1)
	for b.Loop() {
		e.Places(b)
	}
}

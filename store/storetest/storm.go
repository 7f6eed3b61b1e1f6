package storetest

import (
	"context"
	"sync"
	"testing"

	"wicket/boxoffice"
)

// Storm sends so many clerks at once at a house until nothing is left: each takes
// the best seat, or two, and sells. It returns how many tickets they were told
// are theirs. Every call must be answered: with tickets, or with the word that too
// few are left.
func (e *Evening) Storm(t testing.TB, clerks int) int {
	t.Helper()
	ctx := context.Background()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		sold int
	)
	for i := range clerks {
		wg.Go(func() {
			by := e.Staff[i%len(e.Staff)]
			for n := 2; n > 0; {
				request := boxoffice.Request{Parties: []boxoffice.Party{{Count: n}}, Section: -1, Zone: -1}
				taken, err := e.Office.HoldBest(ctx, boxoffice.NewCommandID(), by, e.Performance, request)
				switch boxoffice.KindOf(err) {
				case "":
				case boxoffice.KindNotEnough:
					n--
					continue
				default:
					t.Errorf("hold: %v", err)
					return
				}
				basket, err := e.Office.Basket(ctx, by.Staff)
				if err != nil {
					t.Errorf("basket: %v", err)
					return
				}
				if _, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, basket.Total, basket.Total); err != nil {
					t.Errorf("sell: %v", err)
					return
				}
				mu.Lock()
				sold += len(taken.Picks)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return sold
}

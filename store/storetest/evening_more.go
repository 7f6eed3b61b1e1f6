package storetest

import (
	"context"
	"fmt"
	"testing"

	"wicket/boxoffice"
)

// More puts so many more performances on sale, each as the evening's own and in the same
// house, and returns them.
func (e *Evening) More(t testing.TB, n int) []boxoffice.PerformanceID {
	t.Helper()
	var more []boxoffice.PerformanceID
	for range n {
		if err := e.Store.Update(context.Background(), boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
			p, err := tx.Performance(e.Performance)
			if err != nil {
				return err
			}
			prices, err := tx.PriceList(p.ID)
			if err != nil {
				return err
			}
			last, _, err := tx.Head()
			if err != nil {
				return err
			}
			p.ID, p.Key = 0, fmt.Sprintf("%s after %d", p.Key, last)
			if p, err = tx.SavePerformance(p); err != nil {
				return err
			}
			if err := tx.SavePrices(p.ID, prices.Prices); err != nil {
				return err
			}
			changes := make(boxoffice.Changes, len(e.Plan.Places))
			tickets := make([]boxoffice.Ticket, len(e.Plan.Places))
			for i, place := range e.Plan.Places {
				tickets[i] = boxoffice.Ticket{Performance: p.ID, Place: place.No, State: boxoffice.Available}
				changes[i] = boxoffice.Diff(boxoffice.Ticket{}, tickets[i])
			}
			if err := tx.InsertTickets(tickets); err != nil {
				return err
			}
			more = append(more, p.ID)
			return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbOpen, Performance: p.ID, Changes: changes})
		}); err != nil {
			t.Fatal(err)
		}
	}
	return more
}

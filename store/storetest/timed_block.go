package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testTimedBlocks holds when a timed block lets its places out, and which.
func testTimedBlocks(t *testing.T, open Opener) {
	clock := NewClock(Curtain.Add(-2 * time.Hour))
	e := NewEvening(t, open(t, clock), clock, Rows(2, 6, 0), 1)
	ctx, boss := context.Background(), e.Staff[0]
	soon, late := clock.Now().Add(10*time.Minute), clock.Now().Add(time.Hour)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	block := func(until time.Time, places ...boxoffice.PlaceNo) {
		t.Helper()
		must(e.Office.Block(ctx, cmd(), boss, e.Performance, "P", places, until))
	}
	// sees is how places stand: their state's first letter, and their block.
	sees := func(what, want string, places ...boxoffice.PlaceNo) {
		t.Helper()
		must(e.Store.View(ctx, func(r boxoffice.Reader) error {
			tickets, err := r.Tickets(e.Performance, places)
			var words []string
			for _, ticket := range tickets {
				words = append(words, fmt.Sprintf("%d:%c%s", ticket.Place, ticket.State[0], ticket.Block))
			}
			same(t, what, strings.Join(words, " "), want)
			return err
		}))
	}
	sweep := func() {
		t.Helper()
		_, err := e.Office.Sweep(ctx, 100)
		must(err)
	}
	cancel := func(id boxoffice.OrderID, place boxoffice.PlaceNo) {
		t.Helper()
		order, err := e.Office.Order(ctx, id)
		must(err)
		for _, l := range order.Lines {
			if l.Line.Place == place {
				must(e.Office.CancelTickets(ctx, cmd(), boss, id, []boxoffice.TicketID{l.Ticket.ID}, "ill"))
			}
		}
	}

	block(soon, 1, 2, 3, 4, 5, 6, 7)
	must(e.Office.Unblock(ctx, cmd(), boss, e.Performance, []boxoffice.PlaceNo{1, 2}))
	block(time.Time{}, 1) // for good, under the same code
	block(late, 2)        // the same code, a later end
	block(time.Time{}, 3) // without being let out in between
	take := func(places ...boxoffice.PlaceNo) {
		t.Helper()
		var picks []boxoffice.Pick
		for _, no := range places {
			picks = append(picks, boxoffice.Pick{Place: no, Type: e.Adult})
		}
		_, err := e.Office.TakeFromBlock(ctx, cmd(), boss, e.Performance, picks)
		must(err)
	}
	take(4, 5)
	sale, err := e.Office.SellCash(ctx, cmd(), boss, 4800, 5000)
	must(err)
	clock.Move(9 * time.Minute)
	take(6) // in a basket when the block's time comes
	// What comes back while the block stands returns to it.
	cancel(sale.Order, 4)
	sees("before its time", "1:aP 2:aP 3:aP 4:aP 5:cP 6:rP 7:aP", 1, 2, 3, 4, 5, 6, 7)

	clock.Move(time.Minute)
	sweep()
	sees("at its time", "1:aP 2:aP 3:aP 4:a 5:c 6:r 7:a", 1, 2, 3, 4, 5, 6, 7)
	cancel(sale.Order, 5)
	must(e.Office.Release(ctx, cmd(), boss, e.Performance, []boxoffice.PlaceNo{6}))
	sees("given back after it", "5:a 6:a", 5, 6)

	clock.Move(time.Hour)
	sweep()
	sees("at the later time", "1:aP 2:a 3:aP", 1, 2, 3)
}

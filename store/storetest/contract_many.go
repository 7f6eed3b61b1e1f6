package storetest

import (
	"fmt"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testMany saves more at once than goes into one statement.
func testMany(t *testing.T, open Opener) {
	b := newBoothOf(t, open, Rows(9, 10, 0))
	all := make([]boxoffice.PlaceNo, len(b.plan.Places))
	for i := range all {
		all[i] = boxoffice.PlaceNo(i + 1)
	}
	var holds []boxoffice.Hold
	b.update(func(tx boxoffice.Tx) error {
		for range 41 {
			h, err := tx.SaveHold(boxoffice.NewBasketHold(tx.Now(), boxoffice.Actor{Staff: b.staff.ID}, boxoffice.HoldTime{TTL: time.Minute, Max: time.Minute}))
			if err != nil {
				return err
			}
			holds = append(holds, h)
		}
		return nil
	})

	// All go under one hold, those of the fourth row at another price.
	held := func(tx boxoffice.Tx, before []boxoffice.Ticket) (after []boxoffice.Ticket, err error) {
		for i, ticket := range before {
			price := boothPrice
			if i/10 == 3 {
				price = 1000
			}
			next, err := ticket.Reserve(tx.Now(), holds[0], b.typ.ID, price)
			if err != nil {
				return nil, err
			}
			after = append(after, next)
		}
		return after, nil
	}
	var before, after []boxoffice.Ticket
	b.update(func(tx boxoffice.Tx) (err error) {
		if before, err = tx.Tickets(b.perf.ID, all); err != nil {
			return err
		}
		if after, err = held(tx, before); err != nil {
			return err
		}
		if err := tx.SaveTickets(before, after); err != nil {
			return err
		}
		for i := range after {
			after[i].Version = 2
		}
		inside, err := tx.TicketsOf(holds[0].ID)
		same(t, "tickets, in the transaction", inside, after)
		return err
	})
	look := func(what string) {
		t.Helper()
		b.view(func(r boxoffice.Reader) error {
			tickets, err := r.Tickets(b.perf.ID, all)
			same(t, what, tickets, after)
			return err
		})
	}
	look("tickets")

	free := func(tickets []boxoffice.Ticket) []boxoffice.Ticket {
		var open []boxoffice.Ticket
		for _, ticket := range tickets {
			next, err := ticket.Release()
			if err != nil {
				t.Fatal(err)
			}
			open = append(open, next)
		}
		return open
	}
	for _, at := range []int{0, 17, len(all) - 1} {
		stale := append([]boxoffice.Ticket(nil), after...)
		stale[at].Version--
		what := fmt.Sprintf("%d tickets of which the one of place %d is stale", len(stale), at+1)
		isKind(t, what, b.refused(what, func(tx boxoffice.Tx) error { return tx.SaveTickets(stale, free(stale)) }), boxoffice.KindConflict)
		look("tickets after a refusal")
	}
	b.update(func(tx boxoffice.Tx) error { return tx.SaveTickets(after, free(after)) })
	after = free(after)
	for i := range after {
		after[i].Version = 3
	}
	look("tickets let go")

	stale := append([]boxoffice.Hold(nil), holds...)
	stale[33].Version++
	isKind(t, "a stale hold among many", b.refused("a stale hold among many", func(tx boxoffice.Tx) error {
		return tx.EndHolds(stale, boxoffice.HoldLapsed)
	}), boxoffice.KindConflict)
	b.clock.Move(time.Hour)
	b.view(func(r boxoffice.Reader) error {
		lapsed, err := r.LapsedHolds(r.Now(), 100)
		same(t, "holds that have lapsed", lapsed, holds)
		return err
	})
	b.update(func(tx boxoffice.Tx) error {
		asked := append([]boxoffice.Hold(nil), holds...)
		asked[40].Terminal = "window 9" // not to be saved
		return tx.EndHolds(asked, boxoffice.HoldLapsed)
	})
	b.view(func(r boxoffice.Reader) error {
		for _, h := range holds {
			got, err := r.Hold(h.ID)
			if err != nil {
				return err
			}
			h.State, h.Version = boxoffice.HoldLapsed, 2
			same(t, "an ended hold", got, h)
		}
		return nil
	})
	isKind(t, "ended holds", b.refused("ended holds", func(tx boxoffice.Tx) error {
		return tx.EndHolds(holds, boxoffice.HoldLapsed)
	}), boxoffice.KindConflict)

	words := make([]string, 250)
	b.update(func(tx boxoffice.Tx) error {
		entries := make([]boxoffice.Entry, len(words))
		for i := range entries {
			words[i] = fmt.Sprintf("entry %d", i)
			entries[i] = boxoffice.Entry{Verb: boxoffice.VerbSetUp, Note: words[i]}
		}
		if err := tx.Append(entries[:249]...); err != nil {
			return err
		}
		if err := tx.Append(); err != nil {
			return err
		}
		return tx.Append(entries[249])
	})
	same(t, "the journal", b.notes(), words)
	b.view(func(r boxoffice.Reader) error {
		entries, err := r.Journal(0, 1000)
		for i, e := range entries {
			if e.Hash != e.Sum() || e.Seq != int64(i+1) || i > 0 && e.Prev != entries[i-1].Hash {
				t.Errorf("entry %d does not follow the one before", e.Seq)
			}
		}
		return err
	})
}

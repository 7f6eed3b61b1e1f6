package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testEvening holds what a manager sees of the evening; that it keeps up with the
// journal is the machine's to hold.
func testEvening(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o, ctx := b.Office, b.ctx
	e, err := o.Evening(ctx, b.boss, b.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "day", e.Day, "2026-11-27")
	same(t, "total", e.Total(), 4800)
	same(t, "by tender", e.ByTender(), []boxoffice.Taking{{Kind: boxoffice.Cash, Sales: 2, Tickets: 2, Amount: 4800}})
	same(t, "by clerk", e.ByClerk(), []boxoffice.Taking{
		{Staff: b.clerk.Staff, Name: "Clerk 1", Terminal: "window 1", Sales: 1, Tickets: 1, Amount: 2400},
		{Staff: b.colleague.Staff, Name: "Clerk 3", Terminal: "window 3", Sales: 1, Tickets: 1, Amount: 2400},
	})
	same(t, "sold for", e.SoldFor, map[boxoffice.PerformanceID]boxoffice.Money{b.Performance: 4800})
	var baskets []string
	for _, in := range e.Baskets {
		baskets = append(baskets, fmt.Sprintf("%s %s %d parked %v", in.Name, in.Terminal, in.Places, in.Parked))
	}
	same(t, "baskets", baskets, []string{"Clerk 1 window 1 1 parked true", "Clerk 3 window 3 1 parked true", "Clerk 3 window 3 1 parked false"})
	if counts := e.PerMinute(b.Clock.Now()); counts[59] != 2 || counts[58] != 0 {
		t.Errorf("sold by minute: %v", counts)
	}
	if counts := e.PerMinute(b.Clock.Now().Add(59 * time.Minute)); counts[0] != 2 {
		t.Errorf("sold by minute, 59 minutes later: %v", counts)
	}
	same(t, "sold lately", e.SoldLately(b.Performance, b.Clock.Now().Add(9*time.Minute)), 2)
	same(t, "sold lately, later", e.SoldLately(b.Performance, b.Clock.Now().Add(10*time.Minute)), 0)
	if len(e.Waiting) != 1 || e.Waiting[0].Asker != "Clerk 3" {
		t.Errorf("waiting are %+v", e.Waiting)
	}
	// A void takes back; yesterday and tomorrow have nothing.
	if err := o.Void(ctx, cmd(), b.boss, b.other, ""); err != nil {
		t.Fatal(err)
	}
	if e, err = o.Evening(ctx, b.boss, b.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	same(t, "by tender, after a void", e.ByTender(), []boxoffice.Taking{{Kind: boxoffice.Cash, Sales: 2, Voids: 1, Tickets: 1, Amount: 2400}})
	same(t, "sold for, after a void", e.SoldFor, map[boxoffice.PerformanceID]boxoffice.Money{b.Performance: 2400})
	for at, want := range map[time.Duration]boxoffice.Money{0: 2400, -24 * time.Hour: 0, 24 * time.Hour: 0} {
		e, err := o.Evening(ctx, b.boss, b.Clock.Now().Add(at))
		if err != nil || e.Total() != want {
			t.Errorf("the evening %s away has %d, want %d (%v)", at, e.Total(), want, err)
		}
	}
	// Entries that are missing, or of another day, are not made up.
	if e.Apply(boxoffice.Entry{Seq: e.Revision + 2, At: b.Clock.Now()}) || e.Apply(boxoffice.Entry{Seq: e.Revision + 1, At: e.To}) ||
		!e.Apply(boxoffice.Entry{Seq: e.Revision, At: b.Clock.Now()}) {
		t.Error("an entry that does not follow was applied, or one that is known was not passed over")
	}
	b.soldForBoth(t)
}

// soldForBoth sells one order for two performances, of which one has its tax on top, and
// holds the evening to what each of them came to.
func (b *backOffice) soldForBoth(t *testing.T) {
	_, err := b.Office.LoadProgramme(b.ctx, cmd(), b.boss, boxoffice.Programme{
		PriceTypes: []boxoffice.PriceType{{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}},
		Events: []boxoffice.ProgrammeEvent{{
			Key: "late", Title: "Late Night", Plan: b.Plan.Name, TaxPPM: 100_000,
			Prices:       []boxoffice.ProgrammePrice{{Zone: "*", Type: "a", Amount: 1000}},
			Performances: []boxoffice.ProgrammePerformance{{Key: "late-1", Curtain: Curtain.Add(time.Hour), OnSale: true}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	late, err := b.Office.PerformanceByKey(b.ctx, "late-1")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := b.Office.Evening(b.ctx, b.boss, b.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	sell := func(total boxoffice.Money, places map[boxoffice.PerformanceID][]boxoffice.PlaceNo) {
		t.Helper()
		for perf, list := range places {
			for _, no := range list {
				if _, err := b.Office.HoldPlaces(b.ctx, cmd(), b.boss, perf, []boxoffice.Pick{{Place: no, Type: b.Adult}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := b.Office.SellCash(b.ctx, cmd(), b.boss, total, total); err != nil {
			t.Fatal(err)
		}
	}
	applied := func() bool {
		t.Helper()
		journal, err := b.Office.Journal(b.ctx, kept.Revision, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range journal.Entries {
			if !kept.Apply(e) {
				return false
			}
		}
		return true
	}
	sell(2200, map[boxoffice.PerformanceID][]boxoffice.PlaceNo{late.ID: {1, 2}})
	if !applied() {
		t.Error("a sale for one performance made the evening ask again")
	}
	same(t, "sold for, kept", kept.SoldFor, map[boxoffice.PerformanceID]boxoffice.Money{b.Performance: 2400, late.ID: 2200})
	sell(4600, map[boxoffice.PerformanceID][]boxoffice.PlaceNo{b.Performance: {8}, late.ID: {3, 4}})
	if applied() {
		t.Error("what each performance of an order came to was made up")
	}
	if kept, err = b.Office.Evening(b.ctx, b.boss, b.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	same(t, "sold for, asked again", kept.SoldFor, map[boxoffice.PerformanceID]boxoffice.Money{b.Performance: 4800, late.ID: 4400})
	same(t, "tickets in all", kept.ByTender()[0].Tickets, 6)
}

// testAttention holds what is said to wait too long.
func testAttention(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o, ctx := b.Office, b.ctx
	list := func() string {
		t.Helper()
		all, err := o.Attention(ctx, b.boss)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, a := range all {
			words = append(words, string(a.Kind)+": "+a.Words)
		}
		return strings.Join(words, "\n")
	}
	asks := "request: Clerk 3 (window 3) asks: void order 1001, 24.00 EUR"
	if got := list(); got != asks && got != strings.TrimSuffix(asks, " EUR") {
		t.Errorf("at first:\n%s", got)
	}
	// Renewed every few minutes, it is still in hand.
	for range 3 {
		b.Clock.Move(4 * time.Minute)
		if _, err := o.Renew(ctx, cmd(), b.colleague); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "after twelve minutes", list(), "basket: Clerk 3 (window 3) has 1 place in hand\n"+
		"parked: a basket that Clerk 1 parked with 1 place is over\nparked: a basket that Clerk 3 parked with 1 place is over")
	if _, err := o.Sweep(ctx, 100); err != nil {
		t.Fatal(err)
	}
	same(t, "swept", list(), "basket: Clerk 3 (window 3) has 1 place in hand\n"+
		"parked: a basket that Clerk 1 parked is over\nparked: a basket that Clerk 3 parked is over")
	b.Clock.Move(2 * time.Hour)
	got := list()
	for _, want := range []string{"unswept: the time of Clerk 3 (window 3) is over, and 1 place not cleared away", "named hold: the hold of Clerk 3, for Vidal is over, and not cleared away"} {
		if !strings.Contains(got, want) {
			t.Errorf("two hours later: «%s» is missing in\n%s", want, got)
		}
	}
	for _, basket := range []boxoffice.BasketID{b.ownParked, b.otherParked} {
		if err := o.FreeBasket(ctx, cmd(), b.boss, basket, "over"); err != nil {
			t.Error(err)
		}
	}
	if _, err := o.Sweep(ctx, 100); err != nil {
		t.Fatal(err)
	}
	same(t, "all resolved", list(), "")
}

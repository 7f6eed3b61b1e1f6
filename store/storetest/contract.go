// Package storetest holds every store to the same promises: [Run] is the contract
// of [boxoffice.Store].
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"wicket/boxoffice"
)

// Opener opens a fresh, empty store that goes by clock, and closes it at the end
// of the test.
type Opener func(t testing.TB, clock boxoffice.Clock) boxoffice.Store

// Run holds the stores that open returns to the contract of [boxoffice.Store].
func Run(t *testing.T, open Opener) {
	for _, part := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"Update", testUpdate},
		{"Commands", testCommands},
		{"Twice", testTwice},
		{"Snapshot", testSnapshot},
		{"Watch", testWatch},
		{"Now", testNow},
		{"Clocks", testClocks},
		{"Close", testClose},
		{"Guards", testGuards},
		{"Many", testMany},
		{"Settings", testSettings},
		{"Plan", testPlan},
		{"Programme", testProgramme},
		{"Tickets", testTickets},
		{"Holds", testHolds},
		{"Timed blocks", testTimedBlocks},
		{"Baskets", testBaskets},
		{"Orders", testOrders},
		{"Orders in time", testOrdersInTime},
		{"Search", testSearch},
		{"Journal", testJournal},
		{"Keys", testKeys},
		{"Permits", testPermits},
		{"UsualTable", testUsualTable},
		{"WrongPINs", testWrongPINs},
		{"SignIn", testSignIn},
		{"People", testPeople},
		{"Desks", testDesks},
		{"Approvals", testApprovals},
		{"AtWork", testAtWork},
		{"TakeOver", testTakeOver},
		{"WhoseBasket", testWhoseBasket},
		{"Asking", testAsking},
		{"Evening", testEvening},
		{"Attention", testAttention},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, open) })
	}
}

// booth is a store with one small performance on sale.
type booth struct {
	testing.TB
	store boxoffice.Store
	clock *Clock
	staff boxoffice.Staff
	plan  *boxoffice.Plan
	perf  boxoffice.Performance
	typ   boxoffice.PriceType
}

const boothPrice = boxoffice.Money(2400)

func newBooth(t testing.TB, open Opener) *booth {
	t.Helper()
	return newBoothOf(t, open, Rows(2, 6, 3))
}

func newBoothOf(t testing.TB, open Opener, plan *boxoffice.Plan) *booth {
	t.Helper()
	clock := NewClock(Curtain.Add(-2 * time.Hour))
	b := &booth{TB: t, store: open(t, clock), clock: clock, plan: plan}
	b.update(func(tx boxoffice.Tx) error {
		house := boxoffice.House{
			Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid", Holds: boxoffice.DefaultHoldTimes(),
		}
		err := tx.CreateHouse(house)
		if err != nil {
			return err
		}
		if b.staff, err = tx.SaveStaff(boxoffice.Staff{Name: "Ana", Role: boxoffice.Manager, Active: true}); err != nil {
			return err
		}
		planID, err := tx.SavePlan(b.plan)
		if err != nil {
			return err
		}
		event, err := tx.SaveEvent(boxoffice.Event{Key: "macbeth", Title: "Macbeth"})
		if err != nil {
			return err
		}
		b.perf, err = tx.SavePerformance(boxoffice.Performance{
			Event: event.ID, Key: "macbeth-1", Plan: planID, Doors: Curtain.Add(-time.Hour), Curtain: Curtain, State: boxoffice.OnSale,
			BusinessDay: "2026-11-27", TaxPPM: 100_000, TaxIncluded: true,
		})
		if err != nil {
			return err
		}
		if b.typ, err = tx.SavePriceType(boxoffice.PriceType{Code: "a", Name: "Adult", Rank: 1}); err != nil {
			return err
		}
		if err := tx.SavePrices(b.perf.ID, []boxoffice.Price{{Zone: 0, Type: b.typ.ID, Amount: boothPrice}}); err != nil {
			return err
		}
		entry := boxoffice.Entry{Verb: boxoffice.VerbOpen, Performance: b.perf.ID}
		var tickets []boxoffice.Ticket
		for _, p := range b.plan.Places {
			ticket := boxoffice.Ticket{Performance: b.perf.ID, Place: p.No, State: boxoffice.Available}
			tickets = append(tickets, ticket)
			entry.Changes = append(entry.Changes, boxoffice.Diff(boxoffice.Ticket{}, ticket))
		}
		if err := tx.InsertTickets(tickets); err != nil {
			return err
		}
		return tx.Append(entry)
	})
	b.view(func(r boxoffice.Reader) (err error) {
		b.perf, err = r.Performance(b.perf.ID)
		return err
	})
	return b
}

// update runs fn and fails the test if it does not commit.
func (b *booth) update(fn func(boxoffice.Tx) error) {
	b.Helper()
	if err := b.store.Update(context.Background(), boxoffice.NewCommandID(), nil, fn); err != nil {
		b.Fatal(err)
	}
}

// refused runs fn and fails the test if it commits.
func (b *booth) refused(what string, fn func(boxoffice.Tx) error) error {
	b.Helper()
	err := b.store.Update(context.Background(), boxoffice.NewCommandID(), nil, fn)
	if err == nil {
		b.Errorf("%s: the store said yes", what)
	}
	return err
}

func (b *booth) view(fn func(boxoffice.Reader) error) {
	b.Helper()
	if err := b.store.View(context.Background(), fn); err != nil {
		b.Fatal(err)
	}
}

// note appends an entry that says so.
func note(tx boxoffice.Tx, words string) error {
	return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp, Note: words})
}

// notes returns what was noted.
func (b *booth) notes() (notes []string) {
	b.Helper()
	b.view(func(r boxoffice.Reader) error {
		entries, err := r.Journal(0, 10_000)
		for _, e := range entries {
			if e.Note != "" {
				notes = append(notes, e.Note)
			}
		}
		return err
	})
	return notes
}

// hold puts places under a new hold.
func (b *booth) hold(tx boxoffice.Tx, places ...boxoffice.PlaceNo) (boxoffice.Hold, error) {
	h, err := tx.SaveHold(boxoffice.NewBasketHold(tx.Now(), boxoffice.Actor{Staff: b.staff.ID, Terminal: "window 1", Channel: boxoffice.Window}, boxoffice.DefaultHoldTimes()[boxoffice.Window]))
	if err != nil {
		return h, err
	}
	before, err := tx.Tickets(b.perf.ID, places)
	if err != nil {
		return h, err
	}
	entry := boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: b.perf.ID, Hold: h.ID}
	var after []boxoffice.Ticket
	for _, t := range before {
		held, err := t.Reserve(tx.Now(), h, b.typ.ID, boothPrice)
		if err != nil {
			return h, err
		}
		after = append(after, held)
		entry.Changes = append(entry.Changes, boxoffice.Diff(t, held))
	}
	if err := tx.SaveTickets(before, after); err != nil {
		return h, err
	}
	return h, tx.Append(entry)
}

// sell sells what a hold has, for cash.
func (b *booth) sell(tx boxoffice.Tx, h boxoffice.Hold, customer boxoffice.CustomerID) (boxoffice.Order, error) {
	tickets, err := tx.TicketsOf(h.ID)
	if err != nil {
		return boxoffice.Order{}, err
	}
	order, err := tx.InsertOrder(b.order(tx.Now(), tickets, customer))
	if err != nil {
		return order, err
	}
	entry := boxoffice.Entry{Verb: boxoffice.VerbSell, Performance: b.perf.ID, Hold: h.ID, Order: order.ID, Amount: order.Total}
	var after []boxoffice.Ticket
	for _, t := range tickets {
		sold, err := t.Confirm(tx.Now(), h.ID, order.ID)
		if err != nil {
			return order, err
		}
		after = append(after, sold)
		entry.Changes = append(entry.Changes, boxoffice.Diff(t, sold))
	}
	if err := tx.SaveTickets(tickets, after); err != nil {
		return order, err
	}
	h.State = boxoffice.HoldSold
	if _, err := tx.SaveHold(h); err != nil {
		return order, err
	}
	return order, tx.Append(entry)
}

// order draws up an order for tickets, paid in cash.
func (b *booth) order(now time.Time, tickets []boxoffice.Ticket, customer boxoffice.CustomerID) boxoffice.Order {
	o := boxoffice.Order{At: now, Staff: b.staff.ID, Terminal: "window 1", Channel: boxoffice.Window, Customer: customer}
	for _, t := range tickets {
		tax := boxoffice.Taxes([]boxoffice.Taxed{{Amount: t.Price, PPM: b.perf.TaxPPM, Included: true}})[0]
		o.Lines = append(o.Lines, boxoffice.OrderLine{
			Ticket: t.ID, Performance: t.Performance, Place: t.Place, Type: t.Type, Price: t.Price,
			TaxPPM: b.perf.TaxPPM, TaxIncluded: true, Tax: tax, Amount: t.Price,
		})
		o.Total += t.Price
		o.Tax += tax
	}
	o.Tenders = []boxoffice.Tender{{
		Kind: boxoffice.Cash, Amount: o.Total, Tendered: o.Total + 100, Change: 100, At: now, Staff: b.staff.ID, Terminal: "window 1",
	}}
	return o
}

// isKind fails the test unless err is of this kind.
func isKind(t testing.TB, what string, err error, kind boxoffice.Kind) {
	t.Helper()
	if boxoffice.KindOf(err) != kind {
		t.Errorf("%s: «%v» is of kind %q, want %q", what, err, boxoffice.KindOf(err), kind)
	}
}

var errNo = errors.New("no")

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

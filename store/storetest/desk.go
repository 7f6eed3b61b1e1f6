package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testAtWork holds who is at work and what they tell each other.
func testAtWork(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o, ctx := b.Office, b.ctx
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	names := func() (out []string) {
		t.Helper()
		at, err := o.AtWork(ctx)
		must(err)
		for _, a := range at {
			out = append(out, a.Staff.Name+" at "+a.Terminal)
		}
		return out
	}
	must(o.EnterDesk(ctx, cmd(), b.clerk))
	must(o.EnterDesk(ctx, cmd(), b.colleague))
	upstairs := b.clerk
	upstairs.Terminal = "ssh 1"
	must(o.EnterDesk(ctx, cmd(), upstairs))
	same(t, "at work", names(), []string{"Clerk 1 at ssh 1", "Clerk 1 at window 1", "Clerk 3 at window 3"})
	must(o.LeaveDesk(ctx, cmd(), upstairs))
	before := b.head(t)
	must(o.LeaveDesk(ctx, cmd(), upstairs))
	if b.head(t) != before {
		t.Error("leaving twice is in the journal twice")
	}
	// Another at the same terminal: who was there has left it.
	swapped := b.colleague
	swapped.Terminal = b.clerk.Terminal
	must(o.EnterDesk(ctx, cmd(), swapped))
	same(t, "after a switch", names(), []string{"Clerk 3 at window 1", "Clerk 3 at window 3"})
	last := b.last(t, 2)
	if last[0].Verb != boxoffice.VerbSignOut || last[0].Actor.Staff != b.clerk.Staff || last[1].Verb != boxoffice.VerbSignIn {
		t.Errorf("the switch is in the journal as %+v", last)
	}

	// Terminals that ended without a word, and were sat down at since, or not.
	must(o.EnterDesk(ctx, cmd(), upstairs))
	present, err := o.AtWork(ctx)
	must(err)
	b.Clock.Move(time.Second)
	must(o.EnterDesk(ctx, cmd(), swapped))
	must(o.LeaveDesks(ctx, cmd(), present[:2])) // ssh 1, window 1
	same(t, "after a tidying", names(), []string{"Clerk 3 at window 1", "Clerk 3 at window 3"})
	last = b.last(t, 1)
	if last[0].Verb != boxoffice.VerbSignOut || last[0].Actor.Staff != b.clerk.Staff || last[0].Actor.Terminal != "ssh 1" {
		t.Errorf("the tidying is in the journal as %+v", last)
	}

	for _, c := range []struct{ to, terminal, name string }{{"", "x", "y"}, {"window 3", "window 3", "y"}, {"CLERK 3", "x", "Clerk 3"}} {
		must(o.Tell(ctx, cmd(), b.boss, c.to, "fire\x1b[2J drill: now"))
		m, ok := b.last(t, 1)[0].Message()
		if !ok || !m.For(c.terminal, c.name) || m.Words != "fire drill: now" || m.From.Staff != b.boss.Staff {
			t.Errorf("to «%s»: %+v, %v", c.to, m, ok)
		}
		if c.to != "" && m.For("elsewhere", "Nobody") {
			t.Errorf("to «%s»: everybody gets it", c.to)
		}
	}
	isKind(t, "to nobody", o.Tell(ctx, cmd(), b.boss, "window 9", "hello"), boxoffice.KindNotFound)
	isKind(t, "nothing said", o.Tell(ctx, cmd(), b.boss, "", " \n"), boxoffice.KindInvalid)

	b.Clock.Move(24 * time.Hour)
	same(t, "the day after", names(), nil)
}

func (b *backOffice) last(t *testing.T, n int) (entries []boxoffice.Entry) {
	t.Helper()
	if err := b.Store.View(b.ctx, func(r boxoffice.Reader) (err error) {
		entries, err = r.LastEntries(n)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return entries
}

// testTakeOver holds what becomes of a basket that others take or free.
func testTakeOver(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o, ctx := b.Office, b.ctx
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	theirs, err := o.Basket(ctx, b.colleague.Staff)
	must(err)
	b.mustHold(t, b.boss, 9)
	mine, err := o.Basket(ctx, b.boss.Staff)
	must(err)
	b.Clock.Move(time.Minute)
	id := cmd()
	for range 2 { // the second is the same command again
		must(o.TakeOver(ctx, id, b.boss, b.colleague.Staff, "his line dropped"))
	}
	got, err := o.Basket(ctx, b.boss.Staff)
	must(err)
	if got.Basket.ID != theirs.Basket.ID || len(got.Lines) != 1 || got.Lines[0].Place != 6 || !got.Hold.ExpiresAt.Equal(theirs.Hold.ExpiresAt) ||
		got.Hold.Staff != b.boss.Staff || got.Hold.Terminal != b.boss.Terminal {
		t.Errorf("taken over is %+v", got)
	}
	left, err := o.Basket(ctx, b.colleague.Staff)
	must(err)
	if !left.Empty() {
		t.Errorf("the colleague still has %+v", left)
	}
	parked, err := o.Parked(ctx, b.boss.Staff)
	must(err)
	if len(parked) != 1 || parked[0].View.Basket.ID != mine.Basket.ID {
		t.Errorf("what was in hand is %+v", parked)
	}
	if e := b.last(t, 1)[0]; e.Verb != boxoffice.VerbTakeOver || e.Note != "from Clerk 3: his line dropped" || e.Basket != theirs.Basket.ID {
		t.Errorf("the journal says %+v", e)
	}
	isKind(t, "nothing in hand", o.TakeOver(ctx, cmd(), b.boss, b.colleague.Staff, ""), boxoffice.KindState)
	isKind(t, "one's own", o.TakeOver(ctx, cmd(), b.boss, b.boss.Staff, ""), boxoffice.KindInvalid)

	isKind(t, "free without a reason", o.FreeBasket(ctx, cmd(), b.boss, theirs.Basket.ID, ""), boxoffice.KindInvalid)
	must(o.FreeBasket(ctx, cmd(), b.boss, theirs.Basket.ID, "stuck"))
	isKind(t, "free again", o.FreeBasket(ctx, cmd(), b.boss, theirs.Basket.ID, "stuck"), boxoffice.KindState)
	if p := b.Places(t)[5]; p.State != boxoffice.Available {
		t.Errorf("freed, but place 6 is %+v", p)
	}
	must(o.FreeBasket(ctx, cmd(), b.boss, b.otherParked, "nobody came"))
	if all, err := o.Parked(ctx, b.colleague.Staff); err != nil || len(all) != 0 {
		t.Errorf("a freed parked basket is still parked: %+v, %v", all, err)
	}
	// One whose time is over, swept or not.
	b.mustHold(t, b.colleague, 7)
	stuck, err := o.Basket(ctx, b.colleague.Staff)
	must(err)
	b.Clock.Move(time.Hour)
	isKind(t, "take over what lapsed", o.TakeOver(ctx, cmd(), b.boss, b.colleague.Staff, ""), boxoffice.KindState)
	must(o.FreeBasket(ctx, cmd(), b.boss, stuck.Basket.ID, "stuck"))
	if p := b.Places(t)[6]; p.State != boxoffice.Available {
		t.Errorf("freed, but place 7 is %+v", p)
	}
}

// testWhoseBasket: a basket keeps the name it was held for, and the label it was parked
// under, until it is sold.
func testWhoseBasket(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o, by := b.Office, b.colleague
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	is := func(want string) boxoffice.BasketID {
		t.Helper()
		got, err := o.Basket(b.ctx, by.Staff)
		must(err)
		if got.ForName != want {
			t.Errorf("the basket is for «%s», want «%s»", got.ForName, want)
		}
		return got.Basket.ID
	}
	is("")
	must(o.PickUp(b.ctx, cmd(), by, b.named))
	picked := is("Vidal")
	must(o.Resume(b.ctx, cmd(), by, b.otherParked))
	is("later")
	parked, err := o.Parked(b.ctx, by.Staff)
	must(err)
	for _, p := range parked {
		if p.View.Basket.ID == picked && p.View.ForName != "Vidal" {
			t.Errorf("parked is %+v", p.View)
		}
	}
	must(o.Resume(b.ctx, cmd(), by, picked))
	is("Vidal")
	must(o.Park(b.ctx, cmd(), by, "red hat"))
	must(o.Resume(b.ctx, cmd(), by, picked))
	is("Vidal, red hat")
	sale, err := o.SellCash(b.ctx, cmd(), by, 2400, 2400)
	must(err)
	if order, err := o.Order(b.ctx, sale.Order); err != nil || order.Customer.Name != "Vidal" {
		t.Errorf("sold to %+v, %v", order.Customer, err)
	}
	b.mustHold(t, by, 8)
	is("")
}

// testAsking holds what becomes of what people ask to be allowed.
func testAsking(t *testing.T, open Opener) {
	b := newBackOffice(t, open)
	o := b.Office
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	guard := func(on bool) {
		t.Helper()
		must(second(o.LoadProgramme(ctx, cmd(), b.boss, boxoffice.Programme{PriceTypes: []boxoffice.PriceType{
			{Code: "a", Name: "Adult", Rank: 1}, {Code: "c", Name: "Child", Rank: 2, Guarded: on},
		}})))
	}
	must(o.Withdraw(ctx, cmd(), b.colleague, b.asked))
	guard(true)
	must(o.Block(ctx, cmd(), b.boss, b.Performance, "M", []boxoffice.PlaceNo{10, 11}, time.Time{}))
	press := func(no boxoffice.PlaceNo, typ boxoffice.PriceTypeID) []boxoffice.Pick {
		return []boxoffice.Pick{{Place: no, Type: typ}}
	}
	void := boxoffice.Ask{Kind: boxoffice.AskVoid, Order: b.other, Reason: "wrong evening"}
	block := func(no boxoffice.PlaceNo) boxoffice.Ask {
		return boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: b.Performance, Picks: press(no, b.Adult), Reason: "press"}
	}
	price := boxoffice.Ask{Kind: boxoffice.AskPrice, Performance: b.Performance, Picks: append(press(10, b.Child), press(12, b.Child)...)}

	// What could not be done, or needs no asking, is said at once.
	isKind(t, "an order that is not there", second(o.Ask(ctx, cmd(), b.clerk, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 9999})), boxoffice.KindNotFound)
	isKind(t, "an own sale", second(o.Ask(ctx, cmd(), b.clerk, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: b.own})), boxoffice.KindInvalid)
	isKind(t, "a place that is sold", second(o.Ask(ctx, cmd(), b.clerk, block(1))), boxoffice.KindTaken)
	isKind(t, "a place that is open", second(o.Ask(ctx, cmd(), b.clerk, block(13))), boxoffice.KindState)
	isKind(t, "nothing known", second(o.Ask(ctx, cmd(), b.clerk, boxoffice.Ask{Kind: "x"})), boxoffice.KindInvalid)
	isKind(t, "who may by themselves", second(o.Ask(ctx, cmd(), b.boss, void)), boxoffice.KindInvalid)

	before := b.Fill(t)
	id := cmd()
	a, err := o.Ask(ctx, id, b.clerk, block(10))
	must(err)
	again, err := o.Ask(ctx, id, b.clerk, block(10))
	must(err)
	same(t, "the same command again", again, a)
	if a.State != boxoffice.ApprovalWaiting || a.Permission != boxoffice.SellFromBlock || a.Words != "sell from a block: Macbeth B4" {
		t.Errorf("asked is %+v", a)
	}
	same(t, "the house while it waits", b.Fill(t), before)
	isKind(t, "a second at the terminal", second(o.Ask(ctx, cmd(), b.clerk, void)), boxoffice.KindState)
	isKind(t, "who may not", o.Answer(ctx, cmd(), b.clerk, a.ID, true, ""), boxoffice.KindNotAllowed)
	besides := b.colleague // sits down at the clerk's terminal, and asks there, too
	besides.Terminal = b.clerk.Terminal
	must(o.ChangeStaff(ctx, cmd(), b.boss, besides.Staff, boxoffice.Clerk, true, ""))
	theirs, err := o.Ask(ctx, cmd(), besides, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: b.own})
	must(err)
	isKind(t, "a second of theirs", second(o.Ask(ctx, cmd(), besides, block(10))), boxoffice.KindState)
	must(o.Withdraw(ctx, cmd(), besides, theirs.ID))
	must(o.ChangeStaff(ctx, cmd(), b.boss, besides.Staff, boxoffice.Manager, true, ""))
	must(o.ChangeStaff(ctx, cmd(), b.boss, b.clerk.Staff, boxoffice.Supervisor, true, ""))
	isKind(t, "who asked", o.Answer(ctx, cmd(), b.clerk, a.ID, true, ""), boxoffice.KindInvalid)
	must(o.ChangeStaff(ctx, cmd(), b.boss, b.clerk.Staff, boxoffice.Clerk, true, ""))

	id = cmd()
	for range 2 {
		must(o.Answer(ctx, id, b.boss, a.ID, true, "for the paper"))
	}
	basket, err := o.Basket(ctx, b.clerk.Staff)
	must(err)
	if len(basket.Lines) != 1 || basket.Lines[0].Place != 10 {
		t.Errorf("allowed, but in the basket is %+v", basket.Lines)
	}
	entries := b.last(t, 2)
	if entries[0].Verb != boxoffice.VerbAllow || entries[0].Actor.Staff != b.boss.Staff ||
		entries[1].Verb != boxoffice.VerbHold || entries[1].Actor.Staff != b.clerk.Staff || entries[1].Actor.Terminal != b.clerk.Terminal {
		t.Errorf("the journal says %+v", entries)
	}
	v, err := o.Approval(ctx, a.ID)
	must(err)
	unheard := func(of boxoffice.Actor) []boxoffice.ApprovalView {
		t.Helper()
		all, err := o.Unheard(ctx, of.Staff)
		must(err)
		return all
	}
	same(t, "not heard of", unheard(b.clerk), []boxoffice.ApprovalView{v})
	isKind(t, "heard by another", o.Heard(ctx, cmd(), b.boss, a.ID), boxoffice.KindInvalid)
	must(o.Heard(ctx, cmd(), b.clerk, a.ID))
	must(o.Heard(ctx, cmd(), b.clerk, a.ID)) // at another terminal, too
	if left := append(unheard(b.clerk), unheard(besides)...); len(left) > 0 {
		t.Errorf("heard of, and what was withdrawn, but there are %+v", left)
	}
	if v.Approval.State != boxoffice.ApprovalAllowed || v.Asker != "Clerk 1" || v.AnsweredBy != "Clerk 4" || v.Approval.Reason != "for the paper" {
		t.Errorf("answered is %+v", v)
	}
	isKind(t, "answered twice", o.Answer(ctx, cmd(), b.boss, a.ID, false, ""), boxoffice.KindState)

	// Guarded prices: refused without leave, given with it, to what is in the basket
	// and to what is not.
	isKind(t, "a guarded price", second(o.HoldPlaces(ctx, cmd(), b.clerk, b.Performance, press(12, b.Child))), boxoffice.KindNotAllowed)
	isKind(t, "to a guarded price", o.ChangeType(ctx, cmd(), b.clerk, b.Performance, []boxoffice.PlaceNo{10}, b.Child), boxoffice.KindNotAllowed)
	a, err = o.Ask(ctx, cmd(), b.clerk, price)
	must(err)
	must(o.Answer(ctx, cmd(), b.boss, a.ID, true, ""))
	basket, err = o.Basket(ctx, b.clerk.Staff)
	must(err)
	if len(basket.Lines) != 2 || basket.Total != 1800 {
		t.Errorf("at guarded prices the basket is %+v", basket.Lines)
	}
	sale, err := o.SellCash(ctx, cmd(), b.clerk, 1800, 2000)
	must(err)
	if p := b.Places(t)[9]; p.State != boxoffice.Confirmed || p.Block != "M" {
		t.Errorf("sold out of its block, place 10 is %+v", p)
	}
	// Void: the place returns to its block.
	must(o.Void(ctx, cmd(), b.clerk, sale.Order, ""))
	if p := b.Places(t)[9]; p.State != boxoffice.Available || p.Block != "M" {
		t.Errorf("void, place 10 is %+v", p)
	}

	// What can no longer be done is the answer, and nothing changes.
	a, err = o.Ask(ctx, cmd(), b.clerk, block(11))
	must(err)
	must(second(o.TakeFromBlock(ctx, cmd(), b.boss, b.Performance, press(11, b.Adult))))
	id = cmd()
	for range 2 {
		isKind(t, "no longer possible", o.Answer(ctx, id, b.boss, a.ID, true, ""), boxoffice.KindState)
	}
	v, err = o.Approval(ctx, a.ID)
	must(err)
	if v.Approval.State != boxoffice.ApprovalRefused || v.Approval.Reason != "B5 is held by Clerk 4 (window 4)" {
		t.Errorf("no longer possible, but it is %+v", v.Approval)
	}
	if basket, err = o.Basket(ctx, b.clerk.Staff); err != nil || !basket.Empty() {
		t.Errorf("no longer possible, but in the basket is %+v, %v", basket, err)
	}

	// At the clerk's own terminal, by name and PIN.
	a, err = o.Ask(ctx, cmd(), b.clerk, void)
	must(err)
	isKind(t, "no PIN", o.AnswerHere(ctx, cmd(), b.clerk, "Clerk 4", "", a.ID, true, ""), boxoffice.KindState)
	isKind(t, "a wrong PIN", o.AnswerHere(ctx, cmd(), b.clerk, "Manager", "9999", a.ID, true, ""), boxoffice.KindInvalid)
	isKind(t, "heard before it is answered", o.Heard(ctx, cmd(), b.clerk, a.ID), boxoffice.KindState)
	had := len(unheard(b.clerk))
	must(o.AnswerHere(ctx, cmd(), b.clerk, "manager", "1234", a.ID, true, "go on"))
	if n := len(unheard(b.clerk)); n != had {
		t.Errorf("answered at their own terminal, %d answers are not heard of, %d before", n, had)
	}
	order, err := o.Order(ctx, b.other)
	must(err)
	if order.Order.State != boxoffice.OrderVoided {
		t.Errorf("allowed, but the order is %+v", order.Order)
	}

	// Tickets of an order, each by itself.
	own, err := o.Order(ctx, b.own)
	must(err)
	cancel := boxoffice.Ask{Kind: boxoffice.AskCancel, Order: b.own, Tickets: []boxoffice.TicketID{own.Lines[0].Ticket.ID}}
	isKind(t, "cancelled without a reason", second(o.Ask(ctx, cmd(), b.clerk, cancel)), boxoffice.KindInvalid)
	cancel.Reason = "ill"
	strange := cancel
	strange.Tickets = []boxoffice.TicketID{b.ticket}
	isKind(t, "a ticket of another order", second(o.Ask(ctx, cmd(), b.clerk, strange)), boxoffice.KindNotFound)
	a, err = o.Ask(ctx, cmd(), b.clerk, cancel)
	must(err)
	if want := fmt.Sprintf("cancel the ticket of order %d: Macbeth · A1", b.own); a.Words != want || a.Permission != boxoffice.CancelTickets {
		t.Errorf("asked is %+v, want «%s»", a, want)
	}
	must(o.Answer(ctx, cmd(), b.boss, a.ID, true, ""))
	entries = b.last(t, 2)
	if entries[0].Verb != boxoffice.VerbAllow || entries[1].Verb != boxoffice.VerbCancel || entries[1].Actor.Staff != b.clerk.Staff || entries[1].Note != "ill: allowed by Clerk 4" {
		t.Errorf("cancelled by leave, the journal says %+v", entries)
	}
	heads, err := o.FindOrders(ctx, fmt.Sprint(b.own), 1)
	must(err)
	if len(heads) != 1 || heads[0].Tickets != 1 || heads[0].Cancelled != 1 {
		t.Errorf("in the list the order with a cancelled ticket is %+v", heads)
	}
	isKind(t, "cancelled already", second(o.Ask(ctx, cmd(), b.clerk, cancel)), boxoffice.KindState)

	// Withdrawn, refused, and unanswered.
	a, err = o.Ask(ctx, cmd(), b.clerk, block(10))
	must(err)
	isKind(t, "withdrawn by another", o.Withdraw(ctx, cmd(), b.boss, a.ID), boxoffice.KindInvalid)
	must(o.Withdraw(ctx, cmd(), b.clerk, a.ID))
	isKind(t, "withdrawn twice", o.Withdraw(ctx, cmd(), b.clerk, a.ID), boxoffice.KindState)
	a, err = o.Ask(ctx, cmd(), b.clerk, block(10))
	must(err)
	must(o.Answer(ctx, cmd(), b.boss, a.ID, false, "full house"))
	a, err = o.Ask(ctx, cmd(), b.clerk, block(10))
	must(err)
	if all, err := o.Waiting(ctx); err != nil || len(all) != 1 || all[0].Asker != "Clerk 1" {
		t.Errorf("waiting are %+v, %v", all, err)
	}
	b.Clock.Move(10 * time.Minute)
	if all, err := o.Waiting(ctx); err != nil || len(all) != 0 {
		t.Errorf("after its time, waiting are %+v, %v", all, err)
	}
	isKind(t, "answered too late", o.Answer(ctx, cmd(), b.boss, a.ID, true, ""), boxoffice.KindState)
	if v, err = o.Approval(ctx, a.ID); err != nil || v.Approval.State != boxoffice.ApprovalLapsed {
		t.Errorf("unswept, it is %+v, %v", v.Approval, err)
	}
	must(second(o.Sweep(ctx, 100)))
	if all := unheard(b.clerk); len(all) == 0 || all[len(all)-1].Approval.State != boxoffice.ApprovalLapsed {
		t.Errorf("nobody answered, and not heard of are %+v", all)
	}
	if v, err = o.Approval(ctx, a.ID); err != nil || v.Approval.State != boxoffice.ApprovalLapsed || b.last(t, 1)[0].Verb != boxoffice.VerbUnanswered {
		t.Errorf("swept, it is %+v, %v", v.Approval, err)
	}
	must(second(o.Ask(ctx, cmd(), b.clerk, block(10))))
	b.Clock.Move(24 * time.Hour)
	if all := unheard(b.clerk); len(all) != 0 {
		t.Errorf("the day after, not heard of are %+v", all)
	}
}

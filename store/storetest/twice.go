package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testTwice sends every use case of the office three times under one command id:
// the first time it breaks after it has done its work, the second time it is done,
// the third time it answers as the second did. A use case that is not sent here fails
// the test.
func testTwice(t *testing.T, open Opener) {
	clock := NewClock(Curtain.Add(-24 * time.Hour))
	s := &sender{T: t, clock: clock, store: &breaking{Store: open(t, clock)}, sent: map[string]bool{}}
	s.office = NewOffice(s.store)
	s.evening()
	cmd := reflect.TypeFor[boxoffice.CommandID]()
	for method := range reflect.TypeOf(s.office).Methods() {
		for in := range method.Type.Ins() {
			if in == cmd && !s.sent[method.Name] {
				t.Errorf("the use case %s is not sent here: add it to the evening in twice.go", method.Name)
			}
		}
	}
}

// breaking is a store in which the next use case fails after it has done its work.
type breaking struct {
	boxoffice.Store
	next bool
}

func (s *breaking) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	broke := false
	err := s.Store.Update(ctx, cmd, answer, func(tx boxoffice.Tx) error {
		if err := fn(tx); err != nil || !s.next {
			return err
		}
		broke = true
		return errNo
	})
	s.next = s.next && !broke // what it only tried does not count
	return err
}

type sender struct {
	*testing.T
	clock   *Clock
	store   *breaking
	office  *boxoffice.Office
	sent    map[string]bool
	partner *Partner // in another process, doing the same; nil for one alone
	steps   int
}

// head returns where the journal ends.
func (s *sender) head() (seq int64) {
	s.Helper()
	if err := s.store.View(context.Background(), func(r boxoffice.Reader) (err error) {
		seq, _, err = r.Head()
		return err
	}); err != nil {
		s.Fatal(err)
	}
	return seq
}

// send sends a use case three times and returns its answer. With a partner, the second
// time and the third are at once in both processes.
func send[T any](s *sender, name string, call func(boxoffice.CommandID) (T, error)) T {
	s.Helper()
	s.sent[name] = true
	s.steps++
	cmd, before := boxoffice.CommandID(fmt.Sprintf("step %d", s.steps)), s.head()
	s.meet("")
	if s.partner == nil || s.steps%2 == s.partner.number {
		s.store.next = true
		if _, err := call(cmd); !errors.Is(err, errNo) {
			s.Fatalf("%s, to break: «%v», want the error as it is", name, err)
		}
		if at := s.head(); at != before {
			s.Errorf("%s broke and left entry %d behind", name, at)
		}
	}
	s.meet("")
	s.partner.dieAt(s.steps)
	first, err := call(cmd)
	if err != nil {
		s.Fatalf("%s: %v", name, err)
	}
	if theirs := s.meet(fmt.Sprintf("%+v", first)); theirs != fmt.Sprintf("%+v", first) {
		s.Errorf("%s, sent by two processes:\n got %s\nwant %+v", name, theirs, first)
	}
	done := s.head()
	if done == before {
		s.Errorf("%s did nothing", name)
	}
	s.clock.Move(time.Second)
	s.meet("")
	again, err := call(cmd)
	if err != nil {
		s.Errorf("%s, sent again: %v", name, err)
	}
	if !reflect.DeepEqual(again, first) {
		s.Errorf("%s, sent again:\n got %+v\nwant %+v", name, again, first)
	}
	s.meet("")
	if at := s.head(); at != done {
		s.Errorf("%s, sent again, was done again: entry %d", name, at)
	}
	s.meet("")
	return first
}

// meet waits for the partner, if there is one yet, and tells it what was answered; it
// returns what the partner was told.
func (s *sender) meet(told string) string {
	s.Helper()
	if s.partner == nil {
		return told
	}
	theirs, alive := s.partner.meet(told)
	if !alive {
		if !s.partner.mayDie {
			s.Fatal("the other process ended")
		}
		s.partner = nil
		return told
	}
	return theirs
}

// do sends a use case without an answer.
func (s *sender) do(name string, call func(boxoffice.CommandID) error) {
	s.Helper()
	send(s, name, func(cmd boxoffice.CommandID) (struct{}, error) { return struct{}{}, call(cmd) })
}

// id is a command's.
type id = boxoffice.CommandID

func (s *sender) evening() {
	ctx, o := context.Background(), s.office
	must := func(err error) {
		s.Helper()
		if err != nil {
			s.Fatal(err)
		}
	}
	house := boxoffice.House{Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid"}
	boss := send(s, "CreateHouse", func(c id) (boxoffice.Staff, error) { return o.CreateHouse(ctx, c, house, "Manager", "1234") })
	by := boxoffice.Actor{Staff: boss.ID, Terminal: "window", Drawer: "window", Channel: boxoffice.Window}
	house, err := o.House(ctx)
	must(err)
	house.Name = "Teatro Real"
	s.do("SaveHouse", func(c id) error { return o.SaveHouse(ctx, c, by, house) })

	ben := send(s, "AddStaff", func(c id) (boxoffice.Staff, error) { return o.AddStaff(ctx, c, by, "Ben", boxoffice.Clerk, "1111") })
	s.do("ChangeStaff", func(c id) error {
		return o.ChangeStaff(ctx, c, by, ben.ID, boxoffice.Supervisor, true, "knows the trade")
	})
	s.do("SetPIN", func(c id) error { return o.SetPIN(ctx, c, by, ben.ID, "2222") })
	s.do("Permit", func(c id) error { return o.Permit(ctx, c, by, boxoffice.Clerk, boxoffice.VoidAny, true) })
	key := boxoffice.PublicKey{Type: "ssh-ed25519", Public: []byte("key"), Fingerprint: "SHA256:one"}
	send(s, "AddKey", func(c id) (boxoffice.StaffKey, error) { return o.AddKey(ctx, c, by, ben.ID, key) })
	s.do("RevokeKey", func(c id) error { return o.RevokeKey(ctx, c, by, key.Fingerprint, "lost") })
	authority := boxoffice.PublicKey{Type: "ssh-ed25519", Public: []byte("authority"), Fingerprint: "SHA256:two"}
	send(s, "TrustAuthority", func(c id) (boxoffice.Authority, error) { return o.TrustAuthority(ctx, c, by, authority) })
	s.do("SetPrincipals", func(c id) error { return o.SetPrincipals(ctx, c, by, ben.ID, []string{"ben"}) })
	s.do("DistrustAuthority", func(c id) error { return o.DistrustAuthority(ctx, c, by, authority.Fingerprint, "gone") })

	plan := Rows(3, 8, 4)
	send(s, "ImportPlan", func(c id) (boxoffice.Imported, error) { return o.ImportPlan(ctx, c, by, plan) })
	send(s, "LoadProgramme", func(c id) (boxoffice.Loaded, error) {
		return o.LoadProgramme(ctx, c, by, boxoffice.Programme{
			PriceTypes: []boxoffice.PriceType{{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}},
			Events: []boxoffice.ProgrammeEvent{{
				Key: "macbeth", Title: "Macbeth", Plan: plan.Name, TaxPPM: 100_000, TaxIncluded: true,
				Prices:       []boxoffice.ProgrammePrice{{Zone: "*", Type: "a", Amount: 2400}, {Zone: "*", Type: "c", Amount: 900}},
				Performances: []boxoffice.ProgrammePerformance{{Key: "macbeth-1", Curtain: Curtain}},
			}},
		})
	})
	performance, err := o.PerformanceByKey(ctx, "macbeth-1")
	must(err)
	types, err := o.PriceTypes(ctx)
	must(err)
	perf, adult, child := performance.ID, types[0].ID, types[1].ID
	s.do("OpenSales", func(c id) error { return o.OpenSales(ctx, c, by, perf) })
	s.do("StopSales", func(c id) error { return o.StopSales(ctx, c, by, perf, "fire drill") })
	s.do("OpenSales", func(c id) error { return o.OpenSales(ctx, c, by, perf) })

	type places = []boxoffice.PlaceNo
	hold := func(picks ...boxoffice.Pick) {
		s.Helper()
		send(s, "HoldPlaces", func(c id) (boxoffice.Taken, error) { return o.HoldPlaces(ctx, c, by, perf, picks) })
	}
	hold(boxoffice.Pick{Place: 1}, boxoffice.Pick{Place: 2})
	s.do("ChangeType", func(c id) error { return o.ChangeType(ctx, c, by, perf, places{1}, child) })
	send(s, "ChangeTypes", func(c id) (boxoffice.Taken, error) {
		return o.ChangeTypes(ctx, c, by, perf, []boxoffice.Pick{{Place: 1, Type: adult}}, []boxoffice.Pick{{Place: 3, Type: child}})
	})
	send(s, "Swap", func(c id) (boxoffice.Taken, error) {
		return o.Swap(ctx, c, by, perf, places{3}, []boxoffice.Pick{{Place: 4, Type: child}})
	})
	s.do("Release", func(c id) error { return o.Release(ctx, c, by, perf, places{4}) })
	s.clock.Move(time.Minute)
	send(s, "Renew", func(c id) (boxoffice.Hold, error) { return o.Renew(ctx, c, by) })
	send(s, "HoldBest", func(c id) (boxoffice.Taken, error) {
		return o.HoldBest(ctx, c, by, perf, boxoffice.Request{Parties: []boxoffice.Party{{Type: adult, Count: 2}}, Section: -1, Zone: -1})
	})
	s.do("Park", func(c id) error { return o.Park(ctx, c, by, "red hat") })
	parked, err := o.Parked(ctx, by.Staff)
	must(err)
	s.do("Resume", func(c id) error { return o.Resume(ctx, c, by, parked[0].View.Basket.ID) })
	s.do("HandOver", func(c id) error { return o.HandOver(ctx, c, by, ben.ID) })
	his := by
	his.Staff = ben.ID
	s.do("Drop", func(c id) error { return o.Drop(ctx, c, his) })

	hold(boxoffice.Pick{Place: 1})
	s.clock.Move(2 * time.Hour)
	send(s, "Retake", func(c id) ([]boxoffice.Taken, error) { return o.Retake(ctx, c, by, false) })
	s.clock.Move(2 * time.Hour)
	s.do("Forget", func(c id) error { return o.Forget(ctx, c, by) })
	hold(boxoffice.Pick{Place: 1})
	ana := boxoffice.Customer{Name: "Ana", Phone: "600 000 000"}
	until := s.clock.Now().Add(5 * time.Hour)
	named := func() boxoffice.HoldID {
		s.Helper()
		return send(s, "HoldFor", func(c id) (boxoffice.HoldID, error) { return o.HoldFor(ctx, c, by, ana, until) })
	}
	given := named()
	s.do("DropNamed", func(c id) error { return o.DropNamed(ctx, c, by, given, "does not come") })
	hold(boxoffice.Pick{Place: 1})
	picked := named()
	s.do("PickUp", func(c id) error { return o.PickUp(ctx, c, by, picked) })
	sell := func() boxoffice.OrderID {
		s.Helper()
		return send(s, "SellCash", func(c id) (boxoffice.Sale, error) { return o.SellCash(ctx, c, by, 2400, 5000) }).Order
	}
	voided := sell()
	s.do("Void", func(c id) error { return o.Void(ctx, c, by, voided, "wrong evening") })
	hold(boxoffice.Pick{Place: 2})
	order, err := o.Order(ctx, sell())
	must(err)
	s.do("CancelTickets", func(c id) error {
		return o.CancelTickets(ctx, c, by, order.Order.ID, []boxoffice.TicketID{order.Order.Lines[0].Ticket}, "sold twice")
	})

	s.do("Block", func(c id) error { return o.Block(ctx, c, by, perf, "H", places{5, 6}, time.Time{}) })
	s.do("Unblock", func(c id) error { return o.Unblock(ctx, c, by, perf, places{5}) })
	s.do("Kill", func(c id) error { return o.Kill(ctx, c, by, perf, places{7}, "broken") })
	s.do("Revive", func(c id) error { return o.Revive(ctx, c, by, perf, places{7}) })
	cleo := send(s, "AddStaff", func(c id) (boxoffice.Staff, error) { return o.AddStaff(ctx, c, by, "Cleo", boxoffice.Clerk, "") })
	hers := by
	hers.Staff, hers.Terminal = cleo.ID, "window 2"
	s.do("EnterDesk", func(c id) error { return o.EnterDesk(ctx, c, hers) })
	s.do("Tell", func(c id) error { return o.Tell(ctx, c, by, "window 2", "come over") })
	s.do("LeaveDesk", func(c id) error { return o.LeaveDesk(ctx, c, hers) })
	s.do("EnterDesk", func(c id) error { return o.EnterDesk(ctx, c, hers) })
	present, err := o.AtWork(ctx)
	must(err)
	s.do("LeaveDesks", func(c id) error { return o.LeaveDesks(ctx, c, present) })
	blocked := []boxoffice.Pick{{Place: 6, Type: adult}}
	send(s, "TakeFromBlock", func(c id) (boxoffice.Taken, error) { return o.TakeFromBlock(ctx, c, by, perf, blocked) })
	s.do("Drop", func(c id) error { return o.Drop(ctx, c, by) })
	send(s, "HoldPlaces", func(c id) (boxoffice.Taken, error) {
		return o.HoldPlaces(ctx, c, hers, perf, []boxoffice.Pick{{Place: 8}})
	})
	s.do("TakeOver", func(c id) error { return o.TakeOver(ctx, c, by, cleo.ID, "her line dropped") })
	stuck, err := o.Basket(ctx, by.Staff)
	must(err)
	s.do("FreeBasket", func(c id) error { return o.FreeBasket(ctx, c, by, stuck.Basket.ID, "stuck") })
	ask := func() boxoffice.ApprovalID {
		s.Helper()
		asked := boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: perf, Picks: blocked}
		return send(s, "Ask", func(c id) (boxoffice.Approval, error) { return o.Ask(ctx, c, hers, asked) }).ID
	}
	first := ask()
	s.do("Withdraw", func(c id) error { return o.Withdraw(ctx, c, hers, first) })
	refused := ask()
	s.do("Answer", func(c id) error { return o.Answer(ctx, c, by, refused, false, "not today") })
	s.do("Heard", func(c id) error { return o.Heard(ctx, c, hers, refused) })
	here := ask()
	s.do("AnswerHere", func(c id) error { return o.AnswerHere(ctx, c, hers, "Manager", "1234", here, true, "go on") })
	s.do("CancelPerformance", func(c id) error { return o.CancelPerformance(ctx, c, by, perf, "ill") })
}

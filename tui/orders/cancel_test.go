package orders_test

import (
	"slices"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/orders"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/tuitest"
)

// party opens the order of four who go together, A4 to A7, 1042.
func party(t *testing.T) (*screentest.House, *screentest.Stage) {
	t.Helper()
	h := house(t, 0)
	sell(t, h, 4, 5, 6, 7)
	s := play(t, h)
	s.Enter(boxoffice.OrderID(1042))
	return h, s
}

// states returns the places of order 1042 that are good, and those that are gone.
func states(h *screentest.House) (good, gone string) {
	for _, l := range h.Orders()[0].Lines {
		if l.Ticket.State == boxoffice.Confirmed {
			good += l.Label + " "
		} else {
			gone += l.Label + " "
		}
	}
	return strings.TrimSpace(good), strings.TrimSpace(gone)
}

// TestCancelAllTickets: where nothing is chosen, all of the order goes, as quickly as
// ever.
func TestCancelAllTickets(t *testing.T) {
	h, s := party(t)
	if words := s.Keys()["c"]; words != "cancel all 4" {
		t.Errorf("c says «%s»", words)
	}
	s.Press("c", "ctrl+x")
	s.Has("Cancel all 4 tickets of order 1042, 96.00?", "A4 A5 A6 A7: dead for ever, their places open again.",
		"Paid for them: 96.00 cash.", "say why first", "esc keep them")
	s.HasNot("stay good")
	s.Press("ill", "ctrl+x")
	s.Has("✓ Cancelled all 4 tickets of order 1042: A4 A5 A6 A7.", "! all tickets cancelled")
	if !slices.Contains(h.Calls, "cancel tickets: ill") {
		t.Errorf("the office was asked %v", h.Calls)
	}
	keys := s.Keys()
	for _, k := range []string{"v", "c", "space"} {
		if keys[k] != "" {
			t.Errorf("with nothing left %s is offered: %s", k, keys[k])
		}
	}
	s.Press("c", "space", "v")
	if s.Desk.Overlays.Top() != nil {
		t.Error("what is cancelled is cancelled again")
	}
}

// TestCancelOneTicketOfFour, then two more, then the last.
func TestCancelOneTicketOfFour(t *testing.T) {
	h, s := party(t)
	s.Press("down", "space")
	s.Has(" ● › A5", "24.00  chosen", "chosen")
	if keys := s.Keys(); keys["c"] != "cancel 1 of 4" || keys["space"] != "leave out" || keys["esc"] != "back" {
		t.Errorf("the keys say %v", keys)
	}
	s.Press("c")
	s.Has("Cancel 1 of 4 tickets of order 1042, 24.00?", "A5: dead for ever, its place open again.", "A4 A6 A7 stay good.",
		"Paid for it: 24.00 cash. What you give back of that is not booked: the till goes on counting", "96.00 for this order", "esc keep it")
	s.Press("fell ill", "ctrl+x")
	s.Has("✓ Cancelled 1 of 4 tickets of order 1042: A5.", "✓ paid   ! 1 of 4 tickets cancelled", "Ana cancelled 1, Macbeth A5, order 1042: fell ill")
	s.HasNot("chosen")
	sum := func(words, amount string) {
		t.Helper()
		for _, line := range strings.Split(s.Text(), "\n") {
			if strings.Contains(line, words) && strings.HasSuffix(strings.TrimRight(line, " "), " "+amount) {
				return
			}
		}
		t.Errorf("no «%s» of %s:\n%s", words, amount, s.Text())
	}
	sum("total", "96.00")
	sum("of it cancelled", "24.00")
	if good, gone := states(h); good != "A4 A6 A7" || gone != "A5" {
		t.Fatalf("good are %s, gone is %s", good, gone)
	}

	s.Press("space") // the cursor stays on A5
	if keys := s.Keys(); keys["c"] != "cancel the last 3" || keys["space"] != "" {
		t.Errorf("on a ticket that is gone the keys say %v", keys)
	}
	s.Press("down", "shift+down")
	s.Has(" ●   A6", " ● › A7")
	s.Press("c")
	s.Has("Cancel 2 of 3 tickets of order 1042, 48.00?", "A4 stays good.")
	s.Press("ill too", "ctrl+x")
	s.Has("3 of 4 tickets cancelled", "of it cancelled")
	sum("of it cancelled", "72.00")
	s.Press("pgup", "space", "c")
	s.Has("Cancel the last ticket of order 1042, 24.00?", "A4: dead for ever, its place open again.")
	s.Press("all ill", "ctrl+x")
	s.Has("! all tickets cancelled")
}

// TestChoosingIsTakenBack: space leaves out again, esc takes the choice back before it
// goes back, and another order begins with nothing chosen.
func TestChoosingIsTakenBack(t *testing.T) {
	h, s := party(t)
	sell(t, h, 9)
	s.Press("space", "space")
	s.HasNot("chosen")
	s.Press("space", "esc")
	s.HasNot("chosen")
	s.Has("Order 1042")
	s.Press("space")
	s.Enter(boxoffice.OrderID(1043))
	if keys := s.Keys(); keys["c"] != "cancel the ticket" || keys["space"] != "" {
		t.Errorf("an order of one ticket says %v", keys)
	}
	s.Enter(boxoffice.OrderID(1042))
	s.HasNot("chosen")
	s.Press("esc")
	s.Has("1043")
}

// TestPlacesWithoutASeatAreChosenOneByOne: they share a row, and each has its barcode.
func TestPlacesWithoutASeatAreChosenOneByOne(t *testing.T) {
	h := screentest.New(t)
	plan, err := h.PlanOf(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	standing := slices.IndexFunc(plan.Sections, func(s boxoffice.Section) bool { return s.Admission == boxoffice.GeneralAdmission })
	first := plan.Sections[standing].First
	sellFor(t, h, 2, first, first+1, first+2)
	s := play(t, h)
	s.Enter(boxoffice.OrderID(1042))
	s.Press("down", "space")
	s.Has("● › 3 ×", "1 chosen", "barcode of ticket 2 of 3  T-0000-1354-17XE-70RA-R  chosen")
	second := h.Orders()[0].Lines[1].Ticket.ID
	s.Press("c")
	s.Has("1 Floor: dead for ever, its place open again.", "2 Floor stay good.")
	s.Press("ill", "ctrl+x")
	for _, l := range h.Orders()[0].Lines {
		if cancelled := l.Ticket.State == boxoffice.Cancelled; cancelled != (l.Ticket.ID == second) {
			t.Errorf("ticket %d is %s", l.Ticket.ID, l.Ticket.State)
		}
	}
	s.Has("2 ×", "› 1 ×", "cancelled", "dead") // the cursor stays on it
}

// TestSomebodyElseCancelsWhatWasChosen: the others do not become what is cancelled.
func TestSomebodyElseCancelsWhatWasChosen(t *testing.T) {
	h, s := party(t)
	s.Press("space")
	first := h.Orders()[0].Lines[0].Ticket.ID
	if err := h.CancelTickets(t.Context(), "elsewhere", h.Actor(), 1042, []boxoffice.TicketID{first}, "ill"); err != nil {
		t.Fatal(err)
	}
	s.Press("c", "ill", "ctrl+x") // before the news are here
	s.Has("✗ That ticket of order 1042 is cancelled already.")
	s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbCancel, Order: 1042}}})
	if words := s.Keys()["c"]; words != "" {
		t.Errorf("c is offered: %s", words)
	}
	s.Press("c")
	if s.Desk.Overlays.Top() != nil {
		t.Fatal("it asks about the others")
	}
	s.Has("What was chosen is cancelled already.")
	s.Press("esc")
	if words := s.Keys()["c"]; words != "cancel the last 3" {
		t.Errorf("c says «%s»", words)
	}
}

// TestWhoMayNotCancelAsks: they read it at once, before they type why, and are offered
// to ask for just those tickets.
func TestWhoMayNotCancelAsks(t *testing.T) {
	h := house(t, 0)
	sell(t, h, 4, 5)
	h.Role = boxoffice.Clerk
	s := screentest.Play(t, h, func(d *screen.Desk) screen.Screen { return orders.New(d) })
	s.Enter(boxoffice.OrderID(1042))
	if keys := s.Keys(); keys["c"] != "cancel both" || keys["space"] != "choose" {
		t.Errorf("a clerk is offered %v", keys)
	}
	s.Press("space", "c")
	s.Has("Cancel 1 of 2 tickets", "Ana may not cancel tickets; a supervisor can.", "^X ask for it")
	h.Fail = &boxoffice.NotAllowedError{Who: "Ana", Permission: "cancel tickets", AllowedBy: "a supervisor"}
	s.Press("ill", "ctrl+x")
	offer := s.Desk.Refused()
	if offer == nil {
		t.Fatal("it is not offered to ask")
	}
	first := h.Orders()[0].Lines[0].Ticket.ID
	if a := offer.Ask; a.Kind != boxoffice.AskCancel || a.Order != 1042 || a.Reason != "ill" || !slices.Equal(a.Tickets, []boxoffice.TicketID{first}) {
		t.Errorf("it offers to ask for %+v", a)
	}
	offer.Left()
	s.Has("✗ Ana may not cancel tickets; a supervisor can.", "chosen")

	for _, role := range []boxoffice.Role{boxoffice.Supervisor, boxoffice.Manager} {
		s.Desk.Permissions = append(s.Desk.Permissions, boxoffice.Permit{Role: role, Permission: boxoffice.CancelTickets})
	}
	s.Press("c")
	if s.Desk.Overlays.Top() != nil {
		t.Error("it asks for a reason though nobody could allow it")
	}
}

// TestAllOfTheHistoryCanBeRead at 80 columns: what is long goes on in the next line.
func TestAllOfTheHistoryCanBeRead(t *testing.T) {
	_, s := party(t)
	s.Press("space", "c", "fell ill on the way to the theatre and sends apologies", "ctrl+x")
	text := strings.Join(strings.Fields(tuitest.Screen(t, s.Screen.View(80, 30), 80, 30).Text()), " ")
	if want := "Ana cancelled 1, Macbeth A4, order 1042: fell ill on the way to the theatre and sends apologies"; !strings.Contains(text, want) {
		t.Errorf("the history does not say «%s»:\n%s", want, text)
	}
}

// TestVoidOfWhatIsLeft says what of the money belongs to tickets cancelled before.
func TestVoidOfWhatIsLeft(t *testing.T) {
	_, s := party(t)
	s.Press("space", "c", "ill", "ctrl+x", "v")
	s.Has("Void order 1042, 96.00?", "24.00 of it was paid for what was cancelled before: A4.")
	s.Press("ctrl+v")
	s.Has("Voided order 1042. Give 96.00 back. 24.00 of it was paid for what was cancelled before.")
	s.HasNot("of it cancelled")
}

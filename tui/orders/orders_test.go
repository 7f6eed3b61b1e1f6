package orders_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/orders"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/tuitest"
)

// house returns a house that sold so many orders of one seat, 1042 the first.
func house(t *testing.T, sold int) *screentest.House {
	t.Helper()
	h := screentest.New(t)
	for i := range sold {
		sell(t, h, boxoffice.PlaceNo(i+1))
	}
	return h
}

func sell(t *testing.T, h *screentest.House, places ...boxoffice.PlaceNo) {
	t.Helper()
	sellFor(t, h, 1, places...)
}

func sellFor(t *testing.T, h *screentest.House, perf boxoffice.PerformanceID, places ...boxoffice.PlaceNo) {
	t.Helper()
	sellAs(t, h, h.Actor(), perf, places...)
}

func sellAs(t *testing.T, h *screentest.House, by boxoffice.Actor, perf boxoffice.PerformanceID, places ...boxoffice.PlaceNo) {
	t.Helper()
	var picks []boxoffice.Pick
	for _, no := range places {
		picks = append(picks, boxoffice.Pick{Place: no})
	}
	if _, err := h.HoldPlaces(t.Context(), boxoffice.NewCommandID(), by, perf, picks); err != nil {
		t.Fatal(err)
	}
	b, err := h.Basket(t.Context(), screentest.Ana)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.SellCash(t.Context(), boxoffice.NewCommandID(), by, b.Total, b.Total); err != nil {
		t.Fatal(err)
	}
}

func play(t *testing.T, h *screentest.House) *screentest.Stage {
	return screentest.Play(t, h, func(d *screen.Desk) screen.Screen { return orders.New(d) })
}

func TestListAndSearch(t *testing.T) {
	s := play(t, house(t, 3))
	s.Enter(boxoffice.OrderID(0))
	s.Has("1044", "1043", "1042", "Macbeth · A1")
	s.Press("1043")
	s.Has("1043", "› 1043")
	s.HasNot("1044", "1042")
	s.Press("esc")
	s.Has("1044", "1042")
	s.Press("nobody", "f4")
	s.Has("No order matches. F4 looks for it among what is held.")
	if to, about := s.Desk.Next(); to != screen.Holds || about != "nobody" {
		t.Errorf("f4 goes to %q with %v", to, about)
	}
	if _, can := s.Keys()["⏎"]; can {
		t.Error("Enter is offered though there is nothing to open")
	}
	s.Press("esc", "esc")
	if to, _ := s.Desk.Next(); to != screen.Counter {
		t.Errorf("esc goes to %q", to)
	}
}

// TestTheCursorIsOnWhatIsOnesOwn: the list opens on what the person sold last, and the
// cursor stays there, in its line, whatever others sell meanwhile.
func TestTheCursorIsOnWhatIsOnesOwn(t *testing.T) {
	h := house(t, 2) // 1042 and 1043 are Ana's
	ben := boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}
	sellAs(t, h, ben, 1, 20)
	s := play(t, h)
	s.Late = true
	s.Enter(boxoffice.OrderID(0))
	s.Press("enter") // before the list is here
	s.Answer()
	s.Has("Order 1043")
	s.Press("esc")
	line := func() int {
		for i, l := range strings.Split(s.Text(), "\n") {
			if strings.Contains(l, "▸") {
				if !strings.Contains(l, "1043") {
					t.Fatalf("the cursor is on %s", l)
				}
				return i
			}
		}
		t.Fatalf("there is no cursor:\n%s", s.Text())
		return 0
	}
	for i := range 30 {
		sellAs(t, h, ben, 1, boxoffice.PlaceNo(21+i))
	}
	s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbSell, Order: 1045}}})
	before := line()
	sellAs(t, h, ben, 1, 60)
	s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbSell, Order: 1075}}})
	if now := line(); now != before {
		t.Errorf("another sale moves the line under the cursor from %d to %d", before, now)
	}
	s.Has("more")
	s.Press("home", "enter")
	s.Has("Order 1075")
	s.Enter(boxoffice.OrderID(1060))
	s.Press("esc") // to where it stands in the list
	s.Has("▸   1060")
	s.Press("home", "enter")
	s.Has("Order 1075")
	s.Press("esc", "esc")
	sell(t, h, 61)
	sellAs(t, h, ben, 1, 62)
	s.Enter(nil)
	s.Press("enter")
	s.Has("Order 1076")
}

// TestTheListMarksWhatIsNoLongerGood, in words, as far as it goes.
func TestTheListMarksWhatIsNoLongerGood(t *testing.T) {
	h := house(t, 1)
	sell(t, h, 4, 5, 6, 7)
	sell(t, h, 10, 11)
	sell(t, h, 14)
	cancel := func(order, from, to int) {
		t.Helper()
		var tickets []boxoffice.TicketID
		for _, l := range h.Orders()[order].Lines[from:to] {
			tickets = append(tickets, l.Ticket.ID)
		}
		if err := h.CancelTickets(t.Context(), boxoffice.NewCommandID(), h.Actor(), boxoffice.OrderID(1042+order), tickets, "ill"); err != nil {
			t.Fatal(err)
		}
	}
	cancel(0, 0, 1)
	cancel(1, 0, 1)
	cancel(2, 0, 2)
	if err := h.Void(t.Context(), "void", h.Actor(), 1045, ""); err != nil {
		t.Fatal(err)
	}
	s := play(t, h)
	s.Enter(nil)
	for _, w := range []int{80, 100, 120} {
		text := tuitest.Screen(t, s.Screen.View(w, 24), w, 24).Text()
		for order, words := range map[string]string{"1042": "cancelled", "1043": "1/4 cancelled", "1044": "all cancelled", "1045": "void"} {
			if !slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool {
				return strings.Contains(l, " "+order+" ") && strings.HasSuffix(l, "  "+words) && strings.Contains(l, "Ana")
			}) {
				t.Errorf("in %d columns order %s does not say «%s»:\n%s", w, order, words, text)
			}
		}
	}
}

func TestWithoutOrders(t *testing.T) {
	s := play(t, screentest.New(t))
	s.Enter(nil)
	s.Has("No order yet.")
	s.Press("enter", "up", "down", "pgup", "pgdown", "home", "end")
	s.Has("No order yet.")
}

// TestEnterWaitsForTheSearch: a number and Enter in one go open that order, not
// what stood in the list before, and not nothing.
func TestEnterWaitsForTheSearch(t *testing.T) {
	s := play(t, house(t, 3))
	s.Enter(boxoffice.OrderID(0))
	s.Late = true
	s.Press("1042", "enter")
	if !s.Screen.Busy() {
		t.Error("further keys do not wait for the order")
	}
	s.Answer()
	s.Has("Order 1042")
	if s.Screen.Busy() {
		t.Error("keys still wait")
	}
}

func TestAnOrderThatIsNotThere(t *testing.T) {
	s := play(t, house(t, 1))
	s.Enter(boxoffice.OrderID(77))
	s.Has("✗", "77", "1042")
	if !s.Desk.Flushed() {
		t.Error("what was typed ahead goes to the list")
	}
}

func TestTheStoreDoesNotAnswer(t *testing.T) {
	h := house(t, 1)
	h.Unread = &boxoffice.StoreError{Words: "the disk is gone"}
	s := play(t, h)
	s.Enter(boxoffice.OrderID(0))
	s.Has("✗ The disk is gone.")
	h.Unread = nil
	s.Press("1")
	s.Has("1042")
	s.HasNot("The disk is gone.")
}

func TestVoid(t *testing.T) {
	h := house(t, 1)
	s := play(t, h)
	s.Enter(boxoffice.OrderID(1042))
	s.Has("✓ paid", "Sold by Ana at window 2", "What happened", "Ana sold 1, Macbeth A1")
	s.Press("v")
	s.Has("! Void order 1042, 24.00?", "esc keep the sale")
	s.Press("enter", "y", "esc")
	if slices.Contains(h.Calls, "void") {
		t.Fatal("a harmless key voided")
	}
	s.Press("v", "typo", "ctrl+v")
	s.Has("✓ Voided order 1042. Give 24.00 back.", "! void since", "Ana voided")
	if keys := s.Keys(); keys["v"] != "" || keys["c"] != "" {
		t.Errorf("a void order offers %v", keys)
	}
	s.Press("v", "c")
	if s.Desk.Overlays.Top() != nil {
		t.Error("a void order can be voided again")
	}
}

// TestARefusedVoid leaves the order as it was and says why.
func TestARefusedVoid(t *testing.T) {
	h := house(t, 1)
	s := play(t, h)
	s.Enter(boxoffice.OrderID(1042))
	h.Fail = &boxoffice.NotAllowedError{Who: "Ana", Permission: "void orders", AllowedBy: "a manager"}
	s.Press("v", "wrong night", "ctrl+v")
	offer := s.Desk.Refused()
	if offer == nil || offer.Ask.Kind != boxoffice.AskVoid || offer.Ask.Order != 1042 || offer.Ask.Reason != "wrong night" {
		t.Fatalf("it offers to ask for %+v", offer)
	}
	offer.Left()
	s.Has("✗ Ana may not void orders; a manager can.", "✓ paid")
	if !s.Desk.Flushed() || s.Screen.Busy() {
		t.Error("keys typed ahead stand, or wait for ever")
	}
}

// TestNews: a list in front shows what others sell, an order in front what they do
// to it; a screen behind reads nothing.
func TestNews(t *testing.T) { synctest.Test(t, testNews) }

func testNews(t *testing.T) {
	h := house(t, 1)
	s := play(t, h)
	news := func(id boxoffice.OrderID) {
		s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbSell, Order: id}}})
	}
	s.Enter(boxoffice.OrderID(0))
	sell(t, h, 9)
	s.HasNot("1043")
	began := time.Now()
	news(1043)
	s.Has("1043")
	if took := time.Since(began); took != time.Second {
		t.Errorf("the list was read again after %s", took)
	}

	s.Late = true
	s.Enter(nil)
	sell(t, h, 10) // the search that is out may be too early
	news(1044)
	s.Answer()
	s.Has("1044")

	s.Press("down", "down", "enter")
	s.Has("Order 1042")
	if err := h.Void(t.Context(), "elsewhere", h.Actor(), 1042, ""); err != nil {
		t.Fatal(err)
	}
	news(1042)
	s.Has("! void since")

	s.Press("esc", "esc")
	if cmd := s.Screen.Update(screen.NewsMsg{Resync: true}); cmd != nil {
		t.Error("a list that nobody sees is read")
	}
}

func TestALongOrderScrolls(t *testing.T) {
	h := house(t, 0)
	var places []boxoffice.PlaceNo
	for i := range 40 {
		places = append(places, boxoffice.PlaceNo(i+1))
	}
	sell(t, h, places...)
	s := play(t, h)
	s.Enter(boxoffice.OrderID(1042))
	s.Has("more", "A1 ")
	s.HasNot("What happened")
	s.Press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "down", "down")
	s.Has("What happened")
	s.HasNot("more")
	s.Press("pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "up")
	s.Has("✓ paid")
}

// TestAnOldAnswerIsDropped: the order on screen is the one asked for last.
func TestAnOldAnswerIsDropped(t *testing.T) {
	s := play(t, house(t, 2))
	first := s.Screen.Enter(boxoffice.OrderID(1042))
	s.Enter(boxoffice.OrderID(1043))
	for _, cmd := range first().(tea.BatchMsg) {
		s.Send(cmd())
	}
	s.Has("Order 1043", "order 1043")
	if n := strings.Count(s.Text(), "1042"); n != 0 {
		t.Errorf("1042 stands there %d times:\n%s", n, s.Text())
	}
}

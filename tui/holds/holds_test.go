package holds_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/holds"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/tuitest"
)

// house returns a house that keeps A1 for Vidal and has A2 A3 parked under «red
// hat».
func house(t *testing.T) *screentest.House {
	t.Helper()
	h := screentest.New(t)
	take := func(places ...boxoffice.PlaceNo) {
		var picks []boxoffice.Pick
		for _, no := range places {
			picks = append(picks, boxoffice.Pick{Place: no})
		}
		if _, err := h.HoldPlaces(t.Context(), boxoffice.NewCommandID(), h.Actor(), 1, picks); err != nil {
			t.Fatal(err)
		}
	}
	take(1)
	if _, err := h.HoldFor(t.Context(), "vidal", h.Actor(), boxoffice.Customer{Name: "Vidal"}, h.Clock.Now().Add(30*time.Minute)); err != nil {
		t.Fatal(err)
	}
	take(2, 3)
	if err := h.Park(t.Context(), "park", h.Actor(), "red hat"); err != nil {
		t.Fatal(err)
	}
	return h
}

func play(t *testing.T, h *screentest.House) *screentest.Stage {
	return screentest.Play(t, h, func(d *screen.Desk) screen.Screen { return holds.New(d) })
}

func TestList(t *testing.T) {
	s := play(t, house(t))
	s.Enter(nil)
	s.Has("held", "Vidal", "Macbeth: A1", "19:42", "parked", "red hat", "Macbeth: A2 A3", "48.00", "⏎ pick it up")
	s.Press("down")
	s.Has("⏎ take it in hand")
	if s.Keys()["^D"] != "" {
		t.Error("a parked basket can be dropped from here")
	}
	s.Press("vid")
	s.Has("Vidal")
	s.HasNot("red hat")
	s.Press("backspace", "backspace", "backspace", "red", "space", "h")
	s.Has("red hat")
	s.HasNot("Vidal")
	s.Press("esc")
	s.Has("Vidal", "red hat")
	s.Press("esc")
	if to, _ := s.Desk.Next(); to != screen.Counter {
		t.Errorf("esc goes to %q", to)
	}
}

func TestEnteredWithAName(t *testing.T) {
	s := play(t, house(t))
	s.Enter("red")
	s.Has("red hat")
	s.HasNot("Vidal")
	if words := s.Keys()["esc"]; words != "all of them" {
		t.Errorf("esc says «%s»", words)
	}
	s.Press("esc")
	if words := s.Keys()["esc"]; words != "back to the counter" {
		t.Errorf("with nothing typed esc says «%s»", words)
	}
}

// TestKeysWaitForTheList: F4 and Enter in one go pick up what is on top.
func TestKeysWaitForTheList(t *testing.T) {
	s := play(t, house(t))
	s.Late = true
	s.Enter(nil)
	if !s.Screen.Busy() {
		t.Fatal("keys do not wait for the list")
	}
	s.Answer()
	if s.Screen.Busy() {
		t.Error("keys wait though the list is there")
	}
}

func TestPickUp(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	s.Press("enter")
	if to, _ := s.Desk.Next(); to != screen.Counter {
		t.Errorf("it goes to %q", to)
	}
	if b, _ := h.Basket(t.Context(), screentest.Ana); len(b.Lines) != 1 || b.Lines[0].Label != "A1" {
		t.Errorf("the basket has %+v", b.Lines)
	}
}

func TestResume(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	s.Press("down", "enter")
	if b, _ := h.Basket(t.Context(), screentest.Ana); len(b.Lines) != 2 {
		t.Errorf("the basket has %+v", b.Lines)
	}
}

// TestTheNextCustomer: the screen is entered again after something was picked up from it.
// What was typed for the customer before, and what they took, is none of the next one's.
func TestTheNextCustomer(t *testing.T) {
	s := play(t, house(t))
	s.Enter(nil)
	s.Press("red", "enter")
	if to, _ := s.Desk.Next(); to != screen.Counter {
		t.Fatalf("it goes to %q", to)
	}
	s.Enter(nil)
	s.Has("▸held", "Vidal", "⏎ pick it up")
	s.HasNot("✗", "match", "red")
	s.Press("enter")
	if to, _ := s.Desk.Next(); to != screen.Counter {
		t.Errorf("Enter goes to %q", to)
	}
}

// TestAHoldThatIsGone: a colleague picked it up meanwhile. The list says so, drops
// what was typed ahead, and is read again.
func TestAHoldThatIsGone(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	if err := h.DropNamed(t.Context(), "elsewhere", h.Actor(), screentest.MyHold, ""); err != nil {
		t.Fatal(err)
	}
	s.Press("enter")
	s.Has("✗", "red hat")
	s.HasNot("Vidal")
	if !s.Desk.Flushed() || s.Screen.Busy() {
		t.Error("keys typed ahead stand, or wait for ever")
	}
	if to, _ := s.Desk.Next(); to != "" {
		t.Errorf("it goes to %q though nothing was picked up", to)
	}
}

// TestEnterTakesNothingElse: what a clerk looks at goes away just before Enter. The next
// one is not picked up instead of it; an arrow goes there.
func TestEnterTakesNothingElse(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	if err := h.DropNamed(t.Context(), "elsewhere", h.Actor(), screentest.MyHold, ""); err != nil {
		t.Fatal(err)
	}
	s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbRelease}}})
	s.Has("✗ «Vidal» has just gone from the list. Choose again.", "red hat")
	s.HasNot("▸")
	if s.Keys()["⏎"] != "" || s.Keys()["^D"] != "" {
		t.Errorf("on nothing the keys say %v", s.Keys())
	}
	s.Press("enter")
	if to, _ := s.Desk.Next(); to != "" || slices.Contains(h.Calls, "resume") {
		t.Errorf("Enter took something else, the office was asked %v", h.Calls)
	}
	s.Press("down")
	s.Has("▸parked")
	s.Press("enter")
	if !slices.Contains(h.Calls, "resume") {
		t.Errorf("after an arrow Enter does nothing: %v", h.Calls)
	}
}

func TestGiveBackAsksFirst(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	s.Press("ctrl+d")
	s.Has("! Give back what is held for Vidal? Macbeth: A1", "esc keep it")
	s.Press("enter", "y", "esc")
	s.Has("Vidal")
	s.Press("ctrl+d", "phoned", "ctrl+x")
	s.Has("✓ Given back.")
	s.HasNot("Vidal")
	if !slices.Contains(h.Calls, "drop named: phoned") {
		t.Errorf("the office was asked %v", h.Calls)
	}
}

func TestNews(t *testing.T) {
	h := house(t)
	s := play(t, h)
	s.Enter(nil)
	s.Press("down")
	if err := h.DropNamed(t.Context(), "elsewhere", h.Actor(), screentest.MyHold, ""); err != nil {
		t.Fatal(err)
	}
	if cmd := s.Screen.Update(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbSell}}}); cmd != nil {
		t.Error("a sale makes it read the holds")
	}
	s.Send(screen.NewsMsg{Entries: []boxoffice.Entry{{Verb: boxoffice.VerbRelease}}})
	s.Has("▸parked")
	s.HasNot("Vidal")
	s.Press("esc")
	if cmd := s.Screen.Update(screen.NewsMsg{Resync: true}); cmd != nil {
		t.Error("a list that nobody sees is read")
	}
}

func TestTheStoreDoesNotAnswer(t *testing.T) {
	h := house(t)
	h.Unread = &boxoffice.StoreError{Words: "the disk is gone"}
	s := play(t, h)
	s.Enter(nil)
	s.Has("✗ The disk is gone.")
	if s.Screen.Busy() {
		t.Error("keys wait for ever")
	}
}

func TestNothingKept(t *testing.T) {
	s := play(t, screentest.New(t))
	s.Enter(nil)
	if text := tuitest.Screen(t, s.Screen.View(80, 24), 80, 24).Text(); !strings.Contains(text, "Nothing is held or parked. «hold NAME» and «park» at the counter put it here.") {
		t.Errorf("80 columns do not say how something comes here:\n%s", text)
	}
	s.Press("enter", "ctrl+d", "up", "down", "home", "end", "pgup", "pgdown")
	if s.Desk.Overlays.Top() != nil || s.Keys()["⏎"] != "" {
		t.Error("an empty list offers something")
	}
}

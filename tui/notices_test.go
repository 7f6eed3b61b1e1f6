package tui

import (
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// TestAMessageStaysUntilItIsTakenAway: it stands above the screen, leaves the sale line
// alone, and Esc takes it away once it can have been read.
func TestAMessageStaysUntilItIsTakenAway(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a")
	d.h.Say("window 2", "come over please")
	d.h.Say("window 4", "not for you")
	d.h.Say("Ana", "the lift is out")
	d.send(feedMsg{})
	d.has("▸ Maria (window 1): come over please", "+1", "› 2a", "⏎ take 2 places")
	d.hasNot("not for you", "the lift is out")
	d.press("esc") // meant for the line: the message has just come
	d.has("come over please", "Type how many")
	d.wait(time.Minute)
	d.press("2", "esc")
	d.hasNot("come over please")
	d.has("the lift is out", "› 2")
	d.press("esc", "esc")
	d.hasNot("the lift is out", "› 2")
}

func TestTell(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("tell window 4 two wheelchairs come\r")
	d.has("✓ Told window 4.")
	d.press("tell all we close at ten\r")
	d.has("✓ Told everybody.")
	d.press("tell BEN: come over\r")
	d.has("✓ Told Ben.")
	for _, want := range []string{"tell «window 4»: two wheelchairs come", "tell «»: we close at ten", "tell «Ben»: come over"} {
		if !slices.Contains(d.h.Calls, want) {
			t.Errorf("did %v, not «%s»", d.h.Calls, want)
		}
	}
	d.press("tell window 44 hello\r")
	d.has("✗ Nobody at work is called so; there are all, window 4")
	d.press("esc", "f8", "ben\r", "2222\r", "tell all hello\r")
	d.has("✗ Ben may not send messages; a supervisor can.")
}

// TestTabFinishesWhoIsTold: terminals and people that are at work now.
func TestTabFinishesWhoIsTold(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("tell win", "tab", " 4", "tab", "come\r")
	d.has("✓ Told window 4.")
	d.press("tell be", "tab", "come\r")
	d.has("✓ Told Ben.")
	for _, want := range []string{"tell «window 4»: come", "tell «Ben»: come"} {
		if !slices.Contains(d.h.Calls, want) {
			t.Errorf("did %v, not «%s»", d.h.Calls, want)
		}
	}
	d.press("tell ", "tab")
	d.has("all, window 4, Ben", "› tell")
}

// TestAClickFindsItsSeatBelowAMessage: what stands above the screen moves it down.
func TestAClickFindsItsSeatBelowAMessage(t *testing.T) {
	click := func(d *desk, below int) {
		d.text() // a click is on what was drawn
		d.send(tea.MouseMsg{X: 5, Y: 9 + below, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		d.press("space")
	}
	plain, told := openAt(t, 80, 24), openAt(t, 80, 24)
	click(plain, 0)
	told.h.Say("", "the lift is out")
	told.send(feedMsg{})
	click(told, 1)
	unclicked := openAt(t, 80, 24)
	unclicked.press("space")
	a, b := basket(plain).Lines, basket(told).Lines
	if len(a) != 1 || len(b) != 1 || a[0].Place != b[0].Place || a[0].Place == basket(unclicked).Lines[0].Place {
		t.Errorf("without a message %v, below one %v", a, b)
	}
}

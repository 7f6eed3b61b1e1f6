package tui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

func TestWalkTakeAndGiveBack(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("down", "space")
	d.has("✓ Took B")
	d.press("space")
	d.has("✓ Gave back B")
	d.press("shift+right", "shift+right", "enter")
	d.has("✓ Took B")
	if n := len(basket(d).Lines); n != 3 {
		t.Errorf("%d places in the basket", n)
	}
	d.press("2", "left", "space", "backspace", "backspace", "3")
	d.has("› 32")
}

// TestARangeSaysWhatEnterDoes: of places that are sold in part only the open ones are
// taken, and what they cost is said first.
func TestARangeSaysWhatEnterDoes(t *testing.T) {
	d := openAt(t, 80, 24)
	for _, label := range []string{"B9", "B11"} {
		d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", label))
	}
	d.send(feedMsg{})
	d.press("stalls B8\r", "space") // the cursor is on B8, and it is open
	d.press("shift+right", "shift+right", "shift+right", "shift+right")
	d.has("3 of 5 places open: B8 B10 B12 · 72.00", "⏎ take 3 places", "space take")
	d.press("enter")
	d.has("✓ Took B8 B10 B12.")
	d.press("shift+right", "shift+right", "shift+right")
	d.has("2 of 4 places yours: B8 B10", "⏎ give back 2 places", "space give back")
	d.press("enter", "esc")
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "B10"))
	d.send(feedMsg{})
	d.press("left", "shift+right")
	d.has("none of 2 places open: B10 B11")
	d.hasNot("⏎")
}

func TestAClickPutsTheCursor(t *testing.T) {
	d := openAt(t, 80, 24)
	d.text() // a click is on what was drawn
	d.send(tea.MouseMsg{X: 10, Y: 3, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	d.has("Circle · ")
	before := d.text()
	d.send(tea.MouseMsg{X: 70, Y: 10, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	if d.text() != before {
		t.Error("a click on the basket moves the cursor")
	}
}

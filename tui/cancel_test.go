package tui

import (
	"slices"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

// TestCancellingAPerformance asks first, wants a reason and a key of its own.
func TestCancellingAPerformance(t *testing.T) {
	cancelled := func(d *desk) bool { return slices.Contains(d.h.Calls, "cancel performance") }
	h := screentest.New(t)
	h.Fill(1)
	h.Role = boxoffice.Manager
	d := open(t, h, theme.Look{}, 80, 24)
	d.press("cancel\r")
	d.has("! Cancel Macbeth · Fri 27 Nov 20:00?", "145 tickets stay sold", "^X cancel the performance", "esc keep playing")
	d.h.Calls = nil
	for _, k := range []string{"enter", "y", "backspace", "ctrl+x", "esc"} {
		d.press(k)
	}
	if cancelled(d) {
		t.Fatal("it was cancelled without a reason")
	}
	d.has("S T A G E")
	d.press("cancel the tenor is ill\r")
	d.has("why › the tenor is ill")
	d.press("ctrl+x")
	d.has("✓ Macbeth · Fri 27 Nov 20:00 is cancelled.", "! cancelled: the tenor is ill")
	d.press("cancel again\r")
	d.has("is cancelled already.")
}

func TestAClerkMayNotCancel(t *testing.T) {
	h := screentest.New(t)
	h.Role = boxoffice.Clerk
	d := open(t, h, theme.Look{}, 80, 24)
	d.press("cancel rain\r")
	d.has("may not")
	d.hasNot("cancel the performance")
}

package tui

import (
	"slices"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/screen"
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

// TestCancelWithAnOrderIsAboutTickets: not about the performance on screen.
func TestCancelWithAnOrderIsAboutTickets(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r\r\r", "cancel #1042")
	d.has("cancel order 1042")
	d.press("\r")
	d.has("Order 1042", "c cancel both")
	if slices.Contains(d.h.Calls, "cancel performance") || d.app.desk.Overlays.Top() != nil {
		t.Error("it is about the performance")
	}
}

// TestTheLineDoesNotPromiseWhatIsNotHere: a command that does nothing yet says so
// before Enter, and the help has none of them, but all others.
func TestTheLineDoesNotPromiseWhatIsNotHere(t *testing.T) {
	d := openAt(t, 120, 40)
	d.press("refund #1042")
	d.has("✗ «refund» is not here yet.", "⏎ nothing yet")
	d.press("\r")
	d.has("✗ «refund» is not here yet.", "› refund #1042")
	d.press("esc", "live")
	d.has("⏎ live")
	d.hasNot("not here yet")
	d.press("\r")
	d.has("Live · ")
	said := map[string]bool{}
	for _, form := range d.app.screens[screen.Counter].(explainer).Explain() {
		said[strings.Fields(form[0])[0]] = true
	}
	if !said["live"] || !said["void"] || said["refund"] {
		t.Errorf("the help explains %v", said)
	}
}

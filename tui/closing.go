package tui

import (
	"strings"
	"time"

	"wicket/boxoffice"
	"wicket/tui/counter"
	"wicket/tui/screen"
)

// ClosingMsg tells a terminal that the server it is on is closing. It says so, and
// ends by itself once nothing is in hand.
type ClosingMsg struct {
	By time.Time // what is still open then is ended; zero where there is no deadline
}

// lastLook is how long a terminal with nothing in hand stays, for its user to read
// that the server is closing, or the change of the last sale.
const lastLook = 5 * time.Second

// leaves reports whether the terminal is to end because the server is closing and
// nobody is in the middle of anything.
func (a *App) leaves() bool {
	if a.closing == nil {
		return false
	}
	c, ok := a.screens[screen.Counter].(*counter.Counter)
	idle := ok && c.Idle() && a.desk.Overlays.Top() == nil && len(a.queue) == 0 && !a.screens[a.front].Busy()
	switch now := a.desk.Now(); {
	case !idle:
		a.idleSince = time.Time{}
	case a.idleSince.IsZero():
		a.idleSince = now
	default:
		return now.Sub(a.idleSince) >= lastLook
	}
	return false
}

// drawClosing writes over the first line of a view that the server is closing.
func (a *App) drawClosing(view string) string {
	words := "Wicket is closing."
	if by := a.closing.By; !by.IsZero() {
		words = "Wicket closes at " + by.In(a.desk.Zone).Format("15:04:05") + "."
	}
	words += " Finish this sale; your basket stays."
	th := a.desk.Theme
	mark := th.Glyphs.Warn + " "
	line := " " + th.Warn.Paint(mark) + th.Strong.Paint(boxoffice.Shorten(words, max(0, a.w-2-boxoffice.Width(mark))))
	_, rest, more := strings.Cut(view, "\n")
	if !more {
		return line
	}
	return line + "\n" + rest
}

package widget

import (
	"strings"
	"time"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// hurry is when a countdown begins to warn.
const hurry = time.Minute

// Countdown shows how much longer something stands: «yours for  07:42». In its
// last minute it warns. It has a line of its own: a line that ticks is sent whole
// each second.
type Countdown struct {
	theme *theme.Theme
	label string
	left  time.Duration
}

// NewCountdown returns a countdown with words in front of it.
func NewCountdown(th *theme.Theme, label string) *Countdown {
	return &Countdown{theme: th, label: label}
}

// Set says how much is left.
func (c *Countdown) Set(left time.Duration) { c.left = left }

// Time returns what is left, painted: «07:42», «! 00:42» in the last minute.
func (c *Countdown) Time() string {
	text, ink := c.time()
	return ink.Paint(text)
}

func (c *Countdown) time() (string, theme.SGR) {
	text := boxoffice.Countdown(c.left)
	switch {
	case c.left <= 0:
		return c.theme.Glyphs.Error + " " + text, c.theme.Error
	case c.left < hurry:
		return c.theme.Glyphs.Warn + " " + text, c.theme.Warn
	}
	return text, c.theme.Text
}

// View draws the words at the left and the time at the right of one line. Where
// there is no room for both, the time stays.
func (c *Countdown) View(w, h int) string {
	if h < 1 {
		return ""
	}
	text, ink := c.time()
	if boxoffice.Width(text) > w {
		text = boxoffice.Countdown(c.left)
	}
	if boxoffice.Width(text) > w {
		text = "" // half a time is a wrong one
	}
	label := fit(c.theme, c.label, w-boxoffice.Width(text)-1)
	var p theme.Pen
	p.Write(c.theme.Dim, label)
	p.Gap(w - boxoffice.Width(label) - boxoffice.Width(text))
	p.Write(ink, text)
	return p.String() + strings.Repeat("\n", h-1)
}

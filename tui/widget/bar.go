package widget

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// Bar shows a part of a whole: «▕██████▌   ▏ 68 %».
type Bar struct {
	theme       *theme.Theme
	part, whole int
}

// NewBar returns an empty bar.
func NewBar(th *theme.Theme) *Bar { return &Bar{theme: th} }

// Set says how much there is of how much there could be.
func (b *Bar) Set(part, whole int) { b.part, b.whole = part, whole }

// Percent returns the part in words, rounded down: «100 %» is all of it. What is
// less than one in a hundred, but not nothing, is «<1 %».
func (b *Bar) Percent() string {
	switch {
	case b.whole <= 0 || b.part <= 0:
		return "0 %"
	case b.part >= b.whole:
		return "100 %"
	case b.part*100 < b.whole:
		return "<1 %"
	}
	return fmt.Sprintf("%d %%", b.part*100/b.whole)
}

// View draws the bar over w cells of one line: its ends, and the part in words
// where there is room for it.
func (b *Bar) View(w, h int) string {
	if h < 1 {
		return ""
	}
	const words, least = len(" 100 %"), 4
	text := ""
	if w >= least+2+words {
		text = boxoffice.PadLeft(b.Percent(), words)
	}
	line := ""
	if cells := w - 2 - len(text); cells > 0 {
		fraction := 0.0
		if b.whole > 0 {
			fraction = float64(b.part) / float64(b.whole)
		}
		g := &b.theme.Glyphs
		line = b.theme.Rule.Paint(g.BarLeft) + b.theme.Bar(fraction, cells) + b.theme.Rule.Paint(g.BarRight) + text
	}
	return line + strings.Repeat("\n", h-1)
}

package widget

import (
	"strings"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// canvas is one line of cells. What is put outside it, or would reach over its
// end, is left out or cut, so a line always has exactly its width.
type canvas struct {
	theme *theme.Theme
	cells []cell
}

type cell struct {
	text  string
	ink   theme.SGR
	width int
	raw   bool
}

// clear begins a line of w cells.
func (c *canvas) clear(w int) {
	if cap(c.cells) < w {
		c.cells = make([]cell, w)
	}
	c.cells = c.cells[:w]
	clear(c.cells)
}

// glyph puts one character of one cell.
func (c *canvas) glyph(x int, ink theme.SGR, glyph string) {
	if x >= 0 && x < len(c.cells) {
		c.cells[x] = cell{text: glyph, ink: ink, width: 1}
	}
}

// free reports whether nothing stands at x.
func (c *canvas) free(x int) bool { return x >= 0 && x < len(c.cells) && c.cells[x].text == "" }

// text puts words and returns how many cells they took.
func (c *canvas) text(x int, ink theme.SGR, text string) int {
	if x < 0 || x >= len(c.cells) {
		return 0
	}
	text = fit(c.theme, text, len(c.cells)-x)
	n := boxoffice.Width(text)
	if n > 0 {
		c.cells[x] = cell{text: text, ink: ink, width: n}
	}
	return n
}

// textRight puts words that end before x, cut to so many cells.
func (c *canvas) textRight(x int, ink theme.SGR, text string, cells int) {
	text = fit(c.theme, text, cells)
	c.text(x-boxoffice.Width(text), ink, text)
}

// painted puts text that carries its styles, where all of it has room.
func (c *canvas) painted(x int, text string, width int) {
	if x >= 0 && width > 0 && x+width <= len(c.cells) {
		c.cells[x] = cell{text: text, width: width, raw: true}
	}
}

// String returns the line.
func (c *canvas) String() string {
	var p theme.Pen
	p.Grow(3*len(c.cells) + 64)
	gap := 0
	for x := 0; x < len(c.cells); {
		k := &c.cells[x]
		if k.text == "" {
			gap++
			x++
			continue
		}
		if gap > 0 {
			p.Gap(gap)
			gap = 0
		}
		switch {
		case k.raw:
			p.Raw(k.text)
		default:
			p.Write(k.ink, k.text)
			if underlined(k.ink) {
				p.Raw("") // what follows is not
			}
		}
		x += k.width
	}
	p.Gap(gap)
	return p.String()
}

const underline theme.SGR = "\x1b[4m"

func underlined(s theme.SGR) bool { return strings.HasPrefix(string(s), string(underline)) }

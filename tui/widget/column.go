package widget

import (
	"slices"
	"strings"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// Align says at which side of its column a cell stands.
type Align uint8

// Words stand left, numbers right.
const (
	Left Align = iota
	Right
)

// Column describes one column of a table.
type Column struct {
	Title string
	Width int // in cells; the least where it grows
	Grow  int // its share of the room that is left over
	Align Align
	Ink   theme.SGR
	// Leave orders the columns that go when there is no room: the highest goes
	// first. Columns with zero stay, and are cut.
	Leave int
}

// put writes a cell in exactly its column's width.
func put(p *theme.Pen, th *theme.Theme, ink theme.SGR, text string, c laidOut) {
	text = fit(th, text, c.Width)
	space := c.Width - boxoffice.Width(text)
	if c.Align == Right {
		p.Gap(space)
		space = 0
	}
	p.Write(ink, text)
	if !c.last {
		p.Gap(space)
	}
}

// fit cuts text to so many cells, with the theme's own ellipsis.
func fit(th *theme.Theme, text string, cells int) string {
	short := boxoffice.Shorten(text, cells)
	if th.Look.ASCII && short != text {
		short = strings.TrimSuffix(short, "…") + th.Glyphs.Ellipsis
	}
	if cells < 1 {
		return ""
	}
	return short
}

// laidOut is a column as it is drawn: with its final width.
type laidOut struct {
	Column
	index int // among the table's columns
	gap   int // cells before it
	last  bool
}

// layOut fits columns into w cells, of which the first is the edge. Columns that
// may leave go until the others have room; what is left over goes to those that
// grow; if even then there is too little, the columns at the end are cut.
func layOut(columns []Column, w int) []laidOut {
	var kept []laidOut
	need := 0
	for i, c := range columns {
		gap := 2
		if i == 0 {
			gap = 1
		}
		kept = append(kept, laidOut{Column: c, index: i, gap: gap})
		need += gap + c.Width
	}
	for need > w {
		leaves := -1
		for i, c := range kept {
			if c.Leave > 0 && (leaves < 0 || c.Leave >= kept[leaves].Leave) {
				leaves = i
			}
		}
		if leaves < 0 {
			break
		}
		need -= kept[leaves].gap + kept[leaves].Width
		kept = slices.Delete(kept, leaves, leaves+1)
		if leaves == 0 && len(kept) > 0 {
			need -= kept[0].gap - 1
			kept[0].gap = 1
		}
	}

	shares := 0
	for _, c := range kept {
		shares += c.Grow
	}
	spare := max(0, w-need)
	left := w
	for i := range kept {
		c := &kept[i]
		if c.Grow > 0 {
			part := spare * c.Grow / shares
			c.Width += part
			spare, shares = spare-part, shares-c.Grow
		}
		c.gap = min(c.gap, left)
		left -= c.gap
		c.Width = min(c.Width, left)
		left -= c.Width
	}
	if n := len(kept); n > 0 {
		kept[n-1].last = true
	}
	return kept
}

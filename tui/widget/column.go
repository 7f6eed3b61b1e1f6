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

// layOut fits columns into w cells, of which the first is the edge. Columns without
// a title in which nothing stands take no room. Columns that may leave go until the
// others have room. What is left over goes to those that grow: first as much as their
// longest cell needs (by index, in cells), then by their shares. If even then there is
// too little, the columns at the end are cut.
func layOut(columns []Column, needs []int, w int) []laidOut {
	var kept []laidOut
	need := 0
	for i, c := range columns {
		if c.Title == "" && needs[i] == 0 {
			continue // nothing stands in it
		}
		gap := 2
		if len(kept) == 0 {
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

	spare := w - need
	for i := range kept {
		if c := &kept[i]; c.Grow > 0 {
			least := min(c.Width, max(needs[c.index], boxoffice.Width(c.Title)))
			spare += c.Width - least
			c.Width = least
		}
	}
	spare = share(kept, spare, func(c laidOut) int { return max(0, needs[c.index]-c.Width) })
	share(kept, spare, func(laidOut) int { return spare })
	left := w
	for i := range kept {
		c := &kept[i]
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

// share gives room to the columns that grow, by their shares and to none more than
// it wants, and returns what nobody wants.
func share(columns []laidOut, room int, wants func(laidOut) int) int {
	for room > 0 {
		shares := 0
		for _, c := range columns {
			if c.Grow > 0 && wants(c) > 0 {
				shares += c.Grow
			}
		}
		if shares == 0 {
			return room
		}
		given := 0
		for i := range columns {
			c := &columns[i]
			if want := wants(*c); c.Grow > 0 && want > 0 {
				part := min(want, max(1, room*c.Grow/shares), room-given)
				c.Width += part
				given += part
			}
		}
		room -= given
	}
	return 0
}

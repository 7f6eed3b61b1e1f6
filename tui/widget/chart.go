package widget

import (
	"strconv"
	"strings"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// Chart shows how many there were in each step of time, the last one at the right:
// a column of one cell for each, over an axis.
type Chart struct {
	// From and To name the ends of the axis, of as many steps as are shown.
	From func(steps int) string
	To   string

	theme  *theme.Theme
	values []int
}

// NewChart returns an empty chart.
func NewChart(th *theme.Theme) *Chart { return &Chart{theme: th} }

// Set says how many there were in each step, the oldest first.
func (c *Chart) Set(values []int) { c.values = values }

// View draws the chart: the latest steps that have room, the scale at the left, the
// axis and the names of its ends below.
func (c *Chart) View(w, h int) string {
	if h < 1 {
		return ""
	}
	g := &c.theme.Glyphs
	top := scale(c.most(w))
	label := len(strconv.Itoa(top))
	if h < 3 || w < label+4 {
		return strings.Repeat("\n", h-1)
	}
	shown := c.latest(w - label - 3)
	bars := h - 2
	var p theme.Pen
	for row := range bars {
		words := ""
		switch below := bars - row; {
		case row == 0:
			words = strconv.Itoa(top)
		case 2*below == bars && bars >= 4:
			words = strconv.Itoa(top / 2)
		}
		p.Gap(1)
		p.Write(c.theme.Dim, boxoffice.PadLeft(words, label))
		p.Gap(1)
		mark := g.Wall
		if words != "" {
			mark = g.Axis
		}
		p.Write(c.theme.Rule, mark)
		p.Write(c.theme.BarFill, c.level(shown, top, bars, bars-1-row))
		p.Line()
	}
	p.Gap(1)
	p.Write(c.theme.Dim, boxoffice.PadLeft("0", label))
	p.Gap(1)
	p.Write(c.theme.Rule, g.AxisFoot+strings.Repeat(g.Line, len(shown)))
	p.Line()
	from := ""
	if c.From != nil {
		from = c.From(len(shown))
	}
	if room := len(shown) - boxoffice.Width(from) - boxoffice.Width(c.To); room > 0 {
		p.Gap(label + 3)
		p.Write(c.theme.Dim, from)
		p.Gap(room)
		p.Write(c.theme.Dim, c.To)
	}
	return p.String()
}

// most is the largest number among those that have room.
func (c *Chart) most(w int) int {
	most := 0
	for _, v := range c.latest(w - 4) {
		most = max(most, v)
	}
	return most
}

// latest returns as many of the last values as there are cells.
func (c *Chart) latest(cells int) []int {
	return c.values[max(0, len(c.values)-max(0, cells)):]
}

// level draws one line of the columns: the cells that stand so many lines above the
// axis. What is not nothing shows.
func (c *Chart) level(shown []int, top, bars, above int) string {
	var b strings.Builder
	for _, v := range shown {
		part := float64(v)*float64(bars)/float64(top) - float64(above)
		if v > 0 && above == 0 {
			part = max(part, 0.125)
		}
		b.WriteString(c.theme.Glyphs.Level(part))
	}
	return strings.TrimRight(b.String(), " ")
}

// scale returns the least round and even number that is no less than most.
func scale(most int) int {
	for unit := 1; ; unit *= 10 {
		for _, step := range []int{4, 6, 8, 10, 12, 20} {
			if top := step * unit; top >= most && top%2 == 0 {
				return top
			}
		}
	}
}

package screen

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Header draws the first line of a screen: what it is about at the left; who, where
// and the time at the right.
func (d *Desk) Header(w int, about string) string { return d.HeaderOf(w, about, "") }

// leastHouse is as little as is shown of the house's name.
const leastHouse = 8

// HeaderOf is a Header that is about something with words behind it that are said whole,
// such as when it begins: the house's name gives way first, then what it is about.
func (d *Desk) HeaderOf(w int, about, behind string) string {
	th := d.Theme
	who := boxoffice.Clean(d.Staff.Name)
	if d.Actor.Terminal != "" {
		who += " " + th.Glyphs.Dot + " " + boxoffice.Clean(d.Actor.Terminal)
	}
	right := boxoffice.Shorten(who, w/3) + " " + th.Glyphs.Dot + " " + d.TimeOf(d.Now())
	trouble, _, _ := strings.Cut(d.Trouble(), ":") // the rest is said elsewhere
	if trouble != "" {
		trouble = th.Glyphs.Warn + " " + boxoffice.Shorten(trouble, w/4) + "   "
	}
	about, behind = boxoffice.Clean(about), strings.TrimRight(behind, " ")
	room := w - 2 - boxoffice.Width(trouble) - boxoffice.Width(right) - 2
	house, gap := boxoffice.Shorten(boxoffice.Clean(d.House.Name), w/4), 3
	if over := boxoffice.Width(house+about+behind) + gap - room; over > 0 {
		house = boxoffice.Shorten(house, boxoffice.Width(house)-over)
		if boxoffice.Width(house) < leastHouse {
			house, gap = "", 0
		}
	}
	room -= boxoffice.Width(house) + gap
	about = boxoffice.Shorten(boxoffice.Shorten(about, max(1, room-boxoffice.Width(behind)))+behind, max(0, room))

	var p theme.Pen
	p.Gap(1)
	p.Write(th.Dim, house)
	p.Gap(gap)
	p.Write(th.Strong, about)
	p.Gap(2 + room - boxoffice.Width(about))
	p.Write(th.Warn, trouble)
	p.Write(th.Dim, right)
	return p.String()
}

// Rule draws a line across the screen, with the glyph where it meets walls at
// these columns.
func (d *Desk) Rule(w int, meets string, walls ...int) string {
	g := &d.Theme.Glyphs
	var p theme.Pen
	p.Grow(w*len(g.Line) + 32)
	for x := range w {
		if slices.Contains(walls, x) {
			p.Write(d.Theme.Rule, meets)
		} else {
			p.Write(d.Theme.Rule, g.Line)
		}
	}
	return p.String()
}

// Hints draws the line of keys at the foot of a screen: as many of the enabled
// bindings as have room, in order.
func (d *Desk) Hints(w int, keys []key.Binding) string {
	var p theme.Pen
	p.Grow(3 * w)
	used := 1
	p.Gap(1)
	for _, b := range keys {
		if !b.Enabled() || b.Help().Key == "" {
			continue
		}
		name, words := b.Help().Key, b.Help().Desc
		n := boxoffice.Width(name) + 1 + boxoffice.Width(words)
		gap := 3
		if used == 1 {
			gap = 0
		}
		if used+gap+n > w-1 {
			continue
		}
		p.Gap(gap)
		p.Write(d.Theme.Text, name)
		p.Gap(1)
		p.Write(d.Theme.Dim, words)
		used += gap + n
	}
	return p.String()
}

// Wrap breaks clean words into at most n lines of w cells; the last is shortened
// where there is more.
func Wrap(words string, w, n int) []string {
	if w < 1 || n < 1 {
		return nil
	}
	var lines []string
	line := ""
	rest := strings.Fields(words)
	for len(rest) > 0 {
		word := rest[0]
		sep := ""
		if line != "" {
			sep = " "
		}
		switch {
		case boxoffice.Width(line)+len(sep)+boxoffice.Width(word) <= w:
			line += sep + word
			rest = rest[1:]
		case line == "":
			line = boxoffice.Shorten(word, w)
			rest = rest[1:]
		case len(lines) == n-1:
			return append(lines, boxoffice.Shorten(line+" "+strings.Join(rest, " "), w))
		default:
			lines = append(lines, line)
			line = ""
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// Fit makes a view exactly h lines.
func Fit(lines []string, h int) string { return strings.Join(FitLines(lines, h), "\n") }

// FitLines makes lines exactly h.
func FitLines(lines []string, h int) []string {
	if len(lines) > h {
		lines = lines[:max(0, h)]
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines
}

// Side sets lines side by side: each of left is padded to w cells, a wall between.
// Both have the same number of lines.
func (d *Desk) Side(left string, w int, right string) string {
	var b strings.Builder
	b.Grow(2 * (len(left) + len(right)))
	d.Columns(&b, Column{strings.Split(left, "\n"), w}, Column{Lines: strings.Split(right, "\n")})
	return b.String()
}

// Column is what stands in one column of a screen. Of the last the width does not
// matter.
type Column struct {
	Lines []string
	W     int
}

// Columns writes columns side by side, each padded to its width, walls between. All
// have as many lines as the first.
func (d *Desk) Columns(b *strings.Builder, columns ...Column) {
	wall := d.Theme.Rule.Paint(d.Theme.Glyphs.Wall)
	for y := range columns[0].Lines {
		if y > 0 {
			b.WriteByte('\n')
		}
		for i, c := range columns {
			line := ""
			if y < len(c.Lines) {
				line = c.Lines[y]
			}
			b.WriteString(line)
			if i == len(columns)-1 {
				continue
			}
			for n := c.W - boxoffice.Width(line); n > 0; n-- {
				b.WriteByte(' ')
			}
			b.WriteString(wall)
		}
	}
}

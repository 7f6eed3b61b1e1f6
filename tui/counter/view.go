package counter

import (
	"strings"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

const (
	head     = 3  // lines above the house: title, counts, rule
	tonightW = 20 // cells of the list of performances, where there is room
	tapeH    = 6  // lines of the tape with its title, where there is room
	wide     = 120
	tall     = 34
)

// layout is how the screen is divided.
type layout struct {
	w, h                 int
	body, dock           int // lines
	tonight, house, mine int // cells of the three columns; tonight is zero where it has no room
}

func (c *Counter) layOut(w, h int) layout {
	l := layout{w: w, h: h, dock: 5, mine: 23}
	switch {
	case w >= wide:
		l.tonight, l.mine = tonightW, 34
	case w >= 96:
		l.mine = 28
	}
	if c.stage == paid && c.sale.Change != 0 {
		l.dock += 3
	}
	l.body = max(1, h-head-l.dock)
	l.house = w - l.mine - 1
	if l.tonight > 0 {
		l.house -= l.tonight + 1
	}
	return l
}

// View draws the counter.
func (c *Counter) View(w, h int) string {
	l := c.layOut(w, h)
	g := &c.desk.Theme.Glyphs
	walls := []int{w - l.mine - 1}
	if l.tonight > 0 {
		walls = append(walls, l.tonight)
	}
	columns := []screen.Column{{Lines: c.houseView(l), W: l.house}, {Lines: c.basketView(l.mine, l.body)}}
	if l.tonight > 0 {
		columns = append([]screen.Column{{Lines: c.tonightView(l.tonight, l.body), W: l.tonight}}, columns...)
	}
	name, when := c.nameAndTime(c.performance(c.showing))
	var b strings.Builder
	b.Grow(c.drawn + 512)
	for _, line := range []string{c.desk.HeaderOf(w, name, when), c.countsView(w), c.desk.Rule(w, g.LineDown, walls...)} {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	c.desk.Columns(&b, columns...)
	b.WriteByte('\n')
	b.WriteString(c.desk.Rule(w, g.LineUp, walls...))
	b.WriteByte('\n')
	b.WriteString(c.dockView(w, l.dock-1))
	c.drawn = b.Len()
	return b.String()
}

// countsView says how the house stands: «412 sold  9 held …» and a bar.
func (c *Counter) countsView(w int) string {
	th := c.desk.Theme
	var p theme.Pen
	p.Gap(1)
	if c.picture == nil {
		words := "Reading the house."
		if c.nowhere() {
			words = "There is no performance to sell yet."
		}
		p.Write(th.Dim, words)
		return p.String()
	}
	perf, t := c.picture.Performance, c.picture.Total
	used := 1
	if perf.State != boxoffice.OnSale {
		words := map[boxoffice.PerformanceState]string{
			boxoffice.Planned: "not on sale yet", boxoffice.Stopped: "sales are stopped", boxoffice.PerformanceCancelled: "cancelled",
		}[perf.State]
		if perf.Reason != "" {
			words += ": " + boxoffice.Clean(perf.Reason)
		}
		words = boxoffice.Shorten(th.Glyphs.Warn+" "+words, w/2)
		p.Write(th.Warn, words)
		p.Gap(3)
		used += boxoffice.Width(words) + 3
	}
	for _, n := range []struct {
		count int
		words string
		ink   theme.SGR
	}{{t.Open, "open", th.Strong}, {t.Sold, "sold", th.Text}, {t.Held, "held", th.Text}, {t.Blocked, "blocked", th.Text}, {t.Killed, "killed", th.Text}} {
		if n.count == 0 && n.words == "killed" || used > w-26 {
			continue
		}
		number := itoa(n.count)
		p.Write(n.ink, number)
		p.Gap(1)
		p.Write(th.Dim, n.words)
		p.Gap(3)
		used += len(number) + 1 + len(n.words) + 3
	}
	bar := widget.NewBar(th)
	bar.Set(t.Sold, t.Capacity())
	cells := min(40, w-used-1)
	if cells >= 10 {
		p.Gap(w - 1 - used - cells)
		p.Raw(bar.View(cells, 1))
	}
	return p.String()
}

// houseView draws the house with what the cursor stands on; in a payment, what is
// to pay.
func (c *Counter) houseView(l layout) []string {
	w, h := l.house, l.body
	if c.stage == paying {
		return c.payView(w, h)
	}
	c.mapAt = origin{x: 0, y: head}
	if l.tonight > 0 {
		c.mapAt.x = l.tonight + 1
	}
	var foot []string
	if h >= 20 {
		lines := 1
		if h >= 26 {
			lines = 2
		}
		foot = append(foot, c.seats.Legend(w, lines)...)
	}
	foot = append(foot, c.pointView(w))
	if l.h >= tall {
		foot = append(foot, c.tapeView(w)...)
	}
	if c.picture == nil {
		return screen.FitLines(c.beginView(w), h)
	}
	return append(c.seats.Lines(w, h-len(foot)), foot...)
}

// pointView explains what the cursor stands on.
func (c *Counter) pointView(w int) string {
	th := c.desk.Theme
	if len(c.span()) > 0 {
		return " " + th.Accent.Paint(c.spanWords(w-2))
	}
	if section, ok := c.pointedSection(); ok && c.picture != nil && section < len(c.picture.Sections) {
		s, f := c.picture.Plan.Sections[section], c.picture.Sections[section]
		words := boxoffice.Clean(s.Name) + " " + th.Glyphs.Dot + " " + itoa(f.Open) + " open of " + itoa(f.Capacity())
		return " " + th.Dim.Paint(boxoffice.Shorten(words, w-2))
	}
	no, ok := c.seats.Cursor()
	if !ok {
		return ""
	}
	ink := th.Dim
	if c.isMine(no) {
		ink = th.Accent
	}
	return " " + ink.Paint(c.desk.Plain(c.explain(no).Within(w-2)))
}

// pointedSection returns the section the cursor stands on as a whole: an area, or
// any in the overview.
func (c *Counter) pointedSection() (int, bool) {
	if section, ok := c.seats.Area(); ok {
		return section, true
	}
	if no, ok := c.seats.Cursor(); ok && c.seats.Zoom() && c.picture != nil {
		return c.picture.Plan.Places[no-1].Section, true
	}
	return 0, false
}

// tapeView draws the last things that happened.
func (c *Counter) tapeView(w int) []string {
	th := c.desk.Theme
	lines := []string{c.desk.Rule(w, "")}
	said := c.tape.said(c, tapeH-1)
	if len(said) == 0 {
		lines = append(lines, " "+th.Dim.Paint("What happens in the house stands here."))
	}
	for _, s := range said {
		lines = append(lines, " "+th.Dim.Paint(boxoffice.Shorten(s, w-2)))
	}
	for len(lines) < tapeH {
		lines = append(lines, "")
	}
	return lines
}

// tonightView draws the list of performances around the one on screen.
func (c *Counter) tonightView(w, h int) []string {
	th := c.desk.Theme
	const each = 3
	at := c.house.at(c.showing)
	room := max(1, (h-1)/each)
	from := max(0, min(at-room/2, len(c.house.list)-room))
	var lines []string
	day := ""
	for i := from; i < len(c.house.list) && len(lines)+each <= h; i++ {
		v := c.house.list[i]
		if d := c.desk.DayOf(v.Performance.Curtain); d != day {
			day = d
			lines = append(lines, " "+th.Dim.Paint(d))
		}
		mark, ink := " ", th.Text
		if i == at {
			mark, ink = th.Accent.Paint(th.Glyphs.Here), th.Strong
		}
		title := c.desk.TimeOf(v.Performance.Curtain) + " " + boxoffice.Clean(v.Performance.Title)
		lines = append(lines, mark+ink.Paint(boxoffice.Shorten(title, w-2)))
		if v.Performance.State == boxoffice.OnSale {
			bar := widget.NewBar(th)
			bar.Set(v.Total.Sold, v.Total.Capacity())
			lines = append(lines, " "+bar.View(w-2, 1))
		} else {
			lines = append(lines, " "+th.Dim.Paint(boxoffice.Shorten(string(v.Performance.State), w-2)))
		}
		lines = append(lines, "")
	}
	return screen.FitLines(lines, h)
}

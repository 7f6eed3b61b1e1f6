package counter

import (
	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
	"wicket/tui/words"
)

// basketView draws the basket: its total, its places, the tax and how long it is
// kept. What ticks stands on the last line.
func (c *Counter) basketView(w, h int) []string {
	th := c.desk.Theme
	inner := w - 2
	total := ""
	if !c.basket.Empty() {
		total = c.desk.Money(c.basket.Total)
	}
	lines := []string{c.pair(inner, "Basket", th.Strong, total, th.Accent)}
	if whose := boxoffice.Clean(c.basket.ForName); whose != "" && !c.basket.Empty() {
		lines = append(lines, " "+th.Dim.Paint(boxoffice.Shorten("for "+whose, inner-1)))
	}
	lines = append(lines, "")
	foot := c.basketFoot(inner)
	rows := c.basketRows(inner)
	if room := h - len(lines) - len(foot) - 1; len(rows) > room && room > 0 {
		more := len(rows) - room + 1
		rows = append(rows[:room-1], " "+th.Dim.Paint(th.Glyphs.MoreDown+" "+itoa(more)+" more"))
	}
	lines = append(lines, rows...)
	for len(lines) < h-len(foot) {
		lines = append(lines, "")
	}
	return screen.FitLines(append(lines, foot...), h)
}

func (c *Counter) basketRows(w int) []string {
	th := c.desk.Theme
	if c.basket.Empty() {
		if len(c.basket.Lost) == 0 {
			return nil
		}
		rows := []string{" " + th.Warn.Paint("lapsed")}
		for _, g := range grouped(c.basket.Lost) {
			for _, r := range g.rows {
				rows = append(rows, " "+th.Dim.Paint(boxoffice.Shorten(r.name(), w)))
			}
		}
		return append(rows, " "+th.Dim.Paint("^R takes them again"))
	}
	groups := c.groups()
	var rows []string
	for _, g := range groups {
		if len(groups) > 1 || g.performance != c.showing {
			if len(rows) > 0 {
				rows = append(rows, "")
			}
			rows = append(rows, " "+th.Dim.Paint(boxoffice.Shorten(g.title, w)))
		}
		width := 0
		for _, r := range g.rows {
			width = max(width, boxoffice.Width(r.label))
		}
		for _, r := range g.rows {
			rows = append(rows, c.basketRow(r, w, min(width, 8)))
		}
	}
	if lost := c.basket.Lost; len(lost) > 0 {
		rows = append(rows, "", " "+th.Warn.Paint("lapsed")+" "+th.Dim.Paint(boxoffice.Shorten(words.Labels(lost), w-7)),
			" "+th.Dim.Paint(c.desk.Plain("«retry» takes them")))
	}
	return rows
}

// basketRow writes «B12 Stalls    A 24.00».
func (c *Counter) basketRow(r row, w, labels int) string {
	th := c.desk.Theme
	price := c.desk.Money(r.amount)
	typ := boxoffice.Clean(upper(r.typ.Code))
	if w >= 30 {
		typ = boxoffice.Shorten(boxoffice.Clean(r.typ.Name), 9)
	}
	money := max(6, boxoffice.Width(price))
	room := w - 1 - boxoffice.Width(typ) - 1 - money
	var p theme.Pen
	p.Gap(1)
	name := r.label
	ink := th.Text
	if r.label == "" {
		name = itoa(r.count) + " " + th.Glyphs.Times
		labels = max(labels, boxoffice.Width(name))
	}
	name = boxoffice.Pad(name, min(labels, room))
	p.Write(th.Mine, name)
	rest := room - boxoffice.Width(name) - 1
	if rest > 0 {
		p.Gap(1)
		p.Write(ink, boxoffice.Pad(r.section, rest))
	}
	p.Gap(1)
	p.Write(th.Dim, typ)
	p.Gap(1)
	p.Write(th.Text, boxoffice.PadLeft(price, money))
	return p.String()
}

func (c *Counter) basketFoot(w int) []string {
	th := c.desk.Theme
	if c.basket.Empty() {
		return nil
	}
	var lines []string
	if c.basket.Tax != 0 {
		label := "incl. tax"
		first, same := c.basket.Lines[0], true
		for _, l := range c.basket.Lines {
			same = same && l.TaxPPM == first.TaxPPM && l.TaxIncluded == first.TaxIncluded
		}
		if same {
			if !first.TaxIncluded {
				label = "with tax"
			}
			label += " " + percent(first.TaxPPM)
		}
		lines = append(lines, c.pair(w, label, th.Dim, c.desk.Money(c.basket.Tax), th.Dim))
	}
	count := widget.NewCountdown(th, "yours for")
	count.Set(c.basket.Hold.ExpiresAt.Sub(c.desk.Now()))
	return append(lines, " "+count.View(w, 1))
}

// percent writes parts per million: «10 %», «5.5 %».
func percent(ppm int64) string {
	s := itoa(int(ppm / 10_000))
	if part := ppm % 10_000; part != 0 {
		frac := itoa(int(part + 10_000))[1:]
		for frac[len(frac)-1] == '0' {
			frac = frac[:len(frac)-1]
		}
		s += "." + frac
	}
	return s + " %"
}

// pair writes words at the left and an amount at the right, w cells behind one.
func (c *Counter) pair(w int, label string, labelInk theme.SGR, amount string, amountInk theme.SGR) string {
	label = boxoffice.Shorten(label, w-boxoffice.Width(amount)-1)
	var p theme.Pen
	p.Gap(1)
	p.Write(labelInk, label)
	p.Gap(w - boxoffice.Width(label) - boxoffice.Width(amount))
	p.Write(amountInk, amount)
	return p.String()
}

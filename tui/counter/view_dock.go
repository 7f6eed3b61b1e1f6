package counter

import (
	"strings"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
)

func upper(s string) string { return strings.ToUpper(s) }

// dockView draws what stands under the house: what Enter would do or what was
// done, the line that is typed in, and the keys.
func (c *Counter) dockView(w, h int) string {
	lines := c.sayView(w, h-2)
	for len(lines) < h-2 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, c.lineView(w), c.desk.Hints(w, c.Keys())), "\n")
}

func (c *Counter) lineView(w int) string {
	th := c.desk.Theme
	line := c.line
	if c.stage == paying {
		line = c.given
	}
	return " " + th.Accent.Paint(th.Glyphs.Prompt) + " " + line.View(w-4)
}

// sayView draws the place of the preview.
func (c *Counter) sayView(w, h int) []string {
	th := c.desk.Theme
	l, words := c.note.level, c.note.words
	if words == "" {
		switch {
		case c.stage == paying:
			l, words = c.payPreview()
		case c.stage == paid:
			return c.changeView(w, h)
		case !c.line.Empty():
			l, words = c.preview.level, c.preview.lost+c.preview.words
			if c.preview.lost != "" && l == told {
				l = warned
			}
		case c.basket.Empty() && c.picture != nil && c.picture.Performance.Selling():
			return []string{" " + th.Dim.Paint(boxoffice.Shorten("Type how many, or a place: 2a  B12-14 c  F1 says all.", w-2))}
		}
	}
	ink, mark := th.Text, ""
	switch l {
	case done:
		ink, mark = th.Good, th.Glyphs.Good+" "
	case warned:
		ink, mark = th.Warn, th.Glyphs.Warn+" "
	case failed:
		ink, mark = th.Error, th.Glyphs.Error+" "
	}
	var lines []string
	for i, line := range screen.Wrap(c.desk.Plain(words), w-2-len([]rune(mark)), h) {
		var p theme.Pen
		p.Gap(1)
		if i == 0 {
			p.Write(ink, mark)
		} else {
			p.Gap(boxoffice.Width(mark))
		}
		p.Write(textInk(th, l), line)
		lines = append(lines, p.String())
	}
	return lines
}

// textInk is what a note's own words are written in: only its mark is coloured,
// but for what went wrong.
func textInk(th *theme.Theme, l level) theme.SGR {
	if l == failed || l == warned {
		return th.Strong
	}
	return th.Text
}

// changeView draws the change of the last sale, large and alone.
func (c *Counter) changeView(w, h int) []string {
	th := c.desk.Theme
	said := th.Good.Paint(th.Glyphs.Good) + " " + boxoffice.Shorten(c.soldWords(w-5), w-5)
	if c.sale.Change == 0 {
		return []string{" " + said}
	}
	amount := c.desk.Money(c.sale.Change)
	if th.Look.ASCII || h < 5 {
		return []string{"", " " + th.Strong.Paint("Change ") + th.Accent.Paint(amount), "", " " + said}
	}
	big := large(amount)
	lines := make([]string, 0, h)
	for i, l := range big {
		label := "       "
		if i == 1 {
			label = th.Strong.Paint("Change") + " "
		}
		lines = append(lines, " "+label+" "+th.Accent.Paint(l))
	}
	return append(lines, "", " "+said)
}

// digits are drawn three lines high.
var digits = map[rune][3]string{
	'0': {"█▀█", "█ █", "▀▀▀"},
	'1': {"▀█ ", " █ ", "▀▀▀"},
	'2': {"▀▀█", "█▀▀", "▀▀▀"},
	'3': {"▀▀█", " ▀█", "▀▀▀"},
	'4': {"█ █", "▀▀█", "  ▀"},
	'5': {"█▀▀", "▀▀█", "▀▀▀"},
	'6': {"█▀▀", "█▀█", "▀▀▀"},
	'7': {"▀▀█", "  █", "  ▀"},
	'8': {"█▀█", "█▀█", "▀▀▀"},
	'9': {"█▀█", "▀▀█", "▀▀▀"},
	'.': {" ", " ", "▀"},
	',': {" ", " ", "▄"},
	'-': {"   ", "▀▀▀", "   "},
}

// large draws an amount in digits three lines high.
func large(amount string) [3]string {
	var out [3]string
	for i, r := range amount {
		for y := range out {
			if i > 0 {
				out[y] += " "
			}
			out[y] += digits[r][y]
		}
	}
	return out
}

// payView draws what is to pay, and with what.
func (c *Counter) payView(w, h int) []string {
	th := c.desk.Theme
	inner := min(w-4, 60)
	lines := []string{
		"",
		"  " + c.pair(inner-2, "To pay", th.Strong, c.desk.Money(c.basket.Total), th.Accent),
		"   " + th.Rule.Paint(strings.Repeat(th.Glyphs.Line, inner-2)),
		"",
	}
	var p theme.Pen
	p.Gap(3)
	p.Write(th.Strong, "cash")
	p.Gap(4)
	p.Write(th.Accent, th.Glyphs.Enter)
	p.Write(th.Text, " exact")
	used := 3 + 4 + 4 + boxoffice.Width(th.Glyphs.Enter) + 6
	for _, s := range suggestions(c.basket.Total) {
		amount := c.desk.Money(s.amount)
		if used+3+2+len(amount) > w-1 {
			break
		}
		p.Gap(3)
		p.Write(th.Accent, string(s.digit))
		p.Gap(1)
		p.Write(th.Text, amount)
		used += 3 + 2 + len(amount)
	}
	lines = append(lines, p.String(), "           "+th.Dim.Paint("or type what was given"), "")
	for _, g := range c.groups() {
		for i, words := range screen.Wrap(g.words(), w-6, 4) {
			ink := th.Dim
			if i == 0 {
				ink = th.Text
			}
			lines = append(lines, "   "+ink.Paint(words))
		}
	}
	return screen.FitLines(lines, h)
}

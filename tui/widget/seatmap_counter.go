package widget

import (
	"slices"
	"strconv"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

const totalName = "Total"

// counterShape is the columns of the lines that count: each with its width, the
// space before it included; zero where it has no room.
type counterShape struct {
	w, name, bar, open, held, sold, price, own int
}

// The widths of columns: numbers, and bars with their ends.
const openColumn, counterColumn, leastBar, mostBar = 7, 6, 10, 26

func shapeCounters(w, name, price int, own bool) counterShape {
	s := counterShape{w: w, name: max(0, min(name, 24, w-2))}
	left := w - 2 - s.name - 1
	take := func(n int) int {
		if left < n {
			return 0
		}
		left -= n
		return n
	}
	s.open = take(openColumn)
	if own {
		s.own = take(counterColumn)
	}
	s.bar = take(leastBar)
	s.sold = take(counterColumn)
	s.held = take(counterColumn)
	if price > 0 {
		s.price = take(price + 2)
	}
	if s.bar > 0 {
		s.bar += take(max(0, min(left, mostBar-leastBar)))
	}
	return s
}

// counter is one such line.
type counter struct {
	name  string
	zone  int // its hue; -1 for none
	price string
	tally tally
	here  bool
	bold  bool
}

type drawnCounter struct {
	shape   counterShape
	counter counter
	text    string
}

// drawCounter adds a line; slot says where the one it may be equal to is kept.
func (m *SeatMap) drawCounter(slot int, s counterShape, k counter) {
	d := &m.drawn
	for len(d.counters) <= slot {
		d.counters = append(d.counters, drawnCounter{})
	}
	kept := &d.counters[slot]
	if kept.text == "" || kept.shape != s || kept.counter != k {
		m.paintCounter(s, k)
		*kept = drawnCounter{s, k, d.canvas.String()}
	}
	d.lines = append(d.lines, kept.text)
}

func (m *SeatMap) paintCounter(s counterShape, k counter) {
	th, c := m.theme, &m.drawn.canvas
	c.clear(s.w)
	ink := th.Text
	if k.here {
		c.glyph(0, th.Accent, th.Glyphs.Here)
		ink = th.Strong
	} else if k.bold {
		ink = th.Strong
	}
	x := 2
	if k.zone >= 0 {
		glyph, hue := m.zoneGlyph(k.zone)
		c.glyph(x, hue, glyph)
		c.text(x+2, ink, fit(th, k.name, s.name-2))
	} else {
		c.text(x, ink, fit(th, k.name, s.name))
	}
	x += s.name
	if s.bar > 0 {
		cells := s.bar - 4
		c.glyph(x+2, th.Rule, th.Glyphs.BarLeft)
		c.painted(x+3, th.Bar(k.tally.Fraction(), cells), cells)
		c.glyph(x+3+cells, th.Rule, th.Glyphs.BarRight)
		x += s.bar
	}
	number := func(width, n int, ink theme.SGR) {
		if x += width; width > 0 {
			c.textRight(x, ink, strconv.Itoa(n), width-1)
		}
	}
	held := th.Text
	if k.tally.Held == 0 {
		held = th.Dim
	}
	number(s.open, k.tally.Open, ink)
	number(s.held, k.tally.Held, held)
	number(s.sold, k.tally.Sold, th.Dim)
	if x += s.price; s.price > 0 {
		if boxoffice.Width(k.price) < s.price { // half a price is a wrong one
			c.textRight(x, th.Text, k.price, s.price-1)
		}
	}
	if s.own > 0 {
		at := x + 2
		switch {
		case k.tally.preview > 0:
			glyph, _ := m.glyph(openLook | previewLook)
			c.glyph(at, th.Accent, glyph)
			c.text(at+2, th.Accent, strconv.Itoa(k.tally.preview))
		case k.tally.mine > 0:
			c.glyph(at, th.Accent, th.Glyphs.Mine)
			c.text(at+2, th.Accent, strconv.Itoa(k.tally.mine))
		}
	}
}

// drawHeader names the columns, and says what lies beyond the window.
func (m *SeatMap) drawHeader(s counterShape, above, below int) {
	th, c, g := m.theme, &m.drawn.canvas, &m.theme.Glyphs
	c.clear(s.w)
	x := 2
	if above > 0 {
		x += c.text(x, th.Dim, g.MoreUp+" "+strconv.Itoa(above)+" more") + 2
	}
	if below > 0 {
		c.text(x, th.Dim, g.MoreDown+" "+strconv.Itoa(below)+" more")
	}
	x = 2 + s.name + s.bar
	for _, column := range []struct {
		width int
		title string
	}{{s.open, "open"}, {s.held, "held"}, {s.sold, "sold"}, {s.price, "price"}} {
		if x += column.width; column.width > 0 {
			c.textRight(x, th.Dim, column.title, column.width-1)
		}
	}
	m.line()
}

// drawAreas draws so many of a level's areas around the cursor.
func (m *SeatMap) drawAreas(level *levelLayout, rows int, header bool) {
	d := &m.drawn
	here, onArea := m.Area()
	at := 0
	if onArea {
		at = slices.Index(level.areas, here)
	}
	top := max(0, min(at-rows/2, len(level.areas)-rows))
	price, own := 0, false
	for _, section := range level.areas {
		price = max(price, boxoffice.Width(m.prices[section]))
		own = own || m.sections[section].mine+m.sections[section].preview > 0
	}
	shape := shapeCounters(d.w, level.areaName, price, own)
	if header {
		m.drawHeader(shape, top, len(level.areas)-top-rows)
	}
	d.listAt = len(d.lines)
	for i := top; i < top+rows; i++ {
		section := level.areas[i]
		s := m.house.plan.Sections[section]
		m.drawCounter(i, shape, counter{
			name: s.Name, zone: -1, price: m.prices[section], tally: m.sections[section], here: onArea && section == here,
		})
		d.listed = append(d.listed, s.First)
	}
}

// drawOverview draws the sections of the house, their sum and the zones over so
// many lines.
func (m *SeatMap) drawOverview(room int) {
	d, list := &m.drawn, m.house.list
	if len(list) == 0 {
		return
	}
	price, plain := len("price"), len("price")
	for _, p := range m.prices {
		price = max(price, boxoffice.Width(p))
	}
	for _, p := range m.tariff {
		plain = max(plain, boxoffice.Width(p))
	}
	own := m.total.mine > 0 || len(m.preview) > 0
	shape := shapeCounters(d.w, m.house.named, price, own)
	if shape.price == 0 {
		shape = shapeCounters(d.w, m.house.named, plain, own) // of the zones only
	}
	if room > len(list)+1 {
		m.blankLine()
		room--
	}
	header := room > 2
	rows := min(len(list), room-count(header))
	at := m.listedAt()
	m.listed = scrolled(m.listed, at, rows, len(list))
	if header {
		m.drawHeader(shape, m.listed, len(list)-m.listed-rows)
	}
	d.listAt = len(d.lines)
	plan := m.house.plan
	for i := m.listed; i < m.listed+rows; i++ {
		first := boxoffice.PlaceNo(0)
		switch item := list[i]; item.kind {
		case levelItem:
			d.canvas.clear(d.w)
			d.canvas.text(2, m.theme.Dim, plan.Levels[item.index].Name)
			m.line()
		case sectionItem:
			s := plan.Sections[item.index]
			first = s.First
			name := s.Name
			if item.inner {
				name = "  " + name
			}
			m.drawCounter(i, shape, counter{name: name, zone: -1, price: m.prices[item.index], tally: m.sections[item.index], here: i == at})
		case totalItem:
			m.drawCounter(i, shape, counter{name: totalName, zone: -1, tally: m.total, bold: true})
		case gapItem:
			m.blankLine()
		case zoneItem:
			m.drawCounter(i, shape, counter{name: plan.Zones[item.index].Name, zone: item.index, price: m.tariff[item.index], tally: m.zones[item.index]})
		}
		d.listed = append(d.listed, first)
	}
}

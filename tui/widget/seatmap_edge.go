package widget

import (
	"strconv"

	"wicket/boxoffice"
)

const stageWords, stageWord = "S T A G E", "STAGE"

// drawTabs draws the names of the levels, the shown one marked with or without
// colour, and how many of its places are open.
func (m *SeatMap) drawTabs() {
	d, th := &m.drawn, m.theme
	d.canvas.clear(d.w)
	levels := m.house.plan.Levels
	open := strconv.Itoa(m.levels[m.level].Open) + " open"
	room := d.w
	if d.w >= 40 {
		room -= len(open) + 2
	} else {
		open = ""
	}
	// The shown tab is always in sight.
	d.first = min(d.first, m.level)
	for d.first < m.level && tabsWidth(levels[d.first:m.level+1]) > room {
		d.first++
	}
	x := 1
	if d.first > 0 {
		d.canvas.glyph(0, th.Dim, m.leftMark())
	}
	for i := d.first; i < len(levels); i++ {
		name := fit(th, levels[i].Name, max(1, room-x-1))
		n := boxoffice.Width(name)
		if i > m.level && x+n+1 > room {
			d.canvas.glyph(min(x, d.w-1), th.Dim, m.rightMark())
			break
		}
		ink := th.Dim
		if i == m.level {
			ink = th.Accent
			if th.Cursor == "" {
				d.canvas.glyph(x-1, th.Text, th.Glyphs.CursorLeft)
				d.canvas.glyph(x+n, th.Text, th.Glyphs.CursorRight)
			} else {
				ink = underline + ink
			}
		}
		d.canvas.text(x, ink, name)
		for len(d.tabs) <= i {
			d.tabs = append(d.tabs, span{})
		}
		d.tabs[i] = span{x, x + n}
		x += n + 3
	}
	if open != "" {
		d.canvas.textRight(d.w-1, th.Dim, open, len(open))
	}
	m.line()
}

func tabsWidth(levels []boxoffice.Level) int {
	w := 1
	for _, l := range levels {
		w += boxoffice.Width(l.Name) + 3
	}
	return w - 1
}

// TabAt returns the level whose name is drawn at a cell of the last view.
func (m *SeatMap) TabAt(x, y int) (level int, ok bool) {
	for i, s := range m.drawn.tabs {
		if y == 0 && s.from <= x && x < s.to {
			return i, true
		}
	}
	return 0, false
}

// beyond says how many rows lie beyond an edge of the window, behind a mark of
// which way; nothing at the edge itself.
func beyond(mark string, rows int) string {
	switch {
	case rows <= 0:
		return ""
	case rows == 1:
		return mark + " 1 more row"
	}
	return mark + " " + strconv.Itoa(rows) + " more rows"
}

// drawStage draws the line at an edge of the seats, which stand from x over so
// many cells: what lies beyond, and the stage if it is at this edge.
func (m *SeatMap) drawStage(edge boxoffice.Edge, x, cells int, beyond string) {
	d, th := &m.drawn, m.theme
	d.canvas.clear(d.w)
	from := 1 + d.canvas.text(1, th.Dim, beyond) + 2
	if beyond == "" {
		from = 0
	}
	words := stageWords
	if cells < len(words) {
		words = stageWord
	}
	if x += (cells - len(words)) / 2; m.house.plan.Stage == edge && x >= from && x+len(words) <= d.w {
		d.canvas.text(x, th.Dim, words)
	}
	m.line()
}

// leftMark and rightMark say that there is more to a side. The triangles some
// terminals draw as pictures two cells wide are not used.
func (m *SeatMap) leftMark() string {
	if m.theme.Look.ASCII {
		return m.theme.Glyphs.Left
	}
	return "◂"
}

func (m *SeatMap) rightMark() string {
	if m.theme.Look.ASCII {
		return m.theme.Glyphs.Right
	}
	return "▸"
}

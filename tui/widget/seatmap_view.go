package widget

import (
	"strings"

	"wicket/boxoffice"
)

// spot is how far a level is scrolled: lines and cells.
type spot struct{ top, left int }

// drawn is the last view: what it looked like, where things stand in it, and the
// lines it can be put together from again.
type drawn struct {
	w, h   int
	text   string
	canvas canvas
	lines  []string
	blank  string
	looks  []look // of the row that is being drawn

	rows     [][]drawnRow // by level and line
	counters []drawnCounter

	tabs     []span // on the first line
	first    int    // the first tab
	grid     rowShape
	gridAt   int // the first line with seats
	gridRows int // how many
	top      int // the first of them, by line of the level
	listAt   int // the first line with a counter
	listed   []boxoffice.PlaceNo
}

type span struct{ from, to int }

// View draws the map: exactly h lines of exactly w cells. What has no room is
// scrolled with the cursor, and marked: how many rows lie above and below, that
// there are more seats to a side.
func (m *SeatMap) View(w, h int) string {
	lines := m.Lines(w, h)
	if m.drawn.text == "" {
		m.drawn.text = strings.Join(lines, "\n")
	}
	return m.drawn.text
}

// Lines is View, line by line. They are the map's own until it is drawn again.
func (m *SeatMap) Lines(w, h int) []string {
	h, w = max(h, 0), max(w, 0)
	d := &m.drawn
	if !m.stale && d.w == w && d.h == h {
		return d.lines[:h:h]
	}
	d.text = ""
	d.canvas.theme = m.theme
	if d.w != w || d.blank == "" {
		d.blank = strings.Repeat(" ", w)
	}
	d.w, d.h = w, h
	d.lines, d.tabs, d.listed = d.lines[:0], d.tabs[:0], d.listed[:0]
	d.gridRows = 0
	switch {
	case w == 0 || h == 0:
	case m.house == nil || len(m.house.levels) == 0:
		d.canvas.clear(w)
		d.canvas.text(1, m.theme.Dim, "no house to show")
		m.line()
	default:
		if h > 1 {
			m.drawTabs()
		}
		if m.overview {
			m.drawOverview(h - len(d.lines))
		} else {
			m.drawLevel(h - len(d.lines))
		}
	}
	for len(d.lines) < h {
		d.lines = append(d.lines, d.blank)
	}
	m.stale = false
	return d.lines[:h:h]
}

// line takes over the canvas as the next line.
func (m *SeatMap) line() { m.drawn.lines = append(m.drawn.lines, m.drawn.canvas.String()) }

// blankLine leaves a line empty.
func (m *SeatMap) blankLine() { m.drawn.lines = append(m.drawn.lines, m.drawn.blank) }

// drawLevel draws a level over so many lines: its seats, and below them its
// areas.
func (m *SeatMap) drawLevel(room int) {
	level := &m.house.levels[m.level]
	stage := m.house.plan.Stage
	rows, areas := len(level.lines), len(level.areas)
	_, onArea := m.Area()
	if room < 6 && rows > 0 && areas > 0 {
		if onArea {
			rows = 0
		} else {
			areas = 0
		}
	}
	above, below := stage == boxoffice.EdgeTop, stage == boxoffice.EdgeBottom
	header := areas > 0
	need := rows + areas + count(above) + count(below) + count(header)
	spare := room > need+1 // for a line between seats and areas, too
	if room > need {
		m.blankLine()
		room--
	}
	if room < need {
		areas = min(areas, max(1, room/4))
		if rows == 0 {
			areas = min(len(level.areas), room)
			above, below = above && room > areas+1, below && room > areas+1
			header = room > areas+count(above)+count(below)
			if areas < len(level.areas) && room > 2 {
				header, above, below = true, false, false
				areas = room - 1
			}
		} else {
			header = areas > 0 && room >= 8
			if areas > 0 && len(level.areas) > areas && room >= 6 {
				header = true // it says how many more there are
			}
			room -= areas + count(header)
			above, below = room >= 4, room >= 4
			rows = min(rows, max(1, room-count(above)-count(below)))
		}
	}
	if rows > 0 {
		m.drawGrid(level, rows, above, below)
	} else if above {
		m.drawStage(boxoffice.EdgeTop, 0, m.drawn.w, "")
	}
	if areas > 0 {
		if rows > 0 && spare {
			m.blankLine()
		}
		m.drawAreas(level, areas, header)
	}
	if rows == 0 && below {
		m.drawStage(boxoffice.EdgeBottom, 0, m.drawn.w, "")
	}
}

// drawGrid draws so many lines of a level around the cursor. Above and below say
// whether there is a line for what lies there: more rows, the stage.
func (m *SeatMap) drawGrid(level *levelLayout, rows int, above, below bool) {
	d := &m.drawn
	at := &m.spots[m.level]
	cursorLine, cursorColumn := -1, -1
	if _, area := m.Area(); !area {
		if no, ok := m.Cursor(); ok {
			cursorLine, cursorColumn = m.spot(no)
		}
	}
	at.top = scrolled(at.top, cursorLine, rows, len(level.lines))
	d.grid = m.shape(level, d.w)
	at.left = d.grid.scroll(at.left, cursorColumn, level.columns)
	d.grid.left = at.left

	g := &m.theme.Glyphs
	if above {
		m.drawStage(boxoffice.EdgeTop, d.grid.x0(), d.grid.view, beyond(g.MoreUp, at.top))
	}
	d.gridAt, d.gridRows, d.top = len(d.lines), rows, at.top
	selected := m.selected()
	for line := at.top; line < at.top+rows; line++ {
		d.lines = append(d.lines, m.drawRow(level, line, selected))
	}
	if below {
		m.drawStage(boxoffice.EdgeBottom, d.grid.x0(), d.grid.view, beyond(g.MoreDown, len(level.lines)-at.top-rows))
	}
}

// scrolled moves a window of so many lines by as little as keeps the cursor in
// it, with a line around it where there is room.
func scrolled(top, cursor, rows, lines int) int {
	around := 1
	if rows < 4 {
		around = 0
	}
	if cursor >= 0 {
		top = min(top, cursor-around)
		top = max(top, cursor+around-rows+1)
	}
	return max(0, min(top, lines-rows))
}

// At returns the place drawn at a cell of the last view: a seat, or the first
// place of the area or section in that line.
func (m *SeatMap) At(x, y int) (no boxoffice.PlaceNo, ok bool) {
	d := &m.drawn
	if m.house == nil || x < 0 || x >= d.w || y < 0 || y >= d.h {
		return 0, false
	}
	if i := y - d.listAt; i >= 0 && i < len(d.listed) {
		return d.listed[i], d.listed[i] != 0
	}
	if y < d.gridAt || y >= d.gridAt+d.gridRows {
		return 0, false
	}
	x -= d.grid.x0()
	if x < 0 || x >= d.grid.view || (x+d.grid.left)%d.grid.step != 0 {
		return 0, false
	}
	column := (x + d.grid.left) / d.grid.step
	for _, s := range m.house.levels[m.level].lines[d.top+y-d.gridAt].seats {
		if s.column == column {
			return s.no, true
		}
	}
	return 0, false
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

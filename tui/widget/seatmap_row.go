package widget

import (
	"slices"

	"wicket/boxoffice"
)

// rowShape is how the rows of a level lie across a view: margin, name of the
// row, gap, seats, gap, name, in that order. Rows of the same shape and looks
// are drawn the same.
type rowShape struct {
	w      int // of the view
	pad    int // cells before all of it, so that the house stands in the middle
	edge   int // the margin: 0 or 1
	margin int // for names of rows; 0 for none
	gap    int
	right  bool // names at the right, too
	tail   int  // cells behind the seats where there are no names
	step   int  // from seat to seat: 2 with a space between, 1 without
	view   int  // cells of seats in sight
	left   int  // cells of seats to the left of these
}

// x0 is where the seats in sight begin.
func (s *rowShape) x0() int { return s.pad + s.edge + s.margin + s.gap }

// around is how many cells are not seats.
func (s *rowShape) around() int {
	n := s.edge + s.margin + s.gap
	if s.right {
		return n + s.gap + s.margin
	}
	return n + s.tail
}

// shape finds the roomiest way to show a level in w cells: first gaps narrow,
// then names go, then the spaces between seats; only then are seats out of sight.
func (m *SeatMap) shape(level *levelLayout, w int) rowShape {
	marks := m.theme.Cursor == "" // the cursor needs the spaces around its seat
	n := level.margin
	shapes := []rowShape{
		{edge: 1, margin: n, gap: 2, right: true, step: 2},
		{edge: 1, margin: n, gap: 1, right: true, step: 2},
		{margin: n, gap: 1, step: 2, tail: count(marks)},
		{edge: 1, margin: n, gap: 2, right: true, step: 1},
		{edge: 1, margin: n, gap: 1, right: true, step: 1},
		{margin: n, gap: 1, step: 1},
	}
	if marks {
		shapes = shapes[:3]
	}
	for _, s := range shapes {
		s.w = w
		s.view = (level.columns-1)*s.step + 1
		if spare := w - s.view - s.around(); spare >= 0 {
			s.pad = spare / 2
			return s
		}
	}
	s := rowShape{w: w, margin: n, gap: 1, tail: 1, step: shapes[len(shapes)-1].step}
	if w-s.around() < 6 {
		s = rowShape{w: w, step: s.step}
	}
	s.view = max(1, w-s.around())
	return s
}

// scroll returns how many cells of seats lie to the left, changed by as little as
// keeps the cursor's column in sight with a few around it.
func (s *rowShape) scroll(left, column, columns int) int {
	whole := (columns-1)*s.step + 1
	if column >= 0 {
		around := min(3*s.step, (s.view-1)/2)
		x := column * s.step
		left = min(left, x-around)
		left = max(left, x+around-s.view+1)
	}
	return max(0, min(left, whole-s.view))
}

// drawnRow is a line of a level as it was last drawn.
type drawnRow struct {
	shape rowShape
	looks []look
	text  string
}

// drawRow returns a line of the level, drawn anew only if something in it has
// changed.
func (m *SeatMap) drawRow(level *levelLayout, line int, selected rect) string {
	d := &m.drawn
	for len(d.rows) <= m.level {
		d.rows = append(d.rows, nil)
	}
	if len(d.rows[m.level]) < len(level.lines) {
		d.rows[m.level] = make([]drawnRow, len(level.lines))
	}
	row := &d.rows[m.level][line]
	seats := &level.lines[line]
	cursor := m.cursors[m.level]
	d.looks = d.looks[:0]
	for _, s := range seats.seats {
		l := m.looks[s.no-1]
		if selected.top <= line && line <= selected.bottom && selected.left <= s.column && s.column <= selected.right {
			l |= selectedLook
		}
		if s.no == cursor {
			l |= cursorLook
		}
		d.looks = append(d.looks, l)
	}
	if row.text != "" && row.shape == d.grid && slices.Equal(row.looks, d.looks) {
		return row.text
	}
	row.shape = d.grid
	row.looks = append(row.looks[:0], d.looks...)
	m.paintRow(seats)
	row.text = d.canvas.String()
	return row.text
}

// paintRow puts a line of seats with the looks in d.looks onto the canvas.
func (m *SeatMap) paintRow(line *seatLine) {
	d, th := &m.drawn, m.theme
	c, s := &d.canvas, &d.grid
	c.clear(s.w)
	if len(line.seats) == 0 {
		return
	}
	ink := th.Dim
	x0, end := s.x0(), s.x0()+s.view
	before := -1 // the x of the seat before, in sight or not
	hiddenLeft, hiddenRight := false, false
	for i, seat := range line.seats {
		l := d.looks[i]
		if l&cursorLook != 0 {
			ink = th.Strong
		}
		x := x0 + seat.column*s.step - s.left
		switch {
		case x < x0:
			hiddenLeft = true
		case x >= end:
			hiddenRight = true
		default:
			m.paintSeat(x, l)
			if n := boxoffice.Width(seat.name); n > 0 && before >= x0 && x-before > n+2 {
				c.text(x-1-n, th.Dim, seat.name)
			}
		}
		before = x
	}
	// What lies between seats comes last, so that it goes where nothing stands.
	for i, seat := range line.seats {
		x := x0 + seat.column*s.step - s.left
		if x < x0 || x >= end {
			continue
		}
		l := d.looks[i]
		follows := i+1 < len(line.seats) && line.seats[i+1].column == seat.column+1
		switch {
		case l&selectedLook == 0:
		case th.Cursor == "":
			if i == 0 || d.looks[i-1]&selectedLook == 0 || line.seats[i-1].column != seat.column-1 {
				c.glyph(x-1, th.Text, th.Glyphs.CursorLeft)
			}
			if !follows || d.looks[i+1]&selectedLook == 0 {
				c.glyph(x+1, th.Text, th.Glyphs.CursorRight)
			}
		case follows && s.step > 1 && x+1 < end && d.looks[i+1]&selectedLook != 0:
			c.glyph(x+1, th.Cursor, " ")
		}
		if l&freshLook != 0 {
			at := x + 1
			if s.step == 1 || at == end && s.gap == 0 {
				at = s.pad // the edge of the row
			}
			if c.free(at) && (s.step > 1 || s.edge > 0) {
				c.glyph(at, th.Mark, th.Glyphs.Mark)
			}
		}
	}
	if s.margin > 0 {
		c.textRight(s.pad+s.edge+s.margin, ink, line.left, s.margin)
		if s.right {
			c.text(end+s.gap, ink, fit(th, line.right, s.margin))
		}
	}
	if hiddenLeft && s.gap > 0 && c.free(x0-1) {
		c.glyph(x0-1, th.Dim, m.leftMark())
	}
	if hiddenRight && c.free(end) {
		c.glyph(end, th.Dim, m.rightMark())
	}
}

func (m *SeatMap) paintSeat(x int, l look) {
	glyph, ink := m.glyph(l)
	if l&selectedLook != 0 && m.theme.Cursor != "" {
		ink = m.theme.Cursor
	}
	m.drawn.canvas.glyph(x, ink, glyph)
}

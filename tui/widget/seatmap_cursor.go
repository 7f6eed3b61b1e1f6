package widget

import (
	"slices"

	"wicket/boxoffice"
)

// Cursor returns the place under the cursor: of a general admission area its
// first. It is false where there is no place.
func (m *SeatMap) Cursor() (boxoffice.PlaceNo, bool) {
	if m.house == nil || m.level >= len(m.cursors) {
		return 0, false
	}
	no := m.cursors[m.level]
	return no, no != 0
}

// SetCursor puts the cursor on a place, on whatever level it is, and ends a
// range. A number the plan does not have changes nothing.
func (m *SeatMap) SetCursor(no boxoffice.PlaceNo) {
	m.anchor = 0
	m.stale = true
	m.put(no)
	m.wish = -1
}

func (m *SeatMap) put(no boxoffice.PlaceNo) {
	if m.house == nil {
		return
	}
	place, ok := m.house.plan.Place(no)
	if !ok {
		return
	}
	section := m.house.plan.Sections[place.Section]
	if section.Admission == boxoffice.GeneralAdmission {
		no = section.First
	}
	m.level = section.Level
	m.cursors[m.level] = no
	m.stale = true
}

// Area returns the general admission section the cursor is on, by its index in
// the plan; false where it is on a seat.
func (m *SeatMap) Area() (section int, ok bool) {
	no, ok := m.Cursor()
	if !ok {
		return 0, false
	}
	section = m.house.plan.Places[no-1].Section
	return section, m.house.plan.Sections[section].Admission == boxoffice.GeneralAdmission
}

// Move walks the cursor over the seats as they stand and ends a range: to the
// sides over aisles and gaps, up and down to the nearest seat of the next line
// that has any, keeping to its column where it can. Below the last line come the
// general admission areas. In the overview it walks sections.
func (m *SeatMap) Move(dx, dy int) {
	m.anchor = 0
	m.walk(dx, dy, true)
}

// Extend moves the cursor and selects what lies between it and where the first
// Extend began: a part of a line, or a rectangle over lines. Only seats can be
// selected so.
func (m *SeatMap) Extend(dx, dy int) {
	no, ok := m.Cursor()
	if _, area := m.Area(); !ok || area || m.overview {
		m.Move(dx, dy)
		return
	}
	if m.anchor == 0 {
		m.anchor = no
	}
	m.walk(dx, dy, false)
}

// Selection returns the places of the range by line and column, or the one under
// the cursor. In the overview only an area can be selected.
func (m *SeatMap) Selection() []boxoffice.PlaceNo {
	no, ok := m.Cursor()
	if !ok {
		return nil
	}
	if _, area := m.Area(); m.overview && !area {
		return nil
	}
	if m.anchor == 0 {
		return []boxoffice.PlaceNo{no}
	}
	var places []boxoffice.PlaceNo
	r := m.selected()
	lines := m.house.levels[m.level].lines
	for line := r.top; line <= r.bottom; line++ {
		for _, s := range lines[line].seats {
			if r.left <= s.column && s.column <= r.right {
				places = append(places, s.no)
			}
		}
	}
	return places
}

// ClearSelection ends a range. The cursor stays.
func (m *SeatMap) ClearSelection() {
	if m.anchor != 0 {
		m.anchor, m.stale = 0, true
	}
}

// rect is a part of a level's grid, its edges included.
type rect struct{ top, bottom, left, right int }

// selected returns the range, or the cursor alone; an empty one on an area.
func (m *SeatMap) selected() rect {
	no, ok := m.Cursor()
	if _, area := m.Area(); !ok || area {
		return rect{0, -1, 0, -1}
	}
	line, column := m.spot(no)
	r := rect{line, line, column, column}
	if m.anchor != 0 {
		line, column = m.spot(m.anchor)
		r = rect{min(r.top, line), max(r.bottom, line), min(r.left, column), max(r.right, column)}
	}
	return r
}

// spot returns where on its level's grid a seat stands.
func (m *SeatMap) spot(no boxoffice.PlaceNo) (line, column int) {
	p := m.house.plan.Places[no-1]
	return max(0, p.Line), max(0, p.Column)
}

func (m *SeatMap) walk(dx, dy int, areas bool) {
	if _, ok := m.Cursor(); !ok && !m.overview {
		return
	}
	m.stale = true
	for ; dy < 0; dy++ {
		m.walkLines(-1, areas)
	}
	for ; dy > 0; dy-- {
		m.walkLines(1, areas)
	}
	if dx != 0 && !m.overview {
		m.walkSeats(dx)
	}
}

func (m *SeatMap) walkSeats(dx int) {
	no, _ := m.Cursor()
	if _, area := m.Area(); area {
		return
	}
	line, _ := m.spot(no)
	seats := m.house.levels[m.level].lines[line].seats
	i := m.house.levels[m.level].lines[line].index(no)
	m.cursors[m.level] = seats[max(0, min(i+dx, len(seats)-1))].no
	m.wish = -1
}

func (m *SeatMap) walkLines(d int, areas bool) {
	if m.overview {
		m.walkSections(d)
		return
	}
	level := &m.house.levels[m.level]
	no, _ := m.Cursor()
	line := 0
	section, area := m.Area()
	if area {
		i := slices.Index(level.areas, section) + d
		switch {
		case i >= len(level.areas):
			return
		case i >= 0:
			m.cursors[m.level] = m.house.plan.Sections[level.areas[i]].First
			return
		}
		line = len(level.lines)
		if m.wish < 0 {
			m.wish = level.columns / 2
		}
	} else {
		var column int
		line, column = m.spot(no)
		if m.wish < 0 {
			m.wish = column
		}
	}
	for line += d; line >= 0 && line < len(level.lines); line += d {
		if next := level.lines[line].nearest(m.wish); next != 0 {
			m.cursors[m.level] = next
			return
		}
	}
	if d > 0 && areas && !area && len(level.areas) > 0 {
		m.cursors[m.level] = m.house.plan.Sections[level.areas[0]].First
	}
}

// walkSections goes to the next section of the overview. The cursor of a level
// stays where it was among the seats of its section.
func (m *SeatMap) walkSections(d int) {
	if m.house == nil {
		return
	}
	at := m.listedAt()
	for i := at + d; i >= 0 && i < len(m.house.list); i += d {
		if item := m.house.list[i]; item.kind == sectionItem {
			s := m.house.plan.Sections[item.index]
			if m.level != s.Level || !s.Has(m.cursors[m.level]) {
				m.level = s.Level
				if !s.Has(m.cursors[m.level]) {
					m.put(s.First)
				}
			}
			m.wish = -1
			return
		}
	}
}

// listedAt returns which line of the overview the cursor is on, -1 for none.
func (m *SeatMap) listedAt() int {
	no, ok := m.Cursor()
	if !ok {
		return -1
	}
	section := m.house.plan.Places[no-1].Section
	return slices.IndexFunc(m.house.list, func(i listItem) bool { return i.kind == sectionItem && i.index == section })
}

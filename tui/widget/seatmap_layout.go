package widget

import (
	"slices"

	"wicket/boxoffice"
)

// maxRowName is how many cells the name of a row may take beside the map.
const maxRowName = 6

// houseLayout is a plan as the map walks and draws it. It never changes.
type houseLayout struct {
	from   *boxoffice.Plan // the picture's
	plan   *boxoffice.Plan // the same, its names safe to draw
	levels []levelLayout
	list   []listItem // the overview
	named  int        // cells of the overview's longest name
}

type levelLayout struct {
	lines    []seatLine
	columns  int
	margin   int   // cells of the longest name of a row
	areas    []int // its GA sections, by index into Plan.Sections
	areaName int   // cells of their longest name
}

// seatLine is one line of a level's grid, its seats from left to right.
type seatLine struct {
	seats       []seatAt
	left, right string // names of the rows at its ends
}

type seatAt struct {
	no     boxoffice.PlaceNo
	column int
	name   string // of the row that begins here, in the middle of a line
}

// listItem is a line of the overview.
type listItem struct {
	kind  itemKind
	index int  // of the level, section or zone
	inner bool // a section below its level's name
}

type itemKind uint8

const (
	levelItem itemKind = iota
	sectionItem
	totalItem
	gapItem
	zoneItem
)

func layHouse(from *boxoffice.Plan) *houseLayout {
	plan := cleanNames(from)
	h := &houseLayout{from: from, plan: plan, levels: make([]levelLayout, len(plan.Levels))}
	for i, l := range plan.Levels {
		h.levels[i].lines = make([]seatLine, max(0, l.Lines))
		h.levels[i].columns = max(0, l.Columns)
	}
	for i, s := range plan.Sections {
		level := &h.levels[s.Level]
		if s.Admission == boxoffice.GeneralAdmission {
			level.areas = append(level.areas, i)
			level.areaName = max(level.areaName, boxoffice.Width(s.Name))
			continue
		}
		for no := s.First; no <= s.Last; no++ {
			place := plan.Places[no-1]
			level.add(place)
		}
	}
	for i := range h.levels {
		h.levels[i].name(plan)
	}
	h.listAll()
	return h
}

// cleanNames returns the plan with names that are safe to draw: the plan itself
// where they all are.
func cleanNames(plan *boxoffice.Plan) *boxoffice.Plan {
	clean := *plan
	clean.Levels, clean.Sections = slices.Clone(plan.Levels), slices.Clone(plan.Sections)
	clean.Zones, clean.Places = slices.Clone(plan.Zones), slices.Clone(plan.Places)
	changed := false
	tidy := func(name *string) {
		if c := boxoffice.Clean(*name); c != *name {
			*name, changed = c, true
		}
	}
	for i := range clean.Levels {
		tidy(&clean.Levels[i].Name)
	}
	for i := range clean.Sections {
		tidy(&clean.Sections[i].Name)
	}
	for i := range clean.Zones {
		tidy(&clean.Zones[i].Name)
	}
	for i := range clean.Places {
		tidy(&clean.Places[i].Row)
		tidy(&clean.Places[i].Seat)
	}
	if !changed {
		return plan
	}
	return &clean
}

func (l *levelLayout) add(place boxoffice.Place) {
	line, column := max(0, place.Line), max(0, place.Column)
	for len(l.lines) <= line {
		l.lines = append(l.lines, seatLine{})
	}
	l.columns = max(l.columns, column+1)
	l.margin = min(maxRowName, max(l.margin, boxoffice.Width(place.Row)))
	l.lines[line].seats = append(l.lines[line].seats, seatAt{no: place.No, column: column})
}

// name puts the names of rows to the ends of lines, and where a row of another
// section begins inside a line, in front of it.
func (l *levelLayout) name(plan *boxoffice.Plan) {
	for i := range l.lines {
		line := &l.lines[i]
		if len(line.seats) == 0 {
			continue
		}
		slices.SortStableFunc(line.seats, func(a, b seatAt) int { return a.column - b.column })
		last := plan.Places[line.seats[len(line.seats)-1].no-1]
		line.left, line.right = plan.Places[line.seats[0].no-1].Row, last.Row
		for j := 1; j < len(line.seats); j++ {
			a, b := plan.Places[line.seats[j-1].no-1], plan.Places[line.seats[j].no-1]
			if a.Section != b.Section && a.Row != b.Row && b.Row != last.Row {
				line.seats[j].name = b.Row
			}
		}
	}
}

// first returns where a cursor starts: on the place nearest the middle of the row
// nearest the stage that has one that is free, or on the first area with such a
// place. In a level without any it is the middle of the first row, or the first
// area; zero in an empty one.
func (l *levelLayout) first(plan *boxoffice.Plan, free func(boxoffice.PlaceNo) bool) (no boxoffice.PlaceNo, isFree bool) {
	for i := range l.lines {
		if plan.Stage == boxoffice.EdgeBottom {
			i = len(l.lines) - 1 - i
		}
		if at := l.lines[i].nearestOf(l.columns/2, free); at != 0 {
			return at, true
		}
		if no == 0 {
			no = l.lines[i].nearest(l.columns / 2)
		}
	}
	for _, a := range l.areas {
		s := plan.Sections[a]
		for at := s.First; at <= s.Last; at++ {
			if free(at) {
				return s.First, true
			}
		}
		if no == 0 {
			no = s.First
		}
	}
	return no, false
}

// nearest returns the line's seat nearest a column; zero where it has none.
func (l *seatLine) nearest(column int) boxoffice.PlaceNo {
	return l.nearestOf(column, func(boxoffice.PlaceNo) bool { return true })
}

// nearestOf is nearest among the seats that are wanted.
func (l *seatLine) nearestOf(column int, wanted func(boxoffice.PlaceNo) bool) boxoffice.PlaceNo {
	best, away := boxoffice.PlaceNo(0), 0
	for _, s := range l.seats {
		if !wanted(s.no) {
			continue
		}
		d := s.column - column
		if d < 0 {
			d = -d
		}
		if best == 0 || d < away {
			best, away = s.no, d
		}
	}
	return best
}

// index returns where in the line a seat stands, -1 where it does not.
func (l *seatLine) index(no boxoffice.PlaceNo) int {
	return slices.IndexFunc(l.seats, func(s seatAt) bool { return s.no == no })
}

// listAll lists what the overview shows: the sections, below the name of their
// level where it has more than one; all of them together; the zones.
func (h *houseLayout) listAll() {
	byLevel := make([][]int, len(h.levels))
	for i, s := range h.plan.Sections {
		byLevel[s.Level] = append(byLevel[s.Level], i)
	}
	add := func(item listItem, name string, indent int) {
		h.list = append(h.list, item)
		h.named = max(h.named, indent+boxoffice.Width(name))
	}
	for level, sections := range byLevel {
		inner := len(sections) > 1 && len(h.levels) > 1
		if inner {
			add(listItem{kind: levelItem, index: level}, h.plan.Levels[level].Name, 0)
		}
		for _, s := range sections {
			add(listItem{sectionItem, s, inner}, h.plan.Sections[s].Name, 2*count(inner))
		}
	}
	if len(h.plan.Sections) > 1 {
		add(listItem{kind: totalItem}, totalName, 0)
	}
	if len(h.plan.Zones) > 0 {
		add(listItem{kind: gapItem}, "", 0)
	}
	for i, z := range h.plan.Zones {
		add(listItem{kind: zoneItem, index: i}, z.Name, 2)
	}
}

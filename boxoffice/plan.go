package boxoffice

import (
	"fmt"
	"strings"
)

// Plan is a seating plan: the geometry of a house. It does not change once
// performances stand on it; a changed house is a new plan.
type Plan struct {
	ID   PlanID
	Name string
	// Stage says at which edge of the drawing the stage is.
	Stage Edge
	// Zones are the plan's price categories, dearest first. A place names its
	// zone by index.
	Zones []Zone
	// Levels are what a screen shows one at a time: parts of the house that
	// would lie on top of each other in one drawing.
	Levels   []Level
	Sections []Section
	// Places are in plan order: Places[i].No == i+1.
	Places []Place
}

// Edge is a side of the drawing.
type Edge string

// The edges a stage can be at.
const (
	EdgeTop    Edge = "top"
	EdgeBottom Edge = "bottom"
	EdgeNone   Edge = ""
)

// Zone is a price category: money, not geometry.
type Zone struct {
	Name string
}

// Level is one tab of the seat map, a grid of Lines × Columns cells.
type Level struct {
	Name    string
	Lines   int
	Columns int
}

// Admission says whether a section's places have seats.
type Admission string

// The two kinds of section.
const (
	Reserved         Admission = "reserved"
	GeneralAdmission Admission = "ga"
)

// Section is a part of the house that has a name of its own. A GA section has
// as many places as its capacity, none of them with a row or a seat.
type Section struct {
	Name      string
	Level     int // index into Plan.Levels
	Admission Admission
	// First and Last bound the section's places: they are consecutive.
	First, Last PlaceNo
}

// Capacity returns how many places the section has.
func (s Section) Capacity() int { return int(s.Last-s.First) + 1 }

// Has reports whether no is a place of the section.
func (s Section) Has(no PlaceNo) bool { return s.First <= no && no <= s.Last }

// Feature is what is special about a place, as a bit set.
type Feature uint8

// The features a plan can give a place.
const (
	Wheelchair     Feature = 1 << iota // a space for a wheelchair, no chair
	Companion                          // beside a wheelchair space, kept for who comes along
	RestrictedView                     // sold with a warning
)

// Has reports whether all of want are set.
func (f Feature) Has(want Feature) bool { return f&want == want }

// Place is one seat, or one GA place.
//
// Seats are laid on their level's grid: two seats are neighbours when they have
// the same section, row and Line and their Columns differ by one. A gap of two
// or more columns in a row is an aisle.
type Place struct {
	No       PlaceNo
	Section  int // index into Plan.Sections
	Zone     int // index into Plan.Zones
	Row      string
	Seat     string
	Line     int // 0 at the top of the drawing
	Column   int // 0 at its left
	Features Feature
	// Key is the place's own key in the file the plan came from.
	Key string
}

// Place returns the place numbered no, and whether there is one.
func (p *Plan) Place(no PlaceNo) (Place, bool) {
	if no < 1 || int(no) > len(p.Places) {
		return Place{}, false
	}
	return p.Places[no-1], true
}

// SectionOf returns the section of a place; no must be a place of the plan.
func (p *Plan) SectionOf(no PlaceNo) Section { return p.Sections[p.Places[no-1].Section] }

// Label names a place within its section as a clerk says it: row and seat
// joined («B12»), or with a hyphen where the row ends in a digit («5-12»).
// A GA place has none and returns the empty string.
func (p Place) Label() string {
	if p.Row == "" {
		return p.Seat
	}
	if last := p.Row[len(p.Row)-1]; last >= '0' && last <= '9' || len(p.Row) > 2 {
		return p.Row + "-" + p.Seat
	}
	return p.Row + p.Seat
}

// Labels names several places in few words: «B12 B13», «3 Floor».
func (p *Plan) Labels(places []PlaceNo) string {
	words := make([]string, 0, len(places))
	area, at := map[int]int{}, map[int]int{} // by section: its places without a seat, and their word
	for _, no := range places {
		place, ok := p.Place(no)
		if !ok {
			continue
		}
		if label := place.Label(); label != "" {
			words = append(words, label)
			continue
		}
		s, name := place.Section, p.Sections[place.Section].Name
		if area[s]++; area[s] == 1 {
			at[s], words = len(words), append(words, name)
		} else {
			words[at[s]] = fmt.Sprintf("%d %s", area[s], name)
		}
	}
	return strings.Join(words, " ")
}

// Neighbours reports whether a and b are seats side by side, no aisle between.
func Neighbours(a, b Place) bool {
	d := a.Column - b.Column
	return a.Section == b.Section && a.Row == b.Row && a.Line == b.Line && (d == 1 || d == -1)
}

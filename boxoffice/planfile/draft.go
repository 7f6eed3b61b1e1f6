package planfile

import (
	"fmt"
	"math"
	"strings"

	"wicket/boxoffice"
)

// A draft is what a file says, before it is a plan: sections as the file has
// them, rows of seats with drawn positions.
type draft struct {
	name string
	// categories are what the file declares, in its order; seats may name others.
	categories []string
	sections   []*section
	areas      []*area
	stages     []mark
	stage      boxoffice.Edge // what the file says outright
	stageSaid  bool
	keys       map[string]bool // of all seats, once each has its own
}

type section struct {
	where string
	name  string // as people will read it
	drawn string // as the file has it, before blocks were split
	level string // the level's name where the file says it
	rows  []*row
	// upTo is the level index once levels are known.
	upTo int
	// loose is set where the file does not say where the seats are.
	loose bool
}

type row struct {
	where string
	label string
	seats []*seat
}

type seat struct {
	row      *row
	at       int // index in the row (JSON) or line (CSV)
	key      string
	number   string
	category string
	zone     int
	features boxoffice.Feature
	placed   bool
	x, y     float64 // as drawn
	u, v     float64 // as drawn, blocks turned straight
	line     int
	column   int
}

// area is a GA area.
type area struct {
	where, name, category, level string
	capacity                     int
	zone, upTo                   int
}

// mark is a spot the file calls the stage.
type mark struct {
	where, words string
	x, y         float64
	placed       bool
	after        bool // everything else came before it in the file
}

func (s *seat) where() string {
	if s.row.where == "" {
		return fmt.Sprintf("line %d", s.at)
	}
	return fmt.Sprintf("%s.seats[%d]", s.row.where, s.at)
}

func (r *row) place(sec *section) string {
	if r.label == "" {
		return sec.name
	}
	return sec.name + ", row " + r.label
}

func (s *seat) place(sec *section) string {
	words := s.row.place(sec)
	if s.number != "" {
		words += ", seat " + s.number
	}
	return words
}

func (s *section) count() int {
	n := 0
	for _, r := range s.rows {
		n += len(r.seats)
	}
	return n
}

func (s *section) each(do func(*seat)) {
	for _, r := range s.rows {
		for _, p := range r.seats {
			do(p)
		}
	}
}

// How long the texts of a plan may be, in characters.
const (
	nameLength  = 60
	labelLength = 12
	keyLength   = 200
)

// tidy makes a text from a file fit for a screen.
func tidy(s string, length int) string {
	s = boxoffice.Clean(s)
	if t := boxoffice.Shorten(s, length); t != s {
		return boxoffice.Clean(t)
	}
	return s
}

// quote puts a text from a file into a finding.
func quote(s string) string { return "«" + tidy(s, 40) + "»" }

// tidied is tidy for texts that end up in the plan: a change is a finding.
func (r *Report) tidied(s string, length int, where func() string) string {
	t := tidy(s, length)
	if t != s && t != strings.TrimSpace(s) {
		r.repair("text that does not show as written", where(), "", fmt.Sprintf("%+q", cut(s, 40)), "reads "+quote(t))
	}
	return t
}

func cut(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// furthest is the largest coordinate a drawing may have. Beyond it lies nothing
// but a mistake, and arithmetic that loses seats.
const furthest = 1e6

func sane(v float64) bool { return !math.IsNaN(v) && math.Abs(v) <= furthest }

package planfile

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// Summary is a plan in figures.
type Summary struct {
	Name                              string
	Stage                             boxoffice.Edge
	Places                            int
	Seats                             int // places with a seat
	Standing                          int // GA places
	Wheelchair, Companion, Restricted int
	Levels                            []LevelFigures
	Sections                          []SectionFigures
	Zones                             []ZoneFigures
}

// LevelFigures are the size of a level's map and how many places it has.
type LevelFigures struct {
	Name           string
	Lines, Columns int
	Places         int
}

// SectionFigures are how many rows and places a section has.
type SectionFigures struct {
	Name, Level  string
	Admission    boxoffice.Admission
	Rows, Places int
}

// ZoneFigures are how many places a zone has.
type ZoneFigures struct {
	Name   string
	Places int
}

// Summarise counts a plan.
func Summarise(p *boxoffice.Plan) Summary {
	s := Summary{Name: p.Name, Stage: p.Stage, Places: len(p.Places)}
	for _, l := range p.Levels {
		s.Levels = append(s.Levels, LevelFigures{Name: l.Name, Lines: l.Lines, Columns: l.Columns})
	}
	for _, z := range p.Zones {
		s.Zones = append(s.Zones, ZoneFigures{Name: z.Name})
	}
	for _, sec := range p.Sections {
		rows := map[string]bool{}
		for no := sec.First; no <= sec.Last; no++ {
			q := p.Places[no-1]
			s.Zones[q.Zone].Places++
			s.count(q.Features)
			if sec.Admission == boxoffice.Reserved {
				rows[q.Row] = true
				s.Seats++
			} else {
				s.Standing++
			}
		}
		s.Levels[sec.Level].Places += sec.Capacity()
		s.Sections = append(s.Sections, SectionFigures{
			Name: sec.Name, Level: p.Levels[sec.Level].Name, Admission: sec.Admission, Rows: len(rows), Places: sec.Capacity(),
		})
	}
	return s
}

func (s *Summary) count(f boxoffice.Feature) {
	if f.Has(boxoffice.Wheelchair) {
		s.Wheelchair++
	}
	if f.Has(boxoffice.Companion) {
		s.Companion++
	}
	if f.Has(boxoffice.RestrictedView) {
		s.Restricted++
	}
}

// String returns the summary as lines for a person.
func (s Summary) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d places, %d seats and %d GA; stage %s\n", s.Name, s.Places, s.Seats, s.Standing, edgeWords(s.Stage))
	fmt.Fprintf(&b, "%s, %s, %s\n", many(s.Wheelchair, "wheelchair space"), many(s.Companion, "companion"), many(s.Restricted, "restricted view"))
	b.WriteString("Levels\n")
	for _, l := range s.Levels {
		fmt.Fprintf(&b, "  %s %6d places, %s by %s\n", boxoffice.Pad(l.Name, 32), l.Places, many(l.Lines, "line"), many(l.Columns, "column"))
	}
	b.WriteString("Sections\n")
	for _, sec := range s.Sections {
		what := many(sec.Rows, "row")
		if sec.Admission == boxoffice.GeneralAdmission {
			what = "general admission"
		}
		fmt.Fprintf(&b, "  %s %6d places, %s\n", boxoffice.Pad(sec.Name, 32), sec.Places, what)
	}
	b.WriteString("Zones\n")
	for _, z := range s.Zones {
		fmt.Fprintf(&b, "  %s %6d places\n", boxoffice.Pad(z.Name, 32), z.Places)
	}
	return b.String()
}

func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

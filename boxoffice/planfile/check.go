package planfile

import (
	"fmt"

	"wicket/boxoffice"
)

// Check reports the first promise of this package that a plan does not keep, or
// nil. A plan that [Read] returned keeps them all.
func Check(p *boxoffice.Plan) error {
	if p.Name == "" || len(p.Places) == 0 || len(p.Sections) == 0 || len(p.Levels) == 0 || len(p.Zones) == 0 {
		return fmt.Errorf("the plan lacks a name, places, sections, levels or zones")
	}
	if err := checkTexts(p); err != nil {
		return err
	}
	next := boxoffice.PlaceNo(1)
	sections := map[string]bool{}
	for i, s := range p.Sections {
		switch {
		case s.First != next || s.Last < s.First || int(s.Last) > len(p.Places):
			return fmt.Errorf("section %s has places %d to %d, and %d is next", s.Name, s.First, s.Last, next)
		case s.Level < 0 || s.Level >= len(p.Levels):
			return fmt.Errorf("section %s is on level %d of %d", s.Name, s.Level, len(p.Levels))
		case sections[s.Name]:
			return fmt.Errorf("two sections are called %s", s.Name)
		case s.Admission != boxoffice.Reserved && s.Admission != boxoffice.GeneralAdmission:
			return fmt.Errorf("section %s is neither reserved nor GA", s.Name)
		}
		sections[s.Name] = true
		for no := s.First; no <= s.Last; no++ {
			if q := p.Places[no-1]; q.No != no || q.Section != i {
				return fmt.Errorf("place %d says it is %d of section %d, not %d", no, q.No, q.Section, i)
			}
		}
		next = s.Last + 1
	}
	if int(next) != len(p.Places)+1 {
		return fmt.Errorf("%d places are in no section", len(p.Places)+1-int(next))
	}
	return checkPlaces(p)
}

func checkPlaces(p *boxoffice.Plan) error {
	type spot struct{ level, line, column int }
	type name struct {
		section   int
		row, seat string
	}
	spots, names, keys := map[spot]bool{}, map[name]bool{}, map[string]bool{}
	for _, q := range p.Places {
		s := p.Sections[q.Section]
		switch {
		case q.Zone < 0 || q.Zone >= len(p.Zones):
			return fmt.Errorf("place %d is in zone %d of %d", q.No, q.Zone, len(p.Zones))
		case q.Key == "" || keys[q.Key]:
			return fmt.Errorf("place %d has no key of its own: %q", q.No, q.Key)
		}
		keys[q.Key] = true
		if s.Admission == boxoffice.GeneralAdmission {
			if q.Row != "" || q.Seat != "" {
				return fmt.Errorf("GA place %d has a row or seat", q.No)
			}
			continue
		}
		l := p.Levels[s.Level]
		at, n := spot{s.Level, q.Line, q.Column}, name{q.Section, q.Row, q.Seat}
		switch {
		case q.Line < 0 || q.Line >= l.Lines || q.Column < 0 || q.Column >= l.Columns:
			return fmt.Errorf("place %d is at line %d, column %d of a map of %d by %d", q.No, q.Line, q.Column, l.Lines, l.Columns)
		case spots[at]:
			return fmt.Errorf("place %d is at line %d, column %d, where another is", q.No, q.Line, q.Column)
		case q.Seat == "" || names[n]:
			return fmt.Errorf("place %d has no name of its own: %s %s", q.No, s.Name, q.Label())
		}
		spots[at], names[n] = true, true
	}
	return nil
}

// checkTexts reports a text that is not fit for a screen.
func checkTexts(p *boxoffice.Plan) error {
	texts := []string{p.Name}
	for _, z := range p.Zones {
		texts = append(texts, z.Name)
	}
	for _, l := range p.Levels {
		texts = append(texts, l.Name)
	}
	for _, s := range p.Sections {
		texts = append(texts, s.Name)
	}
	for i, t := range texts {
		if t == "" || boxoffice.Clean(t) != t {
			return fmt.Errorf("text %d is empty or not fit to show: %q", i+1, t)
		}
	}
	for _, q := range p.Places {
		for _, t := range []string{q.Row, q.Seat, q.Key} {
			if boxoffice.Clean(t) != t {
				return fmt.Errorf("place %d has a text not fit to show: %q", q.No, t)
			}
		}
	}
	return nil
}

package planfile

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// levelName is what the wicket key says about one section.
type levelName struct{ where, section, level string }

// wicket reads the top-level key of our own.
func (p *pretix) wicket() error {
	_, err := p.object(func(key string) error {
		switch key {
		case "stage":
			return p.stage()
		case "levels":
			_, err := p.object(func(name string) error {
				level := ""
				err := p.text(&level, nameLength)
				p.levels = append(p.levels, levelName{p.where(), tidy(name, nameLength), level})
				return err
			})
			return err
		case "ga":
			return p.array(p.ga)
		default:
			return p.extra("wicket", key)
		}
	})
	return err
}

// nameLevels tells the sections which levels the wicket key gives them.
func (p *pretix) nameLevels() {
	said := map[string]string{}
	for _, l := range p.levels {
		said[l.section] = l.level
	}
	known := map[string]bool{}
	for _, s := range p.draft.sections {
		s.level, known[s.name] = said[s.name], true
	}
	for _, l := range p.levels {
		if !known[l.section] {
			p.report.note("level of no zone", l.where, "", "there is no zone "+quote(l.section), "left out")
		}
	}
}

func (p *pretix) stage() error {
	words := ""
	if err := p.text(&words, nameLength); err != nil {
		return err
	}
	switch strings.ToLower(words) {
	case "top":
		p.draft.stage, p.draft.stageSaid = boxoffice.EdgeTop, true
	case "bottom":
		p.draft.stage, p.draft.stageSaid = boxoffice.EdgeBottom, true
	case "none", "":
		p.draft.stageSaid = true
	default:
		p.report.repair("stage nobody knows", p.where(), "", quote(words), "looked for it in the drawing; write top, bottom or none")
	}
	return nil
}

func (p *pretix) ga(int) error {
	a := &area{where: p.where()}
	capacity := ""
	found, err := p.object(func(key string) error {
		switch key {
		case "name":
			return p.text(&a.name, nameLength)
		case "zone":
			return p.text(&a.category, nameLength)
		case "level":
			return p.text(&a.level, nameLength)
		case "capacity":
			t, err := p.scalar()
			if t != nil {
				capacity = fmt.Sprint(t)
			}
			return err
		default:
			return p.extra("a GA area", key)
		}
	})
	if found && err == nil {
		err = p.part()
		a.capacity = p.report.capacity(capacity, a)
		p.draft.areas = append(p.draft.areas, a)
	}
	return err
}

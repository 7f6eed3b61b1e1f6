package planfile

import "encoding/json"

// readPretix reads a seating plan in the shape of the pretix editor; nil where
// the JSON itself is broken.
func (r *Report) readPretix(data []byte) *draft {
	p := &pretix{walker: newWalker(data, r), draft: &draft{}}
	err := p.root()
	if err == nil {
		err = p.end()
	}
	if err != nil {
		p.broken(err)
		return nil
	}
	p.reportExtras()
	p.nameLevels()
	if p.zones == 0 && len(p.draft.areas) == 0 && r.Count(Refused) == 0 {
		r.refuse("no zones", "zones", "", "the plan has no zones", "check that this is a seating plan and not an event or a layout of something else")
	}
	return p.draft
}

type pretix struct {
	*walker
	draft  *draft
	zones  int
	places int
	parts  int // zones, rows and areas
	levels []levelName
}

func (p *pretix) root() error {
	var keys []string
	_, err := p.object(func(key string) error {
		switch key {
		case "name":
			return p.text(&p.draft.name, nameLength)
		case "zones":
			p.once(&keys, key)
			return p.array(p.zone)
		case "categories":
			p.once(&keys, key)
			return p.array(p.category)
		case "size":
			return p.wholes("width", "height")
		case "wicket":
			p.once(&keys, key)
			return p.wicket()
		default:
			return p.extra("the plan", key)
		}
	})
	return err
}

func (p *pretix) category(int) error {
	name := ""
	_, err := p.object(func(key string) error {
		switch key {
		case "name":
			return p.text(&name, nameLength)
		case "color":
			return p.skip()
		default:
			return p.extra("a category", key)
		}
	})
	if name != "" {
		p.draft.categories = append(p.draft.categories, name)
	}
	return err
}

func (p *pretix) zone(int) error {
	var keys []string
	var x, y float64
	s := &section{where: p.where()}
	var stages []mark
	found, err := p.object(func(key string) (err error) {
		switch key {
		case "name":
			err = p.text(&s.name, nameLength)
		case "position":
			x, y, _, err = p.point()
		case "rows":
			p.once(&keys, key)
			err = p.array(func(int) error { return p.row(s) })
		case "areas":
			err = p.array(func(int) error {
				m, err := p.area()
				if err == nil && m.words != "" {
					stages = append(stages, m)
				}
				return err
			})
		case "zone_id", "uuid":
			err = p.skip()
		default:
			err = p.extra("a zone", key)
		}
		return err
	})
	if err != nil || !found {
		return err
	}
	if err := p.part(); err != nil {
		return err
	}
	p.zones++
	s.each(func(q *seat) { q.x, q.y = q.x+x, q.y+y })
	for _, m := range stages {
		m.x, m.y = m.x+x, m.y+y
		if saysStage(m.words) {
			p.draft.stages = append(p.draft.stages, m)
		}
	}
	if saysStage(s.name) && len(s.rows) == 0 {
		m := mark{where: s.where, words: s.name, x: x, y: y, placed: true}
		if len(stages) > 0 {
			m.x, m.y = stages[0].x+x, stages[0].y+y
		}
		p.draft.stages = append(p.draft.stages, m)
		return nil
	}
	p.draft.sections = append(p.draft.sections, s)
	return nil
}

func (p *pretix) row(s *section) error {
	var keys []string
	var x, y float64
	r := &row{where: p.where()}
	found, err := p.object(func(key string) (err error) {
		switch key {
		case "row_number":
			err = p.text(&r.label, labelLength)
		case "position":
			x, y, _, err = p.point()
		case "seats":
			p.once(&keys, key)
			err = p.array(func(i int) error { return p.seat(r, i) })
		case "row_number_position", "row_label", "seat_label", "uuid":
			err = p.skip()
		default:
			err = p.extra("a row", key)
		}
		return err
	})
	if err != nil || !found {
		return err
	}
	if err := p.part(); err != nil {
		return err
	}
	for _, q := range r.seats {
		q.x, q.y = q.x+x, q.y+y
	}
	s.rows = append(s.rows, r)
	return nil
}

// part counts a zone, row or area; too many are an error.
func (p *pretix) part() error {
	if p.parts++; p.parts > MaxPlaces {
		return errCrowded
	}
	return nil
}

func (p *pretix) seat(r *row, at int) error {
	q := &seat{row: r, at: at}
	found, err := p.object(func(key string) (err error) {
		switch key {
		case "seat_number":
			err = p.text(&q.number, labelLength)
		case "seat_guid":
			err = p.text(&q.key, keyLength)
		case "category":
			err = p.text(&q.category, nameLength)
		case "position":
			q.x, q.y, q.placed, err = p.point()
		case "wheelchair", "companion", "restricted", "restricted_view":
			err = p.flag(q, key)
		case "flags":
			err = p.flags(q)
		case "radius", "start_direction", "uuid":
			err = p.skip()
		default:
			err = p.extra("a seat", key)
		}
		return err
	})
	if err != nil || !found {
		return err
	}
	if p.places++; p.places > MaxPlaces {
		return errEnough
	}
	r.seats = append(r.seats, q)
	return nil
}

func (p *pretix) flag(q *seat, key string) error {
	t, err := p.scalar()
	switch t {
	case true, "true", "yes", json.Number("1"):
		f, _ := features(key)
		q.features |= f
	}
	return err
}

func (p *pretix) flags(q *seat) error {
	t, err := p.scalar()
	if words, ok := t.(string); ok {
		f, unknown := features(words)
		q.features |= f
		p.report.unknownFlags(unknown, p.where)
	}
	return err
}

// area reads a decoration and returns where it is and what it says, if it says
// anything.
func (p *pretix) area() (mark, error) {
	m := mark{where: p.where(), placed: true}
	var tx, ty float64
	_, err := p.object(func(key string) (err error) {
		switch key {
		case "position":
			m.x, m.y, _, err = p.point()
		case "text":
			_, err = p.object(func(key string) (err error) {
				switch key {
				case "text":
					err = p.text(&m.words, nameLength)
				case "position":
					tx, ty, _, err = p.point()
				default:
					err = p.skip()
				}
				return err
			})
		case "rectangle":
			err = p.wholes("width", "height")
		default:
			err = p.skip()
		}
		return err
	})
	m.x, m.y = m.x+tx, m.y+ty
	return m, err
}

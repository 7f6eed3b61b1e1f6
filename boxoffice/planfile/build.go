package planfile

import (
	"cmp"
	"fmt"
	"slices"

	"wicket/boxoffice"
)

// zones makes the plan's zones of the categories that places have, in the order
// of the file, and tells every seat and area its own.
func (d *draft) zones(report *Report) []boxoffice.Zone {
	declared := map[string]bool{}
	for _, c := range d.categories {
		declared[c] = true
	}
	var order []string
	index := map[string]int{}
	use := func(c, where, place string) int {
		n, ok := index[c]
		if !ok {
			n = len(order)
			index[c] = n
			order = append(order, c)
			if len(d.categories) > 0 && !declared[c] {
				report.repair("category that is not declared", where, place, "the category "+quote(c)+" is not in the list of categories", "made a zone of it")
			}
		}
		return n
	}
	if len(d.categories) == 0 && !slices.ContainsFunc(d.sections, (*section).categorised) && len(d.sections) > 1 {
		one := len(d.sections) > manyZones
		if one {
			report.note("no categories", "", "", "no seat has a category", "made one zone of all of them")
		} else {
			report.note("no categories", "", "", "no seat has a category", "made every section a zone of its own")
		}
		for _, s := range d.sections {
			s.each(func(p *seat) {
				if p.category = s.drawn; one {
					p.category = "All seats"
				}
			})
		}
	}
	for _, s := range d.sections {
		s.fillCategories(report)
		s.each(func(p *seat) { p.zone = use(p.category, p.where(), p.place(s)) })
	}
	for _, a := range d.areas {
		a.category = firstOf(a.category, a.name)
		if len(d.categories) > 0 {
			declared[a.category] = true // pretix knows no GA, so its list need not have it
		}
		a.zone = use(a.category, a.where, a.name)
	}
	if len(order) > mostZones {
		report.refuse("too many zones", "", "", fmt.Sprintf("the plan has %d zones; the most is %d", len(order), mostZones), "check which column or key names the zone")
		return nil
	}
	return d.sortZones(order, report)
}

// Nobody prices more than mostZones categories, nor more than manyZones that no
// file asked for.
const (
	mostZones = 200
	manyZones = 40
)

// sortZones puts declared categories first, in their order, and renumbers.
func (d *draft) sortZones(order []string, report *Report) []boxoffice.Zone {
	var names []string
	for _, c := range d.categories {
		switch {
		case slices.Contains(names, c):
		case slices.Contains(order, c):
			names = append(names, c)
		default:
			report.note("category without places", "categories", c, "no place has this category", "left out")
		}
	}
	for _, c := range order {
		if !slices.Contains(names, c) {
			names = append(names, c)
		}
	}
	to := make([]int, len(order))
	for i, c := range order {
		to[i] = slices.Index(names, c)
	}
	for _, s := range d.sections {
		s.each(func(p *seat) { p.zone = to[p.zone] })
	}
	for _, a := range d.areas {
		a.zone = to[a.zone]
	}
	zones := make([]boxoffice.Zone, len(names))
	for i, name := range names {
		zones[i] = boxoffice.Zone{Name: name}
	}
	return zones
}

// fillCategories gives seats without a category that of most seats of their row;
// a section without any is a zone of its own.
func (s *section) fillCategories(report *Report) {
	missing := false
	s.each(func(p *seat) { missing = missing || p.category == "" })
	if !missing {
		return
	}
	some := s.categorised()
	if !some {
		report.note("no categories", s.where, s.name, "no seat of the section has a category", "made it a zone of its own")
	}
	for _, r := range s.rows {
		common := r.commonCategory()
		for _, p := range r.seats {
			if p.category != "" {
				continue
			}
			p.category = firstOf(common, s.drawn)
			if some {
				report.repair("seat without a category", p.where(), p.place(s), "the seat has no category", "put in "+quote(p.category))
			}
		}
	}
}

// categorised reports whether a seat of the section has a category.
func (s *section) categorised() bool {
	some := false
	s.each(func(p *seat) { some = some || p.category != "" })
	return some
}

func (r *row) commonCategory() string {
	seats := map[string]int{}
	best := ""
	for _, p := range r.seats {
		if p.category == "" {
			continue
		}
		if seats[p.category]++; seats[p.category] > seats[best] {
			best = p.category
		}
	}
	return best
}

// number writes the draft's sections and seats into the plan: section by
// section, line by line, column by column, and the GA areas after them.
func (d *draft) number(plan *boxoffice.Plan) {
	next := func() boxoffice.PlaceNo { return boxoffice.PlaceNo(len(plan.Places) + 1) }
	for i, s := range d.sections {
		seats := make([]*seat, 0, s.count())
		s.each(func(p *seat) { seats = append(seats, p) })
		slices.SortFunc(seats, func(a, b *seat) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column)) })
		first := next()
		for _, p := range seats {
			plan.Places = append(plan.Places, boxoffice.Place{
				No: next(), Section: i, Zone: p.zone, Row: p.row.label, Seat: p.number,
				Line: p.line, Column: p.column, Features: p.features, Key: p.key,
			})
		}
		plan.Sections = append(plan.Sections, boxoffice.Section{
			Name: s.name, Level: s.upTo, Admission: boxoffice.Reserved, First: first, Last: next() - 1,
		})
	}
	for i, a := range d.areas {
		first := next()
		names := naming{}
		for n := range a.capacity {
			key := names.counted(fmt.Sprintf("ga %d/%d", i+1, n+1), keyLength, d.keys)
			d.keys[key] = true
			plan.Places = append(plan.Places, boxoffice.Place{
				No: next(), Section: len(d.sections) + i, Zone: a.zone, Key: key,
			})
		}
		plan.Sections = append(plan.Sections, boxoffice.Section{
			Name: a.name, Level: a.upTo, Admission: boxoffice.GeneralAdmission, First: first, Last: next() - 1,
		})
	}
}

// companions looks at the wheelchair spaces: each should have a companion's seat
// beside it.
func (r *Report) companions(plan *boxoffice.Plan) {
	beside := func(i int, want boxoffice.Feature) bool {
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(plan.Places) && plan.Places[j].Features.Has(want) && boxoffice.Neighbours(plan.Places[i], plan.Places[j]) {
				return true
			}
		}
		return false
	}
	for i, p := range plan.Places {
		place := plan.Sections[p.Section].Name + " " + p.Label()
		if p.Features.Has(boxoffice.Wheelchair) && !beside(i, boxoffice.Companion) {
			r.note("wheelchair space without a companion", "", place, "no seat beside it is a companion's", "kept")
		}
		if p.Features.Has(boxoffice.Companion) && !beside(i, boxoffice.Wheelchair) {
			r.note("companion without a wheelchair space", "", place, "no wheelchair space is beside it", "kept")
		}
	}
}

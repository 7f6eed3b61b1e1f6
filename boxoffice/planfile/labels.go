package planfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// nameSections drops rows and sections without seats, and names those without a
// name.
func (d *draft) nameSections(report *Report) {
	var kept []*section
	for _, s := range d.sections {
		s.rows = slices.DeleteFunc(s.rows, func(r *row) bool {
			if len(r.seats) == 0 {
				report.note("row without seats", r.where, r.place(s), "the row has no seats", "left out")
			}
			return len(r.seats) == 0
		})
		if len(s.rows) == 0 {
			report.note("section without seats", s.where, s.name, "the section has no seats", "left out")
			continue
		}
		kept = append(kept, s)
	}
	d.sections = kept
	for i, s := range d.sections {
		if s.name == "" {
			s.name = "Section " + strconv.Itoa(i+1)
			if len(d.sections) == 1 {
				s.name = "House"
			}
			report.repair("section without a name", s.where, "", "the section has no name", "named "+quote(s.name))
		}
		s.drawn = s.name
	}
	for i, a := range d.areas {
		if a.name == "" {
			a.name = "General admission"
			report.repair("section without a name", a.where, "", fmt.Sprintf("GA area %d has no name", i+1), "named "+quote(a.name))
		}
	}
	if len(d.sections)+len(d.areas) == 0 {
		report.refuse("no places", "", "", "there is no seat and no GA area in the plan", "add seats with the editor")
	}
}

// standUp makes GA areas of sections that name neither rows nor seats: nobody
// could be told where to sit.
func (d *draft) standUp(report *Report) {
	var seated []*section
	for _, s := range d.sections {
		anonymous := true
		s.each(func(p *seat) { anonymous = anonymous && p.row.label == "" && p.number == "" })
		if !anonymous {
			seated = append(seated, s)
			continue
		}
		var categories []string
		heads := map[string]int{}
		s.each(func(p *seat) {
			if heads[p.category]++; heads[p.category] == 1 {
				categories = append(categories, p.category)
			}
		})
		for _, c := range categories {
			name := s.name
			if len(categories) > 1 && c != "" {
				name = tidy(s.name+" "+c, nameLength)
			}
			d.areas = append(d.areas, &area{where: s.where, name: name, category: c, level: s.level, capacity: heads[c]})
		}
		report.note("seats without row and number", s.where, s.name, fmt.Sprintf("none of the %d seats has a row or a number", s.count()), "made a GA area")
	}
	d.sections = seated
}

// splitUnnamedRows takes apart what a CSV file without row names throws together:
// seats that are not drawn on one line are not one row.
func (d *draft) splitUnnamedRows(*Report) {
	for _, s := range d.sections {
		if s.loose {
			continue
		}
		var rows []*row
		for _, r := range s.rows {
			if r.label != "" || len(r.seats) < 2 || r.where != "" {
				rows = append(rows, r)
				continue
			}
			gap := 0.5 * pitch([]*row{r})
			seats := slices.Clone(r.seats)
			slices.SortStableFunc(seats, byY)
			var part *row
			for i, p := range seats {
				if i == 0 || p.y-seats[i-1].y > gap {
					part = &row{}
					rows = append(rows, part)
				}
				p.row = part
				part.seats = append(part.seats, p)
			}
		}
		s.rows = rows
	}
}

// nameSeats numbers seats without a number, and names rows without a name where
// their numbers alone do not tell seats apart.
func (d *draft) nameSeats(report *Report) {
	for _, s := range d.sections {
		var blank []*row
		taken := map[string]bool{}
		labels := map[string]bool{}
		clash := false
		for _, r := range s.rows {
			numberSeats(s, r, report)
			if labels[r.label] = true; r.label != "" {
				continue
			}
			blank = append(blank, r)
			for _, p := range r.seats {
				clash = clash || taken[p.number]
				taken[p.number] = true
			}
		}
		switch {
		case len(blank) == 0:
		case !clash || len(blank) == 1:
			report.note("rows without a name", blank[0].seats[0].where(), s.name, fmt.Sprintf("rows without a name: %d", len(blank)), "their seats go by number alone")
		default:
			n := 0
			for _, r := range blank {
				for n++; labels[strconv.Itoa(n)]; n++ {
				}
				r.label = strconv.Itoa(n)
				report.repair("rows without a name", r.seats[0].where(), s.name, "the row has no name and its numbers repeat", "named row "+r.label)
			}
		}
	}
}

func numberSeats(s *section, r *row, report *Report) {
	taken := map[string]bool{}
	for _, p := range r.seats {
		taken[p.number] = true
	}
	if !taken[""] {
		return
	}
	n := 0
	for _, p := range r.seats {
		if p.number != "" {
			continue
		}
		for n++; taken[strconv.Itoa(n)]; n++ {
		}
		p.number = strconv.Itoa(n)
		report.repair("seat without a number", p.where(), r.place(s), "the seat has no number", "numbered "+p.number)
	}
}

// twin is what two seats share that are one chair written twice.
type twin struct {
	row    *row // where nothing says where the seats are
	label  string
	number string
	x, y   int64
}

// dropTwins keeps one of several seats with the same name in the same spot: to
// sell a chair twice is the worst a plan can do.
func (d *draft) dropTwins(report *Report) {
	for _, s := range d.sections {
		first := map[twin]*seat{}
		unit := 0.25 * pitch(s.rows)
		for _, r := range s.rows {
			r.seats = slices.DeleteFunc(r.seats, func(p *seat) bool {
				t := twin{label: r.label, number: p.number}
				if s.loose {
					t.row = r
				} else {
					t.x, t.y = int64(math.Round(p.x/unit)), int64(math.Round(p.y/unit))
				}
				other := first[t]
				if other == nil {
					first[t] = p
					return false
				}
				other.features |= p.features
				report.repair("the same seat twice", p.where(), p.place(s), "the seat stands at "+other.where()+" already", "kept once")
				return true
			})
		}
		s.rows = slices.DeleteFunc(s.rows, func(r *row) bool { return len(r.seats) == 0 })
	}
}

// uniqueLabels renames what still has the name of another seat of its section:
// a whole row where it has the letter of another, a seat within its row.
func (d *draft) uniqueLabels(report *Report) {
	type name struct{ label, number string }
	for _, s := range d.sections {
		labels := map[string]bool{}
		for _, r := range s.rows {
			labels[r.label] = true
		}
		owner := map[name]*row{}
		rowNames, seatNames := naming{}, naming{}
		for _, r := range s.rows {
			if slices.ContainsFunc(r.seats, func(p *seat) bool { return owner[name{r.label, p.number}] != nil }) {
				old := r.label
				r.label = rowNames.another("", old, false, func(l string) bool { return labels[l] })
				labels[r.label] = true
				report.repair("two rows of one name", r.seats[0].where(), s.name, "another row is called "+quote(old)+" and has the same numbers", "renamed row "+r.label)
			}
			numbers := map[string]int{}
			for _, p := range r.seats {
				numbers[p.number]++
			}
			for _, p := range r.seats {
				if owner[name{r.label, p.number}] != nil {
					old := p.number
					p.number = seatNames.another(r.label, old, true, func(n string) bool { return numbers[n] > 0 })
					numbers[p.number]++
					report.repair("two seats of one number", p.where(), r.place(s), "another seat of the row has the number "+quote(old), "renumbered "+p.number)
				}
				owner[name{r.label, p.number}] = r
			}
		}
	}
}

func byY(a, b *seat) int {
	switch {
	case a.y < b.y:
		return -1
	case a.y > b.y:
		return 1
	}
	return 0
}

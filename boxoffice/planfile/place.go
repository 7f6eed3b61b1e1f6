package planfile

import (
	"cmp"
	"slices"
)

// placeSeats settles where the seats of each section are drawn. A section whose
// file does not say it is loose: it is laid out by the order of its rows.
func (d *draft) placeSeats(report *Report) {
	for _, s := range d.sections {
		placed := 0
		s.each(func(p *seat) {
			if p.placed {
				placed++
			}
		})
		switch {
		case placed == 0:
			s.loose = true
			report.note("no positions", s.where, s.name, "the file does not say where the seats are", "laid out by row and number")
		case s.heaped():
			s.loose = true
			report.repair("seats on one spot", s.where, s.name, "most seats lie on top of each other", "laid out by row and number")
		case placed < s.count():
			s.fill(report)
		}
		if s.loose {
			s.sort(report)
			s.lineUp()
			continue
		}
		for _, r := range s.rows {
			r.inOrder()
		}
	}
}

// heaped reports whether most seats share their spot with another.
func (s *section) heaped() bool {
	type spot struct{ x, y float64 }
	spots := map[spot]bool{}
	n := 0
	s.each(func(p *seat) {
		if p.placed {
			spots[spot{p.x, p.y}] = true
			n++
		}
	})
	return len(spots)*2 <= n && n > 1 && !s.repeats()
}

// repeats reports whether the file has most seats twice, name and all: then it
// is not the drawing that is wrong.
func (s *section) repeats() bool { return repeated(s.rows)*3 >= s.count() }

// fill gives seats without a position one beside their neighbour in the file; if
// a whole row has none, the section is loose.
func (s *section) fill(report *Report) {
	for _, r := range s.rows {
		if !slices.ContainsFunc(r.seats, func(p *seat) bool { return p.placed }) {
			s.loose = true
			report.repair("row without positions", r.seats[0].where(), r.place(s), "no seat of the row has a position", "the whole section is laid out by row and number")
			return
		}
	}
	step := s.placedPitch()
	for _, r := range s.rows {
		for i, p := range r.seats {
			if p.placed {
				continue
			}
			report.repair("seat without a position", p.where(), p.place(s), "the file does not say where the seat is", "laid beside its neighbour")
			if i > 0 {
				p.x, p.y = r.seats[i-1].x+step, r.seats[i-1].y
				if i > 1 && r.seats[i-2].x > r.seats[i-1].x {
					p.x -= 2 * step
				}
				continue
			}
			n := slices.IndexFunc(r.seats, func(q *seat) bool { return q.placed })
			p.x, p.y = r.seats[n].x-float64(n)*step, r.seats[n].y
		}
	}
}

// placedPitch is pitch for rows some of whose seats have no position.
func (s *section) placedPitch() float64 {
	var rows []*row
	for _, r := range s.rows {
		part := &row{label: r.label}
		for _, p := range r.seats {
			if p.placed {
				part.seats = append(part.seats, p)
			}
		}
		part.inOrder()
		rows = append(rows, part)
	}
	return pitch(rows)
}

// sort puts the rows and seats of a loose section in the order they are counted
// in, unless the file's own order looks meant: up, down, or down and up again
// (odd numbers one side, even the other).
func (s *section) sort(report *Report) {
	sorted := false
	if !meant(s.rows, func(r *row) string { return r.label }) {
		slices.SortStableFunc(s.rows, func(a, b *row) int { return counting(a.label, b.label) })
		sorted = true
	}
	for _, r := range s.rows {
		if meant(r.seats, func(p *seat) string { return p.number }) {
			continue
		}
		order := counting
		if oddAndEven(r.seats) {
			order = fromTheMiddle
		}
		slices.SortStableFunc(r.seats, func(a, b *seat) int { return order(a.number, b.number) })
		sorted = true
	}
	if sorted {
		report.note("order of the file", s.where, s.name, "rows or seats do not stand in the order of their numbers", "put in order")
	}
}

// meant reports whether the labels go up, down, or turn once. Labels that do not
// count are always meant as they stand.
func meant[T any](all []T, label func(T) string) bool {
	turns, last, direction := 0, 0, 0
	for i, v := range all {
		n, ok := ordinal(label(v))
		if !ok {
			return true
		}
		if i > 0 && n != last {
			d := cmp.Compare(n, last)
			if direction != 0 && d != direction {
				turns++
			}
			direction = d
		}
		last = n
	}
	return turns <= 1 && (turns == 0 || direction > 0)
}

// oddAndEven reports whether all odd numbers of a row stand before all even
// ones, or after: the way of houses that count from the middle to both sides.
func oddAndEven(seats []*seat) bool {
	changes, last := 0, -1
	for _, p := range seats {
		n, ok := ordinal(p.number)
		if !ok {
			return false
		}
		if last >= 0 && n%2 != last {
			changes++
		}
		last = n % 2
	}
	return changes == 1 && len(seats) > 3
}

// fromTheMiddle compares seat numbers as in 6 4 2 1 3 5.
func fromTheMiddle(a, b string) int {
	signed := func(s string) int {
		n, _ := ordinal(s)
		if n%2 == 0 {
			return -n
		}
		return n
	}
	return cmp.Compare(signed(a), signed(b))
}

// counting compares labels as people count.
func counting(a, b string) int {
	n, aCounts := ordinal(a)
	m, bCounts := ordinal(b)
	if aCounts != bCounts {
		if aCounts {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(n, m), cmp.Compare(a, b))
}

// lineUp draws a loose section: a row a line, centred, one apart.
func (s *section) lineUp() {
	for i, r := range s.rows {
		for j, p := range r.seats {
			p.x, p.y = float64(j)-float64(len(r.seats)-1)/2, float64(i)
		}
	}
}

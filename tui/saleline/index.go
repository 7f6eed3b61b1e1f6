package saleline

import (
	"cmp"
	"slices"
	"strconv"

	"wicket/boxoffice"
)

// Index finds the rows, seats and names of a plan. It does not change, so that
// many terminals can share it.
type Index struct {
	plan     *boxoffice.Plan
	sections []name
	zones    []name
	rows     map[string][]*row // by folded name, in the order of the sections
	order    [][]*row          // the rows of each section, as the plan has them
	ga       []int             // the sections of general admission
}

// name is a section's or zone's, split for matching.
type name struct {
	text  string
	whole string // its words joined by single spaces
	words []string
}

// row is a row of one section; its seats are in the order they stand.
type row struct {
	section int
	name    string
	seats   []boxoffice.PlaceNo
	bySeat  map[string]int // into seats
}

// NewIndex returns the index of a plan.
func NewIndex(plan *boxoffice.Plan) *Index {
	x := &Index{plan: plan, rows: map[string][]*row{}, order: make([][]*row, len(plan.Sections))}
	for i, s := range plan.Sections {
		x.sections = append(x.sections, newName(s.Name))
		if s.Admission == boxoffice.GeneralAdmission {
			x.ga = append(x.ga, i)
		}
	}
	for _, z := range plan.Zones {
		x.zones = append(x.zones, newName(z.Name))
	}

	type key struct {
		section int
		row     string
	}
	found := map[key]*row{}
	var all []*row
	for _, p := range plan.Places {
		if p.Row == "" && p.Seat == "" || p.Section < 0 || p.Section >= len(plan.Sections) {
			continue
		}
		k := key{p.Section, fold(p.Row)}
		r := found[k]
		if r == nil {
			r = &row{section: p.Section, name: p.Row}
			found[k] = r
			all = append(all, r)
			x.rows[k.row] = append(x.rows[k.row], r)
			x.order[p.Section] = append(x.order[p.Section], r)
		}
		r.seats = append(r.seats, p.No)
	}
	for _, r := range all {
		r.stand(plan)
	}
	return x
}

// stand puts the seats in the order they stand: along the row, or down it where
// it runs upright.
func (r *row) stand(plan *boxoffice.Plan) {
	slices.SortStableFunc(r.seats, func(a, b boxoffice.PlaceNo) int {
		p, q := &plan.Places[a-1], &plan.Places[b-1]
		return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	r.bySeat = make(map[string]int, len(r.seats))
	for i, no := range r.seats {
		r.bySeat[seatKey(plan.Places[no-1].Seat)] = i
	}
}

// seatKey folds a seat's name; zeros before a number say nothing.
func seatKey(s string) string {
	s = fold(s)
	for len(s) > 1 && s[0] == '0' && isDigit(s[1]) {
		s = s[1:]
	}
	return s
}

// has reports whether the row has the seat.
func (r *row) has(seat string) bool { _, ok := r.bySeat[seatKey(seat)]; return ok }

// span returns the seats from one to another as they stand, in that direction.
func (r *row) span(from, to string) []boxoffice.PlaceNo {
	i, j := r.bySeat[seatKey(from)], r.bySeat[seatKey(to)]
	if i <= j {
		return slices.Clone(r.seats[i : j+1])
	}
	back := slices.Clone(r.seats[j : i+1])
	slices.Reverse(back)
	return back
}

// seatWords writes the row's seats in few words: «1–24», «1–12, 15», «1–23 odd».
func (x *Index) seatWords(r *row) string {
	names := make([]string, len(r.seats))
	for i, no := range r.seats {
		names[i] = x.plan.Places[no-1].Seat
	}
	return runs(names)
}

// rowWords writes a section's rows in few words: «A–H, K–M».
func (x *Index) rowWords(section int) string {
	names := make([]string, 0, len(x.order[section]))
	for _, r := range x.order[section] {
		names = append(names, r.name)
	}
	return runs(names)
}

// number returns what a seat or row counts as, -1 where it is no number.
func number(s string) int {
	if len(s) > 9 || !digits(s) {
		return -1
	}
	n, _ := strconv.Atoi(s)
	return n
}

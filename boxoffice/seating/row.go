package seating

import (
	"cmp"
	"slices"

	"wicket/boxoffice"
)

// row is seats of one row of a section, in their order along it.
type row struct {
	seats   []int32 // place indexes
	upright bool
}

// rows sorts seats into rows. A row lies along a line, except where each of its
// seats has a line of its own: then it stands upright, as boxes do.
func (h *House) rows(seats []int32) []row {
	places, spots := h.plan.Places, h.spots
	slices.SortFunc(seats, func(a, b int32) int {
		x, y := &spots[a], &spots[b]
		return cmp.Or(
			cmp.Compare(x.section, y.section),
			cmp.Compare(places[a].Row, places[b].Row),
			cmp.Compare(x.line, y.line),
			cmp.Compare(x.column, y.column),
			cmp.Compare(a, b))
	})
	var rows []row
	for len(seats) > 0 {
		n, lines, near := 1, 1, true
		for n < len(seats) && spots[seats[n]].section == spots[seats[0]].section && places[seats[n]].Row == places[seats[0]].Row {
			a, b := &spots[seats[n-1]], &spots[seats[n]]
			if a.line != b.line {
				lines++
			}
			near = near && apart(a.column, b.column) <= 1
			n++
		}
		named := seats[:n]
		seats = seats[n:]
		if n > 1 && lines == n && near {
			rows = append(rows, row{named, true})
			continue
		}
		for len(named) > 0 {
			n := 1
			for n < len(named) && spots[named[n]].line == spots[named[0]].line {
				n++
			}
			rows = append(rows, row{named[:n], false})
			named = named[n:]
		}
	}
	// Rows lie in memory as they lie in the house.
	slices.SortStableFunc(rows, func(a, b row) int {
		x, y := &spots[a.seats[0]], &spots[b.seats[0]]
		return cmp.Or(cmp.Compare(x.section, y.section), cmp.Compare(x.line, y.line), cmp.Compare(x.column, y.column))
	})
	return rows
}

func apart(a, b int32) int32 { return max(a-b, b-a) }

// step is how far b is along the row from a: 1 where they are neighbours.
func (r row) step(a, b *spot) int32 {
	if r.upright {
		return b.line - a.line
	}
	return b.column - a.column
}

// lay adds the runs and chains of a row.
func (h *House) lay(r row) {
	const special = boxoffice.Wheelchair | boxoffice.Companion
	chain := int32(len(h.runs))
	closeChain := func() {
		if last := int32(len(h.runs)) - 1; last > chain {
			h.chains = append(h.chains, [2]int32{chain, last})
		}
		chain = int32(len(h.runs))
	}
	open := false // whether the run of the seat before goes on
	for i, at := range r.seats {
		s := &h.spots[at]
		step := int32(0)
		if i > 0 {
			before := r.seats[i-1]
			b := &h.spots[before]
			step = r.step(b, s)
			if step == 1 {
				b.side[1], s.side[0] = at, before
			}
		}
		if h.plan.Places[at].Features&special != 0 {
			closeChain()
			open = false
			continue
		}
		if step != 1 {
			open = false
		}
		if step < 1 || step > aisle+1 {
			closeChain()
		}
		h.seat(at, r.upright, open)
		open = true
	}
	closeChain()
}

// seat appends an ordinary seat to the last run, or to a new one.
func (h *House) seat(at int32, upright, goesOn bool) {
	s := &h.spots[at]
	s.position = int32(len(h.place))
	if !goesOn {
		h.runs = append(h.runs, run{
			first: s.position, section: s.section, level: s.level, line: s.line, column: s.column,
			upright: upright, minZone: s.zone, maxZone: s.zone, minCost: s.cost,
		})
	}
	r := &h.runs[len(h.runs)-1]
	r.last = s.position
	r.minZone, r.maxZone = min(r.minZone, s.zone), max(r.maxZone, s.zone)
	r.minCost = min(r.minCost, s.cost)
	if len(h.sum) == 0 {
		h.sum = append(h.sum, 0)
	}
	h.place = append(h.place, at)
	h.runOf = append(h.runOf, int32(len(h.runs)-1))
	h.sum = append(h.sum, h.sum[len(h.sum)-1]+s.cost)
}

// pair finds the runs that lie one behind the other: in one section, in rows
// with at most an empty line and no other row between, over columns of each
// other.
func (h *House) pair() {
	lines := [][2]int{} // runs of one line of one section, from and to
	for i := 0; i < len(h.runs); {
		j := i + 1
		for j < len(h.runs) && h.runs[j].section == h.runs[i].section && h.runs[j].line == h.runs[i].line {
			j++
		}
		lines = append(lines, [2]int{i, j})
		i = j
	}
	for l := 1; l < len(lines); l++ {
		front, back := lines[l-1], lines[l]
		a, b := &h.runs[front[0]], &h.runs[back[0]]
		if a.section != b.section || b.line-a.line > 2 {
			continue
		}
		for i := front[0]; i < front[1]; i++ {
			for j := back[0]; j < back[1]; j++ {
				a, b := &h.runs[i], &h.runs[j]
				if !a.upright && !b.upright && a.column < b.column+int32(b.len()) && b.column < a.column+int32(a.len()) {
					h.pairs = append(h.pairs, [2]int32{int32(i), int32(j)})
				}
			}
		}
	}
}

package planfile

import (
	"cmp"
	"math"
	"slices"
)

// smallest is the least distance that counts as one between two seats.
const smallest = 1e-3

func distance(a, b *seat) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// median returns the lower middle value, and false where there is none.
func median(values []float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	slices.Sort(values)
	return values[(len(values)-1)/2], true
}

// pitch returns how far apart seats of these rows are drawn.
func pitch(rows []*row) float64 {
	var gaps []float64
	for _, r := range rows {
		for i := 1; i < len(r.seats); i++ {
			if d := distance(r.seats[i-1], r.seats[i]); d >= smallest {
				gaps = append(gaps, d)
			}
		}
	}
	if p, ok := median(gaps); ok {
		return p
	}
	if p, ok := rowGap(rows); ok {
		return p
	}
	return 1
}

// samples bounds work that would grow with the square of a plan.
const samples = 64

// rowGap returns how far apart the rows are drawn, and false where there are no
// two: the distance from the middle of a row to the next row.
func rowGap(rows []*row) (float64, bool) {
	var gaps []float64
	for i := range min(len(rows), samples) {
		r := rows[i*len(rows)/min(len(rows), samples)]
		middle := r.seats[len(r.seats)/2]
		nearest := math.Inf(1)
		for _, other := range rows {
			if other == r || other.label == r.label && r.label != "" {
				continue
			}
			for _, q := range other.seats {
				if d := distance(middle, q); d >= smallest {
					nearest = min(nearest, d)
				}
			}
		}
		if !math.IsInf(nearest, 1) {
			gaps = append(gaps, nearest)
		}
	}
	return median(gaps)
}

// unit returns the larger of pitch and row gap: what is farther than a few of it
// does not belong together.
func unit(rows []*row) float64 {
	p := pitch(rows)
	if gap, ok := rowGap(rows); ok {
		return max(p, gap)
	}
	return p
}

// inOrder sorts the seats of a row as they are drawn, from left to right. A row
// that bends back on itself keeps the order of the file if that follows it
// better.
func (r *row) inOrder() {
	byX := slices.Clone(r.seats)
	slices.SortStableFunc(byX, func(a, b *seat) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	byY := slices.Clone(r.seats)
	slices.SortStableFunc(byY, func(a, b *seat) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	best := byX
	if length(byY) < 0.9*length(best) {
		best = byY
	}
	if length(r.seats) < 0.9*length(best) {
		best = slices.Clone(r.seats)
		if n := len(best); best[0].x > best[n-1].x {
			slices.Reverse(best)
		}
	}
	r.seats = best
}

func length(seats []*seat) float64 {
	sum := 0.0
	for i := 1; i < len(seats); i++ {
		sum += distance(seats[i-1], seats[i])
	}
	return sum
}

// box is the rectangle round some seats.
type box struct{ left, top, right, bottom float64 }

func around(rows []*row) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, r := range rows {
		for _, p := range r.seats {
			b.left, b.right = min(b.left, p.x), max(b.right, p.x)
			b.top, b.bottom = min(b.top, p.y), max(b.bottom, p.y)
		}
	}
	return b
}

func (b box) middle() (x, y float64) { return (b.left + b.right) / 2, (b.top + b.bottom) / 2 }

// cell is a square of a net laid over the drawing.
type cell struct{ x, y int64 }

func cellOf(p *seat, size float64) cell {
	return cell{int64(math.Floor(p.x / size)), int64(math.Floor(p.y / size))}
}

// crowd bounds how many seats of one cell are compared with those of another:
// an honest drawing has no more.
const crowd = 64

// clusters groups rows that come nearer than reach to each other, in the order
// of their first rows.
func clusters(rows []*row, reach float64) [][]*row {
	sets := newSets(len(rows))
	type spot struct {
		p   *seat
		row int
	}
	// Two seats of one cell are always within reach: a cell is one cluster.
	size := reach / 2
	net := map[cell][]spot{}
	var cells []cell
	for i, r := range rows {
		for _, p := range r.seats {
			c := cellOf(p, size)
			spots := net[c]
			if len(spots) == 0 {
				cells = append(cells, c)
			} else {
				sets.join(i, spots[0].row)
			}
			if len(spots) < crowd {
				net[c] = append(spots, spot{p, i})
			}
		}
	}
	near := func(a, b []spot) bool {
		for _, s := range a {
			for _, t := range b {
				if distance(s.p, t.p) <= reach {
					return true
				}
			}
		}
		return false
	}
	for _, c := range cells {
		for dx := int64(0); dx <= 2; dx++ {
			for dy := int64(-2); dy <= 2; dy++ {
				here, there := net[c], net[cell{c.x + dx, c.y + dy}]
				if len(there) == 0 || sets.root(here[0].row) == sets.root(there[0].row) {
					continue
				}
				if near(here, there) {
					sets.join(here[0].row, there[0].row)
				}
			}
		}
	}
	var groups [][]*row
	index := map[int]int{}
	for i, r := range rows {
		root := sets.root(i)
		g, ok := index[root]
		if !ok {
			g = len(groups)
			index[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], r)
	}
	return groups
}

// sets are disjoint sets of small numbers.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) root(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	i, j = s.root(i), s.root(j)
	s[max(i, j)] = min(i, j)
}

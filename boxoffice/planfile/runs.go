package planfile

import (
	"cmp"
	"math"
	"slices"
)

// aisle is the gap, in seats, from which on it is an aisle.
const aisle = 1.6

// run is a stretch of a line without an aisle: its seats lie in columns that
// follow each other.
type run struct {
	seats []*seat
	start float64 // where the drawing would have its first column
	at    int     // its first column
}

// runs cuts the strips of a line at their aisles, and joins what is drawn
// without one.
func runs(strips []*strip, p float64) []*run {
	slices.SortStableFunc(strips, func(a, b *strip) int { return cmp.Compare(middle(a.seats), middle(b.seats)) })
	var all []*run
	for i, s := range strips {
		for j, q := range s.seats {
			joined := false
			switch {
			case j > 0:
				joined = math.Hypot(q.u-s.seats[j-1].u, q.v-s.seats[j-1].v) < aisle*s.pitch
			case i > 0:
				before := all[len(all)-1].seats
				last := before[len(before)-1]
				near := aisle * max(p, s.pitch)
				joined = q.u > last.u && q.u-last.u < near && distance(q, last) < near
			}
			if !joined {
				all = append(all, &run{})
			}
			r := all[len(all)-1]
			r.seats = append(r.seats, q)
		}
	}
	return all
}

func middle(seats []*seat) float64 {
	sum := 0.0
	for _, q := range seats {
		sum += q.u
	}
	return sum / float64(len(seats))
}

// setColumns gives every seat of a level its column, and returns how many there
// are. Columns count from the middle of the house, so that what is drawn alike
// on both sides comes out alike.
func setColumns(lines [][]*run, p float64) int {
	left, right := math.Inf(1), math.Inf(-1)
	for _, line := range lines {
		for _, r := range line {
			for _, q := range r.seats {
				left, right = min(left, q.u), max(right, q.u)
			}
		}
	}
	center := (left + right) / 2
	var all []*run
	for _, line := range lines {
		for _, r := range line {
			r.start = (middle(r.seats)-center)/p - float64(len(r.seats)-1)/2
			all = append(all, r)
		}
	}
	shift := phase(all)
	for _, r := range all {
		r.start -= shift
	}
	for _, line := range lines {
		slices.SortStableFunc(line, func(a, b *run) int {
			return cmp.Compare(a.start+float64(len(a.seats))/2, b.start+float64(len(b.seats))/2)
		})
		spread(line)
	}
	return squeeze(all)
}

// phase returns how far the columns are shifted against the middle of the house
// so that most seats are drawn near one: not at all or by half a column, unless
// the house is lopsided.
func phase(all []*run) float64 {
	var c, s float64
	for _, r := range all {
		n := float64(len(r.seats))
		sin, cos := math.Sincos(2 * math.Pi * r.start)
		c, s = c+n*cos, s+n*sin
	}
	off := func(shift float64) float64 {
		sum := 0.0
		for _, r := range all {
			d := r.start - shift
			d -= math.Round(d)
			sum += d * d * float64(len(r.seats))
		}
		return sum
	}
	best := 0.0
	if off(0.5) < off(0) {
		best = 0.5
	}
	if lopsided := math.Atan2(s, c) / (2 * math.Pi); off(lopsided) < 0.5*off(best) {
		best = lopsided
	}
	return best
}

// spread sets the columns of a line's runs: as near as can be to where they are
// drawn, in order, an aisle between them. It is the least-squares answer (runs
// that collide move as one) rounded to whole columns.
func spread(line []*run) {
	type pool struct {
		sum, weight float64
		runs        int
	}
	var pools []pool
	before := make([]int, len(line)) // columns of everything to the left, aisles included
	for i, r := range line {
		if i > 0 {
			before[i] = before[i-1] + len(line[i-1].seats) + 1
		}
		n := float64(len(r.seats))
		pools = append(pools, pool{(r.start - float64(before[i])) * n, n, 1})
		for len(pools) > 1 {
			a, b := pools[len(pools)-2], pools[len(pools)-1]
			if a.sum/a.weight <= b.sum/b.weight {
				break
			}
			pools = append(pools[:len(pools)-2], pool{a.sum + b.sum, a.weight + b.weight, a.runs + b.runs})
		}
	}
	i, free := 0, math.MinInt
	for _, p := range pools {
		for range p.runs {
			r := line[i]
			at := p.sum/p.weight + float64(before[i])
			r.at = max(nearest(at, at+float64(len(r.seats)-1)/2), free)
			free = r.at + len(r.seats) + 1
			i++
		}
	}
}

// nearest rounds a column; a half goes towards the middle of the house.
func nearest(v, middle float64) int {
	down := math.Floor(v)
	switch rest := v - down; {
	case rest > 0.52, rest > 0.48 && middle < 0:
		return int(down) + 1
	default:
		return int(down)
	}
}

// squeeze sets the columns of the seats, drops columns that no line uses, but
// for one in each place, and returns how many are left.
func squeeze(all []*run) int {
	used := map[int]int{}
	for _, r := range all {
		for i := range r.seats {
			used[r.at+i] = 0
		}
	}
	columns := make([]int, 0, len(used))
	for c := range used {
		columns = append(columns, c)
	}
	slices.Sort(columns)
	next := 0
	for i, c := range columns {
		if i > 0 && c > columns[i-1]+1 {
			next++
		}
		used[c] = next
		next++
	}
	for _, r := range all {
		for i, q := range r.seats {
			q.column = used[r.at+i]
		}
	}
	return next
}

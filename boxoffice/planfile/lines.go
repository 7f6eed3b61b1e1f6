package planfile

import (
	"cmp"
	"math"
	"slices"
)

// group is what lies on one line because it is one row to people, though it may
// be drawn in several strips.
type group struct {
	strips []*strip
	y      float64
	above  []*group // groups that have seats right above its own
	line   int
	done   bool
}

// intoLines gives every strip of a level its line, from the top. P is how far apart
// seats are, gap rows.
func intoLines(strips []*strip, p, gap float64) [][]*strip {
	groups := together(strips, p, gap)
	order(groups, p, gap)
	var lines [][]*strip
	var current []*group
	var y float64
	taken := map[int64]bool{}
	place := func(g *group) {
		fits := len(current) > 0 && math.Abs(g.y-y) <= 0.45*gap && !slices.ContainsFunc(g.above, func(a *group) bool { return a.done && a.line == len(lines)-1 })
		for _, s := range g.strips {
			for _, q := range s.seats {
				fits = fits && !taken[column0(q, p)]
			}
		}
		if !fits {
			lines = append(lines, nil)
			current, y = nil, g.y
			clear(taken)
		}
		current = append(current, g)
		g.line, g.done = len(lines)-1, true
		lines[g.line] = append(lines[g.line], g.strips...)
		for _, s := range g.strips {
			for _, q := range s.seats {
				taken[column0(q, p)] = true
			}
		}
	}
	// What lies above goes first, whatever the middle of a curved row says.
	visited := map[*group]bool{}
	var visit func(g *group)
	visit = func(g *group) {
		if visited[g] {
			return
		}
		visited[g] = true
		for _, a := range g.above {
			visit(a)
		}
		place(g)
	}
	for _, g := range groups {
		visit(g)
	}
	return lines
}

// column0 is roughly where a seat lies across the drawing, in seats.
func column0(q *seat, p float64) int64 { return int64(math.Round(q.u / p)) }

// together groups strips that people take for one row: they have its name and
// one goes on where the other ends.
func together(strips []*strip, p, gap float64) []*group {
	sets := newSets(len(strips))
	byLabel := map[string][]int{}
	for i, s := range strips {
		if !s.single && s.label != "" && len(byLabel[s.label]) < crowd {
			byLabel[s.label] = append(byLabel[s.label], i)
		}
	}
	for i, s := range strips {
		if s.single || s.label == "" {
			continue
		}
		for _, j := range byLabel[s.label] {
			t := strips[j]
			// Sections side by side may count alike and yet not lie alike.
			alike := s.section == t.section || math.Abs(middleOf(s.seats)-middleOf(t.seats)) <= gap
			if i != j && alike && goesOn(s, t, p) {
				sets.join(i, j)
			}
		}
	}
	var groups []*group
	index := map[int]*group{}
	for i, s := range strips {
		root := sets.root(i)
		g := index[root]
		if g == nil {
			g = &group{}
			index[root] = g
			groups = append(groups, g)
		}
		g.strips = append(g.strips, s)
	}
	for _, g := range groups {
		n := 0
		for _, s := range g.strips {
			for _, q := range s.seats {
				g.y += q.v
				n++
			}
		}
		g.y /= float64(n)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(a.y, b.y) })
	return groups
}

func middleOf(seats []*seat) float64 {
	sum := 0.0
	for _, q := range seats {
		sum += q.v
	}
	return sum / float64(len(seats))
}

// goesOn reports whether b begins, to the right, where a ends.
func goesOn(a, b *strip, p float64) bool {
	end, begin := a.seats[len(a.seats)-1], b.seats[0]
	return begin.x > end.x && distance(end, begin) <= 3.5*p
}

// order finds, for every group, the groups right above it.
func order(groups []*group, p, gap float64) {
	type spot struct {
		y float64
		g *group
	}
	var keys []int64
	columns := map[int64][]spot{}
	for _, g := range groups {
		for _, s := range g.strips {
			for _, q := range s.seats {
				c := column0(q, p)
				if columns[c] == nil {
					keys = append(keys, c)
				}
				columns[c] = append(columns[c], spot{q.v, g})
			}
		}
	}
	for _, c := range keys {
		spots := columns[c]
		slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(a.y, b.y) })
		for i := 1; i < len(spots); i++ {
			a, b := spots[i-1], spots[i]
			if a.g != b.g && b.y-a.y > 0.25*gap && (len(b.g.above) == 0 || b.g.above[len(b.g.above)-1] != a.g) {
				b.g.above = append(b.g.above, a.g)
			}
		}
	}
}

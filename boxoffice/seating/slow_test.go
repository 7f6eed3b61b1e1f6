package seating

import (
	"slices"

	"wicket/boxoffice"
)

// merit is what the slow scoring says of a set of places, best first. It is
// written from the words of doc.go alone, one set of places at a time.
type merit struct {
	tier    tier
	parts   int
	alone   int
	zone    int // lowest zone, after all single ones if there are several
	orphans int
	uneven  int
	level   int
	cost    int
}

func (m merit) order() []int {
	return []int{int(m.tier), m.parts, m.alone, m.zone, m.orphans, m.uneven, m.level, m.cost}
}

// slow is a house as the slow scoring sees it.
type slow struct {
	plan *boxoffice.Plan
	free []bool
	req  Request
}

func (h slow) special(p boxoffice.Place) bool {
	return p.Features&(boxoffice.Wheelchair|boxoffice.Companion) != 0
}

// mayHave lists the places an ordinary party may be given.
func (h slow) mayHave() (places []boxoffice.Place) {
	for _, p := range h.plan.Places {
		if h.free[p.No-1] && !h.special(p) && (h.req.Zone < 0 || p.Zone == h.req.Zone) &&
			(h.req.Section < 0 || p.Section == h.req.Section) && (h.req.Zones == nil || h.req.Zones[p.Zone]) {
			places = append(places, p)
		}
	}
	return places
}

// groups splits a set into stretches of neighbours.
func (h slow) groups(set []boxoffice.Place) (groups [][]boxoffice.Place) {
	left := slices.Clone(set)
	for len(left) > 0 {
		group := left[:1:1]
		left = left[1:]
		for grown := true; grown; {
			grown = false
			for i, p := range left {
				if slices.ContainsFunc(group, func(q boxoffice.Place) bool { return boxoffice.Neighbours(p, q) }) {
					group = append(group, p)
					left = slices.Delete(slices.Clone(left), i, i+1)
					grown = true
					break
				}
			}
		}
		slices.SortFunc(group, func(a, b boxoffice.Place) int { return a.Column - b.Column })
		groups = append(groups, group)
	}
	slices.SortFunc(groups, func(a, b []boxoffice.Place) int {
		if a[0].Line != b[0].Line {
			return a[0].Line - b[0].Line
		}
		return a[0].Column - b[0].Column
	})
	return groups
}

// isAcross reports whether groups are one row with nothing but aisles between.
func (h slow) isAcross(groups [][]boxoffice.Place) bool {
	for i := 1; i < len(groups); i++ {
		a, b := groups[i-1][len(groups[i-1])-1], groups[i][0]
		if a.Section != b.Section || a.Line != b.Line || b.Column-a.Column > aisle+1 {
			return false
		}
		for _, p := range h.plan.Places {
			if p.Section == a.Section && p.Line == a.Line && p.Column > a.Column && p.Column < b.Column {
				return false
			}
		}
	}
	return true
}

// isBehind reports whether two groups are one behind the other.
func (h slow) isBehind(a, b []boxoffice.Place) bool {
	if a[0].Section != b[0].Section || b[0].Line <= a[0].Line || b[0].Line-a[0].Line > 2 {
		return false
	}
	for _, p := range h.plan.Places {
		if p.Section == a[0].Section && !h.special(p) && p.Line > a[0].Line && p.Line < b[0].Line {
			return false
		}
	}
	for _, p := range a {
		for _, q := range b {
			if p.Column == q.Column {
				return true
			}
		}
	}
	return false
}

// stranded counts the free ordinary seats without a free ordinary neighbour, set
// being taken, and of them only those that had one before.
func (h slow) stranded(set []boxoffice.Place) (n int) {
	lonely := func(p boxoffice.Place, taken []boxoffice.Place) bool {
		for _, q := range h.plan.Places {
			if boxoffice.Neighbours(p, q) && h.free[q.No-1] && !h.special(q) && !slices.Contains(taken, q) {
				return false
			}
		}
		return true
	}
	for _, p := range h.plan.Places {
		if h.free[p.No-1] && !h.special(p) && !slices.Contains(set, p) && lonely(p, set) && !lonely(p, nil) {
			n++
		}
	}
	return n
}

// seatCost is the distance of a seat from the best of its level, squared.
func (h slow) seatCost(p boxoffice.Place) int {
	level := h.plan.Sections[p.Section].Level
	top, bottom, left, right := 1<<20, -1, 1<<20, -1
	for _, q := range h.plan.Places {
		if h.plan.Sections[q.Section].Level == level {
			top, bottom, left, right = min(top, q.Line), max(bottom, q.Line), min(left, q.Column), max(right, q.Column)
		}
	}
	depth := p.Line - top
	if h.plan.Stage == boxoffice.EdgeBottom {
		depth = bottom - p.Line
	}
	dx := 2*p.Column - left - right
	dy := depth - (bottom-top)/4
	if dy < 0 {
		dy *= 4
	} else {
		dy *= 3
	}
	cost := dx*dx + dy*dy
	if p.Features.Has(boxoffice.RestrictedView) {
		cost += 24 * 24
	}
	return cost
}

// judge scores a set of places. The cost is only right for sets that are not
// scattered.
func (h slow) judge(set []boxoffice.Place) merit {
	groups := h.groups(set)
	m := merit{parts: len(groups), orphans: h.stranded(set), level: 1 << 20}
	low, high, small, large := 1<<20, -1, 1<<20, 0
	for _, p := range set {
		low, high = min(low, p.Zone), max(high, p.Zone)
		m.level = min(m.level, h.plan.Sections[p.Section].Level)
		m.cost += h.seatCost(p)
	}
	for _, g := range groups {
		if len(g) == 1 && len(groups) > 1 {
			m.alone++
		}
		small, large = min(small, len(g)), max(large, len(g))
		filled := true
		for _, p := range h.plan.Places {
			if h.free[p.No-1] && !h.special(p) && !slices.Contains(set, p) && (boxoffice.Neighbours(p, g[0]) || boxoffice.Neighbours(p, g[len(g)-1])) {
				filled = false
			}
		}
		if filled {
			m.cost -= 9 * len(g)
		}
	}
	m.uneven = large - small
	switch {
	case h.req.Zone >= 0:
	case low == high:
		m.zone = low
	default:
		m.zone = len(h.plan.Zones) + low
	}
	accompanied := len(set) < 4 || small > 1
	switch {
	case len(groups) == 1:
		m.tier = together
	case accompanied && h.isAcross(groups):
		m.tier = across
		for i := 1; i < len(groups); i++ {
			gap := groups[i][0].Column - groups[i-1][len(groups[i-1])-1].Column - 1
			m.cost += len(set) * gap * gap
		}
	case accompanied && len(groups) == 2 && h.isBehind(groups[0], groups[1]):
		m.tier = behind
		a, b := groups[0], groups[1]
		off := a[0].Column + a[len(a)-1].Column - b[0].Column - b[len(b)-1].Column
		m.cost += len(set) * off * off
	case accompanied && len(set) > 3:
		m.tier = parted
	default:
		m.tier = scattered
	}
	return m
}

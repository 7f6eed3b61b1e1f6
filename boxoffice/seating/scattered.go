package seating

// findScattered finds several parts, as few as will do: first such that nobody
// of four or more is alone, else any.
func (s *search) findScattered() {
	if s.n > 3 && s.findParts(parted, 2) {
		return
	}
	s.findParts(scattered, 1)
}

// findParts looks for as few parts as will do, each of a segment of at least
// that many, and reports whether it found any. It looks in one zone after the
// other, then in all together.
func (s *search) findParts(t tier, least int32) bool {
	s.segment(false)
	for p := s.fewest(-1, least); p <= s.n/least; p++ {
		if s.h.patchwork {
			s.segment(true)
		}
		for zone := range int32(s.h.zones) {
			if s.zoneAllowed(zone) {
				s.tryParts(t, zone, p, least)
				if s.best.tier != nothing && len(s.near) == 0 {
					return true
				}
			}
		}
		if s.h.patchwork {
			s.segment(false)
		}
		if s.req.Zone < 0 {
			s.tryParts(t, -1, p, least)
		}
		if s.best.tier != nothing {
			return true
		}
	}
	return false
}

// fewest returns how few segments of the zone (negative for all), each of at
// least that many, have room for all.
func (s *search) fewest(zone, least int32) int32 {
	s.sizes = zeroed(s.sizes, int(s.n)+1)
	for i := range s.segments {
		if g := &s.segments[i]; g.n >= least && (zone < 0 || g.zone == zone) {
			s.sizes[min(g.n, s.n)]++
		}
	}
	parts, left := int32(0), s.n
	for size := s.n; size > 0; size-- {
		for range s.sizes[size] {
			parts++
			if left -= size; left <= 0 {
				return parts
			}
		}
	}
	return 1 << 30
}

// most returns how many the largest p segments of those counted by fewest hold.
func (s *search) most(p int32) (sum int32) {
	for size := s.n; size > 0 && p > 0; size-- {
		k := min(p, s.sizes[size])
		sum += k * size
		p -= k
	}
	return sum
}

// What one attempt at parts may cost, in comparisons, and how many starting
// points it tries at most.
const (
	comparisons = 400_000
	anchors     = 24
)

// tryParts tries p parts from the most promising starting points, and some
// from all over the house.
func (s *search) tryParts(t tier, zone, p, least int32) {
	if s.fewest(zone, least) > p {
		return
	}
	others := s.most(p - 1)
	s.order, s.pick = s.order[:0], s.pick[:0]
	for i := range s.segments {
		if g := &s.segments[i]; g.n >= least && (zone < 0 || g.zone == zone) {
			s.order = append(s.order, int32(i))
			if g.n+others >= s.n {
				s.pick = append(s.pick, int32(i))
			}
		}
	}
	starts := s.pick
	tries := min(max(comparisons/(int(p)*len(s.order)), 2), anchors, len(starts))
	best := (tries*3 + 3) / 4
	s.used = zeroed(s.used, len(s.segments))
	s.round = 0
	for i := range tries {
		at := i
		if i >= best {
			at = best + (i-best)*(len(starts)-best)/(tries-best)
		}
		s.partsFrom(t, starts[at], p, least)
	}
}

// partsFrom takes a segment and those nearest to it that are large enough, and
// shares the party evenly among them.
func (s *search) partsFrom(t tier, anchor, p, least int32) {
	s.round++
	s.trial = s.trial[:0]
	from := &s.segments[anchor]
	left := s.n
	for at := anchor; ; {
		s.used[at] = s.round
		g := &s.segments[at]
		s.trial = append(s.trial, part{first: at, pool: g.pool})
		if left -= g.n; left <= 0 {
			break
		}
		need := p - int32(len(s.trial))
		if need == 0 {
			return
		}
		need = (left + need - 1) / need
		at = -1
		nearest := int64(1 << 62)
		for _, i := range s.order {
			g := &s.segments[i]
			if g.n < need || s.used[i] == s.round {
				continue
			}
			if d := from.far(g); d < nearest {
				at, nearest = i, d
				if d == 0 {
					break
				}
			}
		}
		if at < 0 {
			return
		}
	}
	if int32(len(s.trial))*least > s.n {
		return
	}
	s.share(least)
	s.settle(t, from)
}

// share gives every part its size: as even as the segments allow.
func (s *search) share(least int32) {
	left := s.n
	for i := range s.trial {
		s.trial[i].n = least
		left -= least
	}
	for size := least; left > 0; size++ {
		for i := range s.trial {
			p := &s.trial[i]
			if left > 0 && p.n == size && s.segments[p.first].n > size {
				p.n++
				left--
			}
		}
	}
}

// settle places every part within its segment and scores the whole.
func (s *search) settle(t tier, from *segment) {
	score := score{tier: t, parts: int32(len(s.trial)), level: from.level, first: 1 << 30, near: 3}
	if len(s.near) == 0 {
		score.near = 0
	}
	low, high, small, large := int32(1<<30), int32(-1), int32(1<<30), int32(0)
	var sumX, sumY int64
	for i := range s.trial {
		p := &s.trial[i]
		g := &s.segments[p.first]
		small, large = min(small, p.n), max(large, p.n)
		score.level = min(score.level, g.level)
		if p.n == 1 {
			score.alone++
		}
		if g.level != from.level {
			score.cost += 8 * int64(p.n) * otherLevel
		} else if g.section != from.section {
			score.cost += 8 * int64(p.n) * otherSection
		}
		if g.pool >= 0 {
			score.standing++
			score.near = min(score.near, s.nearPool(&s.h.pools[g.pool]))
			score.cost += 8 * toStanding
			sumX += int64(p.n) * int64(from.left+from.right)
			sumY += int64(p.n) * int64(from.top+from.bottom)
			low, high = min(low, g.zone), max(high, g.zone)
			p.first = 0
			continue
		}
		r := &s.h.runs[g.run]
		var orphans int32
		var cost int64
		p.first, orphans, cost = s.within(g, r, p.n, from, i == 0)
		z, w := s.zonesOf(r, p.first, p.first+p.n-1)
		low, high = min(low, z), max(high, w)
		score.orphans += orphans
		score.cost += cost
		score.first = min(score.first, p.first)
		if len(s.near) > 0 {
			near, far := s.nearness(r, p.first, p.first+p.n-1)
			score.near = min(score.near, near)
			score.cost += far
		}
		x, y := s.middle(p)
		sumX += int64(p.n) * x
		sumY += int64(p.n) * y
	}
	n := int64(s.n)
	for i := range s.trial {
		if p := &s.trial[i]; p.pool < 0 {
			x, y := s.middle(p)
			dx, dy := x-sumX/n, rowBack*(y-sumY/n)/2
			score.cost += 8 * int64(p.n) * (dx*dx + dy*dy)
		}
	}
	score.zone = s.zoneScore(low, high)
	score.uneven = large - small
	s.take(score, s.trial...)
}

// middle returns twice the column and line of a part's middle.
func (s *search) middle(p *part) (x, y int64) {
	a, b := &s.h.spots[s.h.place[p.first]], &s.h.spots[s.h.place[p.first+p.n-1]]
	return int64(a.column + b.column), int64(a.line + b.line)
}

// within returns where in its segment a part of n is best: leaving no orphan,
// then where it is cheapest if it is the first part, nearest to that if not.
func (s *search) within(g *segment, r *run, n int32, from *segment, first bool) (at, orphans int32, cost int64) {
	at = -1
	var least int64
	for a := g.first; a+n <= g.first+g.n; a++ {
		o, c := s.worth(r, a, a+n-1)
		weight := c
		if !first {
			x, y := s.middle(&part{first: a, n: n})
			dx, dy := x-int64(from.left+from.right), rowBack*(y-int64(from.top+from.bottom))/2
			weight = dx*dx + dy*dy
		}
		if at < 0 || o < orphans || o == orphans && weight < least {
			at, orphans, cost, least = a, o, c, weight
		}
	}
	return at, orphans, cost
}

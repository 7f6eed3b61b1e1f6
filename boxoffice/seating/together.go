package seating

// findTogether finds the best stretch of neighbours.
func (s *search) findTogether() {
	switch {
	case s.remembers():
		s.findRemembered()
		return
	case len(s.near) > 0:
		s.findNear()
		return
	}
	h, n := s.h, s.n
	for _, i := range h.ranked {
		r := &h.runs[i]
		if r.len() < int(n) {
			continue
		}
		some, all := s.runAllowed(r)
		if !some || s.hopeless(r, &s.best) {
			continue
		}
		s.findIn(r, all)
	}
}

// findIn looks for the best stretch of a run of which all zones are allowed, or not all.
func (s *search) findIn(r *run, all bool) {
	length := int32(0)
	for b := r.first; b <= r.last; b++ {
		if !s.usable(b, all) {
			length = 0
			continue
		}
		if length++; length >= s.n {
			s.takeTogether(r, b-s.n+1, b)
		}
	}
}

// hopeless reports whether nothing in the run can be better than b, where the basket
// has nothing yet.
func (s *search) hopeless(r *run, b *score) bool {
	if b.tier != together {
		return false
	}
	if zone := s.zoneScore(r.minZone, r.minZone); zone != b.zone {
		return zone > b.zone
	}
	return b.orphans == 0 && (r.level > b.level || r.level == b.level && b.standing == 0 && int64(s.n)*(r.minCost-filled) > b.cost)
}

// worth returns how many orphans taking the seats from a to b of a run makes, and what
// they cost.
func (s *search) worth(r *run, a, b int32) (orphans int32, cost int64) {
	orphans, fills := s.edges(r, a, b)
	cost = s.costOf(a, b)
	if fills {
		cost -= filled * int64(b-a+1)
	}
	return orphans, cost
}

func (s *search) takeTogether(r *run, a, b int32) {
	low, high := s.zonesOf(r, a, b)
	orphans, cost := s.worth(r, a, b)
	score := score{
		tier: together, parts: 1, zone: s.zoneScore(low, high), orphans: orphans,
		level: r.level, cost: cost, first: a,
	}
	if len(s.near) > 0 {
		near, far := s.nearness(r, a, b)
		score.near = near
		score.cost += far
	}
	if score.compare(&s.best) < 0 {
		s.best = score
		s.parts = append(s.parts[:0], part{first: a, n: s.n, pool: -1})
	}
}

// findAcross finds the best stretch of a row that goes over an aisle.
func (s *search) findAcross() {
	h, n := s.h, s.n
	for _, c := range h.chains {
		first, last := &h.runs[c[0]], &h.runs[c[1]]
		if last.last-first.first+1 < n {
			continue
		}
		length := int32(0)
		for b := first.first; b <= last.last; b++ {
			if s.room[b] == 0 {
				length = 0
				continue
			}
			if length++; length >= n && h.runOf[b] != h.runOf[b-n+1] {
				s.takeAcross(b-n+1, b)
			}
		}
	}
}

func (s *search) takeAcross(a, b int32) {
	h := s.h
	from, to := h.runOf[a], h.runOf[b]
	score := score{tier: across, parts: to - from + 1, level: h.runs[from].level, cost: s.costOf(a, b), first: a}
	s.trial = s.trial[:0]
	low, high, small, large := int32(1<<30), int32(-1), int32(1<<30), int32(0)
	for i := from; i <= to; i++ {
		r := &h.runs[i]
		x, y := max(a, r.first), min(b, r.last)
		size := y - x + 1
		if size == 1 {
			score.alone++
		}
		small, large = min(small, size), max(large, size)
		z, w := s.zonesOf(r, x, y)
		low, high = min(low, z), max(high, w)
		orphans, fills := s.edges(r, x, y)
		score.orphans += orphans
		if fills {
			score.cost -= filled * int64(size)
		}
		if i > from {
			before, after := &h.spots[h.place[x-1]], &h.spots[h.place[x]]
			gap := int64(max(after.column-before.column, after.line-before.line) - 1)
			score.cost += int64(s.n) * gap * gap
		}
		if len(s.near) > 0 {
			near, far := s.nearness(r, x, y)
			if i == from || near < score.near {
				score.near = near
			}
			score.cost += far
		}
		s.trial = append(s.trial, part{first: x, n: size, pool: -1})
	}
	if score.alone > 0 && s.n > 3 {
		return
	}
	score.zone = s.zoneScore(low, high)
	score.uneven = large - small
	s.take(score, s.trial...)
}

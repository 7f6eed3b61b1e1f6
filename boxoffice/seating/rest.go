package seating

import "slices"

// ends returns the outer neighbours of the specials, and whether they lie side
// by side.
func (s *search) ends(g *party) (left, right int32, joined bool) {
	left, right = g.specials[0], g.specials[0]
	n := 1
	for side := s.h.spots[left].side[0]; side >= 0 && slices.Contains(g.specials, side); side = s.h.spots[left].side[0] {
		left = side
		n++
	}
	for side := s.h.spots[right].side[1]; side >= 0 && slices.Contains(g.specials, side); side = s.h.spots[right].side[1] {
		right = side
		n++
	}
	return s.h.spots[left].side[0], s.h.spots[right].side[1], n == len(g.specials)
}

// restBeside seats the rest on both sides of the specials, no gap between.
func (s *search) restBeside(g *party) {
	h := s.h
	left, right, joined := s.ends(g)
	if !joined {
		return
	}
	position := func(at int32) int32 {
		if at < 0 {
			return -1
		}
		return h.spots[at].position
	}
	l, r := position(left), position(right)
	for i := int32(0); i <= s.n; i++ {
		j := s.n - i
		if i > 0 && (l < 0 || l-i+1 < h.runs[h.runOf[l]].first || s.room[l-i+1] < i) || j > 0 && (r < 0 || s.room[r] < j) {
			continue
		}
		score := g.base
		score.tier, score.parts = together, 1
		low, high := g.low, g.high
		s.trial = s.trial[:0]
		if i > 0 {
			s.restPart(g, &score, l-i+1, i, &low, &high)
		}
		if j > 0 {
			s.restPart(g, &score, r, j, &low, &high)
		}
		s.takeParty(g, score, low, high, s.trial...)
	}
}

// restPart adds n seats from a to the trial and what they are worth to the score.
func (s *search) restPart(g *party, score *score, a, n int32, low, high *int32) {
	h := s.h
	r := &h.runs[h.runOf[a]]
	orphans, cost := s.worth(r, a, a+n-1)
	score.orphans += orphans
	score.cost += cost + 8*s.away(g, &h.spots[h.place[a]], &h.spots[h.place[a+n-1]], n)
	z, w := s.zonesOf(r, a, a+n-1)
	*low, *high = min(*low, z), max(*high, w)
	s.trial = append(s.trial, part{first: a, n: n, pool: -1})
}

// away is what the distance of n seats from head to tail costs.
func (s *search) away(g *party, head, tail *spot, n int32) int64 {
	switch {
	case head.level != g.anchor.level:
		return int64(n) * otherLevel
	case !head.seated || !g.anchor.seated:
		return int64(n) * toStanding
	}
	dx := int64(head.column+tail.column) - g.x
	dy := rowBack * (int64(head.line+tail.line) - g.y) / 2
	d := dx*dx + dy*dy
	if head.section != g.anchor.section {
		d += otherSection
	}
	return int64(n) * d
}

// restTogether seats the rest in one stretch, or in a GA section.
func (s *search) restTogether(g *party) {
	h := s.h
	base := g.base
	base.tier, base.parts = parted, 2
	for i := range h.runs {
		r := &h.runs[i]
		if s.widest[i] < s.n {
			continue
		}
		least := base
		least.zone = s.zoneScore(min(g.low, r.minZone), min(g.low, r.minZone))
		least.cost += int64(s.n) * (r.minCost - filled)
		dy := rowBack * (2*int64(r.line) - g.y) / 2
		if !r.upright && r.level == g.anchor.level {
			least.cost += 8 * int64(s.n) * dy * dy
		}
		if least.compare(&s.best) > 0 {
			continue
		}
		for a := r.first; a+s.n-1 <= r.last; a++ {
			if s.room[a] < s.n {
				continue
			}
			score, low, high := base, g.low, g.high
			s.trial = s.trial[:0]
			s.restPart(g, &score, a, s.n, &low, &high)
			s.takeParty(g, score, low, high, s.trial...)
		}
	}
	for i := range s.segments {
		seg := &s.segments[i]
		if seg.pool < 0 || seg.n < s.n {
			continue
		}
		score := base
		score.standing = 1
		p := &h.spots[h.pools[seg.pool].places[0]]
		score.cost += 8 * s.away(g, p, p, s.n)
		s.takeParty(g, score, min(g.low, seg.zone), max(g.high, seg.zone), part{n: s.n, pool: seg.pool})
	}
}

// restSingly seats the rest wherever is nearest, part by part.
func (s *search) restSingly(g *party) {
	h := s.h
	at := g.anchor
	here := segment{pool: -1, level: at.level, section: at.section, left: at.column, right: at.column, top: at.line, bottom: at.line}
	if !at.seated {
		here.pool = 0
	}
	s.used = zeroed(s.used, len(s.segments))
	score := g.base
	score.tier, score.parts = scattered, 1
	low, high := g.low, g.high
	s.trial = s.trial[:0]
	left := s.n
	for left > 0 {
		nearest, least := -1, int64(1<<62)
		for i := range s.segments {
			if d := here.far(&s.segments[i]); d < least && s.used[i] == 0 {
				nearest, least = i, d
			}
		}
		if nearest < 0 {
			return
		}
		s.used[nearest] = 1
		seg := &s.segments[nearest]
		n := min(left, seg.n)
		left -= n
		score.parts++
		if n == 1 {
			score.alone++
		}
		if seg.pool >= 0 {
			score.standing++
			p := &h.spots[h.pools[seg.pool].places[0]]
			score.cost += 8 * s.away(g, p, p, n)
			low, high = min(low, seg.zone), max(high, seg.zone)
			s.trial = append(s.trial, part{n: n, pool: seg.pool})
			continue
		}
		a, _, _ := s.within(seg, &h.runs[seg.run], n, &here, false)
		s.restPart(g, &score, a, n, &low, &high)
	}
	s.takeParty(g, score, low, high, s.trial...)
}

func (s *search) takeParty(g *party, score score, low, high int32, parts ...part) {
	score.zone = s.zoneScore(low, high)
	if score.compare(&s.best) < 0 {
		s.best = score
		s.parts = append(s.parts[:0], parts...)
		s.specials = append(s.specials[:0], g.specials...)
	}
}

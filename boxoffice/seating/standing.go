package seating

import "slices"

// findStanding finds the first GA section that has all places.
func (s *search) findStanding() {
	for i := range s.h.pools {
		p := &s.h.pools[i]
		if !s.sectionAllowed(p.section) || !s.zoneAllowed(p.zone) {
			continue
		}
		score := score{
			tier: together, parts: 1, near: s.nearPool(p), zone: s.zoneScore(p.zone, p.zone),
			level: p.level, standing: 1, first: int32(i),
		}
		if score.compare(&s.best) < 0 && s.openIn(int32(i), s.n) == s.n {
			s.best = score
			s.parts = append(s.parts[:0], part{n: s.n, pool: int32(i)})
		}
	}
}

// openIn counts the places of a pool that can be offered, up to a number that is
// enough.
func (s *search) openIn(pool, enough int32) int32 {
	if slices.Contains(s.shut, pool) {
		return 0
	}
	if s.hall != nil && !slices.Contains(s.trodden, pool) {
		return min(s.hall.pools[pool].open, enough)
	}
	n := int32(0)
	for _, at := range s.h.pools[pool].places {
		if s.open(at) {
			if n++; n >= enough {
				break
			}
		}
	}
	return n
}

// standFrom returns the place of a pool before which none is free.
func (s *search) standFrom(pool int32) int32 {
	if s.hall == nil {
		return 0
	}
	return s.hall.standFrom(pool)
}

// nearPool is nearness for a pool.
func (s *search) nearPool(p *pool) int32 {
	if len(s.near) == 0 {
		return 0
	}
	for _, at := range s.near {
		if s.h.spots[at].section == p.section {
			return 0
		}
	}
	return 3
}

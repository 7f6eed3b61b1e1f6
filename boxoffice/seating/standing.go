package seating

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
		if score.compare(&s.best) < 0 && s.openIn(p, s.n) == s.n {
			s.best = score
			s.parts = append(s.parts[:0], part{n: s.n, pool: int32(i)})
		}
	}
}

// openIn counts the places of a pool that can be offered, up to a number that is
// enough.
func (s *search) openIn(p *pool, enough int32) int32 {
	n := int32(0)
	for _, at := range p.places {
		if s.open(at) {
			if n++; n >= enough {
				break
			}
		}
	}
	return n
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

package seating

// segment is a stretch of seats that can be offered, or the places of a pool.
type segment struct {
	first, n             int32
	pool, run            int32 // one of them -1
	zone, level, section int32
	left, right          int32 // columns
	top, bottom          int32 // lines
}

// What a part elsewhere counts as, in squared half seats.
const (
	otherSection = 64
	toStanding   = 1 << 12
	otherLevel   = 1 << 20
)

// far is how far apart two segments are, squared.
func (a *segment) far(b *segment) int64 {
	d := int64(0)
	if a.section != b.section {
		d += otherSection
	}
	if a.level != b.level {
		return d + otherLevel*int64(1+min(apart(a.level, b.level), 16))
	}
	if a.pool >= 0 || b.pool >= 0 {
		return d + toStanding
	}
	dx := 2 * int64(max(a.left-b.right, b.left-a.right, 0))
	dy := rowBack * int64(max(a.top-b.bottom, b.top-a.bottom, 0))
	return d + dx*dx + dy*dy
}

// segment fills segments, the most promising first, splitting them where the
// zone changes or not.
func (s *search) segment(split bool) {
	h := s.h
	s.segments = s.segments[:0]
	for _, i := range h.ranked {
		if s.widest[i] == 0 {
			continue
		}
		r := &h.runs[i]
		for a := r.first; a <= r.last; {
			n := s.room[a]
			if n == 0 {
				a++
				continue
			}
			head := &h.spots[h.place[a]]
			if split && r.minZone != r.maxZone {
				for k := int32(1); k < n; k++ {
					if h.spots[h.place[a+k]].zone != head.zone {
						n = k
					}
				}
			}
			tail := &h.spots[h.place[a+n-1]]
			s.segments = append(s.segments, segment{
				first: a, n: n, pool: -1, run: i, zone: head.zone, level: r.level, section: r.section,
				left: min(head.column, tail.column), right: max(head.column, tail.column), top: head.line, bottom: tail.line,
			})
			a += n
		}
	}
	for i := range h.pools {
		p := &h.pools[i]
		if !s.sectionAllowed(p.section) || !s.zoneAllowed(p.zone) {
			continue
		}
		if n := s.openIn(int32(i), s.n); n > 0 {
			s.segments = append(s.segments, segment{n: n, pool: int32(i), run: -1, zone: p.zone, level: p.level, section: p.section})
		}
	}
}

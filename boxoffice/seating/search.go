package seating

// part is places of a choice that are together: n seats from a position, or n
// of a pool.
type part struct {
	first, n int32
	pool     int32 // or -1
}

// search is the work of one question. Its slices are used again by the next.
type search struct {
	h    *House
	hall *Hall // where what was found in runs is kept; nil where the question stands alone
	free []bool
	req  Request
	n    int32 // places to find that are not special

	banned     []bool      // places of choices already made; empty if none
	spoilt     []int32     // runs and
	trodden    []int32     // pools that have banned places, and
	shut       []int32     // pools that are banned whole
	wanted     int         // choices to find
	top        []candidate // the best runs before any choice was made
	best       score
	parts      []part  // of the best choice
	specials   []int32 // wheelchair and companion places of the best choice
	near       []int32 // place indexes of what the basket has
	bounds     []int32 // by run: how near to that it is at most
	room       []int32 // by position: usable seats from here to the end of the stretch
	widest     []int32 // by run: its longest stretch
	segments   []segment
	trial      []part
	sizes      []int32
	order      []int32
	used       []uint32 // by segment or position, the last round it was used in
	round      uint32
	pick       []int32
	rightFirst bool // take the companion place at the right of a space first
	tries      int  // how many more wheelchair spaces to seat the rest singly about
}

// newSearch begins the work of a question, in the memory of one that was answered before
// where there is any. It ends with close.
func newSearch(h *House, free []bool, req Request) *search {
	s, again := h.searches.Get().(*search)
	if !again {
		s = new(search)
	}
	s.h, s.free, s.req = h, free, req
	s.n = int32(req.Seats - req.Wheelchairs - req.Companions)
	s.banned, s.spoilt, s.trodden, s.shut = s.banned[:0], s.spoilt[:0], s.trodden[:0], s.shut[:0]
	s.nearTo(req.Near)
	return s
}

func (s *search) close() {
	h := s.h
	s.h, s.hall, s.free, s.req = nil, nil, nil, Request{}
	h.searches.Put(s)
}

// ban keeps the places of a choice out of the choices to come. They stay free: a
// seat beside them is no orphan. A whole GA section goes with a choice that
// stands in it: other places of it are no other choice.
func (s *search) ban(c Choice) {
	if len(s.banned) == 0 {
		s.banned = zeroed(s.banned, len(s.h.spots))
	}
	for _, no := range c.Places {
		s.banned[no-1] = true
	}
	for _, p := range s.parts {
		if p.pool < 0 {
			s.spoilt = append(s.spoilt, s.h.runOf[p.first])
		} else {
			s.trodden = append(s.trodden, p.pool)
		}
	}
	if c.score.tier == together && len(s.specials) == 0 && s.parts[0].pool >= 0 {
		s.shut = append(s.shut, s.parts[0].pool)
	}
}

// zeroed returns a slice of n zeroes, in the memory of a if it is large enough.
func zeroed[T any](a []T, n int) []T {
	if cap(a) < n {
		return make([]T, n)
	}
	a = a[:n]
	clear(a)
	return a
}

// open reports whether a place can be offered, its zone and section being right.
func (s *search) open(at int32) bool {
	return s.free[at] && (len(s.banned) == 0 || !s.banned[at])
}

func (s *search) zoneAllowed(zone int32) bool {
	return (s.req.Zone < 0 || s.req.Zone == int(zone)) &&
		(s.req.Zones == nil || int(zone) < len(s.req.Zones) && s.req.Zones[zone])
}

func (s *search) sectionAllowed(section int32) bool {
	return s.req.Section < 0 || s.req.Section == int(section)
}

// runAllowed reports whether a run may have places to offer, and whether all
// its zones are allowed.
func (s *search) runAllowed(r *run) (some, all bool) {
	if !s.sectionAllowed(r.section) {
		return false, false
	}
	if r.minZone == r.maxZone {
		ok := s.zoneAllowed(r.minZone)
		return ok, ok
	}
	return true, s.req.Zone < 0 && s.req.Zones == nil
}

// usable reports whether the seat at a position can be offered in a run of which
// all zones are allowed, or not all.
func (s *search) usable(position int32, all bool) bool {
	at := s.h.place[position]
	return s.open(at) && (all || s.zoneAllowed(s.h.spots[at].zone))
}

// zoneScore is the zone part of a score: one zone before several.
func (s *search) zoneScore(low, high int32) int32 {
	switch {
	case s.req.Zone >= 0:
		return 0
	case low == high:
		return low
	default:
		return int32(s.h.zones) + low
	}
}

// zonesOf returns the lowest and highest zone of the seats from a to b in a run.
func (s *search) zonesOf(r *run, a, b int32) (low, high int32) {
	if r.minZone == r.maxZone {
		return r.minZone, r.maxZone
	}
	low = s.h.spots[s.h.place[a]].zone
	high = low
	for _, at := range s.h.place[a+1 : b+1] {
		zone := s.h.spots[at].zone
		low, high = min(low, zone), max(high, zone)
	}
	return low, high
}

// freeAt reports whether the position is a free seat of the run.
func (s *search) freeAt(r *run, position int32) bool {
	return position >= r.first && position <= r.last && s.free[s.h.place[position]]
}

// edges returns how many orphans taking the seats from a to b of a run makes,
// and whether that fills a gap.
func (s *search) edges(r *run, a, b int32) (orphans int32, fills bool) {
	left, right := s.freeAt(r, a-1), s.freeAt(r, b+1)
	if left && !s.freeAt(r, a-2) {
		orphans++
	}
	if right && !s.freeAt(r, b+2) {
		orphans++
	}
	return orphans, !left && !right
}

// costOf is what the seats from a to b cost.
func (s *search) costOf(a, b int32) int64 { return s.h.sum[b+1] - s.h.sum[a] }

// measure fills room and widest.
func (s *search) measure() {
	s.room = zeroed(s.room, len(s.h.place))
	s.widest = zeroed(s.widest, len(s.h.runs))
	for i := range s.h.runs {
		r := &s.h.runs[i]
		some, all := s.runAllowed(r)
		if !some {
			continue
		}
		length := int32(0)
		for p := r.last; p >= r.first; p-- {
			if s.usable(p, all) {
				length++
			} else {
				length = 0
			}
			s.room[p] = length
			s.widest[i] = max(s.widest[i], length)
		}
	}
}

// take makes a choice the best if it is better.
func (s *search) take(score score, parts ...part) {
	if score.compare(&s.best) < 0 {
		s.best = score
		s.parts = append(s.parts[:0], parts...)
	}
}

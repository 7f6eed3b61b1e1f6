package seating

import "wicket/boxoffice"

// maxNear is how many places of the basket nearness looks at: each is compared with
// every choice, and of a large basket most stand inside it.
const maxNear = 64

// nearTo sets what the basket has. Of more than maxNear places it keeps those with
// a free seat beside them first, then others, evenly spread.
func (s *search) nearTo(places []boxoffice.PlaceNo) {
	s.near = s.near[:0]
	for _, no := range places {
		if no >= 1 && int(no) <= len(s.h.spots) && s.h.spots[no-1].section >= 0 {
			s.near = append(s.near, int32(no-1))
		}
	}
	if len(s.near) <= maxNear {
		return
	}
	var edge, inside []int32
	for _, at := range s.near {
		side := s.h.spots[at].side
		if side[0] >= 0 && s.free[side[0]] || side[1] >= 0 && s.free[side[1]] {
			edge = append(edge, at)
		} else {
			inside = append(inside, at)
		}
	}
	s.near = spread(s.near[:0], edge, maxNear)
	s.near = spread(s.near, inside, maxNear-len(s.near))
}

// spread appends at most n of some places, evenly from the first to the last.
func spread(to, places []int32, n int) []int32 {
	n = min(n, len(places))
	for i := range n {
		to = append(to, places[i*len(places)/n])
	}
	return to
}

// findNear finds the best stretch of neighbours for a basket that has places: first in
// the runs that may have one beside them, then ever further off, until nothing that is
// left can be as near as what was found.
func (s *search) findNear() {
	if len(s.banned) == 0 {
		s.bounds = zeroed(s.bounds, len(s.h.runs))
		for i := range s.h.runs {
			s.bounds[i] = s.nearest(int32(i))
		}
	}
	for near := int32(0); near <= 3; near++ {
		for _, i := range s.h.ranked {
			r := &s.h.runs[i]
			if s.bounds[i] != near || r.len() < int(s.n) {
				continue
			}
			if some, all := s.runAllowed(r); some {
				s.findIn(r, all)
			}
		}
		if s.best.tier == together && s.best.near <= near {
			return
		}
	}
}

// nearest is what nearness says of no stretch of a run less than.
func (s *search) nearest(i int32) int32 {
	h, r := s.h, &s.h.runs[i]
	head, tail := &h.spots[h.place[r.first]], &h.spots[h.place[r.last]]
	near := int32(3)
	for _, at := range s.near {
		q := &h.spots[at]
		if q.section != r.section || !q.seated {
			continue
		}
		near = min(near, 2)
		for _, side := range q.side {
			if side >= 0 && h.spots[side].position >= 0 && h.runOf[h.spots[side].position] == i {
				return 0
			}
		}
		if near == 1 {
			continue
		}
		along := max(head.column-q.column, q.column-tail.column, 0)
		over := max(head.line-q.line, q.line-head.line)
		if r.upright || over == 0 && along <= aisle+1 || over <= 2 && along == 0 {
			near = 1
		}
	}
	return near
}

// nearness says how near the seats from a to b of a run are to what the basket
// has: 0 beside it, 1 across an aisle or in the next row, 2 in its section, 3
// elsewhere; and what the distance costs.
func (s *search) nearness(r *run, a, b int32) (near int32, cost int64) {
	h := s.h
	head, tail := &h.spots[h.place[a]], &h.spots[h.place[b]]
	near, cost = 3, 1<<40
	for _, at := range s.near {
		q := &h.spots[at]
		kind := int32(3)
		switch {
		case head.side[0] == at || tail.side[1] == at:
			kind = 0
		case q.section != r.section || !q.seated:
		default:
			kind = 2
			dc := max(head.column-q.column, q.column-tail.column, 0)
			dl := max(head.line-q.line, q.line-tail.line, 0)
			along, over := dc, dl
			if r.upright {
				along, over = dl, dc
			}
			if over == 0 && along <= aisle+1 || over <= 2 && along == 0 {
				kind = 1
			}
		}
		near = min(near, kind)
		cost = min(cost, s.far(q, head, tail))
	}
	return near, 8 * cost * int64(b-a+1)
}

// far is how far a place is from seats that go from head to tail.
func (s *search) far(q, head, tail *spot) int64 {
	if q.level != head.level || !q.seated {
		return 1 << 30
	}
	dx := int64(head.column+tail.column) - 2*int64(q.column)
	dy := rowBack * (int64(head.line+tail.line) - 2*int64(q.line)) / 2
	return dx*dx + dy*dy
}

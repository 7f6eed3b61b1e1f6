package seating

import (
	"slices"

	"wicket/boxoffice"
)

// Hall is a house with what is free of it, kept in step place by place. It remembers
// the best stretch of each run for small parties while nothing in the run changes, and
// how many places of each pool are free: a question looks at few seats. One goroutine
// at a time may use it.
type Hall struct {
	house *House
	free  []bool    // by place index
	runs  [][]found // by party, by run; nil for a party nobody asked for
	pools []floor
}

// largestKept is the largest party whose best stretches are remembered.
const largestKept = 12

// found is the best stretch of a run for a party, whose zone and level are the run's.
type found struct {
	known   bool
	first   int32 // position, negative where no stretch is long enough
	orphans int32
	cost    int64
}

// floor is what is free of a pool.
type floor struct{ open, from int32 } // before from, none is

// Hall returns a hall of the house: free[no-1] says whether a place can be had; a place
// beyond its end cannot.
func (h *House) Hall(free []bool) *Hall {
	hall := &Hall{house: h, free: make([]bool, len(h.spots)), runs: make([][]found, largestKept+1), pools: make([]floor, len(h.pools))}
	copy(hall.free, free)
	for i := range h.pools {
		for _, at := range h.pools[i].places {
			if hall.free[at] {
				hall.pools[i].open++
			}
		}
	}
	return hall
}

// Set says whether a place can be had from now on. A place the house does not have
// changes nothing.
func (h *Hall) Set(no boxoffice.PlaceNo, free bool) {
	if no < 1 || int(no) > len(h.free) || h.free[no-1] == free {
		return
	}
	h.free[no-1] = free
	s := &h.house.spots[no-1]
	switch {
	case s.position >= 0:
		for _, runs := range h.runs {
			if runs != nil {
				runs[h.house.runOf[s.position]].known = false
			}
		}
	case s.pool >= 0 && free:
		p := &h.pools[s.pool]
		p.open++
		p.from = min(p.from, s.within)
	case s.pool >= 0:
		h.pools[s.pool].open--
	}
}

// Best returns what [House.Best] returns of the same free places.
func (h *Hall) Best(req Request, most int) []Choice {
	if !h.house.sensible(req) {
		return nil
	}
	s := newSearch(h.house, h.free, req)
	s.hall = h
	defer s.close()
	return s.choices(most)
}

// standFrom returns the place of a pool before which none is free.
func (h *Hall) standFrom(pool int32) int32 {
	p, places := &h.pools[pool], h.house.pools[pool].places
	for int(p.from) < len(places) && !h.free[places[p.from]] {
		p.from++
	}
	return p.from
}

// remembers reports whether the best stretch of a run can be remembered for this
// question: a small one, for which only what is free counts.
func (s *search) remembers() bool {
	return s.hall != nil && s.n <= largestKept && len(s.near) == 0 && !s.h.patchwork
}

// candidate is a run with its best stretch.
type candidate struct {
	run   int32
	score score
}

// findRemembered finds the best stretch of neighbours in the best runs, and in those
// that choices already made have spoilt. Each choice spoils one: the best of the rest
// is among as many runs as there are choices to make.
func (s *search) findRemembered() {
	if len(s.banned) == 0 {
		s.rankRuns()
	}
	for _, c := range s.top {
		if !slices.Contains(s.spoilt, c.run) {
			s.take(c.score, part{first: c.score.first, n: s.n, pool: -1})
		}
	}
	for i, run := range s.spoilt {
		if !slices.Contains(s.spoilt[:i], run) {
			s.findIn(&s.h.runs[run], true)
		}
	}
}

// rankRuns fills top with the best runs that are allowed, as many as there are choices
// to make.
func (s *search) rankRuns() {
	s.top = s.top[:0]
	bests := s.hall.bests(s.n)
	for _, i := range s.h.ranked {
		r := &s.h.runs[i]
		if some, _ := s.runAllowed(r); !some {
			continue
		}
		full := len(s.top) == s.wanted
		if full && s.hopeless(r, &s.top[s.wanted-1].score) {
			break // and so are all that are ranked behind it
		}
		f := &bests[i]
		if !f.known {
			*f = s.bestOf(r)
		}
		if f.first < 0 {
			continue
		}
		c := candidate{i, score{
			tier: together, parts: 1, zone: s.zoneScore(r.minZone, r.maxZone), orphans: f.orphans,
			level: r.level, cost: f.cost, first: f.first,
		}}
		if full {
			if c.score.compare(&s.top[s.wanted-1].score) > 0 {
				continue
			}
			s.top = s.top[:s.wanted-1]
		}
		at := len(s.top)
		for at > 0 && c.score.compare(&s.top[at-1].score) < 0 {
			at--
		}
		s.top = slices.Insert(s.top, at, c)
	}
}

// bests are the best stretches of each run for a party, as far as they are known.
func (h *Hall) bests(party int32) []found {
	if h.runs[party] == nil {
		h.runs[party] = make([]found, len(h.house.runs))
	}
	return h.runs[party]
}

// bestOf looks for the best stretch of a run.
func (s *search) bestOf(r *run) found {
	best := found{known: true, first: -1}
	length := int32(0)
	for b := r.first; b <= r.last; b++ {
		if !s.free[s.h.place[b]] {
			length = 0
			continue
		}
		if length++; length < s.n {
			continue
		}
		a := b - s.n + 1
		orphans, cost := s.worth(r, a, b)
		if best.first < 0 || orphans < best.orphans || orphans == best.orphans && cost < best.cost {
			best.first, best.orphans, best.cost = a, orphans, cost
		}
	}
	return best
}

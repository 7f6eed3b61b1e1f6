package seating

import (
	"slices"

	"wicket/boxoffice"
)

// Request is what a customer asks for.
type Request struct {
	Seats       int // places in all, of which
	Wheelchairs int // wheelchair spaces, and
	Companions  int // companion places beside them
	// Zone and Section index into the plan; negative for any.
	Zone, Section int
	// Zones says, by zone index, which zones may be used; nil for all.
	Zones []bool
	// Near are places the basket already has, to be beside if possible.
	Near []boxoffice.PlaceNo
}

// Choice is places that can be had, lowest number first.
type Choice struct {
	Places []boxoffice.PlaceNo
	// Why is a short line for a clerk that says what is good and bad about it.
	Why string

	score score
}

// Best returns up to most choices, best first, no two of which share a place;
// none if there is none. free[no-1] says whether a place can be had; a place
// beyond its end cannot. Nothing keeps free once Best has returned.
func (h *House) Best(free []bool, req Request, most int) []Choice {
	if !h.sensible(req) {
		return nil
	}
	if len(free) < len(h.spots) {
		free = append(slices.Clone(free), make([]bool, len(h.spots)-len(free))...)
	}
	s := newSearch(h, free, req)
	defer s.close()
	return s.choices(most)
}

// sensible reports whether a request can be met by some house of this size.
func (h *House) sensible(req Request) bool {
	return req.Seats > 0 && req.Seats <= len(h.spots) && req.Wheelchairs >= 0 && req.Companions >= 0 &&
		req.Wheelchairs <= req.Seats && req.Companions <= req.Seats-req.Wheelchairs
}

// choices finds up to most choices, best first.
func (s *search) choices(most int) []Choice {
	if most <= 0 {
		return nil
	}
	s.wanted = most
	var choices []Choice
	for {
		s.find()
		if s.best.tier == nothing {
			break
		}
		choices = append(choices, s.choice())
		if len(choices) == most || len(choices)*s.req.Seats > len(s.h.spots) {
			break
		}
		s.ban(choices[len(choices)-1])
	}
	slices.SortStableFunc(choices, func(a, b Choice) int { return a.score.compare(&b.score) })
	return choices
}

// find looks for the best choice that has no banned place.
func (s *search) find() {
	s.best = score{unaccompanied: 1 << 30, tier: nothing}
	s.parts = s.parts[:0]
	s.specials = s.specials[:0]
	if s.req.Wheelchairs+s.req.Companions > 0 {
		s.findChairs()
		return
	}
	s.findTogether()
	s.findStanding()
	if s.best.tier == nothing && s.n > 1 {
		s.measure()
		s.findAcross()
	}
	if s.best.tier == nothing && s.n > 1 {
		s.findBehind()
	}
	if s.best.tier == nothing && s.n > 1 {
		s.findScattered()
	}
}

// choice makes a Choice of the best.
func (s *search) choice() Choice {
	places := make([]boxoffice.PlaceNo, 0, s.req.Seats)
	for _, at := range s.specials {
		places = append(places, boxoffice.PlaceNo(at+1))
	}
	for _, p := range s.parts {
		if p.pool < 0 {
			for _, at := range s.h.place[p.first : p.first+p.n] {
				places = append(places, boxoffice.PlaceNo(at+1))
			}
			continue
		}
		left := p.n
		for _, at := range s.h.pools[p.pool].places[s.standFrom(p.pool):] {
			if left == 0 {
				break
			}
			if s.open(at) {
				places = append(places, boxoffice.PlaceNo(at+1))
				left--
			}
		}
	}
	slices.Sort(places)
	return Choice{Places: places, Why: s.why(), score: s.best}
}

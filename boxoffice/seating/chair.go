package seating

import (
	"cmp"
	"slices"

	"wicket/boxoffice"
)

// findChairs finds the best places of a party that asks for wheelchair spaces
// or companion places: it tries each space as the one the rest gathers about.
func (s *search) findChairs() {
	anchorsOf := s.h.chairs
	if s.req.Wheelchairs == 0 {
		anchorsOf = s.h.companions
	}
	if s.n > 0 {
		s.measure()
		s.segment(false)
		s.tries = min(comparisons/(int(s.n)*max(len(s.segments), 1)), 8)
	}
	for _, anchor := range anchorsOf {
		if s.offered(anchor) {
			s.rightFirst = false
			s.gather(anchor)
			if s.req.Companions > 0 && s.companion(s.h.spots[anchor].side[0]) && s.companion(s.h.spots[anchor].side[1]) {
				s.rightFirst = true
				s.gather(anchor)
			}
		}
	}
}

// offered reports whether a place of any kind can be offered.
func (s *search) offered(at int32) bool {
	p := &s.h.spots[at]
	return s.open(at) && s.sectionAllowed(p.section) && s.zoneAllowed(p.zone)
}

// party is a group gathered about a wheelchair space.
type party struct {
	specials  []int32
	low, high int32 // zones
	x, y      int64 // twice the column and line of the middle
	anchor    *spot
	base      score
}

// gather takes the spaces and companion places nearest the anchor, then the
// rest.
func (s *search) gather(anchor int32) {
	h := s.h
	s.pick = append(s.pick[:0], anchor)
	if !s.addChairs(anchor) {
		return
	}
	unaccompanied, ok := s.addCompanions(anchor)
	if !ok {
		return
	}
	g := party{specials: s.pick, low: 1 << 30, high: -1, anchor: &h.spots[anchor]}
	g.base = score{unaccompanied: unaccompanied, level: g.anchor.level, first: anchor}
	for _, at := range g.specials {
		p := &h.spots[at]
		g.low, g.high = min(g.low, p.zone), max(g.high, p.zone)
		g.x += 2 * int64(p.column)
		g.y += 2 * int64(p.line)
		g.base.cost += p.cost
		if p.level != g.anchor.level {
			g.base.cost += otherLevel
		}
	}
	g.x /= int64(len(g.specials))
	g.y /= int64(len(g.specials))
	for _, at := range g.specials {
		g.base.cost += 8 * s.away(&g, &h.spots[at], &h.spots[at], 1)
	}
	s.nearParty(&g)
	if s.n == 0 {
		g.base.tier, g.base.parts = together, 1
		if _, _, joined := s.ends(&g); !joined {
			g.base.tier, g.base.parts = parted, 2
		}
		s.takeParty(&g, g.base, g.low, g.high)
		return
	}
	s.restBeside(&g)
	s.restTogether(&g)
	if s.best.unaccompanied > unaccompanied || s.best.tier == scattered && s.tries > 0 {
		s.tries--
		s.restSingly(&g)
	}
}

// addChairs adds the other wheelchair spaces asked for.
func (s *search) addChairs(anchor int32) bool {
	if s.req.Wheelchairs < 2 {
		return true
	}
	return s.addNearest(anchor, s.h.chairs, s.req.Wheelchairs, func(at int32) int64 {
		if s.req.Companions >= s.req.Wheelchairs && !s.hasCompanion(at) {
			return 1 << 16
		}
		return 0
	})
}

// addCompanions adds companion places: one beside each space, then more beside
// them, then the nearest. It says how many are beside none, and whether there
// are enough.
func (s *search) addCompanions(anchor int32) (unaccompanied int32, ok bool) {
	want := s.req.Wheelchairs + s.req.Companions
	if s.req.Wheelchairs == 0 {
		return 0, s.addNearest(anchor, s.h.companions, want, nil)
	}
	for _, chair := range s.pick[:s.req.Wheelchairs] {
		s.addCompanionBeside(chair, want)
	}
	for i := 0; i < len(s.pick); {
		if !s.addCompanionBeside(s.pick[i], want) {
			i++
		}
	}
	unaccompanied = int32(want - len(s.pick))
	return unaccompanied, s.addNearest(anchor, s.h.companions, want, nil)
}

// addCompanionBeside adds one companion place beside one of the party, unless
// there are enough, and reports whether it did.
func (s *search) addCompanionBeside(at int32, want int) bool {
	sides := s.h.spots[at].side
	if s.rightFirst {
		sides[0], sides[1] = sides[1], sides[0]
	}
	for _, side := range sides {
		if len(s.pick) < want && s.companion(side) && !slices.Contains(s.pick, side) {
			s.pick = append(s.pick, side)
			return true
		}
	}
	return false
}

// companion reports whether at is a companion place that can be offered.
func (s *search) companion(at int32) bool {
	return at >= 0 && s.h.plan.Places[at].Features&(boxoffice.Wheelchair|boxoffice.Companion) == boxoffice.Companion && s.offered(at)
}

func (s *search) hasCompanion(chair int32) bool {
	side := s.h.spots[chair].side
	return s.companion(side[0]) || s.companion(side[1])
}

// addNearest adds the nearest of some places to those picked until there are
// want, and reports whether there are.
func (s *search) addNearest(anchor int32, of []int32, want int, more func(at int32) int64) bool {
	if len(s.pick) >= want {
		return true
	}
	from := &s.h.spots[anchor]
	type far struct {
		at int32
		d  int64
	}
	var all []far
	for _, at := range of {
		if s.offered(at) && !slices.Contains(s.pick, at) {
			p := &s.h.spots[at]
			d := s.far(from, p, p)
			if p.section != from.section {
				d += otherSection
			}
			if more != nil {
				d += more(at)
			}
			all = append(all, far{at, d})
		}
	}
	if len(s.pick)+len(all) < want {
		return false
	}
	slices.SortStableFunc(all, func(a, b far) int { return cmp.Compare(a.d, b.d) })
	for _, f := range all[:want-len(s.pick)] {
		s.pick = append(s.pick, f.at)
	}
	return true
}

// nearParty scores how near the party is to what the basket has.
func (s *search) nearParty(g *party) {
	if len(s.near) == 0 {
		return
	}
	near, far := int32(3), int64(1<<40)
	for _, at := range s.near {
		q := &s.h.spots[at]
		for _, special := range g.specials {
			p := &s.h.spots[special]
			switch {
			case p.side[0] == at || p.side[1] == at:
				near = 0
			case p.section == q.section:
				near = min(near, 2)
			}
			far = min(far, s.far(q, p, p))
		}
	}
	g.base.near = near
	g.base.cost += 8 * far
}

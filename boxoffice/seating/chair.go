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
		s.segment()
	}
	for _, anchor := range anchorsOf {
		if s.offered(anchor) {
			s.gather(anchor)
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
	if s.best.tier > parted || s.best.unaccompanied > unaccompanied {
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
	for _, side := range s.h.spots[at].side {
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
	orphans, fills := s.edges(r, a, a+n-1)
	score.orphans += orphans
	score.cost += s.costOf(a, a+n-1)
	if fills {
		score.cost -= filled * int64(n)
	}
	score.cost += 8 * s.away(g, &h.spots[h.place[a]], &h.spots[h.place[a+n-1]], n)
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

// restSingly seats the rest wherever is nearest.
func (s *search) restSingly(g *party) {
	h := s.h
	type far struct {
		segment int32
		d       int64
	}
	all := make([]far, len(s.segments))
	for i := range s.segments {
		seg := &s.segments[i]
		at := g.anchor
		here := segment{pool: -1, level: at.level, section: at.section, left: at.column, right: at.column, top: at.line, bottom: at.line}
		if !at.seated {
			here.pool = 0
		}
		all[i] = far{int32(i), here.far(seg)}
	}
	slices.SortStableFunc(all, func(a, b far) int { return cmp.Compare(a.d, b.d) })
	score := g.base
	score.tier, score.parts = scattered, 1
	low, high := g.low, g.high
	s.trial = s.trial[:0]
	left := s.n
	for _, f := range all {
		if left == 0 {
			break
		}
		seg := &s.segments[f.segment]
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
		here := segment{left: g.anchor.column, right: g.anchor.column, top: g.anchor.line, bottom: g.anchor.line}
		a, _, _ := s.within(seg, &h.runs[seg.run], n, &here, false)
		s.restPart(g, &score, a, n, &low, &high)
	}
	if left == 0 {
		s.takeParty(g, score, low, high, s.trial...)
	}
}

func (s *search) takeParty(g *party, score score, low, high int32, parts ...part) {
	score.zone = s.zoneScore(low, high)
	if score.compare(&s.best) < 0 {
		s.best = score
		s.parts = append(s.parts[:0], parts...)
		s.specials = append(s.specials[:0], g.specials...)
	}
}

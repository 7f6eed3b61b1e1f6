package seating

// findBehind finds the best two parts that lie one behind the other, the even
// ones first.
func (s *search) findBehind() {
	n := s.n
	for large := (n + 1) / 2; large < n; large++ {
		small := n - large
		if small < 2 && n > 3 {
			break
		}
		for _, pair := range s.h.pairs {
			s.behindIn(pair[0], pair[1], large, small)
			if large != small {
				s.behindIn(pair[1], pair[0], large, small)
			}
		}
	}
}

// behindIn tries x seats of run i with y seats of run j.
func (s *search) behindIn(i, j, x, y int32) {
	if s.widest[i] < x || s.widest[j] < y {
		return
	}
	h := s.h
	p, q := &h.runs[i], &h.runs[j]
	least := score{
		tier: behind, parts: 2, zone: s.zoneScore(min(p.minZone, q.minZone), min(p.minZone, q.minZone)),
		uneven: x - y, level: p.level,
		cost: int64(x)*(p.minCost-filled) + int64(y)*(q.minCost-filled), first: -1,
	}
	if min(x, y) == 1 {
		least.alone = 1
		if x == 1 {
			least.alone = 2
		}
	}
	if least.compare(&s.best) > 0 {
		return
	}
	for a := p.first; a+x-1 <= p.last; a++ {
		if s.room[a] < x {
			continue
		}
		orphansA, costA := s.worth(p, a, a+x-1)
		lowA, highA := s.zonesOf(p, a, a+x-1)
		part1 := least
		part1.orphans = orphansA
		part1.cost = costA + int64(y)*(q.minCost-filled)
		if part1.compare(&s.best) > 0 {
			continue
		}
		column := p.column + a - p.first // of the first of x
		from := max(q.first, q.first+column-y+1-q.column)
		to := min(q.last-y+1, q.first+column+x-1-q.column)
		for b := from; b <= to; b++ {
			if s.room[b] < y {
				continue
			}
			orphansB, costB := s.worth(q, b, b+y-1)
			low, high := s.zonesOf(q, b, b+y-1)
			off := int64(2*column + x - 2*(q.column+b-q.first) - y)
			score := least
			score.orphans = orphansA + orphansB
			score.zone = s.zoneScore(min(low, lowA), max(high, highA))
			score.cost = costA + costB + int64(s.n)*off*off
			score.first = min(a, b)
			if len(s.near) > 0 {
				near, far := s.nearness(p, a, a+x-1)
				nearB, farB := s.nearness(q, b, b+y-1)
				score.near = min(near, nearB)
				score.cost += far + farB
			}
			if score.compare(&s.best) < 0 {
				s.best = score
				s.parts = append(s.parts[:0], part{first: a, n: x, pool: -1}, part{first: b, n: y, pool: -1})
			}
		}
	}
}

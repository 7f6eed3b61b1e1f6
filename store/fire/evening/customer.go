package evening

import (
	"time"

	"wicket/boxoffice"
)

// customer is somebody who comes to buy.
type customer struct {
	show  *show
	party int
}

// arrivals puts those who will come on the agenda: some all along, most in the rush
// before the curtain.
func (e *Evening) arrivals() {
	for range e.dice.between(104, 126) {
		at := time.Duration(e.dice.Int64N(int64(curtain)))
		if e.dice.chance(65) {
			at = curtain - time.Duration(e.dice.ExpFloat64()*float64(14*time.Minute))
		}
		who := &customer{show: e.told.shows[weighed(e.dice, often[int]{75, 0}, often[int]{25, 1})], party: weighed(e.dice,
			often[int]{20, 1}, often[int]{45, 2}, often[int]{12, 3}, often[int]{15, 4}, often[int]{3, 6}, often[int]{2, e.dice.between(8, 25)})}
		e.after(at, func() {
			e.waiting = append(e.waiting, who)
			e.serve()
		})
	}
}

// serve sends those who wait to clerks who have nobody.
func (e *Evening) serve() {
	for len(e.waiting) > 0 {
		var idle []*clerk
		for _, c := range e.told.clerks {
			if !c.busy {
				idle = append(idle, c)
			}
		}
		if len(idle) == 0 {
			return
		}
		who, c := e.waiting[0], one(e.dice, idle)
		e.waiting = e.waiting[1:]
		c.busy = true
		e.steps(c, e.visit(c, who))
	}
}

// steps does one thing after another, with the time a clerk needs in between.
func (e *Evening) steps(c *clerk, todo []func()) {
	if len(todo) == 0 {
		if !c.waits {
			c.busy = false
			e.serve()
		}
		return
	}
	e.after(e.dice.seconds(1, 25), func() {
		todo[0]()
		e.steps(c, todo[1:])
	})
}

// visit is what becomes of a customer.
func (e *Evening) visit(c *clerk, who *customer) (todo []func()) {
	do := func(what func()) { todo = append(todo, what) }
	do(func() { e.firstPlaces(c, who) })
	for range weighed(e.dice, often[int]{40, 0}, often[int]{40, 1}, often[int]{20, 2}) {
		do(func() { e.changeOfMind(c, who) })
	}
	return append(todo, weighed(e.dice,
		often[func()]{64, func() { e.pays(c) }},
		often[func()]{10, func() { e.walksAway(c) }},
		often[func()]{6, func() { e.drop(c) }},
		often[func()]{8, func() { e.comesBack(c) }},
		often[func()]{8, func() { e.fetchesMoney(c) }},
		often[func()]{4, func() { e.handOver(c, one(e.dice, e.told.clerks)) }},
	))
}

func (e *Evening) firstPlaces(c *clerk, who *customer) {
	switch weighed(e.dice, often[int]{60, 0}, often[int]{28, 1}, often[int]{12, 2}) {
	case 0:
		e.best(c, who.show, who.party, -1)
	case 1:
		e.holdPlaces(c, who.show, e.neighbours(who.show, min(who.party, 6)))
	default:
		e.best(c, who.show, who.party, len(who.show.plan.Sections)-1)
	}
}

func (e *Evening) best(c *clerk, s *show, n, section int) {
	q := boxoffice.Request{Section: section, Zone: -1, Parties: []boxoffice.Party{{Type: e.types.adult, Count: n}}}
	if n > 1 && e.dice.chance(30) {
		q.Parties = []boxoffice.Party{{Type: e.types.adult, Count: n - 1}, {Type: e.types.child, Count: 1}}
	}
	e.holdBest(c, s, q)
}

// neighbours are so many places side by side that the clerk points at: mostly free ones.
func (e *Evening) neighbours(s *show, n int) []boxoffice.Pick {
	for tries := 0; ; tries++ {
		first := boxoffice.PlaceNo(e.dice.between(1, len(s.places)-n+1))
		picks := make([]boxoffice.Pick, n)
		for i := range picks {
			picks[i] = boxoffice.Pick{Place: first + boxoffice.PlaceNo(i), Type: e.someType()}
		}
		now := e.now()
		if tries == 12 || s.all(picks, func(p *place) bool { return p.free(now) }) {
			return picks
		}
	}
}

func (e *Evening) someType() boxoffice.PriceTypeID {
	if e.dice.chance(25) {
		return e.types.child
	}
	return e.types.adult
}

// changeOfMind is one thing customers ask for once they have places.
func (e *Evening) changeOfMind(c *clerk, who *customer) {
	k := e.full(c)
	if k == nil {
		e.best(c, who.show, max(1, who.party-1), -1)
		return
	}
	at := one(e.dice, k.places)
	switch e.dice.IntN(7) {
	case 0:
		e.changeTypes(c, at.show, []boxoffice.Pick{{Place: at.no, Type: e.someType()}}, nil)
	case 1:
		e.changeTypes(c, at.show, []boxoffice.Pick{{Place: at.no, Type: e.someType()}}, e.neighbours(at.show, 1))
	case 2:
		e.swap(c, at, e.neighbours(at.show, 1)[0])
	case 3:
		e.release(c, at.show, []boxoffice.PlaceNo{at.no})
	case 4:
		e.best(c, one(e.dice, e.told.shows), 1, -1)
	case 5:
		e.renew(c)
	default:
		e.holdPlaces(c, who.show, e.neighbours(who.show, 2))
	}
}

func (e *Evening) pays(c *clerk) {
	if e.dice.chance(4) {
		e.sell(c, -1)
	}
	e.sell(c, boxoffice.Money(e.dice.between(0, 5000)))
	if e.full(c) != nil { // one of the performances is called off
		e.drop(c)
	}
}

// untilOver is how long until a keep's time is over, or a moment before or after it.
func (e *Evening) untilOver(k *keep) time.Duration {
	near := one(e.dice, []time.Duration{-time.Second, -time.Millisecond, 0, 0, time.Millisecond, time.Minute, 10 * time.Minute})
	return min(k.expires.Sub(e.now())+near, 40*time.Minute)
}

// walksAway leaves the clerk with a full basket, who goes on about when it lapses: with
// whatever a clerk can do.
func (e *Evening) walksAway(c *clerk) {
	k := e.full(c)
	if k == nil {
		return
	}
	at := one(e.dice, k.places)
	c.waits = true
	e.after(e.untilOver(k), func() {
		c.waits = false
		weighed(
			e.dice,
			often[func()]{24, func() { e.retake(c, false) }},
			often[func()]{14, func() { e.retake(c, true) }},
			often[func()]{10, func() { e.forget(c) }},
			often[func()]{8, func() { e.drop(c) }},
			often[func()]{16, func() { e.sell(c, 0) }},
			often[func()]{8, func() { e.renew(c) }},
			often[func()]{6, func() { e.best(c, at.show, 1, -1) }},
			often[func()]{6, func() { e.release(c, at.show, []boxoffice.PlaceNo{at.no}) }},
			often[func()]{6, func() { e.changeTypes(c, at.show, []boxoffice.Pick{{Place: at.no, Type: e.someType()}}, nil) }},
			often[func()]{6, func() { e.swap(c, at, e.neighbours(at.show, 1)[0]) }},
			often[func()]{4, func() { e.park(c) }},
			often[func()]{4, func() { e.holdFor(c, e.now().Add(time.Minute)) }},
			often[func()]{4, func() { e.handOver(c, one(e.dice, e.told.clerks)) }},
		)()
		e.steps(c, []func(){func() {
			if e.full(c) != nil {
				e.pays(c)
			}
		}})
	})
}

// comesBack keeps places under a name; somebody comes for them, or nobody.
func (e *Evening) comesBack(c *clerk) {
	if e.full(c) == nil {
		return
	}
	until := e.now().Add(e.dice.seconds(-5, 3000))
	k := e.holdFor(c, until)
	if k == nil {
		return
	}
	e.after(min(time.Duration(e.dice.Int64N(int64(time.Hour))), e.untilOver(k)), func() {
		by := one(e.dice, e.told.clerks)
		if e.dice.chance(20) {
			e.dropNamed(by, k)
			return
		}
		if e.dice.chance(20) && by.keep == nil && !by.busy { // with a basket in hand, which is parked
			e.best(by, one(e.dice, e.told.shows), 1, -1)
		}
		e.pickUp(by, k)
		if by.keep == k {
			e.pays(by)
		}
	})
}

// fetchesMoney parks the basket; they come again, or not.
func (e *Evening) fetchesMoney(c *clerk) {
	k := e.full(c)
	e.park(c)
	if k == nil {
		return
	}
	e.after(min(e.dice.seconds(30, 900), e.untilOver(k)), func() {
		by := c
		if e.dice.chance(30) {
			by = one(e.dice, e.told.clerks)
		}
		e.resume(by, k)
		if by.keep != k {
			return
		}
		if !k.alive(e.now()) {
			e.retake(by, e.dice.chance(50))
		}
		if e.dice.chance(80) {
			e.pays(by)
		}
	})
}

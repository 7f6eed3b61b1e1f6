package evening

import (
	"fmt"
	"time"

	"wicket/boxoffice"
)

// PlayClocks plays so many steps of a seed in which clocks are set all the time: by
// milliseconds, hours and days, forward and back, and to the very end of a hold. The
// rest is as in [Play].
func PlayClocks(path, folder string, seed uint64, steps int) (Outcome, error) {
	replay := fmt.Sprintf("WICKET_SEED=%d WICKET_ROUNDS=1 go test ./store/fire/evening -run TestClocks", seed)
	return run(path, folder, seed, replay, func(e *Evening) {
		e.come2()
		for i := range steps {
			e.clock.passed += time.Duration(e.dice.IntN(2000)) * time.Millisecond
			if e.dice.chance(30) {
				e.clockIsSet()
			} else {
				e.oneStep(one(e.dice, e.told.clerks[:8]))
			}
			if i%250 == 249 {
				e.agree()
			}
		}
	})
}

// come2 opens the house in two processes.
func (e *Evening) come2() {
	for _, name := range []string{"process 1", "process 2"} {
		p := &process{name: name, down: true}
		e.processes = append(e.processes, p)
		e.come(p)
	}
	e.learn(e.processes[0])
}

// clockIsSet sets the clock to another instant.
func (e *Evening) clockIsSet() {
	to := e.clock.Now()
	switch e.dice.IntN(10) {
	case 0:
		to = to.Add(24 * time.Hour)
	case 1, 2:
		to = to.Add(-24 * time.Hour)
	case 3:
		to = to.Add(e.dice.seconds(-3600, 3600))
	case 4, 5:
		to = e.told.head.Add(e.dice.seconds(-2, 600)) // right again
	default:
		var keeps []*keep
		for _, c := range e.told.clerks {
			if c.keep != nil {
				keeps = append(keeps, c.keep)
			}
		}
		if keeps = append(append(keeps, e.told.parked...), e.told.named...); len(keeps) == 0 {
			return
		}
		to = one(e.dice, keeps).expires.Add(one(e.dice, []time.Duration{-time.Second, -time.Millisecond, 0, 0, time.Millisecond}))
	}
	e.out.Jumps++
	e.clock.off += to.Sub(e.clock.Now())
	e.tell("the clock is set to %s", stamp(to))
}

// oneStep is one thing that somebody does.
func (e *Evening) oneStep(c *clerk) {
	s := one(e.dice, e.told.shows)
	k := e.full(c)
	had := k
	if had == nil {
		had = c.keep
	}
	weighed(
		e.dice,
		often[func()]{24, func() { e.holdPlaces(c, s, e.neighbours(s, e.dice.between(1, 3))) }},
		often[func()]{8, func() { e.best(c, s, e.dice.between(1, 3), -1) }},
		often[func()]{22, func() { e.sell(c, 0) }},
		often[func()]{8, func() { e.renew(c) }},
		often[func()]{10, func() { e.retake(c, e.dice.chance(50)) }},
		often[func()]{3, func() { e.forget(c) }},
		often[func()]{3, func() { e.drop(c) }},
		often[func()]{5, func() {
			if had != nil && len(had.places) > 0 {
				at := one(e.dice, had.places)
				e.release(c, at.show, []boxoffice.PlaceNo{at.no})
			}
		}},
		often[func()]{4, func() { e.park(c) }},
		often[func()]{4, func() {
			if len(e.told.parked) > 0 {
				e.resume(c, one(e.dice, e.told.parked))
			}
		}},
		often[func()]{4, func() { e.holdFor(c, e.now().Add(e.dice.seconds(-10, 900))) }},
		often[func()]{4, func() {
			if len(e.told.named) > 0 {
				e.pickUp(c, one(e.dice, e.told.named))
			}
		}},
		often[func()]{6, func() { e.void(nil) }},
		often[func()]{20, func() { e.cancelTicket(e.someSupervisor()) }},
		often[func()]{3, func() { e.keepBack(e.someSupervisor(), s, "M", 1, e.now().Add(e.dice.seconds(1, 900))) }},
		often[func()]{3, func() { e.giveBack(e.someSupervisor(), s, false) }},
		often[func()]{12, func() { e.sweep(e.someProcess()) }},
	)()
}

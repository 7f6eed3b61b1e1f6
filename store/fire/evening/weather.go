package evening

import (
	"context"
	"time"

	"wicket/boxoffice"
)

// weather is what goes wrong with clocks, and with all processes at once. Most evenings
// have some of it.
func (e *Evening) weather() {
	if e.dice.chance(50) {
		e.clock.creep = int64(e.dice.between(-300, 300))
	}
	for range weighed(e.dice, often[int]{35, 0}, often[int]{35, 1}, often[int]{20, 2}, often[int]{10, 4}) {
		e.after(time.Duration(e.dice.Int64N(int64(curtain+15*time.Minute))), e.clockJumps)
	}
}

// clockJumps sets the clock, or lets the machine sleep: what its clock shows is another
// instant at once. Sometimes somebody sets it right after a while.
func (e *Evening) clockJumps() {
	by := weighed(e.dice,
		often[time.Duration]{25, e.dice.seconds(-5, 5)},
		often[time.Duration]{25, e.dice.seconds(-1800, 1800)},
		often[time.Duration]{10, time.Hour},
		often[time.Duration]{10, -time.Hour},
		often[time.Duration]{15, e.dice.seconds(600, 3*3600)}, // asleep
		often[time.Duration]{8, 24 * time.Hour},
		often[time.Duration]{12, -24 * time.Hour},
	)
	e.out.Jumps++
	e.clock.off += by
	e.tell("the clock jumps by %s", by)
	if e.dice.chance(50) {
		e.after(e.dice.seconds(10, 1200), func() {
			e.out.Jumps++
			e.clock.off -= by
			e.tell("the clock is set right, by %s", -by)
		})
	}
}

// sweeping is the work of a process's sweeper: at the instant at which something is due,
// or a look now and then. Now and then it is late.
func (e *Evening) sweeping(p *process) {
	if e.closed {
		return
	}
	wait := 4 * time.Minute
	if !p.down {
		e.sweep(p)
		e.view(p, func(r boxoffice.Reader) error {
			next, err := r.NextExpiry()
			if err == nil && !next.IsZero() {
				wait = min(wait, max(next.Sub(r.Now()), 200*time.Millisecond))
			}
			return err
		})
	}
	if e.dice.chance(15) {
		wait += e.dice.seconds(1, 600)
	}
	e.after(wait, func() { e.sweeping(p) })
}

func (e *Evening) sweep(p *process) {
	n, err := p.office.Sweep(context.Background(), 100)
	e.must("sweep", err)
	if n > 0 {
		e.out.UseCases++
		e.tell("%s swept %d", p.name, n)
		e.told.sweep(e.now())
	}
}

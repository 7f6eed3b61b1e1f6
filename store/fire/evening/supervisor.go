package evening

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wicket/boxoffice"
)

// asked is a request that waits for its answer.
type asked struct {
	id    boxoffice.ApprovalID
	show  *show
	picks []boxoffice.Pick // out of a block
	order *sale            // to be voided
	until time.Time
}

// oversight is what supervisors and the manager do all evening.
func (e *Evening) oversight() {
	for range 36 {
		e.after(time.Duration(e.dice.Int64N(int64(curtain+20*time.Minute))), e.oneMatter)
	}
}

func (e *Evening) someSupervisor() *clerk {
	var all []*clerk
	for _, c := range e.told.clerks {
		if c.role != boxoffice.Clerk {
			all = append(all, c)
		}
	}
	return one(e.dice, all)
}

func (e *Evening) oneMatter() {
	by, s := e.someSupervisor(), one(e.dice, e.told.shows)
	weighed(e.dice,
		often[func()]{10, func() {
			e.keepBack(by, s, one(e.dice, []boxoffice.BlockCode{"H", "P"}), e.dice.between(1, 5), time.Time{})
		}},
		often[func()]{10, func() { e.keepBack(by, s, "M", e.dice.between(1, 4), e.now().Add(e.dice.seconds(-60, 1500))) }},
		often[func()]{5, func() { e.keepBack(by, s, boxoffice.KillCode, 1, time.Time{}) }},
		often[func()]{8, func() { e.giveBack(by, s, false) }},
		often[func()]{4, func() { e.giveBack(by, s, true) }},
		often[func()]{10, func() { e.takeFromBlock(by, s) }},
		often[func()]{12, func() { e.ask(one(e.dice, e.told.clerks), s) }},
		often[func()]{18, func() { e.void(one(e.dice, []*clerk{by, nil})) }},
		often[func()]{12, func() { e.cancelTicket(by) }},
		often[func()]{4, func() { e.stop(s) }},
		often[func()]{1, func() { e.callOff(s) }},
		often[func()]{6, func() { e.takeOver(by, one(e.dice, e.told.clerks)) }},
		often[func()]{5, func() { e.freeSomething(by) }},
		often[func()]{4, func() { e.message(by) }},
	)()
}

// spots are places side by side: of those with a block, where want says so.
func (e *Evening) spots(s *show, n int, want func(*place) bool) []boxoffice.PlaceNo {
	for tries := 0; ; tries++ {
		first := boxoffice.PlaceNo(e.dice.between(1, len(s.places)-n+1))
		if tries < 60 && !want(&s.places[first-1]) {
			continue
		}
		var places []boxoffice.PlaceNo
		for i := range n {
			places = append(places, first+boxoffice.PlaceNo(i))
		}
		return places
	}
}

func (e *Evening) keepBack(by *clerk, s *show, code boxoffice.BlockCode, n int, until time.Time) {
	now := e.now()
	places := e.spots(s, n, func(p *place) bool { return p.free(now) })
	ok := until.IsZero() || until.After(now)
	for _, no := range places {
		ok = ok && s.places[no-1].open(now)
	}
	what := fmt.Sprintf("blocks %s %d in %d", code, places, s.id)
	if !until.IsZero() {
		what += " until " + stamp(until)
	}
	_, done := give(e, by, ok, what, plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		if code == boxoffice.KillCode {
			return o.Kill(ctx, id, by.at, s.id, places, "broken chair")
		}
		return o.Block(ctx, id, by.at, s.id, code, places, until)
	}))
	if done {
		e.told.keepBack(s, code, places)
		if !until.IsZero() {
			e.told.timed = append(e.told.timed, &timedBlock{s, slices.Clone(places), until})
		}
	}
}

func (e *Evening) giveBack(by *clerk, s *show, killed bool) {
	now := e.now()
	is := func(p *place) bool {
		return p.open(now) && p.block != "" && (p.block == boxoffice.KillCode) == killed
	}
	places := e.spots(s, 1, is)
	_, done := give(e, by, is(&s.places[places[0]-1]), fmt.Sprintf("gives %d of %d back to sale", places, s.id), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		if killed {
			return o.Revive(ctx, id, by.at, s.id, places)
		}
		return o.Unblock(ctx, id, by.at, s.id, places)
	}))
	if done {
		e.told.keepBack(s, "", places)
	}
}

// fromBlock chooses places, a blocked one among them, and says whether they can be had
// out of their block.
func (e *Evening) fromBlock(s *show) (picks []boxoffice.Pick) {
	now := e.now()
	for _, no := range e.spots(s, e.dice.between(1, 2), func(p *place) bool { return p.open(now) && p.block != "" && p.block != boxoffice.KillCode }) {
		picks = append(picks, boxoffice.Pick{Place: no, Type: e.types.adult})
	}
	return picks
}

func (e *Evening) canTake(s *show, picks []boxoffice.Pick) bool {
	now, blocked := e.now(), false
	ok := s.state == boxoffice.OnSale && s.all(picks, func(p *place) bool {
		blocked = blocked || p.block != ""
		return p.open(now) && p.block != boxoffice.KillCode
	})
	return ok && blocked
}

func (e *Evening) takeFromBlock(by *clerk, s *show) {
	picks := e.fromBlock(s)
	_, done := give(e, by, e.canTake(s, picks), "takes from a block "+words(s, picks), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Taken, error) {
		return o.TakeFromBlock(ctx, id, by.at, s.id, picks)
	})
	if done {
		e.told.take(by, s, picks, e.now())
	}
	e.look(by)
	if !by.busy {
		e.pays(by)
	}
}

// ask asks for leave: for places out of a block, or to void a colleague's sale.
func (e *Evening) ask(c *clerk, s *show) {
	a := &asked{show: s, picks: e.fromBlock(s)}
	ask := boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: s.id, Picks: a.picks, Reason: "press"}
	ok := e.canTake(s, a.picks)
	if o := e.someSale(); o != nil && e.dice.chance(40) {
		a.order, a.picks = o, nil
		ask = boxoffice.Ask{Kind: boxoffice.AskVoid, Order: o.id, Reason: "wrong evening"}
		ok = e.canVoid(o) && o.by != c
	}
	ok = ok && c.role == boxoffice.Clerk && (c.asked == nil || !c.asked.until.After(e.now()))
	got, done := give(e, c, ok, "asks", func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Approval, error) {
		return o.Ask(ctx, id, c.at, ask)
	})
	if !done {
		return
	}
	a.id, a.until = got.ID, e.now().Add(10*time.Minute)
	c.asked = a
	e.after(e.dice.seconds(5, 800), func() { e.answer(c, a) })
}

func (e *Evening) answer(c *clerk, a *asked) {
	by, allowed, now := e.someSupervisor(), e.dice.chance(75), e.now()
	if e.dice.chance(10) {
		_, done := give(e, c, a.until.After(now), "withdraws what they asked", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
			return o.Withdraw(ctx, id, c.at, a.id)
		}))
		if done {
			c.asked = nil
		}
		return
	}
	possible := true
	switch {
	case !allowed:
	case a.order != nil:
		possible = e.canVoid(a.order)
	default:
		possible = e.canTake(a.show, a.picks)
	}
	waits := a.until.After(now)
	e.refusalsStay = waits && !possible // it is written down that it can no longer be done
	here := e.dice.chance(50)
	_, done := give(e, by, waits && possible, fmt.Sprintf("answers %s: %v", c.name, allowed), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		if here {
			return o.AnswerHere(ctx, id, c.at, by.name, pin, a.id, allowed, "so it is")
		}
		return o.Answer(ctx, id, by.at, a.id, allowed, "so it is")
	}))
	e.refusalsStay = false
	if waits && c.asked == a {
		c.asked = nil
	}
	if !done || !allowed {
		return
	}
	if a.order != nil {
		e.told.void(a.order)
		return
	}
	e.told.take(c, a.show, a.picks, e.now())
	e.look(c)
	if !c.busy {
		e.pays(c)
	}
}

func (e *Evening) someSale() *sale {
	if len(e.told.sold) == 0 {
		return nil
	}
	return one(e.dice, e.told.sold)
}

// canVoid reports whether a sale can be voided still: in the shift it was made in.
func (e *Evening) canVoid(o *sale) bool { return !o.voided && o.day == e.day() }

// void voids a sale: a supervisor somebody's, else a clerk their own.
func (e *Evening) void(by *clerk) {
	o := e.someSale()
	if o == nil {
		return
	}
	if by == nil {
		by = o.by
	}
	_, done := give(e, by, e.canVoid(o) && by.mayVoid(o), fmt.Sprintf("voids order %d", o.id), plain(func(ctx context.Context, office *boxoffice.Office, id boxoffice.CommandID) error {
		return office.Void(ctx, id, by.at, o.id, "wrong performance")
	}))
	if done {
		e.told.void(o)
	}
}

func (e *Evening) cancelTicket(by *clerk) {
	o := e.someSale()
	if o == nil {
		return
	}
	at := one(e.dice, o.places)
	view, err := e.processOf(by).office.Order(context.Background(), o.id)
	e.must(fmt.Sprintf("look at order %d", o.id), err)
	var ticket boxoffice.TicketID
	for _, l := range view.Lines {
		if l.Line.Performance == at.show.id && l.Line.Place == at.no {
			ticket = l.Ticket.ID
		}
	}
	_, done := give(e, by, at.place().sale == o, fmt.Sprintf("cancels %d of order %d", at.no, o.id), plain(func(ctx context.Context, office *boxoffice.Office, id boxoffice.CommandID) error {
		return office.CancelTickets(ctx, id, by.at, o.id, []boxoffice.TicketID{ticket}, "customer is ill")
	}))
	if done {
		at.place().sale = nil
	}
}

// stop stops the sales of a performance for a few minutes.
func (e *Evening) stop(s *show) {
	_, done := give(e, e.boss, s.state == boxoffice.OnSale, fmt.Sprintf("stops sales of %d", s.id), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.StopSales(ctx, id, e.boss.at, s.id, "fire alarm")
	}))
	if !done {
		return
	}
	s.state = boxoffice.Stopped
	e.after(e.dice.seconds(60, 300), func() {
		_, done := give(e, e.boss, s.state == boxoffice.Stopped, fmt.Sprintf("opens sales of %d", s.id), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
			return o.OpenSales(ctx, id, e.boss.at, s.id)
		}))
		if done {
			s.state = boxoffice.OnSale
		}
	})
}

// callOff cancels a performance, now and then.
func (e *Evening) callOff(s *show) {
	if e.clock.passed < curtain/2 {
		return
	}
	_, done := give(e, e.boss, s.state != boxoffice.PerformanceCancelled, fmt.Sprintf("cancels %d", s.id), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.CancelPerformance(ctx, id, e.boss.at, s.id, "no light")
	}))
	if done {
		s.state = boxoffice.PerformanceCancelled
	}
}

func (e *Evening) freeSomething(by *clerk) {
	if len(e.told.parked) > 0 && e.dice.chance(50) {
		e.freeBasket(by, one(e.dice, e.told.parked))
		return
	}
	if c := one(e.dice, e.told.clerks); c.keep != nil {
		e.freeBasket(by, c.keep)
	}
}

func (e *Evening) message(by *clerk) {
	give(e, by, true, "tells everybody", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Tell(ctx, id, by.at, "", "doors open")
	}))
}

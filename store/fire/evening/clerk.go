package evening

import (
	"context"
	"fmt"
	"slices"

	"wicket/boxoffice"
)

// clerk is somebody at work at a terminal.
type clerk struct {
	name  string
	role  boxoffice.Role
	at    boxoffice.Actor
	keep  *keep // the basket in hand; its time may be over
	busy  bool  // with a customer
	waits bool  // for one who walked away
	asked *asked
}

// times are how long the clerk's baskets last.
func (c *clerk) times() boxoffice.HoldTime { return boxoffice.DefaultHoldTimes().For(c.at.Channel) }

// mayVoid reports whether the clerk may void a sale.
func (c *clerk) mayVoid(s *sale) bool { return s.by == c || c.role != boxoffice.Clerk }

// full returns the clerk's basket if it has places that are still theirs.
func (e *Evening) full(c *clerk) *keep {
	if c.keep.alive(e.now()) && len(c.keep.places) > 0 {
		return c.keep
	}
	return nil
}

func words(s *show, picks []boxoffice.Pick) string {
	places := make([]boxoffice.PlaceNo, len(picks))
	for i, p := range picks {
		places[i] = p.Place
	}
	return fmt.Sprintf("%d in %d", places, s.id)
}

func (e *Evening) holdPlaces(c *clerk, s *show, picks []boxoffice.Pick) {
	now := e.now()
	ok := s.state == boxoffice.OnSale && s.all(picks, func(p *place) bool { return p.free(now) })
	_, done := give(e, c, ok, "holds "+words(s, picks), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Taken, error) {
		return o.HoldPlaces(ctx, id, c.at, s.id, picks)
	})
	if done {
		e.told.take(c, s, picks, e.now())
	}
	e.seen(c, done)
}

// holdBest takes best available. Which places is the finder's choice: only that they are
// free, and as many as were asked for, is known beforehand.
func (e *Evening) holdBest(c *clerk, s *show, q boxoffice.Request) {
	now := e.now()
	open, anyEnough := 0, false
	for _, section := range s.plan.Sections {
		here := 0
		for no := section.First; no <= section.Last; no++ {
			if s.places[no-1].free(now) {
				here++
			}
		}
		if q.Section < 0 || s.plan.Sections[q.Section].Name == section.Name {
			open += here
			anyEnough = anyEnough || here >= q.Seats()
		}
	}
	// Where no section alone has enough, it may come to either.
	ok := s.state == boxoffice.OnSale && anyEnough
	if s.state == boxoffice.OnSale && !anyEnough && open >= q.Seats() {
		return
	}
	taken, done := give(e, c, ok, fmt.Sprintf("holds the best %d of %d", q.Seats(), s.id), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Taken, error) {
		return o.HoldBest(ctx, id, c.at, s.id, q)
	})
	if done {
		if len(taken.Picks) != q.Seats() || !s.all(taken.Picks, func(p *place) bool { return p.free(now) }) {
			e.wrong("%s asked for the best %d, and got %v: not as many, or not free", c.name, q.Seats(), taken.Picks)
		}
		e.told.take(c, s, taken.Picks, e.now())
	}
	e.seen(c, done)
}

func (e *Evening) swap(c *clerk, gives seat, pick boxoffice.Pick) {
	now := e.now()
	s := gives.show
	k := e.full(c)
	p := &s.places[pick.Place-1]
	// What is given back to its block is not there to be taken.
	ok := k != nil && slices.Contains(k.places, gives) && s.state == boxoffice.OnSale &&
		(p.free(now) || pick.Place == gives.no && p.block == "")
	_, done := give(e, c, ok, fmt.Sprintf("swaps %d for %d in %d", gives.no, pick.Place, s.id), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Taken, error) {
		return o.Swap(ctx, id, c.at, s.id, []boxoffice.PlaceNo{gives.no}, []boxoffice.Pick{pick})
	})
	if done {
		k.give([]seat{gives})
		e.told.take(c, s, []boxoffice.Pick{pick}, e.now())
	}
	e.seen(c, done)
}

func (e *Evening) release(c *clerk, s *show, places []boxoffice.PlaceNo) {
	k := e.full(c)
	var gives []seat
	for _, no := range places {
		gives = append(gives, seat{s, no})
	}
	ok := k != nil && len(gives) > 0 && !slices.ContainsFunc(gives, func(s seat) bool { return !slices.Contains(k.places, s) })
	_, done := give(e, c, ok, fmt.Sprintf("gives back %d of %d", places, s.id), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Release(ctx, id, c.at, s.id, places)
	}))
	if done {
		k.give(gives)
		if len(k.places) == 0 {
			c.keep = nil
		}
	}
	e.seen(c, done)
}

func (e *Evening) drop(c *clerk) {
	k := c.keep
	_, done := give(e, c, k != nil, "drops the basket", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Drop(ctx, id, c.at)
	}))
	if done {
		e.told.clear(k)
		c.keep = nil
	}
	e.seen(c, done)
}

func (e *Evening) changeTypes(c *clerk, s *show, changes, more []boxoffice.Pick) {
	now := e.now()
	k := e.full(c)
	ok := k != nil && s.state == boxoffice.OnSale && s.all(more, func(p *place) bool { return p.free(now) })
	for _, p := range changes {
		ok = ok && slices.Contains(k.places, seat{s, p.Place})
	}
	_, done := give(e, c, ok, fmt.Sprintf("changes types of %s, takes %d", words(s, changes), more), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Taken, error) {
		return o.ChangeTypes(ctx, id, c.at, s.id, changes, more)
	})
	if done {
		for _, p := range changes {
			s.places[p.Place-1].typ = p.Type
		}
		if len(more) > 0 {
			e.told.take(c, s, more, e.now())
		}
	}
	e.seen(c, done)
}

func (e *Evening) renew(c *clerk) {
	k := e.full(c)
	ok := false
	if k != nil {
		longer := *k
		longer.renew(e.now(), c.times())
		ok = !longer.expires.Equal(k.expires) || !k.expires.Equal(k.latest)
	}
	_, done := give(e, c, ok, "renews", func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Hold, error) {
		return o.Renew(ctx, id, c.at)
	})
	if done {
		k.renew(e.now(), c.times())
	}
	e.seen(c, done)
}

// retake takes again what the basket lost: all of it, or what is still to be had.
func (e *Evening) retake(c *clerk, rest bool) {
	now := e.now()
	lost := c.keep.gone(now)
	free, ok := 0, true
	for _, s := range lost {
		ok = ok && s.show.state == boxoffice.OnSale
		if s.place().free(now) {
			free++
		}
	}
	unique := len(compact(lost))
	if rest {
		// A performance whose sales are closed stands in the way only where something of
		// it is free.
		ok = free > 0
		for _, s := range lost {
			ok = ok && (s.show.state == boxoffice.OnSale || !s.place().free(now))
		}
	} else {
		ok = ok && unique > 0 && free == len(lost)
	}
	if unique != len(lost) {
		return // one place lost twice: which of the two counts is nobody's business
	}
	taken, done := give(e, c, ok, fmt.Sprintf("takes again what was lost (rest %v)", rest), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) ([]boxoffice.Taken, error) {
		return o.Retake(ctx, id, c.at, rest)
	})
	if done {
		n := 0
		for _, t := range taken {
			s := e.show(t.Performance)
			for _, p := range t.Picks {
				if at := (seat{s, p.Place}); !at.place().free(now) || !slices.Contains(lost, at) {
					e.wrong("%s took place %d of %d again, which was not free or not lost", c.name, p.Place, s.id)
				}
				n++
			}
		}
		if n != free {
			e.wrong("%s took %d places again; %d were to be had", c.name, n, free)
		}
		e.told.basket(c, e.now())
		c.keep.lost = nil
		for _, t := range taken {
			e.told.take(c, e.show(t.Performance), t.Picks, e.now())
		}
	}
	e.seen(c, done)
}

func compact(seats []seat) (once []seat) {
	for _, s := range seats {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

func (e *Evening) forget(c *clerk) {
	k := c.keep
	_, done := give(e, c, true, "forgets what was lost", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Forget(ctx, id, c.at)
	}))
	switch {
	case k.alive(e.now()):
		k.lost = nil
	default:
		e.told.clear(k)
		c.keep = nil
	}
	e.seen(c, done)
}

// sell sells the basket for cash. It is the one thing that must never be refused before
// the time that was told, and never done after it.
func (e *Evening) sell(c *clerk, more boxoffice.Money) {
	k := e.full(c)
	ok := k != nil
	var expect boxoffice.Money
	if ok {
		expect = k.total(&e.types)
		for _, s := range k.places {
			ok = ok && s.show.state != boxoffice.PerformanceCancelled
		}
	}
	given := expect + more
	ok = ok && more >= 0
	sold, done := give(e, c, ok, fmt.Sprintf("sells for %d", expect), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.Sale, error) {
		return o.SellCash(ctx, id, c.at, expect, given)
	})
	if done {
		if sold.Total != expect || sold.Change != more || sold.Tickets != len(k.places) {
			e.wrong("%s sold %d places for %d, change %d, and was told %+v", c.name, len(k.places), expect, more, sold)
		}
		if last := len(e.told.sold); last > 0 && sold.Order != e.told.sold[last-1].id+1 {
			e.wrong("order %d follows order %d", sold.Order, e.told.sold[last-1].id)
		}
		o := &sale{id: sold.Order, by: c, day: e.day(), places: k.places, total: sold.Total}
		for _, s := range k.places {
			if had := s.place().sale; had != nil {
				e.wrong("place %d of %d is sold twice: order %d and order %d", s.no, s.show.id, had.id, sold.Order)
			}
			s.place().sale, s.place().keep = o, nil
		}
		e.told.sold = append(e.told.sold, o)
		e.out.Sold += len(k.places)
		c.keep = nil
	}
	e.seen(c, done)
}

// day is the business day it is.
func (e *Evening) day() string { return boxoffice.BusinessDay(e.now(), e.zone()) }

func (e *Evening) show(id boxoffice.PerformanceID) *show {
	for _, s := range e.told.shows {
		if s.id == id {
			return s
		}
	}
	e.wrong("nobody plays performance %d", id)
	return nil
}

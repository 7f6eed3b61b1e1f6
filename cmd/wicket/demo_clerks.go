package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"wicket/boxoffice"
)

// clerksAtWork lets n colleagues work until ctx ends; the function it returns
// waits until the last has gone.
func (d *demoHouse) clerksAtWork(ctx context.Context, clock boxoffice.Clock, n int) (wait func()) {
	var all sync.WaitGroup
	for i, name := range clerkNames[:n] {
		c := &clerk{
			demoHouse: d, by: d.actor(name, i+2), staff: d.staff[name], rng: d.random(uint64(100 + i)),
			clock: clock, live: d.feed.Subscribe(),
		}
		all.Go(func() {
			defer c.live.Close()
			c.work(ctx)
		})
	}
	return all.Wait
}

// clerk is a colleague who serves customers as they come.
type clerk struct {
	*demoHouse
	by    boxoffice.Actor
	staff boxoffice.Staff
	rng   *rand.Rand
	clock boxoffice.Clock
	live  boxoffice.Subscription
	sold  []boxoffice.OrderID // in this shift, the last few
}

func (c *clerk) work(ctx context.Context) {
	if err := c.office.EnterDesk(ctx, boxoffice.NewCommandID(), c.by); err != nil && ctx.Err() == nil {
		c.log.Warn("a colleague is not noted as at work", "staff", c.staff.Name, "err", err)
	}
	defer func() {
		if err := c.office.LeaveDesk(context.WithoutCancel(ctx), boxoffice.NewCommandID(), c.by); err != nil {
			c.log.Warn("a colleague is still noted as at work", "staff", c.staff.Name, "err", err)
		}
	}()
	for c.pause(ctx, 300*time.Millisecond, 2*time.Second) {
		err := c.serve(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case boxoffice.KindOf(err) == boxoffice.KindInternal, boxoffice.KindOf(err) == boxoffice.KindStore:
			c.log.Warn("a colleague could not serve", "staff", c.staff.Name, "err", err)
		}
	}
}

// pause waits for a time between shortest and longest; it reports false when the
// work is over.
func (c *clerk) pause(ctx context.Context, shortest, longest time.Duration) bool {
	t := time.NewTimer(shortest + time.Duration(c.rng.Int64N(int64(longest-shortest))))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// serve serves one customer.
func (c *clerk) serve(ctx context.Context) error {
	switch luck := c.rng.IntN(100); {
	case luck < 5 && len(c.sold) > 0:
		return c.undo(ctx)
	case luck < 8:
		return c.callBack(ctx)
	}
	perf, picks := c.choose(ctx)
	if len(picks) == 0 {
		return c.undo(ctx)
	}
	if _, err := c.office.HoldPlaces(ctx, boxoffice.NewCommandID(), c.by, perf.ID, picks); err != nil {
		return err // somebody was faster, most likely
	}
	if !c.pause(ctx, 300*time.Millisecond, 2*time.Second) {
		return nil
	}
	switch luck := c.rng.IntN(100); {
	case luck < 8: // changed their mind
		return c.office.Drop(ctx, boxoffice.NewCommandID(), c.by)
	case luck < 14: // went to look for their purse, and never came back
		return c.office.Park(ctx, boxoffice.NewCommandID(), c.by, "looks for the purse")
	case luck < 18 && perf.Curtain.After(c.clock.Now().Add(time.Hour)):
		_, err := c.office.HoldFor(ctx, boxoffice.NewCommandID(), c.by, boxoffice.Customer{Name: c.name()}, perf.Curtain.Add(-30*time.Minute))
		return err
	}
	sale, err := c.pay(ctx, c.by)
	if err == nil {
		c.sold = append(c.sold, sale.Order)
		c.sold = c.sold[max(0, len(c.sold)-5):]
	}
	return err
}

// choose picks a performance, tonight's more often, and free places of it by the
// picture.
func (c *clerk) choose(ctx context.Context) (*demoPerformance, []boxoffice.Pick) {
	now := c.clock.Now()
	var ahead []*demoPerformance
	for _, p := range c.perfs {
		if p.full > 0 && p.Curtain.After(now) {
			ahead = append(ahead, p)
		}
	}
	if len(ahead) == 0 {
		return nil, nil
	}
	u := c.rng.Float64()
	perf := ahead[int(u*u*float64(len(ahead)))]
	pic := c.look(ctx, perf.ID)
	if pic == nil || pic.Places.Len() == 0 || pic.Total.Fraction() > 0.95 {
		return perf, nil
	}
	free := func(i int) bool { return pic.Places.At(boxoffice.PlaceNo(i + 1)).Free(now.UnixMilli()) }
	n := partySize(c.rng)
	for range 60 {
		places := cluster(perf.plan, free, c.rng.IntN(pic.Places.Len()), n)
		if len(places) == n {
			return perf, perf.price(c.rng, places)
		}
		n = max(1, n-c.rng.IntN(2))
	}
	return perf, nil
}

// look brings a performance on the clerk's screen and returns its picture; nil
// where there is none within a second.
func (c *clerk) look(ctx context.Context, id boxoffice.PerformanceID) *boxoffice.Picture {
	c.live.Show(id)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for {
		if pic := c.live.Picture(id); pic != nil {
			return pic
		}
		select {
		case <-c.live.Changed():
		case <-ctx.Done():
			return nil
		}
	}
}

// undo voids one of the last sales, or cancels a ticket of it.
func (c *clerk) undo(ctx context.Context) error {
	if len(c.sold) == 0 {
		return nil
	}
	i := c.rng.IntN(len(c.sold))
	order := c.sold[i]
	c.sold = append(c.sold[:i:i], c.sold[i+1:]...)
	if boxoffice.Permissions(nil).Allows(c.staff.Role, boxoffice.CancelTickets) && c.rng.IntN(2) == 0 {
		v, err := c.office.Order(ctx, order)
		if err != nil || len(v.Lines) == 0 {
			return err
		}
		return c.office.CancelTickets(ctx, boxoffice.NewCommandID(), c.by, order, []boxoffice.TicketID{v.Lines[0].Ticket.ID}, "taken ill")
	}
	return c.office.Void(ctx, boxoffice.NewCommandID(), c.by, order, "wrong evening")
}

// callBack drops a named hold whose customer called.
func (c *clerk) callBack(ctx context.Context) error {
	named, err := c.office.Named(ctx)
	if err != nil || len(named) < 4 {
		return err
	}
	hold := named[c.rng.IntN(len(named))].Hold.ID
	return c.office.DropNamed(ctx, boxoffice.NewCommandID(), c.by, hold, "cannot come")
}

// name makes up a customer.
func (c *clerk) name() string {
	first := []string{"Marina", "Pablo", "Lucía", "Tom", "Ingrid", "Aitor", "Chiara", "Yusuf"}
	last := []string{"Navarro", "Schmidt", "Ruiz", "Okafor", "Delgado", "Silva", "Moreau", "Hansen"}
	return first[c.rng.IntN(len(first))] + " " + last[c.rng.IntN(len(last))]
}

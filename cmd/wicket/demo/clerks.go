package demo

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"wicket/boxoffice"
)

// Work lets background clerks sell, hold, cancel and let baskets lapse until ctx
// ends. It returns when all of them have stopped. What goes wrong is theirs to try
// again, and stands in the log.
func (h *House) Work(ctx context.Context, office *boxoffice.Office, background int, seed uint64, log *slog.Logger) {
	var wg sync.WaitGroup
	for i := range min(background, len(h.Clerks)) {
		wg.Go(func() {
			c := clerk{
				office: office, by: h.Clerks[i], tonight: h.Tonight, log: log,
				random: rand.New(rand.NewPCG(seed, uint64(i)+100)),
			}
			c.work(ctx)
		})
	}
	wg.Wait()
}

// clerk is one background clerk.
type clerk struct {
	office  *boxoffice.Office
	by      boxoffice.Actor
	tonight []boxoffice.PerformanceID
	random  *rand.Rand
	log     *slog.Logger
	last    boxoffice.OrderID
}

// work serves one customer after another, at a human pace.
func (c *clerk) work(ctx context.Context) {
	for c.pause(ctx, 300*time.Millisecond, 2*time.Second) {
		if err := c.serve(ctx); err != nil && ctx.Err() == nil {
			switch boxoffice.KindOf(err) {
			case boxoffice.KindTaken, boxoffice.KindNotEnough, boxoffice.KindState:
			default:
				c.log.Warn("demo clerk", "terminal", c.by.Terminal, "err", err)
			}
		}
	}
}

// pause waits a random while and reports whether to go on.
func (c *clerk) pause(ctx context.Context, least, most time.Duration) bool {
	timer := time.NewTimer(least + time.Duration(c.random.Int64N(int64(most-least))))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// serve is one customer: most buy, some go away, some never come back from the
// cash machine, and now and then a sale is undone.
func (c *clerk) serve(ctx context.Context) error {
	if c.last != 0 && c.random.IntN(12) == 0 {
		last := c.last
		c.last = 0
		return c.office.Void(ctx, boxoffice.NewCommandID(), c.by, last, "customer changed their mind")
	}
	if err := c.office.Forget(ctx, boxoffice.NewCommandID(), c.by); err != nil {
		return err
	}
	perf := c.tonight[min(c.random.IntN(len(c.tonight)+1), len(c.tonight)-1)]
	request := boxoffice.Request{
		Parties: []boxoffice.Party{{Count: 1 + c.random.IntN(4)}}, Section: -1, Zone: -1,
	}
	if _, err := c.office.HoldBest(ctx, boxoffice.NewCommandID(), c.by, perf, request); err != nil {
		return err
	}
	if !c.pause(ctx, 500*time.Millisecond, 4*time.Second) {
		return nil
	}
	switch c.random.IntN(10) {
	case 0: // goes away
		return c.office.Drop(ctx, boxoffice.NewCommandID(), c.by)
	case 1: // never comes back: the basket lapses
		c.pause(ctx, 45*time.Second, 50*time.Second)
		return nil
	}
	basket, err := c.office.Basket(ctx, c.by.Staff)
	if err != nil || basket.Empty() {
		return err
	}
	sale, err := c.office.SellCash(ctx, boxoffice.NewCommandID(), c.by, basket.Total, (basket.Total+999)/1000*1000)
	if err == nil {
		c.last = sale.Order
	}
	return err
}

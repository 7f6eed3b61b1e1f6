package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"wicket/boxoffice"
)

// workerEnv carries a WorkOrder to a process that is to be a worker.
const workerEnv = "WICKET_TEST_WORKER"

// WorkOrder is what a worker is to do: some of the clerks of the evening in a house
// sell, hold, void and let lapse, all at once, until it is told to end or dies.
type WorkOrder struct {
	House  string
	First  int // of Evening.Staff
	Clerks int
	Seed   uint64
	Start  time.Time // where its clock begins, or at the store's last instant
	Sweeps bool      // they only clear away what lapsed
}

// Deed is a line a worker writes: of a use case before it is sent, and again once it
// is answered. An answer that has left the process counts.
type Deed struct {
	Command boxoffice.CommandID
	Verb    boxoffice.Verb // hold, sell, void or cancel
	By      boxoffice.Actor
	Picks   []boxoffice.Pick     `json:",omitempty"` // to hold; none for the best Seats there are
	Seats   int                  `json:",omitempty"`
	Order   boxoffice.OrderID    `json:",omitempty"` // that was sold, or is to be undone
	Tickets []boxoffice.TicketID `json:",omitempty"` // to cancel
	Places  []boxoffice.PlaceNo  `json:",omitempty"` // of a sale
	Total   boxoffice.Money      `json:",omitempty"` // of a sale
	Done    bool                 `json:",omitempty"`
	Refused string               `json:",omitempty"` // why nothing of it happened
	Trouble string               `json:",omitempty"` // what should not come up in a store that is well
	Unknown bool                 `json:",omitempty"` // the store could not tell: it is sent again
}

// WorkIfAsked makes the process a worker and ends it, where [StartWorker] started it
// as one: the first thing in a TestMain. It opens the house by open.
func WorkIfAsked(open func(path string, clock boxoffice.Clock) (boxoffice.Store, error)) {
	text := os.Getenv(workerEnv)
	if text == "" {
		return
	}
	var order WorkOrder
	err := json.Unmarshal([]byte(text), &order)
	if err == nil {
		err = order.work(open)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// work works until stdin ends: a worker outlives nobody who started it.
func (o WorkOrder) work(open func(string, boxoffice.Clock) (boxoffice.Store, error)) (err error) {
	ctx, end := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		end()
	}()
	clock := NewClock(o.Start)
	store, err := open(o.House, clock)
	if err != nil {
		return fmt.Errorf("open house: %w", err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	e, err := Reopen(store, clock)
	if err != nil {
		return fmt.Errorf("open evening: %w", err)
	}
	if err := store.View(ctx, func(r boxoffice.Reader) error { clock.Move(r.Now().Sub(clock.Now())); return nil }); err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	out := &teller{w: os.Stdout}
	var wg sync.WaitGroup
	for i := range o.Clerks {
		c := &clerk{Evening: e, out: out, by: e.Staff[o.First+i], random: rand.New(rand.NewPCG(o.Seed, uint64(i)))} //nolint:gosec // replayed, not secret
		if o.Sweeps {
			wg.Go(func() { c.sweep(ctx) })
			continue
		}
		wg.Go(func() { c.work(ctx) })
	}
	wg.Wait()
	return nil
}

// teller writes deeds, each in one piece.
type teller struct {
	mu sync.Mutex
	w  io.Writer
}

func (t *teller) tell(d Deed) {
	line, err := json.Marshal(d)
	if err != nil {
		panic(err) // it is all plain values
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = t.w.Write(append(line, '\n'))
}

// clerk is one clerk of a worker.
type clerk struct {
	*Evening
	out    *teller
	by     boxoffice.Actor
	random *rand.Rand
	sold   []Deed // what the clerk may undo
}

func (c *clerk) work(ctx context.Context) {
	c.remember(ctx)
	for ctx.Err() == nil {
		switch n := c.random.IntN(100); {
		case n < 4:
			if _, err := c.Office.Sweep(ctx, 50); err != nil {
				c.trouble(ctx, Deed{By: c.by}, err)
			}
		case n < 5: // what is in baskets lapses
			c.Clock.Move(10 * time.Minute)
		case n < 30:
			c.undo(ctx)
		default:
			c.sell(ctx)
		}
	}
}

// sweep clears away what has lapsed a while from now, and goes on.
func (c *clerk) sweep(ctx context.Context) {
	c.Clock.Move(10 * time.Minute)
	for ctx.Err() == nil {
		if _, err := c.Office.Sweep(ctx, 50); err != nil {
			c.trouble(ctx, Deed{By: c.by}, err)
		}
	}
}

// remember finds what the clerk sold and can still undo: before the process began, or
// without hearing of it.
func (c *clerk) remember(ctx context.Context) {
	_ = c.Store.View(ctx, func(r boxoffice.Reader) error {
		places, err := r.Places(c.Performance)
		if err != nil {
			return err
		}
		seen := map[boxoffice.OrderID]bool{}
		for _, p := range places {
			if p.Order == 0 || seen[p.Order] {
				continue
			}
			seen[p.Order] = true
			if o, err := r.Order(p.Order); err != nil {
				return err
			} else if o.Staff == c.by.Staff {
				c.sold = append(c.sold, Deed{Order: o.ID})
			}
		}
		return nil
	})
}

// sell takes places by name or the best there are, and sells them, drops them, or
// leaves them to lapse.
func (c *clerk) sell(ctx context.Context) {
	hold := Deed{Verb: boxoffice.VerbHold, By: c.by}
	if c.random.IntN(2) == 0 {
		hold.Seats = 1 + c.random.IntN(3)
	} else {
		first := c.random.IntN(len(c.Plan.Places) - 2)
		for i := range 1 + c.random.IntN(3) {
			hold.Picks = append(hold.Picks, boxoffice.Pick{Place: boxoffice.PlaceNo(first + i + 1)})
		}
	}
	if held := c.send(ctx, hold); !held.Done {
		if held.Seats == 1 {
			c.undo(ctx) // it is full
		}
		return
	}
	switch n := c.random.IntN(10); n {
	case 0:
		return // it lapses, or is sold with the next
	case 1:
		if err := c.Office.Drop(ctx, boxoffice.NewCommandID(), c.by); err != nil {
			c.trouble(ctx, Deed{By: c.by}, err)
		}
		return
	}
	basket, err := c.Office.Basket(ctx, c.by.Staff)
	if err != nil || basket.Empty() {
		return
	}
	sale := Deed{Verb: boxoffice.VerbSell, By: c.by, Total: basket.Total}
	for _, l := range basket.Lines {
		sale.Places = append(sale.Places, l.Place)
	}
	if sale = c.send(ctx, sale); sale.Done {
		c.sold = append(c.sold, sale)
	}
}

// undo voids or cancels one of the clerk's orders.
func (c *clerk) undo(ctx context.Context) {
	if len(c.sold) == 0 {
		// What was sold without an answer is found, too: else it would fill the house.
		if c.remember(ctx); len(c.sold) == 0 {
			return
		}
	}
	i := c.random.IntN(len(c.sold))
	d := Deed{Verb: boxoffice.VerbVoid, By: c.by, Order: c.sold[i].Order}
	c.sold = append(c.sold[:i], c.sold[i+1:]...)
	if c.random.IntN(5) > 0 && c.send(ctx, d).Done {
		return
	}
	d.Verb = boxoffice.VerbCancel // as of a shift that is closed
	_ = c.Store.View(ctx, func(r boxoffice.Reader) error {
		tickets, err := r.TicketsOfOrder(d.Order)
		if err != nil {
			return err // of a disk that fails: some may be missing
		}
		for _, t := range tickets {
			if t.State == boxoffice.Confirmed {
				d.Tickets = append(d.Tickets, t.ID)
			}
		}
		return nil
	})
	if len(d.Tickets) > 0 {
		c.send(ctx, d)
	}
}

// send carries a deed out, and tells of it before and after. It returns the deed as
// it was answered.
func (c *clerk) send(ctx context.Context, d Deed) Deed {
	d.Command = boxoffice.NewCommandID()
	c.out.tell(d)
	unknown := false
	for {
		done, err := c.carryOut(context.WithoutCancel(ctx), d)
		if err == nil {
			c.out.tell(done)
			return done
		}
		var store *boxoffice.StoreError
		if errors.As(err, &store) {
			unknown = unknown || store.Unknown
		}
		if !unknown || store == nil {
			d.Refused = wordsOf(err)
			c.trouble(ctx, d, err)
			return d
		}
		// Nobody knows: the same command again tells. Where the clerk has no time for
		// that, it stays without an answer.
		c.trouble(ctx, Deed{By: c.by, Unknown: true}, err)
		if ctx.Err() != nil {
			return d
		}
	}
}

// trouble tells of an error, and whether it is one.
func (c *clerk) trouble(ctx context.Context, d Deed, err error) {
	switch boxoffice.KindOf(err) {
	case boxoffice.KindTaken, boxoffice.KindNotEnough, boxoffice.KindState, boxoffice.KindNotFound, boxoffice.KindConflict, boxoffice.KindInvalid:
		if d.Command != "" {
			c.out.tell(d)
		}
		return
	}
	if ctx.Err() != nil && d.Command == "" {
		return
	}
	d.Trouble = wordsOf(err)
	c.out.tell(d)
	timer := time.NewTimer(10 * time.Millisecond) // it may pass
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// wordsOf returns what an error says, and its cause.
func wordsOf(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		return err.Error() + ": " + inner.Error()
	}
	return err.Error()
}

// carryOut sends a deed's use case, and returns the deed as it was answered.
func (e *Evening) carryOut(ctx context.Context, d Deed) (Deed, error) {
	d.Done = true
	switch d.Verb {
	case boxoffice.VerbHold:
		if len(d.Picks) > 0 {
			_, err := e.Office.HoldPlaces(ctx, d.Command, d.By, e.Performance, d.Picks)
			return d, err
		}
		_, err := e.Office.HoldBest(ctx, d.Command, d.By, e.Performance, boxoffice.Request{Parties: []boxoffice.Party{{Count: d.Seats}}, Section: -1, Zone: -1})
		return d, err
	case boxoffice.VerbSell:
		sale, err := e.Office.SellCash(ctx, d.Command, d.By, d.Total, d.Total)
		if err == nil && (sale.Total != d.Total || sale.Tickets != len(d.Places)) {
			err = fmt.Errorf("%d places for %d were sold as %+v", len(d.Places), d.Total, sale)
		}
		d.Order = sale.Order
		return d, err
	case boxoffice.VerbVoid:
		return d, e.Office.Void(ctx, d.Command, d.By, d.Order, "again")
	case boxoffice.VerbCancel:
		return d, e.Office.CancelTickets(ctx, d.Command, d.By, d.Order, d.Tickets, "again")
	}
	return d, fmt.Errorf("a worker does not know how to %s", d.Verb)
}

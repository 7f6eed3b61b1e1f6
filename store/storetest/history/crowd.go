package history

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// Crowd is callers who all work at one house at once, at random, and note what they
// see.
type Crowd struct {
	Store boxoffice.Store
	Start Start
	Clock Clock
	Ticks *atomic.Int64 // the counter that orders calls; processes may share it
	Name  string
	Seed  uint64
	// Callers are those who work here, each with a basket of their own.
	Callers []boxoffice.Actor
	// Elsewhere, if set, gets some operations as they are sent, to be sent again by
	// somebody else.
	Elsewhere func(Operation)
	// Log, if set, gets each operation before it is sent, and again once it has been
	// answered, from many goroutines.
	Log func(Operation)
}

// Work lets the callers do operations until none is left, and returns what they
// noted.
func (c *Crowd) Work(left *atomic.Int64) ([]Operation, error) {
	var (
		wg    sync.WaitGroup
		noted = make([][]Operation, len(c.Callers))
		errs  = make([]error, len(c.Callers))
	)
	for i, by := range c.Callers {
		wg.Go(func() { noted[i], errs[i] = c.work(by, uint64(i), left) })
	}
	wg.Wait()
	var all []Operation
	for i := range noted {
		if errs[i] != nil {
			return nil, errs[i]
		}
		all = append(all, noted[i]...)
	}
	return all, nil
}

// work is one caller's work.
func (c *Crowd) work(by boxoffice.Actor, i uint64, left *atomic.Int64) ([]Operation, error) {
	name := fmt.Sprintf("%sCaller %d", c.Name, i+1)
	own, err := c.desk(name)
	if err != nil {
		return nil, err
	}
	other, err := c.desk(name + "'s other hand")
	if err != nil {
		return nil, err
	}
	w := &caller{desk: own, other: other, by: by, rng: rand.New(rand.NewPCG(c.Seed, i))}
	for left.Add(-1) >= 0 {
		before := len(own.ops) + len(other.ops)
		w.step()
		left.Add(int64(1 - (len(own.ops) + len(other.ops) - before)))
	}
	return append(own.ops, other.ops...), nil
}

// Again sends an operation once more, from a desk of its own.
func (c *Crowd) Again(name string) (func(Operation) Operation, error) {
	d, err := c.desk(c.Name + name)
	return func(op Operation) Operation { return *d.send(op) }, err
}

// Begin readies a fresh evening for a crowd: its holds last as times say. It returns
// how the house stands.
func Begin(store boxoffice.Store, evening *storetest.Evening, times boxoffice.HoldTime) (Start, error) {
	ctx := context.Background()
	house, err := evening.Office.House(ctx)
	if err != nil {
		return Start{}, err
	}
	house.Holds = boxoffice.HoldTimes{boxoffice.Window: times}
	if err := evening.Office.SaveHouse(ctx, boxoffice.NewCommandID(), evening.Staff[0], house); err != nil {
		return Start{}, err
	}
	return Look(store, evening)
}

// Look returns how an evening stands where nothing was sold yet.
func Look(store boxoffice.Store, evening *storetest.Evening) (Start, error) {
	start := Start{Performance: evening.Performance, LastOrder: 1000}
	err := store.View(context.Background(), func(r boxoffice.Reader) error {
		house, err := r.House()
		if err != nil {
			return err
		}
		start.Zone, start.Times = house.Location(), house.Holds.For(boxoffice.Window)
		prices, err := r.PriceList(evening.Performance)
		if err != nil {
			return err
		}
		start.Type = prices.Default().ID
		for _, p := range evening.Plan.Places {
			amount, err := prices.Price(p.Zone, start.Type)
			if err != nil {
				return err
			}
			start.Prices = append(start.Prices, amount)
		}
		start.At = r.Now().UnixMilli()
		start.Seq, _, err = r.Head()
		return err
	})
	return start, err
}

// Journal returns the journal's entries after seq.
func Journal(store boxoffice.Store, seq int64) ([]boxoffice.Entry, error) {
	var all []boxoffice.Entry
	err := store.View(context.Background(), func(r boxoffice.Reader) error {
		for {
			some, err := r.Journal(seq, 10_000)
			if err != nil || len(some) == 0 {
				return err
			}
			all = append(all, some...)
			seq = some[len(some)-1].Seq
		}
	})
	return all, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// defaultClerks is how many colleagues work beside the visitor.
const defaultClerks = 4

// demoOptions says how the demo is to be.
type demoOptions struct {
	clerks       int
	seed         uint64
	length       time.Duration // how long it lasts; zero until its visitor leaves
	keep         string        // a file to keep the house in
	terminalLess bool          // no counter is opened
	look         tuiOptions
}

func (p *program) demoCommand() *cobra.Command {
	var o demoOptions
	c := &cobra.Command{
		Use: "demo", Short: "open a house with an evening under way; nothing is kept", Args: noArgs,
		Long: `Makes a theatre in a temporary folder, half sold and with colleagues at work in it,
and opens its counter as Ana, who just started. When you leave, all of it is gone.`,
	}
	f := c.Flags()
	f.IntVar(&o.clerks, "clerks", defaultClerks, "how many colleagues are at work")
	f.Uint64Var(&o.seed, "seed", 0, "the same number makes the same house (default: a new one each time)")
	f.DurationVar(&o.length, "for", 0, "end by itself after this `TIME`")
	f.StringVar(&o.keep, "keep", "", "keep the house in this `FILE`, which must not be there yet")
	f.BoolVar(&o.terminalLess, "terminal-less", false, "open no counter: let the colleagues work, and recount the house at the end")
	o.look.flags(f)
	c.RunE = func(c *cobra.Command, _ []string) error {
		p.draw(o.look)
		if o.clerks < 0 || o.clerks > len(clerkNames) {
			return &usageError{fmt.Errorf("--clerks is 0 to %d", len(clerkNames))}
		}
		return p.demo(c.Context(), o)
	}
	return c
}

// demo makes the house, lets colleagues work in it and opens the counter.
func (p *program) demo(ctx context.Context, o demoOptions) (err error) {
	o.terminalLess = o.terminalLess || o.length > 0 && !p.hasTerminal()
	if !o.terminalLess && !p.hasTerminal() {
		return errors.New("the demo needs a terminal, or --for TIME to end by itself")
	}
	if o.terminalLess && o.length == 0 {
		return &usageError{errors.New("--terminal-less needs --for, or it would never end")}
	}
	if o.seed == 0 {
		o.seed = rand.Uint64()
	}
	path := o.keep
	if path == "" {
		folder, err := os.MkdirTemp("", "wicket-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
		path = filepath.Join(folder, "house.wicket")
	} else if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already; the demo changes no house", path)
	}
	h, err := p.openStore(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()

	fmt.Fprintln(p.err, "opening the house …")
	d := &demoHouse{house: h, now: p.clock.Now(), seed: o.seed}
	if err := d.build(ctx); err != nil {
		return fmt.Errorf("set up the demo: %w", err)
	}
	h.work(ctx, p.clock)

	working, stop := context.WithCancel(ctx)
	defer stop()
	if o.length > 0 {
		timer := time.AfterFunc(o.length, stop)
		defer timer.Stop()
	}
	wait := d.clerksAtWork(working, p.clock, o.clerks)
	defer wait()
	defer stop()
	if o.terminalLess {
		<-working.Done()
		wait()
		return p.verify(context.WithoutCancel(ctx), h, false)
	}
	ana := d.staff["Ana"]
	return p.show(working, h, seat{terminal: "window 1"}.actor(ana), ana, o.look)
}

// demoHouse is the demo's house while it is being made.
type demoHouse struct {
	*house
	now   time.Time
	seed  uint64
	staff map[string]boxoffice.Staff
	perfs []*demoPerformance // as in the programme
}

// demoPerformance is a performance with what is needed to sell it.
type demoPerformance struct {
	boxoffice.Performance
	plan   *boxoffice.Plan
	prices *boxoffice.PriceList
	full   float64 // how much of it is sold when the demo opens
	free   []bool  // by PlaceNo-1, while it is filled
}

// random returns a source of its own for each purpose: what one does not use up,
// the others cannot miss.
func (d *demoHouse) random(purpose uint64) *rand.Rand { return rand.New(rand.NewPCG(d.seed, purpose)) }

// build makes the house with its programme, and sells some of it.
func (d *demoHouse) build(ctx context.Context) error {
	for _, step := range []func(context.Context) error{d.hire, d.bringPlans, d.announce, d.keepBack, d.fill, d.putBy} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

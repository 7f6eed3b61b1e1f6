package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wicket/boxoffice"
	"wicket/store/heap"
	"wicket/tui"
	"wicket/tui/setup"
	"wicket/tui/theme"
)

// counterCommand is wicket without more words: it signs somebody in and opens the
// counter.
func (p *program) counterCommand() *cobra.Command {
	var at seat
	var look tuiOptions
	c := &cobra.Command{
		Use:   "wicket",
		Short: "a box office in your terminal",
		Long: `Wicket is a box office in a terminal: sell, hold and cancel tickets.

Without a command it opens the counter. Commands that change the house act for
its first manager, or for --staff: who can write the house's file needs no PIN.`,
		Args: noArgs,
	}
	c.Flags().StringVar(&at.terminal, "terminal", "", "the `NAME` of this terminal (default: the machine and its line)")
	c.Flags().StringVar(&at.drawer, "drawer", "", "the `NAME` of its cash drawer (default: that of the terminal)")
	look.flags(c.Flags())
	c.RunE = func(c *cobra.Command, _ []string) error {
		p.draw(look)
		return p.counter(c.Context(), at, look)
	}
	return c
}

// tuiOptions is how a terminal behaves.
type tuiOptions struct {
	mouse bool
	ascii bool
	lock  time.Duration
}

// flags adds what can be said of it.
func (o *tuiOptions) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.mouse, "mouse", false, "let clicks put the cursor on a seat")
	f.BoolVar(&o.ascii, "ascii", false, "draw in ASCII alone (or set WICKET_ASCII)")
	o.lockFlag(f)
}

// lockFlag adds when the screen locks.
func (o *tuiOptions) lockFlag(f *pflag.FlagSet) {
	f.DurationVar(&o.lock, "lock", 10*time.Minute, "lock the screen after this `TIME` without a key; 0 never")
}

// draw lets all screens of this run draw as was said.
func (p *program) draw(o tuiOptions) {
	if o.ascii {
		p.environ = append(p.environ, "WICKET_ASCII=1")
	}
}

// lockAfter is as [tui.Options] has it, where never is less than nothing.
func (o tuiOptions) lockAfter() time.Duration {
	if o.lock <= 0 {
		return -1
	}
	return o.lock
}

// counter opens the counter of the house there is; without one it offers to set
// one up, or the demo.
func (p *program) counter(ctx context.Context, at seat, look tuiOptions) (err error) {
	if !p.hasTerminal() {
		return errors.New("the counter needs a terminal; see wicket --help for what works without")
	}
	h, err := p.openToSell(ctx)
	var none *noHouseError
	if errors.As(err, &none) {
		return p.welcome(ctx, none, at, look)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	staff, err := p.signIn(ctx, h, at.name())
	if errors.Is(err, errLeft) {
		return nil
	}
	if err != nil {
		return err
	}
	h.work(ctx, p.clock)
	return p.show(ctx, h, at.actor(staff), staff, look)
}

// show is the counter on this terminal, until its user leaves or ctx ends.
func (p *program) show(ctx context.Context, h *house, by boxoffice.Actor, staff boxoffice.Staff, look tuiOptions) error {
	settings, err := h.office.House(ctx)
	if err != nil {
		return err
	}
	heap.Tidy(100) // as Go does, where much is kept
	h.log.Info("counter opened", "staff", staff.ID, "terminal", by.Terminal, "version", version())
	return tui.New(tui.Options{
		Office: h.office, Feed: h.feed, Actor: by, Staff: staff, House: settings,
		Theme: theme.FromEnv(p.environ, p.screen()), Clock: p.clock, Logger: h.log, StoreState: h.state,
		Mouse: look.mouse, LockAfter: look.lockAfter(), Bell: p.screen(),
	}).Run(ctx)
}

// welcome offers to set a house up where there is none, or the demo. Who set a
// house up is at its counter next, signed in, and learns at the end where it is.
func (p *program) welcome(ctx context.Context, none *noHouseError, at seat, look tuiOptions) (err error) {
	var manager boxoffice.Staff
	wizard := setup.NewWizard(theme.FromEnv(p.environ, p.screen()), none.path, "EUR", defaultZone(), func(_ context.Context, a setup.Answer) (err error) {
		manager, err = p.createHouse(ctx, a.House, a.Manager, a.PIN, a.Example)
		return err
	})
	answer, ok, err := setup.RunWizard(ctx, wizard)
	switch {
	case err != nil || !ok:
		return err
	case answer.Demo:
		return p.demo(ctx, demoOptions{clerks: defaultClerks, look: look})
	}
	h, err := p.openToSell(ctx)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, h.close())
		if err == nil {
			again := "wicket"
			if p.house != "" {
				again += " --house " + boxoffice.Clean(p.house)
			}
			fmt.Fprintf(p.out, "%s is kept in %s; open it again: %s\n", boxoffice.Clean(answer.House.Name), boxoffice.Clean(h.path), again)
		}
	}()
	h.work(ctx, p.clock)
	return p.show(ctx, h, at.actor(manager), manager, look)
}

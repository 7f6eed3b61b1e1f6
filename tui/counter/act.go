package counter

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// answer is what came of a use case, with the basket as it was right after.
type answer struct {
	err    error
	done   func() tea.Cmd
	failed func(error) tea.Cmd
	basket boxoffice.BasketView
	unread error // why the basket could not be read
}

// work is one use case; done is what the screen does when it went well.
type work func(ctx context.Context, cmd boxoffice.CommandID) (done func() tea.Cmd, err error)

// act runs a use case under a command of its own. Until its answer is here the
// counter is busy. failed, where it is set, says what a refusal means.
func (c *Counter) act(do work, refused func(error) tea.Cmd) tea.Cmd {
	id := boxoffice.NewCommandID()
	c.mine.add(id)
	c.busy = true
	c.gen++
	office, staff := c.desk.Office, c.desk.Actor.Staff
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		a := answer{failed: refused}
		a.done, a.err = do(ctx, id)
		a.basket, a.unread = office.Basket(ctx, staff)
		return a
	})
}

func (c *Counter) answered(a answer) tea.Cmd {
	c.busy = false
	var cmds []tea.Cmd
	if a.unread == nil {
		c.setBasket(a.basket)
	} else {
		c.again = true
	}
	switch {
	case a.err != nil:
		c.desk.Flush()
		c.desk.Log.Info("refused", "err", a.err)
		if a.failed != nil {
			cmds = append(cmds, a.failed(a.err))
		} else {
			c.say(failed, screen.Explain(a.err))
		}
		var shut *boxoffice.StateError
		if errors.As(a.err, &shut) && c.note.level == failed {
			c.note.shut = shut.Shut
		}
	case a.done != nil:
		cmds = append(cmds, a.done())
		c.refresh()
	}
	if c.again {
		cmds = append(cmds, c.readBasket())
	}
	c.look()
	return tea.Batch(cmds...)
}

// basketMsg is the basket as it was read on its own account.
type basketMsg struct {
	gen    int
	basket boxoffice.BasketView
	err    error
}

// readBasket reads the basket, now or once the answer that is out has come.
func (c *Counter) readBasket() tea.Cmd {
	if c.busy {
		c.again = true
		return nil
	}
	c.again = false
	gen, office, staff := c.gen, c.desk.Office, c.desk.Actor.Staff
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		b, err := office.Basket(ctx, staff)
		return basketMsg{gen, b, err}
	})
}

func (c *Counter) basketRead(m basketMsg) tea.Cmd {
	if m.gen != c.gen {
		return nil // a use case since then brings, or brought, a newer one
	}
	if m.err != nil {
		c.known = true
		c.say(failed, screen.Explain(m.err))
		return nil
	}
	had := !c.basket.Empty()
	c.setBasket(m.basket)
	if had && c.basket.Empty() && c.note.level == done {
		c.note = note{} // somebody else has what it says was taken
	}
	return nil
}

// setBasket takes over the basket as the office has it.
func (c *Counter) setBasket(b boxoffice.BasketView) {
	first := !c.known
	c.basket, c.known = b, true
	if b.Hold.ID != 0 {
		c.seats.SetMine(b.Hold.ID)
	} // else with the next picture: what was ours a moment ago is no news
	if b.Empty() && c.stage == paying {
		c.stage = choosing
	}
	if !b.Empty() && c.stage == paid {
		c.stage = choosing
	}
	if first && !b.Empty() && !c.has(c.showing) {
		c.show(b.Lines[0].Performance)
	}
	if b.Empty() {
		c.choice = choice{}
	}
	c.follow()
	c.askForLost()
	c.refresh()
}

// has reports whether the basket has places of a performance.
func (c *Counter) has(perf boxoffice.PerformanceID) bool {
	for _, l := range c.basket.Lines {
		if l.Performance == perf {
			return true
		}
	}
	return false
}

// near returns the basket's places of the performance on screen.
func (c *Counter) near() []boxoffice.PlaceNo {
	var places []boxoffice.PlaceNo
	for _, l := range c.basket.Lines {
		if l.Performance == c.showing {
			places = append(places, l.Place)
		}
	}
	return places
}

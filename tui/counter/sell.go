package counter

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/saleline"
	"wicket/tui/screen"
	"wicket/tui/words"
)

// choice is what was last taken and what could have been taken instead.
type choice struct {
	performance boxoffice.PerformanceID
	request     boxoffice.Request
	places      []boxoffice.PlaceNo
	why         string
	others      []boxoffice.Offer
}

// enter acts on the line.
func (c *Counter) enter() tea.Cmd {
	typed := c.line.Value()
	in := c.parse()
	if c.nowhere() && sells(in) {
		c.say(failed, nothingToSell)
		c.desk.Flush()
		return nil
	}
	switch in := in.(type) {
	case saleline.Empty:
		return c.enterNothing()
	case saleline.Best:
		return c.takeBest(request(in))
	case saleline.Places:
		return c.takePlaces(in)
	case saleline.Look:
		c.lookAt(in.Section)
		c.remember(typed)
	case saleline.Switch:
		c.remember(typed)
		c.show(in.Performance.ID)
	case saleline.Order:
		c.remember(typed)
		c.desk.Go(screen.Orders, in.ID)
	case saleline.Find:
		c.remember(typed)
		c.desk.Go(screen.Orders, in.Name)
	case saleline.Scan:
		return c.lookUp(in.Code, func() { c.remember(typed) })
	case saleline.Command:
		return c.command(in)
	case saleline.Unknown:
		c.say(failed, c.unknown(in))
		c.desk.Flush()
	}
	return nil
}

// enterNothing acts on an empty line: the range, if there is one; else payment.
func (c *Counter) enterNothing() tea.Cmd {
	if len(c.span()) > 0 && c.stage == choosing {
		return c.space()
	}
	if c.basket.Empty() {
		return nil
	}
	c.pay()
	return nil
}

// pay goes to payment.
func (c *Counter) pay() {
	c.stage = paying
	c.given.Set("")
}

// remember takes the line as done with.
func (c *Counter) remember(typed string) {
	c.line.Remember(typed)
	c.line.Set("")
}

func request(in saleline.Best) boxoffice.Request {
	q := boxoffice.Request{Section: in.Section, Zone: in.Zone, Wheelchairs: in.Wheelchairs, Companions: in.Companions}
	for _, p := range in.Parties {
		q.Parties = append(q.Parties, boxoffice.Party{Type: p.Type.ID, Count: p.Count})
	}
	return q
}

// takeBest takes the best available places of a request.
func (c *Counter) takeBest(q boxoffice.Request) tea.Cmd {
	office, by, perf, typed := c.desk.Office, c.desk.Actor, c.showing, c.line.Value()
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		taken, err := office.HoldBest(ctx, cmd, by, perf, q)
		return func() tea.Cmd {
			c.remember(typed)
			c.took(taken, q)
			return nil
		}, err
	}, c.refusedTaken(perf, q))
}

// takePlaces takes named places; those in the basket already change their type,
// where one was typed.
func (c *Counter) takePlaces(in saleline.Places) tea.Cmd {
	picks, changes := c.parts(in)
	if len(changes) > 0 {
		return c.retype(changes, picks)
	}
	if len(picks) == 0 {
		c.say(told, "These are in the basket already.")
		return nil
	}
	return c.take(picks)
}

// parts sorts named places into those to take and those in the basket already that
// get the price type that was typed.
func (c *Counter) parts(in saleline.Places) (picks, changes []boxoffice.Pick) {
	for i, no := range in.Places {
		p := boxoffice.Pick{Place: no, Type: in.Type(i).ID}
		switch {
		case !c.isMine(no):
			picks = append(picks, p)
		case in.Typed:
			changes = append(changes, p)
		}
	}
	return picks, changes
}

// take takes places into the basket.
func (c *Counter) take(picks []boxoffice.Pick) tea.Cmd {
	office, by, perf, typed := c.desk.Office, c.desk.Actor, c.showing, c.line.Value()
	q := asked(picks)
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		taken, err := office.HoldPlaces(ctx, cmd, by, perf, picks)
		return func() tea.Cmd {
			c.remember(typed)
			c.seats.ClearSelection()
			c.took(taken, q)
			return nil
		}, err
	}, c.refusedTaken(perf, q, picks...))
}

// asked is the request that named places stand for: so many, of these types.
func asked(picks []boxoffice.Pick) boxoffice.Request {
	q := boxoffice.Request{Section: -1, Zone: -1}
	for _, p := range picks {
		i := slices.IndexFunc(q.Parties, func(have boxoffice.Party) bool { return have.Type == p.Type })
		if i < 0 {
			q.Parties = append(q.Parties, boxoffice.Party{Type: p.Type})
			i = len(q.Parties) - 1
		}
		q.Parties[i].Count++
	}
	return q
}

// took says what was taken, and keeps the other choices.
func (c *Counter) took(t boxoffice.Taken, q boxoffice.Request) {
	places := placesOf(t.Picks)
	c.choice = choice{performance: t.Performance, request: q, places: places, why: t.Why, others: t.Others}
	c.sayTook("Took ")
	if c.showing == t.Performance && len(places) > 0 {
		c.seats.SetCursor(places[0])
	}
}

func (c *Counter) sayTook(verb string) {
	said := verb + c.labels(c.choice.places)
	if why := boxoffice.Clean(c.choice.why); why != "" {
		said += ": " + why
	}
	c.say(done, said+".")
}

// labels names places of the performance on screen.
func (c *Counter) labels(places []boxoffice.PlaceNo) string {
	if c.picture == nil {
		return screen.Count(len(places), "place")
	}
	return words.Places(c.picture.Plan, places)
}

// otherChoice gives back what best available took and takes the next choice.
func (c *Counter) otherChoice() tea.Cmd {
	ch := c.choice
	if len(ch.others) == 0 || c.picture == nil || c.showing != ch.performance {
		return nil
	}
	next := ch.others[0]
	picks := ch.request.Assign(c.picture.Plan, c.picture.Prices, next.Places)
	office, by := c.desk.Office, c.desk.Actor
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		_, err := office.Swap(ctx, cmd, by, ch.performance, ch.places, picks)
		return func() tea.Cmd {
			c.choice = choice{
				performance: ch.performance, request: ch.request, places: next.Places, why: next.Why,
				others: append(slices.Clone(ch.others[1:]), boxoffice.Offer{Places: ch.places, Why: ch.why}),
			}
			c.sayTook("Instead ")
			if c.showing == ch.performance && len(next.Places) > 0 {
				c.seats.SetCursor(next.Places[0])
			}
			return nil
		}, err
	}, func(err error) tea.Cmd {
		if c.choice.performance == ch.performance && len(c.choice.others) > 0 {
			c.choice.others = c.choice.others[1:]
		}
		c.say(failed, screen.Explain(err)+" The basket is as it was.")
		return nil
	})
}

// retype changes price types in the basket and takes what is not in it yet, all or
// nothing.
func (c *Counter) retype(changes, picks []boxoffice.Pick) tea.Cmd {
	office, by, perf, typed := c.desk.Office, c.desk.Actor, c.showing, c.line.Value()
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		taken, err := office.ChangeTypes(ctx, cmd, by, perf, changes, picks)
		return func() tea.Cmd {
			c.remember(typed)
			said := "Changed the price type of " + screen.Count(len(changes), "place")
			if len(taken.Picks) > 0 {
				said += ", took " + c.labels(placesOf(taken.Picks))
			}
			c.say(done, said+".")
			return nil
		}, err
	}, func(err error) tea.Cmd {
		if c.offerPrices(perf, slices.Concat(changes, picks), err) {
			return nil
		}
		if taken := (*boxoffice.TakenError)(nil); errors.As(err, &taken) {
			c.say(failed, c.takenWords(taken))
		} else {
			c.say(failed, screen.Explain(err)+" The basket is as it was.")
		}
		return nil
	})
}

// picksOf are places to be taken at the default price type.
func picksOf(places []boxoffice.PlaceNo) []boxoffice.Pick {
	picks := make([]boxoffice.Pick, len(places))
	for i, no := range places {
		picks[i] = boxoffice.Pick{Place: no}
	}
	return picks
}

func placesOf(picks []boxoffice.Pick) []boxoffice.PlaceNo {
	places := make([]boxoffice.PlaceNo, len(picks))
	for i, p := range picks {
		places[i] = p.Place
	}
	return places
}

// giveBack gives places of the basket back.
func (c *Counter) giveBack(places []boxoffice.PlaceNo) tea.Cmd {
	office, by, perf := c.desk.Office, c.desk.Actor, c.showing
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		err := office.Release(ctx, cmd, by, perf, places)
		return func() tea.Cmd {
			c.seats.ClearSelection()
			c.choice = choice{}
			c.say(done, "Gave back "+c.labels(places)+".")
			return nil
		}, err
	}, nil)
}

// lookAt puts the cursor into a section.
func (c *Counter) lookAt(section int) {
	if c.picture != nil && section >= 0 && section < len(c.picture.Plan.Sections) {
		c.seats.SetCursor(c.picture.Plan.Sections[section].First)
	}
}

package counter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/words"
)

// refusedTaken returns what the screen does when places could not be taken: where
// others have them, it asks whether the next best will do.
func (c *Counter) refusedTaken(perf boxoffice.PerformanceID, q boxoffice.Request, picks ...boxoffice.Pick) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if c.offerToAsk(perf, q, picks, err) {
			return nil
		}
		var taken *boxoffice.TakenError
		if !errors.As(err, &taken) || c.picture == nil || c.showing != perf {
			c.say(failed, screen.Explain(err))
			return nil
		}
		gone := make([]boxoffice.PlaceNo, len(taken.Places))
		for i, p := range taken.Places {
			gone[i] = p.Place
		}
		var near []boxoffice.PlaceNo
		for _, p := range picks {
			if !slices.Contains(gone, p.Place) {
				near = append(near, p.Place)
			}
		}
		offers := c.offersWithout(gone, q, near)
		if len(offers) == 0 {
			c.say(failed, c.takenWords(taken)+" Nothing else like it is open.")
			return nil
		}
		c.askInstead(c.takenWords(taken), q, offers)
		return nil
	}
}

// offersWithout looks for other places in the picture, which may be older than
// the refusal: the places that were refused are none.
func (c *Counter) offersWithout(gone []boxoffice.PlaceNo, q boxoffice.Request, near []boxoffice.PlaceNo) []boxoffice.Offer {
	pic := *c.picture
	taken := map[boxoffice.PlaceNo]boxoffice.PlaceState{}
	for _, no := range gone {
		if int(no) <= pic.Places.Len() {
			p := pic.Places.At(no)
			p.State = boxoffice.Confirmed
			taken[no] = p
		}
	}
	pic.Places = pic.Places.With(taken)
	if len(near) == 0 {
		near = c.near()
	}
	offers, err := c.desk.Office.Offers(&pic, c.desk.Now().UnixMilli(), q, near, 4)
	if err != nil {
		return nil
	}
	return offers
}

// takenWords says who has the places, and for how long.
func (c *Counter) takenWords(err *boxoffice.TakenError) string {
	now := c.desk.Now()
	var said []string
	alike := err.Alike()
	for i, p := range alike {
		if i == 3 && len(alike) > 4 {
			said = append(said, fmt.Sprintf("%d more are gone", len(alike)-3))
			break
		}
		one := boxoffice.Clean(p.Name()) + " " + boxoffice.Clean(p.Words())
		if p.Until.After(now) {
			one += " for " + boxoffice.Countdown(p.Until.Sub(now)) + " more"
		}
		said = append(said, one)
	}
	sentence := screen.Sentence(strings.Join(said, ", "))
	if c.basket.Empty() {
		return sentence + " Nothing was taken."
	}
	return sentence + " The basket is as it was."
}

// askInstead asks whether the next best places will do. ^N goes through them.
func (c *Counter) askInstead(why string, q boxoffice.Request, offers []boxoffice.Offer) {
	at := 0
	dialog := &screen.Dialog{Desk: c.desk, Warning: true, Title: why, Harmless: "take nothing", Yields: true}
	show := func() {
		o := offers[at]
		dialog.Choices[0].Words = boxoffice.Shorten(c.labels(o.Places), 36) + " instead"
		dialog.Body = []string{"Next best: " + c.labels(o.Places) + ", " + boxoffice.Clean(o.Why) + "."}
		if o.Why == "" {
			dialog.Body = nil
		}
		c.seats.Highlight(o.Places)
		if len(o.Places) > 0 {
			c.seats.SetCursor(o.Places[0])
		}
	}
	dialog.Choices = []screen.Choice{{Key: "enter", Do: func() tea.Cmd {
		return c.take(q.Assign(c.picture.Plan, c.picture.Prices, offers[at].Places))
	}}}
	if len(offers) > 1 {
		dialog.Choices = append(dialog.Choices, screen.Choice{Key: "ctrl+n", Words: "others", Stays: true, Do: func() tea.Cmd {
			at = (at + 1) % len(offers)
			show()
			return nil
		}})
	}
	dialog.Closed = func() {
		c.instead = nil
		c.refresh()
	}
	c.instead = dialog
	show()
	c.desk.Overlays.Intrude(dialog)
}

// askForLost tells of places that lapsed, once, and asks whether to take them
// again.
func (c *Counter) askForLost() {
	if len(c.basket.Lost) == 0 {
		c.lapsed = ""
		return
	}
	all := words.Lines(c.basket.Lost)
	if groups := grouped(c.basket.Lost); len(groups) == 1 && groups[0].performance == c.showing {
		all = words.Labels(c.basket.Lost)
	}
	if all == c.lapsed {
		return
	}
	c.lapsed = all
	c.stage = choosing
	c.desk.Flush()
	c.desk.Overlays.Intrude(&screen.Dialog{
		Desk: c.desk, Warning: true,
		Title:    "The basket's time was over: " + boxoffice.Shorten(boxoffice.Clean(all), 160) + " went back.",
		Harmless: "later: ^R",
		Choices: []screen.Choice{
			{Key: "r", Words: "take them again", Do: func() tea.Cmd { return c.retake(false) }},
			{Key: "x", Words: "forget them", Do: c.forget},
		},
	})
}

// renew gives the basket its full time, or takes what lapsed again.
func (c *Counter) renew() tea.Cmd {
	office, by := c.desk.Office, c.desk.Actor
	switch {
	case c.basket.Empty() && len(c.basket.Lost) > 0:
		return c.retake(false)
	case c.basket.Empty():
		return nil
	}
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		hold, err := office.Renew(ctx, cmd, by)
		return func() tea.Cmd {
			said := "Yours until " + hold.ExpiresAt.In(c.desk.Zone).Format("15:04:05") + "."
			if !hold.ExpiresAt.Before(hold.LatestAt) {
				said += " That is as long as a basket can last."
			}
			c.say(done, said)
			return nil
		}, err
	}, nil)
}

// retake takes lapsed places again: all, or those still free.
func (c *Counter) retake(rest bool) tea.Cmd {
	office, by := c.desk.Office, c.desk.Actor
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		taken, err := office.Retake(ctx, cmd, by, rest)
		return func() tea.Cmd {
			n := 0
			for _, t := range taken {
				n += len(t.Picks)
			}
			c.say(done, "Took "+screen.Count(n, "place")+" again.")
			return nil
		}, err
	}, func(err error) tea.Cmd {
		var taken *boxoffice.TakenError
		if !errors.As(err, &taken) || rest || len(taken.Places) >= len(c.basket.Lost) {
			c.say(failed, screen.Explain(err))
			return nil
		}
		c.desk.Overlays.Intrude(&screen.Dialog{
			Desk: c.desk, Warning: true, Title: c.takenWords(taken), Harmless: "leave it",
			Choices: []screen.Choice{{Key: "r", Words: "take the rest again", Do: func() tea.Cmd { return c.retake(true) }}},
		})
		return nil
	})
}

func (c *Counter) forget() tea.Cmd {
	office, by := c.desk.Office, c.desk.Actor
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		return nil, office.Forget(ctx, cmd, by)
	}, nil)
}

// askToDrop asks before it gives the whole basket back.
func (c *Counter) askToDrop() tea.Cmd {
	if c.basket.Empty() {
		return nil
	}
	c.desk.Overlays.Open(&screen.Dialog{
		Desk: c.desk, Title: "Give all of the basket back? " + boxoffice.Shorten(c.basketWords(), 120),
		Harmless: "keep it",
		Choices:  []screen.Choice{{Key: "y", Words: "give it back", Do: c.drop}},
	})
	return nil
}

func (c *Counter) drop() tea.Cmd {
	office, by := c.desk.Office, c.desk.Actor
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		err := office.Drop(ctx, cmd, by)
		return func() tea.Cmd {
			c.stage = choosing
			c.say(done, "The basket is empty.")
			return nil
		}, err
	}, nil)
}

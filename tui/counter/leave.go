package counter

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// blocked reports whether the house keeps a place back that could be sold by somebody's
// leave.
func (c *Counter) blocked(no boxoffice.PlaceNo) bool {
	p := c.picture.Places.At(no)
	return p.State == boxoffice.Available && p.Block != "" && p.Block != boxoffice.KillCode
}

// offerToAsk offers what somebody else may allow, where places were refused for want
// of it: those in a block, those at a guarded price.
func (c *Counter) offerToAsk(perf boxoffice.PerformanceID, q boxoffice.Request, picks []boxoffice.Pick, err error) bool {
	var taken *boxoffice.TakenError
	if errors.As(err, &taken) {
		return c.offerFromBlock(perf, picks, taken)
	}
	if len(picks) == 0 && c.picture != nil && c.showing == perf {
		offers, none := c.desk.Office.Offers(c.picture, c.desk.Now().UnixMilli(), q, c.near(), 1)
		if none != nil || len(offers) == 0 {
			return false
		}
		picks = q.Assign(c.picture.Plan, c.picture.Prices, offers[0].Places)
	}
	return c.offerPrices(perf, picks, err)
}

// offerPrices offers to ask for guarded prices.
func (c *Counter) offerPrices(perf boxoffice.PerformanceID, picks []boxoffice.Pick, err error) bool {
	var why *boxoffice.NotAllowedError
	if !errors.As(err, &why) || why.Permission != string(boxoffice.GivePrices) || len(picks) == 0 {
		return false
	}
	c.offer(boxoffice.Ask{Kind: boxoffice.AskPrice, Performance: perf, Picks: picks}, err, screen.Explain(err))
	return true
}

// offer offers to ask for what was refused. The line is done with once somebody was
// asked; where it is left, words say why nothing came of it.
func (c *Counter) offer(ask boxoffice.Ask, refused error, words string) {
	typed := c.line.Value()
	c.desk.OfferToAsk(ask, refused, func() {
		if c.line.Value() == typed {
			c.remember(typed)
			c.refresh()
		}
	}, func() { c.say(failed, words) })
}

// offerFromBlock offers places that nobody has but the house itself: at once to who
// may sell them, to others by somebody's leave.
func (c *Counter) offerFromBlock(perf boxoffice.PerformanceID, picks []boxoffice.Pick, taken *boxoffice.TakenError) bool {
	if len(picks) == 0 || slices.ContainsFunc(taken.Places, func(p boxoffice.TakenPlace) bool {
		return p.State != boxoffice.Available || p.By != "" || p.Block == "" || p.Block == boxoffice.KillCode
	}) {
		return false
	}
	refused := c.desk.Permissions.Check(c.desk.Staff, boxoffice.SellFromBlock)
	if refused != nil {
		c.offer(boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: perf, Picks: picks}, refused, c.takenWords(taken))
		return true
	}
	c.desk.Overlays.Intrude(&screen.Dialog{
		Desk: c.desk, Title: c.takenWords(taken), Harmless: "take nothing", Yields: true,
		Choices: []screen.Choice{{Key: "enter", Words: "sell from the block", Do: func() tea.Cmd { return c.takeFromBlock(perf, picks) }}},
	})
	return true
}

// takeFromBlock takes places that the house keeps back.
func (c *Counter) takeFromBlock(perf boxoffice.PerformanceID, picks []boxoffice.Pick) tea.Cmd {
	office, by, typed := c.desk.Office, c.desk.Actor, c.line.Value()
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		taken, err := office.TakeFromBlock(ctx, cmd, by, perf, picks)
		return func() tea.Cmd {
			c.remember(typed)
			c.seats.ClearSelection()
			c.took(taken, asked(picks))
			return nil
		}, err
	}, nil)
}

package counter

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// mayCancel asks whether this person may cancel a performance, before it asks
// whether to.
func (c *Counter) mayCancel(reason string) tea.Cmd {
	office, staff := c.desk.Office, c.desk.Staff
	return c.act(func(ctx context.Context, _ boxoffice.CommandID) (func() tea.Cmd, error) {
		table, err := office.Permissions(ctx)
		if err == nil {
			err = table.Check(staff, boxoffice.RunSales)
		}
		return func() tea.Cmd {
			c.askToCancel(reason)
			return nil
		}, err
	}, nil)
}

// askToCancel asks before it cancels the performance on screen. That needs a reason
// and a key of its own.
func (c *Counter) askToCancel(reason string) {
	perf := c.performance(c.showing)
	switch {
	case perf.ID == 0 || c.picture == nil:
		c.say(failed, "There is no performance on screen.")
		return
	case perf.State == boxoffice.PerformanceCancelled:
		c.say(failed, c.title(perf)+" is cancelled already.")
		return
	}
	c.line.Set("")
	sold, held := c.picture.Total.Sold, c.picture.Total.Held
	body := "Sales stop everywhere at once, for good."
	if sold > 0 {
		body += " " + screen.Count(sold, "ticket") + " stay sold, for their refund."
	}
	if held > 0 {
		body += " " + screen.Count(held, "place") + " in baskets and holds cannot be paid any more."
	}
	dialog := &screen.Dialog{
		Desk: c.desk, Warning: true, Title: "Cancel " + c.title(perf) + "?",
		Body: []string{body}, Prompt: "why", Reason: reason, Harmless: "keep playing",
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: "cancel the performance", Reasoned: true, Do: func() tea.Cmd {
		return c.cancel(perf, boxoffice.Clean(dialog.Reason))
	}}}
	c.desk.Overlays.Open(dialog)
}

func (c *Counter) cancel(perf boxoffice.Performance, reason string) tea.Cmd {
	office, by := c.desk.Office, c.desk.Actor
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		return func() tea.Cmd {
			c.say(done, c.title(perf)+" is cancelled.")
			return nil
		}, office.CancelPerformance(ctx, cmd, by, perf.ID, reason)
	}, nil)
}

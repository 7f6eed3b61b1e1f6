package counter

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// notAmount says that a barcode came where money was asked for.
const notAmount = "That is a ticket's barcode, not an amount. Nothing was sold."

// scan shows the order of a ticket that was scanned. What stands on the line stays
// there; while money is asked for, the scan is dropped.
func (c *Counter) scan(code string) tea.Cmd {
	c.note = note{}
	if c.stage == paying {
		c.desk.Flush()
		c.say(failed, notAmount)
		return nil
	}
	return c.lookUp(code, func() {})
}

// lookUp goes to the order of the ticket with a barcode; found is called where
// there is one.
func (c *Counter) lookUp(code string, found func()) tea.Cmd {
	office := c.desk.Office
	return c.act(func(ctx context.Context, _ boxoffice.CommandID) (func() tea.Cmd, error) {
		s, err := office.Scan(ctx, code)
		return func() tea.Cmd {
			found()
			c.desk.Go(screen.Orders, s)
			return nil
		}, err
	}, nil)
}

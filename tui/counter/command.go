package counter

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/saleline"
	"wicket/tui/screen"
)

// command does what a word says.
func (c *Counter) command(in saleline.Command) tea.Cmd {
	typed := c.line.Value()
	office, by, perf := c.desk.Office, c.desk.Actor, c.showing
	do := func(said string, fn func(ctx context.Context, cmd boxoffice.CommandID) error) tea.Cmd {
		return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
			return func() tea.Cmd {
				c.remember(typed)
				c.say(done, said)
				return nil
			}, fn(ctx, cmd)
		}, nil)
	}
	go_ := func(to screen.Name, about any) tea.Cmd {
		c.remember(typed)
		c.desk.Go(to, about)
		return nil
	}
	switch in.Name {
	case "help", "?":
		c.remember(typed)
		c.desk.Wish(screen.ForHelp)
	case "orders":
		return go_(screen.Orders, in.Args)
	case "holds", "parked", "resume":
		return go_(screen.Holds, in.Who)
	case "live":
		return go_(screen.Live, nil)
	case "void":
		return go_(screen.Orders, in.Order)
	case "performances":
		c.remember(typed)
		c.pickPerformance()
	case "lock", "switch", "requests":
		c.remember(typed)
		c.desk.Wish(map[string]screen.Wish{"lock": screen.ForLock, "switch": screen.ForSwitch, "requests": screen.ForRequests}[in.Name])
	case "tell":
		return c.tell(in.Who)
	case "quit":
		c.remember(typed)
		c.desk.AskToLeave()
	case "type":
		return c.typeCommand(in)
	case "retry":
		c.remember(typed)
		return c.retake(false)
	case "give":
		return c.handOver(in)
	case "pay":
		c.remember(typed)
		if c.basket.Empty() {
			c.say(failed, basketEmpty)
			return nil
		}
		c.pay()
	case "drop":
		c.remember(typed)
		return c.askToDrop()
	case "renew":
		c.remember(typed)
		return c.renew()
	case "park":
		label := in.Who
		if label == "" {
			label = in.Args
		}
		return do("Parked. F4 finds it.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Park(ctx, cmd, by, label)
		})
	case "hold":
		return c.putBy(in)
	case "block":
		places := c.named(in)
		return do(c.labels(places)+" blocked for "+in.Code.Words()+".", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Block(ctx, cmd, by, perf, in.Code, places, in.Until)
		})
	case "unblock":
		places := c.named(in)
		return do(c.labels(places)+" on sale again.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Unblock(ctx, cmd, by, perf, places)
		})
	case "kill":
		places := c.named(in)
		return do(c.labels(places)+" killed.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Kill(ctx, cmd, by, perf, places, in.Reason)
		})
	case "revive":
		places := c.named(in)
		return do(c.labels(places)+" back in the house.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Revive(ctx, cmd, by, perf, places)
		})
	case "open":
		return do("Sales are open.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.OpenSales(ctx, cmd, by, perf)
		})
	case "cancel":
		if in.Order != 0 {
			return go_(screen.Orders, in.Order)
		}
		return c.mayCancel(in.Reason)
	case "stop":
		return do("Sales are stopped.", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.StopSales(ctx, cmd, by, perf, in.Reason)
		})
	default:
		c.desk.Flush()
		c.say(failed, notHere(in))
	}
	return nil
}

// notHere is said of a command that the line knows and that does nothing yet.
func notHere(in saleline.Command) string {
	return "«" + boxoffice.Clean(in.Name) + "» is not here yet."
}

// named returns the places a command names; without any, what is pointed at.
func (c *Counter) named(in saleline.Command) []boxoffice.PlaceNo {
	if len(in.Places) > 0 {
		return in.Places
	}
	if in.Count > 0 && in.Section >= 0 && c.picture != nil {
		s, now := c.picture.Plan.Sections[in.Section], c.desk.Now().UnixMilli()
		var places []boxoffice.PlaceNo
		for no := s.First; no <= s.Last && len(places) < in.Count && int(no) <= c.picture.Places.Len(); no++ {
			p := c.picture.Places.At(no)
			blocked := p.State == boxoffice.Available && p.Block != ""
			if undo := in.Name == "unblock" || in.Name == "revive"; undo && blocked || !undo && p.Free(now) {
				places = append(places, no)
			}
		}
		return places
	}
	if places := c.seats.Selection(); len(places) > 0 {
		return places
	}
	if no, ok := c.seats.Cursor(); ok {
		return []boxoffice.PlaceNo{no}
	}
	return nil
}

// typeCommand changes the price type of places of the basket; without any named,
// of all it has of this performance.
func (c *Counter) typeCommand(in saleline.Command) tea.Cmd {
	places := in.Places
	if len(places) == 0 {
		places = c.near()
	}
	for _, no := range places {
		if !c.isMine(no) {
			c.say(failed, c.labels([]boxoffice.PlaceNo{no})+" is not in the basket.")
			return nil
		}
	}
	if len(places) == 0 {
		c.say(failed, "The basket has nothing of this performance.")
		return nil
	}
	changes := make([]boxoffice.Pick, len(places))
	for i, no := range places {
		changes[i] = boxoffice.Pick{Place: no, Type: in.Type.ID}
	}
	return c.retype(changes, nil)
}

// handOver gives the basket to the colleague with a name.
func (c *Counter) handOver(in saleline.Command) tea.Cmd {
	office, by, typed := c.desk.Office, c.desk.Actor, c.line.Value()
	to := ""
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		staff, err := office.AllStaff(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range staff {
			if s.Active && strings.EqualFold(s.Name, in.Who) {
				to = s.Name
				return func() tea.Cmd {
					c.remember(typed)
					c.say(done, boxoffice.Clean(to)+" has the basket now.")
					return nil
				}, office.HandOver(ctx, cmd, by, s.ID)
			}
		}
		return nil, boxoffice.NotFound("colleague", in.Who)
	}, nil)
}

// putBy makes a named hold of the basket.
func (c *Counter) putBy(in saleline.Command) tea.Cmd {
	office, by, typed := c.desk.Office, c.desk.Actor, c.line.Value()
	if c.basket.Empty() {
		c.say(failed, "The basket is empty: take places first, then «"+boxoffice.Clean(typed)+"».")
		return nil
	}
	until := in.Until
	if until.IsZero() {
		until = c.collectBy()
	}
	customer := boxoffice.Customer{Name: boxoffice.Clean(in.Who)}
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		_, err := office.HoldFor(ctx, cmd, by, customer, until)
		return func() tea.Cmd {
			c.remember(typed)
			c.say(done, "Held for "+boxoffice.Shorten(customer.Name, 40)+" until "+c.desk.When(until)+". F4 finds it.")
			return nil
		}, err
	}, nil)
}

// collectBy is until when a named hold lasts where no time was typed: half an
// hour before the first curtain in the basket.
func (c *Counter) collectBy() time.Time {
	var first time.Time
	for _, l := range c.basket.Lines {
		if first.IsZero() || l.Curtain.Before(first) {
			first = l.Curtain
		}
	}
	if early := first.Add(-30 * time.Minute); early.After(c.desk.Now()) {
		return early
	}
	return first
}

package counter

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// Keys lists the keys, in the order in which the foot of the screen shows them;
// those that do nothing now are disabled.
func (c *Counter) Keys() []key.Binding {
	d := c.desk
	empty, has := c.line.Empty(), !c.basket.Empty()
	if c.stage == paying {
		return []key.Binding{
			d.Bind(c.payWords(), c.pays(), "enter"),
			d.Bind("back to the house", true, "esc"),
			d.Bind("renew the basket", true, "ctrl+r"),
			d.Bind("help", true, "f1"),
		}
	}
	enter, ranged := "take", empty && len(c.span()) > 0
	switch {
	case ranged:
		enter = c.spanKey()
	case empty:
		enter = "pay " + d.Money(c.basket.Total)
	case c.preview.enter != "":
		enter = c.preview.enter
	}
	walk := key.NewBinding(key.WithKeys("up", "down", "left", "right"), key.WithHelp(d.Theme.Glyphs.Arrows, "walk"))
	walk.SetEnabled(empty && c.picture != nil)
	span := key.NewBinding(key.WithKeys("shift+left", "shift+right", "shift+up", "shift+down"), key.WithHelp("shift+arrows", "a range"))
	_, area := c.seats.Area()
	span.SetEnabled(empty && !area && !c.seats.Zoom() && c.picture != nil)
	space := key.NewBinding(key.WithKeys(" "), key.WithHelp("space", c.spaceWords()))
	space.SetEnabled(empty && c.spaceWords() != "")
	giveBack := key.NewBinding(key.WithKeys("delete"), key.WithHelp("del", "give one back"))
	giveBack.SetEnabled(empty && area && len(c.ownPointed()) > 0)
	levels := c.picture != nil && len(c.picture.Plan.Levels) > 1
	page := key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("PgUp/PgDn", "another performance"))
	page.SetEnabled(len(c.house.list) > 1)
	return []key.Binding{
		d.Bind(enter, !empty || ranged && enter != "" || !ranged && has, "enter"),
		d.Bind("other choice", len(c.choice.others) > 0, "ctrl+n"),
		walk, space, giveBack,
		d.Bind("complete", !empty, "tab"),
		d.Bind("next level", empty && levels, "tab"),
		d.Bind("back", !empty || len(c.span()) > 0 || c.note.words != "" || c.seats.Zoom(), "esc"),
		d.Bind("help", true, "f1"),
		span,
		d.Bind("renew the basket", has, "ctrl+r"),
		d.Bind("take lapsed places again", !has && len(c.basket.Lost) > 0, "ctrl+r"),
		d.Bind("drop the basket", has, "ctrl+d"),
		d.Bind("the whole house", c.picture != nil && !c.seats.Zoom(), "ctrl+o"),
		d.Bind("the seats", c.picture != nil && c.seats.Zoom(), "ctrl+o"),
		page,
		d.Bind("performances", len(c.house.list) > 0, "f2"),
		d.Bind("orders", true, "f3"),
		d.Bind("holds and parked baskets", true, "f4"),
		d.Bind("the evening live", true, "f5"),
		d.Bind("leave", true, "f10"),
	}
}

// key takes one key.
func (c *Counter) key(k tea.KeyMsg) tea.Cmd {
	c.note = note{}
	switch k.String() {
	case "f2":
		c.pickPerformance()
		return nil
	case "f3":
		c.desk.Go(screen.Orders, nil)
		return nil
	case "f4":
		c.desk.Go(screen.Holds, nil)
		return nil
	case "f5":
		c.desk.Go(screen.Live, nil)
		return nil
	case "ctrl+r":
		return c.renew()
	case "ctrl+d":
		return c.askToDrop()
	}
	if c.stage == paying {
		return c.payKey(k)
	}
	if c.stage == paid && k.Type != tea.KeyEnter {
		c.stage = choosing // the next customer
	}
	cmd := c.saleKey(k)
	c.refresh()
	return cmd
}

func (c *Counter) saleKey(k tea.KeyMsg) tea.Cmd {
	empty := c.line.Empty()
	switch k.String() {
	case "enter":
		return c.enter()
	case "esc":
		c.back()
		return nil
	case "ctrl+n":
		return c.otherChoice()
	case "ctrl+o":
		c.seats.ToggleZoom()
		return nil
	case "pgup":
		c.walk(-1)
		return nil
	case "pgdown":
		c.walk(1)
		return nil
	case "tab":
		if !empty {
			return c.complete()
		}
		c.seats.NextLevel(1)
		return nil
	case "shift+tab":
		c.seats.NextLevel(-1)
		return nil
	}
	if !empty {
		screen.Edit(c.line, k)
		return nil
	}
	switch k.String() {
	case "up":
		c.seats.Move(0, -1)
	case "down":
		c.seats.Move(0, 1)
	case "left":
		c.seats.Move(-1, 0)
	case "right":
		c.seats.Move(1, 0)
	case "shift+up":
		c.seats.Extend(0, -1)
	case "shift+down":
		c.seats.Extend(0, 1)
	case "shift+left":
		c.seats.Extend(-1, 0)
	case "shift+right":
		c.seats.Extend(1, 0)
	case " ":
		return c.space()
	case "delete":
		if own := c.ownPointed(); len(own) > 0 {
			return c.giveBack(own)
		}
	default:
		screen.Edit(c.line, k)
	}
	return nil
}

// back takes one step back, and never more.
func (c *Counter) back() {
	switch {
	case !c.line.Empty():
		c.line.Set("")
	case c.seats.Zoom():
		c.seats.ToggleZoom()
	default:
		c.seats.ClearSelection()
	}
}

// mouse puts the cursor where somebody clicked.
func (c *Counter) mouse(m tea.MouseMsg) tea.Cmd {
	if m.Action != tea.MouseActionPress || m.Button != tea.MouseButtonLeft || c.stage == paying {
		return nil
	}
	x, y := m.X-c.mapAt.x, m.Y-c.mapAt.y
	if level, ok := c.seats.TabAt(x, y); ok {
		c.seats.NextLevel(level - c.seats.Level())
	} else if no, ok := c.seats.At(x, y); ok {
		c.seats.SetCursor(no)
	}
	c.note = note{}
	return nil
}

// origin is where on the screen something begins.
type origin struct{ x, y int }

// isMine reports whether a place of the performance on screen is in the basket.
func (c *Counter) isMine(no boxoffice.PlaceNo) bool {
	for _, l := range c.basket.Lines {
		if l.Performance == c.showing && l.Place == no {
			return true
		}
	}
	return false
}

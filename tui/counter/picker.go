package counter

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/widget"
)

// picker is the list of performances to go to; typing filters it.
type picker struct {
	c     *Counter
	table *widget.Table
	typed string
}

func (c *Counter) pickPerformance() {
	p := &picker{c: c, table: widget.NewTable(c.desk.Theme,
		widget.Column{Title: "When", Width: 16},
		widget.Column{Title: "What", Width: 20, Grow: 1},
		widget.Column{Title: "Where", Width: 14, Leave: 1, Ink: c.desk.Theme.Dim},
		widget.Column{Title: "Open", Width: 6, Align: widget.Right, Ink: c.desk.Theme.Strong},
		widget.Column{Title: "Sold", Width: 11, Align: widget.Right},
		widget.Column{Title: "", Width: 9, Leave: 2, Ink: c.desk.Theme.Dim},
	)}
	p.table.Empty = "There is no performance yet."
	var rows []widget.Row
	for _, v := range c.house.list {
		state := ""
		if v.Performance.State != boxoffice.OnSale {
			state = string(v.Performance.State)
		}
		rows = append(rows, widget.Row{Key: strconv.FormatInt(int64(v.Performance.ID), 10), Cells: []string{
			c.desk.DayOf(v.Performance.Curtain) + " " + c.desk.TimeOf(v.Performance.Curtain),
			boxoffice.Clean(v.Performance.Title), boxoffice.Clean(v.PlanName),
			itoa(v.Total.Open), itoa(v.Total.Sold) + "/" + itoa(v.Total.Capacity()), state,
		}})
	}
	p.table.SetRows(rows)
	p.table.Select(strconv.FormatInt(int64(c.showing), 10))
	c.desk.Overlays.Open(p)
}

// Update takes a key.
func (p *picker) Update(msg tea.Msg) (tea.Cmd, bool) {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, false
	}
	switch k.String() {
	case "esc":
		if p.typed == "" {
			return nil, true
		}
		p.typed = ""
	case "enter":
		if row, ok := p.table.Selected(); ok {
			id, _ := strconv.ParseInt(row.Key, 10, 64)
			p.c.show(boxoffice.PerformanceID(id))
		}
		return nil, true
	case "up":
		p.table.Move(-1)
	case "down":
		p.table.Move(1)
	case "pgup":
		p.table.Page(-1)
	case "pgdown":
		p.table.Page(1)
	case "home":
		p.table.First()
	case "end":
		p.table.Last()
	case "backspace":
		if r := []rune(p.typed); len(r) > 0 {
			p.typed = string(r[:len(r)-1])
		}
	default:
		if (k.Type == tea.KeyRunes || k.Type == tea.KeySpace) && !k.Alt && len(p.typed) < 60 {
			p.typed += string(k.Runes)
		}
	}
	p.table.SetFilter(boxoffice.Clean(p.typed))
	return nil, false
}

// Lines draws the list.
func (p *picker) Lines(w, h int) []string {
	return p.c.desk.ListLines(w, h, "Performances", p.typed, p.table)
}

// Keys lists what works in the list.
func (p *picker) Keys() []key.Binding {
	return p.c.desk.ListKeys("show it", "back")
}

// Whole reports that the list takes the whole screen.
func (p *picker) Whole() bool { return true }

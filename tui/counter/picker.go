package counter

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/widget"
)

// picker is the list of performances to go to; typing filters it.
type picker struct {
	screen.List
	c *Counter
}

func (c *Counter) pickPerformance() {
	p := &picker{c: c, List: screen.List{Table: widget.NewTable(c.desk.Theme,
		widget.Column{Title: "When", Width: 16},
		widget.Column{Title: "What", Width: 20, Grow: 1},
		widget.Column{Title: "Where", Width: 14, Leave: 1, Ink: c.desk.Theme.Dim},
		widget.Column{Title: "Open", Width: 6, Align: widget.Right, Ink: c.desk.Theme.Strong},
		widget.Column{Title: "Sold", Width: 11, Align: widget.Right},
		widget.Column{Title: "", Width: 9, Leave: 2, Ink: c.desk.Theme.Dim},
	)}}
	p.Empty = "There is no performance yet."
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
	p.SetRows(rows)
	p.Select(strconv.FormatInt(int64(c.showing), 10))
	c.desk.Overlays.Open(p)
}

// Update takes a key.
func (p *picker) Update(msg tea.Msg) (tea.Cmd, bool) {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, false
	}
	if k.Type == tea.KeyEnter {
		if row, ok := p.Selected(); ok {
			id, _ := strconv.ParseInt(row.Key, 10, 64)
			p.c.show(boxoffice.PerformanceID(id))
		}
		return nil, true
	}
	return nil, !p.Key(k) && k.Type == tea.KeyEsc
}

// Lines draws the list.
func (p *picker) Lines(w, h int) []string {
	return p.c.desk.ListLines(w, h, "Performances", &p.List)
}

// Keys lists what works in the list.
func (p *picker) Keys() []key.Binding {
	return p.c.desk.ListKeys("show it", "back")
}

// Whole reports that the list takes the whole screen.
func (p *picker) Whole() bool { return true }

package counter

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/words"
)

// taped is how many of the last things the tape keeps.
const taped = 20

// tape is the last things that happened in the house, in words.
type tape struct {
	desk  *screen.Desk
	names map[boxoffice.StaffID]string
	lines []string // oldest first
}

// know takes over the names of those who work here.
func (t *tape) know(staff []boxoffice.Staff) {
	if t.names == nil {
		t.names = map[boxoffice.StaffID]string{}
	}
	for _, s := range staff {
		t.names[s.ID] = s.Name
	}
}

// add puts entries on the tape.
func (t *tape) add(c *Counter, entries []boxoffice.Entry) {
	t.know([]boxoffice.Staff{c.desk.Staff})
	if c.picture != nil {
		for _, h := range c.picture.Holds {
			t.names[h.Staff] = h.StaffName
		}
	}
	book := words.Book{
		Currency: c.desk.House.Currency, Zone: c.desk.Zone, Names: t.names,
		Performance: func(id boxoffice.PerformanceID) (string, *boxoffice.Plan) {
			if c.picture != nil && id == c.showing {
				return c.picture.Performance.Title, c.picture.Plan
			}
			return c.performance(id).Title, nil
		},
	}
	for _, e := range entries {
		if said := words.Entry(e, book); said != "" {
			t.lines = append(t.lines, e.At.In(c.desk.Zone).Format("15:04:05")+"  "+said)
		}
	}
	if n := len(t.lines); n > taped {
		t.lines = append([]string(nil), t.lines[n-taped:]...)
	}
}

// staffMsg is who works here.
type staffMsg []boxoffice.Staff

func (c *Counter) readStaff() tea.Cmd {
	office := c.desk.Office
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		staff, err := office.AllStaff(ctx)
		if err != nil {
			return nil
		}
		return staffMsg(staff)
	})
}

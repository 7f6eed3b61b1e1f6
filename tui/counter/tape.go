package counter

import (
	"cmp"
	"context"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/words"
)

// taped is how many of the last things the tape keeps.
const taped = 20

// tape is the last things that happened in the house, in words.
type tape struct {
	entries []boxoffice.Entry                           // oldest first, each once
	names   map[boxoffice.StaffID]string                // never changed, replaced
	lines   []string                                    // the last entries in words, as far as plan and names were known
	plans   map[boxoffice.PerformanceID]*boxoffice.Plan // of what was on screen or on the tape
	asked   map[boxoffice.PerformanceID]bool            // plans that are being read
	stale   bool
}

// show takes over the plan of a performance.
func (t *tape) show(id boxoffice.PerformanceID, plan *boxoffice.Plan) {
	if t.plans == nil {
		t.plans = map[boxoffice.PerformanceID]*boxoffice.Plan{}
	}
	if t.plans[id] != plan {
		t.plans[id], t.stale = plan, true
	}
}

// unknown returns the performances with places on the tape whose plan is neither
// known nor being read.
func (t *tape) unknown() (ids []boxoffice.PerformanceID) {
	for _, e := range t.entries {
		id := e.Performance
		if id != 0 && len(e.Changes) > 0 && t.plans[id] == nil && !t.asked[id] && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// knowAll takes over the names of those who work here. Others share the map: it stays
// as it is.
func (t *tape) knowAll(names map[boxoffice.StaffID]string) { t.names, t.stale = names, true }

// know takes over one name.
func (t *tape) know(id boxoffice.StaffID, name string) {
	if have, ok := t.names[id]; ok && have == name {
		return
	}
	names := map[boxoffice.StaffID]string{}
	maps.Copy(names, t.names)
	names[id] = name
	t.names, t.stale = names, true
}

// add puts entries on the tape, in the order of the journal; what it has already is
// no news.
func (t *tape) add(entries []boxoffice.Entry) {
	entries = entries[max(0, len(entries)-taped):]
	if n := len(t.entries); len(entries) > 0 && (n == 0 || entries[0].Seq > t.entries[n-1].Seq) {
		drop := max(0, n+len(entries)-taped) // the usual case: all of it is newer
		t.entries, t.stale = append(t.entries[:copy(t.entries, t.entries[drop:])], entries...), true
		return
	}
	for _, e := range entries {
		at, known := slices.BinarySearchFunc(t.entries, e.Seq, func(have boxoffice.Entry, seq int64) int { return cmp.Compare(have.Seq, seq) })
		switch {
		case known:
			continue
		case len(t.entries) < taped:
			t.entries = slices.Insert(t.entries, at, e)
		case at > 0: // the oldest makes room
			copy(t.entries, t.entries[1:at])
			t.entries[at-1] = e
		}
		t.stale = true
	}
}

// said returns the last n things on the tape in words, the newest first. It is always
// asked for as many.
func (t *tape) said(c *Counter, n int) []string {
	if !t.stale {
		return t.lines
	}
	t.stale, t.lines = false, t.lines[:0]
	book := words.Book{
		Currency: c.desk.House.Currency, Zone: c.desk.Zone, Names: t.names,
		Performance: func(id boxoffice.PerformanceID) (string, *boxoffice.Plan) {
			return c.performance(id).Title, t.plans[id]
		},
	}
	for i := len(t.entries) - 1; i >= 0 && len(t.lines) < n; i-- {
		e := &t.entries[i]
		if said := words.Entry(*e, book); said != "" {
			t.lines = append(t.lines, e.At.In(c.desk.Zone).Format("15:04:05")+"  "+said)
		}
	}
	return t.lines
}

// heard puts news on the tape, and reads what is needed to name its places.
func (c *Counter) heard(entries []boxoffice.Entry) tea.Cmd {
	c.tape.know(c.desk.Staff.ID, c.desk.Staff.Name)
	if c.picture != nil {
		for _, h := range c.picture.Holds {
			c.tape.know(h.Staff, h.StaffName)
		}
	}
	c.tape.add(entries)
	var cmds []tea.Cmd
	for _, id := range c.tape.unknown() {
		cmds = append(cmds, c.readPlan(id))
	}
	return tea.Batch(cmds...)
}

// planMsg is a performance's plan as it was read; nil where it could not be.
type planMsg struct {
	performance boxoffice.PerformanceID
	plan        *boxoffice.Plan
}

// readPlan reads the plan of a performance that was never on screen. Where it cannot
// be read, the next thing that happens asks again.
func (c *Counter) readPlan(id boxoffice.PerformanceID) tea.Cmd {
	if c.tape.asked == nil {
		c.tape.asked = map[boxoffice.PerformanceID]bool{}
	}
	c.tape.asked[id] = true
	office, log, shelf := c.desk.Office, c.desk.Log, c.desk.Shelf
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		plan, err := shelf.Plan(id, func() (*boxoffice.Plan, error) { return office.PlanOf(ctx, id) })
		if err != nil {
			log.Info("a plan was not read", "performance", id, "err", err)
			return planMsg{id, nil}
		}
		return planMsg{id, plan}
	})
}

func (c *Counter) planRead(m planMsg) {
	delete(c.tape.asked, m.performance)
	if m.plan != nil && c.tape.plans[m.performance] == nil {
		c.tape.show(m.performance, m.plan)
	}
}

// latelyMsg is what happened last, and who works here.
type latelyMsg boxoffice.JournalView

// readLately reads what happened before anybody listened.
func (c *Counter) readLately() tea.Cmd {
	office, log := c.desk.Office, c.desk.Log
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		last, err := office.Lately(ctx, taped)
		if err != nil {
			log.Info("what happened last was not read", "err", err)
			return nil
		}
		return latelyMsg(last)
	})
}

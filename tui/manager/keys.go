package manager

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// chosenShow returns the performance under the cursor of its list.
func (m *Manager) chosenShow() *show {
	row, ok := m.tables[tonight].Selected()
	for i := range m.shows {
		if ok && strconv.FormatInt(int64(m.shows[i].Performance.ID), 10) == row.Key {
			return &m.shows[i]
		}
	}
	return nil
}

// chosenWaiting returns what waits and is chosen.
func (m *Manager) chosenWaiting() *waiting {
	if m.pane != attention {
		return nil
	}
	row, ok := m.tables[attention].Selected()
	for i := range m.waiting {
		if ok && m.waiting[i].key() == row.Key {
			return &m.waiting[i]
		}
	}
	return nil
}

// chosenBasket returns the basket that is chosen, from whichever list.
func (m *Manager) chosenBasket() *boxoffice.BasketInHand {
	if w := m.chosenWaiting(); w != nil {
		return w.basket
	}
	if m.pane != inHand || m.evening == nil {
		return nil
	}
	row, ok := m.tables[inHand].Selected()
	for i := range m.evening.Baskets {
		if b := &m.evening.Baskets[i]; ok && strconv.FormatInt(int64(b.Hold), 10) == row.Key {
			return b
		}
	}
	return nil
}

// chosenTerminal returns where a message about what is chosen goes, and to whom: to their
// terminal, or to the person by name where they have left it for another; nothing where
// that is this terminal, or they have gone home.
func (m *Manager) chosenTerminal() (terminal, name string) {
	if terminal, name = m.terminalOf(); terminal == m.desk.Actor.Terminal {
		return "", ""
	}
	return terminal, name
}

func (m *Manager) terminalOf() (terminal, name string) {
	if b := m.chosenBasket(); b != nil {
		switch {
		case m.isAt(b.Staff, b.Terminal):
			return b.Terminal, b.Name
		case b.Staff != m.desk.Actor.Staff && m.isAt(b.Staff, ""):
			return b.Name, b.Name
		}
		return "", ""
	}
	if w := m.chosenWaiting(); w != nil && w.approval != nil {
		return w.approval.Approval.By.Terminal, w.approval.Asker
	}
	if m.pane != atWork || m.evening == nil {
		return "", ""
	}
	row, ok := m.tables[atWork].Selected()
	for _, w := range m.workers() {
		if ok && workerKey(w) == row.Key && w.here {
			return w.Terminal, w.Name
		}
	}
	return "", ""
}

// houseOf returns the performance that a hold has places of; zero where none of
// tonight's has.
func (m *Manager) houseOf(hold boxoffice.HoldID) boxoffice.PerformanceID {
	for i := range m.shows {
		if s := &m.shows[i]; s.pic != nil {
			if _, ok := s.pic.Holds[hold]; ok {
				return s.Performance.ID
			}
		}
	}
	return 0
}

// enter says what the key enter does: where it goes, and in words.
func (m *Manager) enter() (words string, do func() tea.Cmd) {
	goTo := func(to screen.Name, about any) func() tea.Cmd {
		return func() tea.Cmd {
			m.leave(to, about)
			return nil
		}
	}
	if m.pane == tonight {
		if s := m.chosenShow(); s != nil {
			return "the house", goTo(screen.Counter, s.Performance.ID)
		}
		return "", nil
	}
	if w := m.chosenWaiting(); w != nil {
		switch {
		case w.approval != nil:
			return "answer", func() tea.Cmd {
				m.desk.AnswerTo(w.Approval)
				return nil
			}
		case w.Kind == boxoffice.AttentionNamed:
			return "the holds", goTo(screen.Holds, nil)
		}
		if perf := m.houseOf(w.Hold); w.Hold != 0 && perf != 0 {
			return "its house", goTo(screen.Counter, perf)
		}
		return "", nil
	}
	if b := m.chosenBasket(); b != nil {
		if perf := m.houseOf(b.Hold); perf != 0 {
			return "its house", goTo(screen.Counter, perf)
		}
	}
	return "", nil
}

// key takes one key.
func (m *Manager) key(k tea.KeyMsg) tea.Cmd {
	list := m.tables[m.pane]
	switch k.String() {
	case "esc":
		m.leave(screen.Counter, nil)
		return nil
	case "f3":
		m.leave(screen.Orders, nil)
		return nil
	case "f4":
		m.leave(screen.Holds, nil)
		return nil
	}
	if m.evening == nil || screen.Walk(list, k) {
		return nil
	}
	switch k.String() {
	case "tab":
		m.pane = m.next(1)
	case "shift+tab":
		m.pane = m.next(panes - 1)
	case "enter":
		if _, do := m.enter(); do != nil {
			return do()
		}
	case " ":
		m.byParts = !m.byParts
	case "s":
		m.askSales()
	case "c":
		m.askCancel()
	case "r":
		m.askRelease()
	case "t":
		m.askTakeOver()
	case "o":
		if id := m.chosenOrder(); id != 0 {
			m.leave(screen.Orders, id)
		}
	case "m":
		if to, name := m.chosenTerminal(); to != "" {
			m.askTell(to, name)
		}
	case "e":
		m.askTell("", "")
	}
	return nil
}

// next returns the pane that follows by d in the order of Tab. Where all panes are in
// sight, the chart, in which nothing can be chosen, is none of them.
func (m *Manager) next(d pane) pane {
	p := (m.pane + d) % panes
	if p == perMinute && m.drawn.wide() {
		p = (p + d) % panes
	}
	return p
}

// chosenOrder returns the order that somebody asks to void; zero for anything else.
func (m *Manager) chosenOrder() boxoffice.OrderID {
	if w := m.chosenWaiting(); w != nil && w.approval != nil {
		return w.approval.Approval.Ask.Order
	}
	return 0
}

// choices is what the keys do now.
type choices struct {
	read                     bool
	enter, sales, tell       string // in words
	enters, runs, many       bool
	release, takes, hasOrder bool
	tells                    bool
}

func (m *Manager) choices() choices {
	d := m.desk
	if m.evening == nil {
		return choices{}
	}
	words, enter := m.enter()
	b, s, w := m.chosenBasket(), m.chosenShow(), m.chosenWaiting()
	c := choices{
		read: true, enter: words, sales: "stop sales", enters: enter != nil, hasOrder: m.chosenOrder() != 0, tells: d.May(boxoffice.Tell),
		runs: m.pane == tonight && s != nil && d.May(boxoffice.RunSales) && s.Performance.State != boxoffice.PerformanceCancelled,
	}
	if d.May(boxoffice.TakeOver) {
		c.release, c.takes = b != nil || w != nil && w.Basket != 0, m.canTakeOver(b)
	}
	if s != nil && s.Performance.State != boxoffice.OnSale {
		c.sales = "open sales"
	}
	if to, name := m.chosenTerminal(); to != "" {
		c.tell = name
	}
	matching, _ := m.tables[m.pane].Len()
	c.many = matching > 1
	return c
}

// Keys lists the keys; those that do nothing now, or that the person may not use, are
// disabled. Whoever presses one all the same reads who may.
func (m *Manager) Keys() []key.Binding { return m.choices().keys(m.desk) }

func (c choices) keys(d *screen.Desk) []key.Binding {
	if !c.read {
		return []key.Binding{d.Bind("back to the counter", true, "esc"), d.Bind("help", true, "f1")}
	}
	walk := d.ListKeys("", "")[1]
	walk.SetEnabled(c.many)
	space := key.NewBinding(key.WithKeys(" "), key.WithHelp("space", "sections"))
	return []key.Binding{
		d.Bind(c.enter, c.enters, "enter"),
		d.Bind("release", c.release, "r"),
		d.Bind("take over", c.takes, "t"),
		d.Bind("the order", c.hasOrder, "o"),
		d.Bind(c.sales, c.runs, "s"),
		d.Bind("cancel it", c.runs, "c"),
		d.Bind("tell "+boxoffice.Shorten(boxoffice.Clean(c.tell), 10), c.tells && c.tell != "", "m"),
		d.Bind("tell all", c.tells, "e"),
		walk,
		d.Bind("next list", true, "tab"),
		d.Bind("back", true, "esc"),
		d.Bind("help", true, "f1"),
		space,
		d.Bind("orders", true, "f3"),
		d.Bind("holds and parked baskets", true, "f4"),
	}
}

func (m *Manager) canTakeOver(b *boxoffice.BasketInHand) bool {
	return b != nil && !b.Parked && b.Staff != m.desk.Actor.Staff
}

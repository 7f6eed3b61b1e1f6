package orders

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/widget"
)

// limit is how many orders a search brings.
const limit = 200

// pace is how often the list is read again where people sell without a pause.
const pace = time.Second

// Orders is the list of orders and, where one is open, that order.
type Orders struct {
	desk  *screen.Desk
	line  *widget.Line
	table *widget.Table
	heads []boxoffice.OrderHead
	asked int         // counts searches: the answer to an older one is stale
	wait  bool        // a search is out
	again bool        // something was sold or undone since it went out
	pace  screen.Pace // at which news have it read
	enter bool        // Enter was pressed before its answer was here
	mine  bool        // it puts the cursor on what the person sold last
	front bool        // it was entered and shows what is read
	note  string
	bad   bool

	open  boxoffice.OrderID
	order *boxoffice.OrderView
	// ticket is what the cursor goes to once the order is here.
	ticket boxoffice.TicketID
	at     int // the ticket of the order that the cursor is on
	// chosen are the tickets to be cancelled; all of them where there is none. One that
	// somebody else cancels stays here, lest the others become all.
	chosen map[boxoffice.TicketID]bool
	top    int  // how far the order is scrolled
	walks  bool // the cursor has moved: scroll to where it is
	scroll int  // and so far on from there
	busy   bool
	// asking is what can be asked for where what is being done is refused.
	asking *boxoffice.Ask
}

// New returns the screen, empty until it is entered.
func New(desk *screen.Desk) *Orders {
	o := &Orders{desk: desk, line: widget.NewLine(desk.Theme), chosen: map[boxoffice.TicketID]bool{}, pace: screen.Pace{Apart: pace}}
	o.line.Placeholder = "number, name or phone"
	o.table = widget.NewTable(desk.Theme, o.columns(nil)...)
	o.table.Empty = "No order yet."
	return o
}

type foundMsg struct {
	asked int
	heads []boxoffice.OrderHead
	err   error
}

// restedMsg says that the list may be read again.
type restedMsg struct{}

type orderMsg struct {
	id    boxoffice.OrderID
	order boxoffice.OrderView
	err   error
}

type doneMsg struct {
	err  error
	said string
	id   boxoffice.OrderID
}

// Enter brings the screen to the front: with an order, with a search, or as it
// was.
func (o *Orders) Enter(about any) tea.Cmd {
	o.note, o.front = "", true
	switch about := about.(type) {
	case boxoffice.OrderID:
		o.line.Set("")
		if about == 0 {
			o.open, o.order, o.mine = 0, nil, true
			o.pointAtMine()
			return o.search()
		}
		return tea.Batch(o.search(), o.show(about))
	case boxoffice.Scanned:
		o.line.Set("")
		return tea.Batch(o.search(), o.showTicket(about))
	case screen.ScanMsg:
		o.line.Set("")
		return tea.Batch(o.search(), o.scan(about.Code))
	case string:
		o.open, o.order = 0, nil
		o.line.Set(boxoffice.Clean(about))
	case nil:
		o.mine = o.open == 0 && o.line.Empty()
	}
	if o.mine {
		o.pointAtMine() // among those that are on screen still
	}
	return o.search()
}

// Busy reports whether the next key depends on an answer that is still out.
func (o *Orders) Busy() bool { return o.busy || o.enter }

func (o *Orders) search() tea.Cmd {
	o.asked++
	o.wait, o.again = true, false
	o.pace.Did(o.desk.Now())
	asked, query, office := o.asked, boxoffice.Clean(o.line.Value()), o.desk.Office
	return o.desk.Do(func(ctx context.Context) tea.Msg {
		heads, err := office.FindOrders(ctx, query, limit)
		return foundMsg{asked, heads, err}
	})
}

func (o *Orders) show(id boxoffice.OrderID) tea.Cmd {
	if o.open != id {
		o.open, o.order, o.at, o.top = id, nil, 0, 0
		o.ticket = 0
		clear(o.chosen)
	}
	o.busy = true
	office := o.desk.Office
	return o.desk.Do(func(ctx context.Context) tea.Msg {
		order, err := office.Order(ctx, id)
		return orderMsg{id, order, err}
	})
}

// Update takes one message.
func (o *Orders) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		o.note = ""
		if o.open != 0 {
			return o.orderKey(msg)
		}
		return o.listKey(msg)
	case screen.ScanMsg:
		o.note = ""
		return o.scan(msg.Code)
	case scannedMsg:
		return o.scanRead(msg)
	case foundMsg:
		if msg.asked != o.asked {
			return nil
		}
		return o.found(msg)
	case restedMsg:
		return o.rested()
	case orderMsg:
		if msg.id != o.open {
			return nil
		}
		o.busy = false
		if msg.err != nil {
			o.desk.Flush()
			o.open = 0
			o.say(screen.Explain(msg.err), true)
			return nil
		}
		o.take(msg.order)
	case doneMsg:
		o.busy = false
		ask := o.asking
		o.asking = nil
		if msg.err != nil {
			o.desk.Flush()
			left := func() { o.say(screen.Explain(msg.err), true) }
			if ask == nil {
				left()
				return nil
			}
			o.desk.OfferToAsk(*ask, msg.err, func() {}, left)
			return nil
		}
		clear(o.chosen)
		o.say(msg.said, false)
		return tea.Batch(o.show(msg.id), o.search())
	case screen.NewsMsg:
		return o.news(msg)
	}
	return nil
}

// take takes over an order as it was read. The cursor stays on its ticket.
func (o *Orders) take(order boxoffice.OrderView) {
	was, _ := o.pointed()
	o.order = &order
	if i := slices.IndexFunc(o.tickets(), func(l boxoffice.OrderLineView) bool { return l.Ticket.ID == was.Ticket.ID }); i >= 0 {
		o.at = i
	}
	o.find()
}

// searchAgain has the list read again once it has rested since it was last read.
func (o *Orders) searchAgain() tea.Cmd {
	if o.wait {
		o.again = true
		return nil
	}
	now, cmd := o.pace.Now(o.desk.Now(), restedMsg{})
	if now {
		return o.search()
	}
	return cmd
}

// rested reads the list again, if somebody looks at it still.
func (o *Orders) rested() tea.Cmd {
	o.pace.Rested()
	if !o.front || o.open != 0 || o.wait {
		return nil
	}
	return o.search()
}

// found takes over what a search brought, and opens the order that Enter was
// pressed for meanwhile.
func (o *Orders) found(m foundMsg) tea.Cmd {
	enter := o.enter
	o.wait, o.enter = false, false
	if m.err != nil {
		o.desk.Flush()
		o.say(screen.Explain(m.err), true)
		return nil
	}
	o.heads = m.heads
	o.fill()
	if o.mine {
		o.mine = false
		o.pointAtMine()
	}
	switch {
	case enter:
		return o.openSelected()
	case o.again && o.front:
		return o.searchAgain()
	}
	return nil
}

// pointAtMine puts the cursor on the newest order of today that the person sold, since
// it is that one they come to look at; on the newest of all where there is none.
func (o *Orders) pointAtMine() {
	o.table.First()
	today := boxoffice.BusinessDay(o.desk.Now(), o.desk.Zone)
	for _, h := range o.heads {
		if h.Order.Staff == o.desk.Staff.ID && boxoffice.BusinessDay(h.Order.At, o.desk.Zone) == today {
			o.table.Select(strconv.FormatInt(int64(h.Order.ID), 10))
			return
		}
	}
}

func (o *Orders) openSelected() tea.Cmd {
	row, ok := o.table.Selected()
	if !ok {
		return nil
	}
	id, _ := strconv.ParseInt(row.Key, 10, 64)
	return o.show(boxoffice.OrderID(id))
}

// leave goes to another screen.
func (o *Orders) leave(to screen.Name) {
	o.front = false
	o.desk.Go(to, nil)
}

// news reads again what others changed.
func (o *Orders) news(m screen.NewsMsg) tea.Cmd {
	if !o.front {
		return nil // it is read when somebody comes back
	}
	here, any := m.Resync, m.Resync
	for _, e := range m.Entries {
		here = here || e.Order != 0 && e.Order == o.open
		any = any || e.Order != 0
	}
	switch {
	case o.open != 0 && here && !o.busy:
		return o.show(o.open)
	case o.open == 0 && any:
		return o.searchAgain()
	}
	return nil
}

func (o *Orders) say(words string, bad bool) { o.note, o.bad = words, bad }

// columns are as wide as these rows need: what the order is for has the rest.
func (o *Orders) columns(rows []widget.Row) []widget.Column {
	const when, customer, sold, undone = 1, 3, 4, 6
	th := o.desk.Theme
	columns := []widget.Column{
		{Title: "Order", Width: 7, Align: widget.Right},
		{Title: "When", Ink: th.Dim},
		{Title: "What", Width: 16, Grow: 3},
		{Width: 8, Grow: 1, Leave: 2},
		{Title: "Sold by", Leave: 3, Ink: th.Dim},
		{Title: "Total", Width: 9, Align: widget.Right},
		{Ink: th.Warn},
	}
	for _, i := range []int{when, sold, undone} {
		columns[i].Width = boxoffice.Width(columns[i].Title)
		for _, row := range rows {
			columns[i].Width = max(columns[i].Width, min(boxoffice.Width(row.Cells[i]), 13))
		}
	}
	if slices.ContainsFunc(rows, func(row widget.Row) bool { return row.Cells[customer] != "" }) {
		columns[customer].Title = "Customer"
	}
	return columns
}

func (o *Orders) fill() {
	d := o.desk
	rows := make([]widget.Row, len(o.heads))
	for i, h := range o.heads {
		rows[i] = widget.Row{Key: strconv.FormatInt(int64(h.Order.ID), 10), Cells: []string{
			fmt.Sprint(h.Order.ID), o.when(h.Order.At), d.Plain(boxoffice.Clean(h.Words)),
			boxoffice.Clean(h.Customer), boxoffice.Clean(h.Seller), d.Money(h.Order.Total), undone(h),
		}}
	}
	o.table.SetColumns(o.columns(rows)...)
	o.table.SetRows(rows)
	o.table.Empty = "No order yet."
	if !o.line.Empty() {
		o.table.Empty = "No order matches. F4 looks for it among what is held."
	}
}

// when says when an order was sold in the few cells of a list: the time today, else the
// day.
func (o *Orders) when(at time.Time) string {
	d := o.desk
	day := boxoffice.BusinessDay(at, d.Zone)
	switch today := boxoffice.BusinessDay(d.Now(), d.Zone); {
	case day == today:
		return d.TimeOf(at)
	case at.In(d.Zone).Year() == d.Now().In(d.Zone).Year():
		return at.In(d.Zone).Format("2 Jan")
	}
	return at.In(d.Zone).Format("2 Jan 06")
}

// undone says in a few cells what of an order is no longer good.
func undone(h boxoffice.OrderHead) string {
	switch {
	case h.Order.State == boxoffice.OrderVoided:
		return "void"
	case h.Cancelled == 0:
		return ""
	case h.Cancelled < h.Tickets:
		return fmt.Sprintf("%d/%d cancelled", h.Cancelled, h.Tickets)
	}
	return either(h.Tickets, "cancelled", "all cancelled")
}

func (o *Orders) listKey(k tea.KeyMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		if !o.line.Empty() {
			o.line.Set("")
			return o.search()
		}
		o.leave(screen.Counter)
	case "enter":
		if _, err := boxoffice.SpellBarcode(o.line.Value()); err == nil {
			return o.scan(o.line.Value()) // one that was typed
		}
		if o.wait {
			o.enter = true
			return nil
		}
		return o.openSelected()
	case "f4":
		o.front = false
		if name := boxoffice.Clean(o.line.Value()); name != "" {
			o.desk.Go(screen.Holds, name)
		} else {
			o.desk.Go(screen.Holds, nil)
		}
	default:
		o.mine = false
		if screen.Walk(o.table, k) {
			return nil
		}
		before := o.line.Value()
		screen.Edit(o.line, k)
		if o.line.Value() != before {
			return o.search()
		}
	}
	return nil
}

// Keys lists the keys; those that do nothing now are disabled.
func (o *Orders) Keys() []key.Binding {
	d := o.desk
	if o.open != 0 {
		return o.orderKeys()
	}
	matching, _ := o.table.Len()
	esc := "back to the counter"
	if !o.line.Empty() {
		esc = "all orders"
	}
	return append([]key.Binding{d.Bind("open the order", matching > 0, "enter")},
		append(d.ListKeys("", esc)[1:], d.Bind("help", true, "f1"), d.Bind("holds", true, "f4"))...)
}

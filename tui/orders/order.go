package orders

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/words"
)

func (o *Orders) orderKeys() []key.Binding {
	d := o.desk
	choose := o.chooseKeys()
	goes, _ := o.split()
	return []key.Binding{
		d.Bind("void", o.live(), "v"),
		d.Bind("cancel "+strings.TrimSuffix(o.cancelling(), " tickets"), o.live() && len(goes) > 0, "c"),
		choose[0],
		d.ListKeys("", "")[1],
		d.Bind("back", true, "esc"),
		d.Bind("help", true, "f1"),
		choose[1],
	}
}

func (o *Orders) orderKey(k tea.KeyMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		if len(o.chosen) > 0 {
			clear(o.chosen)
			return nil
		}
		o.table.Select(strconv.FormatInt(int64(o.open), 10))
		o.open, o.order = 0, nil
		return o.search()
	case " ":
		o.choose()
	case "shift+up":
		o.chooseOn(-1)
	case "shift+down":
		o.chooseOn(1)
	case "up":
		o.walk(-1)
	case "down":
		o.walk(1)
	case "pgup":
		o.walk(-10)
	case "pgdown":
		o.walk(10)
	case "home":
		o.walk(-len(o.tickets()))
	case "end":
		o.walk(len(o.tickets()))
	case "v":
		o.askVoid()
	case "c":
		o.askCancel()
	}
	return nil
}

// askVoid asks before it undoes a sale.
func (o *Orders) askVoid() {
	if !o.live() {
		return
	}
	id, total := o.order.Order.ID, o.desk.Money(o.order.Order.Total)
	said := fmt.Sprintf("Voided order %d. Give %s back.", id, total)
	body := []string{"As if never sold: the places are open again, " + total + " goes back out of the drawer, the number stays."}
	if gone := o.in(boxoffice.Cancelled); worth(gone) != 0 {
		part := o.desk.Money(worth(gone)) + " of it was paid for what was cancelled before"
		said += " " + part + "."
		body = append(body, part+": "+o.places(gone)+".")
	}
	dialog := &screen.Dialog{
		Desk: o.desk, Warning: true, Title: fmt.Sprintf("Void order %d, %s?", id, total),
		Body: body, Prompt: "why", Harmless: "keep the sale",
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+v", Words: "void it", Do: func() tea.Cmd {
		reason := boxoffice.Clean(dialog.Reason)
		o.asking = &boxoffice.Ask{Kind: boxoffice.AskVoid, Order: id, Reason: reason}
		return o.do(id, said, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return o.desk.Office.Void(ctx, cmd, o.desk.Actor, id, reason)
		})
	}}}
	o.desk.Overlays.Open(dialog)
}

func (o *Orders) do(id boxoffice.OrderID, said string, fn func(context.Context, boxoffice.CommandID) error) tea.Cmd {
	cmd := boxoffice.NewCommandID()
	o.busy = true
	return o.desk.Do(func(ctx context.Context) tea.Msg { return doneMsg{fn(ctx, cmd), said, id} })
}

// View draws the list, or the order that is open.
func (o *Orders) View(w, h int) string {
	d := o.desk
	title := "Orders"
	if o.open != 0 {
		title = fmt.Sprintf("Order %d", o.open)
	}
	lines := []string{d.Header(w, title), d.Rule(w, "")}
	room := max(1, h-len(lines)-4)
	if o.open == 0 {
		lines = append(lines, strings.Split(o.table.View(w, room), "\n")...)
	} else {
		lines = append(lines, o.orderLines(w, room)...)
	}
	lines = append(lines, d.Rule(w, ""), d.Note(w, o.note, o.bad))
	if o.open == 0 {
		lines = append(lines, " "+d.Theme.Accent.Paint(d.Theme.Glyphs.Prompt)+" "+o.line.View(w-4))
	} else {
		lines = append(lines, o.barcodeLine(w))
	}
	return screen.Fit(append(lines, d.Hints(w, o.Keys())), h)
}

// orderLines draws an order: what was sold, how it was paid, and its history.
func (o *Orders) orderLines(w, h int) []string {
	d, th := o.desk, o.desk.Theme
	if o.order == nil {
		return strings.Split(screen.Fit([]string{"", " " + th.Dim.Paint("Reading the order.")}, h), "\n")
	}
	v := o.order
	cut := func(s string) string { return boxoffice.Shorten(d.Plain(boxoffice.Clean(s)), w-4) }
	var rows []string
	add := func(ink theme.SGR, words string) { rows = append(rows, "   "+ink.Paint(cut(words))) }

	switch v.Order.State {
	case boxoffice.OrderVoided:
		rows = append(rows, " "+th.Warn.Paint(th.Glyphs.Warn+" void since "+d.When(v.Order.VoidedAt)))
	default:
		state := " " + th.Good.Paint(th.Glyphs.Good+" "+string(v.Order.State))
		if gone := o.cancelled(); gone != "" {
			state += "   " + th.Warn.Paint(th.Glyphs.Warn+" "+gone)
		}
		rows = append(rows, state)
	}
	who := "Sold by " + v.Seller
	if v.Order.Terminal != "" {
		who += " at " + v.Order.Terminal
	}
	add(th.Text, who+", "+d.DayOf(v.Order.At)+" "+d.TimeOf(v.Order.At))
	if v.Customer.Name != "" {
		add(th.Text, strings.TrimSpace("For "+v.Customer.Name+"  "+v.Customer.Phone+"  "+v.Customer.Email))
	}
	rows = append(rows, "")
	title := ""
	cursor, first := 0, 0
	for _, l := range alike(v.Lines) {
		if t := l.Title + " · " + d.DayOf(l.Curtain) + " " + d.TimeOf(l.Curtain); t != title {
			title = t
			add(th.Strong, t)
		}
		here := first <= o.at && o.at < first+len(l.all)
		if first += len(l.all); here {
			cursor = len(rows)
		}
		rows = append(rows, o.lineRow(l, w, here))
	}
	rows = append(rows, o.sum(w, "total", d.Money(v.Order.Total), th.Strong))
	if gone := o.in(boxoffice.Cancelled); len(gone) > 0 && v.Order.State == boxoffice.OrderPaid {
		rows = append(rows, o.sum(w, "of it cancelled", d.Money(worth(gone)), th.Dim))
	}
	if v.Order.Tax != 0 {
		rows = append(rows, o.sum(w, "tax", d.Money(v.Order.Tax), th.Dim))
	}
	for _, t := range v.Order.Tenders {
		said := string(t.Kind)
		if t.Reverses != 0 {
			said += " back"
		} else if t.Change != 0 {
			said += " " + d.Money(t.Tendered) + ", change " + d.Money(t.Change)
		}
		rows = append(rows, o.sum(w, said, d.Money(t.Amount), th.Text))
	}
	rows = append(rows, "")
	add(th.Strong, "What happened")
	for _, e := range v.History {
		at := d.When(e.At) + e.At.In(d.Zone).Format(":05")
		for i, said := range screen.Wrap(d.Plain(words.Entry(e, o.book())), max(1, w-6-boxoffice.Width(at)), 3) {
			if i > 0 {
				at = strings.Repeat(" ", boxoffice.Width(at))
			}
			rows = append(rows, "   "+th.Dim.Paint(at)+"  "+said)
		}
	}

	if o.walks {
		o.walks = false
		o.top = max(min(o.top, cursor), cursor+2-h)
	}
	o.top = max(0, min(o.top+o.scroll, len(rows)-h))
	o.scroll = 0
	if o.top+h < len(rows) {
		rows = append(rows[o.top:o.top+h-1:o.top+h-1], " "+th.Dim.Paint(fmt.Sprintf("%s %d more", th.Glyphs.MoreDown, len(rows)-o.top-h+1)))
	} else {
		rows = rows[o.top:]
	}
	return strings.Split(screen.Fit(rows, h), "\n")
}

// book names what the order's history numbers.
func (o *Orders) book() words.Book {
	type at struct {
		performance boxoffice.PerformanceID
		place       boxoffice.PlaceNo
	}
	titles, labels := map[boxoffice.PerformanceID]string{}, map[at]string{}
	for _, l := range o.order.Lines {
		titles[l.Line.Performance] = l.Title
		labels[at{l.Line.Performance, l.Line.Place}] = l.Label
	}
	return words.Book{
		Currency: o.desk.House.Currency, Zone: o.desk.Zone, Names: o.order.Names,
		Performance: func(id boxoffice.PerformanceID) (string, *boxoffice.Plan) { return titles[id], nil },
		Label:       func(id boxoffice.PerformanceID, no boxoffice.PlaceNo) string { return labels[at{id, no}] },
	}
}

// lines are one line of an order, or several for places without a seat that are
// alike.
type lines struct {
	boxoffice.OrderLineView // the first of them
	all                     []boxoffice.OrderLineView
	amount                  boxoffice.Money
}

// alike puts lines together that say the same.
func alike(all []boxoffice.OrderLineView) []lines {
	var out []lines
	for _, l := range all {
		i := slices.IndexFunc(out, func(have lines) bool {
			return l.Label == "" && have.Label == "" && l.Section == have.Section && l.Type.ID == have.Type.ID &&
				l.Line.Performance == have.Line.Performance && l.Line.Amount == have.Line.Amount && l.Ticket.State == have.Ticket.State
		})
		if i < 0 {
			out = append(out, lines{OrderLineView: l})
			i = len(out) - 1
		}
		out[i].all = append(out[i].all, l)
		out[i].amount += l.Line.Amount
	}
	return out
}

func (o *Orders) lineRow(l lines, w int, cursor bool) string {
	th := o.desk.Theme
	place := l.Label
	if place == "" {
		place = fmt.Sprintf("%d %s", len(l.all), th.Glyphs.Times)
	}
	said := boxoffice.Pad(boxoffice.Clean(place), 7) + boxoffice.Pad(boxoffice.Clean(l.Section), 18) +
		boxoffice.Pad(boxoffice.Clean(l.Type.Name), 12)
	said = boxoffice.Shorten(said, max(1, w-24))
	ink, state, mark := th.Text, "", ""
	if l.Ticket.State == boxoffice.Cancelled {
		ink, state = th.Dim, th.Warn.Paint("cancelled")
	}
	if n := o.chosenOf(l); n > 0 {
		mark, state = th.Glyphs.Mine, th.Accent.Paint("chosen")
		if len(l.all) > 1 {
			state = th.Accent.Paint(fmt.Sprintf("%d chosen", n))
		}
	}
	var p theme.Pen
	p.Gap(1)
	p.Write(th.Accent, mark)
	p.Gap(2 - boxoffice.Width(mark))
	if cursor {
		p.Write(th.Accent, th.Glyphs.Prompt)
		p.Gap(2 - boxoffice.Width(th.Glyphs.Prompt))
	} else {
		p.Gap(2)
	}
	p.Write(ink, said)
	p.Gap(max(1, min(56, w-22)-5-boxoffice.Width(said)))
	p.Write(ink, boxoffice.PadLeft(o.desk.Money(l.amount), 10))
	p.Gap(2)
	p.Raw(state)
	return p.String()
}

// sum writes words and an amount below the amounts of the lines.
func (o *Orders) sum(w int, said, amount string, ink theme.SGR) string {
	var p theme.Pen
	said = boxoffice.Shorten(boxoffice.Clean(said), 40)
	p.Gap(5)
	p.Write(o.desk.Theme.Dim, said)
	p.Gap(max(1, min(56, w-22)-5-boxoffice.Width(said)))
	p.Write(ink, boxoffice.PadLeft(amount, 10))
	return p.String()
}

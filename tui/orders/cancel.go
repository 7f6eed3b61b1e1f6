package orders

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/words"
)

// live reports whether the order has a ticket that is good.
func (o *Orders) live() bool {
	return o.order != nil && o.order.Order.State == boxoffice.OrderPaid && len(o.in(boxoffice.Confirmed)) > 0
}

// cancelling names the tickets that would be cancelled: «all 4 tickets», «1 of 4
// tickets».
func (o *Orders) cancelling() string {
	goes, stay := o.split()
	which := "all " + strconv.Itoa(len(goes)) + " tickets"
	switch before := len(o.in(boxoffice.Cancelled)) > 0; {
	case len(stay) > 0:
		which = fmt.Sprintf("%d of %d tickets", len(goes), len(goes)+len(stay))
	case before:
		which = either(len(goes), "the last ticket", "the last "+strconv.Itoa(len(goes))+" tickets")
	case len(goes) == 2:
		which = "both tickets"
	case len(goes) == 1:
		which = "the ticket"
	}
	return which
}

// askCancel asks before it cancels tickets of an order: those that are chosen, all
// where none is. That needs a reason. Who may not cancel is offered to ask.
func (o *Orders) askCancel() {
	if !o.live() {
		return
	}
	refused := o.desk.Permissions.Check(o.desk.Staff, boxoffice.CancelTickets)
	if refused != nil && screen.Askable(refused) == nil {
		o.say(screen.Explain(refused), true)
		return
	}
	goes, stay := o.split()
	if len(goes) == 0 {
		o.say("What was chosen is cancelled already. Choose others, or esc for none.", true)
		return
	}
	id, which := o.order.Order.ID, o.cancelling()
	tickets := make([]boxoffice.TicketID, len(goes))
	for i, l := range goes {
		tickets[i] = l.Ticket.ID
	}
	said := fmt.Sprintf("Cancelled %s of order %d: %s.", which, id, o.places(goes))
	dialog := &screen.Dialog{
		Desk: o.desk, Warning: true, Title: fmt.Sprintf("Cancel %s of order %d, %s?", which, id, o.desk.Money(worth(goes))),
		Body: o.cancelBody(goes, stay), Prompt: "why", Harmless: either(len(goes), "keep it", "keep them"),
	}
	do := either(len(goes), "cancel it", "cancel them")
	if refused != nil {
		do = "ask for it"
		dialog.Body = append(dialog.Body, screen.Explain(refused))
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: do, Reasoned: true, Do: func() tea.Cmd {
		reason := boxoffice.Clean(dialog.Reason)
		o.asking = &boxoffice.Ask{Kind: boxoffice.AskCancel, Order: id, Tickets: tickets, Reason: reason}
		return o.do(id, said, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return o.desk.Office.CancelTickets(ctx, cmd, o.desk.Actor, id, tickets, reason)
		})
	}}}
	o.desk.Overlays.Open(dialog)
}

// cancelBody says what cancelling tickets comes to, in places and in money.
func (o *Orders) cancelBody(goes, stay []boxoffice.OrderLineView) []string {
	body := []string{o.places(goes) + either(len(goes), ": dead for ever, its place open again.", ": dead for ever, their places open again.")}
	if len(stay) > 0 {
		body = append(body, o.places(stay)+either(len(stay), " stays good.", " stay good."))
	}
	it := either(len(goes), "it", "them")
	if worth(goes) == 0 {
		return append(body, "Nothing was paid for "+it+".")
	}
	return append(body, fmt.Sprintf("Paid for %s: %s %s. What you give back of that is not booked: the till goes on counting %s for this order.",
		it, o.desk.Money(worth(goes)), tenders(o.order.Order), o.desk.Money(o.order.Order.Total)))
}

// worth is what was paid for tickets.
func worth(tickets []boxoffice.OrderLineView) boxoffice.Money {
	var sum boxoffice.Money
	for _, l := range tickets {
		sum += l.Line.Amount
	}
	return sum
}

// places names the places of tickets, as far as there is room in a sentence: «B12 B13»,
// «1 Floor»; in an order for several performances, with theirs.
func (o *Orders) places(tickets []boxoffice.OrderLineView) string {
	type area struct {
		performance boxoffice.PerformanceID
		section     string
	}
	standing := map[area]int{}
	for _, l := range tickets {
		standing[area{l.Line.Performance, l.Section}]++
	}
	lines := make([]boxoffice.BasketLine, len(tickets))
	for i, l := range tickets {
		label := l.Label
		if label == "" && standing[area{l.Line.Performance, l.Section}] == 1 {
			label = "1 " + l.Section // not all of it
		}
		lines[i] = boxoffice.BasketLine{Performance: l.Line.Performance, Title: l.Title, Label: label, Section: l.Section}
	}
	all := o.order.Lines
	if slices.ContainsFunc(all, func(l boxoffice.OrderLineView) bool { return l.Line.Performance != all[0].Line.Performance }) {
		return boxoffice.Shorten(words.Lines(lines), 100)
	}
	return boxoffice.Shorten(words.Labels(lines), 100)
}

// tenders names the ways in which an order was paid: «cash».
func tenders(order boxoffice.Order) string {
	var kinds []string
	for _, t := range order.Tenders {
		if kind := string(t.Kind); t.Reverses == 0 && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return strings.Join(kinds, " and ")
}

// cancelled says what of an order was cancelled: «1 of 4 tickets cancelled».
func (o *Orders) cancelled() string {
	gone, all := len(o.in(boxoffice.Cancelled)), len(o.order.Lines)
	switch {
	case gone == 0:
		return ""
	case gone < all:
		return fmt.Sprintf("%d of %d tickets cancelled", gone, all)
	}
	return either(all, "its ticket cancelled", "all tickets cancelled")
}

// either is how something is said of one, or of several.
func either(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

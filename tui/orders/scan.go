package orders

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
)

type scannedMsg struct {
	found boxoffice.Scanned
	err   error
}

// scan looks up the ticket with a barcode.
func (o *Orders) scan(code string) tea.Cmd {
	o.busy = true
	office := o.desk.Office
	return o.desk.Do(func(ctx context.Context) tea.Msg {
		found, err := office.Scan(ctx, code)
		return scannedMsg{found, err}
	})
}

func (o *Orders) scanRead(m scannedMsg) tea.Cmd {
	o.busy = false
	if m.err != nil {
		o.desk.Flush()
		o.say(screen.Explain(m.err), true)
		return nil
	}
	o.line.Set("")
	return tea.Batch(o.search(), o.showTicket(m.found))
}

// showTicket opens the order of a ticket that was scanned, with the cursor on it,
// and says how the ticket stands.
func (o *Orders) showTicket(s boxoffice.Scanned) tea.Cmd {
	cmd := o.show(s.Order)
	o.ticket = s.Ticket
	o.find()
	which := "this ticket"
	if s.Label != "" {
		which = boxoffice.Shorten(boxoffice.Clean(s.Label+" "+s.Section), 30)
	}
	if s.Dead != "" {
		o.say("Scanned "+which+": "+s.Dead+". Its barcode is dead.", true)
	} else {
		o.say("Scanned "+which+": sold, and good.", false)
	}
	return cmd
}

// find puts the cursor on the ticket it is to be on.
func (o *Orders) find() {
	if o.order == nil {
		return
	}
	all := o.tickets()
	o.at = max(0, min(o.at, len(all)-1))
	for i, l := range all {
		if l.Ticket.ID == o.ticket {
			o.at, o.walks = i, true
		}
	}
	o.ticket = 0
}

// tickets returns the order's tickets as they stand on screen.
func (o *Orders) tickets() []boxoffice.OrderLineView {
	var all []boxoffice.OrderLineView
	if o.order != nil {
		for _, l := range alike(o.order.Lines) {
			all = append(all, l.all...)
		}
	}
	return all
}

// walk moves the cursor from ticket to ticket, and scrolls on where there is none.
func (o *Orders) walk(by int) {
	if to := max(0, min(o.at+by, len(o.tickets())-1)); to != o.at {
		o.at, o.walks, o.scroll = to, true, 0
		return
	}
	o.scroll += by
}

// barcodeLine draws the barcode of the ticket under the cursor, as it is typed.
func (o *Orders) barcodeLine(w int) string {
	th := o.desk.Theme
	l, ok := o.pointed()
	switch {
	case !ok:
		return ""
	case l.Barcode == "":
		return "   " + th.Warn.Paint(boxoffice.Shorten("no barcode: the key of this house's barcodes is missing", w-4))
	}
	said := "barcode of " + boxoffice.Shorten(boxoffice.Clean(l.Label), w/4)
	if l.Label == "" {
		said = fmt.Sprintf("barcode of ticket %d of %d", o.at+1, len(o.tickets()))
	}
	var p theme.Pen
	p.Gap(3)
	p.Write(th.Dim, said)
	p.Gap(2)
	if l.Ticket.State == boxoffice.Cancelled {
		p.Write(th.Dim, boxoffice.GroupBarcode(l.Barcode))
		p.Gap(2)
		p.Write(th.Warn, "dead")
		return p.String()
	}
	p.Write(th.Text, boxoffice.GroupBarcode(l.Barcode))
	if l.Label == "" && o.chosen[l.Ticket.ID] { // its row says only how many are
		p.Gap(2)
		p.Write(th.Accent, "chosen")
	}
	return p.String()
}

package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

func (p *program) orderCommand() *cobra.Command {
	return group("order", "what was sold", p.orderShow(), p.orderList())
}

type orderJSON struct {
	Number   int64        `json:"number"`
	State    string       `json:"state"`
	At       *string      `json:"at"`
	VoidedAt *string      `json:"voided_at"`
	Seller   string       `json:"seller"`
	Terminal string       `json:"terminal"`
	Drawer   string       `json:"drawer"`
	Channel  string       `json:"channel"`
	Customer string       `json:"customer,omitempty"`
	Total    string       `json:"total"`
	Tax      string       `json:"tax"`
	Currency string       `json:"currency"`
	Lines    []lineJSON   `json:"lines"`
	Tenders  []tenderJSON `json:"tenders"`
}

type lineJSON struct {
	Ticket  int64   `json:"ticket"`
	State   string  `json:"state"`
	Title   string  `json:"title"`
	Curtain *string `json:"curtain"`
	Section string  `json:"section"`
	Label   string  `json:"label,omitempty"`
	Zone    string  `json:"zone"`
	Type    string  `json:"type"`
	Price   string  `json:"price"`
	Tax     string  `json:"tax"`
	Amount  string  `json:"amount"`
	Barcode string  `json:"barcode,omitempty"`
}

type tenderJSON struct {
	Kind     string `json:"kind"`
	Amount   string `json:"amount"`
	Tendered string `json:"tendered"`
	Change   string `json:"change"`
	Reverses int64  `json:"reverses,omitempty"`
}

func (p *program) orderShow() *cobra.Command {
	var form reportForm
	c := &cobra.Command{Use: "show NUMBER", Short: "show an order", Args: oneArg("number")}
	form.flags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := form.check(); err != nil {
			return err
		}
		number, err := strconv.ParseInt(strings.TrimPrefix(args[0], "#"), 10, 64)
		if err != nil || number < 1 {
			return &usageError{fmt.Errorf("«%s» is no order number", boxoffice.Clean(args[0]))}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			v, err := h.office.Order(c.Context(), boxoffice.OrderID(number))
			if err != nil {
				return err
			}
			switch {
			case p.guest != nil && h.office.Allowed(c.Context(), by, boxoffice.Sell) != nil:
				for i := range v.Lines {
					v.Lines[i].Barcode = "" // who has it can go in by it
				}
			case h.keyless:
				p.complain(keylessWords(h.path))
			}
			out := orderOf(v, settings)
			switch {
			case form.json:
				return printJSON(p.out, out)
			case form.csv:
				return writeCSV(p.out, orderRecords(v, out, settings.Currency))
			}
			p.printOrder(out, v.Order.At.In(settings.Location()))
			return nil
		})
	}
	return c
}

// orderOf puts an order into words and amounts.
func orderOf(v boxoffice.OrderView, settings boxoffice.House) orderJSON {
	o, zone, money := v.Order, settings.Location(), settings.Currency.Format
	out := orderJSON{
		Number: int64(o.ID), State: string(o.State), At: stamp(o.At, zone), VoidedAt: stamp(o.VoidedAt, zone), Seller: v.Seller,
		Terminal: o.Terminal, Drawer: o.Drawer, Channel: string(o.Channel), Customer: v.Customer.Name,
		Total: money(o.Total), Tax: money(o.Tax), Currency: settings.Currency.Code, Lines: []lineJSON{}, Tenders: []tenderJSON{},
	}
	for _, l := range v.Lines {
		out.Lines = append(out.Lines, lineJSON{
			Ticket: int64(l.Ticket.ID), State: string(l.Ticket.State), Title: l.Title, Curtain: stamp(l.Curtain, zone),
			Section: l.Section, Label: l.Label, Zone: l.Zone, Type: l.Type.Code,
			Price: money(l.Line.Price), Tax: money(l.Line.Tax), Amount: money(l.Line.Amount), Barcode: l.Barcode,
		})
	}
	for _, t := range o.Tenders {
		out.Tenders = append(out.Tenders, tenderJSON{string(t.Kind), money(t.Amount), money(t.Tendered), money(t.Change), int64(t.Reverses)})
	}
	return out
}

// orderRecords are an order's tickets for a spreadsheet, each with what is to be known
// of the order.
func orderRecords(v boxoffice.OrderView, o orderJSON, cur boxoffice.Currency) [][]string {
	records := [][]string{{
		"order", "state", "at", "voided_at", "seller", "terminal", "drawer", "customer", "ticket", "ticket_state", "title", "curtain",
		"section", "label", "zone", "type", "price", "tax", "amount", "currency", "barcode",
	}}
	for i, l := range o.Lines {
		line := v.Lines[i].Line
		records = append(records, []string{
			csvNumber(o.Number), o.State, csvInstant(o.At), csvInstant(o.VoidedAt), csvText(o.Seller), csvText(o.Terminal), csvText(o.Drawer),
			csvText(o.Customer), csvNumber(l.Ticket), l.State, csvText(l.Title), csvInstant(l.Curtain), csvText(l.Section), csvText(l.Label),
			csvText(l.Zone), csvText(l.Type), plainMoney(cur, line.Price), plainMoney(cur, line.Tax), plainMoney(cur, line.Amount), o.Currency, l.Barcode,
		})
	}
	return records
}

func (p *program) printOrder(o orderJSON, at time.Time) {
	fmt.Fprintf(p.out, "order %d, %s, %s by %s (%s)\n", o.Number, o.State, at.Format("2006-01-02 15:04"), boxoffice.Clean(o.Seller), boxoffice.Clean(o.Terminal))
	if o.Customer != "" {
		fmt.Fprintf(p.out, "for %s\n", boxoffice.Clean(o.Customer))
	}
	for _, l := range o.Lines {
		note := ""
		if l.State == string(boxoffice.Cancelled) {
			note = "  cancelled"
		}
		fmt.Fprintf(p.out, "  %s  %s  %s  %s  %s%s\n", boxoffice.Pad(boxoffice.Clean(l.Title), 24), boxoffice.Pad(boxoffice.Clean(l.Section+" "+l.Label), 20),
			boxoffice.Pad(boxoffice.Clean(l.Type), 2), boxoffice.PadLeft(l.Amount, 10), boxoffice.GroupBarcode(l.Barcode), note)
	}
	fmt.Fprintf(p.out, "  total %s %s, tax in it %s\n", o.Total, o.Currency, o.Tax)
	for _, t := range o.Tenders {
		fmt.Fprintf(p.out, "  %s %s, change %s\n", t.Kind, t.Tendered, t.Change)
	}
}

type orderHeadJSON struct {
	Number   int64   `json:"number"`
	State    string  `json:"state"`
	At       *string `json:"at"`
	Seller   string  `json:"seller"`
	Customer string  `json:"customer,omitempty"`
	Total    string  `json:"total"`
	Words    string  `json:"words"`
	// Tickets were sold; of an order that is not void, so many of them are cancelled.
	Tickets   int `json:"tickets"`
	Cancelled int `json:"cancelled"`
}

func (p *program) orderList() *cobra.Command {
	var form reportForm
	var query string
	var limit int
	c := &cobra.Command{Use: "list", Short: "list orders, newest first", Args: noArgs}
	form.flags(c)
	c.Flags().StringVar(&query, "find", "", "only those with this `TEXT` in number, name or phone")
	c.Flags().IntVar(&limit, "limit", 50, "at most `N`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if limit < 1 {
			return &usageError{fmt.Errorf("--limit is at least 1")}
		}
		if err := form.check(); err != nil {
			return err
		}
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			heads, err := h.office.FindOrders(c.Context(), query, limit)
			if err != nil {
				return err
			}
			out := make([]orderHeadJSON, len(heads))
			records := [][]string{{"order", "state", "at", "seller", "customer", "total", "currency", "words", "tickets", "cancelled"}}
			for i, head := range heads {
				o := head.Order
				out[i] = orderHeadJSON{
					int64(o.ID), string(o.State), stamp(o.At, settings.Location()), head.Seller, head.Customer,
					settings.Currency.Format(o.Total), head.Words, head.Tickets, head.Cancelled,
				}
				records = append(records, []string{
					csvNumber(out[i].Number), out[i].State, csvInstant(out[i].At), csvText(out[i].Seller), csvText(out[i].Customer),
					plainMoney(settings.Currency, o.Total), settings.Currency.Code, csvText(out[i].Words),
					strconv.Itoa(head.Tickets), strconv.Itoa(head.Cancelled),
				})
				if !form.json && !form.csv {
					undone := ""
					if head.Cancelled > 0 {
						undone = fmt.Sprintf(", %d of %d cancelled", head.Cancelled, head.Tickets)
					}
					fmt.Fprintf(p.out, "%6d  %s  %s  %s  %s%s\n", o.ID, boxoffice.Pad(string(o.State), 6),
						o.At.In(settings.Location()).Format("02 Jan 15:04"), boxoffice.PadLeft(out[i].Total, 10), boxoffice.Shorten(boxoffice.Clean(head.Words), 60), undone)
				}
			}
			switch {
			case form.json:
				return printJSON(p.out, out)
			case form.csv:
				return writeCSV(p.out, records)
			}
			return nil
		})
	}
	return c
}

package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// ticketCountCommand is «wicket house [PERFORMANCE]»: how houses stand.
func (p *program) ticketCountCommand() *cobra.Command {
	var form reportForm
	c := &cobra.Command{
		Use: "house [PERFORMANCE]", Short: "how tonight's houses stand, or the ticket count of one",
		Long: `Counts tickets. Without more it lists tonight's performances and the coming
week's, a line each; with a performance's key, or its number in that list (p3),
it gives the whole ticket count, by zone, price type and section.`,
		Example: "  wicket house\n  wicket house p3\n  wicket house macbeth-1127 --csv",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{fmt.Errorf("%s counts one performance; «%s» is too much", c.CommandPath(), boxoffice.Clean(args[1]))}
			}
			return nil
		},
	}
	form.flags(c)
	c.SuggestionsMinimumDistance = 2
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := form.check(); err != nil {
			return err
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			if len(args) == 0 {
				counts, err := h.office.TicketCounts(c.Context(), by, p.clock.Now())
				if err != nil {
					return err
				}
				return writeCounts(p.out, counts, form)
			}
			perf, err := p.performanceNamed(c, h, args[0])
			if boxoffice.IsNotFound(err) {
				hint := c.CommandPath() + " lists tonight's"
				if meant := c.SuggestionsFor(args[0]); len(meant) > 0 {
					hint = "did you mean " + c.CommandPath() + " " + meant[0] + "?"
				}
				return fmt.Errorf("%w; %s", err, hint)
			}
			if err != nil {
				return err
			}
			count, err := h.office.TicketCount(c.Context(), by, perf.ID)
			if err != nil {
				return err
			}
			return writeCount(p.out, count, form)
		})
	}
	return c
}

// countHead is the standard row of a ticket count.
var countHead = []string{"Allotment", "Sold", "Comps", "Held", "Blocked", "Killed", "Open", "Gross"}

// countCells writes a row of a ticket count. Of a price type only what is sold and
// held is known.
func countCells(r boxoffice.CountRow, ofType bool, gross string) []string {
	n := strconv.Itoa
	if ofType {
		return []string{"", n(r.Paid()), n(r.Comps), n(r.Held), "", "", "", gross}
	}
	return []string{n(r.Places), n(r.Paid()), n(r.Comps), n(r.Held), n(r.Blocked), n(r.Killed), n(r.Open), gross}
}

func writeCount(w io.Writer, c boxoffice.TicketCount, form reportForm) error {
	switch {
	case form.json:
		return printJSON(w, countOf(c))
	case form.csv:
		return writeCSV(w, append([][]string{countCSVHead()}, countRecords(c)...))
	}
	money, zone := c.House.Currency.Format, c.House.Location()
	fmt.Fprintf(w, "%s · %s, %s\n", boxoffice.Clean(c.House.Name), boxoffice.Shorten(boxoffice.Clean(c.Performance.Title), 40), c.Performance.Curtain.In(zone).Format("Mon 2 Jan 2006 15:04"))
	fmt.Fprintf(w, "%s, as of %s, in %s\n\n", standing(c), c.At.In(zone).Format("Mon 2 Jan 15:04:05"), c.House.Currency.Code)
	t := reportTable{head: append([]string{"Type"}, countHead...)}
	add := func(indent string, r boxoffice.CountRow, ofType bool) {
		t.add(append([]string{indent + boxoffice.Clean(r.Name)}, countCells(r, ofType, money(r.Gross))...)...)
	}
	for _, z := range c.Zones {
		add("", z.CountRow, false)
		for _, typ := range z.Types {
			add("  ", typ, true)
		}
	}
	t.apart()
	for _, s := range c.Sections {
		add("", s, false)
	}
	t.apart()
	add("", c.Total, false)
	if err := t.write(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\ncapacity %d, %d in the house: %s of it\n", c.Total.Capacity(), c.Total.Sold, percent(c.Total.Fill))
	return err
}

// standing says how a performance's sales stand: «on sale», «stopped: lights out».
func standing(c boxoffice.TicketCount) string {
	words := string(c.Performance.State)
	if c.Performance.Reason != "" {
		words += ": " + boxoffice.Shorten(boxoffice.Clean(c.Performance.Reason), 30)
	}
	return words
}

func percent(f boxoffice.Fill) string {
	if f.Capacity() <= 0 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", f.Sold*100/f.Capacity())
}

func writeCounts(w io.Writer, counts []boxoffice.TicketCount, form reportForm) error {
	switch {
	case form.json:
		out := make([]countJSON, len(counts))
		for i, c := range counts {
			out[i] = countOf(c)
		}
		return printJSON(w, out)
	case form.csv:
		records := [][]string{countCSVHead()}
		for _, c := range counts {
			records = append(records, countRecords(c)...)
		}
		return writeCSV(w, records)
	case len(counts) == 0:
		_, err := fmt.Fprintln(w, "nothing is played tonight or in the coming week")
		return err
	}
	t := reportTable{head: []string{"", "When", "Sold", "Comps", "Held", "Open", "Fill", "Gross"}}
	for i, c := range counts {
		name := fmt.Sprintf("P%d %s", i+1, boxoffice.Clean(c.Performance.Title))
		if c.Performance.State != boxoffice.OnSale {
			name += " (" + string(c.Performance.State) + ")"
		}
		r := c.Total
		t.add(name, c.Performance.Curtain.In(c.House.Location()).Format("Mon 02 Jan 15:04"), strconv.Itoa(r.Paid()), strconv.Itoa(r.Comps),
			strconv.Itoa(r.Held), strconv.Itoa(r.Open), percent(r.Fill), c.House.Currency.Format(r.Gross))
	}
	return t.write(w)
}

func countCSVHead() []string {
	return []string{"performance", "curtain", "by", "name", "type", "allotment", "sold", "comps", "held", "blocked", "killed", "open", "gross", "currency"}
}

func countRecords(c boxoffice.TicketCount) (records [][]string) {
	curtain := c.Performance.Curtain.In(c.House.Location()).Format("2006-01-02 15:04")
	add := func(by, name, typ string, r boxoffice.CountRow) {
		record := []string{csvText(c.Performance.Key), curtain, by, csvText(name), csvText(typ)}
		record = append(record, countCells(r, typ != "", plainMoney(c.House.Currency, r.Gross))...)
		records = append(records, append(record, c.House.Currency.Code))
	}
	for _, z := range c.Zones {
		add("zone", z.Name, "", z.CountRow)
		for _, typ := range z.Types {
			add("type", z.Name, typ.Name, typ)
		}
	}
	for _, s := range c.Sections {
		add("section", s.Name, "", s)
	}
	add("house", "", "", c.Total)
	return records
}

type countJSON struct {
	Key      string         `json:"performance"`
	Title    string         `json:"title"`
	Curtain  *string        `json:"curtain"`
	State    string         `json:"state"`
	Reason   string         `json:"reason,omitempty"`
	Plan     string         `json:"plan"`
	At       *string        `json:"at"`
	Currency string         `json:"currency"`
	Capacity int            `json:"capacity"`
	Total    countRowJSON   `json:"total"`
	Zones    []countRowJSON `json:"zones"`
	Sections []countRowJSON `json:"sections"`
}

type countRowJSON struct {
	Name      string          `json:"name,omitempty"`
	Allotment int             `json:"allotment"`
	Sold      int             `json:"sold"`
	Comps     int             `json:"comps"`
	Held      int             `json:"held"`
	Blocked   int             `json:"blocked"`
	Killed    int             `json:"killed"`
	Open      int             `json:"open"`
	Gross     string          `json:"gross"`
	Types     []countTypeJSON `json:"types,omitempty"`
}

type countTypeJSON struct {
	Name  string `json:"name"`
	Sold  int    `json:"sold"`
	Comps int    `json:"comps"`
	Held  int    `json:"held"`
	Gross string `json:"gross"`
}

// countOf puts a ticket count into words and amounts.
func countOf(c boxoffice.TicketCount) countJSON {
	money, zone := c.House.Currency.Format, c.House.Location()
	row := func(r boxoffice.CountRow) countRowJSON {
		return countRowJSON{r.Name, r.Places, r.Paid(), r.Comps, r.Held, r.Blocked, r.Killed, r.Open, money(r.Gross), nil}
	}
	out := countJSON{
		Key: c.Performance.Key, Title: c.Performance.Title, Curtain: stamp(c.Performance.Curtain, zone), State: string(c.Performance.State),
		Reason: c.Performance.Reason, Plan: c.PlanName, At: stamp(c.At, zone), Currency: c.House.Currency.Code,
		Capacity: c.Total.Capacity(), Total: row(c.Total), Zones: []countRowJSON{}, Sections: []countRowJSON{},
	}
	for _, z := range c.Zones {
		r := row(z.CountRow)
		for _, typ := range z.Types {
			r.Types = append(r.Types, countTypeJSON{typ.Name, typ.Paid(), typ.Comps, typ.Held, money(typ.Gross)})
		}
		out.Zones = append(out.Zones, r)
	}
	for _, s := range c.Sections {
		out.Sections = append(out.Sections, row(s))
	}
	return out
}

package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

func (p *program) salesCommand() *cobra.Command {
	var form reportForm
	var today bool
	var day, performance string
	c := &cobra.Command{
		Use: "sales", Short: "what was sold: orders, tickets, takings, voids", Args: noArgs,
		Long: `Reports the sales of a business day, today's without a flag, by way of paying,
clerk, drawer and performance. With --performance alone it reports all sales of
that performance. Of an order for several performances, its own tickets count.

A void takes from where its order gave: the clerk who sold it, their drawer.`,
		Example: "  wicket sales\n  wicket sales --day 2026-11-28 --csv\n  wicket sales --performance p3",
	}
	form.flags(c)
	c.Flags().BoolVar(&today, "today", false, "only the business day that is now")
	c.Flags().StringVar(&day, "day", "", "only the business day `DATE`, like 2026-11-28")
	c.Flags().StringVar(&performance, "performance", "", "only the performance `KEY`, or p3 for the third of tonight's list")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := form.check(); err != nil {
			return err
		}
		if today && day != "" {
			return &usageError{errors.New("--today and --day exclude each other")}
		}
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return &usageError{fmt.Errorf("«%s» is no day; write it like 2026-11-28", boxoffice.Shorten(boxoffice.Clean(day), 40))}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			of := boxoffice.SalesOf{Day: day}
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			if today || day == "" && performance == "" {
				of.Day = boxoffice.BusinessDay(p.clock.Now(), settings.Location())
			}
			if performance != "" {
				perf, err := p.performanceNamed(c, h, performance)
				if err != nil {
					return err
				}
				of.Performance = perf.ID
			}
			report, err := h.office.Sales(c.Context(), by, of)
			if err != nil {
				return err
			}
			return errors.Join(writeSales(p.out, report, form), report.Check())
		})
	}
	return c
}

// writeSales writes a sales report.
func writeSales(w io.Writer, s boxoffice.SalesReport, form reportForm) error {
	switch {
	case form.json:
		return printJSON(w, salesOf(s))
	case form.csv:
		return writeCSV(w, salesRecords(s))
	default:
		return printSales(w, s)
	}
}

func printSales(w io.Writer, s boxoffice.SalesReport) error {
	money, zone := s.House.Currency.Format, s.House.Location()
	of := "all days"
	if day, err := time.Parse(time.DateOnly, s.Day); err == nil {
		of = day.Format("Monday 2 January 2006")
	}
	if s.Performance.ID != 0 {
		of = fmt.Sprintf("%s, %s · %s", boxoffice.Shorten(boxoffice.Clean(s.Performance.Title), 30), s.Performance.Curtain.In(zone).Format("Mon 2 Jan 2006 15:04"), of)
	}
	fmt.Fprintf(w, "%s · sales of %s\n", boxoffice.Clean(s.House.Name), of)
	fmt.Fprintf(w, "as of %s, in %s\n\n", s.At.In(zone).Format("Mon 2 Jan 15:04:05"), s.House.Currency.Code)

	t := reportTable{head: []string{"", "Orders", "Tickets", "Sold", "Voids", "Voided", "Taken"}}
	add := func(name string, k boxoffice.Takings, tickets bool) {
		count := ""
		if tickets {
			count = strconv.Itoa(k.Tickets)
		}
		t.add(name, strconv.Itoa(k.Orders), count, money(k.Sold), strconv.Itoa(k.Voids), money(k.Voided), money(k.Taken()))
	}
	for _, part := range []struct {
		name    string
		rows    []boxoffice.Takings
		tickets bool
	}{{"By tender", s.ByTender, false}, {"By clerk", s.ByClerk, true}, {"By drawer", s.ByDrawer, true}, {"By performance", s.ByPerformance, true}} {
		if len(part.rows) == 0 {
			continue
		}
		t.add(part.name)
		for _, k := range part.rows {
			add("  "+boxoffice.Clean(k.Name), k, part.tickets)
		}
		t.apart()
	}
	add("In all", s.Total, true)
	if err := t.write(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\ntax in it %s\n", money(s.Tax))
	if s.Performance.ID == 0 {
		fmt.Fprintf(w, "tendered %s less change %s less voided %s is %s\n", money(s.Tendered), money(s.Change), money(s.Total.Voided), money(s.Tendered-s.Change-s.Total.Voided))
	}
	for i, v := range s.Voided {
		if i == 0 {
			fmt.Fprint(w, "\nVoids\n")
		}
		fmt.Fprintf(w, "  %s  order %d of %s, %s, %s: by %s, %s\n", v.At.In(zone).Format("15:04"), v.Order, boxoffice.Clean(v.Seller),
			screen.Count(v.Tickets, "ticket"), money(v.Amount), boxoffice.Clean(v.By), boxoffice.Clean(v.Reason))
	}
	return nil
}

func salesRecords(s boxoffice.SalesReport) [][]string {
	records := [][]string{{"by", "name", "orders", "tickets", "sold", "voids", "voided", "taken", "currency"}}
	add := func(by string, tickets bool, rows ...boxoffice.Takings) {
		for _, k := range rows {
			count := ""
			if tickets {
				count = strconv.Itoa(k.Tickets)
			}
			records = append(records, []string{
				by, csvText(k.Name), strconv.Itoa(k.Orders), count, plainMoney(s.House.Currency, k.Sold), strconv.Itoa(k.Voids),
				plainMoney(s.House.Currency, k.Voided), plainMoney(s.House.Currency, k.Taken()), s.House.Currency.Code,
			})
		}
	}
	add("tender", false, s.ByTender...)
	add("clerk", true, s.ByClerk...)
	add("drawer", true, s.ByDrawer...)
	add("performance", true, s.ByPerformance...)
	add("all", true, s.Total)
	return records
}

type salesJSON struct {
	House         string        `json:"house"`
	Currency      string        `json:"currency"`
	At            *string       `json:"at"`
	Day           string        `json:"day,omitempty"`
	Performance   string        `json:"performance,omitempty"`
	Total         takingsJSON   `json:"total"`
	Tax           string        `json:"tax"`
	Tendered      string        `json:"tendered"`
	Change        string        `json:"change"`
	ByTender      []takingsJSON `json:"by_tender"`
	ByClerk       []takingsJSON `json:"by_clerk"`
	ByDrawer      []takingsJSON `json:"by_drawer"`
	ByPerformance []takingsJSON `json:"by_performance"`
	Voids         []voidJSON    `json:"voids"`
}

type takingsJSON struct {
	Name    string `json:"name,omitempty"`
	Orders  int    `json:"orders"`
	Tickets *int   `json:"tickets,omitempty"`
	Sold    string `json:"sold"`
	Voids   int    `json:"voids"`
	Voided  string `json:"voided"`
	Taken   string `json:"taken"`
}

type voidJSON struct {
	Order   int64   `json:"order"`
	At      *string `json:"at"`
	Seller  string  `json:"seller"`
	By      string  `json:"by"`
	Tickets int     `json:"tickets"`
	Amount  string  `json:"amount"`
	Reason  string  `json:"reason"`
}

// salesOf puts a report into words and amounts.
func salesOf(s boxoffice.SalesReport) salesJSON {
	money, zone := s.House.Currency.Format, s.House.Location()
	takings := func(k boxoffice.Takings, tickets bool) takingsJSON {
		out := takingsJSON{k.Name, k.Orders, nil, money(k.Sold), k.Voids, money(k.Voided), money(k.Taken())}
		if tickets {
			out.Tickets = &k.Tickets
		}
		return out
	}
	list := func(rows []boxoffice.Takings, tickets bool) []takingsJSON {
		out := make([]takingsJSON, len(rows))
		for i, k := range rows {
			out[i] = takings(k, tickets)
		}
		return out
	}
	out := salesJSON{
		House: s.House.Name, Currency: s.House.Currency.Code, At: stamp(s.At, zone), Day: s.Day, Performance: s.Performance.Key,
		Total: takings(s.Total, true), Tax: money(s.Tax), Tendered: money(s.Tendered), Change: money(s.Change),
		ByTender: list(s.ByTender, false), ByClerk: list(s.ByClerk, true), ByDrawer: list(s.ByDrawer, true),
		ByPerformance: list(s.ByPerformance, true), Voids: []voidJSON{},
	}
	for _, v := range s.Voided {
		out.Voids = append(out.Voids, voidJSON{int64(v.Order), stamp(v.At, zone), v.Seller, v.By, v.Tickets, money(v.Amount), v.Reason})
	}
	return out
}

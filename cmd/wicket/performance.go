package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/boxoffice/programmefile"
)

func (p *program) performanceCommand() *cobra.Command {
	stop := p.endSales("stop", "stop the sale of new places; what is held may still be paid", (*boxoffice.Office).StopSales)
	stop.Aliases = []string{"close"}
	return group("performance", "the dates of the shows, and their sales",
		p.performanceAdd(), p.performanceList(), p.performanceOpen(), stop,
		p.endSales("cancel", "cancel it: nothing of it is sold any more, sold tickets stay for their refund", (*boxoffice.Office).CancelPerformance))
}

func (p *program) performanceAdd() *cobra.Command {
	var event, plan, curtain, tax string
	var prices []string
	var onSale, taxAdded, asJSON bool
	c := &cobra.Command{
		Use: "add KEY", Short: "add one performance of an event", Args: oneArg("key"),
		Long: "Adds one performance. For more than one, write a programme: wicket programme load.",
		Example: `  wicket performance add macbeth-1127 --event macbeth --plan "Teatro Leal" \
      --curtain "2026-11-27 20:00" --price "Zone 1:a=32.00" --price "*:a=22.00" --on-sale`,
	}
	c.Flags().StringVar(&event, "event", "", "the `KEY` of its event")
	c.Flags().StringVar(&plan, "plan", "", "the `NAME` of its seating plan")
	c.Flags().StringVar(&curtain, "curtain", "", "`WHEN` it begins, in the house's time: 2026-11-27 20:00")
	c.Flags().StringArrayVar(&prices, "price", nil, "a price, `ZONE:CODE=AMOUNT`; the zone * is every other one")
	c.Flags().StringVar(&tax, "tax", "0%", "the tax `RATE`, contained in the prices")
	c.Flags().BoolVar(&taxAdded, "tax-added", false, "the tax is added to the prices")
	c.Flags().BoolVar(&onSale, "on-sale", false, "open sales at once")
	c.Flags().BoolVar(&asJSON, "json", false, "say how it stands, as JSON")
	c.RunE = func(c *cobra.Command, args []string) error {
		if event == "" || plan == "" || curtain == "" {
			return &usageError{errors.New("a performance needs --event, --plan and --curtain")}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			known, err := findEvent(c.Context(), h, event)
			if err != nil {
				return err
			}
			e := boxoffice.ProgrammeEvent{Key: known.Key, Title: known.Title, Subtitle: known.Subtitle, TaxIncluded: !taxAdded}
			perf := boxoffice.ProgrammePerformance{Key: args[0], Plan: plan, OnSale: onSale}
			if perf.Curtain, err = programmefile.Instant(curtain, settings.Location()); err != nil {
				return err
			}
			if e.TaxPPM, err = programmefile.TaxRate(tax); err != nil {
				return err
			}
			for _, words := range prices {
				price, err := parsePrice(words, settings.Currency)
				if err != nil {
					return err
				}
				perf.Prices = append(perf.Prices, price)
			}
			e.Performances = []boxoffice.ProgrammePerformance{perf}
			done, err := p.load(c.Context(), h, by, boxoffice.Programme{Events: []boxoffice.ProgrammeEvent{e}})
			if err != nil {
				return err
			}
			if !asJSON {
				p.sayLoaded(done)
				return nil
			}
			return p.printPerformance(c.Context(), h, perf.Key)
		})
	}
	return c
}

func findEvent(ctx context.Context, h *house, key string) (boxoffice.Event, error) {
	events, err := h.office.Events(ctx)
	if err != nil {
		return boxoffice.Event{}, err
	}
	for _, e := range events {
		if strings.EqualFold(e.Key, key) {
			return e, nil
		}
	}
	return boxoffice.Event{}, boxoffice.NotFound("event", key)
}

// parsePrice reads «Zone 1:a=32.00».
func parsePrice(words string, cur boxoffice.Currency) (boxoffice.ProgrammePrice, error) {
	what, amount, ok := strings.Cut(words, "=")
	colon := strings.LastIndex(what, ":")
	if !ok || colon < 1 {
		return boxoffice.ProgrammePrice{}, &usageError{fmt.Errorf("«%s» is no price; write it like Zone 1:a=32.00", boxoffice.Clean(words))}
	}
	money, err := programmefile.Amount(amount, cur)
	if err != nil {
		return boxoffice.ProgrammePrice{}, err
	}
	return boxoffice.ProgrammePrice{
		Zone: boxoffice.Clean(what[:colon]), Type: strings.ToLower(strings.TrimSpace(what[colon+1:])), Amount: money,
	}, nil
}

type performanceJSON struct {
	ID          int64    `json:"id"`
	Key         string   `json:"key"`
	Title       string   `json:"title"`
	Plan        string   `json:"plan"`
	State       string   `json:"state"`
	Reason      string   `json:"reason,omitempty"`
	BusinessDay string   `json:"business_day"`
	Doors       *string  `json:"doors"`
	Curtain     *string  `json:"curtain"`
	Ends        *string  `json:"ends"`
	Fill        fillJSON `json:"fill"`
}

type fillJSON struct {
	Places  int `json:"places"`
	Sold    int `json:"sold"`
	Held    int `json:"held"`
	Blocked int `json:"blocked"`
	Killed  int `json:"killed"`
	Open    int `json:"open"`
}

func performanceOf(v boxoffice.PerformanceView, zone *time.Location) performanceJSON {
	perf, t := v.Performance, v.Total
	return performanceJSON{
		ID: int64(perf.ID), Key: perf.Key, Title: perf.Title, Plan: v.PlanName, State: string(perf.State), Reason: perf.Reason,
		BusinessDay: perf.BusinessDay, Doors: stamp(perf.Doors, zone), Curtain: stamp(perf.Curtain, zone), Ends: stamp(perf.Ends, zone),
		Fill: fillJSON{t.Places, t.Sold, t.Held, t.Blocked, t.Killed, t.Open},
	}
}

// performanceRecords are performances for a spreadsheet.
func performanceRecords(list []performanceJSON) [][]string {
	records := [][]string{{
		"id", "key", "title", "plan", "state", "reason", "business_day", "doors", "curtain", "ends",
		"places", "sold", "held", "blocked", "killed", "open",
	}}
	for _, v := range list {
		f := v.Fill
		records = append(records, []string{
			csvNumber(v.ID), csvText(v.Key), csvText(v.Title), csvText(v.Plan), v.State, csvText(v.Reason), v.BusinessDay,
			csvInstant(v.Doors), csvInstant(v.Curtain), csvInstant(v.Ends), strconv.Itoa(f.Places), strconv.Itoa(f.Sold),
			strconv.Itoa(f.Held), strconv.Itoa(f.Blocked), strconv.Itoa(f.Killed), strconv.Itoa(f.Open),
		})
	}
	return records
}

// printPerformance writes how one performance stands, as JSON.
func (p *program) printPerformance(ctx context.Context, h *house, key string) error {
	settings, err := h.office.House(ctx)
	if err != nil {
		return err
	}
	perf, err := h.office.PerformanceByKey(ctx, key)
	if err != nil {
		return err
	}
	views, err := h.office.Performances(ctx, perf.Curtain, perf.Curtain.Add(time.Second))
	if err != nil {
		return err
	}
	for _, v := range views {
		if v.Performance.ID == perf.ID {
			return printJSON(p.out, performanceOf(v, settings.Location()))
		}
	}
	return boxoffice.NotFound("performance", key)
}

func (p *program) performanceList() *cobra.Command {
	var form reportForm
	var all bool
	c := &cobra.Command{Use: "list", Short: "list performances and how they stand", Args: noArgs}
	form.flags(c)
	c.Flags().BoolVar(&all, "all", false, "those that are over, too")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := form.check(); err != nil {
			return err
		}
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			from := time.Time{}
			if !all {
				from = p.clock.Now().Add(-24 * time.Hour)
			}
			views, err := h.office.Performances(c.Context(), from, time.Time{})
			if err != nil {
				return err
			}
			return p.printPerformances(views, settings.Location(), form)
		})
	}
	return c
}

func (p *program) printPerformances(views []boxoffice.PerformanceView, zone *time.Location, form reportForm) error {
	out := make([]performanceJSON, len(views))
	for i, v := range views {
		out[i] = performanceOf(v, zone)
	}
	switch {
	case form.json:
		return printJSON(p.out, out)
	case form.csv:
		return writeCSV(p.out, performanceRecords(out))
	}
	for _, v := range views {
		state := ""
		if v.Performance.State != boxoffice.OnSale {
			state = "  " + string(v.Performance.State)
			if v.Performance.Reason != "" {
				state += ": " + boxoffice.Clean(v.Performance.Reason)
			}
		}
		fmt.Fprintf(p.out, "%s  %s  %s  %4d of %4d sold, %d held, %d open%s\n",
			v.Performance.Curtain.In(zone).Format("Mon 02 Jan 15:04"), boxoffice.Pad(boxoffice.Clean(v.Performance.Key), 18),
			boxoffice.Pad(boxoffice.Clean(v.Performance.Title), 24), v.Total.Sold, v.Total.Capacity(), v.Total.Held, v.Total.Open, state)
	}
	return nil
}

func (p *program) performanceOpen() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "open KEY", Short: "open sales, or go on with stopped ones", Args: oneArg("key"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				perf, err := h.office.PerformanceByKey(c.Context(), args[0])
				if err != nil {
					return err
				}
				if err := h.office.OpenSales(c.Context(), boxoffice.NewCommandID(), by, perf.ID); err != nil {
					return err
				}
				return p.sayState(c.Context(), h, perf.Key, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "say how it stands, as JSON")
	return c
}

// sayState says how a performance stands now.
func (p *program) sayState(ctx context.Context, h *house, key string, asJSON bool) error {
	if asJSON {
		return p.printPerformance(ctx, h, key)
	}
	perf, err := h.office.PerformanceByKey(ctx, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s is %s\n", perf.Key, perf.State)
	return nil
}

// endSales is a command that stops or cancels.
func (p *program) endSales(name, short string, do func(*boxoffice.Office, context.Context, boxoffice.CommandID, boxoffice.Actor, boxoffice.PerformanceID, string) error) *cobra.Command {
	var reason string
	var asJSON bool
	c := &cobra.Command{Use: name + " KEY", Short: short, Args: oneArg("key")}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`, as counters will read it")
	c.Flags().BoolVar(&asJSON, "json", false, "say how it stands, as JSON")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			perf, err := h.office.PerformanceByKey(c.Context(), args[0])
			if err != nil {
				return err
			}
			if err := do(h.office, c.Context(), boxoffice.NewCommandID(), by, perf.ID, reason); err != nil {
				return err
			}
			return p.sayState(c.Context(), h, perf.Key, asJSON)
		})
	}
	return c
}

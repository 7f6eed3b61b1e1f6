package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

func (p *program) programmeExample() *cobra.Command {
	return &cobra.Command{
		Use: "example", Short: "load a small hall with a show tonight, to begin with", Args: noArgs,
		Long: "Loads a hall of 200 seats and one show tonight, on sale. The show can be cancelled like any other:\nwicket performance cancel KEY.",
		RunE: func(c *cobra.Command, _ []string) error {
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				perf, isNew, err := p.bringExample(c.Context(), h, by)
				if err != nil {
					return err
				}
				if !isNew {
					fmt.Fprintf(p.out, "%s is in the house already; nothing changed\n", perf.Key)
					return nil
				}
				fmt.Fprintf(p.out, "%s is on sale: %s, 200 seats\n", perf.Key, boxoffice.Clean(perf.Title))
				return nil
			})
		},
	}
}

// bringExample brings the small hall and tonight's show in it, unless that is here
// already, and returns the show.
func (p *program) bringExample(ctx context.Context, h *house, by boxoffice.Actor) (perf boxoffice.Performance, isNew bool, err error) {
	settings, err := h.office.House(ctx)
	if err != nil {
		return perf, false, err
	}
	curtain := tonight(p.clock.Now(), settings.Location())
	key := exampleEvent + "-" + boxoffice.BusinessDay(curtain, settings.Location())
	perf, err = h.office.PerformanceByKey(ctx, key)
	if !boxoffice.IsNotFound(err) {
		return perf, false, err
	}
	plan, err := planfile.Builtin("small-hall")
	if err != nil {
		return perf, false, err
	}
	if _, err := h.office.ImportPlan(ctx, boxoffice.NewCommandID(), by, plan); err != nil {
		return perf, false, err
	}
	have, err := h.office.PriceTypes(ctx)
	if err != nil {
		return perf, false, err
	}
	programme, err := example(key, plan.Name, settings.Currency, have, curtain)
	if err != nil {
		return perf, false, err
	}
	if _, err := h.office.LoadProgramme(ctx, boxoffice.NewCommandID(), by, programme); err != nil {
		return perf, false, err
	}
	perf, err = h.office.PerformanceByKey(ctx, key)
	return perf, true, err
}

// exampleEvent is the key of the show that a house may begin with.
const exampleEvent = "first-night"

// example is one show in the plan, at prices in the house's currency. The price
// types there are stay as they are.
func example(key, plan string, cur boxoffice.Currency, have []boxoffice.PriceType, curtain time.Time) (boxoffice.Programme, error) {
	e := boxoffice.ProgrammeEvent{
		Key: exampleEvent, Title: "First Night", Subtitle: "an example to try", Plan: plan, TaxIncluded: true,
		Performances: []boxoffice.ProgrammePerformance{{
			Key: key, Curtain: curtain, Doors: curtain.Add(-30 * time.Minute), Ends: curtain.Add(2 * time.Hour), OnSale: true,
		}},
	}
	for _, price := range []struct{ zone, code, amount string }{
		{"Front", "a", "24"}, {"Front", "c", "12"}, {"Back", "a", "16"}, {"Back", "c", "8"},
	} {
		amount, err := cur.Parse(price.amount)
		if err != nil {
			return boxoffice.Programme{}, err
		}
		e.Prices = append(e.Prices, boxoffice.ProgrammePrice{Zone: price.zone, Type: price.code, Amount: amount})
	}
	p := boxoffice.Programme{Events: []boxoffice.ProgrammeEvent{e}}
	for _, t := range []boxoffice.PriceType{{Code: "a", Name: "Adult", Rank: 1}, {Code: "c", Name: "Child", Rank: 2}} {
		if !slices.ContainsFunc(have, func(there boxoffice.PriceType) bool { return there.Code == t.Code }) {
			p.PriceTypes = append(p.PriceTypes, t)
		}
	}
	return p, nil
}

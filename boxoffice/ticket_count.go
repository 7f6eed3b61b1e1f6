package boxoffice

import (
	"slices"
	"time"
)

// CountRow is one row of a ticket count: how a type, a zone, a section or the
// whole house stands. Sold includes the comps.
type CountRow struct {
	Name string
	Fill
	Comps int   // sold for nothing: they count in attendance, never in gross
	Gross Money // face value of what is sold
}

// Paid is how many are sold for money.
func (r CountRow) Paid() int { return r.Sold - r.Comps }

// count adds one place as it stands at now (Unix milliseconds).
func (r *CountRow) count(p PlaceState, now int64) {
	r.Fill.Count(p, now)
	if p.State != Confirmed {
		return
	}
	r.Gross += p.Price
	if p.Price == 0 {
		r.Comps++
	}
}

// ZoneCount is a zone, and in it each price type that is sold or held. Of a type,
// only what is sold and held can be said.
type ZoneCount struct {
	CountRow
	Types []CountRow
}

// TicketCount is the ticket count of a performance on one snapshot: what a
// settlement with its promoter is made of.
type TicketCount struct {
	House       House
	At          time.Time
	Performance Performance
	PlanName    string
	Total       CountRow
	Zones       []ZoneCount // as the plan has them, dearest first
	Sections    []CountRow  // as the plan has them
}

// countTickets counts a performance's places as they stand at now.
func countTickets(perf Performance, plan *Plan, prices *PriceList, places []PlaceState, now time.Time) TicketCount {
	c := TicketCount{
		At: now, Performance: perf, PlanName: plan.Name, Total: CountRow{Name: "House"},
		Zones: make([]ZoneCount, len(plan.Zones)), Sections: make([]CountRow, len(plan.Sections)),
	}
	types := make([][]CountRow, len(plan.Zones)) // by zone, then as the price list has them
	for i, z := range plan.Zones {
		c.Zones[i].Name = z.Name
		types[i] = make([]CountRow, len(prices.Types))
		for j, t := range prices.Types {
			types[i][j].Name = t.Name
		}
	}
	for i, s := range plan.Sections {
		c.Sections[i].Name = s.Name
	}
	ms := now.UnixMilli()
	for i, state := range places {
		place := plan.Places[i]
		c.Total.count(state, ms)
		c.Zones[place.Zone].count(state, ms)
		c.Sections[place.Section].count(state, ms)
		var stands Fill
		if stands.Count(state, ms); stands.Sold+stands.Held == 0 {
			continue // what it was held for lapsed with the hold
		}
		if t := slices.IndexFunc(prices.Types, func(t PriceType) bool { return t.ID == state.Type }); t >= 0 {
			types[place.Zone][t].count(state, ms)
		}
	}
	for i := range c.Zones {
		c.Zones[i].Types = slices.DeleteFunc(types[i], func(r CountRow) bool { return r.Places == 0 })
	}
	return c
}

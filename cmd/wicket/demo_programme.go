package main

import (
	"context"
	"fmt"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// clerkNames are the colleagues, in the order in which they come to work.
var clerkNames = []string{"Ben", "Eva", "Leo", "Noa", "Iker", "Sara", "Hugo", "Vera"}

// hire makes the house and its people. Nobody in the demo has a PIN.
func (d *demoHouse) hire(ctx context.Context) error {
	euro, err := boxoffice.ParseCurrency("EUR")
	if err != nil {
		return err
	}
	times := boxoffice.DefaultHoldTimes()
	times[boxoffice.Window] = boxoffice.HoldTime{TTL: 4 * time.Minute, Max: 20 * time.Minute}
	settings := boxoffice.House{Name: "Teatro de la Villa", Currency: euro, TimeZone: demoZone(d.now), Holds: times}
	marta, err := d.office.CreateHouse(ctx, boxoffice.NewCommandID(), settings, "Marta", "")
	if err != nil {
		return err
	}
	d.staff = map[string]boxoffice.Staff{"Marta": marta}
	for _, name := range append([]string{"Ana"}, clerkNames...) {
		role := boxoffice.Clerk
		if name == "Ana" || name == "Eva" { // Ana may try everything at the counter
			role = boxoffice.Supervisor
		}
		staff, err := d.office.AddStaff(ctx, boxoffice.NewCommandID(), d.actor("Marta", 0), name, role, "")
		if err != nil {
			return err
		}
		d.staff[name] = staff
	}
	return nil
}

// actor is one of the people at a window; window 0 is the office.
func (d *demoHouse) actor(name string, window int) boxoffice.Actor {
	at := seat{terminal: "office"}
	if window > 0 {
		at.terminal = fmt.Sprintf("window %d", window)
	}
	return at.actor(d.staff[name])
}

func (d *demoHouse) bringPlans(ctx context.Context) error {
	for _, name := range planfile.Builtins() {
		plan, err := planfile.Builtin(name)
		if err != nil {
			return err
		}
		if _, err := d.office.ImportPlan(ctx, boxoffice.NewCommandID(), d.actor("Marta", 0), plan); err != nil {
			return err
		}
	}
	return nil
}

// prices are amounts in cents for a zone: adult, child, senior, student; none is
// not sold.
type prices struct {
	zone    string
	amounts [4]boxoffice.Money
}

const none = -1

// show is an event of the demo: when it is played, in days from today and the
// time of day, and how full it is.
type show struct {
	key, title, subtitle, plan string
	prices                     []prices
	dates                      []date
}

type date struct {
	day   int
	clock time.Duration // since midnight; zero on day 0 is tonight's curtain, or after it
	full  float64
}

const (
	noon  = 12 * time.Hour
	five  = 17 * time.Hour
	eight = 20 * time.Hour
	late  = 22*time.Hour + 30*time.Minute
)

var shows = []show{
	{
		"macbeth", "Macbeth", "William Shakespeare", "Teatro Leal",
		[]prices{
			{"Zone 1", [4]boxoffice.Money{3200, 1600, 2600, 2000}},
			{"Zone 2", [4]boxoffice.Money{2600, 1300, 2100, 1600}},
			{"Zone 3", [4]boxoffice.Money{2000, 1000, 1600, 1200}},
			{"Zone 4", [4]boxoffice.Money{1400, 700, 1100, 900}},
		},
		[]date{{-1, eight, 0}, {0, 0, 0.55}, {1, eight, 0.25}, {2, five, 0.1}, {2, eight, 0.15}, {4, eight, 0.05}, {5, eight, 0}},
	},
	{
		"lighthouse", "The Lighthouse", "a cabaret", "Teatro Mixto",
		[]prices{
			{"Balcony front", [4]boxoffice.Money{2400, 1200, 2000, none}},
			{"Balcony", [4]boxoffice.Money{1800, 900, 1500, none}},
			{"Standing", [4]boxoffice.Money{1500, none, none, 1000}},
		},
		[]date{{0, 30 * time.Minute, 0.4}, {1, noon, 0.05}, {3, eight, 0.1}},
	},
	{
		"drums", "Night of Drums", "", "Sala",
		[]prices{
			{"Standing", [4]boxoffice.Money{1800, none, none, 1250}},
			{"Mezzanine", [4]boxoffice.Money{2200, none, 1800, 1500}},
		},
		[]date{{0, 2 * time.Hour, 0.3}, {3, late, 0.05}},
	},
}

// demoZone returns where the theatre stands: in Madrid; in Buenos Aires while the next
// business day is so near there that tonight's curtain would belong to it.
func demoZone(now time.Time) string {
	const first, other = "Europe/Madrid", "America/Argentina/Buenos_Aires"
	zone, err := time.LoadLocation(first)
	if err == nil && boxoffice.BusinessDay(tonight(now, zone), zone) != boxoffice.BusinessDay(now, zone) {
		return other
	}
	return first
}

// tonight returns tonight's curtain: eight, or later where that is less than two
// hours ahead.
func tonight(now time.Time, zone *time.Location) time.Time {
	const half = 30 * time.Minute
	soon := now.Add(2*time.Hour + half - 1).Truncate(half)
	if at := at(dayOf(now, zone), eight); at.After(soon) {
		return at
	}
	return soon
}

// dayOf returns the date of the business day that t belongs to.
func dayOf(t time.Time, zone *time.Location) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, boxoffice.BusinessDay(t, zone), zone)
	if err != nil {
		return t.In(zone)
	}
	return day
}

// start returns when a performance begins, where tonight's curtain is that one.
func (d date) start(curtain time.Time, zone *time.Location) time.Time {
	if d.day == 0 {
		return curtain.Add(d.clock)
	}
	return at(dayOf(curtain, zone).AddDate(0, 0, d.day), d.clock)
}

// at returns the time of day on t's date.
func at(t time.Time, clock time.Duration) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, int(clock.Minutes()), 0, 0, t.Location())
}

// announce loads the programme and opens the sales.
func (d *demoHouse) announce(ctx context.Context) error {
	settings, err := d.office.House(ctx)
	if err != nil {
		return err
	}
	zone := settings.Location()
	curtain := tonight(d.now, zone)
	codes := []string{"a", "c", "s", "t"}
	programme := boxoffice.Programme{PriceTypes: []boxoffice.PriceType{
		{Code: "a", Name: "Adult", Rank: 1}, {Code: "c", Name: "Child", Rank: 2}, {Code: "s", Name: "Senior", Rank: 3}, {Code: "t", Name: "Student", Rank: 4},
	}}
	full := map[string]float64{}
	for _, s := range shows {
		e := boxoffice.ProgrammeEvent{Key: s.key, Title: s.title, Subtitle: s.subtitle, Plan: s.plan, TaxPPM: 100_000, TaxIncluded: true}
		for _, z := range s.prices {
			for i, amount := range z.amounts {
				if amount != none {
					e.Prices = append(e.Prices, boxoffice.ProgrammePrice{Zone: z.zone, Type: codes[i], Amount: amount})
				}
			}
		}
		for _, when := range s.dates {
			start := when.start(curtain, zone)
			key := s.key + "-" + start.In(zone).Format("0102")
			if _, taken := full[key]; taken {
				key += "-late"
			}
			full[key] = when.full
			e.Performances = append(e.Performances, boxoffice.ProgrammePerformance{
				Key: key, Curtain: start, Doors: start.Add(-30 * time.Minute), Ends: start.Add(150 * time.Minute), OnSale: true,
			})
		}
		programme.Events = append(programme.Events, e)
	}
	if _, err := d.office.LoadProgramme(ctx, boxoffice.NewCommandID(), d.actor("Marta", 0), programme); err != nil {
		return err
	}
	return d.store.View(ctx, func(r boxoffice.Reader) error {
		all, err := r.Performances(time.Time{}, time.Time{})
		if err != nil {
			return err
		}
		d.perfs = nil
		for _, perf := range all {
			p := &demoPerformance{Performance: perf, full: full[perf.Key]}
			if p.plan, err = r.Plan(perf.Plan); err != nil {
				return err
			}
			if p.prices, err = r.PriceList(perf.ID); err != nil {
				return err
			}
			p.free = make([]bool, len(p.plan.Places))
			for i := range p.free {
				p.free[i] = true
			}
			d.perfs = append(d.perfs, p)
		}
		return nil
	})
}

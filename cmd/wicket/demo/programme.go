package demo

import (
	"fmt"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// programme is a week of performances whose first curtain lies a good two hours
// ahead of now.
func programme(now time.Time) (boxoffice.Programme, error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return boxoffice.Programme{}, err
	}
	first := now.In(zone).Add(2*time.Hour + 29*time.Minute).Truncate(30 * time.Minute)
	p := boxoffice.Programme{PriceTypes: []boxoffice.PriceType{
		{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}, {Code: "s", Name: "Senior"}, {Code: "t", Name: "Student"},
	}}
	shows := []struct {
		key, title, subtitle, plan string
		later                      time.Duration
		prices                     []boxoffice.ProgrammePrice
	}{
		{"macbeth", "Macbeth", "William Shakespeare", "leal", 0, fan(2400)},
		{"comedy", "Comedy Night", "Five comedians, one microphone", "sala", 30 * time.Minute, fan(1500)},
		{"quartet", "Cuarteto Teide", "Haydn, Bartók, Ravel", "teatro-mixto", time.Hour, fan(1800)},
	}
	for _, s := range shows {
		plan, err := planName(s.plan)
		if err != nil {
			return p, err
		}
		event := boxoffice.ProgrammeEvent{
			Key: s.key, Title: s.title, Subtitle: s.subtitle, Plan: plan, TaxPPM: 100_000, TaxIncluded: true, Prices: s.prices,
		}
		for day := range 7 {
			curtain := first.AddDate(0, 0, day).Add(s.later)
			event.Performances = append(event.Performances, boxoffice.ProgrammePerformance{
				Key: fmt.Sprintf("%s-%s", s.key, curtain.Format("0102")), Curtain: curtain, Doors: curtain.Add(-30 * time.Minute),
				Ends: curtain.Add(2 * time.Hour), OnSale: true,
			})
		}
		p.Events = append(p.Events, event)
	}
	return p, nil
}

// fan prices every type from the adult's price on.
func fan(adult boxoffice.Money) []boxoffice.ProgrammePrice {
	round := func(m boxoffice.Money) boxoffice.Money { return m / 50 * 50 }
	return []boxoffice.ProgrammePrice{
		{Zone: "*", Type: "a", Amount: adult}, {Zone: "*", Type: "c", Amount: round(adult / 2)},
		{Zone: "*", Type: "s", Amount: round(adult * 3 / 4)}, {Zone: "*", Type: "t", Amount: round(adult * 2 / 3)},
	}
}

// planName returns the name a plan of ours goes by in the house.
func planName(builtin string) (string, error) {
	plan, err := planfile.Builtin(builtin)
	if err != nil {
		return "", err
	}
	return plan.Name, nil
}

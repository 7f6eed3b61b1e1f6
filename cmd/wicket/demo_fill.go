package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"wicket/boxoffice"
)

// keepBack blocks and kills places as a house does.
func (d *demoHouse) keepBack(ctx context.Context) error {
	rng := d.random(1)
	marta := d.actor("Marta", 0)
	for _, p := range d.perfs {
		if p.full == 0 {
			continue
		}
		for _, b := range []struct {
			code boxoffice.BlockCode
			n    int
		}{{"H", 4}, {"P", 6}, {"M", 4}, {"T", 2}} {
			places := p.cluster(rng, b.n)
			if len(places) == 0 {
				continue
			}
			var until time.Time
			if b.code == "P" && p.Curtain.After(d.now.Add(2*time.Hour)) {
				until = p.Curtain.Add(-time.Hour)
			}
			if err := d.office.Block(ctx, boxoffice.NewCommandID(), marta, p.ID, b.code, places, until); err != nil {
				return err
			}
		}
		if broken := p.cluster(rng, 1); len(broken) > 0 {
			if err := d.office.Kill(ctx, boxoffice.NewCommandID(), marta, p.ID, broken, "broken chair"); err != nil {
				return err
			}
		}
	}
	return nil
}

// sitting is one sale of what was sold before the demo opened.
type sitting struct {
	perf  boxoffice.PerformanceID
	picks []boxoffice.Pick
}

// fill sells what was sold before: the same seed gives the same seats, whoever
// sells them.
func (d *demoHouse) fill(ctx context.Context) error {
	rng := d.random(2)
	var sittings []sitting
	for _, p := range d.perfs {
		for want := int(p.full * float64(len(p.free))); want > 0; {
			n := partySize(rng)
			if len(p.plan.Places) > 1000 { // a standing hall is bought by the dozen
				n *= 5
			}
			places := p.cluster(rng, n)
			if len(places) == 0 {
				break
			}
			sittings = append(sittings, sitting{p.ID, p.price(rng, places)})
			want -= len(places)
		}
	}
	rng.Shuffle(len(sittings), func(i, j int) { sittings[i], sittings[j] = sittings[j], sittings[i] })

	// Everybody sells at once: their transactions share commits.
	work := make(chan sitting)
	errs := make([]error, len(clerkNames))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	for i, name := range clerkNames {
		by := d.actor(name, i+2)
		all.Go(func() {
			for s := range work {
				if err := d.sellNow(ctx, by, s); err != nil && errs[i] == nil {
					errs[i] = err
					cancel()
				}
			}
		})
	}
	for _, s := range sittings {
		if ctx.Err() != nil {
			break
		}
		work <- s
	}
	close(work)
	all.Wait()
	return errors.Join(errs...)
}

// sellNow takes places and sells them for cash.
func (d *demoHouse) sellNow(ctx context.Context, by boxoffice.Actor, s sitting) error {
	if _, err := d.office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, s.perf, s.picks); err != nil {
		return err
	}
	_, err := d.pay(ctx, by)
	return err
}

// pay sells the person's basket for cash, with notes as customers have them.
func (d *demoHouse) pay(ctx context.Context, by boxoffice.Actor) (boxoffice.Sale, error) {
	basket, err := d.office.Basket(ctx, by.Staff)
	if err != nil {
		return boxoffice.Sale{}, err
	}
	const note = 10_00
	given := (basket.Total + note - 1) / note * note
	return d.office.SellCash(ctx, boxoffice.NewCommandID(), by, basket.Total, given)
}

// putBy puts some places by for customers who come later.
func (d *demoHouse) putBy(ctx context.Context) error {
	rng := d.random(3)
	names := []boxoffice.Customer{
		{Name: "Mrs Vidal", Phone: "600 123 401"}, {Name: "Familia Ortega", Phone: "600 123 402"}, {Name: "Jonas Lindqvist"}, {Name: "Colegio San Roque", Phone: "922 123 403"},
	}
	i := 0
	for _, p := range d.perfs {
		if p.full == 0 || !p.Curtain.After(d.now.Add(time.Hour)) {
			continue
		}
		if i == len(names) {
			break
		}
		places := p.cluster(rng, 2+rng.IntN(3))
		if len(places) == 0 {
			continue
		}
		by := d.actor(clerkNames[i], i+2)
		if _, err := d.office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, p.ID, p.price(rng, places)); err != nil {
			return err
		}
		if _, err := d.office.HoldFor(ctx, boxoffice.NewCommandID(), by, names[i], p.Curtain.Add(-30*time.Minute)); err != nil {
			return err
		}
		i++
	}
	return nil
}

// partySize is how many come together: mostly two.
func partySize(rng *rand.Rand) int {
	return []int{1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6}[rng.IntN(13)]
}

// cluster picks up to n free places side by side, nearer the front of the plan
// more often, and marks them taken; none where it finds no free place soon.
func (p *demoPerformance) cluster(rng *rand.Rand, n int) []boxoffice.PlaceNo {
	for range 40 {
		u := rng.Float64()
		start := int(u * (0.4 + 0.6*u) * float64(len(p.free)))
		places := cluster(p.plan, func(i int) bool { return p.free[i] }, start, n)
		if len(places) == n || len(places) > 0 && rng.IntN(8) == 0 {
			for _, no := range places {
				p.free[no-1] = false
			}
			return places
		}
	}
	return nil
}

// cluster returns up to n free places side by side from index start on. Spaces
// for wheelchairs, and the companions' beside them, are left alone.
func cluster(plan *boxoffice.Plan, free func(int) bool, start, n int) []boxoffice.PlaceNo {
	var places []boxoffice.PlaceNo
	for i := start; i < len(plan.Places) && len(places) < n; i++ {
		place := plan.Places[i]
		special := place.Features.Has(boxoffice.Wheelchair) || place.Features.Has(boxoffice.Companion)
		standing := plan.Sections[place.Section].Admission == boxoffice.GeneralAdmission
		if len(places) > 0 {
			before := plan.Places[i-1]
			if place.Section != before.Section || !standing && !boxoffice.Neighbours(before, place) {
				break
			}
		}
		if special || !free(i) {
			break
		}
		places = append(places, place.No)
	}
	return places
}

// price gives places the price types of a party: adults mostly, and only what
// their zone has.
func (p *demoPerformance) price(rng *rand.Rand, places []boxoffice.PlaceNo) []boxoffice.Pick {
	picks := make([]boxoffice.Pick, len(places))
	for i, no := range places {
		picks[i] = boxoffice.Pick{Place: no, Type: p.prices.Default().ID}
		if rng.IntN(3) > 0 {
			continue
		}
		other := p.prices.Types[rng.IntN(len(p.prices.Types))]
		if _, err := p.prices.Price(p.plan.Places[no-1].Zone, other.ID); err == nil {
			picks[i].Type = other.ID
		}
	}
	return picks
}

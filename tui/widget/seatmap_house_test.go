package widget_test

import (
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// evening is when the made-up houses are looked at.
var evening = time.Date(2026, 11, 27, 18, 12, 4, 0, time.UTC)

// The holds of the made-up houses.
const mine, bens, vidals, lapsed boxoffice.HoldID = 7, 8, 9, 10

var euro = boxoffice.Currency{Code: "EUR", Digits: 2}

// prices are what adults and children pay, dearer towards the first zone.
func prices(plan *boxoffice.Plan) *boxoffice.PriceList {
	list := &boxoffice.PriceList{Types: []boxoffice.PriceType{{ID: 1, Code: "a", Name: "Adult", Rank: 1}, {ID: 2, Code: "c", Name: "Child", Rank: 2}}}
	for z := range plan.Zones {
		amount := boxoffice.Money(2400 - 400*z)
		list.Prices = append(list.Prices, boxoffice.Price{Zone: z, Type: 1, Amount: amount}, boxoffice.Price{Zone: z, Type: 2, Amount: amount / 2})
	}
	return list
}

// house returns a built-in plan's performance with places in every state, as by
// a busy evening.
func house(t testing.TB, name string) *boxoffice.Picture {
	t.Helper()
	plan, err := planfile.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	return performance(plan, states(plan))
}

func performance(plan *boxoffice.Plan, places []boxoffice.PlaceState) *boxoffice.Picture {
	hold := func(id boxoffice.HoldID, staff string, until time.Duration) boxoffice.HoldView {
		return boxoffice.HoldView{
			Hold:      boxoffice.Hold{ID: id, Kind: boxoffice.BasketHold, State: boxoffice.HoldActive, Terminal: "window 4", ExpiresAt: evening.Add(until)},
			StaffName: staff,
		}
	}
	named := hold(vidals, "Ana", 80*time.Minute)
	named.Kind, named.ForName = boxoffice.NamedHold, "Mrs Vidal"
	holds := map[boxoffice.HoldID]boxoffice.HoldView{
		mine: hold(mine, "Eva", 7*time.Minute+42*time.Second), bens: hold(bens, "Ben", 3*time.Minute+10*time.Second),
		vidals: named, lapsed: hold(lapsed, "Ben", -time.Second),
	}
	return boxoffice.NewPicture(boxoffice.Performance{ID: 1, Title: "Macbeth", State: boxoffice.OnSale}, plan, prices(plan), 1, boxoffice.NewPlaces(places), holds, evening)
}

// states fills a plan by rule: sold from the sides, a promoter's and a house
// block, baskets, a killed seat.
func states(plan *boxoffice.Plan) []boxoffice.PlaceState {
	places := make([]boxoffice.PlaceState, len(plan.Places))
	held := func(id boxoffice.HoldID, until time.Duration) boxoffice.PlaceState {
		return boxoffice.PlaceState{State: boxoffice.Held, Hold: id, Until: evening.Add(until).UnixMilli(), Type: 1, Price: 2400}
	}
	sold := boxoffice.PlaceState{State: boxoffice.Confirmed, Order: 1042, Type: 1, Price: 2400}
	for i, p := range plan.Places {
		places[i].State = boxoffice.Available
		n := i - int(plan.Sections[p.Section].First) + 1
		if p.Row == "" {
			switch {
			case n < 271:
				places[i] = sold
			case n < 288:
				places[i] = held(bens, 190*time.Second)
			case n < 290:
				places[i] = held(mine, 462*time.Second)
			case n < 300:
				places[i].Block = "H"
			}
			continue
		}
		columns := plan.Levels[plan.Sections[p.Section].Level].Columns
		away := min(p.Column, columns-1-p.Column)
		switch {
		case p.Line == 1 && (p.Column == 11 || p.Column == 12):
			places[i] = held(mine, 462*time.Second)
		case p.Line == 1 && (p.Column == 7 || p.Column == 8):
			places[i] = held(bens, 190*time.Second)
		case p.Line == 4 && p.Column > 12 && p.Column < 17:
			places[i] = held(vidals, 80*time.Minute)
		case p.Line == 5 && p.Column == 9:
			places[i] = held(lapsed, -time.Second)
		case p.Line == 6 && p.Column == 14:
			places[i].State, places[i].Hold = boxoffice.Processing, bens
		case p.Line == 3 && away > 8:
			places[i].Block = "H"
		case p.Line == 2 && away < 5:
			places[i].Block = "P"
		case p.Line == 5 && p.Column == 12:
			places[i].Block = boxoffice.KillCode
		case p.Line < 4 && away >= 8-2*p.Line && (p.Column*7+p.Line*3)%5 != 0,
			p.Line > 5 && (p.Column/3*5+p.Line*3)%11 == 0 && p.Features == 0:
			places[i] = sold
		}
	}
	return places
}

// seatMap returns a map of a made-up house with a preview of two places.
func seatMap(t testing.TB, th *theme.Theme, name string) *widget.SeatMap {
	t.Helper()
	m := widget.NewSeatMap(th)
	m.SetCurrency(euro)
	m.SetNow(evening)
	m.SetMine(mine)
	m.SetPicture(house(t, name))
	return m
}

// place returns the number of the seat with a label in a section.
func place(t testing.TB, p *boxoffice.Picture, section, label string) boxoffice.PlaceNo {
	t.Helper()
	for _, q := range p.Plan.Places {
		if q.Label() == label && p.Plan.Sections[q.Section].Name == section {
			return q.No
		}
	}
	t.Fatalf("there is no %s in %s", label, section)
	return 0
}

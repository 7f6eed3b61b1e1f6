package saleline_test

import (
	"strconv"
	"time"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

// drawing is a section of a plan made for a test: its rows, from left to right.
type drawing struct {
	name string
	rows []drawnRow
	ga   int
}

type drawnRow struct {
	name  string
	seats []string
}

func seats(of ...int) []string {
	out := make([]string, len(of))
	for i, n := range of {
		out[i] = strconv.Itoa(n)
	}
	return out
}

func upTo(n int) []string {
	var out []string
	for i := range n {
		out = append(out, strconv.Itoa(i+1))
	}
	return out
}

func rows(seats []string, names ...string) []drawnRow {
	var out []drawnRow
	for _, n := range names {
		out = append(out, drawnRow{n, seats})
	}
	return out
}

// plan lays the sections on a level each. The seats stand as they are listed, and
// are numbered against it, so that nothing may lean on the order of the numbers.
func plan(sections ...drawing) *boxoffice.Plan {
	p := &boxoffice.Plan{Name: "test", Zones: []boxoffice.Zone{{Name: "Premium"}, {Name: "Standard"}, {Name: "Rear"}}}
	for k, s := range sections {
		first := boxoffice.PlaceNo(len(p.Places) + 1)
		for line, r := range s.rows {
			for i := len(r.seats) - 1; i >= 0; i-- {
				var f boxoffice.Feature
				if line == 0 && i == 0 {
					f = boxoffice.Wheelchair
				}
				p.Places = append(p.Places, boxoffice.Place{
					No: boxoffice.PlaceNo(len(p.Places) + 1), Section: k, Zone: k % 3, Row: r.name, Seat: r.seats[i],
					Line: line, Column: i + i/4, Features: f,
				})
			}
		}
		for range s.ga {
			p.Places = append(p.Places, boxoffice.Place{No: boxoffice.PlaceNo(len(p.Places) + 1), Section: k})
		}
		admission := boxoffice.Reserved
		if s.ga > 0 {
			admission = boxoffice.GeneralAdmission
		}
		p.Levels = append(p.Levels, boxoffice.Level{Name: s.name})
		p.Sections = append(p.Sections, boxoffice.Section{
			Name: s.name, Level: k, Admission: admission, First: first, Last: boxoffice.PlaceNo(len(p.Places)),
		})
	}
	return p
}

// theatre has rows of letters in two sections, a row AA, numbered boxes and a
// floor without seats.
func theatre() *boxoffice.Plan {
	return plan(
		drawing{name: "Stalls", rows: append(rows(upTo(24), "A", "B", "C", "D", "E", "F", "G", "H", "K", "L", "M"), rows(upTo(10), "AA")...)},
		drawing{name: "Circle", rows: rows(upTo(16), "A", "B", "C", "S")},
		drawing{name: "Boxes", rows: rows(upTo(4), "1", "2", "5", "12")},
		drawing{name: "Floor", ga: 50},
	)
}

// paraninfo numbers its rows from the middle: even to the left, odd to the right.
func paraninfo() *boxoffice.Plan {
	row := seats(18, 16, 14, 12, 10, 8, 6, 4, 2, 1, 3, 5, 7, 9, 11, 13, 15, 17)
	return plan(
		drawing{name: "Patio de Butacas", rows: rows(row, "Q", "P", "B", "A")},
		drawing{name: "Anfiteatro", rows: append(rows(row, "B"), drawnRow{"H", seats(1, 3, 5, 7, 9, 11, 13)})},
		drawing{name: "Palco Bajo", rows: []drawnRow{{"Odd", seats(1, 3, 5, 7)}, {"Even", seats(2, 4, 6, 8)}}},
		drawing{name: "Palco Alto", rows: []drawnRow{{"Odd", seats(1, 3, 5, 7)}, {"Even", seats(2, 4, 6, 8)}}},
	)
}

// arena has names that get in each other's way.
func arena() *boxoffice.Plan {
	return plan(
		drawing{name: "Left Balcony", rows: rows(upTo(8), "A", "Z")},
		drawing{name: "Right Balcony", rows: rows(upTo(8), "A", "R", "5")},
		drawing{name: "Box 1", rows: []drawnRow{{"", upTo(4)}}},
		drawing{name: "Box 12", rows: []drawnRow{{"", upTo(4)}}},
		drawing{name: "Standing front", ga: 20},
		drawing{name: "Standing back", ga: 20},
		drawing{name: "Galería", rows: append(rows(upTo(6), "A1"), rows(upTo(12), "GA")...)},
	)
}

var atlantic = time.FixedZone("Atlantic/Canary", 0)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, atlantic)
}

// prices have codes that are rows too.
func prices() *boxoffice.PriceList {
	return &boxoffice.PriceList{Types: []boxoffice.PriceType{
		{ID: 1, Code: "a", Name: "Adult", Rank: 1},
		{ID: 2, Code: "c", Name: "Child", Rank: 2},
		{ID: 3, Code: "s", Name: "Senior", Rank: 3},
		{ID: 4, Code: "st", Name: "Student", Rank: 4},
	}}
}

// tonight is Friday 27 November at 19:12.
func tonight(p *boxoffice.Plan) saleline.Context {
	ctx := saleline.Context{
		Plan: p, Prices: prices(), Section: -1, Location: atlantic, Now: at(27, 19, 12),
		Currency: boxoffice.Currency{Code: "EUR", Digits: 2},
		Performances: []boxoffice.Performance{
			{ID: 1, Key: "macbeth-1127", Title: "Macbeth", Curtain: at(27, 20, 0)},
			{ID: 2, Key: "comedy-1127", Title: "Comedy Night", Curtain: at(27, 20, 30)},
			{ID: 3, Key: "macbeth-1128m", Title: "Macbeth", Curtain: at(28, 15, 0)},
			{ID: 4, Key: "macbeth-1128", Title: "Macbeth", Curtain: at(28, 20, 0)},
			{ID: 5, Key: "stop-1129", Title: "Stop Making Sense", Curtain: at(29, 19, 0)},
			{ID: 6, Key: "angry-1129", Title: "12 Angry Men", Curtain: at(29, 20, 0)},
			{ID: 7, Key: "comedians-1130", Title: "Comedians", Curtain: at(30, 20, 0)},
		},
	}
	if p != nil {
		ctx.Index = saleline.NewIndex(p)
	}
	return ctx
}

// houses are the plans of the tests, by name.
func houses() map[string]saleline.Context {
	return map[string]saleline.Context{
		"theatre": tonight(theatre()), "paraninfo": tonight(paraninfo()), "arena": tonight(arena()), "none": {Section: -1},
	}
}

package widget_test

import (
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/widget"
)

func TestExplain(t *testing.T) {
	p := house(t, "leal")
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Skip(err)
	}
	killed, lapse := p.Plan.Places[0].No, p.Plan.Places[0].No
	for no, s := range p.Places.All() {
		if p.Plan.Places[no-1].Section == 0 && s.Block == boxoffice.KillCode {
			killed = no
		}
		if p.Plan.Places[no-1].Section == 0 && s.Hold == lapsed {
			lapse = no
		}
	}
	got := map[string]string{}
	for what, no := range map[string]boxoffice.PlaceNo{
		"open": place(t, p, "Stalls", "L3"), "wheelchair": place(t, p, "Stalls", "H1"), "companion": place(t, p, "Stalls", "H2"),
		"restricted": place(t, p, "Boxes", "1-1"), "house": place(t, p, "Stalls", "D9"), "promoter": place(t, p, "Stalls", "C1"),
		"sold": place(t, p, "Stalls", "M1"), "killed": killed, "lapsed": lapse, "nothing": 9999,
	} {
		got[what] = widget.Explain(p, no, mine, evening, madrid, euro).String()
	}
	holds := map[boxoffice.HoldID]string{mine: "mine", bens: "others", vidals: "named"}
	for no, s := range p.Places.All() {
		if what, ok := holds[s.Hold]; ok && p.Plan.Places[no-1].Section == 0 {
			if s.State == boxoffice.Processing {
				what = "processing"
			}
			got[what] = widget.Explain(p, no, mine, evening, madrid, euro).String()
		}
	}
	later := *p
	later.Places = p.Places.With(map[boxoffice.PlaceNo]boxoffice.PlaceState{1: {State: boxoffice.Held, Hold: vidals, Until: evening.Add(24 * time.Hour).UnixMilli()}})
	got["tomorrow"] = widget.Explain(&later, 1, mine, evening, madrid, euro).String()
	later.Places = boxoffice.Places{}
	got["planned"] = widget.Explain(&later, 1, mine, evening, madrid, euro).String()
	floor := house(t, "teatro-mixto")
	got["area"] = widget.Explain(floor, floor.Plan.Sections[2].First+380, mine, evening, madrid, euro).String()

	want := map[string]string{
		"open":       "L3 · Stalls · Zone 2 · 20.00 · open",
		"wheelchair": "H1 · Stalls · Zone 2 · 20.00 · open · wheelchair space",
		"companion":  "H2 · Stalls · Zone 2 · 20.00 · open · companion's seat",
		"restricted": "1-1 · Boxes · Zone 3 · 16.00 · open · restricted view",
		"house":      "D9 · Stalls · Zone 1 · 24.00 · blocked H house",
		"promoter":   "C1 · Stalls · Zone 1 · 24.00 · blocked P promoter",
		"sold":       "M1 · Stalls · Zone 2 · Adult 24.00 · sold, order 1042",
		"killed":     "F12 · Stalls · Zone 1 · 24.00 · killed",
		"lapsed":     "F9 · Stalls · Zone 1 · 24.00 · open",
		"mine":       "B10 · Stalls · Zone 1 · Adult 24.00 · yours until 19:19",
		"others":     "B6 · Stalls · Zone 1 · Adult 24.00 · held by Ben (window 4) for 03:10",
		"named":      "E16 · Stalls · Zone 1 · Adult 24.00 · held for Mrs Vidal until 20:32",
		"tomorrow":   "A1 · Stalls · Zone 1 · 24.00 · held for Mrs Vidal until Sat 28 Nov 19:12",
		"processing": "G14 · Stalls · Zone 1 · 24.00 · being paid for",
		"planned":    "A1 · Stalls · Zone 1 · 24.00 · not on sale yet",
		"area":       "Floor · Standing · 24.00 · 100 open, 2 yours, 17 held, 10 blocked, 271 sold",
		"nothing":    "",
	}
	for what, words := range want {
		if got[what] != words {
			t.Errorf("%s: «%s», want «%s»", what, got[what], words)
		}
	}
}

// TestExplainSaysANameOnce: where a zone is called as its section is, one of them
// is enough.
func TestExplainSaysANameOnce(t *testing.T) {
	p := boxoffice.Picture{Plan: &boxoffice.Plan{
		Zones:    []boxoffice.Zone{{Name: "Patio de Butacas"}},
		Sections: []boxoffice.Section{{Name: "Patio de Butacas", First: 1, Last: 1}},
		Places:   []boxoffice.Place{{Row: "A", Seat: "2"}},
	}}
	if got, want := widget.Explain(&p, 1, 0, evening, time.UTC, euro).String(), "A2 · Patio de Butacas · no price · not on sale yet"; got != want {
		t.Errorf("«%s», want «%s»", got, want)
	}
}

// TestExplainWithin: the counter has 54 cells for it at 80 columns. What is least
// missed goes first, and no time is cut.
func TestExplainWithin(t *testing.T) {
	held := func(hold boxoffice.HoldID, d time.Duration) boxoffice.PlaceState {
		return boxoffice.PlaceState{State: boxoffice.Held, Hold: hold, Until: evening.Add(d).UnixMilli(), Type: 1, Price: 2400}
	}
	own, others := held(mine, 7*time.Minute+42*time.Second), held(bens, 3*time.Minute+10*time.Second)
	tonight, tomorrow := held(vidals, 80*time.Minute), held(vidals, 24*time.Hour)
	free := boxoffice.PlaceState{State: boxoffice.Available}
	sold := boxoffice.PlaceState{State: boxoffice.Confirmed, Type: 1, Price: 2400, Order: 1042}
	for _, c := range []struct {
		section, zone, row string
		state              boxoffice.PlaceState
		features           boxoffice.Feature
		cells              int
		want               string
	}{
		{"Stalls", "Zone 1", "B", own, 0, 54, "B12 · Stalls · Zone 1 · yours until 19:19"},
		{"Stalls", "Zone 1", "B", own, 0, 60, "B12 · Stalls · Zone 1 · Adult 24.00 · yours until 19:19"},
		{"Patio de butacas", "Preferente", "Fila 12", own, 0, 54, "Fila 12-12 · Patio de butacas · yours until 19:19"},
		{"Stalls", "Zone 1", "B", sold, 0, 54, "B12 · Stalls · Zone 1 · Adult 24.00 · sold, order 1042"},
		{"Patio de butacas", "Preferente", "B", sold, 0, 54, "B12 · Patio de butac… · Adult 24.00 · sold, order 1042"},
		{"Stalls", "Zone 1", "B", free, boxoffice.Wheelchair, 54, "B12 · Stalls · 24.00 · open · wheelchair space"},
		{"Patio de butacas", "Preferente", "B", free, boxoffice.Companion, 54, "B12 · Patio de buta… · 24.00 · open · companion's seat"},
		{"Stalls", "Zone 1", "B", others, 0, 54, "B12 · Stalls · held by Ben (window 4) for 03:10"},
		{"Patio de butacas", "Preferente", "B", others, 0, 54, "B12 · Patio d… · held by Ben (window 4) for 03:10"},
		{"Patio de butacas", "Preferente", "B", tonight, 0, 54, "B12 · Patio d… · held for Mrs Vidal until 20:32"},
		{"Patio de butacas", "Preferente", "Fila 12", tomorrow, 0, 50, "Fila 12-12 · held for Mrs… until Sat 28 Nov 19:12"},
		{"Stalls", "Zone 1", "B", tomorrow, 0, 34, "B12"},
	} {
		plan := &boxoffice.Plan{
			Zones: []boxoffice.Zone{{Name: c.zone}}, Sections: []boxoffice.Section{{Name: c.section, First: 1, Last: 1}},
			Places: []boxoffice.Place{{No: 1, Row: c.row, Seat: "12", Features: c.features}},
		}
		got := widget.Explain(performance(plan, []boxoffice.PlaceState{c.state}), 1, mine, evening, time.FixedZone("", 3600), euro).Within(c.cells)
		if got != c.want {
			t.Errorf("«%s», want «%s»", got, c.want)
		}
		if n := boxoffice.Width(got); n > c.cells {
			t.Errorf("«%s» takes %d cells of %d", got, n, c.cells)
		}
	}
}

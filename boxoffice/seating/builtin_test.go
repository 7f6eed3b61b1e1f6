package seating_test

import (
	"testing"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/boxoffice/seating"
)

func builtin(t *testing.T, name string) (*boxoffice.Plan, []bool) {
	t.Helper()
	plan, err := planfile.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	free := make([]bool, len(plan.Places))
	for i := range free {
		free[i] = true
	}
	return plan, free
}

func TestBuiltinHouses(t *testing.T) {
	anywhere := func(seats int) seating.Request { return seating.Request{Seats: seats, Zone: -1, Section: -1} }
	circle := seating.Request{Seats: 2, Zone: -1, Section: 1}
	party := seating.Request{Seats: 4, Wheelchairs: 1, Companions: 1, Zone: -1, Section: -1}
	stalls := party
	stalls.Section = 0
	for _, c := range []struct {
		house     string
		req       seating.Request
		want, why string
	}{
		{"leal", anywhere(2), "E11 E12", "together, row centre, no single left"},
		{"leal", anywhere(11), "E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11", "6 + 5 across an aisle in row E, no single left"},
		{"leal", circle, "B12 B13", "together, row centre, no single left"},
		{"leal", stalls, "H1 H2 H3 H4", "wheelchair space, companion beside, all side by side"},
		{"sala", anywhere(3), "3 Floor", "standing"},
		{"teatro-mixto", anywhere(2), "2 Floor", "standing"},
		{"teatro-mixto", party, "P3 P4 2 Floor", "wheelchair space, companion beside, the rest standing"},
	} {
		plan, free := builtin(t, c.house)
		got := seating.Prepare(plan).Best(free, c.req, 3)
		if len(got) == 0 {
			t.Errorf("%s, %+v: none", c.house, c.req)
			continue
		}
		if words := plan.Labels(got[0].Places); words != c.want || got[0].Why != c.why {
			t.Errorf("%s, %+v: got %s (%s), want %s (%s)", c.house, c.req, words, got[0].Why, c.want, c.why)
		}
	}
}

// TestSellOut sells every built-in house to its last place, party by party:
// something is offered as long as there is enough.
func TestSellOut(t *testing.T) {
	for _, name := range planfile.Builtins() {
		plan, free := builtin(t, name)
		house := seating.Prepare(plan)
		left := 0
		for i, p := range plan.Places {
			if p.Features&(boxoffice.Wheelchair|boxoffice.Companion) != 0 {
				free[i] = false
				continue
			}
			left++
		}
		for i := 0; left > 0; i++ {
			n := min(left, []int{2, 4, 3, 2, 6, 1, 5, 2}[i%8])
			got := house.Best(free, seating.Request{Seats: n, Zone: -1, Section: -1}, 1)
			if len(got) != 1 {
				t.Fatalf("%s: %d left, none for %d", name, left, n)
			}
			for _, no := range got[0].Places {
				free[no-1] = false
			}
			left -= n
		}
	}
}

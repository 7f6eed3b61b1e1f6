package seating

import (
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// TestWheelchairsAgainstBruteForce tries every party of a space, a companion
// place and up to two more: where one can sit side by side, Best's does, and
// where a companion place is free beside a space, Best's is.
func TestWheelchairsAgainstBruteForce(t *testing.T) {
	seen := map[string]int{}
	house := func(t *rapid.T) {
		d := smallHouse(t)
		req := asked(t, d, 3)
		req.Wheelchairs, req.Companions, req.Seats = 1, 1, req.Seats+1
		h := slow{d.plan, d.free, req}
		got := Prepare(d.plan).Best(d.free, req, 1)
		var open []boxoffice.Place
		for _, p := range d.plan.Places {
			if d.free[p.No-1] && (req.Zone < 0 || p.Zone == req.Zone) && (req.Section < 0 || p.Section == req.Section) && (req.Zones == nil || req.Zones[p.Zone]) {
				open = append(open, p)
			}
		}
		possible, joined, beside := false, false, false
		judge := func(set []boxoffice.Place) (right, joined, beside bool) {
			chairs, companions := 0, 0
			for _, p := range set {
				if p.Features.Has(boxoffice.Wheelchair) {
					chairs++
				} else if p.Features.Has(boxoffice.Companion) {
					companions++
				}
				for _, q := range set {
					beside = beside || p.Features.Has(boxoffice.Wheelchair) && q.Features.Has(boxoffice.Companion) && boxoffice.Neighbours(p, q)
				}
			}
			return chairs == 1 && companions == 1, beside && len(h.groups(set)) == 1, beside
		}
		subsets(open, req.Seats, func(set []boxoffice.Place) {
			if r, j, b := judge(set); r {
				possible, joined, beside = true, joined || j, beside || b
			}
		})
		if possible != (len(got) == 1) {
			t.Fatalf("possible is %v, got %v", possible, got)
		}
		if !possible {
			return
		}
		var set []boxoffice.Place
		for _, no := range got[0].Places {
			set = append(set, d.plan.Places[no-1])
		}
		r, j, b := judge(set)
		if !r || b != beside || j != joined {
			t.Fatalf("got\n%s\n%s: right %v, side by side %v, companion beside %v; could be %v, %v", d.with(got[0].Places), got[0].Why, r, j, b, joined, beside)
		}
		switch {
		case joined:
			seen["side by side"]++
		case beside:
			seen["companion beside"]++
		default:
			seen["apart"]++
		}
	}
	for range 10 {
		rapid.Check(t, house)
	}
	t.Logf("houses: %v", seen)
	if len(seen) != 3 {
		t.Errorf("houses were only %v", seen)
	}
}

package seating

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// TestALargeBasketDoesNotSlowTheSearch: of a basket of half the house, few places
// are compared with every choice, and the choice is beside it all the same.
func TestALargeBasketDoesNotSlowTheSearch(t *testing.T) {
	plan := theatre(100, 100)
	h := Prepare(plan)
	free := make([]bool, len(plan.Places))
	req := anywhere(2)
	for i := range free {
		if i < 5000 {
			req.Near = append(req.Near, boxoffice.PlaceNo(i+1))
		}
	}
	beside := 4321 // the one place of the basket with free seats beside it
	free[beside+1], free[beside+2] = true, true
	for i := 5100; i < len(free); i++ {
		free[i] = true
	}
	req.Near[beside+1], req.Near[beside+2] = 1, 1

	s := newSearch(h, free, req)
	kept := len(s.near)
	s.close()
	if kept == 0 || kept > maxNear {
		t.Errorf("%d places of the basket are looked at, want at most %d", kept, maxNear)
	}
	got := h.Best(free, req, 1)
	if len(got) != 1 || got[0].Places[0] != boxoffice.PlaceNo(beside+2) {
		t.Errorf("the choice is %v, want %d and %d, beside the basket", got, beside+2, beside+3)
	}
}

func TestSpread(t *testing.T) {
	places := []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	for n, want := range map[int]int{0: 0, 3: 3, 10: 10, 99: 10} {
		got := spread(nil, places, n)
		if len(got) != want {
			t.Errorf("%d of 10 are %v", n, got)
		}
		for i := range len(got) - 1 {
			if got[i] >= got[i+1] {
				t.Errorf("%d of 10 are %v", n, got)
			}
		}
	}
}

// TestNearIsWhatLookingEverywhereFinds: whatever a basket has, the first choice and those
// after it are the ones that a look at every seat of the house finds.
func TestNearIsWhatLookingEverywhereFinds(t *testing.T) {
	nearer := map[int32]int{}
	check := func(t *rapid.T, plan *boxoffice.Plan, free []bool, req Request) {
		if req.Seats > len(plan.Places) || req.Seats < 1 {
			return
		}
		for range rapid.IntRange(1, 4).Draw(t, "in the basket") {
			req.Near = append(req.Near, boxoffice.PlaceNo(rapid.IntRange(1, len(plan.Places)).Draw(t, "near")))
		}
		h := Prepare(plan)
		s := newSearch(h, free, req)
		defer s.close()
		for range 4 {
			nothingYet := score{unaccompanied: 1 << 30, tier: nothing}
			s.best = nothingYet
			for i := range h.runs {
				if some, all := s.runAllowed(&h.runs[i]); some {
					s.findIn(&h.runs[i], all)
				}
			}
			want, parts := s.best, slices.Clone(s.parts)
			s.best, s.parts, s.specials = nothingYet, s.parts[:0], s.specials[:0]
			s.findTogether()
			if s.best != want {
				t.Fatalf("%+v: got %+v, everywhere %+v", req, s.best, want)
			}
			if want.tier == nothing {
				return
			}
			if !slices.Equal(s.parts, parts) {
				t.Fatalf("%+v: got %+v, everywhere %+v", req, s.parts, parts)
			}
			nearer[want.near]++
			s.ban(s.choice())
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := smallHouse(t)
		check(t, d.plan, d.free, asked(t, d, 3))
	})
	for range 20 {
		rapid.Check(t, func(t *rapid.T) {
			plan := gappy(t)
			free := rapid.SliceOfN(rapid.Bool(), len(plan.Places), len(plan.Places)).Draw(t, "free")
			check(t, plan, free, anywhere(rapid.IntRange(1, 3).Draw(t, "seats")))
		})
	}
	large := theatreWithChairs(12, 22)
	rapid.Check(t, func(t *rapid.T) {
		free := partlySold(t, large)
		check(t, large, free, anywhere(rapid.IntRange(1, 5).Draw(t, "seats")))
	})
	for near := range int32(4) {
		if nearer[near] == 0 {
			t.Errorf("no choice was %d from the basket: %v", near, nearer)
		}
	}
}

// gappy draws a house with gaps of any width in its rows and between them, some of which
// stand upright.
func gappy(t *rapid.T) *boxoffice.Plan {
	plan := &boxoffice.Plan{Zones: []boxoffice.Zone{{}}, Sections: []boxoffice.Section{{}, {}}}
	upright := rapid.Bool().Draw(t, "upright")
	for line := range 7 {
		for column := range 16 {
			if rapid.IntRange(0, 2).Draw(t, "seat") == 0 {
				continue
			}
			p := boxoffice.Place{No: boxoffice.PlaceNo(len(plan.Places) + 1), Line: line, Column: column, Section: column / 12, Row: fmt.Sprint(line)}
			if upright && column < 4 {
				p.Column, p.Row = 2*column+line%2, fmt.Sprint("box ", column)
			}
			plan.Places = append(plan.Places, p)
		}
	}
	if len(plan.Places) == 0 {
		plan.Places = []boxoffice.Place{{No: 1}}
	}
	return plan
}

// BenchmarkMore asks for two more beside two in the basket, with two choices besides, in a
// hall that remembers.
func BenchmarkMore(b *testing.B) {
	plan := theatre(100, 100)
	h := Prepare(plan)
	hall := h.Hall(slices.Repeat([]bool{true}, len(plan.Places)))
	req := anywhere(2)
	for range 100 {
		req.Near = hall.Best(anywhere(2), 3)[0].Places
		for _, no := range req.Near {
			hall.Set(no, false)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		hall.Best(req, 3)
	}
}

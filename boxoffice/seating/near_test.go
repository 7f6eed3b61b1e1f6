package seating

import (
	"testing"

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

package seating

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// sells asks a hall and the house it is of the same questions while places are taken
// and come back: the answers are the same, whatever the hall remembers.
func sells(t *rapid.T, plan *boxoffice.Plan, free []bool, largest int) (answered int) {
	h := Prepare(plan)
	hall := h.Hall(free)
	free = append(slices.Clone(free), make([]bool, max(0, len(plan.Places)-len(free)))...)
	dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "changes"), 0))
	set := func(no boxoffice.PlaceNo, to bool) {
		free[no-1] = to
		hall.Set(no, to)
	}
	for range rapid.IntRange(1, 40).Draw(t, "questions") {
		req := anyRequest(t, plan)
		if rapid.IntRange(0, 2).Draw(t, "plain") > 0 {
			req = anywhere(rapid.IntRange(1, largest).Draw(t, "party"))
		}
		most := rapid.IntRange(0, 4).Draw(t, "most")
		got, want := hall.Best(req, most), h.Best(free, req, most)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v of %v: got %+v, want %+v", req, free, got, want)
		}
		answered += len(got)
		if len(got) > 0 && dice.IntN(4) > 0 {
			for _, no := range got[dice.IntN(len(got))].Places {
				set(no, false)
			}
		}
		if len(free) == 0 {
			continue
		}
		for range dice.IntN(4) {
			set(boxoffice.PlaceNo(dice.IntN(len(free))+1), dice.IntN(2) == 0)
		}
	}
	return answered
}

func TestAHallAnswersAsTheHouseDoes(t *testing.T) {
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		d := smallHouse(t)
		if rapid.Bool().Draw(t, "floor") {
			d = draw(append(d.rows, "standing ..x.xxx..", "zone", "standing .......")...)
		}
		answered += sells(t, d.plan, d.free, 6)
	})
	theatre := theatreWithChairs(12, 22)
	rapid.Check(t, func(t *rapid.T) {
		free := partlySold(t, theatre)
		answered += sells(t, theatre, free, largestKept+2)
	})
	if answered == 0 {
		t.Error("no question had an answer")
	}
}

// TestFinderKeepsUpWithOpenings asks a finder through openings that are kept in step,
// also after more changes than it cares to hear of.
func TestFinderKeepsUpWithOpenings(t *testing.T) {
	plan := theatre(10, 20)
	plan.ID = 1
	var f Finder
	free := make([]bool, len(plan.Places))
	open := boxoffice.KeptOpenings(slices.Clone(free))
	dice := rand.New(rand.NewPCG(1, 1))
	for _, changes := range []int{3, 0, 1, 7, 500, 2, 1000, 1, 0, 40} {
		for range changes {
			at := dice.IntN(len(free))
			free[at] = !free[at]
			open.Set(boxoffice.PlaceNo(at+1), free[at])
		}
		wish := boxoffice.Wish{Seats: 2, Zone: -1, Section: -1}
		got, want := f.Best(plan, open, wish, 3), f.Best(plan, boxoffice.NewOpenings(free), wish, 3)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("after %d changes: got %+v, want %+v", changes, got, want)
		}
	}
}

// BenchmarkRush lets everybody want the best two, until nine tenths are sold.
func BenchmarkRush(b *testing.B) {
	plan := theatre(100, 100)
	h := Prepare(plan)
	all := slices.Repeat([]bool{true}, len(plan.Places))
	hall, left := h.Hall(all), 0
	b.ReportAllocs()
	for b.Loop() {
		if left == 0 {
			hall, left = h.Hall(all), len(all)*9/20
		}
		for _, no := range hall.Best(anywhere(2), 3)[0].Places {
			hall.Set(no, false)
		}
		left--
	}
}

// partlySold draws which places of a house are free: nearly all of them, or hardly any.
func partlySold(t *rapid.T, plan *boxoffice.Plan) []bool {
	free := make([]bool, len(plan.Places))
	share := rapid.IntRange(0, 7).Draw(t, "share")
	dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "sold"), 1))
	for i := range free {
		free[i] = dice.IntN(8) <= share
	}
	return free
}

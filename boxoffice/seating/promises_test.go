package seating

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// keepsPromises checks what doc.go promises of any answer.
func keepsPromises(t *rapid.T, plan *boxoffice.Plan, free []bool, req Request, most int) {
	before := slices.Clone(free)
	h := Prepare(plan)
	got := h.Best(free, req, most)
	if len(got) > max(most, 0) {
		t.Fatalf("%d choices, asked for %d", len(got), most)
	}
	seen := map[boxoffice.PlaceNo]bool{}
	for i, c := range got {
		if len(c.Places) != req.Seats {
			t.Fatalf("%d places, asked for %d", len(c.Places), req.Seats)
		}
		if c.Why == "" {
			t.Fatal("no why")
		}
		if !slices.IsSorted(c.Places) {
			t.Fatalf("%v are not in order", c.Places)
		}
		chairs, companions := 0, 0
		for _, no := range c.Places {
			if no < 1 || int(no) > len(free) || !free[no-1] {
				t.Fatalf("place %d is not free", no)
			}
			if seen[no] {
				t.Fatalf("place %d twice", no)
			}
			seen[no] = true
			p := plan.Places[no-1]
			if req.Zone >= 0 && p.Zone != req.Zone || req.Section >= 0 && p.Section != req.Section ||
				req.Zones != nil && (p.Zone >= len(req.Zones) || !req.Zones[p.Zone]) {
				t.Fatalf("place %d is in zone %d, section %d; asked %+v", no, p.Zone, p.Section, req)
			}
			switch {
			case p.Features.Has(boxoffice.Wheelchair):
				chairs++
			case p.Features.Has(boxoffice.Companion):
				companions++
			}
		}
		if chairs != req.Wheelchairs || companions != req.Companions {
			t.Fatalf("%d spaces and %d companion places, asked %+v", chairs, companions, req)
		}
		if i > 0 && c.score.compare(&got[i-1].score) < 0 {
			t.Fatalf("choice %d %+v is better than the one before %+v", i, c.score, got[i-1].score)
		}
	}
	if !slices.Equal(free, before) {
		t.Fatal("free was written to")
	}
	if again := h.Best(free, req, most); !reflect.DeepEqual(got, again) {
		t.Fatalf("the same question, another answer: %v and %v", got, again)
	}
	if len(got) == 0 && most > 0 && req.Seats > 0 && has(plan, free, req) {
		t.Fatalf("there are places for %+v, none offered", req)
	}
}

// has reports whether there are enough places of every kind.
func has(plan *boxoffice.Plan, free []bool, req Request) bool {
	chairs, companions, others := 0, 0, 0
	for i, p := range plan.Places {
		if i >= len(free) || !free[i] || p.Section < 0 || p.Section >= len(plan.Sections) || p.Zone < 0 || p.Zone >= 1<<12 ||
			req.Zone >= 0 && p.Zone != req.Zone || req.Section >= 0 && p.Section != req.Section ||
			req.Zones != nil && (p.Zone >= len(req.Zones) || !req.Zones[p.Zone]) {
			continue
		}
		switch {
		case p.Features.Has(boxoffice.Wheelchair):
			chairs++
		case p.Features.Has(boxoffice.Companion):
			companions++
		default:
			others++
		}
	}
	return req.Wheelchairs >= 0 && req.Companions >= 0 && req.Wheelchairs <= chairs && req.Companions <= companions &&
		req.Seats-req.Wheelchairs-req.Companions >= 0 && req.Seats-req.Wheelchairs-req.Companions <= others
}

// anyRequest draws a question that may make no sense.
func anyRequest(t *rapid.T, d *boxoffice.Plan) Request {
	req := Request{
		Seats:       rapid.IntRange(-1, 24).Draw(t, "seats"),
		Wheelchairs: rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3, -1}).Draw(t, "wheelchairs"),
		Companions:  rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3, -1}).Draw(t, "companions"),
		Zone:        rapid.IntRange(-3, len(d.Zones)).Draw(t, "zone asked"),
		Section:     rapid.IntRange(-3, len(d.Sections)).Draw(t, "section asked"),
	}
	if rapid.Bool().Draw(t, "some priced") {
		req.Zones = rapid.SliceOfN(rapid.Bool(), 0, len(d.Zones)+1).Draw(t, "priced")
	}
	if rapid.Bool().Draw(t, "basket") {
		for _, no := range rapid.SliceOfN(rapid.IntRange(-1, len(d.Places)+2), 0, 4).Draw(t, "near") {
			req.Near = append(req.Near, boxoffice.PlaceNo(no))
		}
	}
	return req
}

func TestPromisesOfDrawnHouses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := smallHouse(t)
		keepsPromises(t, d.plan, d.free, anyRequest(t, d.plan), rapid.IntRange(0, 5).Draw(t, "most"))
	})
}

// TestPromisesOfOddPlans asks plans that no reader would accept.
func TestPromisesOfOddPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		odd := rapid.OneOf(rapid.IntRange(-2, 5), rapid.IntRange(0, 3), rapid.SampledFrom([]int{1 << 40, -1 << 40, 1<<63 - 1, -1 << 63}))
		small := rapid.IntRange(-1, 3)
		plan := &boxoffice.Plan{Stage: boxoffice.Edge(rapid.SampledFrom([]string{"top", "bottom", "", "left"}).Draw(t, "stage"))}
		for range rapid.IntRange(0, 3).Draw(t, "sections") {
			plan.Sections = append(plan.Sections, boxoffice.Section{
				Level:     odd.Draw(t, "level"),
				Admission: boxoffice.Admission(rapid.SampledFrom([]string{"reserved", "reserved", "ga", ""}).Draw(t, "admission")),
				First:     boxoffice.PlaceNo(small.Draw(t, "first")), Last: boxoffice.PlaceNo(small.Draw(t, "last")),
			})
		}
		plan.Zones = make([]boxoffice.Zone, rapid.IntRange(0, 3).Draw(t, "zones"))
		for range rapid.IntRange(0, 24).Draw(t, "places") {
			plan.Places = append(plan.Places, boxoffice.Place{
				No: boxoffice.PlaceNo(small.Draw(t, "no")), Section: small.Draw(t, "section"), Zone: small.Draw(t, "zone"),
				Row:  rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "row"),
				Line: odd.Draw(t, "line"), Column: odd.Draw(t, "column"),
				Features: boxoffice.Feature(rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2, 3, 4, 255}).Draw(t, "features")),
			})
		}
		free := rapid.SliceOfN(rapid.SampledFrom([]bool{true, true, false}), 0, len(plan.Places)+2).Draw(t, "free")
		keepsPromises(t, plan, free, anyRequest(t, plan), rapid.IntRange(-1, 5).Draw(t, "most"))
	})
	if got := Prepare(nil).Best(nil, anywhere(1), 1); len(got) != 0 {
		t.Errorf("no plan at all offers %v", got)
	}
}

// TestPromisesOfTheatres sells a larger house at random.
func TestPromisesOfTheatres(t *testing.T) {
	plan := theatreWithChairs(12, 22)
	rapid.Check(t, func(t *rapid.T) {
		free := make([]bool, len(plan.Places))
		share := rapid.IntRange(0, 7).Draw(t, "share")
		for i, bits := range rapid.SliceOfN(rapid.IntRange(0, 7), len(free), len(free)).Draw(t, "free") {
			free[i] = bits <= share
		}
		req := anyRequest(t, plan)
		req.Seats = max(req.Seats, rapid.IntRange(0, 60).Draw(t, "group"))
		keepsPromises(t, plan, free, req, 3)
	})
}

// TestShared asks one house from many goroutines.
func TestShared(t *testing.T) {
	h := Prepare(theatre(20, 25))
	free := make([]bool, 500)
	for i := range free {
		free[i] = i%3 != 0
	}
	want := h.Best(free, anywhere(5), 3)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := h.Best(free, anywhere(5), 3); !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, want %v", got, want)
					return
				}
			}
		})
	}
	all.Wait()
}

package widget_test

import (
	"testing"

	"wicket/boxoffice"
)

// TestSeatMapAllocates holds the budget: a key costs few allocations, a view in
// which nothing changed none.
func TestSeatMapAllocates(t *testing.T) {
	m := seatMap(t, dark(), "leal")
	m.View(120, 40)
	if n := testing.AllocsPerRun(50, func() { m.View(120, 40) }); n > 0 {
		t.Errorf("the same view again allocates %v times", n)
	}
	dx := 1
	if n := testing.AllocsPerRun(50, func() { m.Move(dx, dx); dx = -dx; m.View(120, 40) }); n > 12 {
		t.Errorf("a step of the cursor allocates %v times", n)
	}
	if n := testing.AllocsPerRun(50, func() { m.NextLevel(1); m.View(120, 40) }); n > 60 {
		t.Errorf("another level allocates %v times", n)
	}
	w := 120
	if n := testing.AllocsPerRun(50, func() { w = 240 - w + 1; m.View(w, 40) }); n > 60 {
		t.Errorf("a view in which every row is new allocates %v times", n)
	}
}

func BenchmarkSeatMapCursor(b *testing.B) {
	m := seatMap(b, dark(), "leal")
	b.ReportAllocs()
	dx := 1
	for b.Loop() {
		m.Move(dx, dx)
		dx = -dx
		m.View(120, 40)
	}
}

func BenchmarkSeatMapAllRows(b *testing.B) {
	m := seatMap(b, dark(), "leal")
	b.ReportAllocs()
	w := 120
	for b.Loop() {
		w = 241 - w
		m.View(w, 40)
	}
}

func BenchmarkSeatMapPicture(b *testing.B) {
	m := seatMap(b, dark(), "leal")
	p, q := house(b, "leal"), house(b, "leal")
	q.Plan = p.Plan
	b.ReportAllocs()
	for b.Loop() {
		m.SetPicture(p)
		m.View(120, 40)
		p, q = q, p
	}
}

// BenchmarkSeatMapFollows is what a sale of two seats costs who looks on.
func BenchmarkSeatMapFollows(b *testing.B) {
	m := seatMap(b, dark(), "leal")
	p := house(b, "leal")
	q := *p
	sold := map[boxoffice.PlaceNo]boxoffice.PlaceState{}
	for _, label := range []string{"K5", "K6"} {
		sold[place(b, p, "Stalls", label)] = boxoffice.PlaceState{State: boxoffice.Confirmed, Order: 1043, Version: 9}
	}
	q.Places = p.Places.With(sold)
	one, other := p, &q
	b.ReportAllocs()
	for b.Loop() {
		m.SetPicture(one)
		m.View(120, 40)
		one, other = other, one
	}
}

func BenchmarkSeatMapUnchanged(b *testing.B) {
	m := seatMap(b, dark(), "leal")
	b.ReportAllocs()
	for b.Loop() {
		m.SetNow(evening)
		m.View(120, 40)
	}
}

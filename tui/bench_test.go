package tui

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

// newsRound is one counter of many on which what others do is shown: each call takes
// a seat or two for somebody else, for a moment.
func newsRound(t testing.TB) func() {
	t.Helper()
	d := openAt(t, 120, 40)
	seats := []boxoffice.PlaceNo{d.h.Place(1, "Stalls", "D1"), d.h.Place(1, "Circle", "A3"), d.h.Place(1, "Stalls", "F12")}
	i := 0
	return func() {
		i++
		d.h.Take(1, time.Millisecond, seats[i%len(seats)])
		d.h.Clock.Add(10 * time.Millisecond)
		<-d.app.live.Changed()
		d.app.Update(feedMsg{})
		d.app.redraw()
	}
}

// The budget of what a terminal does with news, the making of the picture in the
// test's own house included.
const newsAllocations = 300

func TestNewsCostLittle(t *testing.T) {
	round := newsRound(t)
	if n := testing.AllocsPerRun(50, round); n > newsAllocations {
		t.Errorf("news cost %v allocations, at most %d are planned for", n, newsAllocations)
	}
}

func BenchmarkNews(b *testing.B) {
	round := newsRound(b)
	b.ReportAllocs()
	for b.Loop() {
		round()
	}
}

func BenchmarkView(b *testing.B) {
	d := openAt(b, 120, 40)
	b.ReportAllocs()
	for b.Loop() {
		d.app.version++
		d.app.redraw()
	}
}

// TestASecondPassesUnseen: where nothing on screen tells the time, a second costs no
// drawing; a new minute, a basket whose time runs and a hold under the cursor do.
func TestASecondPassesUnseen(t *testing.T) {
	d := openAt(t, 120, 40)
	second := func() (drawn bool) {
		d.app.redraw()
		before := d.app.version
		d.h.Clock.Add(time.Second)
		d.app.Update(tickMsg{})
		return d.app.version != before
	}
	for second() { // marks of what has just changed go
	}
	if second() {
		t.Error("a second is drawn though nothing shows it")
	}
	minute := 0
	for range 60 {
		if second() {
			minute++
		}
	}
	if minute != 1 {
		t.Errorf("in a minute the screen is drawn %d times", minute)
	}
	d.press("2a\r")
	for range 2 {
		if !second() {
			t.Error("the basket's time stands still")
		}
	}
}

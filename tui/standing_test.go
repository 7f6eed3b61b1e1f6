package tui

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

// TestPlacesWithoutASeatAreCounted: «3 Floor» on every screen that names places.
func TestPlacesWithoutASeatAreCounted(t *testing.T) {
	d := openAt(t, 100, 30)
	floors := "Floor Floor"
	d.press("pgdown", "3a\r")
	d.has("Took 3 Floor")
	d.press("\r\r", "f3")
	d.has("Comedy Night · 3 Floor")
	d.hasNot(floors)
	d.press("enter")
	d.has("3 ×    Floor", "45.00")
	d.press("esc", "esc", "2a\r", "park red hat\r", "f4")
	d.has("Comedy Night: 2 Floor")
	d.hasNot(floors)
	d.press("enter")
	d.h.Lapse()
	d.send(feedMsg{})
	d.has("The basket's time was over: 2 Floor went back.", "│ 2 Floor")
	d.hasNot(floors)
}

func TestTakenPlacesWithoutASeatAreCounted(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("pgdown", "3a")
	first := d.h.Place(2, "Floor", "")
	d.h.TakeUnseen(2, 3*time.Minute, first, first+1, first+2)
	d.press("\r")
	d.has("3 Floor are held by Ben (window 4) for 03:00 more")
}

// TestAnAreaTakesAndGivesBackOne: on an area, space takes one place each time and
// Delete gives one back.
func TestAnAreaTakesAndGivesBackOne(t *testing.T) {
	d := openAt(t, 120, 40)
	d.press("pgdown")
	d.has("space take one")
	d.hasNot("del give one back")
	d.press("space", "space", "space")
	d.has("✓ Took Floor.", "3 × Floor", "del give one back", "space take one")
	d.press("delete")
	d.has("✓ Gave back Floor.", "2 × Floor")
	d.press("delete", "delete", "delete", "delete")
	if n := len(basket(d).Lines); n != 0 {
		t.Errorf("%d places in the basket", n)
	}
	d.hasNot("del give one back")
}

func TestAFullAreaSaysSo(t *testing.T) {
	d := openAt(t, 80, 24)
	first := d.h.Place(2, "Floor", "")
	var all []boxoffice.PlaceNo
	for i := range 1200 {
		all = append(all, first+boxoffice.PlaceNo(i))
	}
	d.h.Take(2, time.Minute, all...)
	d.press("pgdown", "space")
	d.has("✗ Floor has no place open: ")
	d.hasNot("space take")
}

// TestSpaceInTheOverviewGoesThere: it takes no seat that is not shown.
func TestSpaceInTheOverviewGoesThere(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("ctrl+o", "down")
	d.has("space show it", " Circle · 132 open of ")
	d.press("space")
	if n := len(basket(d).Lines); n != 0 {
		t.Errorf("%d places in the basket", n)
	}
	d.has("A12 · Circle", "space take")
}

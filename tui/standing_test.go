package tui

import (
	"testing"
	"time"
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

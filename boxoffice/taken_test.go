package boxoffice

import (
	"testing"
	"time"
)

func TestLabels(t *testing.T) {
	plan := &Plan{
		Sections: []Section{{Name: "Stalls", First: 1, Last: 2}, {Name: "Floor", First: 3, Last: 6}},
		Places: []Place{
			{No: 1, Row: "B", Seat: "12"},
			{No: 2, Row: "B", Seat: "13"},
			{No: 3, Section: 1},
			{No: 4, Section: 1},
			{No: 5, Section: 1},
			{No: 6, Section: 1},
		},
	}
	for want, places := range map[string][]PlaceNo{
		"":                nil,
		"B12 B13":         {1, 2},
		"Floor":           {4},
		"3 Floor":         {3, 4, 6},
		"B12 2 Floor B13": {1, 3, 2, 5, 99},
	} {
		if got := plan.Labels(places); got != want {
			t.Errorf("%v reads «%s», want «%s»", places, got, want)
		}
	}
}

func TestTakenErrorCountsPlacesWithoutASeat(t *testing.T) {
	until := time.Date(2026, 11, 27, 19, 15, 0, 0, time.UTC)
	floor := TakenPlace{Label: "Floor", Area: true, State: Held, By: "Ben (window 4)", Until: until}
	sold := TakenPlace{Label: "Floor", Area: true, State: Confirmed}
	err := &TakenError{[]TakenPlace{
		{Label: "B12", State: Confirmed},
		floor, floor, sold, floor, sold,
		{Label: "B12", State: Confirmed}, // of another section
	}}
	if got, want := err.Error(), "B12 is sold, 3 Floor are held by Ben (window 4), 2 Floor are sold, B12 is sold"; got != want {
		t.Errorf("said «%s», want «%s»", got, want)
	}
}

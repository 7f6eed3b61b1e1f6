package main

import (
	"fmt"
	"testing"
	"time"

	"wicket/boxoffice"
)

// curtainForm is how a programme has a curtain.
const curtainForm = "2006-01-02 15:04"

// eveningAt returns a time zone in which it is between six and seven in the evening at
// now, and the curtain of a performance that begins there in three hours: at whatever hour
// the tests run, it is played on the business day that has begun.
func eveningAt(now time.Time) (zone string, curtain time.Time) {
	east := 18 - now.UTC().Hour() // hours
	if east > 12 {
		east -= 24
	}
	name := fmt.Sprintf("Etc/GMT%+d", -east) // such names count westwards
	return name, now.Add(3 * time.Hour).In(time.FixedZone(name, east*int(time.Hour/time.Second)))
}

func TestItIsAlwaysEveningSomewhere(t *testing.T) {
	for hour := range 24 {
		now := time.Date(2026, 11, 29, hour, 59, 0, 0, time.UTC)
		name, curtain := eveningAt(now)
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := now.In(zone).Hour(); got != 18 {
			t.Errorf("at %s it is %d o'clock in %s", now, got, name)
		}
		if got, want := curtain.Format(curtainForm), now.Add(3*time.Hour).In(zone).Format(curtainForm); got != want {
			t.Errorf("at %s the curtain is %s in %s, want %s", now, got, name, want)
		}
		if today, played := boxoffice.BusinessDay(now, zone), boxoffice.BusinessDay(curtain, zone); today != played {
			t.Errorf("at %s it is %s in %s, and it is played on %s", now, today, name, played)
		}
	}
}

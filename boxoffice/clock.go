package boxoffice

import "time"

// Clock tells the time. It is injected wherever an instant is needed, so that
// tests and simulations own it.
type Clock interface {
	// Now returns the present instant.
	Now() time.Time
}

// SystemClock is the machine's clock.
type SystemClock struct{}

// Now returns the machine's present instant.
func (SystemClock) Now() time.Time { return time.Now() }

// dayStart is the hour at which a business day begins in the house's zone: what
// is sold after midnight belongs to the evening before.
const dayStart = 6 * time.Hour

// BusinessDay returns the day in the house's books that the instant t belongs
// to, «2006-01-02». Days begin at 06:00 in zone.
func BusinessDay(t time.Time, zone *time.Location) string {
	local := t.In(zone)
	if time.Duration(local.Hour())*time.Hour < dayStart {
		local = local.AddDate(0, 0, -1)
	}
	return local.Format(time.DateOnly)
}

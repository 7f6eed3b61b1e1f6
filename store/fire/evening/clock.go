package evening

import "time"

// start is when the doors of the box office open.
var start = time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)

// curtain is when the first performance begins, after start.
const curtain = 2 * time.Hour

// clock is the machine's clock. It shows the time that has passed since start, and
// whatever it is wrong by: it is set, it creeps, the machine sleeps.
type clock struct {
	passed time.Duration // true time since start
	off    time.Duration // what it shows besides
	creep  int64         // parts per million it is too fast
}

// Now returns what the clock shows.
func (c *clock) Now() time.Time {
	creep := time.Duration(int64(c.passed/time.Millisecond) * c.creep / 1_000_000 * int64(time.Millisecond))
	return start.Add(c.passed + c.off + creep).Truncate(time.Millisecond)
}

package history

import (
	"sync/atomic"
	"time"
)

// Clock is a clock that stands until it is moved, and goes only forward. Where Millis
// is memory that processes share, they share the clock.
type Clock struct{ Millis *atomic.Int64 }

// Now returns where the clock stands.
func (c Clock) Now() time.Time { return time.UnixMilli(c.Millis.Load()).UTC() }

// Move moves the clock.
func (c Clock) Move(d time.Duration) { c.Millis.Add(d.Milliseconds()) }

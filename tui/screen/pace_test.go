package screen_test

import (
	"testing"
	"testing/synctest"
	"time"

	"wicket/tui/screen"
)

// TestPace: the first is at once, those soon after wait together, and a clock that is set
// back stops nothing.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := screen.Pace{Apart: time.Second}
		if now, cmd := p.Now(time.Now(), "rested"); !now || cmd != nil {
			t.Error("the first must wait")
		}
		began := time.Now()
		p.Did(began)
		now, cmd := p.Now(began.Add(400*time.Millisecond), "rested")
		if now || cmd == nil {
			t.Fatal("the second does not wait")
		}
		if now, cmd := p.Now(began.Add(500*time.Millisecond), "rested"); now || cmd != nil {
			t.Error("the third does not wait with the second")
		}
		if msg := cmd(); msg != "rested" || time.Since(began) != 600*time.Millisecond {
			t.Errorf("after %s comes %v", time.Since(began), msg)
		}
		p.Rested()
		if now, _ := p.Now(began.Add(time.Second), "rested"); !now {
			t.Error("one that has rested must wait")
		}
		if now, _ := p.Now(began.Add(-time.Hour), "rested"); !now {
			t.Error("a clock that was set back has it wait for an hour")
		}
	})
}

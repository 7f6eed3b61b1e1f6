package boxoffice

import (
	"errors"
	"testing"
	"time"
)

func TestLockOutGrows(t *testing.T) {
	now := time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)
	var w WrongPINs
	for i, want := range []time.Duration{
		0, 0, 0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute,
	} {
		var err error
		if w, err = w.Try(now); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
		if want == 0 {
			if !w.Locked.IsZero() {
				t.Errorf("try %d locks until %s", i+1, w.Locked)
			}
			continue
		}
		if got := w.Locked.Sub(now); got != want {
			t.Errorf("try %d locks for %s, want %s", i+1, got, want)
		}
		var locked *LockedOutError
		if _, err := w.Try(w.Locked.Add(-time.Millisecond)); !errors.As(err, &locked) || !locked.Until.Equal(w.Locked) {
			t.Errorf("a try while it is locked: %v", err)
		}
		now = w.Locked
	}
	w.Times = 1 << 40
	if w, err := w.Try(now); err != nil || w.Locked.Sub(now) != longestLock {
		t.Errorf("very many tries lock for %s (%v)", w.Locked.Sub(now), err)
	}
}

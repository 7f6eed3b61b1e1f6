package boxoffice

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// How the lock-out grows: so many wrong PINs are free, the next locks for a while,
// and each after it for twice as long, up to the longest.
const (
	freeTries   = 5
	firstLock   = 30 * time.Second
	longestLock = 15 * time.Minute
)

// WrongPINs is how often a wrong PIN was typed in a row at one door: for a name, or
// at a terminal.
type WrongPINs struct {
	Door   string
	Times  int
	Last   time.Time
	Locked time.Time // nobody is let in before; zero where it is open
}

// personDoor names the door of a name. Names that nobody has are kept like all
// others, so what was typed is not: somebody may have typed their PIN there.
func personDoor(name string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(name))))
	return "person " + hex.EncodeToString(sum[:16])
}

// terminalDoor names the door of a terminal.
func terminalDoor(terminal string) string { return "terminal " + Shorten(Clean(terminal), 60) }

// Try counts a PIN as wrong until it proves right. It returns a *LockedOutError
// where the door is locked.
func (w WrongPINs) Try(now time.Time) (WrongPINs, error) {
	if w.Locked.After(now) {
		return w, &LockedOutError{Until: w.Locked, Now: now}
	}
	w.Times, w.Last = w.Times+1, now
	if w.Times >= freeTries {
		lock := firstLock
		for i := freeTries; i < w.Times && lock < longestLock; i++ {
			lock *= 2
		}
		w.Locked = now.Add(min(lock, longestLock))
	}
	return w, nil
}

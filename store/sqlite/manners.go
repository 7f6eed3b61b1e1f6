package sqlite

import (
	"fmt"
	"os"
	"time"
)

const (
	// portion is how long a long reading works before it looks whether others write.
	portion = 250 * time.Microsecond
	// restTimes is how many times as long as it has worked it rests then: those who sell
	// lose less than a twentieth to it.
	restTimes = 20
	// longestRest is how long it rests at once, and mostRest in all: it ends, however
	// much is sold meanwhile, and does not keep the log from beginning again for long.
	longestRest = 200 * time.Millisecond
	mostRest    = 4 * time.Second
	// lately is how long ago the log was written where somebody is still writing.
	lately = 100 * time.Millisecond
)

// manners are those of a long reading: it steps aside for who writes.
type manners struct {
	since  time.Time // when it began, or last looked
	rested time.Duration
}

// rest returns how long to rest, at now, where the log was last written at written.
func (m *manners) rest(now, written time.Time) time.Duration {
	worked := now.Sub(m.since)
	if worked < portion {
		return 0
	}
	m.since = now
	if now.Sub(written) >= lately {
		return 0
	}
	rest := min(restTimes*worked, longestRest, mostRest-m.rested)
	m.rested += rest
	m.since = now.Add(rest)
	return rest
}

// GiveWay implements [boxoffice.Reader]. Inside an Update it does nothing: others wait
// for that to end.
func (r *reader) GiveWay() error {
	if r.ctx == nil {
		return nil
	}
	now, written := time.Now(), time.Time{}
	if now.Sub(r.manners.since) >= portion {
		if log, err := os.Stat(r.store.path + "-wal"); err == nil {
			written = log.ModTime()
		}
		if rest := r.manners.rest(now, written); rest > 0 {
			timer := time.NewTimer(rest)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-r.ctx.Done():
			}
		}
	}
	if err := r.ctx.Err(); err != nil {
		return fmt.Errorf("read the store: %w", err)
	}
	return nil
}

package sqlite

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"wicket/boxoffice"
)

const (
	// portion is how long a long reading works before it looks whether others write.
	portion = 250 * time.Microsecond
	// restTimes is how many times as long as it has worked it owes them in rest: it slows
	// them by more than the time it takes, since they share the cores' memory.
	restTimes = 40
	// atOnce is how long it works before it rests: what it owes by then is for the next
	// one to wait. While it rests, it keeps the log from beginning again.
	atOnce = 10 * time.Millisecond
	// longestRest is how long it rests at once, and mostRest in all, and how long the next
	// one waits at most: each ends, however much is sold meanwhile.
	longestRest = 200 * time.Millisecond
	mostRest    = 4 * time.Second
	// lately is how long ago the log was written where somebody is still writing.
	lately = 100 * time.Millisecond
)

// manners are those of a store's long readings: what they owe to those who write.
type manners struct {
	mu    sync.Mutex
	until time.Time // when all is paid
}

// owe adds what a reading owes at its end.
func (m *manners) owe(now time.Time, rest time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.until.Before(now) {
		m.until = now
	}
	if m.until = m.until.Add(rest); m.until.Sub(now) > mostRest {
		m.until = now.Add(mostRest)
	}
}

// wait returns how long a reading is to wait at now before it begins, where the log was
// last written at written. Where nobody writes, nothing is owed any more.
func (m *manners) wait(now, written time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(written) >= lately {
		m.until = now
	}
	return max(0, m.until.Sub(now))
}

// pace is that of one long reading: it steps aside for who writes.
type pace struct {
	since          time.Time // when it began, or last looked
	worked, rested time.Duration
}

// rest returns how long to rest, at now, where the log was last written at written.
func (p *pace) rest(now, written time.Time) time.Duration {
	worked := now.Sub(p.since)
	if worked < portion {
		return 0
	}
	p.since = now
	if now.Sub(written) >= lately {
		return 0
	}
	if p.worked += worked; p.worked <= atOnce {
		return 0
	}
	rest := min(restTimes*worked, longestRest, mostRest-p.rested)
	p.rested += rest
	p.since = now.Add(rest)
	return rest
}

// owes returns what is left to pay at the end.
func (p *pace) owes(now time.Time) time.Duration {
	return restTimes*(p.worked+max(0, now.Sub(p.since))) - p.rested
}

// written returns when the log was last written, a zero time where there is none.
func (s *Store) written() time.Time {
	log, err := os.Stat(s.path + "-wal")
	if err != nil {
		return time.Time{}
	}
	return log.ModTime()
}

// Survey implements [boxoffice.Store].
func (s *Store) Survey(ctx context.Context, fn func(boxoffice.Reader) error) error {
	for ctx.Err() == nil {
		wait := s.manners.wait(time.Now(), s.written())
		if wait == 0 {
			break
		}
		pause(ctx, min(wait, lately))
	}
	return s.look(ctx, func(r *reader) error {
		defer func() {
			now := time.Now()
			s.manners.owe(now, r.pace.owes(now))
		}()
		return fn(r)
	})
}

// GiveWay implements [boxoffice.Reader]. Inside an Update it does nothing: others wait
// for that to end.
func (r *reader) GiveWay() error {
	if r.ctx == nil {
		return nil
	}
	now := time.Now()
	if now.Sub(r.pace.since) >= portion {
		if rest := r.pace.rest(now, r.store.written()); rest > 0 {
			pause(r.ctx, rest)
		}
	}
	if err := r.ctx.Err(); err != nil {
		return fmt.Errorf("read the store: %w", err)
	}
	return nil
}

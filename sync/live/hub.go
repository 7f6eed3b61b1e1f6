package live

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"wicket/boxoffice"
)

const (
	// breath is how long, at least, the hub rests after a read: changes that come faster
	// are shown together. Where people sell flat out each picture costs them something, so
	// it owes toil times as long as it read, and rests up to longBreath for it. What it
	// rested while nothing happened it may owe before.
	breath, longBreath = 30 * time.Millisecond, 60 * time.Millisecond
	toil, credit       = 50, 250 * time.Millisecond
	// firstRetry and lastRetry bound the wait after trouble with the store.
	firstRetry = 50 * time.Millisecond
	lastRetry  = 5 * time.Second
	// look is how often, at least, the end of holds is compared with the clock
	// anew: a clock that was set does not stop the counts for longer.
	look = time.Minute
)

var (
	errStoreClosed = errors.New("the store was closed: the picture stands still")
	errEnded       = errors.New("the live feed has ended: the picture stands still")
)

// Hub follows one store's journal for everybody in the process. It implements
// [boxoffice.Feed] and is safe for many goroutines.
type Hub struct {
	store boxoffice.Store
	clock boxoffice.Clock
	log   *slog.Logger
	// wanted receives a value when a performance is shown that has no picture.
	wanted chan struct{}
	// last is the newest entry read; only Run's goroutine knows it.
	last int64

	mu     sync.Mutex
	subs   map[*subscription]struct{}
	shown  map[boxoffice.PerformanceID]*shown
	recent ring
	begun  bool      // the journal's head has been read
	newest time.Time // the instant of its last entry
	err    error
	stop   context.CancelFunc // of the Run under way
	ended  chan struct{}      // closed when that Run has returned
	closed bool
}

var _ boxoffice.Feed = (*Hub)(nil)

// New returns a hub that shows store once [Hub.Run] runs.
func New(store boxoffice.Store, clock boxoffice.Clock, logger *slog.Logger) *Hub {
	return &Hub{
		store: store, clock: clock, log: logger, wanted: make(chan struct{}, 1),
		subs: map[*subscription]struct{}{}, shown: map[boxoffice.PerformanceID]*shown{},
	}
}

// Run follows the store until ctx ends, the hub is closed, or the store is; only
// the last is an error. One Run works at a time.
func (h *Hub) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan struct{})
	h.mu.Lock()
	if h.closed || h.stop != nil {
		h.mu.Unlock()
		return errors.New("run the live feed: it runs already, or was closed")
	}
	h.stop, h.ended = cancel, ended
	h.mu.Unlock()

	err := h.run(ctx)
	h.mu.Lock()
	h.stop = nil
	h.mu.Unlock()
	if err != nil {
		h.report(err)
	} else {
		h.report(errEnded)
	}
	close(ended)
	return err
}

// Close ends Run and waits for it. Subscriptions keep their last pictures until
// they are closed themselves.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	stop, ended := h.stop, h.ended
	h.mu.Unlock()
	if stop != nil {
		stop()
	}
	if ended != nil {
		<-ended
	}
}

// run reads, rests and waits, over and over.
func (h *Hub) run(ctx context.Context) error {
	changed := h.store.Watch(ctx)
	retry := firstRetry
	owed, last := -credit, time.Now()
	for {
		began := time.Now()
		owed = max(owed-began.Sub(last), -credit)
		err := h.follow(ctx)
		last = time.Now()
		owed = min(owed+toil*last.Sub(began), longBreath)
		if ctx.Err() != nil {
			return nil
		}
		rest := max(breath, owed)
		if err != nil {
			h.report(err)
			rest, retry = retry, min(2*retry, lastRetry)
		} else {
			retry = firstRetry
		}
		if err := h.wait(ctx, changed, rest, err != nil); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// Behind returns how far the clock is behind the journal's last entry, zero or less
// where it is not: until it has caught up, the store's own time stands still.
func (h *Hub) Behind() time.Duration {
	h.mu.Lock()
	newest := h.newest
	h.mu.Unlock()
	if newest.IsZero() {
		return 0
	}
	return newest.Sub(h.clock.Now())
}

// wait returns when it has rested and there is something to read; where again is
// set, the rest is all. Holds that end meanwhile are counted.
func (h *Hub) wait(ctx context.Context, changed <-chan struct{}, rest time.Duration, again bool) error {
	rested := time.NewTimer(rest)
	defer rested.Stop()
	lapse := time.NewTimer(h.untilLapse())
	defer lapse.Stop()
	var changes, wanted <-chan struct{} // nil while it rests
	if again {
		changes = changed // it may be closed meanwhile
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-rested.C:
			if again {
				return nil
			}
			changes, wanted = changed, h.wanted
		case _, open := <-changes:
			if !open {
				return errStoreClosed
			}
			if !again {
				return nil
			}
		case <-wanted:
			return nil
		case <-lapse.C:
			h.recount()
			lapse.Reset(h.untilLapse())
		}
	}
}

// report makes err what Err says, and tells lookers where that is new.
func (h *Hub) report(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err != nil && err != nil && h.err.Error() == err.Error() {
		return
	}
	if err != nil && !errors.Is(err, errEnded) {
		h.log.Warn("live feed out of step", "err", err)
	}
	h.err = err
	h.tellAll()
}

// tellAll wakes every looker. h.mu is held.
func (h *Hub) tellAll() {
	for s := range h.subs {
		s.tell()
	}
}

// untilLapse returns how long it is until the next hold of any picture ends, at
// most look.
func (h *Hub) untilLapse() time.Duration {
	now := h.clock.Now()
	wait := look
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.shown {
		if pic := s.picture.Load(); pic != nil {
			if next := pic.NextLapse(); !next.IsZero() {
				wait = min(wait, next.Sub(now))
			}
		}
	}
	return max(wait, 0)
}

// recount counts the pictures anew in which a hold has ended.
func (h *Hub) recount() {
	now := h.clock.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	told := false
	for _, s := range h.shown {
		pic := s.picture.Load()
		if pic == nil {
			continue
		}
		next := pic.NextLapse()
		if next.IsZero() || next.After(now) {
			continue
		}
		s.picture.Store(boxoffice.NewPicture(pic.Performance, pic.Plan, pic.Prices, pic.Revision, pic.Places, pic.Holds, now))
		told = true
	}
	if told {
		h.tellAll()
	}
}

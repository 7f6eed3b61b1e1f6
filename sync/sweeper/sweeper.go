package sweeper

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"wicket/boxoffice"
)

// Batch is how many holds one transaction clears at most: other processes' sales go in
// between, those of this one as soon as somebody waits.
const Batch = 250

const (
	// breath is the least time between two looks at the store, however fast the
	// journal grows.
	breath = 100 * time.Millisecond
	// look is how often the store is asked at least: a clock that was set does not
	// stop the sweeping for longer.
	look = time.Minute
	// firstRetry and lastRetry bound the wait after trouble.
	firstRetry = 200 * time.Millisecond
	lastRetry  = 30 * time.Second
)

// Office is the one use case the sweeper needs.
type Office interface {
	// Sweep clears away up to limit holds and timed blocks that are due, and
	// returns how many it did.
	Sweep(ctx context.Context, limit int) (swept int, err error)
}

// Run sweeps until ctx ends (nil) or the store is closed (an error). Trouble is
// logged and tried again.
func Run(ctx context.Context, office Office, store boxoffice.Store, clock boxoffice.Clock, logger *slog.Logger) error {
	changed := store.Watch(ctx)
	retry := firstRetry
	for {
		wait, err := round(ctx, office, store, clock, logger)
		if ctx.Err() != nil {
			return nil
		}
		again := err != nil
		if again {
			logger.Warn("sweep", "err", err, "again_in", retry)
			wait, retry = retry, min(2*retry, lastRetry)
		} else {
			retry = firstRetry
		}
		if err := sleep(ctx, changed, wait, again); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// errStuck says that something is due and sweeping did not end it.
var errStuck = errors.New("what is due was not swept")

// round sweeps what is due and returns how long nothing more will be.
func round(ctx context.Context, office Office, store boxoffice.Store, clock boxoffice.Clock, logger *slog.Logger) (time.Duration, error) {
	idle := false
	for {
		next, err := nextExpiry(ctx, store, clock)
		switch {
		case err != nil:
			return 0, err
		case next > 0:
			return min(next, look), nil
		case idle:
			return 0, errStuck
		}
		swept, err := office.Sweep(ctx, Batch)
		if err != nil {
			return 0, err
		}
		if swept > 0 {
			logger.Debug("swept", "holds", swept)
		}
		// Nothing swept: another process was faster, or it cannot be done. The
		// store tells which.
		idle = swept == 0
	}
}

// nextExpiry returns how long it is until something is due: zero or less if it
// is now, [look] if nothing will be.
func nextExpiry(ctx context.Context, store boxoffice.Store, clock boxoffice.Clock) (time.Duration, error) {
	wait := look
	err := store.View(ctx, func(r boxoffice.Reader) error {
		next, err := r.NextExpiry()
		if err != nil || next.IsZero() {
			return err
		}
		now := r.Now()
		if own := clock.Now(); own.After(now) {
			now = own
		}
		wait = next.Sub(now)
		return nil
	})
	return wait, err
}

// sleep returns after wait, or earlier when the journal grew; but not before it
// has rested, and where again is set not before wait is over. It is an error that ctx
// has ended, or that the store was closed.
func sleep(ctx context.Context, changed <-chan struct{}, wait time.Duration, again bool) error {
	over := time.NewTimer(wait)
	defer over.Stop()
	rested := time.NewTimer(breath)
	defer rested.Stop()
	var changes <-chan struct{} // nil while it rests
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over.C:
			return nil
		case <-rested.C:
			changes = changed
		case _, open := <-changes:
			if !open {
				return errors.New("sweep: the store was closed")
			}
			if !again {
				return nil
			}
		}
	}
}

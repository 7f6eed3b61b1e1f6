package store

import (
	"context"
	"log/slog"
	"strings"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

// Options are what a store needs from the outside. Zero fields mean the machine's
// clock, and no log.
type Options struct {
	Clock  boxoffice.Clock
	Logger *slog.Logger
}

// Open opens the store that where names: the path of a SQLite file, plain or as
// «sqlite:path». It is created where there is none.
func Open(ctx context.Context, where string, opts Options) (boxoffice.Store, error) {
	s, err := sqlite.Open(ctx, strings.TrimPrefix(where, "sqlite:"), sqlite.Options{Clock: opts.Clock, Logger: opts.Logger})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Reading is a store that is only looked at: nothing in it changes.
type Reading interface {
	View(ctx context.Context, fn func(boxoffice.Reader) error) error
	// Verify recounts everything, CheckQuickly only what takes a moment.
	Verify(ctx context.Context) ([]boxoffice.Break, error)
	CheckQuickly(ctx context.Context) error
	// Schema returns the number of its schema, and of the newest known here.
	Schema() (at, known int64, err error)
	Close() error
}

// OpenReading opens the store that where names to look at it, of whatever schema.
func OpenReading(where string, clock boxoffice.Clock) (Reading, error) {
	r, err := sqlite.OpenReading(strings.TrimPrefix(where, "sqlite:"), clock)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// TakeAlone makes the file that where names all there is of its store, and keeps
// everybody else out until release is called. Somebody who has it open stands in
// the way: [IsBusy] says so of the error, and nothing was changed.
func TakeAlone(where string) (release func() error, err error) {
	return sqlite.TakeAlone(strings.TrimPrefix(where, "sqlite:"))
}

// IsBusy reports whether err says that somebody else has the store open.
func IsBusy(err error) bool { return sqlite.IsBusy(err) }

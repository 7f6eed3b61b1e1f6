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

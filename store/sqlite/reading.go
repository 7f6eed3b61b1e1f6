package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"wicket/boxoffice"
)

// Reading is a store that is only looked at: nothing in its file changes, nor its
// schema.
type Reading struct{ store *Store }

// OpenReading opens the store at path to look at it. Where nobody has it open,
// nothing is made beside it either.
func OpenReading(path string, clock boxoffice.Clock) (*Reading, error) {
	as := toRead
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		as = toReadStill
	}
	readers := &pool{path: path, as: as}
	s := &Store{
		path: path, clock: clock, log: slog.New(slog.DiscardHandler), queue: newQueue(), writer: &writer{},
		readers: readers, watch: newWatchers(readers), ended: make(chan struct{}),
	}
	close(s.ended)
	if err := s.View(context.Background(), func(boxoffice.Reader) error { return nil }); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &Reading{s}, nil
}

// View runs fn on a snapshot.
func (r *Reading) View(ctx context.Context, fn func(boxoffice.Reader) error) error {
	return r.store.View(ctx, fn)
}

// Verify recounts everything, as [Store.Verify] does.
func (r *Reading) Verify(ctx context.Context) ([]boxoffice.Break, error) { return r.store.Verify(ctx) }

// Close ends the reading.
func (r *Reading) Close() error { return r.store.Close() }

// CheckQuickly looks at the pages of the file and the end of its journal, and says
// what is wrong with them.
func (r *Reading) CheckQuickly(ctx context.Context) error {
	c, err := r.store.readers.get()
	if err != nil {
		return err
	}
	defer r.store.readers.put(c)
	return checkQuickly(ctx, c)
}

// CheckSchema looks whether what the store refuses by is as this program makes it. It
// says nothing of a store of another schema.
func (r *Reading) CheckSchema(ctx context.Context) (breaks []boxoffice.Break, err error) {
	at, known, err := r.Schema()
	if err != nil || at != known {
		return nil, err
	}
	err = r.store.look(ctx, func(r *reader) error {
		v := &verifier{reader: r}
		err := errors.Join(v.guards(), v.migrated())
		breaks = v.breaks
		return err
	})
	return breaks, err
}

// Schema returns the number of the store's schema, and that of the newest one this
// program knows.
func (r *Reading) Schema() (at, known int64, err error) {
	c, err := r.store.readers.get()
	if err != nil {
		return 0, 0, err
	}
	defer r.store.readers.put(c)
	if at, err = c.number("SELECT max(version_id) FROM " + migrationTable + " WHERE is_applied"); err != nil {
		return 0, 0, fmt.Errorf("read the schema's number: %w", err)
	}
	known, err = newestSchema()
	return at, known, err
}

package store

import (
	"context"
	"os"
	"strings"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

// Options are what a store needs from the outside. Zero fields mean the machine's
// clock, and no log.
type Options = sqlite.Options

// LongestLog is how many bytes the log beside a store's file keeps at most, once nobody
// reads for long.
const LongestLog = sqlite.LongestLog

// Upgrade is what opening a store of an earlier schema did to it.
type Upgrade = sqlite.Upgrade

// UpgradeError says why a store was not brought up to date.
type UpgradeError = sqlite.UpgradeError

// Open opens the store that where names: the path of a SQLite file, plain or as
// «sqlite:path». It is created where there is none.
func Open(ctx context.Context, where string, opts Options) (boxoffice.Store, error) {
	s, err := sqlite.Open(ctx, strings.TrimPrefix(where, "sqlite:"), opts)
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
	// CheckSchema looks whether the store still refuses what it is to refuse.
	CheckSchema(ctx context.Context) ([]boxoffice.Break, error)
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

// Formers returns the copies beside the store that where names that were kept before
// it was brought up to date, the newest first.
func Formers(where string) ([]string, error) {
	return sqlite.Formers(strings.TrimPrefix(where, "sqlite:"))
}

// SyncFolder brings the names in a folder to disk, where the system can.
func SyncFolder(dir string) error { return sqlite.SyncFolder(dir) }

// Trickle brings a large file to disk while it is being written: see [sqlite.Trickle].
type Trickle = sqlite.Trickle

// NewTrickle begins with a file that is about to be written.
func NewTrickle(f *os.File) *Trickle { return sqlite.NewTrickle(f) }

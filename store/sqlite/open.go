package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"wicket/boxoffice"
	"wicket/store/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// patience is how long the store waits for another process to finish.
const patience = 10 * time.Second

// dsn names the store at path for the driver, with pragmas besides those that
// every connection has.
func dsn(path string, pragmas ...string) string { return dsnAs(path, toWrite, pragmas...) }

// access is how the file of a store is opened.
type access string

const (
	// Only create makes a file: one that has gone is never taken for an empty house.
	toWrite access = "mode=rw"
	toRead  access = "mode=ro"
	// toReadStill is for a file that nobody writes: nothing is made beside it.
	toReadStill access = "mode=ro&immutable=1"
)

func dsnAs(path string, as access, pragmas ...string) string {
	values := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"foreign_keys(1)", "synchronous(FULL)", "temp_store(MEMORY)", "trusted_schema(0)"}, pragmas...) {
		values.Add("_pragma", p)
	}
	path = filepath.ToSlash(path)
	if len(path) > 1 && path[1] == ':' {
		path = "/" + path // a Windows drive
	}
	return "file:" + strings.ReplaceAll(url.PathEscape(path), "%2F", "/") + "?" + string(as) + "&" + values.Encode()
}

// create makes an empty file that only its owner can read, unless there is one. A
// file that exists is left alone: closing it would drop the locks that another
// connection of this process has on it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("create store: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("create store: %w", err)
	}
	return nil
}

// migrate brings the store's schema up to date. Each migration is one transaction;
// where several processes open a store at once, one migrates and the others find
// nothing left to do.
func migrate(ctx context.Context, path string, opts Options) (err error) {
	if err := notForeign(ctx, path); err != nil {
		return err
	}
	connector, err := sqlite.NewConnector(dsn(path, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "journal_mode(WAL)"))
	if err != nil {
		return fmt.Errorf("migrate store: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	provider, err := migrator(db)
	if err != nil {
		return fmt.Errorf("migrate store: %w", err)
	}
	sources := provider.ListSources()
	u := Upgrade{From: -1, To: sources[len(sources)-1].Version}
	for tries := 0; ; tries++ {
		done, err := u.step(ctx, db, provider, path, opts)
		var refused *UpgradeError
		switch {
		case done:
			return err
		case err == nil:
		case errors.As(err, &refused):
			return err
		case ctx.Err() != nil || tries == 20 || isTrouble(troubleOf(err)) && !isBusy(err):
			return fmt.Errorf("migrate store: %w", troubleOf(err))
		default:
			// Another process may have been first with this migration: look again.
			pause(ctx, 50*time.Millisecond)
		}
	}
}

// takenOnce lets a migration fail that another process has taken meanwhile: what is to
// be taken is decided before the transaction begins, and one that is taken twice may
// put back what a later one changed.
const takenOnce = `DELETE FROM ` + migrationTable + ` WHERE id NOT IN (SELECT min(id) FROM ` + migrationTable + ` GROUP BY version_id);
	CREATE UNIQUE INDEX IF NOT EXISTS migration_taken_once ON ` + migrationTable + ` (version_id)`

// step looks where the store stands, and takes the migrations that are left; done
// says that there is nothing more to do.
func (u *Upgrade) step(ctx context.Context, db *sql.DB, provider *goose.Provider, path string, opts Options) (done bool, err error) {
	at, err := provider.GetDBVersion(ctx)
	if err == nil && at > u.To {
		// A later version of the program has migrated it: what its rows mean is not known here.
		return true, &boxoffice.StoreError{Words: fmt.Sprintf("it was written by a newer version of this program (schema %d, this one knows %d)", at, u.To)}
	}
	if u.From < 0 && err == nil {
		u.From = at
	}
	pending, err := provider.HasPending(ctx)
	if err != nil {
		return false, err
	}
	if !pending {
		if u.Copy != "" && opts.Upgraded != nil {
			opts.Upgraded(*u)
		}
		return true, nil
	}
	if !u.looked && !opts.NoCopy {
		if u.Copy, err = keepFormer(ctx, path, u.To, opts.Clock.Now()); err != nil {
			return false, err
		}
		u.looked = true
		if u.Copy != "" {
			opts.Logger.InfoContext(ctx, "store copied before it is migrated", "from", u.From, "to", u.To, "copy", u.Copy)
		}
	}
	if _, err := db.ExecContext(ctx, takenOnce); err != nil {
		return false, err
	}
	fault.Point("migrate")
	applied, err := provider.UpByOne(ctx)
	if err == nil {
		opts.Logger.InfoContext(ctx, "store migrated", "to", applied.Source.Version, "took", applied.Duration)
	}
	if errors.Is(err, goose.ErrNoNextVersion) { // somebody else took it
		return false, nil
	}
	return false, err
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"modernc.org/sqlite"

	"wicket/store/storetest"
)

// tapped is a connection whose statements can be seen, and fail, before they are
// carried out.
type tapped struct {
	driver.Conn
	tap func(statement string) error
}

func (c *tapped) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.tap(query); err != nil {
		return nil, err
	}
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c *tapped) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c *tapped) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.tap("BEGIN"); err != nil {
		return nil, err
	}
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
	return &tappedTx{tx, c.tap}, err
}

type tappedTx struct {
	driver.Tx
	tap func(string) error
}

func (t *tappedTx) Commit() error {
	if err := t.tap("COMMIT"); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Tx.Commit()
}

// tapping makes tapped connections.
type tapping struct {
	driver.Connector
	tap func(string) error
}

func (c tapping) Connect(ctx context.Context) (driver.Conn, error) {
	raw, err := c.Connector.Connect(ctx)
	return &tapped{raw, c.tap}, err
}

// migrateTapped takes every migration of the house at path, and lets tap see each
// statement before it is carried out.
func migrateTapped(t *testing.T, path string, tap func(string) error) error {
	t.Helper()
	connector, err := sqlite.NewConnector(dsn(path, "journal_mode(WAL)"))
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(tapping{connector, tap})
	defer db.Close()
	db.SetMaxOpenConns(1)
	provider, err := migrator(db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(takenOnce); err != nil {
		return err
	}
	_, err = provider.Up(context.Background())
	return err
}

// lieAs copies the house at path with its log as they lie there: what a process
// leaves behind that is killed now.
func lieAs(t *testing.T, path string) (copied string) {
	t.Helper()
	copied = filepath.Join(t.TempDir(), "house.wicket")
	for _, ext := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(path + ext)
		if err == nil {
			err = os.WriteFile(copied+ext, b, 0o600)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return copied
}

// TestUpgradeKilledAtAnyStatement: of every earlier house, its files as they lie at a
// statement of a migration, and the house where that statement fails. Each opens, is
// brought up to date, adds up and has what it had. In a short run these are some of
// the statements, others each day.
func TestUpgradeKilledAtAnyStatement(t *testing.T) {
	type step struct {
		former
		at int
	}
	var steps []step
	newest, err := newestSchema()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range formers(t) {
		n := 0
		if err := migrateTapped(t, f.unpack(t), func(string) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		if n == 0 && f.schema < newest {
			t.Errorf("no statement of a migration was seen on the house of schema %s", f.name)
		}
		for i := range n {
			steps = append(steps, step{f, i})
		}
	}
	began := time.Now()
	rounds := min(storetest.Rounds(t, 16, len(steps)), len(steps))
	for i := range rounds {
		// Spread over all of them, from another one on each day.
		s := steps[(i*len(steps)/rounds+began.YearDay())%len(steps)]
		t.Run(fmt.Sprintf("%s-%d", s.name, s.at), func(t *testing.T) {
			path := s.unpack(t)
			before := contentOf(t, path, nil)
			fails := errors.New("the disk does not answer")
			n, killed, statement := 0, "", ""
			err := migrateTapped(t, path, func(text string) error {
				n++
				if n != s.at+1 {
					return nil
				}
				killed, statement = lieAs(t, path), text
				return fails
			})
			if !errors.Is(err, fails) {
				t.Errorf("«%s» failed, but: %v", statement, err)
			}
			upgraded(t, killed, before)
			upgraded(t, path, before)
		})
	}
	t.Logf("%d of %d statements of migrations, each killed and failing once, in %.1f s: every house was whole, and brought up to date afterwards",
		rounds, len(steps), time.Since(began).Seconds())
}

// TestNoMigrationIsTakenTwice: a process that has decided to take a migration, and is
// late with it because another one brings the house up to date, takes it no more. One
// that is taken twice may put back what a later one changed.
func TestNoMigrationIsTakenTwice(t *testing.T) {
	f := formers(t)[0]
	before := contentOf(t, f.unpack(t), nil)
	for late := 0; ; late++ {
		path := f.unpack(t)
		n, slept := 0, false
		_ = migrateTapped(t, path, func(text string) error {
			if text != "BEGIN" {
				return nil
			}
			if n++; n <= late || slept {
				return nil
			}
			slept = true
			s, err := Open(context.Background(), path, Options{})
			if err != nil {
				t.Error(err)
				return err
			}
			return s.Close()
		})
		upgraded(t, path, before)
		if !slept {
			return
		}
	}
}

package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"

	"wicket/boxoffice"
	"wicket/store/fault"
)

// Backup copies the store as it is now, whole and on one snapshot, to path: a file
// that is not there or is empty. The copy is on disk when it returns nil. Selling
// goes on meanwhile, in this process and in others. After an error, or where ctx
// ends, what is at path is worth nothing.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := errors.Join(ctx.Err(), s.site.left()); err != nil { // what is there by that name may be another house
		return fmt.Errorf("copy store: %w", err)
	}
	// What was sold meanwhile could not be folded in. That is done here, on this connection:
	// whoever sells next would have to wait for it.
	fold := func(c *conn) { _, _ = c.number("PRAGMA wal_checkpoint(PASSIVE)") }
	if err := copyStore(ctx, s.path, path, fold); err != nil {
		return fmt.Errorf("copy store: %w", err)
	}
	return nil
}

// copyStore copies the store at from to a file that is not there or is empty, and
// brings that to disk. As soon as it is copied, after is called, if it is not nil.
func copyStore(ctx context.Context, from, to string, after func(*conn)) (err error) {
	f, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	trickle := NewTrickle(f)
	defer trickle.Stop()
	c, err := connect(from, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()))
	if err != nil {
		return err
	}
	err = c.copyTo(ctx, to)
	if err == nil && after != nil {
		after(c)
	}
	if err := errors.Join(err, c.close()); err != nil {
		return err
	}
	fault.Point("copied")
	return trickle.Settle()
}

// SyncFolder brings the names in a folder to disk, where the system can.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err = f.Sync(); errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some network disks
	}
	return errors.Join(err, f.Close())
}

func (c *conn) copyTo(ctx context.Context, path string) error {
	const query = "VACUUM INTO ?"
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	defer c.done(query, s)
	_, err = s.Stmt.(driver.StmtExecContext).ExecContext(ctx, s.bind([]any{path}))
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case isFull(err):
		return &boxoffice.StoreError{Words: "the disk of the copy is full", Err: err}
	case isTrouble(troubleOf(err)):
		return &boxoffice.StoreError{Words: "the store cannot be read, or its copy not written", Err: err}
	}
	return err
}

// TakeAlone makes the file at path all there is of its store, its log folded into
// it, and keeps everybody else out until release is called. Where somebody has it
// open it changes nothing, and [IsBusy] says so of the error.
func TakeAlone(path string) (release func() error, err error) {
	c, err := connect(path)
	if err != nil {
		return nil, err
	}
	_, _, err = one(c, func(r row) (string, error) { return r.text(0), nil }, "PRAGMA journal_mode = DELETE")
	if err == nil {
		_, err = c.exec("BEGIN EXCLUSIVE")
	}
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	return func() error {
		_, err := c.exec("ROLLBACK")
		return errors.Join(err, c.close())
	}, nil
}

// IsBusy reports whether err says that somebody else has the store open.
func IsBusy(err error) bool { return isBusy(err) }

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"wicket/boxoffice"
)

// What the store says of its own trouble.
const (
	wordsFull   = "the disk is full: free some space, selling goes on by itself"
	wordsDamage = "the store cannot be read or written: selling stops until it can"
	wordsBusy   = "another process is busy with the store: try again"
	wordsClosed = "the store is closed"
	wordsNewer  = "a newer Wicket brought the house up to date: start that one here, too"
)

func errClosed() error { return &boxoffice.StoreError{Words: wordsClosed} }

// troubleOf turns an error of SQLite that is the store's own trouble into a
// *boxoffice.StoreError; any other comes back as it is.
func troubleOf(err error) error {
	var store *boxoffice.StoreError
	if err == nil || errors.As(err, &store) {
		return err
	}
	switch code(err) {
	case lib.SQLITE_FULL:
		return &boxoffice.StoreError{Words: wordsFull, Err: err}
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return &boxoffice.StoreError{Words: wordsBusy, Err: err}
	case lib.SQLITE_IOERR, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_NOMEM, lib.SQLITE_PROTOCOL:
		return &boxoffice.StoreError{Words: wordsDamage, Err: err}
	}
	return err
}

func isTrouble(err error) bool {
	var store *boxoffice.StoreError
	return errors.As(err, &store)
}

// code returns SQLite's primary result code of an error, zero if it is not SQLite's.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

func isBusy(err error) bool { return code(err) == lib.SQLITE_BUSY || code(err) == lib.SQLITE_LOCKED }
func isFull(err error) bool { return code(err) == lib.SQLITE_FULL }

// isNewer reports whether err says that a newer program has brought the store up to date.
func isNewer(err error) bool {
	var store *boxoffice.StoreError
	return errors.As(err, &store) && store.Words == wordsNewer
}

// isUnknown reports whether err leaves open whether the store did it.
func isUnknown(err error) bool {
	var store *boxoffice.StoreError
	return errors.As(err, &store) && store.Unknown
}

// reasonOf returns what the store met, without its words for it.
func reasonOf(err error) error {
	var store *boxoffice.StoreError
	if errors.As(err, &store) && store.Err != nil {
		return store.Err
	}
	return err
}

// isDamage reports whether err is of SQLite and says that the store cannot be read or
// written.
func isDamage(err error) bool {
	return code(err) != 0 && isTrouble(err) && !isBusy(err) && !isFull(err)
}

// noRoom reports whether nothing more can be written beside the store at path: a full
// disk shows in many errors.
func noRoom(path string) bool {
	f, err := os.CreateTemp(filepath.Dir(path), ".wicket-*")
	if err != nil {
		return isNoRoom(err)
	}
	_, err = f.Write(make([]byte, 64<<10))
	return isNoRoom(errors.Join(err, f.Close(), os.Remove(f.Name())))
}

func isNoRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// isUnique reports whether a row was refused because there is one like it.
func isUnique(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return true
	case lib.SQLITE_CONSTRAINT_TRIGGER: // it is faster than the index, lest REPLACE obey that
		return strings.Contains(e.Error(), "is taken")
	}
	return false
}

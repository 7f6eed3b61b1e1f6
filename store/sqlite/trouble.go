package sqlite

import (
	"errors"
	"strings"

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
)

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

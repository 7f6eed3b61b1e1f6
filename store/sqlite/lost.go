package sqlite

import (
	"database/sql/driver"
	"errors"

	"wicket/boxoffice"
)

// lost stands in for a connection that could not be opened again: everything on it
// fails with the reason.
type lost struct{ reason error }

func (l lost) err() error {
	return &boxoffice.StoreError{Words: wordsDamage, Err: l.reason}
}

// Prepare implements driver.Conn.
func (l lost) Prepare(string) (driver.Stmt, error) { return nil, l.err() }

// Close implements driver.Conn.
func (l lost) Close() error { return nil }

// Begin implements driver.Conn.
func (l lost) Begin() (driver.Tx, error) { return nil, errors.Join(l.err()) }

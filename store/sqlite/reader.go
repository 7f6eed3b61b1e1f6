package sqlite

import (
	"context"
	"time"

	"wicket/boxoffice"
)

// reader reads one snapshot: on a connection of its own, or inside the writer's
// transaction.
type reader struct {
	conn      *conn
	store     *Store
	now       time.Time
	head      head
	keepPlans bool    // what is read here is committed
	memory    *memory // the writer's; nil for other readers
	recent    []deed  // how the snapshot came about lately; none in the writer
	ctx       context.Context
	pace      pace
}

var _ boxoffice.Reader = (*reader)(nil)

// Now implements [boxoffice.Reader].
func (r *reader) Now() time.Time { return r.now }

// tx is a reader that writes.
type tx struct {
	reader
	writer  *writer
	cmd     boxoffice.CommandID
	changes []placeChange
	entries []boxoffice.Entry
	work    map[any]any // what became of things in hand, as memory.work has them
}

var _ boxoffice.Tx = (*tx)(nil)

// find returns what scan makes of the one row of a query, or says that there is no
// such thing.
func find[T any](c *conn, what string, name any, scan func(row) (T, error), query string, args ...any) (T, error) {
	v, ok, err := one(c, scan, query, args...)
	if err == nil && !ok {
		err = boxoffice.NotFound(what, name)
	}
	return v, err
}

// changed returns a *boxoffice.ConflictError unless one row was changed.
func changed(n int64, err error, what string) error {
	if err == nil && n != 1 {
		err = &boxoffice.ConflictError{What: what}
	}
	return err
}

// unlessTaken turns the refusal of a name that is in use into a *boxoffice.StateError.
func unlessTaken(err error, words string) error {
	if isUnique(err) {
		return &boxoffice.StateError{Words: words}
	}
	return err
}

// next returns the id that the next row of a table gets: a row's sum is also that of its
// id, so it must be known before.
func (t *tx) next(table string) (int64, error) {
	last, err := t.conn.number("SELECT max(id) FROM " + table)
	return last + 1, err
}

// nextOften is next for such a table.
func (t *tx) nextOften(table string) (int64, error) {
	last, err := recallWork(t, lastID(table), func() (int64, error) { return t.conn.number("SELECT max(id) FROM " + table) })
	return last + 1, err
}

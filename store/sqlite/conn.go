package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"reflect"
	"time"

	"modernc.org/sqlite"
)

// conn is one connection. It prepares each statement once, and is used by one
// goroutine at a time. It talks to the driver itself: going through database/sql
// costs a quarter more.
type conn struct {
	raw     driver.Conn
	stmts   map[string]*stmt
	trouble error // the first trouble of the store's own since it was last cleared
	round   int   // of the pool it is from

	texts map[string]string // of statements that are put together
	// What one is put together in.
	text []byte
	args []any
	sum  sum
}

// atMost bounds the rows of a statement. With a bare «?», SQLite would prepare it anew for
// each other number, which takes longer than reading a row or two.
const atMost = " LIMIT ? + 0"

// known returns a statement's text as it was first put together: it is the same each
// time.
func (c *conn) known(text []byte) string {
	if s, ok := c.texts[string(text)]; ok {
		return s
	}
	if c.texts == nil {
		c.texts = map[string]string{}
	}
	s := string(text)
	c.texts[s] = s
	return s
}

type stmt struct {
	driver.Stmt
	args []driver.NamedValue
	dest row
	busy bool // its rows are being read
}

// connect opens a connection to the store at path with these pragmas.
func connect(path string, pragmas ...string) (*conn, error) {
	return connectAs(path, toWrite, pragmas...)
}

func connectAs(path string, as access, pragmas ...string) (*conn, error) {
	connector, err := sqlite.NewConnector(dsnAs(path, as, pragmas...))
	if err != nil {
		return nil, fmt.Errorf("connect to store: %w", err)
	}
	raw, err := connector.Connect(context.Background())
	if err != nil {
		if err = troubleOf(err); isTrouble(err) {
			return nil, err // it has words of its own
		}
		return nil, fmt.Errorf("connect to store: %w", err)
	}
	return &conn{raw: raw, stmts: map[string]*stmt{}}, nil
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	if err := c.raw.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// prepare returns the statement for query, which nobody else is using. After trouble
// there is none until it is cleared: SQLite may have rolled back by itself, and what
// came then would be committed, each statement for itself.
func (c *conn) prepare(query string) (s *stmt, err error) {
	if c.trouble != nil {
		return nil, c.trouble
	}
	s, known := c.stmts[query]
	if known && !s.busy {
		return s, nil
	}
	raw, err := c.raw.Prepare(query)
	if err != nil {
		return nil, c.failed(err)
	}
	s = &stmt{Stmt: raw}
	if !known {
		c.stmts[query] = s
	}
	return s, nil
}

// done gives a statement back after use.
func (c *conn) done(query string, s *stmt) {
	s.busy = false
	if c.stmts[query] != s {
		_ = s.Close()
	}
}

// failed notes trouble of the store's own and returns err as callers are to see it.
func (c *conn) failed(err error) error {
	err = troubleOf(err)
	if c.trouble == nil && isTrouble(err) {
		c.trouble = err
	}
	return err
}

// rollback ends the transaction there is, if SQLite has not done so by itself, and
// keeps what trouble there was before, or meets now.
func (c *conn) rollback() {
	before := c.trouble
	c.trouble = nil
	if _, err := c.exec("ROLLBACK"); err != nil && before == nil && isTrouble(err) {
		before = err
	}
	c.trouble = before
}

// exec runs a statement and returns how many rows it changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	result, err := c.run(query, args)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("count rows: %w", err)
	}
	return n, nil
}

func (c *conn) run(query string, args []any) (driver.Result, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	defer c.done(query, s)
	result, err := s.Stmt.(driver.StmtExecContext).ExecContext(context.Background(), s.bind(args))
	if err != nil {
		return nil, c.failed(err)
	}
	return result, nil
}

// each calls f for every row of a query. The row is f's until it returns.
func (c *conn) each(query string, f func(row) error, args ...any) (err error) {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	s.busy = true
	defer c.done(query, s)
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(context.Background(), s.bind(args))
	if err != nil {
		return c.failed(err)
	}
	defer func() {
		if e := rows.Close(); err == nil && e != nil {
			err = c.failed(e)
		}
	}()
	if s.dest == nil {
		s.dest = make(row, len(rows.Columns()))
	}
	for {
		switch err := rows.Next(s.dest); {
		case err == io.EOF: //nolint:errorlint // the driver's own word for the end
			return nil
		case err != nil:
			return c.failed(err)
		}
		if err := f(s.dest); err != nil {
			return err
		}
	}
}

// list returns what scan makes of every row of a query.
func list[T any](c *conn, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	var found []T
	err := c.each(query, func(r row) error {
		v, err := scan(r)
		found = append(found, v)
		return err
	}, args...)
	return found, err
}

// one returns what scan makes of a query's row, and whether there was one.
func one[T any](c *conn, scan func(row) (T, error), query string, args ...any) (v T, ok bool, err error) {
	err = c.each(query, func(r row) (err error) {
		v, err = scan(r)
		ok = true
		return err
	}, args...)
	return v, ok, err
}

// number returns the one number a query finds; zero for none and for NULL.
func (c *conn) number(query string, args ...any) (n int64, err error) {
	err = c.each(query, func(r row) error { n = r.int(0); return nil }, args...)
	return n, err
}

// bind turns values into what the driver takes: numbers, text and bytes of any
// type, instants as Unix milliseconds and a zero instant as NULL.
func (s *stmt) bind(args []any) []driver.NamedValue {
	s.args = s.args[:0]
	for i, arg := range args {
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: plain(arg)})
	}
	return s.args
}

func plain(arg any) driver.Value {
	switch v := arg.(type) {
	case nil, int64, string:
		return v
	case []byte:
		if v == nil {
			return nil
		}
		return v
	case int:
		return int64(v)
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UnixMilli()
	}
	switch v := reflect.ValueOf(arg); v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint())
	case reflect.String:
		return v.String()
	default:
		panic(fmt.Sprintf("sqlite: cannot bind %T", arg))
	}
}

// orNull returns NULL for a zero id: none.
func orNull[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// row is one row of a query's answer. A NULL reads as zero.
type row []driver.Value

func (r row) int(i int) int64 {
	n, _ := r[i].(int64)
	return n
}

func (r row) text(i int) string {
	s, _ := r[i].(string)
	return s
}

func (r row) bool(i int) bool { return r.int(i) != 0 }

func (r row) bytes(i int) []byte {
	b, _ := r[i].([]byte)
	return b
}

// time returns an instant in UTC, zero for NULL.
func (r row) time(i int) time.Time {
	if ms, ok := r[i].(int64); ok {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}

package sqlite

import (
	"bytes"
	"slices"
)

// columns are those of a row that change: writing them alone touches the indexes and
// looks up the references of those alone.
type columns struct {
	conn *conn
	text []byte
	args []any
}

// columns begins a change of a row, or of several in the same way. There is one at a
// time.
func (c *conn) columns(table string) columns {
	columns := columns{c, c.text, c.args}
	columns.begin(table)
	return columns
}

// begin begins anew.
func (c *columns) begin(table string) {
	c.text, c.args = append(append(append(c.text[:0], "UPDATE "...), table...), " SET "...), c.args[:0]
}

// alike reports whether the same columns get the same values.
func (c *columns) alike(d *columns) bool {
	return bytes.Equal(c.text, d.text) && slices.Equal(c.args, d.args)
}

func (c *columns) set(name string, isChanged bool, value any) {
	if isChanged {
		c.text = append(append(c.text, name...), " = ?, "...)
		c.args = append(c.args, value)
	}
}

// update writes them, adds one to the row's version, and gives it the sum of what it is
// then.
func (c *columns) update(where string, is []any, args ...any) (int64, error) {
	sum := c.sum(is)
	c.text = append(append(c.text, "version = version + 1, sum = ? "...), where...)
	c.args = append(append(c.args, sum), args...)
	return c.exec()
}

// guarded is a row that is changed only while it has this version.
type guarded struct {
	id, version int64
	is          []any // its values, once it is changed
}

// rowsAtOnce is how many rows are changed by one statement at most, and fewRows how many
// are sooner changed one by one.
const (
	rowsAtOnce = 32
	fewRows    = 8
)

// inOne returns how many of so many rows go into the next statement: there are few
// such numbers, since each has a statement of its own.
func inOne(rows int) int {
	n := rowsAtOnce
	for n > rows {
		n /= 2
	}
	if n < fewRows {
		return 1
	}
	return n
}

// updateAll does so to rows by their ids, all by one statement, and returns how many it
// found as they were to be. What follows holds of each of them, too.
func (c *columns) updateAll(rows []guarded, and string, args ...any) (int64, error) {
	if len(rows) == 1 {
		r := rows[0]
		return c.update("WHERE id = ? AND version = ?"+and, r.is, append([]any{r.id, r.version}, args...)...)
	}
	c.text = append(c.text, "version = version + 1, sum = its.column3 FROM (VALUES "...)
	for i, r := range rows {
		if i > 0 {
			c.text = append(c.text, ", "...)
		}
		c.text = append(c.text, "(?, ?, ?)"...)
		c.args = append(c.args, r.id, r.version, c.sum(r.is))
	}
	c.text = append(append(c.text, ") AS its WHERE id = its.column1 AND version = its.column2"...), and...)
	c.args = append(c.args, args...)
	return c.exec()
}

// sum is the sum of a row.
func (c *columns) sum(is []any) int64 {
	s := c.conn.sum
	s.crc = 0
	s.add(is...)
	c.conn.sum = s
	return s.number()
}

func (c *columns) exec() (int64, error) {
	c.conn.text, c.conn.args = c.text, c.args
	return c.conn.exec(c.conn.known(c.text), c.args...)
}

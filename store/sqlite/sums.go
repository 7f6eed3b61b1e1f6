package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// summedTable is a table whose rows carry sums.
type summedTable struct {
	name string
	keys int // how many of its first columns name a row
	// parts are rows of other tables that are in a row's sum too, each a query from the
	// row's first column.
	parts []string
}

// summedTables are all of them. What is not here is told by the journal, by orders that
// must come to what they say, or by SQLite itself.
func summedTables() []summedTable {
	return []summedTable{
		{name: "house", keys: 1},
		{name: "staff", keys: 1},
		{name: "plan", keys: 1, parts: []string{
			"SELECT plan, no, name FROM zone WHERE plan = ? ORDER BY no",
			"SELECT plan, no, name, lines, columns FROM level WHERE plan = ? ORDER BY no",
			"SELECT plan, no, name, level, admission, first_place, last_place FROM section WHERE plan = ? ORDER BY no",
			"SELECT plan, no, section, zone, row_name, seat, line, col, features, key FROM place WHERE plan = ? ORDER BY no",
		}},
		{name: "event", keys: 1},
		{name: "performance", keys: 1},
		{name: "price_type", keys: 1},
		{name: "price", keys: 3},
		{name: "customer", keys: 1},
		{name: "hold", keys: 1},
		{name: "basket", keys: 1},
		{name: "lapse", keys: 3},
		{name: "timed_block", keys: 1},
		{name: "ticket", keys: 1},
		{name: "shift", keys: 1},
		{name: "orders", keys: 1, parts: []string{lineColumns + "WHERE id BETWEEN ?1 << 16 AND ?1 << 16 | 65535 ORDER BY id"}},
		{name: "command", keys: 1},
		{name: "staff_key", keys: 1},
		{name: "authority", keys: 1},
		{name: "principal", keys: 1},
		{name: "permit", keys: 2},
		{name: "wrong_pin", keys: 1},
		{name: "desk", keys: 1},
		{name: "approval", keys: 1},
		{name: "block_leave", keys: 3},
	}
}

// each calls f for every row of a query, on a connection or in a transaction.
type each func(query string, f func(row) error, args ...any) error

// rows calls f for every row of the table, with the sum that it carries and the one that
// it should. Whether a ticket is gone is its state, told again.
func (t summedTable) rows(each each, f func(r row, has, should int64) error) error {
	return t.stretch(each, "", nil, f)
}

// stretch does so for the rows that the end of a query, with its arguments, leaves.
func (t summedTable) stretch(each each, end string, args []any, f func(r row, has, should int64) error) error {
	var columns []string
	err := each("SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('sum', 'gone') ORDER BY cid", func(r row) error {
		columns = append(columns, `"`+r.text(0)+`"`)
		return nil
	}, t.name)
	if err != nil || len(columns) == 0 { // the schema says so
		return err
	}
	var s sum
	return each("SELECT "+strings.Join(columns, ", ")+", sum FROM "+t.name+end, func(r row) error {
		values := r[:len(columns)]
		s.crc = 0
		s.addRow(values)
		for _, part := range t.parts {
			if err := each(part, func(r row) error { s.addRow(r); return nil }, r.int(0)); err != nil {
				return err
			}
		}
		return f(values, r.int(len(columns)), s.number())
	}, args...)
}

// called says how a row is called: «staff 3», «price type 2».
func (t summedTable) called(r row) string {
	switch t.name {
	case "house":
		return "the house"
	case "ticket":
		return fmt.Sprintf("place %d of performance %d", r.int(2), r.int(1))
	case "orders":
		return fmt.Sprintf("order %d", r.int(0))
	}
	words := strings.ReplaceAll(t.name, "_", " ")
	for _, key := range r[:t.keys] {
		words += fmt.Sprintf(" %v", key)
	}
	return words
}

// sums holds every row of a table to its sum.
func (v *verifier) sums(t summedTable) error {
	return t.rows(v.rows, func(r row, has, should int64) error {
		switch {
		case has == should:
		case t.name == "ticket":
			v.found(t.called(r), fmt.Sprintf("ticket %d is not as the program left it", r.int(0)))
		case t.name == "orders":
			v.found(t.called(r), "it is not as the program left it, or a line of it")
		case t.name == "plan":
			v.found(t.called(r), "it is not as the program left it: its zones, levels, sections or places are otherwise")
		default:
			v.found(t.called(r), "it is not as the program left it")
		}
		return nil
	})
}

// sumsMigration is the file of the migration that [fillSums] takes.
const sumsMigration = "00011_sums.sql"

// fillSums gives tables their sums, in the migration's transaction: goose knows none that
// is half SQL and half Go, so it runs the SQL too.
func fillSums(ctx context.Context, tx *sql.Tx) error {
	columns, err := migrations.ReadFile("migrations/" + sumsMigration)
	if err != nil {
		return err
	}
	// Rows that never change get a sum all the same. Without triggers a column is added four
	// times as fast, too.
	triggers, err := dropTriggers(ctx, tx)
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(strings.TrimSpace(string(columns)), ";\n") {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for _, t := range summedTables() {
		if err := t.fill(ctx, tx); err != nil {
			return fmt.Errorf("sums of %s: %w", t.name, err)
		}
	}
	_, err = tx.ExecContext(ctx, triggers)
	return err
}

// dropTriggers drops all triggers, and returns what makes them again.
func dropTriggers(ctx context.Context, tx *sql.Tx) (again string, err error) {
	var drop, create strings.Builder
	err = eachOf(ctx, tx)("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid", func(r row) error {
		fmt.Fprintf(&drop, "DROP TRIGGER %q;\n", r.text(0))
		fmt.Fprintf(&create, "%s;\n", r.text(1))
		return nil
	})
	if err == nil {
		_, err = tx.ExecContext(ctx, drop.String())
	}
	return create.String(), err
}

// fillRows is how many rows are read, and get their sums, by one statement: a house may have
// more of them than memory holds.
const fillRows = 50

// fill writes the sum of every row.
func (t summedTable) fill(ctx context.Context, tx *sql.Tx) error {
	keys, err := t.keyNames(ctx, tx)
	if err != nil {
		return err
	}
	var where []string
	for i, key := range keys {
		where = append(where, fmt.Sprintf("%s.%s = filled.column%d", t.name, key, i+1))
	}
	key, each := strings.Join(keys, ", "), eachOf(ctx, tx)
	tuple := "(" + strings.Repeat("?, ", t.keys) + "?)"
	after := "(" + strings.Repeat("?, ", t.keys-1) + "?)"
	end, from := fmt.Sprintf(" ORDER BY %s LIMIT %d", key, fillRows), []any(nil)
	for {
		var filled []any // keys and sums
		n := 0
		err := t.stretch(each, end, from, func(r row, _, should int64) error {
			for _, key := range r[:t.keys] {
				filled = append(filled, key)
			}
			filled, n = append(filled, should), n+1
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
		query := fmt.Sprintf("UPDATE %s SET sum = filled.column%d FROM (VALUES %s) AS filled WHERE %s",
			t.name, t.keys+1, tuple+strings.Repeat(", "+tuple, n-1), strings.Join(where, " AND "))
		result, err := tx.ExecContext(ctx, query, filled...)
		if err != nil {
			return err
		}
		if found, err := result.RowsAffected(); err != nil || found != int64(n) {
			return errors.Join(err, fmt.Errorf("%d rows of %d were found again", found, n))
		}
		end = fmt.Sprintf(" WHERE (%s) > %s ORDER BY %s LIMIT %d", key, after, key, fillRows)
		from = filled[len(filled)-1-t.keys : len(filled)-1]
	}
}

func (t summedTable) keyNames(ctx context.Context, tx *sql.Tx) (names []string, err error) {
	err = eachOf(ctx, tx)("SELECT name FROM pragma_table_info(?) WHERE cid < ? ORDER BY cid", func(r row) error {
		names = append(names, r.text(0))
		return nil
	}, t.name, t.keys)
	return names, err
}

// eachOf reads in a transaction. It prepares each statement once.
func eachOf(ctx context.Context, tx *sql.Tx) each {
	stmts := map[string]*sql.Stmt{} // the transaction closes them
	return func(query string, f func(row) error, args ...any) error {
		stmt, known := stmts[query]
		if !known {
			var err error
			if stmt, err = tx.PrepareContext(ctx, query); err != nil {
				return err
			}
			stmts[query] = stmt
		}
		rows, err := stmt.QueryContext(ctx, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values, into, dest := make([]any, len(columns)), make([]any, len(columns)), make(row, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			for i, value := range values {
				dest[i] = value
			}
			if err := f(dest); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}

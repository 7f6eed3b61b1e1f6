package fire_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wicket/store/storetest"
)

// TestEveryColumnIsToldOf: whatever column of whatever table is another in one row, as
// somebody with a shell of the database can make it who takes all its guards away and
// puts them back, it is found. Every table has rows to try it with.
func TestEveryColumnIsToldOf(t *testing.T) {
	type column struct{ table, name, kind string }
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	im := takeImage(t, 24, true)
	folder := t.TempDir()
	path := lay(t, folder, im.file, nil)
	var all []column
	inShell(t, path, func(ctx context.Context, db *sql.Conn) error {
		rows, err := db.QueryContext(ctx, `SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1, c.cid`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c column
			if err := rows.Scan(&c.table, &c.name, &c.kind); err != nil {
				return err
			}
			if unsealed[c.table+"."+c.name] == "" {
				all = append(all, c)
			}
		}
		return rows.Err()
	})
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	began, tried := time.Now(), min(storetest.Rounds(t, 40, 3*len(all)), 3*len(all))
	for i := range tried {
		c := all[i%len(all)]
		path := lay(t, folder, im.file, nil)
		var was, is string
		inShell(t, path, func(ctx context.Context, db *sql.Conn) error {
			return unguarded(ctx, db, func() (err error) {
				was, is, err = change(ctx, db, random, c.table, c.name, c.kind)
				return err
			})
		})
		breaks, err := im.recount(path)
		if err == nil && len(breaks) == 0 {
			t.Errorf("%s.%s was %s and is %s, and nothing was found", c.table, c.name, was, is)
		}
		for _, b := range breaks {
			if b.Where == "the schema" && c.table != "migration" {
				t.Fatalf("the guards were not put back: %v", b)
			}
		}
	}
	t.Logf("%d of %d columns changed in one row each, in %.1f s: each was found", min(tried, len(all)), len(all), time.Since(began).Seconds())
}

// inShell opens a house as a shell of the database does.
func inShell(t *testing.T, path string, f func(ctx context.Context, db *sql.Conn) error) {
	t.Helper()
	ctx := context.Background()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		err = errors.Join(f(ctx, conn), conn.Close())
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// unguarded calls f while nothing is refused but by what is unique.
func unguarded(ctx context.Context, db *sql.Conn, f func() error) error {
	var drop, create sql.NullString
	err := db.QueryRowContext(ctx, `SELECT group_concat('DROP TRIGGER ' || name, ';'), group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'`).Scan(&drop, &create)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA ignore_check_constraints = 1; PRAGMA synchronous = 0; BEGIN;"+drop.String); err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, create.String+"; COMMIT")
	return err
}

// change makes one value of a column another, in a row by chance.
func change(ctx context.Context, db *sql.Conn, random *rand.Rand, table, column, kind string) (was, is string, err error) {
	var rows int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&rows); err != nil {
		return "", "", err
	}
	if rows == 0 {
		return "", "", fmt.Errorf("there is nothing in %s to try it with", table)
	}
	keys, err := keysOf(ctx, db, table)
	if err != nil {
		return "", "", err
	}
	for range 20 {
		// By its keys, lest the row that is changed be another than the one that is read: an
		// index has them in an order of its own.
		row := fmt.Sprintf("FROM %s ORDER BY %s LIMIT 1 OFFSET %d", table, keys, random.IntN(rows))
		if err := db.QueryRowContext(ctx, fmt.Sprintf("SELECT quote(%s) %s", column, row)).Scan(&was); err != nil {
			return "", "", err
		}
		switch {
		case was == "NULL" && kind == "TEXT":
			is = "'x'"
		case was == "NULL" && kind == "BLOB":
			is = "x'00'"
		case was == "NULL":
			is = "1"
		case kind == "TEXT" && was == "''":
			is = "'x'"
		case kind == "TEXT" || kind == "BLOB": // another letter or digit in the last place
			last := "1"
			if was[len(was)-2] == '1' {
				last = "2"
			}
			is = was[:len(was)-2] + last + "'"
		default:
			var n int64
			if _, err := fmt.Sscan(was, &n); err != nil {
				return "", "", err
			}
			is = fmt.Sprint(n ^ 1<<random.IntN(10))
		}
		_, err := db.ExecContext(ctx, fmt.Sprintf("UPDATE %s SET %s = %s WHERE (%s) = (SELECT %s %s)", table, column, is, keys, keys, row))
		if err == nil {
			return was, is, nil
		}
		if !strings.Contains(err.Error(), "UNIQUE") {
			return "", "", fmt.Errorf("%s.%s from %s to %s: %w", table, column, was, is, err)
		}
	}
	return "", "", fmt.Errorf("%s.%s can be no other", table, column)
}

// keysOf returns the columns that name a row.
func keysOf(ctx context.Context, db *sql.Conn, table string) (keys string, err error) {
	err = db.QueryRowContext(ctx, "SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)", table).Scan(&keys)
	return keys, err
}

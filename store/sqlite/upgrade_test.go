package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// former is a house of an earlier schema, as the program of its time made it.
type former struct {
	name   string
	schema int64
}

// formers returns the houses of testdata/schemas, the oldest first.
func formers(t testing.TB) []former {
	t.Helper()
	files, err := filepath.Glob("testdata/schemas/*.wicket.gz")
	if err != nil || len(files) == 0 {
		t.Fatalf("no houses of earlier schemas: %v", err)
	}
	all := make([]former, len(files))
	for i, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		number, _, _ := strings.Cut(name, "-")
		schema, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = former{name, schema}
	}
	slices.SortStableFunc(all, func(a, b former) int { return int(a.schema - b.schema) })
	return all
}

// unpack lays the house into a folder of its own.
func (f former) unpack(t testing.TB) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "house.wicket")
	storetest.Unpack(t, "testdata/schemas/"+f.name+".wicket.gz", path)
	return path
}

// content is all that a house has, a table's columns and rows in words.
type content struct {
	columns map[string]string
	rows    map[string]string
}

// contentOf reads what is in the house at path, as it lies there: nothing in it or
// beside it changes. Columns that like does not have are left out, as are tables.
func contentOf(t testing.TB, path string, like *content) *content {
	t.Helper()
	ctx := context.Background()
	as := toReadStill
	if _, err := os.Stat(path + "-wal"); err == nil {
		as = toRead
	}
	db, err := sql.Open("sqlite", dsnAs(path, as))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	text := func(query string, args ...any) string {
		t.Helper()
		var s sql.NullString
		if err := db.QueryRowContext(ctx, query, args...).Scan(&s); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return s.String
	}
	c := &content{map[string]string{}, map[string]string{}}
	if like != nil {
		c.columns = like.columns
	} else {
		tables := text("SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> ?", migrationTable)
		for _, table := range strings.Split(tables, ",") {
			c.columns[table] = text("SELECT group_concat('quote(\"' || name || '\")', ' || '' '' || ') FROM pragma_table_info(?)", table)
		}
	}
	for table, columns := range c.columns {
		c.rows[table] = text(fmt.Sprintf("SELECT group_concat(row, char(10)) FROM (SELECT %s AS row FROM %q ORDER BY 1)", columns, table))
	}
	return c
}

// compare reports what of a house is otherwise than before.
func (c *content) compare(t testing.TB, path string) {
	t.Helper()
	for table, rows := range contentOf(t, path, c).rows {
		if rows != c.rows[table] {
			t.Errorf("%s was\n%s\nand is\n%s", table, c.rows[table], rows)
		}
	}
}

// upgraded opens the house at path, which must be of the newest schema then, add up,
// and have what it had.
func upgraded(t testing.TB, path string, before *content) {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, path, Options{Clock: storetest.NewClock(storetest.Curtain)})
	if err != nil {
		t.Errorf("open: %v", err)
		return
	}
	breaks, err := s.Verify(ctx)
	if err != nil || len(breaks) > 0 {
		t.Errorf("verify: %v, %v", breaks, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	r, err := OpenReading(path, boxoffice.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	if at, newest, err := r.Schema(); err != nil || at != newest {
		t.Errorf("the schema is %d, not %d: %v", at, newest, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	before.compare(t, path)
}

// TestEverySchemaHasItsHouse: who adds a migration keeps a house of the schema before.
func TestEverySchemaHasItsHouse(t *testing.T) {
	newest, err := newestSchema()
	if err != nil {
		t.Fatal(err)
	}
	all := formers(t)
	for n := all[0].schema; n < newest; n++ {
		if !slices.ContainsFunc(all, func(f former) bool { return f.schema == n }) {
			t.Errorf("there is no house of schema %d: see testdata/schemas/README.md", n)
		}
	}
	for _, f := range all {
		r, err := OpenReading(f.unpack(t), boxoffice.SystemClock{})
		if err != nil {
			t.Fatal(err)
		}
		if at, _, err := r.Schema(); err != nil || at != f.schema {
			t.Errorf("the house of schema %d has %d: %v", f.schema, at, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestEveryFormerHouseIsBroughtUpToDate: it opens, adds up, has what it had, and
// sells.
func TestEveryFormerHouseIsBroughtUpToDate(t *testing.T) {
	ctx := context.Background()
	for _, f := range formers(t) {
		t.Run(f.name, func(t *testing.T) {
			path := f.unpack(t)
			before := contentOf(t, path, nil)
			for _, table := range []string{"orders", "order_line", "ticket", "hold", "timed_block", "journal"} {
				if before.rows[table] == "" {
					t.Errorf("nothing is in %s", table)
				}
			}
			upgraded(t, path, before)
			clock := storetest.NewClock(storetest.Curtain)
			s, err := Open(ctx, path, Options{Clock: clock})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			e, err := storetest.Reopen(s, clock)
			if err != nil {
				t.Fatal(err)
			}
			if n := e.Storm(t, 3); n == 0 {
				t.Error("nothing could be sold")
			}
			if breaks, err := s.Verify(ctx); err != nil || len(breaks) > 0 {
				t.Errorf("after sales, verify: %v, %v", breaks, err)
			}
		})
	}
}

// TestHouseThatWasKilledWhileItWasMade: of the schemas that no house with content
// ever had, since they came in one step.
func TestHouseThatWasKilledWhileItWasMade(t *testing.T) {
	ctx := context.Background()
	for n := range formers(t)[0].schema {
		path := filepath.Join(t.TempDir(), "house.wicket")
		if err := create(path); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", dsn(path, "journal_mode(WAL)"))
		if err != nil {
			t.Fatal(err)
		}
		provider, err := migrator(db)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			if _, err := provider.UpTo(ctx, n); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		upgraded(t, path, &content{})
	}
}

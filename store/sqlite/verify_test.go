package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wicket/boxoffice"
)

func TestVerifyNamesEveryBreak(t *testing.T) {
	ctx := context.Background()
	example, err := os.ReadFile(exampleHouse(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range sqlCases(t, "breaks.sql") {
		t.Run(c.notes["case"], func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "house.wicket")
			if err := os.WriteFile(path, example, 0o600); err != nil {
				t.Fatal(err)
			}
			unguarded(t, path, c.statements)
			breaks, err := openAt(t, path, boxoffice.SystemClock{}).Verify(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range breaks {
				if strings.HasPrefix(b.Where, c.notes["where"]) && strings.Contains(b.What, c.notes["what"]) {
					return
				}
			}
			t.Errorf("no break at «%s» with «%s» among:", c.notes["where"], c.notes["what"])
			for _, b := range breaks {
				if b.Where != "the schema" {
					t.Errorf("%s: %s", b.Where, b.What)
				}
			}
		})
	}
}

// unguarded runs statements on a store whose triggers were dropped and whose
// checks are ignored.
func unguarded(t *testing.T, path, statements string) {
	t.Helper()
	ctx := context.Background()
	conn := shell(t, path)
	rows, err := conn.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	drops := "PRAGMA ignore_check_constraints = 1;"
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		drops += "DROP TRIGGER " + name + ";"
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(ctx, drops+statements); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
}

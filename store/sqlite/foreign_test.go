package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

// write runs a statement on a SQLite file as any program would.
func write(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestOpenLeavesAnotherProgramsDatabaseAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "photos.db")
	write(t, path, "CREATE TABLE photo (id INTEGER PRIMARY KEY)")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(context.Background(), path, sqlite.Options{}); boxoffice.KindOf(err) != boxoffice.KindStore {
		t.Errorf("opening another program's database: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("it was changed")
	}
}

// TestOpenRefusesANewerStore: also one that lacks a step this program would take.
func TestOpenRefusesANewerStore(t *testing.T) {
	for _, statement := range []string{
		"INSERT INTO migration (version_id, is_applied) VALUES (999, 1)",
		"INSERT INTO migration (version_id, is_applied) VALUES (999, 1); DELETE FROM migration WHERE version_id = 4",
	} {
		path := filepath.Join(t.TempDir(), "house.wicket")
		store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		write(t, path, statement)
		if _, err := sqlite.Open(context.Background(), path, sqlite.Options{}); err == nil || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("after %s it opens: %v", statement, err)
		}
	}
}

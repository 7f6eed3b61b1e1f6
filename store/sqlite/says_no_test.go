package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// sqlCase is one case of a file of SQL statements: comments «-- key: value» above
// them say what is tried and what must come of it.
type sqlCase struct {
	notes      map[string]string
	statements string
}

func sqlCases(t *testing.T, name string) []sqlCase {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []sqlCase
	for line := range strings.Lines(string(text)) {
		note, isComment := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		key, value, isNote := strings.Cut(note, ": ")
		switch {
		case isComment && isNote && key == "case":
			cases = append(cases, sqlCase{notes: map[string]string{key: value}})
		case isComment && isNote && len(cases) > 0:
			cases[len(cases)-1].notes[key] = value
		case !isComment && len(cases) > 0:
			cases[len(cases)-1].statements += line
		}
	}
	if len(cases) < 10 {
		t.Fatalf("%s has %d cases", name, len(cases))
	}
	return cases
}

// exampleHouse makes the house that the SQL files speak of.
func exampleHouse(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "house.wicket")
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, path, clock)
	e := storetest.NewEvening(t, store, clock, storetest.Rows(2, 6, 0), 2)
	ctx, by := context.Background(), e.Staff[0]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	hold := func(places ...boxoffice.PlaceNo) {
		t.Helper()
		var picks []boxoffice.Pick
		for _, no := range places {
			picks = append(picks, boxoffice.Pick{Place: no, Type: e.Adult})
		}
		_, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, e.Performance, picks)
		must(err)
	}
	sell := func(total boxoffice.Money) boxoffice.OrderID {
		t.Helper()
		sale, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, total, total)
		must(err)
		return sale.Order
	}
	hold(1, 2)
	sell(4800)
	hold(3)
	must(e.Office.Void(ctx, boxoffice.NewCommandID(), by, sell(2400), "wrong evening"))
	hold(4, 5)
	must(e.Office.Block(ctx, boxoffice.NewCommandID(), by, e.Performance, "H", []boxoffice.PlaceNo{6}, time.Time{}))
	_, err := e.Office.AddKey(ctx, boxoffice.NewCommandID(), by, by.Staff, boxoffice.PublicKey{
		Type: "ssh-ed25519", Public: []byte("key"), Fingerprint: "SHA256:one",
	})
	must(err)
	clean(t, store)
	must(store.Close())
	return path
}

// shell opens the store as the sqlite3 shell does: no pragma is set, so foreign
// keys are not enforced.
func shell(t *testing.T, path string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func TestDatabaseSaysNo(t *testing.T) {
	ctx := context.Background()
	conn := shell(t, exampleHouse(t))
	for _, c := range sqlCases(t, "says_no.sql") {
		t.Run(c.notes["case"], func(t *testing.T) {
			if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
				t.Fatal(err)
			}
			defer func() {
				if _, err := conn.ExecContext(ctx, "ROLLBACK"); err != nil {
					t.Error(err)
				}
			}()
			_, err := conn.ExecContext(ctx, c.statements)
			switch {
			case err == nil:
				t.Error("the database says yes")
			case !strings.Contains(err.Error(), c.notes["says"]):
				t.Errorf("the database says «%v», want «%s»", err, c.notes["says"])
			}
		})
	}
}

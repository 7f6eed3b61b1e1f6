package sqlite_test

import (
	"context"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

// TestVerifyHoldsRowsToTheirChecks, in a house that is only looked at, too.
func TestVerifyHoldsRowsToTheirChecks(t *testing.T) {
	ctx := context.Background()
	example := exampleHouse(t)
	unguarded(t, example, "UPDATE hold SET state = 'snld' WHERE id = 1; UPDATE staff SET active = 3 WHERE id = 2")
	r, err := sqlite.OpenReading(example, boxoffice.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	looked, err := r.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"hold", "staff"} {
		found := false
		for _, b := range looked {
			found = found || strings.HasPrefix(b.What, "CHECK constraint failed in "+table)
		}
		if !found {
			t.Errorf("a row of %s breaks its CHECK, and of it nothing is said", table)
		}
	}
	for _, b := range looked {
		if strings.Contains(b.What, "cannot be looked at") {
			t.Errorf("%s: %s", b.Where, b.What)
		}
	}
}

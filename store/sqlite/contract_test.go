package sqlite_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

func TestContract(t *testing.T) { storetest.Run(t, fresh) }

func TestPermissions(t *testing.T) { storetest.RunPermissions(t, fresh) }

// fresh opens an empty store. In the end, whatever was done to it, every row must have the
// sum it should: what is saved without one is found here.
func fresh(t testing.TB, clock boxoffice.Clock) boxoffice.Store {
	path := filepath.Join(t.TempDir(), "house.wicket")
	t.Cleanup(func() {
		r, err := sqlite.OpenReading(path, clock)
		if err != nil {
			t.Error(err)
			return
		}
		defer r.Close()
		breaks, err := r.Verify(context.Background())
		if err != nil {
			t.Error(err)
		}
		for _, b := range breaks {
			if strings.Contains(b.What, "as the program left it") { // the rest is what the tests try
				t.Errorf("verify: %s: %s", b.Where, b.What)
			}
		}
	})
	return openAt(t, path, clock) // closed before
}

package sqlite_test

import (
	"path/filepath"
	"testing"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

func TestContract(t *testing.T) { storetest.Run(t, fresh) }

func TestPermissions(t *testing.T) { storetest.RunPermissions(t, fresh) }

// fresh opens an empty store.
func fresh(t testing.TB, clock boxoffice.Clock) boxoffice.Store {
	return openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
}

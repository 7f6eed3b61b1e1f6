package fire_test

import (
	"context"
	"os"
	"testing"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

func TestMain(m *testing.M) {
	countIfAsked()
	storetest.WorkIfAsked(func(path string, clock boxoffice.Clock) (boxoffice.Store, error) {
		return sqlite.Open(context.Background(), path, sqlite.Options{Clock: clock})
	})
	os.Exit(m.Run())
}

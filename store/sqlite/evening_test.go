package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// openAt opens a fresh store whose clock is clock.
func openAt(t testing.TB, path string, clock boxoffice.Clock) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// clean fails the test unless everything in the store adds up.
func clean(t testing.TB, store *sqlite.Store) {
	t.Helper()
	breaks, err := store.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range breaks {
		t.Errorf("verify: %s: %s", b.Where, b.What)
	}
}

// TestOfficeAgreesWithTheModel does random evenings of every use case to the
// store and to a plain model of it. Who watches it must be told what who only reads the file is.
func TestOfficeAgreesWithTheModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
		dir := t.TempDir()
		store, err := sqlite.Open(context.Background(), filepath.Join(dir, "house.wicket"), sqlite.Options{Clock: clock})
		if err != nil {
			rt.Fatal(err)
		}
		defer store.Close()
		evening := storetest.NewEvening(t, store, clock, storetest.Rows(4, 5, 4), 3)
		same := watchAndRead(rt, store, filepath.Join(dir, "house.wicket"), evening)
		actions := evening.Machine()
		agree := actions[""]
		actions[""] = func(rt *rapid.T) { agree(rt); same(rt) }
		rt.Repeat(actions)
		breaks, err := store.Verify(context.Background())
		if err != nil || len(breaks) > 0 {
			rt.Fatalf("verify: %v, %v", breaks, err)
		}
	})
}

// watchAndRead returns what holds the news of a house, as a process has them that watches
// it, to what is in the file.
func watchAndRead(rt *rapid.T, store *sqlite.Store, path string, evening *storetest.Evening) func(*rapid.T) {
	ctx, leave := context.WithCancel(context.Background())
	rt.Cleanup(leave)
	store.Watch(ctx)
	file, err := sqlite.OpenReading(path, evening.Clock)
	if err != nil {
		rt.Fatal(err)
	}
	rt.Cleanup(func() { file.Close() })
	var all []boxoffice.PlaceNo
	for i := range evening.Plan.Places {
		all = append(all, boxoffice.PlaceNo(i+1))
	}
	var after int64
	type news struct {
		entries []boxoffice.Entry
		places  map[boxoffice.PlaceNo]boxoffice.PlaceState
	}
	return func(rt *rapid.T) {
		var told, read news
		look := func(n *news) func(boxoffice.Reader) error {
			return func(r boxoffice.Reader) (err error) {
				if n.entries, err = r.Journal(after, 1000); err == nil {
					n.places, err = r.PlaceStates(evening.Performance, all)
				}
				return err
			}
		}
		if err := errors.Join(store.View(ctx, look(&told)), file.View(ctx, look(&read))); err != nil {
			rt.Fatal(err)
		}
		if !reflect.DeepEqual(told, read) {
			rt.Fatalf("told was %+v, in the file is %+v", told, read)
		}
		after += int64(len(read.entries))
	}
}

// TestStormSellsEverySeatOnce sends 512 clerks at a house of 500 seats.
func TestStormSellsEverySeatOnce(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
	const seats, clerks = 500, 512
	evening := storetest.NewEvening(t, store, clock, storetest.Rows(20, 25, 0), clerks)
	if told := evening.Storm(t, clerks); told != seats {
		t.Errorf("clerks were told of %d tickets, the house has %d", told, seats)
	}
	want := boxoffice.Fill{Places: seats, Sold: seats}
	if got := evening.Fill(t); got != want {
		t.Errorf("the house is %+v, want %+v", got, want)
	}
	clean(t, store)
}

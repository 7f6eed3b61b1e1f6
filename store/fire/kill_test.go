package fire_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// seedOf returns what a test's random numbers begin with: another one each time,
// unless the environment names it to play a failure again.
func seedOf(t *testing.T) uint64 {
	seed, err := strconv.ParseUint(os.Getenv("WICKET_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64() >> 16
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("again with WICKET_SEED=%d", seed)
		}
	})
	return seed
}

// fireHouse is a house that tests try to break, closed between their attacks.
type fireHouse struct {
	path   string
	start  time.Time
	ledger *storetest.Ledger
}

// newFireHouse makes a house of 120 places with clerks. Where the test fails, its
// files stay and are named.
func newFireHouse(t *testing.T, clerks int) *fireHouse {
	t.Helper()
	return newFireHouseIn(t, fireFolder(t), clerks)
}

// fireFolder makes a folder that stays, and is named, where the test fails.
func fireFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "wicket-fire-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("its files are in %s", dir)
			return
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// newFireHouseIn makes such a house in a folder.
func newFireHouseIn(t *testing.T, dir string, clerks int) *fireHouse {
	t.Helper()
	h := &fireHouse{path: filepath.Join(dir, "house.wicket"), start: storetest.Curtain.AddDate(0, -3, 0)}
	clock := storetest.NewClock(h.start)
	store := openStore(t, h.path, clock)
	defer closeStore(t, store)
	e := storetest.NewEvening(t, store, clock, storetest.Rows(8, 15, 0), clerks)
	var err error
	if h.ledger, err = storetest.NewLedger(e); err != nil {
		t.Fatal(err)
	}
	return h
}

func openStore(t *testing.T, path string, clock boxoffice.Clock) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func closeStore(t *testing.T, store *sqlite.Store) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

// open opens the house, and the evening in it.
func (h *fireHouse) open(t *testing.T) (*sqlite.Store, *storetest.Evening) {
	t.Helper()
	clock := storetest.NewClock(h.start)
	store := openStore(t, h.path, clock)
	e, err := storetest.Reopen(store, clock)
	if err != nil {
		closeStore(t, store)
		t.Fatal(err)
	}
	return store, e
}

// check opens the house anew and compares it with what was told; with verify it
// recounts everything, too.
func (h *fireHouse) check(t *testing.T, verify bool) {
	t.Helper()
	store, e := h.open(t)
	defer closeStore(t, store)
	if err := h.ledger.Check(e); err != nil {
		t.Error(err)
	}
	for _, trouble := range h.ledger.Troubles() {
		t.Errorf("a worker met: %s", trouble)
	}
	if !verify {
		return
	}
	breaks, err := store.Verify(context.Background())
	if err != nil || len(breaks) > 0 {
		t.Errorf("verify: %v, %v", breaks, err)
	}
}

// TestKilledProcessesLoseNothing: of two processes that sell in one house, one or both
// are killed at random points, again and again. The one that is left sells on. After
// each round the house is opened and compared with all that was acknowledged. It is
// recounted after each of the first fifty rounds, after each tenth later on, and at
// the end.
func TestKilledProcessesLoseNothing(t *testing.T) {
	const clerks = 4
	kills := storetest.Rounds(t, 24, 900)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	h := newFireHouse(t, 2*clerks)
	began, done, rounds := time.Now(), 0, 0
	for ; done < kills && !t.Failed(); rounds++ {
		start := func(i int) *storetest.Worker {
			return storetest.StartWorker(t, h.ledger, storetest.WorkOrder{
				House: h.path, First: i * clerks, Clerks: clerks, Seed: random.Uint64(), Start: h.start,
			}, "")
		}
		first, second := start(0), start(1)
		if random.IntN(10) > 0 && !first.Await(1+random.IntN(60)) { // else while it opens the house
			t.Errorf("a worker ended by itself: %v", first.Wait())
		}
		if random.IntN(5) == 0 {
			first.Tell() // it is killed while it closes the house
		}
		first.Kill()
		if random.IntN(3) > 0 && !second.Await(second.Acks()+1+random.IntN(30)) {
			t.Errorf("the worker that was left ended by itself: %v", second.Wait())
		}
		second.Kill()
		done += 2
		h.check(t, rounds < 50 || rounds%10 == 0 || done >= kills)
	}
	t.Logf("%d kills in %d rounds in %.1f s: %d sales, %d voids and %d cancellations acknowledged, %d commands without an answer sent again; none lost, none doubled, verify clean",
		done, rounds, time.Since(began).Seconds(), h.ledger.Told(boxoffice.VerbSell), h.ledger.Told(boxoffice.VerbVoid), h.ledger.Told(boxoffice.VerbCancel), h.ledger.Again())
}

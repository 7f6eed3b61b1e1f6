package fire_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// earlierHouse lays a house of an earlier schema, as the program of its time made it,
// into a folder, and begins the ledger at its end.
func earlierHouse(t *testing.T, dir, file string) *fireHouse {
	t.Helper()
	h := &fireHouse{path: filepath.Join(dir, "house.wicket"), start: storetest.Curtain}
	storetest.Unpack(t, file, h.path)
	// The ledger needs an open house: a copy, lest this one be brought up to date.
	aside := &fireHouse{path: filepath.Join(t.TempDir(), "aside.wicket"), start: h.start}
	storetest.Unpack(t, file, aside.path)
	store, e := aside.open(t)
	defer closeStore(t, store)
	var err error
	if h.ledger, err = storetest.NewLedger(e); err != nil {
		t.Fatal(err)
	}
	return h
}

// TestKilledUpgradesLoseNothing: two processes open a house of an earlier schema at
// once and are killed on the way, at a moment by chance between its beginning and
// their first sales. There is at most one copy of it, which is whole; the house is
// brought up to date, has all it had, and sells.
func TestKilledUpgradesLoseNothing(t *testing.T) {
	files, err := filepath.Glob("../sqlite/testdata/schemas/*.wicket.gz")
	if err != nil || len(files) == 0 {
		t.Fatalf("no houses of earlier schemas: %v", err)
	}
	kills := storetest.Rounds(t, 8, 100)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	offset := random.IntN(len(files))
	folder := fireFolder(t)
	began, done, sold, on := time.Now(), 0, 0, 0
	for ; done < kills && !t.Failed(); done += 2 {
		dir, err := os.MkdirTemp(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		h := earlierHouse(t, dir, files[(offset+done/2)%len(files)])
		start := func(i int) *storetest.Worker {
			return storetest.StartWorker(t, h.ledger, storetest.WorkOrder{House: h.path, First: i * 2, Clerks: 2, Seed: random.Uint64(), Start: h.start}, "")
		}
		first, second := start(0), start(1)
		switch part, grown := random.IntN(6), int64(random.IntN(400_000)); part {
		case 0: // at once
		case 1:
			first.Await(1)
		case 2:
			waitFor(first, func() bool { files, _ := filepath.Glob(h.path + ".before-part"); return len(files) > 0 })
		case 3:
			waitFor(first, func() bool { files, _ := filepath.Glob(h.path + ".before-[0-9]*"); return len(files) > 0 })
		default: // among the migrations
			waitFor(first, func() bool { info, err := os.Stat(h.path + "-wal"); return err == nil && info.Size() > grown })
		}
		if first.Ended() {
			t.Errorf("a worker ended by itself: %v", first.Wait())
		}
		first.Kill()
		if random.IntN(2) == 0 && !second.Await(3) {
			t.Errorf("the one that was left ended by itself: %v", second.Wait())
		}
		second.Kill()
		if r, err := sqlite.OpenReading(h.path, boxoffice.SystemClock{}); err == nil {
			if at, newest, err := r.Schema(); err == nil && at == newest {
				on++
			}
			_ = r.Close()
		}
		h.checkUpgraded(t)
		sold += h.ledger.Told(boxoffice.VerbSell)
	}
	t.Logf("%d kills of two processes that bring an old house up to date in %.1f s: in %d of %d houses that was over, %d sales were acknowledged; none lost, verify clean",
		done, time.Since(began).Seconds(), on, done/2, sold)
}

// waitFor waits until something is so, or the worker sells or has ended.
func waitFor(w *storetest.Worker, so func() bool) {
	for !so() && w.Acks() == 0 && !w.Ended() {
		runtime.Gosched()
	}
}

// checkUpgraded opens the house, recounts it, compares what was told, and looks at
// the copy of it as it was.
func (h *fireHouse) checkUpgraded(t *testing.T) {
	t.Helper()
	h.check(t, true)
	kept, err := sqlite.Formers(h.path)
	if err != nil || len(kept) > 1 {
		t.Errorf("kept is %v, %v", kept, err)
	}
	for _, path := range kept {
		copied, err := sqlite.OpenReading(path, storetest.NewClock(h.start))
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.CheckQuickly(context.Background()); err != nil {
			t.Errorf("the copy: %v", err)
		}
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}
}

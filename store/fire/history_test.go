package fire_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
	"wicket/store/storetest/history"
)

// brief are hold times short enough that many lapse and some come to their latest time.
var brief = boxoffice.HoldTime{TTL: time.Minute, Max: 150 * time.Second}

// TestHistory lets callers in one process do what they like with a few places, and
// judges what they saw.
func TestHistory(t *testing.T) {
	operations := storetest.Rounds(t, 100_000, 1_000_000)
	store, crowd := newCrowd(t, filepath.Join(t.TempDir(), "house.wicket"), 32)
	began := time.Now()
	ops, err := crowd.Work(operations)
	if err != nil {
		t.Fatal(err)
	}
	worked := time.Since(began)
	judge(t, store, crowd, ops, "32 callers in one process", worked)
}

// newCrowd opens a house of 64 places with a crowd before it.
func newCrowd(t *testing.T, path string, callers int) (*sqlite.Store, *history.Crowd) {
	t.Helper()
	clock := history.Clock{Millis: new(atomic.Int64)}
	clock.Millis.Store(storetest.Curtain.Add(-2 * time.Hour).UnixMilli())
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	evening := storetest.NewEvening(t, store, nil, storetest.Rows(8, 8, 0), callers)
	start, err := history.Begin(store, evening, brief)
	if err != nil {
		t.Fatal(err)
	}
	return store, &history.Crowd{Store: store, Start: start, Clock: clock, Ticks: new(atomic.Int64), Callers: evening.Staff}
}

// judge judges what a crowd noted, by the journal, and logs what it was.
func judge(t *testing.T, store *sqlite.Store, crowd *history.Crowd, ops []history.Operation, who string, worked time.Duration) {
	t.Helper()
	began := time.Now()
	last, err := crowd.Again("Last")
	if err != nil {
		t.Fatal(err)
	}
	all := history.Operation{What: history.ReadPlaces}
	for i := range crowd.Start.Prices {
		all.Places = append(all.Places, boxoffice.PlaceNo(i+1))
	}
	ops = append(ops, last(all))
	journal, err := history.Journal(store, crowd.Start.Seq)
	if err != nil {
		t.Fatal(err)
	}
	r := history.Witness(crowd.Start, ops, journal)
	for _, f := range r.Faults {
		t.Error(f)
	}
	verified(t, store)
	if len(r.Faults) == 0 && (r.Done < len(ops)/5 || r.Refused == 0 || r.Read == 0 || r.Again == 0 || r.Lapsed == 0) {
		t.Errorf("the history is too tame: %+v", r)
	}
	t.Logf("%d operations by %s on %d places: %d done, %d refused, %d only read, %d answered again; %d entries, %d holds lapsed; worked %.1f s, judged %.1f s",
		len(ops), who, len(crowd.Start.Prices), r.Done, r.Refused, r.Read, r.Again, r.Entries, r.Lapsed, worked.Seconds(), time.Since(began).Seconds())
}

// verified recounts the store.
func verified(t *testing.T, store *sqlite.Store) {
	t.Helper()
	breaks, err := store.Verify(context.Background())
	if err != nil {
		t.Error(err)
	}
	for _, b := range breaks {
		t.Errorf("%s: %s", b.Where, b.What)
	}
}

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

// clockwork is what all who write one history go by: processes may share it.
type clockwork struct {
	clock, ticks, left atomic.Int64 // instants in Unix milliseconds, calls, operations to go
}

func (c *clockwork) begin(operations int) {
	c.clock.Store(storetest.Curtain.Add(-2 * time.Hour).UnixMilli())
	c.left.Store(int64(operations))
}

// operations is how many a history has: under the race detector fewer by far.
func operations(t *testing.T, few, soak int) int {
	if storetest.UnderRace {
		few, soak = few/3, soak/10
	}
	return storetest.Rounds(t, few, soak)
}

// TestHistory lets callers in one process do what they like with a few places, and
// judges what they saw.
func TestHistory(t *testing.T) {
	var c clockwork
	c.begin(operations(t, 70_000, 700_000))
	store, crowd := newCrowd(t, filepath.Join(t.TempDir(), "house.wicket"), storetest.Rows(8, 8, 0), 32, brief, &c)
	began := time.Now()
	ops, err := crowd.Work(&c.left)
	if err != nil {
		t.Fatal(err)
	}
	judge(t, store, crowd, ops, "32 callers in one process", time.Since(began))
}

// TestSmallHistories judges small histories without the journal's help.
func TestSmallHistories(t *testing.T) {
	const callers, places, each = 5, 12, 1000
	rounds := storetest.Rounds(t, 3, 100)
	began, unknown := time.Now(), 0
	for range rounds {
		var c clockwork
		c.begin(each)
		// Their baskets have no latest time: the search knows none.
		times := boxoffice.HoldTime{TTL: 10 * time.Second, Max: 365 * 24 * time.Hour}
		_, crowd := newCrowd(t, filepath.Join(t.TempDir(), "house.wicket"), storetest.Rows(2, places/2, 0), callers, times, &c)
		ops, err := crowd.Work(&c.left)
		if err != nil {
			t.Fatal(err)
		}
		faults, gaveUp := history.Search(crowd.Start, ops, time.Minute)
		for _, f := range faults {
			t.Error(f)
		}
		unknown += gaveUp
	}
	t.Logf("%d histories of %d operations by %d callers on %d places: an order found for each place but %d that were given up; %.1f s",
		rounds, each, callers, places, unknown, time.Since(began).Seconds())
}

// newCrowd opens a house with a crowd before it.
func newCrowd(t *testing.T, path string, plan *boxoffice.Plan, callers int, times boxoffice.HoldTime, c *clockwork) (*sqlite.Store, *history.Crowd) {
	t.Helper()
	store := openStore(t, path, history.Clock{Millis: &c.clock})
	t.Cleanup(func() { closeStore(t, store) })
	evening := storetest.NewEvening(t, store, nil, plan, callers)
	start, err := history.Begin(store, evening, times)
	if err != nil {
		t.Fatal(err)
	}
	return store, c.crowd(store, evening, start)
}

// crowd is all who work in the house.
func (c *clockwork) crowd(store boxoffice.Store, evening *storetest.Evening, start history.Start) *history.Crowd {
	return &history.Crowd{Store: store, Start: start, Clock: history.Clock{Millis: &c.clock}, Ticks: &c.ticks, Callers: evening.Staff}
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
	breaks, err := store.Verify(context.Background())
	if err != nil || len(breaks) > 0 {
		t.Errorf("verify: %v, %v", breaks, err)
	}
	if len(r.Faults) == 0 && (r.Done < len(ops)/5 || r.Refused == 0 || r.Read == 0 || r.Again == 0 || r.Lapsed == 0) {
		t.Errorf("the history is too tame: %+v", r)
	}
	t.Logf("%d operations by %s on %d places: %d done, %d refused, %d only read, %d answered again, %d never; %d entries, %d holds lapsed; worked %.1f s, judged %.1f s",
		len(ops), who, len(crowd.Start.Prices), r.Done, r.Refused, r.Read, r.Again, r.Unanswered, r.Entries, r.Lapsed, worked.Seconds(), time.Since(began).Seconds())
}

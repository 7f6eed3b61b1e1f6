package sqlite_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestSweepingLetsOthersIn lets many holds lapse: one sweep clears as many as it may
// while nobody waits, and fewer while others do. In the end all is free, and each
// basket knows what it lost.
func TestSweepingLetsOthersIn(t *testing.T) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
	const clerks, each, most = 8, 15, 30
	e := storetest.NewEvening(t, store, clock, storetest.Rows(20, 24, 0), clerks)
	var all sync.WaitGroup
	hold := func(from int) {
		t.Helper()
		for i, by := range e.Staff {
			all.Go(func() {
				for k := range each {
					first := boxoffice.PlaceNo(2*(from+i*each+k) + 1)
					_, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, e.Performance, []boxoffice.Pick{{Place: first}, {Place: first + 1}})
					if err == nil {
						err = e.Office.Park(ctx, boxoffice.NewCommandID(), by, "")
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		clock.Move(time.Hour)
	}
	sweep := func() int {
		t.Helper()
		n, err := e.Office.Sweep(ctx, most)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}

	hold(0)
	for _, want := range []int{most, most, most, most, 0} {
		if n := sweep(); n != want {
			t.Fatalf("a sweep that disturbs nobody cleared %d holds, want %d", n, want)
		}
	}

	hold(clerks * each)
	crowd, stop := context.WithCancel(ctx)
	for range 8 {
		all.Go(func() {
			for crowd.Err() == nil {
				if err := store.Update(ctx, "", nil, func(boxoffice.Tx) error { return nil }); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	portions, swept := 0, 0
	for swept < clerks*each {
		n := sweep()
		if n == 0 {
			t.Fatalf("%d holds were left", clerks*each-swept)
		}
		portions++
		swept += n
	}
	stop()
	all.Wait()
	if portions < 5 {
		t.Errorf("%d holds went in %d portions, though others waited", swept, portions)
	}

	parked, err := e.Office.Parked(ctx, 0)
	if err != nil || len(parked) != 2*clerks*each {
		t.Fatalf("%d baskets are parked, %v, want %d", len(parked), err, 2*clerks*each)
	}
	for _, p := range parked {
		if len(p.View.Lines) != 0 || len(p.View.Lost) != 2 {
			t.Fatalf("a basket has %d places and lost %d, want 0 and 2", len(p.View.Lines), len(p.View.Lost))
		}
	}
	clean(t, store)
}

// TestASweepEndsWhenSomebodyComes lets somebody come while a large sweep is under way: it
// does not go on to its end.
func TestASweepEndsWhenSomebodyComes(t *testing.T) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
	e := storetest.NewEvening(t, store, clock, storetest.Rows(20, 24, 0), 1)
	const holds = 240
	for i := range holds {
		_, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), e.Staff[0], e.Performance, []boxoffice.Pick{{Place: boxoffice.PlaceNo(2*i + 1)}, {Place: boxoffice.PlaceNo(2*i + 2)}})
		if err == nil {
			err = e.Office.Park(ctx, boxoffice.NewCommandID(), e.Staff[0], "")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	clock.Move(time.Hour)
	visited := &visited{Store: store}
	office := boxoffice.NewOffice(visited, nil, nil)
	sweep := func() int {
		t.Helper()
		n, err := office.Sweep(ctx, holds)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	visited.comes = 60 // while the first are being cleared away
	some := sweep()
	if some < visited.comes || some >= holds/2 {
		t.Errorf("somebody came after %d holds: the sweep went on to %d of %d", visited.comes, some, holds)
	}
	visited.comes = holds
	if rest := sweep(); rest != holds-some {
		t.Errorf("a sweep that nobody disturbs cleared %d holds of the %d that were left", rest, holds-some)
	}
	clean(t, store)
}

// visited is a store at which somebody waits once a transaction has ended so many holds.
type visited struct {
	boxoffice.Store
	comes int
}

func (v *visited) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	return v.Store.Update(ctx, cmd, answer, func(tx boxoffice.Tx) error { return fn(&visitedTx{Tx: tx, comes: v.comes}) })
}

type visitedTx struct {
	boxoffice.Tx
	comes, ended int
}

func (v *visitedTx) EndHolds(holds []boxoffice.Hold, how boxoffice.HoldState) error {
	v.ended += len(holds)
	return v.Tx.EndHolds(holds, how)
}

func (v *visitedTx) OthersWait() bool { return v.ended >= v.comes }

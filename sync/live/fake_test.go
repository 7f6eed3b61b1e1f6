package live_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/sync/live"
)

// clock is time as synctest moves it.
type clock struct{}

func (clock) Now() time.Time { return time.Now() }

// fake is a store of one house in memory: as much of it as the feed reads.
type fake struct {
	boxoffice.Store

	reading func() // called before each snapshot, if set before the hub runs

	mu       sync.Mutex
	plan     *boxoffice.Plan
	perfs    map[boxoffice.PerformanceID]boxoffice.Performance
	tickets  map[boxoffice.PerformanceID][]boxoffice.Ticket
	holds    map[boxoffice.HoldID]boxoffice.HoldView
	journal  []boxoffice.Entry
	watchers map[chan struct{}]bool
	broken   error
	views    int // snapshots taken
	houses   int // whole houses read
}

func newFake(places int, performances ...boxoffice.PerformanceID) *fake {
	f := &fake{
		plan: &boxoffice.Plan{
			ID: 1, Name: "Hall", Zones: []boxoffice.Zone{{Name: "Zone 1"}}, Levels: []boxoffice.Level{{Name: "Hall"}},
			Sections: []boxoffice.Section{{Name: "Hall", Admission: boxoffice.GeneralAdmission, First: 1, Last: boxoffice.PlaceNo(places)}},
		},
		perfs: map[boxoffice.PerformanceID]boxoffice.Performance{}, tickets: map[boxoffice.PerformanceID][]boxoffice.Ticket{},
		holds: map[boxoffice.HoldID]boxoffice.HoldView{}, watchers: map[chan struct{}]bool{},
	}
	for i := range places {
		f.plan.Places = append(f.plan.Places, boxoffice.Place{No: boxoffice.PlaceNo(i + 1)})
	}
	for _, id := range performances {
		f.perfs[id] = boxoffice.Performance{ID: id, Plan: 1, State: boxoffice.OnSale, Title: "Macbeth"}
		for i := range places {
			f.tickets[id] = append(f.tickets[id], boxoffice.Ticket{
				ID: boxoffice.TicketID(i + 1), Performance: id, Place: boxoffice.PlaceNo(i + 1), State: boxoffice.Available, Version: 1,
			})
		}
	}
	return f
}

// commit changes the house under the lock, journals what change returns, and
// tells who watches.
func (f *fake) commit(change func() []boxoffice.Entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries := change()
	for _, e := range entries {
		e.Seq = int64(len(f.journal) + 1)
		f.journal = append(f.journal, e)
	}
	f.tell()
}

func (f *fake) tell() {
	for w := range f.watchers {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

// append journals entries that change nothing here.
func (f *fake) append(entries ...boxoffice.Entry) {
	f.commit(func() []boxoffice.Entry { return entries })
}

// hold takes places under a hold until an instant, as one commit.
func (f *fake) hold(id boxoffice.HoldID, perf boxoffice.PerformanceID, until time.Time, places ...boxoffice.PlaceNo) {
	e := boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: perf, Hold: id}
	f.commit(func() []boxoffice.Entry {
		f.holds[id] = boxoffice.HoldView{Hold: boxoffice.Hold{ID: id, State: boxoffice.HoldActive, ExpiresAt: until}, StaffName: "Ben"}
		for i := range f.tickets[perf] {
			if t := &f.tickets[perf][i]; t.Hold == id {
				t.ExpiresAt = until
			}
		}
		for _, no := range places {
			t := &f.tickets[perf][no-1]
			before := *t
			t.State, t.Hold, t.ExpiresAt, t.Version = boxoffice.Held, id, until, t.Version+1
			e.Changes = append(e.Changes, boxoffice.Diff(before, *t))
		}
		return []boxoffice.Entry{e}
	})
}

// breakWith makes every snapshot fail from now on; nil mends the store.
func (f *fake) breakWith(err error) {
	f.mu.Lock()
	f.broken = err
	f.mu.Unlock()
}

func (f *fake) count(n *int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return *n
}

func (f *fake) View(_ context.Context, fn func(boxoffice.Reader) error) error {
	if f.reading != nil {
		f.reading()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.views++
	if f.broken != nil {
		return f.broken
	}
	return fn(reader{f: f})
}

func (f *fake) Watch(ctx context.Context) <-chan struct{} {
	ch := make(chan struct{}, 1)
	f.mu.Lock()
	f.watchers[ch] = true
	f.mu.Unlock()
	context.AfterFunc(ctx, func() { f.unwatch(ch) })
	return ch
}

func (f *fake) unwatch(ch chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.watchers[ch] {
		delete(f.watchers, ch)
		close(ch)
	}
}

// shut closes the store.
func (f *fake) shut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for w := range f.watchers {
		delete(f.watchers, w)
		close(w)
	}
}

// reader is a snapshot: the store is locked while it is used.
type reader struct {
	boxoffice.Reader
	f *fake
}

func (r reader) Now() time.Time { return time.Now() }

func (r reader) Head() (int64, [32]byte, error) {
	return int64(len(r.f.journal)), [32]byte{}, nil
}

func (r reader) Journal(after int64, limit int) ([]boxoffice.Entry, error) {
	entries := r.f.journal[after:]
	return append([]boxoffice.Entry(nil), entries[:min(limit, len(entries))]...), nil
}

func (r reader) LastEntries(n int) ([]boxoffice.Entry, error) {
	return r.Journal(int64(max(0, len(r.f.journal)-n)), n)
}

func (r reader) Performance(id boxoffice.PerformanceID) (boxoffice.Performance, error) {
	if p, ok := r.f.perfs[id]; ok {
		return p, nil
	}
	return boxoffice.Performance{}, boxoffice.NotFound("performance", id)
}

func (r reader) Plan(boxoffice.PlanID) (*boxoffice.Plan, error) { return r.f.plan, nil }

func (r reader) PriceList(boxoffice.PerformanceID) (*boxoffice.PriceList, error) {
	return &boxoffice.PriceList{}, nil
}

func (r reader) PlaceStates(id boxoffice.PerformanceID, places []boxoffice.PlaceNo) (map[boxoffice.PlaceNo]boxoffice.PlaceState, error) {
	out := map[boxoffice.PlaceNo]boxoffice.PlaceState{}
	for _, no := range places {
		out[no] = r.f.tickets[id][no-1].PlaceState()
	}
	return out, nil
}

func (r reader) Places(id boxoffice.PerformanceID) ([]boxoffice.PlaceState, error) {
	r.f.houses++
	var out []boxoffice.PlaceState
	for _, t := range r.f.tickets[id] {
		out = append(out, t.PlaceState())
	}
	return out, nil
}

func (r reader) LiveHolds(id boxoffice.PerformanceID) ([]boxoffice.HoldView, error) {
	var out []boxoffice.HoldView
	for _, h := range r.f.holds {
		for _, t := range r.f.tickets[id] {
			if t.Hold == h.ID {
				out = append(out, h)
				break
			}
		}
	}
	return out, nil
}

func (r reader) LiveHoldsOf(id boxoffice.PerformanceID, holds []boxoffice.HoldID) ([]boxoffice.HoldView, error) {
	all, err := r.LiveHolds(id)
	return slices.DeleteFunc(all, func(h boxoffice.HoldView) bool { return !slices.Contains(holds, h.ID) }), err
}

// open returns a hub on the store that does not run yet.
func open(f *fake) *live.Hub { return live.New(f, clock{}, slog.New(slog.DiscardHandler)) }

// start runs a hub until the test ends; its goroutine is gone then.
func start(t *testing.T, hub *live.Hub) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = hub.Run(context.Background()) // ends with the hub or with the store
	}()
	t.Cleanup(func() {
		hub.Close()
		<-done
	})
}

// run opens a hub and starts it.
func run(t *testing.T, f *fake) *live.Hub {
	t.Helper()
	hub := open(f)
	start(t, hub)
	return hub
}

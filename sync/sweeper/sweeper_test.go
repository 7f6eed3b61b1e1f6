package sweeper_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"wicket/boxoffice"
	"wicket/sync/sweeper"
)

// house is a store and an office of nothing but instants at which holds end.
type house struct {
	boxoffice.Store

	mu      sync.Mutex
	ends    []time.Time
	ahead   atomic.Int64 // how far the house's clock is before the machine's
	broken  error
	stuck   bool
	views   int
	sweeps  []int // what each sweep did
	watches []chan struct{}
}

func (h *house) Now() time.Time {
	return time.Now().Add(time.Duration(h.ahead.Load()))
}

func (h *house) hold(ends ...time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ends = append(h.ends, ends...)
	h.tell()
}

func (h *house) tell() {
	for _, w := range h.watches {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

func (h *house) Watch(context.Context) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := make(chan struct{}, 1)
	h.watches = append(h.watches, w)
	return w
}

func (h *house) View(_ context.Context, fn func(boxoffice.Reader) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.views++
	if h.broken != nil {
		return h.broken
	}
	return fn(reader{h: h})
}

type reader struct {
	boxoffice.Reader
	h *house
}

func (r reader) Now() time.Time { return r.h.Now() }

func (r reader) NextExpiry() (time.Time, error) {
	if len(r.h.ends) == 0 {
		return time.Time{}, nil
	}
	return slices.MinFunc(r.h.ends, time.Time.Compare), nil
}

func (h *house) Sweep(_ context.Context, limit int) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.broken != nil {
		return 0, h.broken
	}
	now, swept := h.Now(), 0
	if !h.stuck {
		h.ends = slices.DeleteFunc(h.ends, func(t time.Time) bool {
			if swept == limit || t.After(now) {
				return false
			}
			swept++
			return true
		})
	}
	h.sweeps = append(h.sweeps, swept)
	if swept > 0 {
		h.tell()
	}
	return swept, nil
}

// seen returns how many holds are left, and what the sweeps and looks were.
func (h *house) seen() (left int, sweeps []int, views int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.ends), slices.Clone(h.sweeps), h.views
}

// open runs n sweepers on a house until the test's bubble ends.
func open(t *testing.T, h *house, n int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if err := sweeper.Run(ctx, h, h, h, slog.New(slog.DiscardHandler)); err != nil {
				t.Errorf("run: %v", err)
			}
		})
	}
	t.Cleanup(func() { cancel(); all.Wait() })
	synctest.Wait()
}

func TestSweepsAtTheInstant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{}
		open(t, h, 1)
		h.hold(time.Now().Add(20*time.Minute), time.Now().Add(8*time.Minute))
		time.Sleep(8*time.Minute - time.Millisecond)
		synctest.Wait()
		if _, sweeps, _ := h.seen(); len(sweeps) != 0 {
			t.Fatalf("swept before the time: %v", sweeps)
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if left, sweeps, _ := h.seen(); left != 1 || !slices.Equal(sweeps, []int{1}) {
			t.Errorf("at the time: %d left, sweeps %v", left, sweeps)
		}
	})
}

func TestSweepsInBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{}
		for range 2*sweeper.Batch + 50 {
			h.hold(time.Now().Add(-time.Second))
		}
		open(t, h, 1)
		if left, sweeps, _ := h.seen(); left != 0 || !slices.Equal(sweeps, []int{sweeper.Batch, sweeper.Batch, 50}) {
			t.Errorf("%d left, sweeps %v", left, sweeps)
		}
	})
}

func TestNothingToDoCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{}
		open(t, h, 1)
		time.Sleep(time.Hour)
		if _, sweeps, views := h.seen(); len(sweeps) != 0 || views > 61 {
			t.Errorf("%d sweeps and %d looks in an idle hour", len(sweeps), views)
		}
		for range 1000 { // a rush
			h.hold(time.Now().Add(time.Hour))
			time.Sleep(time.Millisecond)
		}
		if _, _, views := h.seen(); views > 61+15 {
			t.Errorf("%d looks in a second's rush", views-61)
		}
	})
}

func TestTroubleIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{broken: errors.New("disk full")}
		h.hold(time.Now())
		open(t, h, 1)
		time.Sleep(10 * time.Minute)
		if _, _, views := h.seen(); views > 40 {
			t.Errorf("%d tries in ten minutes of trouble", views)
		}
		h.mu.Lock()
		h.broken = nil
		h.mu.Unlock()
		time.Sleep(time.Minute)
		if left, _, _ := h.seen(); left != 0 {
			t.Error("not swept after the trouble")
		}
	})
}

func TestWhatCannotBeSweptDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{stuck: true}
		h.hold(time.Now())
		open(t, h, 1)
		time.Sleep(10 * time.Minute)
		if _, sweeps, _ := h.seen(); len(sweeps) > 40 {
			t.Errorf("%d tries in ten minutes", len(sweeps))
		}
	})
}

func TestManySweepersDoNotMind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{}
		open(t, h, 5)
		for i := range 300 {
			h.hold(time.Now().Add(time.Duration(i) * time.Second))
		}
		time.Sleep(301 * time.Second)
		synctest.Wait()
		left, sweeps, _ := h.seen()
		total := 0
		for _, n := range sweeps {
			total += n
		}
		if left != 0 || total != 300 {
			t.Errorf("%d left, %d swept", left, total)
		}
	})
}

func TestClockThatJumpsIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{}
		open(t, h, 1)
		h.hold(time.Now().Add(5 * time.Hour))
		time.Sleep(time.Second)
		h.ahead.Store(int64(6 * time.Hour))
		time.Sleep(time.Minute)
		synctest.Wait()
		if left, _, _ := h.seen(); left != 0 {
			t.Error("the clock passed the end of the hold a minute ago")
		}
	})
}

func TestStoreClosedEndsIt(t *testing.T) {
	for name, broken := range map[string]error{"while it sleeps": nil, "while it sweeps": errors.New("the store is closed")} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &house{broken: broken}
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				end := make(chan error, 1)
				go func() { end <- sweeper.Run(ctx, h, h, h, slog.New(slog.DiscardHandler)) }()
				synctest.Wait()
				close(h.watches[0])
				if <-end == nil {
					t.Error("it ended without saying why")
				}
			})
		})
	}
}

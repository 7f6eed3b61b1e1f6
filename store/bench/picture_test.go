//go:build linux

package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"wicket/boxoffice"
	"wicket/sync/live"
)

// seen is when a picture of a revision was there for everybody in a process to see, by
// the machine's clock.
type seen struct {
	Revision int64
	At       int64 // Unix nanoseconds
}

// watching is what a process saw.
type watching struct {
	Seen []seen
	Idle float64 // how much of a core it took while nothing happened
}

// show opens a view of a performance, as a terminal in this process has it. What ends it
// waits for ctx.
func (h *house) show(ctx context.Context, id boxoffice.PerformanceID) (view boxoffice.Subscription, done func()) {
	feed := live.New(h.store, h.Clock, slog.New(slog.DiscardHandler))
	var running sync.WaitGroup
	running.Go(func() { _ = feed.Run(ctx) })
	view = feed.Subscribe()
	view.Show(id)
	return view, func() {
		view.Close()
		running.Wait()
	}
}

// watcher shows the evening's performance and notes when each picture of it came.
type watcher struct {
	mu   sync.Mutex
	seen []seen
	news chan struct{} // closed with each picture
}

// watch does so until ctx ends; first is called with the first picture.
func (w *watcher) watch(ctx context.Context, h *house, first func(boxoffice.Subscription)) {
	view, done := h.show(ctx, h.Performance)
	defer done()
	for {
		select {
		case <-ctx.Done():
			return
		case <-view.Changed():
		}
		pic := view.Picture(h.Performance)
		if pic == nil {
			continue
		}
		w.mu.Lock()
		begun := len(w.seen) > 0
		if !begun || pic.Revision > w.seen[len(w.seen)-1].Revision {
			w.seen = append(w.seen, seen{pic.Revision, time.Now().UnixNano()})
			if w.news != nil {
				close(w.news)
				w.news = nil
			}
		}
		w.mu.Unlock()
		if !begun {
			first(view)
		}
	}
}

// until waits for the picture of a revision, and returns all there were.
func (w *watcher) until(revision int64) ([]seen, error) {
	late := time.After(time.Minute)
	for {
		w.mu.Lock()
		if len(w.seen) > 0 && w.seen[len(w.seen)-1].Revision >= revision {
			defer w.mu.Unlock()
			return w.seen, nil
		}
		if w.news == nil {
			w.news = make(chan struct{})
		}
		news := w.news
		w.mu.Unlock()
		select {
		case <-news:
		case <-late:
			return nil, fmt.Errorf("no picture of revision %d within a minute", revision)
		}
	}
}

// picture measures what reading availability costs, and how far the pictures that screens
// read are behind the commits: in the seller's process and in another.
func picture(s *section) {
	rows, seats, n, reads, lasts := 20, 20, 4, 1000, 30*time.Millisecond
	if s.full {
		rows, seats, n, reads, lasts = 100, 100, 64, 10_000_000, 2*s.lasts
	}
	t := s.newTemplate(rows, seats, n, 1)
	h, done := t.open()
	defer done()

	other := s.employ("watch", h.path)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var here watcher
	views := make(chan boxoffice.Subscription, 1)
	var running sync.WaitGroup
	running.Go(func() { here.watch(ctx, h, func(v boxoffice.Subscription) { views <- v }) })
	view := <-views
	s.availability(view, h.Performance, reads)

	// First one clerk who takes a breath between sales, as people do; then all of them.
	var mu sync.Mutex
	acked := map[boxoffice.OrderID]int64{}
	var next atomic.Int64
	sellFor := func(sellers int, breath time.Duration) (sold []boxoffice.OrderID) {
		call := func(c, _ int) error {
			i := int(next.Add(1)) - 1
			order, err := h.sellNoted(h.Staff[c], h.Performance, t.pairs[i])
			mu.Lock()
			acked[order] = time.Now().UnixNano()
			sold = append(sold, order)
			mu.Unlock()
			if breath > 0 {
				<-time.After(breath)
			}
			return err
		}
		_, err := callers(sellers, lasts, 0, len(t.pairs)/3, call)
		s.must(err)
		return sold
	}
	calm := sellFor(1, 23*time.Millisecond)
	crowd := sellFor(n, 0)
	var head int64
	revisions := map[boxoffice.OrderID]int64{}
	s.must(h.store.View(context.Background(), func(r boxoffice.Reader) error {
		entries, err := r.Journal(0, 1<<30)
		for _, e := range entries {
			if e.Verb == boxoffice.VerbSell {
				revisions[e.Order], head = e.Seq, e.Seq
			}
		}
		return err
	}))
	own, err := here.until(head)
	s.must(err)
	stop()
	running.Wait()
	var theirs watching
	s.must(json.Unmarshal(other.end(head), &theirs))
	behind := func(orders []boxoffice.OrderID, pictures []seen) (text string, p99 time.Duration) {
		var waits []time.Duration
		for _, o := range orders {
			i, _ := slices.BinarySearchFunc(pictures, revisions[o], func(p seen, revision int64) int { return int(p.Revision - revision) })
			if i == len(pictures) {
				s.Fatalf("order %d never came to a picture", o)
			}
			waits = append(waits, max(0, time.Duration(pictures[i].At-acked[o])))
		}
		slices.Sort(waits)
		p99 = waits[len(waits)*99/100]
		return fmt.Sprintf("p50 %s · p99 %s · most %s, of %d sales", span(waits[len(waits)/2]), span(p99), span(waits[len(waits)-1]), len(waits)), p99
	}
	for _, r := range []struct {
		what     string
		orders   []boxoffice.OrderID
		pictures []seen
		target   time.Duration
	}{
		{"picture behind the commit, own process, a sale now and then", calm, own, 100 * time.Millisecond},
		{fmt.Sprintf("…, %d callers sell flat out", n), crowd, own, 100 * time.Millisecond},
		{"picture behind the commit, another process, a sale now and then", calm, theirs.Seen, 50 * time.Millisecond},
		{fmt.Sprintf("…, %d callers sell flat out", n), crowd, theirs.Seen, 100 * time.Millisecond},
	} {
		text, p99 := behind(r.orders, r.pictures)
		s.add(row{what: r.what, target: "p99 ≤ " + span(r.target), figure: text, verdict: meets(p99 <= r.target)})
	}
	s.add(row{what: "looking out for other processes while nothing happens", target: "< 0.5 % of a core", figure: fmt.Sprintf("%.2f %%", 100*theirs.Idle), verdict: meets(theirs.Idle < 0.005)})
}

// availability measures reading how many places are left.
func (s *section) availability(view boxoffice.Subscription, performance boxoffice.PerformanceID, reads int) {
	open := 0
	began := time.Now()
	for range reads {
		open += view.Picture(performance).Total.Open
	}
	each := time.Since(began) / time.Duration(reads)
	if open == 0 {
		s.Fatal("no place is left in the picture")
	}
	nanos := float64(time.Since(began).Nanoseconds()) / float64(reads)
	r := row{what: "availability of a house", target: "≤ 0.1 µs", figure: fmt.Sprintf("%.0f ns", nanos), verdict: meets(nanos <= 100)}
	if s.peers.redis != nil {
		c := s.peers.redis.connect(1)
		defer c.Close()
		ctx := context.Background()
		s.must(c.Set(ctx, "open", 10_000, 0).Err())
		const asks = 5000
		began := time.Now()
		for range asks {
			s.must(c.Get(ctx, "open").Err())
		}
		one := time.Since(began) / asks
		r.peer, r.ratio = "Redis GET of a counter: "+span(one), thousands(float64(one)/float64(max(1, each)))
	}
	s.add(r)
}

// watchHouse is the work of another process: it watches the house, first while nothing
// happens.
func (w *worker) watchHouse(h *house) any {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var out watching
	var here watcher
	var running sync.WaitGroup
	ready := make(chan struct{})
	running.Go(func() { here.watch(ctx, h, func(boxoffice.Subscription) { close(ready) }) })
	<-ready
	used := func() time.Duration {
		var r syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	<-time.After(w.lasts / 5)
	began, before := time.Now(), used()
	<-time.After(w.lasts)
	out.Idle = float64(used()-before) / float64(time.Since(began))
	w.say()
	var err error
	out.Seen, err = here.until(w.told())
	w.must(err)
	stop()
	running.Wait()
	return out
}

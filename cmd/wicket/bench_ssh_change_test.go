//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/tuitest/emulator"
)

// change measures how soon a sale stands on every screen, while sellers sell
// through their keys as fast as their screens let them.
func (b *sshBench) change() {
	perf := b.nextHouse()
	var before int64
	b.house.open(b, func(ctx context.Context, o *house) (err error) {
		return o.store.View(ctx, func(r boxoffice.Reader) (err error) {
			before, _, err = r.Head()
			return err
		})
	})
	looked := b.seats[benchSellers:][:3]
	for _, s := range looked {
		s.mu.Lock()
		s.emulator = emulator.New(120, 40)
		s.mu.Unlock()
		_ = s.press("\x0f\x0f") // the overview and back: all of it is drawn again
	}
	const lasts = 8 * time.Second
	cpu, bytes, use := b.server.look(b).cpu, total(b.seats), machineUse(b)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if b.server.pprof != "" {
			b.server.profile(b, "change", lasts-2*time.Second)
		}
	}()
	sales, took := b.sellFor(lasts, b.seats[:benchSellers])
	cpu, bytes, use = b.server.look(b).cpu-cpu, total(b.seats)-bytes, machineUse(b).since(use)
	percent := func(d time.Duration) float64 { return 100 * float64(d) / float64(took) }
	b.row("50 sell through their keys, 500 screens follow", "", fmt.Sprintf("%.0f sales/s; of %d cores the server took %.0f %%, the clients %.0f %%, others %.0f %%; %.1f KB/s to a terminal",
		float64(sales)/took.Seconds(), runtime.NumCPU(), percent(cpu), percent(use.own), percent(use.all-use.own-cpu), float64(bytes)/1024/took.Seconds()/benchTerminals), true)
	<-done
	b.report(perf, before)
	for _, s := range looked {
		s.mu.Lock()
		screen := s.emulator.Screen().Text()
		s.mu.Unlock()
		if !containsCount(screen, sales) {
			b.Errorf("a watcher's screen does not show %d sold:\n%s", sales, screen)
		}
	}
}

// nextHouse brings everybody to the next performance, which nobody has sold yet.
func (b *sshBench) nextHouse() boxoffice.PerformanceID {
	steps := b.played - b.shown
	for _, s := range b.seats {
		s.mu.Lock()
		if steps > 0 {
			s.sold = -1
		}
		s.seen = nil
		s.mu.Unlock()
		if err := s.press(strings.Repeat("\x1b[6~", steps)); err != nil {
			b.Fatal(err)
		}
	}
	for _, s := range b.seats {
		s.waitFor(b, "the next performance", func(s *benchTerminal) bool { return s.sold == 0 })
		s.mu.Lock()
		s.seen = nil
		s.mu.Unlock()
	}
	b.shown = b.played
	b.played++
	b.server.settle(2 * time.Second)
	return b.house.performances[b.played-1]
}

// sellFor lets sellers sell for so long, or until hardly anything is left, and returns
// how much they sold.
func (b *sshBench) sellFor(d time.Duration, sellers []*benchTerminal) (int, time.Duration) {
	const enough = benchSeats * 85 / 100
	var sold atomic.Int64
	var all sync.WaitGroup
	began := time.Now()
	for i, s := range sellers {
		all.Go(func() {
			where := []string{"1a stalls", "1a stalls", "1a circle"}[i%3]
			for time.Since(began) < d && sold.Load() < enough {
				more, err := s.sell(where)
				switch {
				case err != nil:
					b.Error(err)
					return
				case !more:
					return
				}
				sold.Add(1)
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	b.server.settle(2 * time.Second)
	return int(sold.Load()), took
}

// report compares when each sale was made, as the journal has it, with when it
// stood on the screens.
func (b *sshBench) report(perf boxoffice.PerformanceID, before int64) {
	var made []benchSeen
	b.house.open(b, func(ctx context.Context, o *house) error {
		return o.store.View(ctx, func(r boxoffice.Reader) error {
			head, _, err := r.Head()
			if err != nil {
				return err
			}
			entries, err := r.Journal(before, int(head-before))
			n := 0
			for _, e := range entries {
				if e.Performance != perf {
					continue
				}
				for _, c := range e.Changes {
					if c.To == boxoffice.Confirmed {
						n++
					}
				}
				if e.Verb == boxoffice.VerbSell {
					made = append(made, benchSeen{e.At, n})
				}
			}
			return err
		})
	})
	var everywhere, each []time.Duration
	missing := 0
	for _, m := range made {
		last := time.Duration(0)
		for _, s := range b.seats {
			s.mu.Lock()
			at, ok := s.firstSeen(m.sold)
			s.mu.Unlock()
			if !ok {
				missing++
				continue
			}
			each = append(each, at.Sub(m.at))
			last = max(last, at.Sub(m.at))
		}
		everywhere = append(everywhere, last)
	}
	if len(made) == 0 || missing > 0 {
		b.Errorf("%d sales; %d times one never came to a screen", len(made), missing)
		return
	}
	slices.Sort(everywhere)
	slices.Sort(each)
	at := func(all []time.Duration, percent int) time.Duration {
		return all[min(len(all)-1, len(all)*percent/100)]
	}
	p99 := at(everywhere, 99)
	b.row("a change is on all 500 screens", "p99 ≤ 250 ms", fmt.Sprintf("p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms, of %d sales", ms(at(everywhere, 50)), ms(at(everywhere, 95)), ms(p99), ms(everywhere[len(everywhere)-1]), len(made)), p99 <= 250*time.Millisecond)
	b.row("… is on one screen", "", fmt.Sprintf("p50 %.0f ms, p99 %.0f ms", ms(at(each, 50)), ms(at(each, 99))), true)
}

// coreTime is how much of the cores has been used, by all and by this process.
type coreTime struct{ all, own time.Duration }

func (c coreTime) since(before coreTime) coreTime {
	return coreTime{c.all - before.all, c.own - before.own}
}

// machineUse reads it, as the kernel counts it.
func machineUse(tb testing.TB) (c coreTime) {
	tb.Helper()
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		tb.Fatal(err)
	}
	var user, nice, system int64
	if _, err := fmt.Sscanf(string(stat), "cpu %d %d %d", &user, &nice, &system); err != nil {
		tb.Fatal(err)
	}
	c.all = time.Duration(user+nice+system) * 10 * time.Millisecond
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		tb.Fatal(err)
	}
	c.own = time.Duration(r.Utime.Nano() + r.Stime.Nano())
	return c
}

// containsCount reports whether a screen says that so many places are sold.
func containsCount(screen string, n int) bool {
	for i := 0; i+5 < len(screen); i++ {
		if screen[i:i+5] == " sold" {
			if got, ok := countBefore([]byte(screen[:i+1])); ok && got == n {
				return true
			}
		}
	}
	return false
}

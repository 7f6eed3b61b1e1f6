//go:build linux

package bench_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// turn is what one contender did in one turn.
type turn struct {
	calls  int
	took   time.Duration
	waits  []time.Duration // how long each caller waited for each answer, the shortest first
	others float64         // how much of the machine's cores others took meanwhile, 0 to 1
	ranOut bool            // the calls there are were made before it was over
}

// rate is how many calls there were in a second.
func (t turn) rate() float64 { return float64(t.calls) / t.took.Seconds() }

// at is the wait that so many per mille of the calls did not exceed.
func (t turn) at(perMille int) time.Duration {
	if len(t.waits) == 0 {
		return 0
	}
	return t.waits[min(len(t.waits)-1, len(t.waits)*perMille/1000)]
}

// job is what is called over and over: by which caller, and which call of all it is.
type job func(caller, i int) error

// callers lets so many call at once, for as long as lasts or until the calls from first
// to last are made.
func callers(n int, lasts time.Duration, first, last int, call job) (turn, error) {
	began := time.Now()
	return callersWhile(n, func() bool { return time.Since(began) < lasts }, first, last, call)
}

// callersWhile lets them call while it goes on.
func callersWhile(n int, goesOn func() bool, first, last int, call job) (turn, error) {
	var next atomic.Int64
	next.Store(int64(first))
	waits, errs := make([][]time.Duration, n), make([]error, n)
	var all sync.WaitGroup
	use, began := coreTimes(), time.Now()
	for c := range n {
		all.Go(func() {
			for goesOn() {
				i := int(next.Add(1)) - 1
				if i >= last {
					return
				}
				asked := time.Now()
				if errs[c] = call(c, i); errs[c] != nil {
					next.Store(int64(last)) // nothing counts any more
					return
				}
				waits[c] = append(waits[c], time.Since(asked))
			}
		})
	}
	all.Wait()
	t := turn{took: time.Since(began), waits: slices.Concat(waits...), ranOut: next.Load() > int64(last)}
	t.others = coreTimes().since(use).others(t.took)
	t.calls = len(t.waits)
	slices.Sort(t.waits)
	for _, err := range errs {
		if err != nil {
			return t, err // one is enough: they are much alike
		}
	}
	return t, nil
}

// contender is one of those that are compared.
type contender struct {
	name string
	// ready makes all as it is before anything is called. Calls are numbered from 0 to
	// most; done puts away what was made.
	ready func() (call job, most int, done func())
}

// figure is what a contender came to over all its turns.
type figure struct {
	turns []turn
}

// settle leaves no work of one turn to the next: neither garbage nor pages that the system
// has yet to write.
func settle() {
	runtime.GC()
	syscall.Sync()
}

// compare gives the contenders turns, one after the other, as often as rounds says; who
// begins changes. A few calls that nobody counts go before each turn.
func (s *section) compare(n int, contenders ...contender) []figure {
	s.Helper()
	figures := make([]figure, len(contenders))
	for round := range s.rounds {
		for k := range contenders {
			which := (round + k) % len(contenders)
			c := contenders[which]
			call, most, done := c.ready()
			warm := min(2*n, most/4)
			if _, err := callers(n, time.Minute, 0, warm, call); err != nil {
				s.Fatalf("%s, %d callers: %v", c.name, n, err)
			}
			settle()
			t, err := callers(n, s.lasts, warm, most, call)
			done()
			if err != nil {
				s.Fatalf("%s, %d callers: %v", c.name, n, err)
			}
			figures[which].turns = append(figures[which].turns, t)
		}
	}
	return figures
}

// rate, p50, p99 and others are the medians over the turns.
func (f figure) rate() float64 { return median(f.turns, turn.rate) }

func (f figure) p50() time.Duration {
	return median(f.turns, func(t turn) time.Duration { return t.at(500) })
}

func (f figure) p99() time.Duration {
	return median(f.turns, func(t turn) time.Duration { return t.at(990) })
}

// worst is the longest wait of all.
func (f figure) worst() time.Duration {
	longest := time.Duration(0)
	for _, t := range f.turns {
		longest = max(longest, t.at(1000))
	}
	return longest
}

func (f figure) others() float64 { return median(f.turns, func(t turn) float64 { return t.others }) }

// times is how many times as many calls in a second as g had, the median over the rounds.
func (f figure) times(g figure) float64 {
	ratios := make([]float64, len(f.turns))
	for i := range f.turns {
		ratios[i] = f.turns[i].rate() / g.turns[i].rate()
	}
	return middle(ratios)
}

func (f figure) text() string {
	return fmt.Sprintf("%s/s · p50 %s · p99 %s", thousands(f.rate()), span(f.p50()), span(f.p99()))
}

func median[T float64 | time.Duration](turns []turn, of func(turn) T) T {
	values := make([]T, len(turns))
	for i, t := range turns {
		values[i] = of(t)
	}
	return middle(values)
}

// middle is the median; of two in the middle, the lower one.
func middle[T float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// percent writes a part of one.
func percent(part float64) string { return fmt.Sprintf("%.0f %%", 100*part) }

// times writes a ratio, cut and not rounded.
func times(ratio float64) string { return fmt.Sprintf("%.2f", float64(int(ratio*100))/100) }

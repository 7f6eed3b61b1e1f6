//go:build linux

package bench_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"wicket/boxoffice"
)

// seller sells two seats after two, of one performance after the other, and never the
// same twice.
type seller struct {
	house *house
	pairs []boxoffice.PlaceNo
	on    []boxoffice.PerformanceID
	next  atomic.Int64
}

// sell is one whole sale of the caller's clerk.
func (s *seller) sell(caller, _ int) error {
	i := int(s.next.Add(1)) - 1
	return s.house.sell(s.house.Staff[caller], s.on[i/len(s.pairs)], s.pairs[i%len(s.pairs)])
}

// fresh begins with the next performance, of which nothing is sold, and returns it; after the
// last, no seat is left.
func (s *seller) fresh() boxoffice.PerformanceID {
	n := (int(s.next.Load()) + len(s.pairs) - 1) / len(s.pairs)
	s.next.Store(int64(n * len(s.pairs)))
	return s.on[min(n, len(s.on)-1)]
}

// left is how many sales there are still seats for.
func (s *seller) left() int { return len(s.on)*len(s.pairs) - int(s.next.Load()) }

// beside lets so many callers sell in one and the same house, by turns alone and while
// something else goes on: from when it says that it has begun, until its context ends, when
// it returns. Who begins changes. Each turn sells a performance of its own, which the
// other is told of. Where figures are wanted and the seats do not last, the section ends;
// so it does in besideWhole.
func (s *section) beside(n int, sells *seller, what func(ctx context.Context, sold boxoffice.PerformanceID, begun func()) error) (alone, with figure) {
	s.Helper()
	s.warmUp(n, sells)
	rounds := s.besideRounds()
	for round := range rounds {
		for k := range 2 {
			sold := sells.fresh()
			settle()
			ctx, stop := context.WithCancel(context.Background())
			var other sync.WaitGroup
			var failed error
			isWith := (round+k)%2 == 1
			if isWith {
				began, begun := context.WithCancel(ctx)
				other.Go(func() { defer begun(); failed = what(ctx, sold, begun) })
				<-began.Done()
			}
			t, err := callers(n, s.besideLasts(), 0, sells.left()*9/10, sells.sell)
			stop()
			other.Wait()
			s.must(errors.Join(err, failed))
			s.lasted(t)
			if isWith {
				with.turns = append(with.turns, t)
			} else {
				alone.turns = append(alone.turns, t)
			}
		}
	}
	s.noteBusy(alone)
	return alone, with
}

// besideRounds is how many rounds beside has: what is looked for is a twentieth, and two
// turns of the same differ by a tenth, however long they last. So they are many, and short.
func (s *section) besideRounds() int {
	if s.full {
		return 90
	}
	return s.rounds
}

// besideLasts is how long each of its turns lasts.
func (s *section) besideLasts() time.Duration {
	if s.full {
		return s.lasts / 3
	}
	return s.lasts
}

// besideWhole lets so many callers sell while something goes on, from its beginning to its
// end, and as long alone, as often as rounds says.
func (s *section) besideWhole(rounds, n int, sells *seller, what func() error) (alone, with figure) {
	s.Helper()
	s.warmUp(n, sells)
	lasts := s.lasts // each turn, at least; a turn alone as long as the last one beside it
	sellBeside := func() {
		settle()
		var over atomic.Bool
		failed := make(chan error, 1)
		began := time.Now()
		go func() {
			err := what()
			over.Store(true)
			failed <- err
		}()
		t, err := callersWhile(n, func() bool { return !over.Load() || time.Since(began) < s.lasts }, 0, sells.left(), sells.sell)
		s.must(errors.Join(err, <-failed))
		s.lasted(t)
		with.turns, lasts = append(with.turns, t), t.took
	}
	sellAlone := func() {
		settle()
		t, err := callers(n, lasts, 0, sells.left()*9/10, sells.sell)
		s.must(err)
		s.lasted(t)
		alone.turns = append(alone.turns, t)
	}
	for round := range rounds {
		if round%2 == 0 { // who begins changes
			sellBeside()
			sellAlone()
		} else {
			sellAlone()
			sellBeside()
		}
	}
	s.noteBusy(alone)
	return alone, with
}

// lasted ends the section where figures are wanted, and the seats were sold before a turn was
// over.
func (s *section) lasted(t turn) {
	s.Helper()
	if s.full && t.ranOut {
		s.Fatalf("the seats were sold after %s, before the turn was over: make turns shorter (BENCHTIME)", span(t.took))
	}
}

// warmUp makes a few sales that nobody counts.
func (s *section) warmUp(n int, sells *seller) {
	s.Helper()
	_, err := callers(n, time.Minute, 0, min(4*n, sells.left()/4), sells.sell)
	s.must(err)
}

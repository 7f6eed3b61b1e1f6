//go:build linux

package bench_test

import (
	"context"
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

// left is how many sales there are still seats for.
func (s *seller) left() int { return len(s.on)*len(s.pairs) - int(s.next.Load()) }

// beside lets so many callers sell in one and the same house, by turns alone and while
// something else goes on. Who begins changes. What goes on returns when its context ends.
func (s *section) beside(n int, sells *seller, what func(context.Context) error) (alone, with figure) {
	s.Helper()
	rounds := s.rounds
	if s.full {
		rounds = 7 // the differences are small
	}
	return s.besideRounds(rounds, n, sells, what)
}

// besideRounds does so as often as rounds says.
func (s *section) besideRounds(rounds, n int, sells *seller, what func(context.Context) error) (alone, with figure) {
	s.Helper()
	_, err := callers(n, time.Minute, 0, min(4*n, sells.left()/4), sells.sell)
	s.must(err)
	for round := range rounds {
		for k := range 2 {
			settle()
			ctx, stop := context.WithCancel(context.Background())
			var other sync.WaitGroup
			var failed error
			isWith := (round+k)%2 == 1
			if isWith {
				other.Go(func() { failed = what(ctx) })
			}
			t, err := callers(n, s.lasts, 0, sells.left()*9/10, sells.sell)
			stop()
			other.Wait()
			s.must(err)
			s.must(failed)
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

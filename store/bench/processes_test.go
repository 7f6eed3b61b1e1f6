//go:build linux

package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"wicket/boxoffice"
)

// What else a process that sells is told: how many callers it has, and how many
// processes there are.
const (
	workCallers = "WICKET_BENCH_CALLERS"
	workOf      = "WICKET_BENCH_OF"
)

// sellers is what one process of several sold.
type sellers struct {
	Sales   int
	Took    time.Duration
	Longest time.Duration // that one use case took
	P99     time.Duration
}

// processes measures how several processes share one file when all sell flat out.
func processes(s *section) {
	crowds, callers, clerks, rows := []int{2}, 4, 16, 5
	if s.full {
		crowds, callers, clerks, rows = []int{1, 2, 4}, 64, 256, 500
	}
	t := s.newTemplate(rows, 200, clerks, 1)
	for _, n := range crowds {
		var share, rate []float64
		var longest, p99 []time.Duration
		for range s.rounds {
			h, done := t.open()
			s.must(h.store.Close())
			var all []*employee
			for i := range n {
				all = append(all, s.employ("sell", h.path, workFirst+"="+strconv.Itoa(i*callers), workCallers+"="+strconv.Itoa(callers), workOf+"="+strconv.Itoa(n)))
			}
			for _, e := range all {
				e.tell(0)
			}
			var least, most, total float64
			var wait, late time.Duration
			for i, e := range all {
				var got sellers
				s.must(json.Unmarshal(e.hear("result "), &got))
				each := float64(got.Sales) / got.Took.Seconds()
				total += each
				if i == 0 || each < least {
					least = each
				}
				most, wait, late = max(most, each), max(wait, got.Longest), max(late, got.P99)
			}
			done()
			share, rate = append(share, least/most), append(rate, total)
			longest, p99 = append(longest, wait), append(p99, late)
		}
		what := fmt.Sprintf("%d processes sell flat out, %d callers each", n, callers)
		figure := fmt.Sprintf("%s sales/s in all · p99 of a use case %s · longest %s", thousands(middle(rate)), span(middle(p99)), span(middle(longest)))
		if n == 1 {
			s.add(row{what: fmt.Sprintf("one process sells flat out, %d callers", callers), figure: figure})
			continue
		}
		s.add(row{what: what, target: "least to most ≥ 0.7", figure: figure, ratio: times(middle(share)), verdict: meets(middle(share) >= 0.7)})
		s.add(row{what: "… nobody waits for a use case", target: "≤ 250 ms", figure: "longest of all rounds " + span(slices.Max(longest)), verdict: meets(slices.Max(longest) <= 250*time.Millisecond)})
	}
}

// sellHouse is the work of another process: its clerks hold and sell, each two seats at a
// time, as fast as they are answered.
func (w *worker) sellHouse(h *house) any {
	crowd, _ := strconv.Atoi(os.Getenv(workCallers))
	of, _ := strconv.Atoi(os.Getenv(workOf))
	mine := w.first / crowd // which of the processes this is
	inHand := make([]boxoffice.PlaceNo, crowd)
	next := mine
	turns := make(chan boxoffice.PlaceNo)
	over := make(chan struct{})
	defer close(over)
	go func() {
		for ; ; next += of {
			select {
			case turns <- boxoffice.PlaceNo(2*next + 1):
			case <-over:
				return
			}
		}
	}()
	call := func(c, _ int) error {
		ctx, by := context.Background(), h.Staff[w.first+c]
		if first := inHand[c]; first != 0 {
			inHand[c] = 0
			_, err := h.Office.SellCash(ctx, boxoffice.NewCommandID(), by, h.price(first), h.price(first))
			return err
		}
		inHand[c] = <-turns
		_, err := h.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, h.Performance, h.two(inHand[c]))
		return err
	}
	most := len(h.Plan.Places) / of // use cases: two for two seats
	_, err := callers(crowd, time.Minute, 0, min(4*crowd, most/4), call)
	w.must(err)
	w.say()
	w.told()
	t, err := callers(crowd, 3*w.lasts, 0, most*3/4, call)
	w.must(err)
	return sellers{Sales: t.calls / 2, Took: t.took, Longest: t.at(1000), P99: t.at(990)}
}

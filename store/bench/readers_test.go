//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"time"

	"wicket/boxoffice"
)

// readers measures what those who only look cost those who sell.
func readers(s *section) {
	rows, seats, n := 20, 20, 4
	if s.full {
		rows, seats, n = 100, 100, 64
	}
	// Two turns a round, each of performances of its own: two of them last a second.
	t := s.newTemplate(rows, seats, n, 2+2*s.besideRounds()*(1+int(2*s.besideLasts()/time.Second)))
	for _, what := range []struct {
		name string
		look func(h *house, ctx context.Context, sold boxoffice.PerformanceID, begun func()) error
	}{
		{"sales reports all the time", (*house).report},
		{fmt.Sprintf("an open seat map of %s seats that follows", thousands(float64(rows*seats))), (*house).follow},
	} {
		for _, crowd := range []int{1, n} {
			h, done := t.open()
			sells := &seller{house: h, pairs: t.pairs, on: t.on}
			alone, with := s.beside(crowd, sells, func(ctx context.Context, sold boxoffice.PerformanceID, begun func()) error {
				return what.look(h, ctx, sold, begun)
			})
			done()
			ratio := with.times(alone)
			s.add(row{
				what: fmt.Sprintf("%s selling, beside %s", crowdOf(crowd), what.name), target: "≥ 0.95",
				figure: with.text(), peer: "without: " + alone.text(), ratio: times(ratio), verdict: meets(ratio >= 0.95),
			})
		}
	}
}

// report makes the day's sales report over and over until ctx ends.
func (h *house) report(ctx context.Context, _ boxoffice.PerformanceID, begun func()) error {
	begun()
	for ctx.Err() == nil {
		day := boxoffice.BusinessDay(h.Clock.Now(), h.zone())
		report, err := h.Office.Sales(ctx, h.Staff[0], boxoffice.SalesOf{Day: day})
		if err == nil {
			err = report.Check()
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

// follow looks at all seats of the performance that is sold, anew after each change, until
// ctx ends: as a terminal in the seller's process does. It has begun when the map is open.
func (h *house) follow(ctx context.Context, sold boxoffice.PerformanceID, begun func()) error {
	view, done := h.show(ctx, sold)
	defer done()
	shown := make([]boxoffice.PlaceState, len(h.Plan.Places))
	var before boxoffice.Places
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-view.Changed():
		}
		view.News()
		if pic := view.Picture(sold); pic != nil {
			for i := range shown {
				if no := boxoffice.PlaceNo(i + 1); !pic.Places.Rests(no, before) {
					shown[i] = pic.Places.At(no)
				}
			}
			before = pic.Places
			begun()
		}
	}
}

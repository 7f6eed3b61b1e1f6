//go:build linux

package bench_test

import (
	"context"
	"fmt"

	"wicket/boxoffice"
)

// rush measures everybody wanting the best two seats of one section at once.
func rush(s *section) {
	rows, seats, crowds := 20, 20, []int{8}
	if s.full {
		rows, seats, crowds = 100, 100, []int{64, 512}
	}
	t := s.newTemplate(rows, seats, rows*seats/2)
	ours := contender{"Wicket", func() (job, int, func()) {
		h, done := t.open()
		best := boxoffice.Request{Parties: []boxoffice.Party{{Type: h.Adult, Count: 2}}, Section: 0, Zone: -1}
		return func(_, i int) error {
			_, err := h.Office.HoldBest(context.Background(), boxoffice.NewCommandID(), h.Staff[i], h.Performance, best)
			return err
		}, len(t.pairs) * 9 / 10, done
	}}
	for _, n := range crowds {
		contenders := append([]contender{ours}, s.rushers(n, t)...)
		figures := s.compare(n, contenders...)
		us := figures[0]
		s.noteBusy(us)
		what := fmt.Sprintf("hold the best 2 in a rush, %d callers, %s seats", n, thousands(float64(rows*seats)))
		if len(contenders) == 1 {
			s.add(row{what: what, figure: us.text()})
		}
		for i, c := range contenders[1:] {
			ratio := us.times(figures[i+1])
			r := row{what, "≥ 8 × PostgreSQL", us.text(), c.name + ": " + figures[i+1].text(), times(ratio), meets(ratio >= 8)}
			if i > 0 {
				r.what, r.figure = "…", ""
			}
			s.add(r)
		}
	}
}

// rushers are the others that hold the best two.
func (s *section) rushers(n int, t *template) []contender {
	p := s.peers.postgres
	if p == nil {
		return nil
	}
	in := func(name string, hold func(*clients, int) error) contender {
		return contender{name, func() (job, int, func()) {
			c, done := p.open(s, 2*len(t.pairs), len(t.pairs), n, "CREATE INDEX seat_free ON seat (performance, place) WHERE state = 'available'")
			c.pipelined, c.passing = name != rowLocks, name != rowLocks
			return func(_, i int) error { return hold(c, i+1) }, len(t.pairs) * 9 / 10, done
		}}
	}
	return []contender{in(rowLocks, (*clients).holdBest), in(skipLocked, (*clients).holdBest), in(oneFunction, (*clients).holdBestByFunction)}
}

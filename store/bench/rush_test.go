//go:build linux

package bench_test

import (
	"context"
	"fmt"

	"wicket/boxoffice"
)

// rush measures everybody wanting the best two seats of one section at once: in a
// theatre, and in a hall of 10,000.
func rush(s *section) {
	if !s.full {
		s.rushes(10, 20, 2, 8)
		return
	}
	s.rushes(40, 50, 10, 64, 512)
	s.rushes(100, 100, 2, 64, 512)
}

// rushes measures a rush on performances one after the other, each until it is nearly
// sold out.
func (s *section) rushes(rows, seats, performances int, crowds ...int) {
	each := rows * seats / 2 * 9 / 10 // calls for one performance: those that find seats
	most := performances * each
	t := s.newTemplate(rows, seats, most, performances)
	ours := contender{"Wicket", func() (job, int, func()) {
		h, done := t.open()
		best := boxoffice.Request{Parties: []boxoffice.Party{{Type: h.Adult, Count: 2}}, Section: 0, Zone: -1}
		return func(_, i int) error {
			_, err := h.Office.HoldBest(context.Background(), boxoffice.NewCommandID(), h.Staff[i], t.on[i/each], best)
			return err
		}, most, done
	}}
	for _, n := range crowds {
		contenders := append([]contender{ours}, s.rushers(n, rows*seats, performances, each)...)
		figures := s.compare(n, contenders...)
		us := figures[0]
		s.noteBusy(us)
		r := row{what: fmt.Sprintf("hold the best 2 of %s in a rush, %d callers", thousands(float64(rows*seats)), n), figure: us.text()}
		if len(contenders) == 1 {
			s.add(r)
		}
		for i, c := range contenders[1:] {
			ratio := us.times(figures[i+1])
			r.target, r.peer, r.ratio, r.verdict = "≥ 8 × PostgreSQL", c.name+": "+figures[i+1].text(), times(ratio), meets(ratio >= 8)
			switch c.name {
			case keeper:
				r.target, r.verdict = "faster than Redis", meets(ratio > 1)
			case skipLocked:
				r.target, r.verdict = "", untold // it promises less
				s.note("With SKIP LOCKED, PostgreSQL gives the first two that nobody is just taking: seats may lie apart, and better ones come free a moment later. The others give the best two there are, one customer after the other; Wicket alone looks for two side by side.")
			}
			s.add(r)
			r.what, r.figure = "…", ""
		}
	}
}

// rushers are the others that hold the best two.
func (s *section) rushers(n, seats, performances, each int) []contender {
	most := performances * each
	inRedis := s.keepers(n, performances, seats, most, bestScript, func(i int) (int, boxoffice.PlaceNo) { return i / each, 0 })
	p := s.peers.postgres
	if p == nil {
		return inRedis
	}
	in := func(name string, hold func(*clients, int, int) error) contender {
		return contender{name, func() (job, int, func()) {
			c, done := p.open(s, performances, seats, most, n, "CREATE INDEX seat_free ON seat (performance, place) WHERE state = 'available'")
			c.passing = name == skipLocked
			return func(_, i int) error { return hold(c, i+1, i/each+1) }, most, done
		}}
	}
	return append([]contender{
		in(rowLocks, (*clients).holdBest), in(oneFunction, (*clients).holdBestByFunction), in(skipLocked, (*clients).holdBestByFunction),
	}, inRedis...)
}

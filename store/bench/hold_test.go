//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"time"

	"wicket/boxoffice"
)

// hold measures how two seats of the caller's own choice go into a basket: by clerks
// who each have an empty one.
func hold(s *section) {
	rows, seats, clerks, crowds := 20, 20, 200, []int{1, 8}
	if s.full {
		rows, seats, clerks, crowds = 250, 200, 25_000, []int{1, 8, 64, 512}
	}
	t := s.newTemplate(rows, seats, clerks)
	ours := contender{"Wicket", func() (job, int, func()) {
		h, done := t.open()
		return func(_, i int) error {
			_, err := h.Office.HoldPlaces(context.Background(), boxoffice.NewCommandID(), h.Staff[i], h.Performance, h.two(t.pairs[i]))
			return err
		}, min(len(t.pairs), len(h.Staff)), done
	}}
	for _, n := range crowds {
		contenders := append([]contender{ours}, s.holders(n, t, clerks)...)
		figures := s.compare(n, contenders...)
		s.addHolds(n, contenders, figures)
	}
}

// addHolds adds a row for each of those that held beside us.
func (s *section) addHolds(n int, contenders []contender, figures []figure) {
	s.Helper()
	us := figures[0]
	s.noteBusy(us)
	what := fmt.Sprintf("hold 2, %d callers", n)
	switch n {
	case 1:
		sync := syncTime(s, s.dir, 300)
		ratio := float64(us.p50()) / float64(sync)
		s.add(row{"hold 2, one caller", "p50 ≤ 1.6 × fdatasync", us.text(), "fdatasync of 4 KiB right after: p50 " + span(sync), times(ratio), meets(ratio <= 1.6)})
		what = "…"
	case 64:
		s.add(row{what, "p99 ≤ 20 ms", us.text(), "", "", meets(us.p99() <= 20*time.Millisecond)})
		what = "…"
	}
	for i, c := range contenders[1:] {
		r := row{what: what, figure: us.text(), peer: c.name + ": " + figures[i+1].text(), ratio: times(us.times(figures[i+1]))}
		if n == 64 && (c.name == rowLocks || c.name == pipelined) {
			r.target, r.verdict = "≥ 5 × PostgreSQL, row locks", meets(us.times(figures[i+1]) >= 5)
		}
		if what == "…" {
			r.figure = ""
		}
		what = "…"
		s.add(r)
	}
	if len(contenders) == 1 && what != "…" {
		s.add(row{what: what, figure: us.text()})
	}
}

// noteBusy notes what others did to the machine while ours had its turns.
func (s *section) noteBusy(f figure) {
	if s.table.machine != nil {
		s.table.machine.busy = append(s.table.machine.busy, f.others())
	}
}

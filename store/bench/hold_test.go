//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"os"
	"syscall"
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
	t := s.newTemplate(rows, seats, clerks, 1)
	ours := contender{"Wicket", func() (job, int, func()) {
		h, done := t.open()
		return func(_, i int) error {
			_, err := h.Office.HoldPlaces(context.Background(), boxoffice.NewCommandID(), h.Staff[i], h.Performance, h.two(t.pairs[i]))
			return err
		}, min(len(t.pairs), len(h.Staff)), done
	}}
	for _, n := range crowds {
		contenders := append([]contender{ours}, s.holders(n, t, clerks)...)
		if n == 1 {
			contenders = append(contenders, s.syncer())
		}
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
		sync := figures[len(figures)-1]
		ratio := float64(us.p50()) / float64(sync.p50())
		s.add(row{"hold 2, one caller", "p50 ≤ 1.6 × fdatasync", us.text(), "fdatasync of an appended 4 KiB: p50 " + span(sync.p50()), times(ratio + 0.009), meets(ratio <= 1.6)})
		contenders, what = contenders[:len(contenders)-1], "…"
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

// syncer has 4 KiB more of a file on disk, over and over: what no commit can be faster
// than.
func (s *section) syncer() contender {
	return contender{"fdatasync", func() (job, int, func()) {
		f, err := os.CreateTemp(s.dir, "sync")
		s.must(err)
		page := make([]byte, 4096)
		return func(int, int) error {
				if _, err := f.Write(page); err != nil {
					return err
				}
				return syscall.Fdatasync(int(f.Fd()))
			}, 1 << 30, func() {
				_ = f.Close()
				_ = os.Remove(f.Name())
			}
	}}
}

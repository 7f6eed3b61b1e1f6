//go:build linux

package bench_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"

	"wicket/boxoffice"
)

// pretix is how many orders a second it has published for one event with quotas: 500 a
// minute.
const pretix = 500.0 / 60

// sell holds two seats and sells them for cash: two use cases, at the end of which the
// tickets are the customer's and the money is in the ledger.
func (h *house) sell(by boxoffice.Actor, on boxoffice.PerformanceID, first boxoffice.PlaceNo) error {
	_, err := h.sellNoted(by, on, first)
	return err
}

// sellNoted does so and returns the order.
func (h *house) sellNoted(by boxoffice.Actor, on boxoffice.PerformanceID, first boxoffice.PlaceNo) (boxoffice.OrderID, error) {
	ctx := context.Background()
	if _, err := h.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, on, h.two(first)); err != nil {
		return 0, err
	}
	total := h.price(first)
	sale, err := h.Office.SellCash(ctx, boxoffice.NewCommandID(), by, total, total)
	return sale.Order, err
}

// sale measures the whole sale: 64 clerks sell one performance.
func sale(s *section) {
	rows, seats, n := 20, 20, 8
	if s.full {
		rows, seats, n = 250, 200, 64
	}
	t := s.newTemplate(rows, seats, n, 1)
	ours := contender{"Wicket", func() (job, int, func()) {
		h, done := t.open()
		return func(c, i int) error { return h.sell(h.Staff[c], h.Performance, t.pairs[i]) }, len(t.pairs), done
	}}
	contenders := append([]contender{ours}, s.sellers(n, t)...)
	figures := s.compare(n, contenders...)
	s.profile("sale", n, ours)
	us := figures[0]
	s.noteBusy(us)
	s.add(row{fmt.Sprintf("whole sale, %d callers, one performance", n), "≥ 4,000/s on 2 cores", us.text(), "", "", meets(us.rate() >= 4000)})
	s.add(row{what: "…", peer: "pretix, as published: 8.3/s", ratio: thousands(us.rate() / pretix)})
	for i, c := range contenders[1:] {
		s.add(row{what: "…", peer: c.name + ": " + figures[i+1].text(), ratio: times(us.times(figures[i+1]))})
	}
}

// profile writes a CPU profile of one turn into the folder that WICKET_BENCH_PROFILE names.
func (s *section) profile(name string, n int, c contender) {
	s.Helper()
	folder := os.Getenv("WICKET_BENCH_PROFILE")
	if folder == "" || !s.full {
		return
	}
	s.must(os.MkdirAll(folder, 0o755))
	f, err := os.Create(filepath.Join(folder, name+".pprof"))
	s.must(err)
	call, most, done := c.ready()
	defer done()
	s.must(pprof.StartCPUProfile(f))
	_, err = callers(n, 3*s.lasts, 0, most, call)
	pprof.StopCPUProfile()
	s.must(errors.Join(err, f.Close()))
}

// sellers are the others that hold and sell.
func (s *section) sellers(n int, t *template) []contender {
	p := s.peers.postgres
	if p == nil {
		return nil
	}
	in := func(name string, hold func(*clients, int, []int) error, sell func(*clients, int, int) error) contender {
		return contender{name, func() (job, int, func()) {
			c, done := p.open(s, 1, 2*len(t.pairs), n, n)
			c.pipelined = name == pipelined
			return func(caller, i int) error {
				if err := hold(c, caller+1, seats(t.pairs[i])); err != nil {
					return err
				}
				return sell(c, caller+1, 4800)
			}, len(t.pairs), done
		}}
	}
	return []contender{
		in(rowLocks, (*clients).hold, (*clients).sell), in(pipelined, (*clients).hold, (*clients).sell),
		in(oneFunction, (*clients).holdByFunction, (*clients).sellByFunction),
	}
}

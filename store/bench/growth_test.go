//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
	"wicket/sync/sweeper"
)

// grown is a house that has sold so many tickets, each through the use cases.
type grown struct {
	*house
	tickets int
	name    string
	bytes   int64 // of its file, once all was sold
	sells   *seller
}

// sizes are how large houses grow. The largest takes long to make: it is measured where
// it is asked for.
var sizes = []struct {
	name    string
	tickets int
}{{"10k", 10_000}, {"1M", 1_000_000}, {"10M", 10_000_000}}

// growth measures what a house costs once it has sold very much.
func growth(s *section) {
	rows, seats, clerks, most := 10, 20, 8, 400
	if s.full {
		rows, seats, clerks, most = 100, 200, 512, 1_000_000
		for _, size := range sizes {
			if size.name == os.Getenv("WICKET_BENCH_GROWTH") {
				most = size.tickets
			}
		}
		if most < sizes[2].tickets {
			s.note("A house of 10,000,000 tickets is measured by make bench GROWTH=10M KEEP=FOLDER: making it takes the better part of an hour, once.")
		}
	}
	var houses []*grown
	if s.full {
		for _, size := range sizes {
			if size.tickets <= most {
				houses = append(houses, s.grow(size.name, size.tickets, rows, seats, clerks))
			}
		}
	} else {
		houses = []*grown{s.grow("200", 200, rows, seats, clerks), s.grow("400", 400, rows, seats, clerks)}
	}
	defer func() {
		for _, h := range houses {
			s.must(h.store.Close())
		}
	}()
	small := houses[0]
	for _, h := range houses {
		each := float64(h.bytes) / float64(h.tickets)
		s.add(row{what: "bytes a ticket sold, all told, " + h.name + " tickets", target: "≤ 400", figure: fmt.Sprintf("%.0f (%s MB)", each, thousands(float64(h.bytes)/1e6)), verdict: meets(each <= 400)})
	}
	for _, h := range houses {
		opened := make([]time.Duration, 5)
		for i := range opened {
			s.must(h.store.Close())
			began := time.Now()
			again := s.open(h.path, h.Clock)
			_, err := boxoffice.NewOffice(again.store, nil, nil).House(context.Background())
			opened[i] = time.Since(began)
			s.must(err)
			h.store = again.store
		}
		evening, err := storetest.Reopen(h.store, h.Clock)
		s.must(err)
		h.Evening = evening
		s.add(row{what: "opening a house of " + h.name + " tickets", target: "< 100 ms", figure: span(middle(opened)), verdict: meets(middle(opened) < 100*time.Millisecond)})
	}
	for _, h := range houses {
		looks := make([]time.Duration, 100)
		for i := range looks {
			began := time.Now()
			_, err := h.Office.Sweep(context.Background(), sweeper.Batch)
			s.must(err)
			looks[i] = time.Since(began)
		}
		s.add(row{what: "sweeper finds none, " + h.name + " tickets", target: "≤ 1 ms", figure: span(middle(looks)), verdict: meets(middle(looks) <= time.Millisecond)})
	}
	crowds := []int{1, 64}
	if !s.full {
		crowds = []int{1, 4}
	}
	for _, n := range crowds {
		var contenders []contender
		for _, h := range houses {
			contenders = append(contenders, contender{h.name, func() (job, int, func()) {
				return h.sells.sell, min(h.sells.left()/2, 10_000), func() {}
			}})
		}
		figures := s.compare(n, contenders...)
		for i, h := range houses {
			r := row{what: fmt.Sprintf("a sale in a house of %s tickets, %s", h.name, crowdOf(n)), figure: figures[i].text()}
			if h != small {
				ratio := figures[0].times(figures[i])
				r.target, r.ratio, r.verdict = "≤ 1.3 × in "+small.name, times(ratio+0.009), meets(ratio <= 1.3)
			}
			s.add(r)
		}
	}
	for _, h := range houses {
		s.backup(h)
	}
	for _, h := range houses {
		began := time.Now()
		breaks, err := h.store.Verify(context.Background())
		s.must(err)
		r := row{what: "verify, " + h.name + " tickets and those sold above", figure: fmt.Sprintf("%s, %d breaks", span(time.Since(began)), len(breaks)), verdict: meets(len(breaks) == 0)}
		if len(breaks) > 0 {
			r.figure += fmt.Sprintf(": %v", breaks[0])
		}
		s.add(r)
	}
}

// backup measures the longest sale while the house is copied, from the first page to the
// moment when the copy is on disk.
func (s *section) backup(h *grown) {
	n, rounds := 64, 3
	if !s.full {
		n, rounds = 4, 1
	}
	if h.tickets > 1_000_000 {
		rounds = 1 // it takes half a minute
	}
	folder, err := os.MkdirTemp(s.dir, "copies")
	s.must(err)
	var took []time.Duration
	alone, with := s.besideWhole(rounds, n, h.sells, func() error {
		began := time.Now()
		err := h.store.Backup(context.Background(), filepath.Join(folder, strconv.Itoa(len(took))))
		took = append(took, time.Since(began))
		return err
	})
	s.must(os.RemoveAll(folder))
	worst := with.worst()
	s.add(row{
		what: fmt.Sprintf("backup while %d sell, %s tickets: the longest sale", n, h.name), target: "< 100 ms", figure: span(worst) + "; the backup took " + span(middle(took)),
		peer: "without, for as long: " + span(alone.worst()), ratio: times(with.times(alone)), verdict: meets(worst < 100*time.Millisecond),
	})
}

// grow returns a house that has sold so many tickets, and has more performances to sell,
// enough for as long as its backup may take. It is made by 512 clerks at once through the
// use cases, as every other sale. Where WICKET_BENCH_KEEP names a folder it is kept there,
// and made once.
func (s *section) grow(name string, tickets, rows, seats, clerks int) *grown {
	s.Helper()
	folder := os.Getenv("WICKET_BENCH_KEEP")
	if folder == "" || !s.full {
		folder = s.dir
	}
	path := filepath.Join(folder, "house-"+name+".wicket")
	if _, err := os.Stat(path); err != nil {
		s.must(os.MkdirAll(folder, 0o755))
		began := time.Now()
		s.sellMany(path+".part", tickets, rows, seats, clerks)
		s.must(os.Rename(path+".part", path))
		s.Logf("made a house of %s tickets in %s", name, span(time.Since(began)))
	}
	info, err := os.Stat(path)
	s.must(err)
	g := &grown{tickets: tickets, name: name, bytes: info.Size()}
	if info.Size() < 2<<30 && folder != s.dir { // what is kept stays as it is, unless it is too large to be copied
		copied := filepath.Join(s.dir, "house-"+name+".wicket")
		s.must(copyFile(path, copied))
		path = copied
	}
	g.house = s.reopen(path)
	g.sells = &seller{house: g.house, pairs: shuffledPairs(rows * seats), on: g.More(s, (8+5*(tickets/1_000_000))*s.seconds())}
	return g
}

// sellMany makes a house and sells so many tickets of it, in performances of all its seats.
func (s *section) sellMany(path string, tickets, rows, seats, clerks int) {
	s.Helper()
	for _, old := range []string{path, path + "-wal", path + "-shm"} {
		_ = os.Remove(old)
	}
	h := s.open(path, nil)
	h.Evening = storetest.NewEvening(s, h.store, h.Clock, storetest.Rows(rows, seats, 0), 1)
	s.hire(h, clerks-1)
	evening, err := storetest.Reopen(h.store, h.Clock)
	s.must(err)
	h.Evening = evening
	each := rows * seats
	performances := append([]boxoffice.PerformanceID{h.Performance}, h.More(s, (tickets+each-1)/each-1)...)
	pairs := shuffledPairs(each)
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, clerks)
	for c := range clerks {
		all.Go(func() {
			for errs[c] == nil {
				i := int(next.Add(1)) - 1
				if 2*i >= tickets {
					return
				}
				errs[c] = h.sell(h.Staff[c], performances[2*i/each], pairs[i%len(pairs)])
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		s.must(err)
	}
	s.must(h.store.Close())
}

//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// house is a store that is open, with an evening in it.
type house struct {
	*storetest.Evening
	store *sqlite.Store
	path  string
}

// template is a house as it is before a turn, in a file: each turn begins with a copy.
type template struct {
	s     *section
	path  string
	pairs []boxoffice.PlaceNo // the first of each two seats, in no order
	on    []boxoffice.PerformanceID
}

// newTemplate makes a house of rows of seats, with so many clerks, each of whom has an
// empty basket in hand, and so many performances on sale.
func (s *section) newTemplate(rows, seats, clerks, performances int) *template {
	s.Helper()
	t := &template{s: s, path: filepath.Join(s.TempDir(), "house.wicket")}
	h := s.open(t.path, nil)
	h.Evening = storetest.NewEvening(s, h.store, h.Clock, storetest.Rows(rows, seats, 0), 1)
	s.hire(h, clerks-1)
	t.on = append([]boxoffice.PerformanceID{h.Performance}, h.More(s, performances-1)...)
	s.must(h.store.Close())
	t.pairs = shuffledPairs(rows * seats)
	return t
}

// shuffledPairs are the first of each two seats of so many, in no order, which is always
// the same.
func shuffledPairs(seats int) []boxoffice.PlaceNo {
	var pairs []boxoffice.PlaceNo
	for i := 0; i+1 < seats; i += 2 {
		pairs = append(pairs, boxoffice.PlaceNo(i+1))
	}
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	return pairs
}

// hire makes so many clerks more, all in one transaction.
func (s *section) hire(h *house, clerks int) {
	s.Helper()
	s.must(h.store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error {
		for i := range clerks {
			clerk, err := tx.SaveStaff(boxoffice.Staff{Name: fmt.Sprintf("Clerk %d", i+2), Role: boxoffice.Manager, Active: true})
			if err != nil {
				return err
			}
			if _, err := tx.SaveBasket(boxoffice.Basket{Staff: clerk.ID, State: boxoffice.BasketOpen}); err != nil {
				return err
			}
			if err := tx.Append(boxoffice.Entry{Verb: boxoffice.VerbStaff, Note: clerk.Name}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// open opens a store; where clock is nil, with one that stands two hours before the
// curtain. Its evening is not read yet.
func (s *section) open(path string, clock *storetest.Clock) *house {
	s.Helper()
	if clock == nil {
		clock = storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	}
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Clock: clock})
	s.must(err)
	return &house{Evening: &storetest.Evening{Clock: clock}, store: store, path: path}
}

// reopen opens a store with an evening in it.
func (s *section) reopen(path string) *house {
	s.Helper()
	h := s.open(path, nil)
	evening, err := storetest.Reopen(h.store, h.Clock)
	s.must(err)
	h.Evening = evening
	return h
}

// open returns a copy of the house, opened, and what puts it away.
func (t *template) open() (h *house, done func()) {
	t.s.Helper()
	dir, err := os.MkdirTemp(t.s.dir, "house")
	t.s.must(err)
	path := filepath.Join(dir, "house.wicket")
	t.s.must(copyFile(t.path, path))
	h = t.s.reopen(path)
	return h, func() {
		t.s.must(h.store.Close())
		t.s.must(os.RemoveAll(dir))
	}
}

// copyFile copies a file, down to the disk.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		_ = target.Close()
		return err
	}
	if err := target.Sync(); err != nil {
		_ = target.Close()
		return err
	}
	return target.Close()
}

// two are two seats side by side, for adults.
func (h *house) two(first boxoffice.PlaceNo) []boxoffice.Pick {
	return []boxoffice.Pick{{Place: first, Type: h.Adult}, {Place: first + 1, Type: h.Adult}}
}

// zone is the house's time zone.
func (h *house) zone() *time.Location {
	zone, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		return time.UTC
	}
	return zone
}

// price is what two seats cost.
func (h *house) price(first boxoffice.PlaceNo) boxoffice.Money {
	if int(first) > len(h.Plan.Places)/2 {
		return 3200
	}
	return 4800
}

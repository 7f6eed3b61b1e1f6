package sqlite

import (
	"cmp"
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// stopwatch adds up where the writer's time goes. One goroutine uses it at a time.
type stopwatch struct {
	spent  map[string]time.Duration   // in the sale under way
	sales  map[string][]time.Duration // in each sale before
	inside bool                       // a use case's function is running
	within time.Duration              // spent in the store while it ran
}

func (w *stopwatch) add(query string, took time.Duration) {
	w.spent[stageOf(query)] += took
	if w.inside {
		w.within += took
	}
}

var stageWords = regexp.MustCompile(`^(INSERT INTO|UPDATE|DELETE FROM) (\w+)|^SELECT [^(]*? FROM (\w+)`)

// stageOf names a statement: «UPDATE ticket», «SELECT hold», «COMMIT».
func stageOf(query string) string {
	m := stageWords.FindStringSubmatch(query)
	switch {
	case m == nil:
		return strings.Join(strings.Fields(query)[:min(3, len(strings.Fields(query)))], " ")
	case m[3] != "":
		return "SELECT " + m[3]
	}
	return strings.Fields(m[1])[0] + " " + m[2]
}

// watched is a connection under a stopwatch.
type watched struct {
	driver.Conn
	watch *stopwatch
}

func (c watched) Prepare(query string) (driver.Stmt, error) {
	s, err := c.Conn.Prepare(query)
	return watchedStmt{s, query, c.watch}, err
}

type watchedStmt struct {
	driver.Stmt
	query string
	watch *stopwatch
}

func (s watchedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	began := time.Now()
	defer func() { s.watch.add(s.query, time.Since(began)) }()
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (s watchedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	began := time.Now()
	defer func() { s.watch.add(s.query, time.Since(began)) }()
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	return watchedRows{rows, s}, err
}

type watchedRows struct {
	driver.Rows
	of watchedStmt
}

func (r watchedRows) Next(dest []driver.Value) error {
	began := time.Now()
	defer func() { r.of.watch.add(r.of.query, time.Since(began)) }()
	return r.Rows.Next(dest)
}

func (r watchedRows) Close() error {
	began := time.Now()
	defer func() { r.of.watch.add(r.of.query, time.Since(began)) }()
	return r.Rows.Close()
}

// watchedStore notes when a use case's function runs.
type watchedStore struct {
	*Store
	watch *stopwatch
}

func (s watchedStore) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	return s.Store.Update(ctx, cmd, answer, func(tx boxoffice.Tx) error {
		began := time.Now()
		s.watch.inside, s.watch.within = true, 0
		defer func() {
			s.watch.inside = false
			s.watch.spent[stageDecide] += time.Since(began) - s.watch.within
		}()
		return fn(tx)
	})
}

// The stages that are no statement.
const (
	stageDecide = "the use cases themselves"
	stageQueue  = "queue, answer, and the stopwatch"
	stageAll    = "a whole sale"
)

// stagedHouse is a house one clerk sells in, under a stopwatch.
type stagedHouse struct {
	*storetest.Evening
	watch *stopwatch
}

func newStagedHouse(b *testing.B, without func(*conn) error) *stagedHouse {
	b.Helper()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	s, err := Open(context.Background(), filepath.Join(b.TempDir(), "house.wicket"), Options{Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	h := &stagedHouse{watch: &stopwatch{spent: map[string]time.Duration{}, sales: map[string][]time.Duration{}}}
	storetest.NewEvening(b, s, clock, storetest.Rows(100, 200, 0), 1)
	// Nobody sells yet: the writer waits, and its connection may be touched.
	if err := without(s.writer.conn); err != nil {
		b.Fatal(err)
	}
	for _, stmt := range s.writer.conn.stmts {
		_ = stmt.Close()
	}
	s.writer.conn.stmts = map[string]*stmt{}
	s.writer.conn.raw = watched{s.writer.conn.raw, h.watch}
	if h.Evening, err = storetest.Reopen(watchedStore{s, h.watch}, clock); err != nil {
		b.Fatal(err)
	}
	return h
}

// sell sells two seats.
func (h *stagedHouse) sell(n int) error {
	ctx, by := context.Background(), h.Staff[0]
	began := time.Now()
	picks := []boxoffice.Pick{{Place: boxoffice.PlaceNo(2*n + 1), Type: h.Adult}, {Place: boxoffice.PlaceNo(2*n + 2), Type: h.Adult}}
	if _, err := h.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, h.Performance, picks); err != nil {
		return err
	}
	if _, err := h.Office.SellCash(ctx, boxoffice.NewCommandID(), by, 4800, 4800); err != nil {
		return err
	}
	h.watch.lap(time.Since(began))
	return nil
}

// lap ends a sale that took so long.
func (w *stopwatch) lap(took time.Duration) {
	rest := took
	for stage, spent := range w.spent {
		rest -= spent
		w.sales[stage] = append(w.sales[stage], spent)
	}
	w.sales[stageQueue], w.sales[stageAll] = append(w.sales[stageQueue], rest), append(w.sales[stageAll], took)
	clear(w.spent)
}

// median is what a stage of a sale took, in microseconds.
func (w *stopwatch) median(stage string) float64 {
	spent := w.sales[stage]
	if len(spent) == 0 {
		return 0
	}
	slices.Sort(spent)
	return float64(spent[len(spent)/2].Nanoseconds()) / 1e3
}

// BenchmarkSaleByStages says where the time of one sale goes when one clerk sells: two
// use cases, a commit each. Three houses are sold in by turns: one as it is, one whose
// schema refuses nothing, one whose commits do not wait for the disk. What it prints
// goes into docs/performance.md.
func BenchmarkSaleByStages(b *testing.B) {
	if 2*b.N > 10_000 {
		b.Skip("more sales than seats: use -benchtime 4000x")
	}
	asItIs := newStagedHouse(b, func(*conn) error { return nil })
	free := newStagedHouse(b, func(c *conn) error {
		names, err := list(c, func(r row) (string, error) { return r.text(0), nil }, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
		for _, name := range names {
			if err == nil {
				_, err = c.exec(`DROP TRIGGER "` + name + `"`)
			}
		}
		return err
	})
	rash := newStagedHouse(b, func(c *conn) error {
		_, err := c.exec("PRAGMA synchronous = OFF")
		return err
	})
	houses := []*stagedHouse{asItIs, free, rash}
	for n := range b.N {
		for k := range houses {
			h := houses[(n+k)%len(houses)]
			if err := h.sell(n); err != nil {
				b.Fatal(err)
			}
		}
	}
	if b.N < 100 {
		return
	}
	fmt.Print("\n| one sale, one clerk: medians | µs | without triggers | without waiting for the disk |\n|---|---|---|---|\n")
	stages := slices.SortedFunc(maps.Keys(asItIs.watch.sales), func(a, b string) int {
		return cmp.Compare(asItIs.watch.median(b), asItIs.watch.median(a))
	})
	for _, stage := range stages {
		if 2*len(asItIs.watch.sales[stage]) < b.N {
			continue // most sales have no such stage
		}
		fmt.Printf("| %s | %.1f | %.1f | %.1f |\n", stage, asItIs.watch.median(stage), free.watch.median(stage), rash.watch.median(stage))
	}
	b.ReportMetric(0, "ns/op") // of three houses: it says nothing
}

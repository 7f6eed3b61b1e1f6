//go:build linux

package bench_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/store/heap"
)

// bench is one run of it all.
type bench struct {
	*table
	*peers
	full   bool          // figures are wanted; otherwise it is only tried whether all works
	rounds int           // how often each contender has its turn
	lasts  time.Duration // how long a turn is, at most
	dir    string        // on the disk that is measured
}

// sections are what can be measured by itself.
var sections = []struct {
	name string
	run  func(*section)
}{
	{"hold", hold},
	{"rush", rush},
	{"sale", sale},
	{"picture", picture},
	{"sweeper", sweeping},
	{"readers", readers},
	{"processes", processes},
	{"growth", growth},
}

// TestBench measures the store. make bench runs it in full: WICKET_BENCH names the
// sections («hold,rush»), all by default; WICKET_BENCHTIME is how long one turn lasts,
// a second by default; WICKET_BENCH_GROWTH is the largest house («10k», «1M», «10M»), 1M by
// default, and WICKET_BENCH_KEEP a folder to keep such houses in. WICKET_BENCH_PROFILE is a
// folder for profiles.
func TestBench(t *testing.T) {
	wanted := os.Getenv("WICKET_BENCH")
	b := &bench{table: &table{}, full: wanted != "", rounds: 1, lasts: 10 * time.Millisecond, dir: newDir(t)}
	if b.full {
		b.rounds, b.lasts = 3, time.Second
		if lasts, err := time.ParseDuration(os.Getenv("WICKET_BENCHTIME")); err == nil {
			b.lasts = lasts
		}
		b.table.machine = lookAtMachine(t, b.dir)
	}
	heap.Tidy(100) // as a counter does
	b.peers = startPeers(t, b)
	for _, s := range sections {
		if b.full && wanted != "all" && !slices.Contains(strings.Split(wanted, ","), s.name) {
			continue
		}
		// A section that fails says so in the table; the others go on.
		t.Run(s.name, func(t *testing.T) { s.run(&section{TB: t, bench: b, name: s.name}) })
	}
	if b.full {
		fmt.Println(b.table.text())
	}
}

// newDir makes a folder that other users may go through, as PostgreSQL is one.
func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "wicket-bench")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// section is one part of the run. What ends it stands in the table.
type section struct {
	testing.TB
	*bench
	name string
}

// Fatal implements [testing.TB].
func (s *section) Fatal(args ...any) {
	s.Helper()
	s.table.failed(s.name, fmt.Sprint(args...))
	s.TB.Fatal(args...)
}

// Fatalf implements [testing.TB].
func (s *section) Fatalf(format string, args ...any) {
	s.Helper()
	s.Fatal(fmt.Sprintf(format, args...))
}

// seconds is how long a turn lasts, rounded up: who makes turns longer needs more seats.
func (s *section) seconds() int { return int((s.lasts + time.Second - 1) / time.Second) }

// must ends the section on an error.
func (s *section) must(err error) {
	if err != nil {
		s.Helper()
		s.Fatal(err)
	}
}

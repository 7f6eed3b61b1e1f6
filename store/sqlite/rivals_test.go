package sqlite_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wicket/store/storetest"
)

// rivalHouse names the house file that a second process of this test binary sells, and
// rivalPart which of its parts.
const (
	rivalHouse = "WICKET_TEST_RIVAL_HOUSE"
	rivalPart  = "WICKET_TEST_RIVAL_PART"
)

// TestRivalSells is a process of [BenchmarkRivals]; by itself it is nothing.
func TestRivalSells(t *testing.T) {
	path := os.Getenv(rivalHouse)
	if path == "" {
		t.Skip("a process of BenchmarkRivals")
	}
	part, err := strconv.Atoi(os.Getenv(rivalPart))
	if err != nil {
		t.Fatal(err)
	}
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	e, err := storetest.Reopen(openAt(t, path, clock), clock)
	if err != nil {
		t.Fatal(err)
	}
	const callers = 64
	e.Staff = e.Staff[part*callers : (part+1)*callers]
	e.Rival(t, callers, 1+part*len(e.Plan.Places)/4, os.Stdin, os.Stdout)
}

// BenchmarkRivals sells in one house from several processes flat out, 64 callers in
// each, for two seconds.
func BenchmarkRivals(b *testing.B) {
	for _, n := range []int{1, 2, 4} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
			path := filepath.Join(b.TempDir(), "house.wicket")
			store := openAt(b, path, clock)
			storetest.NewEvening(b, store, clock, storetest.Rows(400, 250, 0), 256)
			processes := make([]*exec.Cmd, n)
			for i := range processes {
				processes[i] = exec.Command(os.Args[0], "-test.run=^TestRivalSells$")
				processes[i].Env = append(os.Environ(), rivalHouse+"="+path, rivalPart+"="+fmt.Sprint(i))
			}
			const during = 2 * time.Second
			sales, longest, p99 := 0, time.Duration(0), time.Duration(0)
			rivals := storetest.Compete(b, during, processes)
			for _, r := range rivals {
				sales += r.Sales
				longest, p99 = max(longest, r.Longest), max(p99, r.P99)
			}
			b.ReportMetric(float64(sales)/during.Seconds(), "sales/s")
			b.ReportMetric(storetest.Share(rivals), "share")
			b.ReportMetric(float64(p99.Milliseconds()), "p99-ms")
			b.ReportMetric(float64(longest.Milliseconds()), "longest-ms")
			b.ReportMetric(0, "ns/op")
			clean(b, store)
		})
	}
}

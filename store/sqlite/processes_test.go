package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// stormHouse names the house file a second process of this test binary storms.
const stormHouse = "WICKET_TEST_STORM_HOUSE"

// TestTwoProcessesSellEverySeatOnce sends clerks of two processes at one file.
func TestTwoProcessesSellEverySeatOnce(t *testing.T) {
	if path := os.Getenv(stormHouse); path != "" {
		stormAsProcess(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "house.wicket")
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, path, clock)
	const seats, clerks = 500, 64
	evening := storetest.NewEvening(t, store, clock, storetest.Rows(20, 25, 0), clerks)

	var told [2]int
	var wg sync.WaitGroup
	for i := range told {
		wg.Go(func() {
			half := fmt.Sprintf("%d:%d", i*clerks/2, clerks/2)
			child := exec.Command(os.Args[0], "-test.run=^TestTwoProcessesSellEverySeatOnce$", "-test.v")
			child.Env = append(os.Environ(), stormHouse+"="+path, "WICKET_TEST_STORM_CLERKS="+half)
			out, err := child.CombinedOutput()
			if err != nil {
				t.Errorf("process %d: %v\n%s", i, err, out)
				return
			}
			lines := bufio.NewScanner(strings.NewReader(string(out)))
			for lines.Scan() {
				_, _ = fmt.Sscanf(lines.Text(), "told %d", &told[i])
			}
		})
	}
	wg.Wait()
	if told[0]+told[1] != seats {
		t.Errorf("the processes were told of %v tickets, the house has %d", told, seats)
	}
	want := boxoffice.Fill{Places: seats, Sold: seats}
	if got := evening.Fill(t); got != want {
		t.Errorf("the house is %+v, want %+v", got, want)
	}
	clean(t, store)
}

// stormAsProcess is one of the two processes.
func stormAsProcess(t *testing.T, path string) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store, err := sqlite.Open(ctx, path, sqlite.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var first, n int
	if _, err := fmt.Sscanf(os.Getenv("WICKET_TEST_STORM_CLERKS"), "%d:%d", &first, &n); err != nil {
		t.Fatal(err)
	}
	evening, err := storetest.Reopen(store, clock)
	if err != nil {
		t.Fatal(err)
	}
	evening.Staff = evening.Staff[first : first+n]
	fmt.Printf("told %d\n", evening.Storm(t, n))
}

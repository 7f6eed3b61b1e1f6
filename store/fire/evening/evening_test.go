package evening_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"wicket/store/fire/evening"
	"wicket/store/storetest"
)

// room returns a folder to play in, in memory where the machine has such: what is tried
// is not the disk. It is left where an evening went wrong.
func room(t *testing.T) string {
	t.Helper()
	in := "/dev/shm"
	if info, err := os.Stat(in); err != nil || !info.IsDir() {
		in = ""
	}
	folder, err := os.MkdirTemp(in, "wicket-evening-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() {
			_ = os.RemoveAll(folder)
		}
	})
	return folder
}

// build makes the house that evenings are played in.
func build(t *testing.T, folder string) (path string) {
	t.Helper()
	path = filepath.Join(folder, "house.wicket")
	if err := evening.Build(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// play plays one evening. In its bubble the waiting of the store's own goroutine, for
// another process, costs no time.
func play(t *testing.T, folder string, seed uint64, one func(folder string, seed uint64) (evening.Outcome, error)) (out evening.Outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var err error
		if out, err = one(folder, seed); err != nil {
			t.Error(err)
			return
		}
		_ = os.RemoveAll(folder)
	})
	return out
}

// in returns what plays whole evenings in a house.
func in(house string) func(string, uint64) (evening.Outcome, error) {
	return func(folder string, seed uint64) (evening.Outcome, error) { return evening.Play(house, folder, seed) }
}

// many plays n evenings, each with a seed of its own from WICKET_SEED (1) on, and returns
// them summed up, and words on how they went.
func many(t *testing.T, n int, kind func(house string) func(string, uint64) (evening.Outcome, error)) (sum evening.Outcome, words string) {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("WICKET_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	folder := room(t)
	house := build(t, folder)
	began := time.Now()
	for i := range n {
		sum.Add(play(t, filepath.Join(folder, fmt.Sprint(i)), seed+uint64(i), kind(house)))
		if t.Failed() {
			t.FailNow()
		}
	}
	took := time.Since(began)
	return sum, fmt.Sprintf("%d evenings, seeds %d to %d, in %.1f s on %d core(s): %.0f evenings a minute",
		n, seed, seed+uint64(n)-1, took.Seconds(), runtime.GOMAXPROCS(0), float64(n)/took.Minutes())
}

// TestEvenings plays whole evenings.
func TestEvenings(t *testing.T) {
	n := storetest.Rounds(t, 16, 1000)
	sum, words := many(t, n, in)
	t.Logf("%s. An evening: %s", words, sum.Each(n))
}

// TestClocks plays evenings in which the clock is set at every third step.
func TestClocks(t *testing.T) {
	const steps = 4000
	n := storetest.Rounds(t, 1, 250)
	sum, words := many(t, n, func(house string) func(string, uint64) (evening.Outcome, error) {
		return func(folder string, seed uint64) (evening.Outcome, error) {
			return evening.PlayClocks(house, folder, seed, steps)
		}
	})
	t.Logf("%d steps, %d of them set the clock by up to 24 hours, forward or back; %d holds lapsed, %d tickets sold, none twice; %s", n*steps, sum.Jumps, sum.Lapsed, sum.Sold, words)
}

// TestSameSeedIsTheSameEvening plays evenings twice, in two houses in two folders: what
// was asked and answered is the same, and so is the journal to its last hash.
func TestSameSeedIsTheSameEvening(t *testing.T) {
	n := storetest.Rounds(t, 2, 100)
	folder := room(t)
	var other evening.Outcome
	for i := range n {
		seed := uint64(7000 + i)
		var outs [2]evening.Outcome
		for j := range outs {
			apart := filepath.Join(folder, fmt.Sprint("house ", j))
			if i == 0 {
				if err := os.Mkdir(apart, 0o700); err != nil {
					t.Fatal(err)
				}
				build(t, apart)
			}
			outs[j] = play(t, filepath.Join(apart, fmt.Sprint(i)), seed, in(filepath.Join(apart, "house.wicket")))
		}
		if outs[0] != outs[1] {
			t.Fatalf("seed %d was\n%+v\nthen\n%+v", seed, outs[0], outs[1])
		}
		if outs[0].Journal == other.Journal || outs[0].Trace == other.Trace {
			t.Fatalf("seed %d is the evening of the seed before", seed)
		}
		other = outs[0]
	}
	t.Logf("%d evenings twice: the same answers and the same journal; the last has %d entries, hash %x", n, other.Seq, other.Journal[:8])
}

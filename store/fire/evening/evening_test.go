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
func play(t *testing.T, house, folder string, seed uint64) (out evening.Outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var err error
		if out, err = evening.Play(house, folder, seed); err != nil {
			t.Error(err)
			return
		}
		_ = os.RemoveAll(folder)
	})
	return out
}

// TestEvenings plays evenings, each with a seed of its own from WICKET_SEED (1) on.
func TestEvenings(t *testing.T) {
	seed, err := strconv.ParseUint(os.Getenv("WICKET_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	folder := room(t)
	house := build(t, folder)
	n := storetest.Rounds(t, 20, 1000)
	var sum evening.Outcome
	began := time.Now()
	for i := range n {
		sum.Add(play(t, house, filepath.Join(folder, fmt.Sprint(i)), seed+uint64(i)))
		if t.Failed() {
			return
		}
	}
	took := time.Since(began)
	t.Logf("%d evenings, seeds %d to %d, in %.1f s on %d core(s): %.0f evenings a minute. An evening: %s",
		n, seed, seed+uint64(n)-1, took.Seconds(), runtime.GOMAXPROCS(0), float64(n)/took.Minutes(), sum.Each(n))
}

// TestSameSeedIsTheSameEvening plays evenings twice, in two houses in two folders: what
// was asked and answered is the same, and so is the journal to its last hash.
func TestSameSeedIsTheSameEvening(t *testing.T) {
	n := storetest.Rounds(t, 3, 100)
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
			outs[j] = play(t, filepath.Join(apart, "house.wicket"), filepath.Join(apart, fmt.Sprint(i)), seed)
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

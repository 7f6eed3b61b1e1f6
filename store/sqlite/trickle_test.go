package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// flushed is what was brought to disk, in the order it was.
type flushed struct {
	from, bytes int64
}

// TestTrickle lets a file grow by steps: it is brought to disk a portion at a time while it
// grows, and in the end all of it.
func TestTrickle(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "copy"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	told := make(chan flushed, 100)
	look := make(chan time.Time)
	trickle := &Trickle{file: f, flush: func(from, bytes int64) error {
		told <- flushed{from, bytes}
		return nil
	}}
	trickle.begin(look, func() {})
	defer trickle.Stop()
	const portion = trickleAtOnce
	var got []flushed
	for _, size := range []int64{portion - 1, portion, 3*portion + 5, 3*portion + 6} {
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		look <- time.Time{}
		look <- time.Time{} // the look before has ended
		for len(told) > 0 {
			got = append(got, <-told)
		}
		if want := size / portion; int64(len(got)) != want {
			t.Errorf("of %d bytes, %d portions were brought to disk, want %d", size, len(got), want)
		}
	}
	if err := trickle.Settle(); err != nil {
		t.Fatal(err)
	}
	for len(told) > 0 {
		got = append(got, <-told)
	}
	while := []flushed{{0, portion}, {portion, portion}, {2 * portion, portion}}
	want := slices.Concat(while, while, []flushed{{3 * portion, 6}})
	if !slices.Equal(got, want) {
		t.Errorf("brought to disk: %v, want %v", got, want)
	}
}

// TestTrickleTellsOfTrouble: what the disk refuses on the way is no copy in the end, though
// the system tells it once only.
func TestTrickleTellsOfTrouble(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "copy"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(10 * trickleAtOnce); err != nil {
		t.Fatal(err)
	}
	broken, calls := errors.New("input/output error"), 0
	look := make(chan time.Time)
	trickle := &Trickle{file: f, flush: func(int64, int64) error {
		if calls++; calls == 3 {
			return broken
		}
		return nil
	}}
	trickle.begin(look, func() {})
	look <- time.Time{}
	<-trickle.ended
	if err := trickle.Settle(); !errors.Is(err, broken) {
		t.Errorf("it ended with %v", err)
	}
}

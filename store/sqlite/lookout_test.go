package sqlite

import (
	"os"
	"testing"
)

// TestLookoutThatFeelsNothingLooks lets it feel for a file that nobody writes, as where
// the machine does not tell what is written.
func TestLookoutThatFeelsNothingLooks(t *testing.T) {
	s := openTest(t)
	elsewhere := s.path + ".elsewhere"
	if err := os.WriteFile(elsewhere, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := feel(elsewhere)
	if err != nil {
		t.Skip("nothing is felt on this system:", err)
	}
	l := &lookout{readers: s.readers, feeler: f}
	defer l.close()
	if _, isNew, err := l.look(); err != nil || !isNew {
		t.Fatalf("the first look finds %v, %v", isNew, err)
	}
	for i := range int64(maxMissed + 1) {
		if l.feeler == nil {
			t.Fatalf("it gave up feeling after %d commits", i)
		}
		if err := write(s, "sold"); err != nil {
			t.Fatal(err)
		}
		if seq, isNew, err := l.look(); err != nil || !isNew || seq != i+1 {
			t.Fatalf("after %d commits it sees %d, %v, %v", i+1, seq, isNew, err)
		}
		if _, isNew, err := l.look(); err != nil || isNew {
			t.Fatalf("nothing was committed, and it sees %v, %v", isNew, err)
		}
	}
	if l.feeler != nil {
		t.Error("it still waits to feel what it never felt")
	}
}

// TestLookoutFeelsACommit waits for the commit alone, with no look in between.
func TestLookoutFeelsACommit(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	f, err := feel(s.path + "-wal")
	if err != nil {
		t.Skip("nothing is felt on this system:", err)
	}
	defer f.close()
	for range 3 {
		if err := write(s, "sold"); err != nil {
			t.Fatal(err)
		}
		<-f.felt
		if err := f.listen(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLookoutListensAgain: it feels once for each look, however much is written.
func TestLookoutListensAgain(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	l := &lookout{readers: s.readers}
	defer l.close()
	for i := range int64(3) {
		if seq, _, err := l.look(); err != nil || seq != 1+2*i {
			t.Fatalf("it sees %d, %v; want %d", seq, err, 1+2*i)
		}
		if l.feeler == nil {
			t.Skip("nothing is felt on this system")
		}
		for range 2 {
			if err := write(s, "sold"); err != nil {
				t.Fatal(err)
			}
		}
		<-l.feeler.felt
	}
}

// TestLookoutRestsWhileThisProcessSells: who watches is told of each of its commits. That
// it did not feel them is no reason to feel nothing any more.
func TestLookoutRestsWhileThisProcessSells(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	w := newWatchers(s.readers)
	l := &lookout{readers: s.readers}
	defer l.close()
	if _, _, err := l.look(); err != nil {
		t.Fatal(err)
	}
	if l.feeler == nil {
		t.Skip("nothing is felt on this system")
	}
	for i := range int64(maxMissed + 1) {
		if err := write(s, "sold"); err != nil {
			t.Fatal(err)
		}
		w.signal(2 + i)
		if l.busy = w.hasWritten(); !l.busy || w.hasWritten() {
			t.Fatal("one commit is to let it rest once")
		}
		l.rest(nil)
		l.busy = false
		if seq, isNew, err := l.look(); err != nil || !isNew || seq != 2+i {
			t.Fatalf("it sees %d, %v, %v; want %d", seq, isNew, err, 2+i)
		}
	}
	if l.feeler == nil {
		t.Fatal("it feels no more")
	}
	if w.noticed(9); w.hasWritten() {
		t.Error("what another process did is taken for its own")
	}
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	<-l.feeler.felt
}

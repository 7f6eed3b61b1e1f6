package sqlite

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
)

func TestLogBeginsAgain(t *testing.T) {
	const mb = 256 // pages
	for _, c := range []struct {
		what string
		log  logState
		file int64 // MB
		want string
	}{
		{"a short one", logState{10 * mb, 10 * mb}, 47, ""},
		{"a long one", logState{50 * mb, 50 * mb}, 50, "RESTART"},
		{"a long one that is nearly folded in", logState{50 * mb, 45 * mb}, 50, "RESTART"},
		{"one that has begun again in a long file", logState{10 * mb, 0}, 237, ""},
		{"a very long file", logState{10 * mb, 10 * mb}, 300, "TRUNCATE"},
		{"a long one that somebody keeps", logState{60 * mb, 20 * mb}, 60, ""},
		{"a very long one that somebody keeps", logState{400 * mb, 0}, 400, ""},
	} {
		if got := c.log.again(c.file<<20, maxLog); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// lookAtLogOf returns what the log has, without folding anything in.
func lookAtLogOf(t *testing.T, s *Store) (l logState) {
	t.Helper()
	c, err := connect(s.path)
	if err != nil {
		t.Fatal(err)
	}
	l, _, err = one(c, scanLog, "PRAGMA wal_checkpoint(NOOP)")
	if e := c.close(); err != nil || e != nil {
		t.Fatal(err, e)
	}
	return l
}

// A log that was long and has begun again is looked at by those who commit: nothing is
// folded in for that, and it goes on.
func TestLookingAtTheLogFoldsNothing(t *testing.T) {
	s := openTest(t)
	inside(t, s, func(t *tx) { t.writer.maxLog = 1 << 20 })
	_, before := growLog(t, s, func(size int64, _ uint32) bool { return size > 1<<20 })
	_, again := growLog(t, s, func(_ int64, begun uint32) bool { return begun != before })
	for range 5 {
		inside(t, s, func(t *tx) { t.writer.cutAgain = time.Time{} })
		if err := write(s, "a sale"); err != nil {
			t.Fatal(err)
		}
	}
	if _, begun := logOf(t, s); begun != again {
		t.Errorf("of five sales, the log began again for %d", begun-again)
	}
}

// What a backup kept from being folded in, it folds in itself.
func TestBackupFoldsTheLogIn(t *testing.T) {
	s := openTest(t)
	if err := s.View(context.Background(), func(boxoffice.Reader) error { return write(s, "a sale") }); err != nil {
		t.Fatal(err)
	}
	if l := lookAtLogOf(t, s); l.pages == 0 || l.folded == l.pages {
		t.Fatalf("of %d pages %d are folded in before the backup", l.pages, l.folded)
	}
	if err := s.Backup(context.Background(), filepath.Join(t.TempDir(), "copy")); err != nil {
		t.Fatal(err)
	}
	if l := lookAtLogOf(t, s); l.folded != l.pages {
		t.Errorf("of %d pages %d are folded in after the backup", l.pages, l.folded)
	}
}

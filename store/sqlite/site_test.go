//go:build unix

package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
)

// TestAHouseThatIsMovedAwayStopsSelling: what is written to a file that has no name any
// more, or another one, nobody finds again.
func TestAHouseThatIsMovedAwayStopsSelling(t *testing.T) {
	s := openTest(t)
	refused := func(words string) {
		t.Helper()
		if err := write(s, "lost"); boxoffice.KindOf(err) != boxoffice.KindStore || isUnknown(err) || !strings.Contains(err.Error(), words) {
			t.Errorf("it is told «%v», want «… %s …»", err, words)
		}
		if err := s.Health(); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("screens say «%v», want «… %s …»", err, words)
		}
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(s, "first"); err != nil {
		t.Fatal(err)
	}
	elsewhere := s.path + ".elsewhere"
	move(s.path, elsewhere)
	refused("was moved or deleted")
	if err := os.WriteFile(s.path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("was replaced by another file")
	s.readers.renew(0)() // who read before reads on, others would open what is there now
	if err := s.View(context.Background(), func(boxoffice.Reader) error { return nil }); err == nil || !strings.Contains(err.Error(), "was replaced") {
		t.Errorf("reading says «%v»", err)
	}
	if err := s.Backup(context.Background(), filepath.Join(t.TempDir(), "copy")); err == nil || !strings.Contains(err.Error(), "was replaced") {
		t.Errorf("a backup of what is there now says «%v»", err)
	}
	move(elsewhere, s.path)
	tick, late := time.NewTicker(2*time.Millisecond), time.NewTimer(time.Minute)
	defer tick.Stop()
	defer late.Stop()
	for s.Health() != nil {
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatal("the file is back, and the store says", s.Health())
		}
	}
	if err := write(s, "second"); err != nil {
		t.Error("the file is back:", err)
	}
	if got := written(t, s); got != "first second" {
		t.Errorf("there stands %q", got)
	}
}

// TestAHouseThatIsMovedAwayKeepsItsLog: closed then, the log stays where it is, with all
// that was sold: put back, the house has it.
func TestAHouseThatIsMovedAwayKeepsItsLog(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	elsewhere := s.path + ".elsewhere"
	if err := os.Rename(s.path, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "was moved or deleted") {
		t.Errorf("closing says «%v»", err)
	}
	if _, err := os.Stat(s.path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("closing made a file: %v", err)
	}
	if err := os.Rename(elsewhere, s.path); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), s.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := written(t, again); got != "sold" {
		t.Errorf("there stands %q", got)
	}
}

// TestALogThatIsDeletedStopsSelling: what was sold is brought into the house's file, and
// nothing is sold that would be in a file without a name alone, or beside another log.
func TestALogThatIsDeletedStopsSelling(t *testing.T) {
	for _, ext := range logFiles {
		t.Run(ext[1:], func(t *testing.T) {
			s := openTest(t)
			if err := write(s, "sold"); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(s.path + ext); err != nil {
				t.Fatal(err)
			}
			if err := write(s, "lost"); boxoffice.KindOf(err) != boxoffice.KindStore || isUnknown(err) || !strings.Contains(err.Error(), ext+" was deleted or replaced") {
				t.Errorf("it is told «%v»", err)
			}
			if err := s.Health(); err == nil || !strings.Contains(err.Error(), "open them again") {
				t.Errorf("screens say «%v»", err)
			}
			s.readers.renew(0)()
			if err := s.View(context.Background(), func(boxoffice.Reader) error { return nil }); err == nil || !strings.Contains(err.Error(), "was deleted") {
				t.Errorf("reading says «%v»", err)
			}
			killed := filepath.Join(t.TempDir(), "killed") // what is there once everybody was killed
			house, err := os.ReadFile(s.path)
			if err == nil {
				err = os.WriteFile(killed, house, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Error("closing:", err)
			}
			for _, path := range []string{killed, s.path} {
				again, err := Open(context.Background(), path, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if got := written(t, again); got != "sold" {
					t.Errorf("there stands %q", got)
				}
				if err := again.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestALogThatIsReplacedIsNotFoldedIn: by then another process may have written to the
// new one, and what it sold is not undone.
func TestALogThatIsReplacedIsNotFoldedIn(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(s.path+"-wal"), os.WriteFile(s.path+"-wal", nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := write(s, "lost"); err == nil || !strings.Contains(err.Error(), "was deleted or replaced") {
		t.Errorf("it is told «%v»", err)
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "was deleted or replaced") {
		t.Errorf("closing says «%v»", err)
	}
	if after, err := os.ReadFile(s.path); err != nil || string(after) != string(before) {
		t.Errorf("the house was changed: %v", err)
	}
	if _, err := os.Stat(s.path + "-wal"); err != nil {
		t.Errorf("the other log: %v", err)
	}
}

// TestALogThatIsDeletedWhileNobodySells: it is noticed, and what was sold last is brought
// into the house's file before anybody can be killed.
func TestALogThatIsDeletedWhileNobodySells(t *testing.T) {
	s := openTest(t)
	news := s.watch.add(t.Context())
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	<-news
	if err := os.Remove(s.path + "-wal"); err != nil {
		t.Fatal(err)
	}
	tick, late := time.NewTicker(2*time.Millisecond), time.NewTimer(time.Minute)
	defer tick.Stop()
	defer late.Stop()
	for kept := ""; kept != "sold" || s.Health() == nil; {
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatalf("health is «%v», and a house that was killed has %q", s.Health(), kept)
		}
		if s.Health() == nil {
			continue
		}
		killed := filepath.Join(t.TempDir(), "killed")
		house, err := os.ReadFile(s.path)
		if err == nil {
			err = os.WriteFile(killed, house, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if again, err := Open(context.Background(), killed, Options{}); err == nil { // it may be in the middle
			kept = written(t, again)
			_ = again.Close()
		}
	}
}

// TestADamagedHouseKeepsItsReason: what a failed attempt to open it anew closed is not
// taken for deleted.
func TestADamagedHouseKeepsItsReason(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	c, err := connect(s.path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.number("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(s.path, os.O_RDWR, 0) // closed at the end: it would take the locks along
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for page := int64(1); page < info.Size()/4096; page++ {
		if _, err := f.WriteAt(make([]byte, 4096), page*4096); err != nil {
			t.Fatal(err)
		}
	}
	s.readers.renew(0)()
	s.setHealth(&boxoffice.StoreError{Words: wordsDamage, Err: errors.New("a reader met it")})
	for range 3 {
		if err := write(s, "lost"); err == nil || !strings.Contains(err.Error(), wordsDamage) {
			t.Errorf("it is told «%v»", err)
		}
	}
}

// TestALogThatTheStoreClosesIsNotTakenForDeleted: who looks while an attempt to open the
// house anew fails, and SQLite removes the log as the last connection is closed, is not
// told that somebody deleted it.
func TestALogThatTheStoreClosesIsNotTakenForDeleted(t *testing.T) {
	s := openTest(t)
	if err := write(s, "sold"); err != nil {
		t.Fatal(err)
	}
	inside(t, s, func(tx *tx) { // of a newer program: it opens, and is refused then
		if _, err := tx.conn.exec("INSERT INTO " + migrationTable + " (version_id, is_applied) VALUES (9999, 1)"); err != nil {
			t.Error(err)
		}
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var looking sync.WaitGroup
	for range 2 {
		looking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := s.site.left(); err != nil {
					t.Errorf("it is told «%v»", err)
					return
				}
			}
		})
	}
	for range 100 {
		s.writer.conn = &conn{raw: lost{errClosed()}, stmts: map[string]*stmt{}}
		if _, err := s.writer.reopen(); !isNewer(err) {
			t.Errorf("it opens the house with %v", err)
		}
	}
	close(done)
	looking.Wait()
}

// TestALogThatIsCutStopsSelling: what was sold last is gone with it, and all that can be done
// is to write nothing behind the gap, and to fold in nothing from before it.
func TestALogThatIsCutStopsSelling(t *testing.T) {
	for name, want := range map[string]string{"to nothing": "", "in the middle": "first"} {
		t.Run(name, func(t *testing.T) {
			s := openTest(t)
			var whole int64
			for _, words := range []string{"first", "second", "third"} {
				if err := write(s, words); err != nil {
					t.Fatal(err)
				}
				info, err := os.Stat(s.path + "-wal")
				if err != nil {
					t.Fatal(err)
				}
				if words == "first" {
					whole = info.Size()
				}
			}
			if want == "" {
				whole = 0
			}
			if err := os.Truncate(s.path+"-wal", whole); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if err := write(s, "lost"); boxoffice.KindOf(err) != boxoffice.KindStore || isUnknown(err) || !strings.Contains(err.Error(), "was cut short") {
					t.Errorf("it is told «%v»", err)
				}
				s.setHealth(&boxoffice.StoreError{Words: wordsDamage, Err: errors.New("a reader met the gap")})
			}
			if err := s.Backup(context.Background(), filepath.Join(t.TempDir(), "copy")); err == nil || !strings.Contains(err.Error(), "was cut short") {
				t.Errorf("a backup says «%v»", err)
			}
			if err := s.Close(); err == nil || !strings.Contains(err.Error(), "was cut short") {
				t.Errorf("closing says «%v»", err)
			}
			killed := lieAs(t, s.path)
			if err := os.Remove(killed + "-shm"); err != nil { // it is of the processes that were
				t.Fatal(err)
			}
			again, err := Open(context.Background(), killed, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if got := written(t, again); got != want {
				t.Errorf("there stands %q, want %q", got, want)
			}
			if breaks, err := again.Verify(context.Background()); err != nil || len(breaks) > 0 {
				t.Errorf("verify: %v, %v", breaks, err)
			}
			if err := write(again, "next"); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestALogThatBeginsAgainIsNotCut: a shell of the database may let it begin again, at its
// full length or none, while others sell.
func TestALogThatBeginsAgainIsNotCut(t *testing.T) {
	s := openTest(t)
	shell, err := connect(s.path, "busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer shell.close()
	want := ""
	for i := range 300 {
		if err := write(s, "sold"); err != nil {
			t.Fatal(err)
		}
		want += " sold"
		if how := []string{"", "TRUNCATE", "RESTART", "PASSIVE"}[i%4]; how != "" {
			if _, err := shell.number("PRAGMA wal_checkpoint(" + how + ")"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := written(t, s); got != want[1:] {
		t.Errorf("there stands %q", got)
	}
	var selling sync.WaitGroup
	for range 4 {
		selling.Go(func() {
			for range 100 {
				if err := write(s, "sold"); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { selling.Wait(); close(done) }()
	for {
		select {
		case <-done:
			return
		default:
		}
		if _, err := shell.number("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			t.Fatal(err)
		}
	}
}

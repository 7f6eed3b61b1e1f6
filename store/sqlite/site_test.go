//go:build unix

package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
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

package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
)

func openTest(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// write appends an entry that says so.
func write(s *Store, words string) error {
	return s.Update(context.Background(), boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
		return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp, Note: words})
	})
}

// written returns the notes of the journal.
func written(t *testing.T, s *Store) string {
	t.Helper()
	var notes []string
	if err := s.View(context.Background(), func(r boxoffice.Reader) error {
		entries, err := r.Journal(0, 1000)
		for _, e := range entries {
			notes = append(notes, e.Note[:min(len(e.Note), 10)])
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(notes, " ")
}

// inside runs f on the writer's goroutine, in a transaction of its own.
func inside(t *testing.T, s *Store, f func(*tx)) {
	t.Helper()
	if err := s.Update(context.Background(), "", nil, func(t boxoffice.Tx) error { f(t.(*tx)); return nil }); err != nil {
		t.Fatal(err)
	}
}

// TestWhoIsBackAlreadyIsNotAwaited: those who were answered may come with their next before
// the writer looks who waits; each is counted once.
func TestWhoIsBackAlreadyIsNotAwaited(t *testing.T) {
	w := &writer{store: &Store{queue: newQueue()}}
	w.store.queue.push(&job{}) // came while the group was written
	for range 3 {
		w.group = append(w.group, &job{done: make(chan struct{})})
	}
	w.answer(nil)
	for range 3 {
		w.store.queue.push(&job{})
	}
	w.gather(0)
	if w.expected != w.store.queue.length() {
		t.Errorf("%d are waited for, %d are all there are", w.expected, w.store.queue.length())
	}
}

// TestNothingIsWrittenAfterTrouble: a disk that fails has SQLite roll back by itself;
// what a use case that goes on all the same writes then would be committed, each
// statement for itself.
func TestNothingIsWrittenAfterTrouble(t *testing.T) {
	s := openTest(t)
	if err := write(s, "before"); err != nil {
		t.Fatal(err)
	}
	var after error
	err := s.Update(context.Background(), boxoffice.NewCommandID(), nil, func(as boxoffice.Tx) error {
		conn := as.(*tx).conn
		if _, err := conn.exec("ROLLBACK"); err != nil { // as SQLite does
			t.Error(err)
		}
		_ = conn.failed(&boxoffice.StoreError{Words: wordsDamage, Err: errors.New("disk I/O error")})
		after = as.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp, Note: "after"})
		return nil
	})
	if boxoffice.KindOf(err) != boxoffice.KindStore || isUnknown(err) {
		t.Errorf("the use case ends with %v", err)
	}
	if boxoffice.KindOf(after) != boxoffice.KindStore {
		t.Errorf("writing after it: %v", after)
	}
	if got := written(t, s); got != "before" {
		t.Errorf("there stands %q", got)
	}
	if err := write(s, "later"); err != nil {
		t.Errorf("the store does not go on: %v", err)
	}
}

// TestAnOlderProgramStopsSelling: a newer one has brought the house up to date under it.
func TestAnOlderProgramStopsSelling(t *testing.T) {
	s := openTest(t)
	if err := write(s, "before"); err != nil {
		t.Fatal(err)
	}
	newer, err := connect(s.path, "busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer newer.close()
	for _, statement := range []string{
		"BEGIN IMMEDIATE", "CREATE TABLE later (id INTEGER PRIMARY KEY)",
		"INSERT INTO " + migrationTable + " (version_id, is_applied) VALUES (9999, 1)", "COMMIT",
	} {
		if _, err := newer.exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := write(s, "after"); boxoffice.KindOf(err) != boxoffice.KindStore || isUnknown(err) || err.Error() != wordsNewer {
			t.Errorf("it is told «%v», want «%s»", err, wordsNewer)
		}
		if err := s.Health(); err == nil || err.Error() != wordsNewer {
			t.Errorf("screens say «%v», want «%s»", err, wordsNewer)
		}
	}
	if got := written(t, s); got != "before" {
		t.Errorf("there stands %q", got)
	}
}

func TestWriterOutlivesAFunctionThatEndsIt(t *testing.T) {
	s := openTest(t)
	err := s.Update(context.Background(), "", nil, func(boxoffice.Tx) error { runtime.Goexit(); return nil })
	if boxoffice.KindOf(err) != boxoffice.KindInternal {
		t.Errorf("got «%v», want an internal error", err)
	}
	if err := write(s, "next"); err != nil {
		t.Error(err)
	}
	if got := written(t, s); got != "next" {
		t.Errorf("the journal says «%s»", got)
	}
}

func TestFullDiskHealsByItself(t *testing.T) {
	s := openTest(t)
	if err := write(s, "before"); err != nil {
		t.Fatal(err)
	}
	var room int64
	inside(t, s, func(tx *tx) {
		room, _ = tx.conn.number("PRAGMA max_page_count")
		pages, _ := tx.conn.number("PRAGMA page_count")
		_, _ = tx.conn.number("PRAGMA max_page_count = " + plainNumber(pages))
	})
	err := write(s, strings.Repeat("too much ", 10_000))
	var full *boxoffice.StoreError
	if !errors.As(err, &full) || full.Unknown || full.Words != wordsFull {
		t.Fatalf("got «%v», want that the disk is full", err)
	}
	if err := s.Health(); err == nil {
		t.Error("a store on a full disk says it is well")
	}
	if got := written(t, s); got != "before" {
		t.Errorf("the journal says «%s»", got)
	}
	inside(t, s, func(tx *tx) { _, _ = tx.conn.number("PRAGMA max_page_count = " + plainNumber(room)) })
	if err := write(s, "after"); err != nil {
		t.Fatal(err)
	}
	if err := s.Health(); err != nil {
		t.Errorf("there is room again, but the store says «%v»", err)
	}
	if got := written(t, s); got != "before after" {
		t.Errorf("the journal says «%s»", got)
	}
}

func plainNumber(n int64) string {
	var digits []byte
	for ; n > 0; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
	}
	return string(digits)
}

func TestDamageStopsTheStoreUntilItIsWell(t *testing.T) {
	s := openTest(t)
	if err := write(s, "before"); err != nil {
		t.Fatal(err)
	}
	away := s.path + ".away"
	fault := &boxoffice.StoreError{Words: wordsDamage, Err: errors.New("the disk does not answer")}
	err := s.Update(context.Background(), "", nil, func(t boxoffice.Tx) error {
		x := t.(*tx)
		if err := x.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp, Note: "lost"}); err != nil {
			return err
		}
		x.conn.trouble = fault
		return os.Rename(s.path, away) // it cannot be opened again for now
	})
	if !errors.Is(err, fault.Err) {
		t.Fatalf("got «%v», want the fault", err)
	}
	if err := s.Health(); boxoffice.KindOf(err) != boxoffice.KindStore {
		t.Errorf("a store that cannot write says «%v»", err)
	}
	if err := write(s, "refused"); boxoffice.KindOf(err) != boxoffice.KindStore {
		t.Errorf("got «%v», want that the store is in trouble", err)
	}
	if err := os.Rename(away, s.path); err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for s.Health() != nil { // nobody writes meanwhile
		<-tick.C
	}
	if err := write(s, "after"); err != nil {
		t.Fatal(err)
	}
	if got := written(t, s); got != "before after" {
		t.Errorf("the journal says «%s»", got)
	}
}

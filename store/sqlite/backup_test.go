package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
)

// TestBackupWhileClerksSell: each copy is whole, adds up by itself, and ends at an
// entry that the journal of the house has, too.
func TestBackupWhileClerksSell(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(dir, "house.wicket"), clock)
	evening := storetest.NewEvening(t, store, clock, storetest.Rows(10, 20, 0), 8)
	sold := make(chan int)
	go func() { sold <- evening.Storm(t, 8) }()
	for i, selling := 0, true; selling; i++ {
		select {
		case n := <-sold:
			selling = false // one more, of the full house
			if n != 200 {
				t.Errorf("%d of 200 places were sold", n)
			}
		default:
		}
		path := filepath.Join(dir, "copy")
		if err := store.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		checkCopy(t, store, path, clock)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "copy*"))
	if err != nil || len(files) > 0 {
		t.Errorf("left beside the copies: %v, %v", files, err)
	}
}

func checkCopy(t *testing.T, store *sqlite.Store, path string, clock boxoffice.Clock) {
	t.Helper()
	ctx := context.Background()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := sqlite.OpenReading(path, clock)
	if err != nil {
		t.Fatal(err)
	}
	breaks, err := copied.Verify(ctx)
	if err != nil || len(breaks) > 0 {
		t.Errorf("the copy: %v, %v", breaks, err)
	}
	if err := copied.CheckQuickly(ctx); err != nil {
		t.Error(err)
	}
	var reach boxoffice.Reach
	if err := copied.View(ctx, func(r boxoffice.Reader) (err error) { reach, err = boxoffice.ReachOf(r); return err }); err != nil {
		t.Fatal(err)
	}
	through := func(reach boxoffice.Reach) (ok bool) {
		err := store.View(ctx, func(r boxoffice.Reader) (err error) { ok, err = boxoffice.GoesThrough(r, reach); return err })
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !through(reach) {
		t.Errorf("the copy ends at entry %d, which is another one in the house", reach.Seq)
	}
	if reach.Hash[0]++; through(reach) {
		t.Error("an entry of another hash is taken for the house's own")
	}
	if err := copied.Close(); err != nil {
		t.Error(err)
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("looking changed the copy (%v)", err)
	}
	if files, _ := filepath.Glob(path + "?*"); len(files) > 0 {
		t.Errorf("looking left %v", files)
	}
}

// TestBackupRefusesWhatIsThere: a file with something in it is not written over, and
// a copy that was called off is an error.
func TestBackupRefusesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	store := openAt(t, filepath.Join(dir, "house.wicket"), boxoffice.SystemClock{})
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(context.Background(), taken); err == nil {
		t.Error("a file was written over")
	}
	if err := store.Backup(context.Background(), filepath.Join(dir, "nowhere", "copy")); err == nil {
		t.Error("a folder that is not there was no trouble")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := store.Backup(ctx, filepath.Join(dir, "late")); err == nil {
		t.Error("a copy that was called off came to be")
	}
	if err := store.Health(); err != nil {
		t.Errorf("the store itself is %v", err)
	}
}

// TestTakeAlone: only who is alone with a store can take it, and keeps others out.
func TestTakeAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	store := openAt(t, path, boxoffice.SystemClock{})
	if _, err := sqlite.TakeAlone(path); !sqlite.IsBusy(err) {
		t.Fatalf("a store that is open was taken: %v", err)
	}
	if err := store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error {
		return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp})
	}); err != nil {
		t.Fatalf("it does not write any more: %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	release, err := sqlite.TakeAlone(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.TakeAlone(path); !sqlite.IsBusy(err) {
		t.Errorf("it was taken twice: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again := openAt(t, path, boxoffice.SystemClock{})
	clean(t, again)
	known, err := sqlite.OpenReading(path, boxoffice.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	if at, newest, err := known.Schema(); err != nil || at != newest || at < 8 {
		t.Errorf("the schema is %d, the newest %d, %v", at, newest, err)
	}
	if err := known.Close(); err != nil {
		t.Error(err)
	}
}

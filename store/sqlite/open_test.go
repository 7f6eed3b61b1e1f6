package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestOpenMakesAFileForItsOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"house.wicket", "a b?c#d%20é.wicket"} {
		if runtime.GOOS == "windows" && name != "house.wicket" {
			continue
		}
		path := filepath.Join(dir, name)
		store := openAt(t, path, boxoffice.SystemClock{})
		for _, file := range []string{path, path + "-wal", path + "-shm"} {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s is %v", filepath.Base(file), info.Mode())
			}
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestManyOpenANewStoreAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer store.Close()
			if err := store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error {
				return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp})
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	clean(t, openAt(t, path, boxoffice.SystemClock{}))
}

func TestOpenRefusesWhatIsNoStore(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(text, []byte("Dear Sir, this is not a box office at all, whatever its name.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", dir, text, filepath.Join(dir, "no", "such", "folder")} {
		if store, err := sqlite.Open(context.Background(), path, sqlite.Options{}); err == nil {
			t.Errorf("%q was opened", path)
			_ = store.Close()
		}
	}
}

// TestOtherProcessesAreSeen: two stores on one file, as two processes have them.
func TestOtherProcessesAreSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	here, there := openAt(t, path, boxoffice.SystemClock{}), openAt(t, path, boxoffice.SystemClock{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changed := here.Watch(ctx)
	for i := range int64(5) {
		for _, s := range []*sqlite.Store{there, here} {
			if err := s.Update(ctx, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
				return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbSetUp})
			}); err != nil {
				t.Fatal(err)
			}
		}
		for seq := int64(0); seq < 2*(i+1); {
			<-changed
			if err := here.View(ctx, func(r boxoffice.Reader) (err error) { seq, _, err = r.Head(); return err }); err != nil {
				t.Fatal(err)
			}
		}
	}
	clean(t, here)
}

func TestOpenRefusesAStoreOfANewerProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	if err := openAt(t, path, boxoffice.SystemClock{}).Close(); err != nil {
		t.Fatal(err)
	}
	conn := shell(t, path)
	if _, err := conn.ExecContext(context.Background(), "INSERT INTO migration (version_id, is_applied) VALUES (99, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if store, err := sqlite.Open(context.Background(), path, sqlite.Options{}); err == nil {
		t.Error("it was opened")
		_ = store.Close()
	}
}

package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// last returns the house of the last schema before the newest.
func last(t *testing.T) former {
	t.Helper()
	newest, err := newestSchema()
	if err != nil {
		t.Fatal(err)
	}
	all := slices.DeleteFunc(formers(t), func(f former) bool { return f.schema >= newest })
	return all[len(all)-1]
}

// beside lists what lies in the folder of a house.
func beside(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestUpgradeKeepsTheHouseAsItWas: one copy, whole, its owner's alone, and who opened
// the house is told where.
func TestUpgradeKeepsTheHouseAsItWas(t *testing.T) {
	f := last(t)
	path := f.unpack(t)
	before := contentOf(t, path, nil)
	if err := os.WriteFile(path+".before-part", []byte("half a copy"), 0o600); err != nil { // of who was killed
		t.Fatal(err)
	}
	var told []Upgrade
	s, err := Open(context.Background(), path, Options{
		Clock: storetest.NewClock(time.Date(2026, 11, 28, 14, 34, 30, 0, time.UTC)), Upgraded: func(u Upgrade) { told = append(told, u) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	newest, _ := newestSchema()
	kept := path + ".before-" + plainNumber(newest) + "-20261128T143430Z"
	if len(told) != 1 || told[0].From != f.schema || told[0].To != newest || told[0].Copy != kept {
		t.Errorf("told was %+v", told)
	}
	if names := beside(t, path); !slices.Equal(names, []string{"house.wicket", filepath.Base(kept)}) {
		t.Errorf("there is %v", names)
	}
	before.compare(t, kept)
	if info, err := os.Stat(kept); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", info, err)
	}
	r, err := OpenReading(kept, boxoffice.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	if at, _, err := r.Schema(); err != nil || at != f.schema {
		t.Errorf("the copy has schema %d: %v", at, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	// It goes back: to a name of its own, and is brought up to date again.
	again := filepath.Join(t.TempDir(), "house.wicket")
	if err := os.Rename(kept, again); err != nil {
		t.Fatal(err)
	}
	upgraded(t, again, before)
}

// TestManyUpgradeAtOnce: one copy, one migration, and all can sell.
func TestManyUpgradeAtOnce(t *testing.T) {
	path := formers(t)[0].unpack(t)
	before := contentOf(t, path, nil)
	var wg sync.WaitGroup
	stores := make([]*Store, 5)
	for i := range stores {
		wg.Go(func() {
			var err error
			if stores[i], err = Open(context.Background(), path, Options{Clock: boxoffice.SystemClock{}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, s := range stores {
		if s != nil {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	kept, err := Formers(path)
	if err != nil || len(kept) != 1 {
		t.Errorf("kept is %v, %v", kept, err)
	}
	before.compare(t, path)
}

// TestThreeFormersAreKept: the newest; what merely has a name like theirs stays. One
// that is not what it should be is not taken for the copy.
func TestThreeFormersAreKept(t *testing.T) {
	path := last(t).unpack(t)
	house, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := house[:len(house)/2]
	for _, name := range []string{
		".before-5-20260101T000000Z", ".before-6-20260201T000000Z", ".before-7-20260301T000000Z", ".before-10-20260401T000000Z",
		".before-lunch", ".before-8-20260501T000000Z.txt",
	} {
		if err := os.WriteFile(path+name, half, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	upgraded(t, path, contentOf(t, path, nil))
	kept, err := Formers(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range kept {
		kept[i] = strings.TrimPrefix(name, path)
	}
	if len(kept) != 3 || kept[1] != ".before-10-20260401T000000Z" || kept[2] != ".before-7-20260301T000000Z" {
		t.Errorf("kept is %v", kept)
	}
	for _, name := range []string{".before-lunch", ".before-8-20260501T000000Z.txt"} {
		if _, err := os.Stat(path + name); err != nil {
			t.Error(err)
		}
	}
}

// TestUpgradeWithoutACopyDoesNotBegin: where none can be kept the house stays as it
// is, and the words say what to do.
func TestUpgradeWithoutACopyDoesNotBegin(t *testing.T) {
	path := last(t).unpack(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(path+".before-part/in the way", 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), path, Options{})
	if err == nil {
		_ = s.Close()
	}
	var refused *UpgradeError
	if !errors.As(err, &refused) || boxoffice.KindOf(err) != boxoffice.KindStore || !strings.Contains(refused.Do, filepath.Dir(path)) {
		t.Errorf("got %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("it was changed (%v)", err)
	}
	// A copy of a copy is nobody's wish: what is one is brought up to date at once.
	if s, err = Open(context.Background(), path, Options{NoCopy: true}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

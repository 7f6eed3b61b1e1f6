package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"wicket/boxoffice"
)

// TestManyMakeOneKey: of those who open a new house at once, all have the same
// barcodes, and nothing else is left in the folder.
func TestManyMakeOneKey(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		path := filepath.Join(dir, "house.wicket")
		const many = 8
		var codes [many]string
		var made [many]bool
		start := make(chan struct{})
		var all sync.WaitGroup
		for i := range many {
			all.Go(func() {
				<-start
				b, isNew, err := barcodesOf(path)
				if err != nil {
					t.Error(err)
				}
				codes[i], made[i] = b.Of(12, 1), isNew
			})
		}
		close(start)
		all.Wait()
		makers := 0
		for i := range many {
			if made[i] {
				makers++
			}
			if codes[i] == "" || codes[i] != codes[0] {
				t.Fatalf("the same ticket has the barcodes %v", codes)
			}
		}
		if makers != 1 {
			t.Errorf("%d made the key", makers)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) != 1 {
			t.Errorf("the folder has %v, %v", left, err)
		}
	}
}

func TestKeyIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	first, isNew, err := barcodesOf(path)
	if err != nil || !isNew {
		t.Fatalf("new %v, %v", isNew, err)
	}
	info, err := os.Stat(path + ".key")
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 || info.Size() != boxoffice.BarcodeKeySize {
		t.Errorf("the key is %v, %d bytes", info.Mode(), info.Size())
	}
	again, isNew, err := barcodesOf(path)
	if err != nil || isNew || again.Of(1, 1) != first.Of(1, 1) {
		t.Errorf("read again: new %v, %v, %s and %s", isNew, err, again.Of(1, 1), first.Of(1, 1))
	}
	other, _, err := barcodesOf(filepath.Join(t.TempDir(), "house.wicket"))
	if err != nil || other.Of(1, 1) == first.Of(1, 1) {
		t.Errorf("another house has the same key, %v", err)
	}
}

func TestKeyIsMadeInPlaceOnlyOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	for i, want := range []bool{true, false} {
		made, err := makeKeyInPlace(path, []byte(strings.Repeat(string(rune('a'+i)), 32)))
		if made != want || err != nil {
			t.Errorf("made %v, %v", made, err)
		}
	}
	if key, err := readKey(path); string(key) != strings.Repeat("a", 32) {
		t.Errorf("the key is %q, %v", key, err)
	}
}

func TestKeysThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		size int
		mode os.FileMode
		want string
	}{
		"empty":                {0, 0o600, "it has 0 bytes, a key has 32"},
		"short":                {31, 0o600, "it has 31 bytes"},
		"long":                 {33, 0o600, "it has 33 bytes"},
		"its group may read":   {32, 0o640, "chmod 600"},
		"everybody may read":   {32, 0o644, "mode 0644"},
		"everybody may change": {32, 0o602, "mode 0602"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.mode != 0o600 && runtime.GOOS == "windows" {
				t.Skip("Windows has other rights")
			}
			path := filepath.Join(t.TempDir(), "house.wicket")
			if err := os.WriteFile(path+".key", make([]byte, c.size), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path+".key", c.mode); err != nil {
				t.Fatal(err)
			}
			_, _, err := barcodesOf(path)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path+".key") {
				t.Errorf("%v", err)
			}
		})
	}
}

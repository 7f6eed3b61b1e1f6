package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"wicket/boxoffice"
)

// TestUnusableHouse: what cannot be a house is left alone, with words that say why
// and what to do.
func TestUnusableHouse(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	put("letter", "Dear Sir or Madam, this is no database.", 0o600)
	put("short", "x", 0o600)
	put("torn", "SQLite format 3\x00 and then nothing that would make sense", 0o600)
	put("locked", "SQLite format 3\x00", 0o400)
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"letter": "is no house: it is not a SQLite file",
		"short":  "is no house: it is not a SQLite file",
		"torn":   "cannot be opened",
		"folder": "is a folder",
		"locked": "cannot be written by this account",
	} {
		if name == "locked" && (os.Geteuid() == 0 || runtime.GOOS == "windows") {
			continue // there, every account may
		}
		p := &program{house: at(name), out: io.Discard, err: io.Discard, clock: boxoffice.SystemClock{}}
		before, _ := os.ReadFile(at(name)) // a folder has no text
		_, errOpen := p.openHouse(context.Background())
		_, errCreate := p.createHouse(context.Background(), boxoffice.House{Name: "Leal"}, "Marta", "", false)
		for _, err := range []error{errOpen, errCreate} {
			var trouble *fileError
			if !errors.As(err, &trouble) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--house") {
				t.Errorf("%s: %v, want %q and what to do", name, err, want)
			}
		}
		if after, _ := os.ReadFile(at(name)); string(after) != string(before) {
			t.Errorf("%s was changed", name)
		}
	}
}

// TestCreateHouseLeavesNothingHalfMade: where it is refused, files and folders are
// as before.
func TestCreateHouseLeavesNothingHalfMade(t *testing.T) {
	dir := t.TempDir()
	p := &program{house: filepath.Join(dir, "a", "b", "house.wicket"), out: io.Discard, err: io.Discard, clock: boxoffice.SystemClock{}}
	if _, err := p.createHouse(context.Background(), boxoffice.House{Name: "Leal"}, "Marta", "", true); boxoffice.KindOf(err) != boxoffice.KindInvalid {
		t.Fatalf("a house without currency and zone: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestEmptyFileIsNoHouse: a file that is there and empty is not filled by looking.
func TestEmptyFileIsNoHouse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house.wicket")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{house: path, out: io.Discard, err: io.Discard, clock: boxoffice.SystemClock{}}
	var none *noHouseError
	if _, err := p.openHouse(context.Background()); !errors.As(err, &none) {
		t.Errorf("an empty file is %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 0 {
		t.Errorf("looking filled it: %v, %v", info, err)
	}
}

func TestCannotOpenNamesTheDisk(t *testing.T) {
	err := cannotOpen(filepath.Join(t.TempDir(), "nowhere", "house.wicket"), &boxoffice.StoreError{Words: "broken", Err: syscall.EIO})
	if !strings.Contains(err.Error(), "nothing can be written in") || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("%v", err)
	}
	err = cannotOpen(filepath.Join(t.TempDir(), "house.wicket"), &boxoffice.StoreError{Words: "the store cannot be read: selling stops", Err: syscall.EIO})
	if strings.Contains(err.Error(), "selling") || !strings.Contains(err.Error(), "keep the file as it is") {
		t.Errorf("%v", err)
	}
}

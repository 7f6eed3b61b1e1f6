//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestReplaceKeepsTheOldHouse: the house that a backup takes the place of is whole
// under another name.
func TestReplaceKeepsTheOldHouse(t *testing.T) {
	h := openHouse(t, 1, 1_999)
	h.run(t, "backup", "early.wicket")
	h.run(t, "staff", "add", "Eva", "--role", "clerk")
	said := h.run(t, "restore", "early.wicket", "--replace")
	if !strings.Contains(said, "not in it: 1 of the journal's entries") {
		t.Errorf("it does not say what is lost: %s", said)
	}
	aside, err := filepath.Glob(h.at("house.wicket.replaced-*"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("the old house: %v, %v", aside, err)
	}
	if said := h.run(t, "--house", aside[0], "staff", "list"); !strings.Contains(said, "Eva") {
		t.Errorf("the old house lost Eva: %s", said)
	}
	if said := h.run(t, "staff", "list"); strings.Contains(said, "Eva") || !strings.Contains(said, "Ben") {
		t.Errorf("the restored house has %s", said)
	}
	h.run(t, "verify")

	// What cannot be read any more is kept, too.
	h.write(t, "house.wicket", "SQLite format 3\x00 and then nothing")
	h.write(t, "house.wicket-wal", "a log")
	if err := os.Remove(aside[0]); err != nil {
		t.Fatal(err)
	}
	if said := h.refused(t, "restore", "early.wicket"); !strings.Contains(said, "cannot be read") {
		t.Errorf("over a damaged house: %s", said)
	}
	h.run(t, "restore", "early.wicket", "--replace")
	h.run(t, "verify")
	if logs, _ := filepath.Glob(h.at("house.wicket.replaced-*-wal")); len(logs) != 1 {
		t.Errorf("its log was not kept: %v", logs)
	}
}

func isSameFile(t *testing.T, one, other string) bool {
	t.Helper()
	a, err := os.Stat(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.Stat(other)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(a, b)
}

// TestKilledRestore: whatever the moment, a house stands at its place: the old one or
// the one from the backup, whole.
func TestKilledRestore(t *testing.T) {
	h := openHouse(t, 1, 1_999)
	h.run(t, "backup", "early.wicket")
	h.run(t, "staff", "add", "Eva", "--role", "clerk")
	h.run(t, "backup", "late.wicket")
	killed := 0
	for i := 0; i < 8 || killed == 0 && i < 200; i++ {
		cmd := h.command("restore", []string{"early.wicket", "late.wicket"}[i%2], "--replace")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- cmd.Wait() }()
		sign := []string{partName + "*", partName + "*/house.wicket-wal", "house.wicket.replaced-*"}[i%3]
		for begun := false; !begun; {
			select {
			case err := <-over:
				begun = true
				over <- err
			default:
				files, _ := filepath.Glob(h.at(sign))
				begun = len(files) > 0
			}
		}
		_ = cmd.Process.Signal(syscall.SIGKILL)
		if err := <-over; err != nil {
			killed++
		}
		if said := h.run(t, "verify"); !strings.HasPrefix(said, "clean: 2000 tickets") {
			t.Errorf("killed at %s: %s", sign, said)
		}
		left, _ := filepath.Glob(h.at("house.wicket.replaced-*"))
		for _, old := range left {
			if isSameFile(t, old, h.at("house.wicket")) { // it was not in its place yet: by that name nobody opens it
				if said := h.refused(t, "--house", old, "verify"); !strings.Contains(said, "has 2 names") {
					t.Errorf("killed at %s, the house by the old one's name: %s", sign, said)
				}
			} else if said := h.run(t, "--house", old, "verify"); !strings.HasPrefix(said, "clean: 2000 tickets") {
				t.Errorf("killed at %s, the old house: %s", sign, said)
			}
			for _, file := range []string{old, old + ".log", old + "-wal", old + "-shm"} {
				_ = os.Remove(file) // most are not there
			}
		}
		parts, _ := filepath.Glob(h.at(partName + "*"))
		for _, part := range parts {
			if err := os.RemoveAll(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	if killed == 0 {
		t.Error("none was killed while it went on: this test looks at nothing")
	}
}

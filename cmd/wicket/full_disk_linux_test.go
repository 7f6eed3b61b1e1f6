package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestACounterOnAFullDisk plays what a clerk sees when the disk of the house is full,
// and when there is room again.
func TestACounterOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=16m,mode=0700"); err != nil {
		t.Skipf("a tiny disk cannot be mounted here (it needs root): %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	house := openHouseIn(t, dir, 30, 20)
	window := house.terminal(t, "Ana", "window 2")
	see(t, window, `Macbeth`)
	press(t, window, "1a")
	see(t, window, `› 1a\s`)
	press(t, window, "\r")
	see(t, window, `Basket +24\.00`)
	press(t, window, "\r")
	see(t, window, `To pay +24\.00`)

	free := fillUp(t, dir)
	press(t, window, "\r")
	see(t, window, `! the disk is full`)
	see(t, window, `The disk is full: free some space, selling goes on by itself\.`)
	see(t, window, `Take no money until then; what is in the basket stands\.`)
	see(t, window, `Nothing was`)
	see(t, window, `To pay +24\.00`)

	free()
	see(t, window, `The store can be read and written again: selling goes on\.`)
	press(t, window, "\r")
	see(t, window, `order 1001`)
	if out := house.run(t, "verify"); out[:5] != "clean" {
		t.Errorf("verify: %s", out)
	}
}

// fillUp fills the disk of a folder until free is called.
func fillUp(t *testing.T, dir string) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

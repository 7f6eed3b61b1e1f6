//go:build linux

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// disk mounts a disk of so many kB that is in memory.
func disk(t *testing.T, kB int) (dir string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("mounting a disk needs root")
	}
	dir = t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kB)); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestUpgradeOnAFullDisk: wherever the disk is full on the way, the house is as it
// was or as it should be, and is brought up to date once there is room.
func TestUpgradeOnAFullDisk(t *testing.T) {
	f := formers(t)[0]
	file := f.unpack(t)
	before := contentOf(t, file, nil)
	house, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	least, refused, failed, fine := len(house)>>10+8, 0, 0, 0
	steps := max(10, storetest.Rounds(t, 10, 80)) // fewer would miss one of the three
	for i := range steps {
		dir := disk(t, least+i*1000/steps)
		path := filepath.Join(dir, "house.wicket")
		if err := os.WriteFile(path, house, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(context.Background(), path, Options{})
		var no *UpgradeError
		switch {
		case err == nil:
			fine++
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		case errors.As(err, &no):
			refused++
			if !strings.Contains(no.Words, "no room") || !strings.Contains(no.Do, "make room") {
				t.Errorf("on %d kB it says %v", least+i*1000/steps, no)
			}
			if kept, err := Formers(path); err != nil || len(kept) > 0 {
				t.Errorf("half a copy is called one: %v, %v", kept, err)
			}
		default:
			failed++
			if boxoffice.KindOf(err) != boxoffice.KindStore {
				t.Errorf("on %d kB: %v", least+i*1000/steps, err)
			}
		}
		if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=8m"); err != nil {
			t.Fatal(err)
		}
		upgraded(t, path, before)
	}
	if refused == 0 || fine == 0 {
		t.Errorf("of %d disks %d had no room for a copy, %d were full later, %d had room: this test looks at nothing", steps, refused, failed, fine)
	}
	t.Logf("%d disks: %d without room for the copy, %d full later on the way, %d with room; every house was whole, and brought up to date once there was room", steps, refused, failed, fine)
}

// TestUpgradeInAFolderThatCanOnlyBeRead: it does not open, and nothing changes.
func TestUpgradeInAFolderThatCanOnlyBeRead(t *testing.T) {
	f := last(t)
	file := f.unpack(t)
	before := contentOf(t, file, nil)
	house, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := disk(t, 8<<10)
	path := filepath.Join(dir, "house.wicket")
	if err := os.WriteFile(path, house, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), path, Options{})
	if err == nil {
		t.Error("it was opened")
		_ = s.Close()
	}
	if kind := boxoffice.KindOf(err); kind != boxoffice.KindStore && !errors.Is(err, syscall.EROFS) {
		t.Errorf("got %v", err)
	}
	if names := beside(t, path); len(names) != 1 {
		t.Errorf("there is %v", names)
	}
	before.compare(t, path)
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	upgraded(t, path, before)
}

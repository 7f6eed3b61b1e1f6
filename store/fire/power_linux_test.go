package fire_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// powerDisk is a file system of its own, in a file, whose power can be cut: what was
// not synced by then is gone.
type powerDisk struct {
	*testing.T
	image  string
	mount  string
	isHere bool
}

// newPowerDisk makes one and mounts it until the test ends. Where this machine cannot,
// it says so and skips the test.
func newPowerDisk(t *testing.T) *powerDisk {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("cutting the power of a disk needs root: it mounts one of its own")
	}
	for _, tool := range []string{"mkfs.ext4", "mount", "umount"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("cutting the power of a disk needs %s: %v", tool, err)
		}
	}
	folder := t.TempDir()
	d := &powerDisk{T: t, image: filepath.Join(folder, "image"), mount: filepath.Join(folder, "mount")}
	image, err := os.Create(d.image)
	if err != nil {
		t.Fatal(err)
	}
	if err := image.Truncate(64 << 20); err != nil {
		t.Fatal(err)
	}
	if err := image.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(d.mount, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", d.image).CombinedOutput(); err != nil {
		t.Skipf("cutting the power of a disk needs one: %v: %s", err, out)
	}
	if out, err := exec.Command("mount", "-o", "loop", d.image, d.mount).CombinedOutput(); err != nil {
		t.Skipf("cutting the power of a disk needs to mount one: %v: %s", err, out)
	}
	d.isHere = true
	t.Cleanup(func() {
		if d.isHere {
			d.run("umount", d.mount)
		}
	})
	return d
}

func (d *powerDisk) run(name string, args ...string) {
	d.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		d.Fatalf("%s: %v: %s", name, err, out)
	}
}

// cut cuts the power: the file system ends without another write.
func (d *powerDisk) cut() {
	d.Helper()
	const shutdown, noLogFlush = 0x8004587D, 2 // EXT4_IOC_SHUTDOWN
	folder, err := os.Open(d.mount)
	if err != nil {
		d.Fatal(err)
	}
	defer folder.Close()
	if err := unix.IoctlSetPointerInt(int(folder.Fd()), shutdown, noLogFlush); err != nil {
		d.Fatalf("cut the power: %v", err)
	}
}

// back brings the disk back as a machine does that starts again.
func (d *powerDisk) back() {
	d.Helper()
	d.isHere = false
	d.run("umount", d.mount)
	d.run("mount", "-o", "loop", d.image, d.mount)
	d.isHere = true
}

// TestPowerCutsLoseNothing: a process sells in a house, and the power of its disk is
// cut at a random point, again and again. Of what was acknowledged before, everything
// is there when the disk is back. An answer counts only once it has left the process
// and was read, before the power is cut.
func TestPowerCutsLoseNothing(t *testing.T) {
	const clerks = 4
	cuts := storetest.Rounds(t, 20, 300)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	disk := newPowerDisk(t)
	h := newFireHouseIn(t, disk.mount, clerks)
	unix.Sync() // what was done so far is there
	began, done := time.Now(), 0
	for ; done < cuts && !t.Failed(); done++ {
		w := storetest.StartWorker(t, h.ledger, storetest.WorkOrder{
			House: h.path, Clerks: clerks, Seed: random.Uint64(), Start: h.start,
		}, "")
		if !w.Await(1 + random.IntN(120)) {
			t.Errorf("the worker ended by itself: %v", w.Wait())
		}
		h.ledger.Ignore(true)
		disk.cut()
		w.Kill()
		h.ledger.Ignore(false)
		disk.back()
		h.check(t, true)
	}
	if t.Failed() {
		return
	}
	t.Logf("%d power cuts in %.1f s: %d sales, %d voids and %d cancellations acknowledged before them, %d calls without an answer sent again; 0 lost, 0 doubled, verify clean after each",
		done, time.Since(began).Seconds(), h.ledger.Told(boxoffice.VerbSell), h.ledger.Told(boxoffice.VerbVoid), h.ledger.Told(boxoffice.VerbCancel), h.ledger.Again())
}

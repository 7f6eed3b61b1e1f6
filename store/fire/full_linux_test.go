package fire_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// mountTiny mounts a disk of so many bytes until the test ends; grow makes it larger.
// Where this machine cannot, it says so and skips the test.
func mountTiny(t *testing.T, size int) (folder string, grow func(size int)) {
	t.Helper()
	folder = t.TempDir()
	if err := unix.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", size)); err != nil {
		t.Skipf("a tiny disk cannot be mounted here (it needs root): %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(folder, 0); err != nil {
			t.Errorf("unmount the tiny disk: %v", err)
		}
	})
	return folder, func(size int) {
		t.Helper()
		if err := unix.Mount("tmpfs", folder, "tmpfs", unix.MS_REMOUNT, fmt.Sprintf("size=%d", size)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAFullDiskHealsByItself: a house sells until its disk is full. Then it says so and
// can be read; once the disk is larger it is well without a restart, sells on, and
// everything that was acknowledged is there.
func TestAFullDiskHealsByItself(t *testing.T) {
	rounds := storetest.Rounds(t, 6, 100)
	seed := seedOf(t)
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // replayed, not secret
	began, sales, refused := time.Now(), 0, 0
	for range rounds {
		n, no := fillOnce(t, 500<<10+random.IntN(900<<10))
		sales, refused = sales+n, refused+no
		if t.Failed() {
			break
		}
	}
	if t.Failed() {
		return
	}
	t.Logf("%d disks filled and made larger in %.1f s: %d sales acknowledged, %d refused; all of them there and none of these, read while full, well by itself, verify clean",
		rounds, time.Since(began).Seconds(), sales, refused)
}

func fillOnce(t *testing.T, size int) (sales, refused int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	folder, grow := mountTiny(t, 8<<20)
	clock := storetest.NewClock(storetest.Curtain.AddDate(0, -3, 0))
	store := openStore(t, filepath.Join(folder, "house.wicket"), clock)
	storetest.NewEvening(t, store, clock, storetest.Rows(8, 15, 0), 1)
	closeStore(t, store) // its log is folded in
	store = openStore(t, filepath.Join(folder, "house.wicket"), clock)
	defer closeStore(t, store)
	e, err := storetest.Reopen(store, clock)
	if err != nil {
		t.Fatal(err)
	}
	watch := store.Watch(ctx)
	grow(size)
	sell := func() error {
		err := sellOne(e, e.Staff[0])
		if err == nil {
			sales++
			return nil
		}
		refused++
		return err
	}
	for err = nil; err == nil && sales < 110; {
		err = sell()
	}
	full := func(err error) bool {
		var s *boxoffice.StoreError
		return errors.As(err, &s) && !s.Unknown && s.Words == fullWords
	}
	if sales == 110 {
		return sales, refused // it never was
	}
	for range 3 {
		// What a small write finds room for is well again for a moment.
		if health := store.Health(); err != nil && !full(err) || health != nil && !full(health) {
			t.Errorf("on a full disk a sale is told «%v», the store says «%v»", err, health)
		}
		err = sell()
	}
	orders := func() (n int) {
		t.Helper()
		if err := store.View(ctx, func(r boxoffice.Reader) error {
			all, err := r.OrdersAfter(0, 1000)
			n = len(all)
			return err
		}); err != nil {
			t.Errorf("a store on a full disk cannot be read: %v", err)
		}
		return n
	}
	if n := orders(); n != sales {
		t.Errorf("%d sales were acknowledged on the full disk, %d are there", sales, n)
	}
	for len(watch) > 0 {
		<-watch
	}
	grow(32 << 20)
	tick, late := time.NewTicker(2*time.Millisecond), time.NewTimer(recovery)
	defer tick.Stop()
	defer late.Stop()
	for store.Health() != nil {
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatalf("there is room again for %s, and the store says «%v»", recovery, store.Health())
		}
	}
	for range 3 {
		if err := sell(); err != nil {
			t.Errorf("once there is room: %v", err)
		}
	}
	select {
	case <-watch:
	case <-late.C:
		t.Error("nobody was told of the sales after it")
	}
	if n := orders(); n != sales {
		t.Errorf("%d sales were acknowledged, %d are there", sales, n)
	}
	if breaks, err := store.Verify(ctx); err != nil || len(breaks) > 0 {
		t.Errorf("verify: %v, %v", breaks, err)
	}
	return sales, refused
}

package fire_test

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"

	"wicket/store/storetest"
)

const (
	fullWords    = "the disk is full: free some space, selling goes on by itself"
	damagedWords = "the store cannot be read or written: selling stops until it can"
)

// always fails every call that c is like.
func always(errno syscall.Errno, like ...call) func(call) *fault {
	return func(got call) *fault {
		for _, c := range like {
			if (c.op == "" || c.op == got.op) && (c.file == "" || c.file == got.file) {
				return &fault{errno: errno}
			}
		}
		return nil
	}
}

// TestAFaultIsSaidAndHeals: while its disk fails, a counter says what is wrong, in the
// answer and on its screens, and reads as long as it can; once the disk is well the
// counter is, too, and sells, without a word from anybody.
func TestAFaultIsSaidAndHeals(t *testing.T) {
	for _, c := range []struct {
		name        string
		errno       syscall.Errno
		fails       []call
		first       string // what meets it
		refuses     string // what that is told
		says        string // what the screens say, and what a sale is told from then on
		stillIsRead bool
	}{
		{"writing fails", syscall.EIO, []call{{op: "write", file: "log"}, {op: "write", file: "store"}}, "sell", "unknown: " + damagedWords, damagedWords, true},
		{"syncing fails", syscall.EIO, []call{{op: "sync"}}, "sell", "unknown: " + damagedWords, damagedWords, true},
		{"nothing can be read", syscall.EIO, []call{{op: "read", file: "store"}, {op: "read", file: "log"}, {op: "open"}}, "recount", "verify store: " + damagedWords, damagedWords, false},
		{"the disk is full", syscall.ENOSPC, []call{{op: "write"}, {op: "open", file: "log"}, {op: "open", file: "index"}}, "sell", fullWords, fullWords, true},
		{"the disk is full when it syncs", syscall.ENOSPC, []call{{op: "sync"}, {op: "write", file: "store"}}, "sell", "unknown: " + fullWords, fullWords, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newFireHouse(t, 1)
			disk := mountFaultyDisk(t, filepath.Dir(h.path))
			counter := openCounter(t, filepath.Join(disk.mount, "house.wicket"))
			counter.expect("sell", "ok")
			disk.fail(always(c.errno, c.fails...))
			counter.expect(c.first, c.refuses)
			for range 3 {
				counter.expect("health", c.says)
				counter.expect("sell", c.says)
			}
			if c.stillIsRead {
				counter.expect("read", "ok")
			}
			disk.fail(nil)
			counter.expect("well", "ok")
			counter.expect("read", "ok")
			counter.expect("sell", "ok")
			counter.expect("told", "ok")
			counter.close()
			h.recount(t)
		})
	}
}

// TestAnIndexThatCouldOnlyBeReadIsOpenedAgain: SQLite takes an index that it cannot open
// to write for one that is only to be read, for as long as the process has any
// connection. The counter sells all the same, as soon as the index can be written.
func TestAnIndexThatCouldOnlyBeReadIsOpenedAgain(t *testing.T) {
	h := newFireHouse(t, 1)
	disk := mountFaultyDisk(t, filepath.Dir(h.path))
	house := filepath.Join(disk.mount, "house.wicket")
	other := openCounter(t, house) // else there would be no index to read
	other.expect("sell", "ok")
	disk.fail(func(c call) *fault {
		if c.op != "open" || c.file != "index" || c.only {
			return nil
		}
		return &fault{errno: syscall.EIO}
	})
	counter := openCounter(t, house)
	counter.expect("read", "ok")
	for range 3 {
		counter.expect("sell", damagedWords)
		counter.expect("read", "ok")
	}
	disk.fail(nil)
	counter.expect("well", "ok")
	counter.expect("sell", "ok")
	counter.expect("told", "ok")
	other.expect("sell", "ok")
	counter.close()
	other.close()
	h.recount(t)
}

// TestScreensAreToldAgain: the disk fails under one of two counters; what the other
// sells meanwhile it shows as soon as it can read again.
func TestScreensAreToldAgain(t *testing.T) {
	h := newFireHouse(t, 1)
	disk := mountFaultyDisk(t, filepath.Dir(h.path))
	house := filepath.Join(disk.mount, "house.wicket")
	seller, shows := openCounter(t, house), openCounter(t, house)
	seller.expect("sell", "ok")
	shows.expect("told", "ok")
	for range 5 {
		hits := disk.Hits()
		disk.fail(func(c call) *fault {
			if !c.of(shows.cmd.Process) || c.op != "read" && c.op != "open" || c.file == "index" {
				return nil
			}
			return &fault{errno: syscall.EIO}
		})
		seller.expect("sell", "ok")
		disk.await(hits + 2)
		seller.expect("sell", "ok")
		disk.fail(nil)
		shows.expect("told", "ok")
		shows.expect("well", "ok")
	}
	seller.close()
	shows.close()
	h.recount(t)
}

// recount opens the house anew and recounts everything.
func (h *fireHouse) recount(t *testing.T) {
	t.Helper()
	store := openStore(t, h.path, storetest.NewClock(h.start))
	defer closeStore(t, store)
	breaks, err := store.Verify(context.Background())
	if err != nil || len(breaks) > 0 {
		t.Errorf("verify: %v, %v", breaks, err)
	}
}

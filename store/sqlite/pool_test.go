package sqlite

import (
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// TestAReaderTakesTurnsWhereNoneMoreCanBeOpened: as on a full disk. Time stands still
// until the reader waits and another one has put its connection back.
func TestAReaderTakesTurnsWhereNoneMoreCanBeOpened(t *testing.T) {
	path := openTest(t).path
	synctest.Test(t, func(t *testing.T) {
		p := &pool{path: path, as: toRead}
		first, err := p.get()
		if err != nil {
			t.Fatal(err)
		}
		p.path = filepath.Join(t.TempDir(), "nowhere", "house.wicket")
		var over atomic.Bool
		go func() {
			asked := func() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.inUse == 2 }
			for !asked() && !over.Load() {
				runtime.Gosched()
			}
			p.put(first)
		}()
		second, err := p.get()
		over.Store(true)
		if err != nil || second != first {
			t.Fatalf("it got another one: %t, %v", second != first, err)
		}
		p.put(second)
		if err := p.close(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAReaderIsRefusedWhereNobodyHasAConnection: there is none to wait for.
func TestAReaderIsRefusedWhereNobodyHasAConnection(t *testing.T) {
	p := &pool{path: filepath.Join(t.TempDir(), "nowhere", "house.wicket"), as: toRead}
	if _, err := p.get(); err == nil {
		t.Error("there is no such file, and it was opened")
	}
	if p.inUse != 0 {
		t.Errorf("%d are in use", p.inUse)
	}
}

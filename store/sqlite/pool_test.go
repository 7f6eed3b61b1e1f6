package sqlite

import (
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestAReaderTakesTurnsWhereNoneMoreCanBeOpened: as on a full disk.
func TestAReaderTakesTurnsWhereNoneMoreCanBeOpened(t *testing.T) {
	p := &pool{path: openTest(t).path, as: toRead}
	first, err := p.get()
	if err != nil {
		t.Fatal(err)
	}
	p.path = filepath.Join(t.TempDir(), "nowhere", "house.wicket")
	go func() {
		asked := func() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.inUse == 2 }
		for until := time.Now().Add(time.Minute); !asked() && time.Now().Before(until); {
			runtime.Gosched()
		}
		p.put(first)
	}()
	second, err := p.get()
	if err != nil || second != first {
		t.Fatalf("it got another one: %t, %v", second != first, err)
	}
	p.put(second)

	// Where nobody has one, there is none.
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	p = &pool{path: p.path, as: toRead}
	if _, err := p.get(); err == nil {
		t.Error("there is no such file, and it was opened")
	}
	if p.inUse != 0 {
		t.Errorf("%d are in use", p.inUse)
	}
}

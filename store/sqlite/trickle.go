package sqlite

import (
	"os"
	"sync"
	"time"
)

const (
	// trickleAtOnce is how many bytes are brought to disk at once: who sells waits for no
	// more than that.
	trickleAtOnce = 4 << 20
	// trickleEvery is how often it is looked how far a file has grown.
	trickleEvery = 20 * time.Millisecond
)

// Trickle brings a large file to disk while it is being written, a little at a time, where
// the system can (Linux). What gathers in memory would be written all at once in the end:
// everybody's sales would wait behind gigabytes.
type Trickle struct {
	file  *os.File
	flush func(from, bytes int64) error
	stop  sync.Once
	done  chan struct{}
	ended chan struct{}
	begun int64 // up to here it was tried
	err   error
}

// NewTrickle begins with a file that somebody writes from its beginning to its end. Stop
// must be called before the file is closed.
func NewTrickle(f *os.File) *Trickle {
	t := &Trickle{file: f, flush: func(from, bytes int64) error { return flush(f, from, bytes) }}
	every := time.NewTicker(trickleEvery)
	t.begin(every.C, every.Stop)
	return t
}

// begin looks at the file each time it is told to.
func (t *Trickle) begin(look <-chan time.Time, over func()) {
	t.done, t.ended = make(chan struct{}), make(chan struct{})
	go func() {
		defer close(t.ended)
		defer over()
		for t.err == nil {
			select {
			case <-t.done:
				return
			case <-look:
				t.follow()
			}
		}
	}()
}

// follow flushes what has been written in whole portions, until it is told to stop.
func (t *Trickle) follow() {
	info, err := t.file.Stat()
	if err != nil {
		t.err = err
		return
	}
	for t.err == nil && t.begun+trickleAtOnce <= info.Size() {
		select {
		case <-t.done:
			return
		default:
		}
		t.err = t.flush(t.begun, trickleAtOnce)
		t.begun += trickleAtOnce
	}
}

// Stop ends it: what was not brought to disk yet is left to the system.
func (t *Trickle) Stop() {
	t.stop.Do(func() {
		close(t.done)
		<-t.ended
	})
}

// Settle ends it once all of the file is on disk. What went wrong before is said now.
func (t *Trickle) Settle() error {
	t.Stop()
	if t.err != nil {
		return t.err
	}
	info, err := t.file.Stat()
	if err != nil {
		return err
	}
	// From the beginning: parts may have been written again.
	for from := int64(0); from < info.Size(); from += trickleAtOnce {
		if err := t.flush(from, min(trickleAtOnce, info.Size()-from)); err != nil {
			return err
		}
	}
	return t.file.Sync()
}

package sqlite

import (
	"context"
	"sync"
	"time"
)

// lookout is how often the store looks whether another process has committed. A look
// costs little, waking up for it more: so it is as seldom as screens allow, which
// are to show what another process sold within 100 ms.
const lookout = 40 * time.Millisecond

// watchers are those who want to know when the journal grows. One goroutine looks
// out for other processes while there are any.
type watchers struct {
	path   string
	mu     sync.Mutex
	chans  map[chan struct{}]func() bool
	stop   chan struct{} // ends the lookout; nil while there is none
	closed bool
	wg     sync.WaitGroup
}

func newWatchers(path string) *watchers {
	return &watchers{path: path, chans: map[chan struct{}]func() bool{}}
}

// add returns a channel that is signalled until ctx ends.
func (w *watchers) add(ctx context.Context) <-chan struct{} {
	ch := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || ctx.Err() != nil {
		close(ch)
		return ch
	}
	w.chans[ch] = context.AfterFunc(ctx, func() { w.remove(ch) })
	if w.stop == nil {
		w.stop = make(chan struct{})
		w.wg.Add(1)
		go w.look(w.stop)
	}
	return ch
}

func (w *watchers) remove(ch chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.chans[ch]; !ok {
		return
	}
	delete(w.chans, ch)
	close(ch)
	if len(w.chans) == 0 && w.stop != nil {
		close(w.stop)
		w.stop = nil
	}
}

// signal tells everybody, and waits for nobody.
func (w *watchers) signal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ch := range w.chans {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

func (w *watchers) close() {
	w.mu.Lock()
	w.closed = true
	for ch, cancel := range w.chans {
		cancel()
		delete(w.chans, ch)
		close(ch)
	}
	if w.stop != nil {
		close(w.stop)
		w.stop = nil
	}
	w.mu.Unlock()
	w.wg.Wait()
}

// look signals when the store was changed by another connection, until stop.
func (w *watchers) look(stop <-chan struct{}) {
	defer w.wg.Done()
	ticker := time.NewTicker(lookout)
	defer ticker.Stop()
	var c *conn
	defer func() {
		if c != nil {
			_ = c.close()
		}
	}()
	var last int64
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
		}
		if c == nil {
			var err error
			if c, err = connect(w.path, "query_only(1)"); err != nil {
				c = nil
				continue
			}
			w.signal() // for what was missed
		}
		version, err := c.number("PRAGMA data_version")
		if err != nil {
			_ = c.close()
			c = nil
			continue
		}
		if last != 0 && version != last {
			w.signal()
		}
		last = version
	}
}

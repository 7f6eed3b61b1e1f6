package sqlite

import (
	"context"
	"sync"
)

// watchers are those who want to know when the journal grows. One goroutine looks
// out for other processes while there are any.
type watchers struct {
	readers *pool
	mu      sync.Mutex
	chans   map[chan struct{}]func() bool
	wrote   bool          // this process, since hasWritten was asked
	told    int64         // how far the journal had grown when everybody was last told
	stop    chan struct{} // ends the lookout; nil while there is none
	closed  bool
	wg      sync.WaitGroup
	trouble func(error) // is told why it could not be looked; nil where nobody is
}

func newWatchers(readers *pool) *watchers {
	return &watchers{readers: readers, chans: map[chan struct{}]func() bool{}}
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

// any reports whether there is somebody.
func (w *watchers) any() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.chans) > 0
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

// signal tells everybody that the journal has grown so far, and waits for nobody.
func (w *watchers) signal(seq int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrote = true
	w.tell(seq)
}

// hasWritten reports whether this process has committed since it was last asked.
func (w *watchers) hasWritten() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	wrote := w.wrote
	w.wrote = false
	return wrote
}

// noticed tells everybody unless they were told that it has grown so far.
func (w *watchers) noticed(seq int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if seq != w.told {
		w.tell(seq)
	}
}

func (w *watchers) tell(seq int64) {
	w.told = seq
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

// look tells everybody what other connections commit, until stop is closed.
func (w *watchers) look(stop <-chan struct{}) {
	defer w.wg.Done()
	l := &lookout{readers: w.readers}
	defer l.close()
	for l.rest(stop) {
		if l.busy = w.hasWritten(); l.busy {
			continue // everybody was told
		}
		switch seq, isNew, err := l.look(); {
		case err != nil:
			l.close()
			if w.trouble != nil {
				w.trouble(err)
			}
		case isNew:
			w.noticed(seq)
		}
	}
}

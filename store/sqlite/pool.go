package sqlite

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// pool keeps reading connections. There is always one more, so that a reader never
// waits, but while they are all renewed.
type pool struct {
	path   string
	as     access
	site   *site // of the store's file; nil where it may be any
	mu     sync.Mutex
	idle   []*conn
	inUse  int
	round  int
	left   chan struct{} // closed when the last in use comes back; nil while nobody waits for that
	away   chan struct{} // closed when connections are to be had again; nil while they are
	leave  chan struct{} // closed when those in use are to come back
	closed bool
}

// spareIn is how long a connection of somebody else is waited for.
const spareIn = 50 * time.Millisecond

// maxIdle is how many reading connections are kept when nobody reads.
const maxIdle = 16

// get returns a connection, for one goroutine until it is put back.
func (p *pool) get() (*conn, error) {
	p.mu.Lock()
	for p.away != nil && !p.closed {
		away := p.away
		p.mu.Unlock()
		<-away
		p.mu.Lock()
	}
	if p.closed {
		p.mu.Unlock()
		return nil, errClosed()
	}
	p.inUse++
	round := p.round
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	if p.site != nil { // what is there by that name may be another house
		if err := p.site.left(); err != nil {
			p.release()
			return nil, err
		}
	}
	c, err := connectAs(p.path, p.as, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "query_only(1)", "cache_size(-4000)")
	if err != nil {
		if spare := p.spare(); spare != nil {
			return spare, nil
		}
		p.release()
		return nil, err
	}
	c.round = round
	return c, nil
}

// spare waits a moment for a connection that somebody puts back: on a full disk none more
// may be opened, while those there are still read. It returns nil where none comes.
func (p *pool) spare() *conn {
	for until := time.Now().Add(spareIn); time.Now().Before(until); time.Sleep(time.Millisecond) {
		p.mu.Lock()
		if n := len(p.idle); n > 0 && p.away == nil && !p.closed {
			c := p.idle[n-1]
			p.idle = p.idle[:n-1]
			p.mu.Unlock()
			return c
		}
		alone := p.inUse == 1
		p.mu.Unlock()
		if alone {
			break
		}
	}
	return nil
}

// put takes a connection back. One that met trouble is closed.
func (p *pool) put(c *conn) {
	p.mu.Lock()
	keep := !p.closed && c.round == p.round && len(p.idle) < maxIdle && c.trouble == nil
	if keep {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		_ = c.close()
	}
	p.release()
}

func (p *pool) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inUse--; p.inUse == 0 && p.left != nil {
		close(p.left)
		p.left = nil
	}
}

// leaving returns a channel that is closed when who has a connection for long is to put
// it back.
func (p *pool) leaving() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.leave == nil {
		p.leave = make(chan struct{})
	}
	return p.leave
}

// renew closes every connection, waits a moment until those in use have come back, and
// gives none out until goOn is called: only when a process has none at all does SQLite
// open the index (the file «…-shm») anew, which it takes for read-only once it could
// not be opened to write.
func (p *pool) renew(moment time.Duration) (goOn func()) {
	p.mu.Lock()
	idle, left := p.idle, make(chan struct{})
	p.idle, p.round, p.away = nil, p.round+1, make(chan struct{})
	if p.leave != nil {
		close(p.leave)
		p.leave = nil
	}
	if p.inUse == 0 {
		close(left)
	} else {
		p.left = left
	}
	p.mu.Unlock()
	for _, c := range idle {
		_ = c.close()
	}
	timer := time.NewTimer(moment)
	defer timer.Stop()
	select {
	case <-left:
	case <-timer.C:
	}
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		close(p.away)
		p.left, p.away = nil, nil
	}
}

func (p *pool) close() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	var err error
	for _, c := range idle {
		err = errors.Join(err, c.close())
	}
	return err
}

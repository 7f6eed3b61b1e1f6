package sshd

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
)

// misses is how many signs of life in a row may be missing.
const misses = 3

// lastWords is how long a client has to take the end of its session and hang up.
const lastWords = 2 * time.Second

// call is one connection. It keeps its own deadlines, and counts.
type call struct {
	net.Conn
	limits  Limits
	count   *counters
	number  uint64 // in the order they came
	address netip.Prefix
	from    string
	begun   time.Time

	in, out atomic.Int64 // bytes
	heard   atomic.Int64 // when it was last heard, in ns since begun
	proved  atomic.Bool
	taken   atomic.Bool // it has, or had, its session
	asked   atomic.Bool // a sign of life was asked for and has not come
	pulse   atomic.Pointer[time.Timer]

	// Of the handshake's goroutine alone.
	asking    gossh.ServerPreAuthConn
	strangers int  // keys it offered that are nobody's
	tried     bool // it tried to prove who it is, and could not

	why    atomic.Pointer[string] // it was closed by us; nil if not
	closed chan struct{}
	once   sync.Once
}

// newCall has the handshake's time from now.
func newCall(conn net.Conn, number uint64, l Limits, count *counters) *call {
	c := &call{
		Conn: conn, limits: l, count: count, number: number, address: addressOf(conn.RemoteAddr()),
		from: conn.RemoteAddr().String(), begun: machineTime(), closed: make(chan struct{}),
	}
	_ = conn.SetDeadline(c.begun.Add(l.Handshake))
	return c
}

// agreed gives the client the time its user needs to type a passphrase.
func (c *call) agreed(conn gossh.ServerPreAuthConn) {
	c.asking = conn
	_ = c.Conn.SetDeadline(machineTime().Add(c.limits.Proof))
}

// say shows words to who has not proved a key yet.
func (c *call) say(words string) {
	if c.asking != nil {
		_ = c.asking.SendAuthBanner(words)
	}
}

// prove gives the client time to ask for a terminal.
func (c *call) prove() {
	_ = c.Conn.SetDeadline(time.Time{})
	_ = c.Conn.SetReadDeadline(machineTime().Add(c.limits.Handshake))
	c.proved.Store(true)
}

// settle lets it live for as long as it gives signs of life.
func (c *call) settle(conn gossh.Conn) {
	_ = c.Conn.SetReadDeadline(time.Time{})
	c.heard.Store(int64(machineTime().Sub(c.begun)))
	c.listen(conn)
}

// listen looks in a while whether the client still lives.
func (c *call) listen(conn gossh.Conn) {
	c.pulse.Store(time.AfterFunc(c.limits.Keepalive, func() { c.keepAlive(conn) }))
}

// keepAlive asks for a sign of life, and drops a line that gives none.
func (c *call) keepAlive(conn gossh.Conn) {
	select {
	case <-c.closed:
		return
	default:
	}
	if machineTime().Sub(c.begun)-time.Duration(c.heard.Load()) >= misses*c.limits.Keepalive {
		c.drop("no sign of life")
		return
	}
	c.listen(conn)
	if c.asked.CompareAndSwap(false, true) { // an answer, or the end, frees it
		_, _, _ = conn.SendRequest("keepalive@openssh.com", true, nil)
		c.asked.Store(false)
	}
}

// hangUp closes the connection after its session: a client that does not by
// itself would keep its place, and a reader of ours.
func (c *call) hangUp() { time.AfterFunc(lastWords, func() { c.drop("over") }) }

// drop closes it and says why; the first reason counts.
func (c *call) drop(why string) {
	c.why.CompareAndSwap(nil, &why)
	_ = c.Close()
}

func (c *call) dropped() string {
	if why := c.why.Load(); why != nil {
		return *why
	}
	return ""
}

func (c *call) crowdedOut() bool { return c.dropped() == crowded }

// Read reads, and notes that the client lives.
func (c *call) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.in.Add(int64(n))
		c.count.in.Add(int64(n))
		c.heard.Store(int64(machineTime().Sub(c.begun)))
	}
	return n, err
}

// Write writes. Once a key is proved it fails if nothing is taken for too long.
func (c *call) Write(p []byte) (int, error) {
	if c.proved.Load() {
		_ = c.SetWriteDeadline(machineTime().Add(c.limits.Stall))
	}
	n, err := c.Conn.Write(p)
	c.out.Add(int64(n))
	c.count.out.Add(int64(n))
	return n, err
}

// SetDeadline does nothing: the library would lift ours with it.
func (c *call) SetDeadline(time.Time) error { return nil }

// Close closes it, once.
func (c *call) Close() error {
	err := net.ErrClosed
	c.once.Do(func() {
		close(c.closed)
		if t := c.pulse.Load(); t != nil {
			t.Stop()
		}
		err = c.Conn.Close()
	})
	return err
}

// machineTime is the time deadlines of connections go by, whatever the clock of
// the house says.
func machineTime() time.Time { return boxoffice.SystemClock{}.Now() }

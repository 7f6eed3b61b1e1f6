package sshd

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// Reasons for which a connection is refused before it is heard.
const (
	refusedClosing  = "closing"
	refusedFull     = "full"
	refusedAddress  = "address"
	refusedFailures = "failures"
)

const (
	// failing is how many connections an address may have open, without a key
	// proved, while it keeps failing.
	failing = 4
	// forgiven is how long after its last failure an address starts anew.
	forgiven = 15 * time.Minute
	// maxWait is the longest an address waits for a no.
	maxWait = 4 * time.Second
	// neighbours is how many addresses are remembered that have nothing open.
	neighbours = 4096
)

// gate decides who may connect, before anything is known of them.
type gate struct {
	limits Limits

	mu       sync.Mutex
	closing  bool
	calls    map[*call]struct{}
	unproved map[*call]struct{}
	from     map[netip.Prefix]*neighbour
}

// neighbour is one address, as far as it has been heard of.
type neighbour struct {
	open, unproved int
	failures       int // in a row
	failed         time.Time
}

func newGate(l Limits) *gate {
	return &gate{
		limits: l, calls: map[*call]struct{}{}, unproved: map[*call]struct{}{},
		from: map[netip.Prefix]*neighbour{},
	}
}

// addressOf returns what counts as one address: of IPv6 the /64 that one household
// has to itself.
func addressOf(a net.Addr) netip.Prefix {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := ip.BitLen()
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits)
	return p
}

// admit lets c in and returns the empty string, or the reason why not. Where the
// places for strangers are full, the one that has said the least makes room; it is
// returned, to be closed.
func (g *gate) admit(c *call, now time.Time) (refused string, out *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := g.from[c.address]
	switch {
	case g.closing:
		return refusedClosing, nil
	case n != nil && n.open >= g.limits.Address:
		return refusedAddress, nil
	case n != nil && n.slowed(g.limits, now) && n.unproved >= failing:
		return refusedFailures, nil
	}
	if n != nil && n.unproved >= g.limits.AddressHandshakes {
		out = g.leastHeard(func(o *call) bool { return o.address == c.address })
	} else if len(g.unproved) >= g.limits.Handshakes || len(g.calls) >= g.limits.Connections {
		out = g.leastHeard(func(*call) bool { return true })
	}
	if out != nil {
		g.remove(out)
	} else if len(g.calls) >= g.limits.Connections {
		return refusedFull, nil
	}
	if n = g.from[c.address]; n == nil {
		g.forget()
		n = &neighbour{}
		g.from[c.address] = n
	}
	n.open++
	n.unproved++
	g.calls[c], g.unproved[c] = struct{}{}, struct{}{}
	return "", out
}

// leastHeard returns the unproved call that has said the least, the oldest of
// several; nil if there is none.
func (g *gate) leastHeard(among func(*call) bool) *call {
	var least *call
	for c := range g.unproved {
		if !among(c) {
			continue
		}
		if least == nil {
			least = c
			continue
		}
		a, b := c.in.Load(), least.in.Load()
		if a < b || a == b && c.number < least.number {
			least = c
		}
	}
	return least
}

// forget drops addresses with nothing open when many are remembered.
func (g *gate) forget() {
	if len(g.from) < neighbours {
		return
	}
	for a, n := range g.from {
		if n.open == 0 {
			delete(g.from, a)
		}
	}
}

// prove notes that c has proved a key.
func (g *gate) prove(c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.unproved[c]; !ok {
		return
	}
	delete(g.unproved, c)
	n := g.from[c.address]
	n.unproved--
	n.failures = 0
}

// leave notes that c is gone.
func (g *gate) leave(c *call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.remove(c)
}

func (g *gate) remove(c *call) {
	if _, ok := g.calls[c]; !ok {
		return
	}
	n := g.from[c.address]
	delete(g.calls, c)
	if n.open--; n.open == 0 && n.failures == 0 {
		delete(g.from, c.address)
	}
	if _, ok := g.unproved[c]; ok {
		delete(g.unproved, c)
		n.unproved--
	}
}

// fail notes that c came to nothing.
func (g *gate) fail(c *call, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := g.from[c.address]
	if n == nil {
		g.forget()
		n = &neighbour{}
		g.from[c.address] = n
	}
	if now.Sub(n.failed) > forgiven {
		n.failures = 0
	}
	n.failures++
	n.failed = now
}

func (n *neighbour) slowed(l Limits, now time.Time) bool {
	return n.failures >= l.Failures && now.Sub(n.failed) <= forgiven
}

// wait returns how long c's address is to wait for a no.
func (g *gate) wait(c *call, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := g.from[c.address]
	if n == nil || !n.slowed(g.limits, now) {
		return 0
	}
	return min(maxWait, time.Second/4<<min(n.failures-g.limits.Failures, 10))
}

// close refuses everybody from now on, and returns who is here.
func (g *gate) close() []*call {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closing = true
	here := make([]*call, 0, len(g.calls))
	for c := range g.calls {
		here = append(here, c)
	}
	return here
}

func (g *gate) open() (calls, unproved int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.calls), len(g.unproved)
}

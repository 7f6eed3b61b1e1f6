package sshd

import (
	"net"
	"net/netip"
	"testing"
	"time"
)

func callFrom(number uint64, addr string) *call {
	return &call{number: number, address: addressOf(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(addr)))}
}

func TestAddressOf(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.7:22": "192.0.2.7/32", "[::ffff:192.0.2.7]:22": "192.0.2.7/32",
		"[2001:db8:1:2:3:4:5:6]:22": "2001:db8:1:2::/64", "[fe80::1%eth0]:22": "fe80::/64",
	} {
		if got := callFrom(1, addr).address.String(); got != want {
			t.Errorf("%s counts as %s, not %s", addr, got, want)
		}
	}
}

// TestGateForgives an address that failed: after a while, or when a key is proved.
func TestGateForgives(t *testing.T) {
	now := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	g := newGate(Limits{Failures: 3}.withDefaults())
	n := uint64(0)
	fails := func() time.Duration {
		n++
		c := callFrom(n, "192.0.2.7:1000")
		if refused, _ := g.admit(c, now); refused != "" {
			t.Fatalf("refused: %s", refused)
		}
		wait := g.wait(c, now)
		g.fail(c, now)
		g.leave(c)
		return wait
	}
	for i, want := range []time.Duration{0, 0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000} {
		if got := fails(); got != want*time.Millisecond {
			t.Errorf("the no number %d comes after %v, not %v", i+1, got, want*time.Millisecond)
		}
	}
	now = now.Add(forgiven + time.Second)
	if got := fails(); got != 0 {
		t.Errorf("after a while: %v", got)
	}
	for range 5 {
		fails()
	}
	n++
	c := callFrom(n, "192.0.2.7:1000")
	g.admit(c, now)
	g.prove(c)
	g.leave(c)
	if got := fails(); got != 0 {
		t.Errorf("after a login: %v", got)
	}
}

// TestGateRemembersNotTooMuch: a thousand addresses that fail take no memory for
// ever.
func TestGateRemembersNotTooMuch(t *testing.T) {
	now := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	g := newGate(Limits{}.withDefaults())
	for i := range 20_000 {
		addr := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		c := &call{number: uint64(i), address: addressOf(net.TCPAddrFromAddrPort(netip.AddrPortFrom(addr, 1)))}
		g.admit(c, now)
		g.fail(c, now)
		g.leave(c)
	}
	if n := len(g.from); n > neighbours {
		t.Errorf("%d addresses remembered", n)
	}
	if calls, unproved := g.open(); calls != 0 || unproved != 0 {
		t.Errorf("%d open, %d unproved", calls, unproved)
	}
}

// TestGateLetsTheSilentGoFirst.
func TestGateLetsTheSilentGoFirst(t *testing.T) {
	now := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	g := newGate(Limits{Handshakes: 3, AddressHandshakes: 2}.withDefaults())
	a, b, c, d := callFrom(1, "10.0.0.1:1"), callFrom(2, "10.0.0.2:1"), callFrom(3, "10.0.0.3:1"), callFrom(4, "10.0.0.4:1")
	a.in.Store(10)
	for _, c := range []*call{a, b, c} {
		if refused, out := g.admit(c, now); refused != "" || out != nil {
			t.Fatalf("refused %q, out %v", refused, out)
		}
	}
	if _, out := g.admit(d, now); out != b {
		t.Errorf("%v makes room, not the silent that came first", out)
	}
	g.prove(c)
	c.in.Store(0)
	e := callFrom(5, "10.0.0.1:2")
	if _, out := g.admit(e, now); out != nil {
		t.Errorf("%v makes room where there is some", out)
	}
	if _, out := g.admit(callFrom(6, "10.0.0.1:3"), now); out != e {
		t.Errorf("%v makes room, not the silent of the same address", out)
	}
}

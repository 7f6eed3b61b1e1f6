//go:build linux

package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"
)

// rude connects and hangs up a thousand times, in every way a client can, and sees
// that the server keeps nothing of it.
func (b *sshBench) rude() {
	before := b.server.look(b)
	kinds := rudeKinds()
	const calls, atOnce = 1000, 16
	var all sync.WaitGroup
	next := make(chan int)
	for range atOnce {
		all.Go(func() {
			for i := range next {
				// Each comes from an address of its own: one that keeps failing is let wait.
				conn, err := dialBench(b.server.addr, 1<<16+i)
				if err != nil {
					b.Error(err)
					continue
				}
				kinds[i%len(kinds)](conn, b.house.people[i%len(b.house.people)])
				_ = conn.Close()
			}
		})
	}
	for i := range calls {
		next <- i
	}
	close(next)
	all.Wait()
	left := b.server.back(b, before.goroutines)
	after := b.server.look(b)
	b.row(fmt.Sprintf("goroutines after 1,000 visits of %d rude kinds", len(kinds)), fmt.Sprintf("≤ %d", before.goroutines+2),
		fmt.Sprintf("%d; RSS %.1f MB before, %.1f MB after", left, mega(before.rss), mega(after.rss)), left <= before.goroutines+2)
}

// rudeKinds are the ways to come and go.
func rudeKinds() []func(net.Conn, ssh.Signer) {
	reset := func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }
	inside := func(c net.Conn, key ssh.Signer, then func(*ssh.Client)) {
		if client, err := benchLogin(c, key); err == nil {
			then(client)
		}
	}
	terminal := func(c net.Conn, key ssh.Signer, then func(*ssh.Client, *ssh.Session, io.WriteCloser)) {
		inside(c, key, func(client *ssh.Client) {
			s, err := client.NewSession()
			if err != nil {
				return
			}
			keys, err := s.StdinPipe()
			if err != nil || s.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{}) != nil || s.Shell() != nil {
				return
			}
			then(client, s, keys)
		})
	}
	return []func(net.Conn, ssh.Signer){
		func(net.Conn, ssh.Signer) {},
		func(c net.Conn, _ ssh.Signer) { reset(c) },
		func(c net.Conn, _ ssh.Signer) { _, _ = io.WriteString(c, "GET / HTTP/1.1\r\n\r\n") },
		func(c net.Conn, _ ssh.Signer) { _, _ = io.WriteString(c, "SSH-2.0-Rude\r\n") },
		func(c net.Conn, _ ssh.Signer) {
			_, _ = io.WriteString(c, "SSH-2.0-Rude\r\n\x00\x00\x10\x00\x04\x14")
			reset(c)
		},
		func(c net.Conn, _ ssh.Signer) { _, _ = benchLogin(c, strangersKey()) },
		func(c net.Conn, key ssh.Signer) { inside(c, key, func(*ssh.Client) { reset(c) }) },
		func(c net.Conn, key ssh.Signer) {
			inside(c, key, func(client *ssh.Client) { _, _ = client.NewSession() })
		},
		func(c net.Conn, key ssh.Signer) {
			terminal(c, key, func(*ssh.Client, *ssh.Session, io.WriteCloser) { reset(c) })
		},
		func(c net.Conn, key ssh.Signer) {
			terminal(c, key, func(_ *ssh.Client, s *ssh.Session, keys io.WriteCloser) {
				_, _ = io.WriteString(keys, "2a\r")
				_ = s.Close() // the channel; the connection stays a moment
				<-time.After(50 * time.Millisecond)
			})
		},
		func(c net.Conn, key ssh.Signer) {
			terminal(c, key, func(_ *ssh.Client, _ *ssh.Session, keys io.WriteCloser) { _ = keys.Close() })
		},
		func(c net.Conn, key ssh.Signer) {
			terminal(c, key, func(client *ssh.Client, s *ssh.Session, _ io.WriteCloser) {
				for i := range 20 {
					_ = s.WindowChange(24+i, 80+i)
				}
				_ = client.Close()
			})
		},
	}
}

func strangersKey() ssh.Signer {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		panic(err)
	}
	return key
}

// deaf reads nothing more once it is told to stop.
type deaf struct {
	net.Conn
	stopped atomic.Bool
	over    chan struct{}
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.stopped.Load() {
		<-d.over
		return 0, net.ErrClosed
	}
	return d.Conn.Read(p)
}

// flood lets strangers do their worst, a kind after the other, while ten sell.
func (b *sshBench) flood() {
	b.open(benchSellers)
	sellers := b.seats[:10]
	b.spread(sellers)
	selling := func(lasts time.Duration) float64 {
		n, took := b.sellFor(lasts, sellers)
		return float64(n) / took.Seconds()
	}
	quiet := selling(5 * time.Second)
	before := b.server.look(b)
	b.row("ten sell, nobody disturbs them", "", fmt.Sprintf("%.0f sales/s", quiet), true)
	for _, kind := range []struct {
		name   string
		counts string // what the server itself counts of them
		least  float64
		do     func()
	}{
		{"1,000 wrong keys", "wicket_ssh_unknown_keys_total", 1000, func() {
			b.many(1000, 16, func(i int) {
				if conn, err := dialBench(b.server.addr, 2<<16+i); err == nil {
					_, _ = benchLogin(conn, strangersKey())
				}
			})
		}},
		{"10,000 half-open connections", "wicket_ssh_crowded_out_total", 9000, func() {
			open := make([]net.Conn, 10_000)
			b.many(len(open), 16, func(i int) { open[i], _ = dialBench(b.server.addr, 3<<16+i%5000) })
			b.server.settle(2 * time.Second) // they stay, and say nothing
			for _, c := range open {
				if c != nil {
					_ = c.Close()
				}
			}
		}},
		{"1,000 × 64 KB of garbage instead of a banner", "wicket_ssh_handshake_failures_total", 1000, func() {
			garbage := make([]byte, 64<<10)
			_, _ = rand.Read(garbage)
			b.many(1000, 16, func(i int) {
				if conn, err := dialBench(b.server.addr, 4<<16+i); err == nil {
					_, _ = conn.Write(garbage)
					_ = conn.Close()
				}
			})
		}},
		{"20 clients that never read", "", 0, func() {
			for i := range 20 {
				conn, err := dialBench(b.server.addr, 5<<16+i)
				if err != nil {
					continue
				}
				if raw, err := conn.(*net.TCPConn).SyscallConn(); err == nil {
					_ = raw.Control(func(fd uintptr) { _ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096) })
				}
				d := &deaf{Conn: conn, over: make(chan struct{})}
				defer close(d.over)
				defer conn.Close()
				client, err := benchLogin(d, b.house.people[benchTerminals+i%20])
				if err != nil {
					continue
				}
				s, err := client.NewSession()
				if err == nil && s.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{}) == nil && s.Shell() == nil {
					d.stopped.Store(true)
				}
			}
			b.server.settle(8 * time.Second)
		}},
	} {
		over := make(chan struct{})
		began, counted := time.Now(), b.server.read(b)[kind.counts]
		var took time.Duration
		go func() {
			defer close(over)
			kind.do()
			took = time.Since(began)
		}()
		rate := selling(8 * time.Second)
		<-over
		after := b.server.look(b)
		grew := mega(after.rss - before.rss)
		if counted = b.server.read(b)[kind.counts] - counted; counted < kind.least {
			b.Errorf("the server counted %.0f of %s, at least %.0f were meant", counted, kind.name, kind.least)
		}
		b.row(kind.name+", while ten sell", "they keep selling, RSS grows ≤ 64 MB", fmt.Sprintf("%.0f sales/s (%.0f without), RSS %.1f → %.1f MB, took %.1f s", rate, quiet, mega(before.rss), mega(after.rss), took.Seconds()),
			rate > quiet/10 && grew <= 64)
	}
	for _, s := range b.seats {
		s.close()
	}
	b.seats = nil
}

// spread puts each seller before a performance of their own choice that has places.
func (b *sshBench) spread(sellers []*benchTerminal) {
	for i, s := range sellers {
		for range b.played + i%max(1, len(b.house.performances)-b.played) {
			_ = s.press("\x1b[6~")
			s.quiet(150 * time.Millisecond)
		}
	}
}

// many does something many times, a few at once.
func (b *sshBench) many(n, atOnce int, do func(i int)) {
	var all sync.WaitGroup
	next := make(chan int)
	for range atOnce {
		all.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

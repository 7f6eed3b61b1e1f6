package sshd_test

import (
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"wicket/tui/sshd"
)

// TestNothingStaysBehind: whatever clients do, the server's goroutines are in the
// end those it began with.
func TestNothingStaysBehind(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) {
		o.Limits = sshd.Limits{Failures: 100_000, Sessions: 1000, AddressHandshakes: 1000, Handshakes: 1000}
		o.Command = whoami
	})
	ana := h.directory.employ(1, "Ana")
	h.visit(t, ana).session().Run("whoami") // what is made once is made now
	until(t, "empty", func() bool { return h.Stats().Connections == 0 })
	before := runtime.NumGoroutine()

	client := func() *gossh.Client {
		c, _, err := dial(h.addr, "ana", ana)
		if err != nil {
			t.Error(err)
			runtime.Goexit()
		}
		return c
	}
	terminal := func(c *gossh.Client) *gossh.Session {
		sess, err := c.NewSession()
		if err == nil {
			_, _ = sess.StdinPipe()
			err = sess.RequestPty("xterm", 24, 80, nil)
		}
		if err == nil {
			err = sess.Shell()
		}
		if err != nil {
			t.Error(err)
			runtime.Goexit()
		}
		return sess
	}
	raw := func(says string) {
		conn, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, says)
		_ = conn.Close()
	}
	rude := []func(){
		func() { raw("") },
		func() { raw("GET / HTTP/1.0\r\n\r\n") },
		func() { raw("SSH-2.0-rude\r\n") },
		func() { raw("SSH-2.0-rude\r\n" + strings.Repeat("\x00\x00\x04", 1000)) },
		func() { _, _, _ = dial(h.addr, "ana", newKey()) },
		func() { _ = client().Close() },
		func() { c := client(); _, _ = c.NewSession(); _ = c.Close() },
		func() { // sizes before there is a terminal, and away
			c := client()
			sess, err := c.NewSession()
			if err != nil {
				t.Error(err)
				return
			}
			_ = sess.RequestPty("xterm", 24, 80, nil)
			for i := range 10 {
				_ = sess.WindowChange(20+i, 80)
			}
			_ = c.Close()
		},
		func() { c := client(); terminal(c); _ = c.Close() }, // at once
		func() { c := client(); _ = terminal(c).Close(); _ = c.Wait() },
		func() { // signals and sizes into a terminal that ends
			c := client()
			sess := terminal(c)
			for range 200 {
				_ = sess.Signal(gossh.SIGINT)
				_ = sess.WindowChange(30, 90)
			}
			_ = c.Close()
		},
		func() { // two sessions, an agent, a port
			c := client()
			terminal(c)
			_, _ = c.NewSession()
			_, _ = c.Listen("tcp", "127.0.0.1:0")
			_ = c.Close()
		},
		func() { // a command that waits for its client
			c := client()
			sess, err := c.NewSession()
			if err != nil {
				t.Error(err)
				return
			}
			_ = sess.Start("wait")
			_ = c.Close()
		},
		func() { // paints that nobody takes
			c := client()
			sess, err := c.NewSession()
			if err != nil {
				t.Error(err)
				return
			}
			keys, _ := sess.StdinPipe()
			_, _ = sess.StdoutPipe()
			_ = sess.RequestPty("xterm", 200, 500, nil)
			_ = sess.Shell()
			_, _ = io.WriteString(keys, "B")
			_ = c.Close()
		},
	}
	var all sync.WaitGroup
	for _, act := range rude {
		all.Go(func() {
			for range 10 {
				all.Go(act)
			}
		})
	}
	all.Wait()
	until(t, "empty", func() bool { return h.Stats().Connections == 0 && h.Stats().Terminals+h.Stats().Commands == 0 })
	until(t, "as many goroutines as before", func() bool { return runtime.NumGoroutine() <= before })
	h.visit(t, ana).sit().out.wait(t, "Ana at ssh 1")
}

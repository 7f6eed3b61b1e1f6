//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"wicket/tui/tuitest/emulator"
)

// benchTerminal is a client's terminal that only looks for what it waits for.
type benchTerminal struct {
	client *ssh.Client
	keys   io.WriteCloser
	wire   *counted
	opened int64 // bytes on the wire before it asked for its terminal

	mu       sync.Mutex
	changed  chan struct{}
	tail     []byte             // of what came last
	came     time.Time          // when
	sold     int                // the count on screen; -1 before there is one
	seen     []benchSeen        // each count of sold places, when it came
	words    map[string]int     // how often each of what it waits for came
	emulator *emulator.Terminal // where all of it is to be looked at
	ended    error
}

type benchSeen struct {
	at   time.Time
	sold int
}

// counted counts what comes over a connection.
type counted struct {
	net.Conn
	atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.Add(int64(n))
	return n, err
}

// dialBench connects from an address of the loopback network that is one of many.
func dialBench(addr string, from int) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1+byte(from>>16), byte(from>>8), byte(from))}, Timeout: time.Minute}
	return d.Dial("tcp", addr)
}

// benchLogin lets a key in over conn.
func benchLogin(conn net.Conn, key ssh.Signer) (*ssh.Client, error) {
	c, channels, requests, err := ssh.NewClientConn(conn, "house", &ssh.ClientConfig{
		User: "staff", Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return ssh.NewClient(c, channels, requests), nil
}

// sit opens the terminal of one person, 120 by 40.
func (h *benchHouse) sit(tb testing.TB, addr string, who int) *benchTerminal {
	tb.Helper()
	return sitBench(tb, addr, who, h.people[who])
}

// sitBench opens the terminal of a key's owner.
func sitBench(tb testing.TB, addr string, who int, key ssh.Signer) *benchTerminal {
	tb.Helper()
	conn, err := dialBench(addr, 10+who%8)
	if err != nil {
		tb.Fatal(err)
	}
	t := &benchTerminal{wire: &counted{Conn: conn}, changed: make(chan struct{}), sold: -1, words: map[string]int{}}
	if t.client, err = benchLogin(t.wire, key); err != nil {
		tb.Fatal(err)
	}
	s, err := t.client.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	if t.keys, err = s.StdinPipe(); err != nil {
		tb.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", 40, 120, ssh.TerminalModes{}); err != nil {
		tb.Fatal(err)
	}
	t.opened = t.wire.Load()
	if err := s.Shell(); err != nil {
		tb.Fatal(err)
	}
	go t.listen(out)
	return t
}

// liveWords stand on the live view.
const liveWords = "Sold per minute"

// What a seller waits for.
// And a manager who opens the live view.
var sellerWords = []string{liveWords, "Took ", "To pay", "Sold 1 ticket", "refused", "Nothing was taken", "not enough places"}

func (t *benchTerminal) listen(out io.Reader) {
	buf := make([]byte, 8<<10)
	for {
		n, err := out.Read(buf)
		now := time.Now()
		t.mu.Lock()
		if n > 0 {
			t.came = now
			t.scan(buf[:n], now)
			if t.emulator != nil {
				_, _ = t.emulator.Write(buf[:n])
			}
		}
		t.ended = err
		close(t.changed)
		t.changed = make(chan struct{})
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// scan looks for the count of sold places and for a seller's words in what came. A
// word that is split between two reads ends in the second.
func (t *benchTerminal) scan(p []byte, now time.Time) {
	const longest = 48
	old := len(t.tail)
	t.tail = append(t.tail, p...)
	for from := max(0, old-longest); ; {
		i := bytes.Index(t.tail[from:], []byte("sold"))
		if i < 0 {
			break
		}
		if at := from + i; at+4 > old {
			if n, ok := countBefore(t.tail[:at]); ok && n != t.sold {
				t.sold = n
				t.seen = append(t.seen, benchSeen{now, n})
			}
		}
		from += i + 4
	}
	for _, w := range sellerWords {
		from := max(0, old-len(w)+1)
		t.words[w] += bytes.Count(t.tail[from:], []byte(w))
	}
	t.tail = append(t.tail[:0], t.tail[max(0, len(t.tail)-longest):]...)
}

// countBefore reads the number that stands before a word, behind styles and a blank.
func countBefore(p []byte) (int, bool) {
	digits := 0
	for i := len(p) - 1; i >= 0; i-- {
		switch c := p[i]; {
		case c == ' ':
			if digits > 0 {
				n, err := strconv.Atoi(string(p[i+1 : i+1+digits]))
				return n, err == nil
			}
		case c == 'm':
			esc := bytes.LastIndexByte(p[:i], '\x1b')
			if esc < 0 || i-esc > 12 {
				return 0, false
			}
			if digits > 0 {
				n, err := strconv.Atoi(string(p[i+1 : i+1+digits]))
				return n, err == nil
			}
			i = esc
		case '0' <= c && c <= '9':
			digits++
		default:
			return 0, false
		}
	}
	return 0, false
}

// benchPatience is how long anything may take before it counts as broken.
const benchPatience = 30 * time.Second

// waitFor waits until holds, looked at whenever something came.
func (t *benchTerminal) waitFor(tb testing.TB, what string, holds func(*benchTerminal) bool) {
	tb.Helper()
	if err := t.await(what, holds); err != nil {
		tb.Fatal(err)
	}
}

func (t *benchTerminal) await(what string, holds func(*benchTerminal) bool) error {
	late := time.NewTimer(benchPatience)
	defer late.Stop()
	for {
		t.mu.Lock()
		ok, changed, ended := holds(t), t.changed, t.ended
		t.mu.Unlock()
		if ok {
			return nil
		}
		if ended != nil {
			return fmt.Errorf("the terminal ended before %s: %w", what, ended)
		}
		select {
		case <-changed:
		case <-late.C:
			return fmt.Errorf("%s did not come", what)
		}
	}
}

// quiet waits until nothing has come for so long.
func (t *benchTerminal) quiet(d time.Duration) {
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		select {
		case <-changed:
		case <-time.After(d):
			return
		}
	}
}

func (t *benchTerminal) press(keys string) error {
	_, err := io.WriteString(t.keys, keys)
	return err
}

// toFirstByte presses a key and returns how long it takes until something comes.
func (t *benchTerminal) toFirstByte(tb testing.TB, key string) time.Duration {
	tb.Helper()
	t.mu.Lock()
	changed := t.changed
	t.mu.Unlock()
	began := time.Now()
	if err := t.press(key); err != nil {
		tb.Fatal(err)
	}
	select {
	case <-changed:
	case <-time.After(benchPatience):
		tb.Fatal("a key changes nothing")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.came.Sub(began)
}

// count returns how often a word has come.
func (t *benchTerminal) count(word string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.words[word]
}

// sell sells one place through the keys: each key waits for what the one before
// brought on screen. It returns false once there is nothing left to sell.
func (t *benchTerminal) sell(places string) (bool, error) {
	took, pay, sold := t.count("Took "), t.count("To pay"), t.count("Sold 1 ticket")
	out := func(t *benchTerminal) bool { return t.words["Nothing was taken"]+t.words["not enough places"] > 0 }
	if err := t.press(places + "\r"); err != nil {
		return false, err
	}
	if err := t.await("a place", func(t *benchTerminal) bool { return t.words["Took "] > took || out(t) }); err != nil {
		return false, err
	}
	if t.count("Took ") == took {
		return false, nil
	}
	if err := t.press("\r"); err != nil {
		return false, err
	}
	if err := t.await("a payment", func(t *benchTerminal) bool { return t.words["To pay"] > pay }); err != nil {
		return false, err
	}
	if err := t.press("\r"); err != nil {
		return false, err
	}
	return true, t.await("a sale", func(t *benchTerminal) bool { return t.words["Sold 1 ticket"] > sold })
}

// close ends it without a word, as a dropped line does.
func (t *benchTerminal) close() { _ = t.client.Close() }

// firstSeen returns when a count of at least n first stood on the screen.
func (t *benchTerminal) firstSeen(n int) (time.Time, bool) {
	i, _ := slices.BinarySearchFunc(t.seen, n, func(s benchSeen, n int) int { return s.sold - n })
	if i == len(t.seen) {
		return time.Time{}, false
	}
	return t.seen[i].at, true
}

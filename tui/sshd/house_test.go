package sshd_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
	"wicket/tui/sshd"
)

// patience is how long a test waits for what must come. It is only reached by what
// never comes.
const patience = 60 * time.Second

// house is a server with staff, and what was seen of it.
type house struct {
	*sshd.Server
	addr      string
	directory *directory
	log       *logbook
	open      *stage
	stop      context.CancelFunc
	served    chan error
}

// newHouse serves on loopback until the test is over.
func newHouse(t testing.TB, with func(*sshd.Options)) *house {
	t.Helper()
	h := &house{directory: newDirectory(), log: newLogbook(), open: &stage{}, served: make(chan error, 1)}
	o := sshd.Options{
		HostKey: filepath.Join(t.TempDir(), "host_key"), Directory: h.directory,
		Open: h.open.Open, Logger: slog.New(h.log),
	}
	if with != nil {
		with(&o)
	}
	var err error
	if h.Server, err = sshd.New(o); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = l.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() { h.served <- h.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-h.served:
		case <-time.After(patience):
			t.Error("the server does not end")
		}
	})
	return h
}

// directory is the staff of the house.
type directory struct {
	mu          sync.Mutex
	keys        map[string]boxoffice.Staff
	principals  map[string]boxoffice.Staff
	authorities [][]byte
	revoked     map[string]bool
	asked       func(fingerprint string) error
}

func newDirectory() *directory {
	return &directory{keys: map[string]boxoffice.Staff{}, principals: map[string]boxoffice.Staff{}, revoked: map[string]bool{}}
}

func (d *directory) StaffByKey(_ context.Context, fingerprint string) (boxoffice.Staff, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked != nil {
		if err := d.asked(fingerprint); err != nil {
			return boxoffice.Staff{}, err
		}
	}
	staff, ok := d.keys[fingerprint]
	if !ok {
		return staff, boxoffice.NotFound("key", fingerprint)
	}
	return staff, nil
}

func (d *directory) StaffByPrincipal(_ context.Context, principals []string) (boxoffice.Staff, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []boxoffice.Staff
	for _, p := range principals {
		if s, ok := d.principals[p]; ok {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return boxoffice.Staff{}, boxoffice.NotFound("person with the principals", principals)
	case 1:
		return found[0], nil
	}
	return boxoffice.Staff{}, &boxoffice.InvalidError{Words: "the principals name more than one person"}
}

func (d *directory) RevokedKey(_ context.Context, fingerprint string) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.revoked[fingerprint], nil
}

func (d *directory) Authorities(context.Context) ([][]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.authorities, nil
}

// employ gives a person a key.
func (d *directory) employ(id int, name string) gossh.Signer {
	key := newKey()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keys[gossh.FingerprintSHA256(key.PublicKey())] = boxoffice.Staff{ID: boxoffice.StaffID(id), Name: name, Role: boxoffice.Clerk, Active: true}
	return key
}

func newKey() gossh.Signer {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		panic(err)
	}
	return signer
}

// guest is a client.
type guest struct {
	t testing.TB
	*gossh.Client
	banner string
}

func dial(addr string, user string, key gossh.Signer) (*gossh.Client, string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, "", err
	}
	return handshake(conn, user, key)
}

func handshake(conn net.Conn, user string, key gossh.Signer) (*gossh.Client, string, error) {
	var banner strings.Builder
	c, chans, reqs, err := gossh.NewClientConn(conn, "house", &gossh.ClientConfig{
		User: user, Auth: []gossh.AuthMethod{gossh.PublicKeys(key)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		BannerCallback:  func(words string) error { banner.WriteString(words); return nil },
	})
	if err != nil {
		_ = conn.Close()
		return nil, banner.String(), err
	}
	return gossh.NewClient(c, chans, reqs), banner.String(), nil
}

// has waits until so many are here. That somebody left is logged just before: at its end
// the server waits for that, too.
func (h *house) has(t testing.TB, n int) {
	t.Helper()
	tick, late := time.NewTicker(time.Millisecond), time.NewTimer(patience)
	defer tick.Stop()
	defer late.Stop()
	for here := h.Sessions(); len(here) != n; here = h.Sessions() {
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatalf("%d are to be here, and there are %+v", n, here)
		}
	}
}

func (h *house) visit(t testing.TB, key gossh.Signer) *guest {
	t.Helper()
	client, banner, err := dial(h.addr, "whoever", key)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return &guest{t, client, banner}
}

// seat is a guest's terminal.
type seat struct {
	t testing.TB
	*gossh.Session
	keys io.WriteCloser
	out  *transcript
}

// sit asks for a terminal of 80×24.
func (g *guest) sit(env ...string) *seat {
	g.t.Helper()
	return g.sitAt(80, 24, env...)
}

func (g *guest) sitAt(w, h int, env ...string) *seat {
	g.t.Helper()
	s := g.session()
	term := "xterm-256color"
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		if name == "TERM" {
			term = value
			continue
		}
		if err := s.Setenv(name, value); err != nil {
			g.t.Fatalf("set %s: %v", e, err)
		}
	}
	if err := s.RequestPty(term, h, w, gossh.TerminalModes{gossh.ECHO: 1}); err != nil {
		g.t.Fatal(err)
	}
	out, err := s.StdoutPipe()
	if err != nil {
		g.t.Fatal(err)
	}
	s.out = transcribe(out)
	if err := s.Shell(); err != nil {
		g.t.Fatal(err)
	}
	return s
}

// session opens a session channel with a keyboard.
func (g *guest) session() *seat {
	g.t.Helper()
	sess, err := g.NewSession()
	if err != nil {
		g.t.Fatal(err)
	}
	keys, err := sess.StdinPipe()
	if err != nil {
		g.t.Fatal(err)
	}
	return &seat{t: g.t, Session: sess, keys: keys}
}

func (s *seat) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatalf("press %q: %v", keys, err)
	}
}

// code waits for the exit code.
func (s *seat) code() int {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.Wait() }()
	select {
	case err := <-done:
		var exit *gossh.ExitError
		switch {
		case err == nil:
			return 0
		case errors.As(err, &exit):
			return exit.ExitStatus()
		}
		s.t.Fatalf("the session ended without a code: %v", err)
	case <-time.After(patience):
		s.t.Fatal("the session does not end")
	}
	return -1
}

// transcript is what came to a terminal.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
	end  bool
}

func transcribe(r io.Reader) *transcript {
	tr := &transcript{news: make(chan struct{})}
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := r.Read(buf)
			tr.mu.Lock()
			tr.text.Write(buf[:n])
			tr.end = err != nil
			close(tr.news)
			tr.news = make(chan struct{})
			tr.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return tr
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.String()
}

// wait waits until words have come.
func (tr *transcript) wait(t testing.TB, words string) {
	t.Helper()
	late := time.After(patience)
	for {
		tr.mu.Lock()
		text, news, end := tr.text.String(), tr.news, tr.end
		tr.mu.Unlock()
		if strings.Contains(text, words) {
			return
		}
		if end {
			t.Fatalf("%q did not come before the end:\n%q", words, text)
		}
		select {
		case <-news:
		case <-late:
			t.Fatalf("%q does not come:\n%q", words, text)
		}
	}
}

// logbook keeps what is logged, as «message key=value …» lines.
type logbook struct {
	*transcript
	slog.Handler
}

func newLogbook() *logbook {
	tr := &transcript{news: make(chan struct{})}
	return &logbook{tr, slog.NewTextHandler(tr, &slog.HandlerOptions{Level: slog.LevelDebug})}
}

// Write adds a line.
func (tr *transcript) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.text.Write(p)
	close(tr.news)
	tr.news = make(chan struct{})
	return len(p), nil
}

// until waits for what has no event of its own, looking again and again.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	late := time.After(patience)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-again.C:
		case <-late:
			t.Fatalf("never %s", what)
		}
	}
}

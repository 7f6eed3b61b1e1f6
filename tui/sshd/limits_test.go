package sshd_test

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"wicket/tui/sshd"

	gossh "golang.org/x/crypto/ssh"
)

// connect opens a connection that has said nothing yet.
func (h *house) connect(t testing.TB) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// drained waits until the other side has closed conn.
func drained(t testing.TB, conn net.Conn) string {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	said, err := io.ReadAll(conn)
	if e, ok := err.(net.Error); ok && e.Timeout() {
		t.Fatal("the connection stays open")
	}
	return string(said)
}

// TestSilentConnectionsAreClosed when the handshake's time is up, those that have
// said a word included.
func TestSilentConnectionsAreClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Handshake = 200 * time.Millisecond })
	var silent []net.Conn
	for i := range 20 {
		conn := h.connect(t)
		if i%2 == 0 {
			_, _ = io.WriteString(conn, "SSH-2.0-silent\r\n")
		}
		silent = append(silent, conn)
	}
	for _, conn := range silent {
		drained(t, conn)
	}
	until(t, "empty", func() bool { return h.Stats().Connections == 0 })
}

// TestTheSilentMakeRoom for who has something to say: staff get in while an
// address holds open all it can.
func TestTheSilentMakeRoom(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Handshake = time.Hour })
	ana := h.directory.employ(1, "Ana")
	for range 200 {
		h.connect(t)
	}
	until(t, "full", func() bool { return h.Stats().Crowded == 200-32 })
	s := h.visit(t, ana).sit()
	s.out.wait(t, "Ana at ssh 1")
	if st := h.Stats(); st.Handshakes > 32 || st.Connections > 33 {
		t.Errorf("%+v", st)
	}
}

// TestGarbageIsClosed, and counted.
func TestGarbageIsClosed(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Failures = 1000 })
	ana := h.directory.employ(1, "Ana")
	for _, garbage := range []string{
		"GET / HTTP/1.1\r\n\r\n", strings.Repeat("\x00", 3000), "SSH-1.5-old\r\n",
		"SSH-2.0-x\r\n" + strings.Repeat("\xff", 4000), "SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x01" + strings.Repeat("\x00", 100),
	} {
		conn := h.connect(t)
		_, _ = io.WriteString(conn, garbage)
		if c, ok := conn.(*net.TCPConn); ok {
			_ = c.CloseWrite()
		}
		drained(t, conn)
	}
	until(t, "counted", func() bool { return h.Stats().HandshakeFailures == 5 })
	if n := h.Stats().Panics; n != 0 {
		t.Errorf("%d panics", n)
	}
	h.visit(t, ana).sit().out.wait(t, "Ana at ssh 1")
}

// TestThreeKeysAreTried, no more.
func TestThreeKeysAreTried(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	var banner strings.Builder
	_, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "ana", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth:           []gossh.AuthMethod{gossh.PublicKeys(newKey(), newKey(), newKey(), ana)},
		BannerCallback: func(words string) error { banner.WriteString(words); return nil },
	})
	if err == nil || !strings.Contains(err.Error(), "too many authentication failures") {
		t.Errorf("the fourth key: %v", err)
	}
	if n := strings.Count(banner.String(), "does not know"); n != 3 || !strings.Contains(banner.String(), "IdentitiesOnly") {
		t.Errorf("told %q", banner.String())
	}
	if n := strings.Count(banner.String(), "If you are not let in now: Wicket does not know"); n != 2 {
		t.Errorf("%d of the keys before the last are told that the next may do:\n%s", n, banner.String())
	}
}

// TestTheNextKeyMayDo: a client with a certificate offers its plain key first. Who is let
// in has read nothing that is not true.
func TestTheNextKeyMayDo(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	var banner strings.Builder
	client, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: "ana", HostKeyCallback: gossh.InsecureIgnoreHostKey(),
		Auth:           []gossh.AuthMethod{gossh.PublicKeys(newKey(), ana)},
		BannerCallback: func(words string) error { banner.WriteString(words); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if !strings.HasPrefix(banner.String(), "If you are not let in now: Wicket does not know the key SHA256:") {
		t.Errorf("who is let in reads %q", banner.String())
	}
}

// TestManyWrongKeysHinderNobodyWithARightOne.
func TestManyWrongKeysHinderNobodyWithARightOne(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Failures = 5 })
	ana := h.directory.employ(1, "Ana")
	for range 6 { // the sixth waits a moment for its no
		if c, _, err := dial(h.addr, "ana", newKey()); err == nil {
			_ = c.Close()
			t.Fatal("let in")
		}
	}
	until(t, "settled", func() bool { return h.Stats().Connections == 0 })
	var held []net.Conn
	for range 4 {
		held = append(held, h.connect(t))
	}
	until(t, "held", func() bool { return h.Stats().Handshakes == 4 })
	if _, _, err := dial(h.addr, "ana", ana); err == nil || !strings.Contains(err.Error(), "too many failed logins") {
		t.Errorf("the fifth of a failing address: %v", err)
	}
	if n := h.Stats().Refused["failures"]; n != 1 {
		t.Errorf("%d refused", n)
	}
	for _, conn := range held {
		_ = conn.Close()
	}
	until(t, "settled", func() bool { return h.Stats().Connections == 0 })
	h.visit(t, ana).sit().out.wait(t, "Ana at ssh 1")
	for range 10 { // forgiven
		held = append(held, h.connect(t))
	}
	until(t, "open", func() bool { return h.Stats().Handshakes == 10 })
}

// TestConnectionsAreBounded, in all and from one address, also of those who have
// proved a key.
func TestConnectionsAreBounded(t *testing.T) {
	for _, c := range []struct {
		limits sshd.Limits
		words  string
	}{
		{sshd.Limits{Connections: 3}, "as many connections as it takes"},
		{sshd.Limits{Address: 3}, "too many connections from your address"},
	} {
		h := newHouse(t, func(o *sshd.Options) { o.Limits = c.limits })
		ana := h.directory.employ(1, "Ana")
		for range 3 {
			h.visit(t, ana).sit().out.wait(t, "Ana at ssh")
		}
		if _, _, err := dial(h.addr, "ana", ana); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("the fourth: %v, not %q", err, c.words)
		}
	}
}

// TestTerminalsOfOnePersonAreBounded, and it says so.
func TestTerminalsOfOnePersonAreBounded(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Sessions = 2 })
	ana, ben := h.directory.employ(1, "Ana"), h.directory.employ(2, "Ben")
	for range 2 {
		h.visit(t, ana).sit().out.wait(t, "Ana at ssh")
	}
	s := h.visit(t, ana).session()
	stderr, _ := s.StderrPipe()
	said := transcribe(stderr)
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	said.wait(t, "2 terminals open already")
	if s.code() != 1 {
		t.Error("let in")
	}
	h.visit(t, ben).sit().out.wait(t, "Ben at ssh 3")
}

// TestNothingElseIsToBeHad: one session, and of it only a terminal or a command.
func TestNothingElseIsToBeHad(t *testing.T) {
	h := newHouse(t, nil)
	g := h.visit(t, h.directory.employ(1, "Ana"))
	for _, kind := range []string{"direct-tcpip", "x11", "auth-agent@openssh.com", "direct-streamlocal@openssh.com", "tun@openssh.com"} {
		if _, _, err := g.OpenChannel(kind, nil); err == nil {
			t.Errorf("%s is opened", kind)
		}
	}
	if _, err := g.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port is forwarded")
	}
	if ok, _, err := g.SendRequest("streamlocal-forward@openssh.com", true, nil); ok || err != nil {
		t.Errorf("a socket is forwarded: %v", err)
	}
	s := g.session()
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req", "subsystem", "break", "xon-xoff"} {
		if ok, err := s.SendRequest(kind, true, gossh.Marshal(struct{ Name string }{"sftp"})); ok || err != nil {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
	}
	if s.Setenv("LONG", strings.Repeat("x", 600)) == nil {
		t.Error("600 bytes of environment")
	}
	for i := range 20 {
		if err := s.Setenv("LANG", "C.UTF-8"); (err == nil) != (i < 15) { // the long one was the first
			t.Errorf("variable %d: %v", i, err)
		}
	}
	if _, err := g.NewSession(); err == nil {
		t.Error("a second session")
	}
	out, _ := s.StdoutPipe()
	s.out = transcribe(out)
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	s.out.wait(t, "Ana at ssh 1")
	if err := s.Shell(); err == nil {
		t.Error("a second terminal on the session")
	}
}

// TestWhoAsksForNothingIsClosed: a key is no reason to stay.
func TestWhoAsksForNothingIsClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Handshake = 5 * time.Second })
	ana := h.directory.employ(1, "Ana")
	idle := h.visit(t, ana)
	opened := h.visit(t, ana)
	opened.session()
	for _, g := range []*guest{idle, opened} {
		gone := make(chan error, 1)
		go func() { gone <- g.Wait() }()
		select {
		case <-gone:
		case <-time.After(patience):
			t.Error("still connected")
		}
	}
}

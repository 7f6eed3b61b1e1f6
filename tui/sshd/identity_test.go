package sshd_test

import (
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
	"wicket/tui/sshd"
)

// TestEachIsWhoseKeyTheyProved, whatever user name they come with.
func TestEachIsWhoseKeyTheyProved(t *testing.T) {
	h := newHouse(t, nil)
	ana, ben := h.directory.employ(1, "Ana"), h.directory.employ(2, "Ben")
	client, _, err := dial(h.addr, "ana", ben)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	s := (&guest{t: t, Client: client}).sit()
	s.out.wait(t, "Ben at ssh 1")
	h.visit(t, ana).sit().out.wait(t, "Ana at ssh 2")
	here := h.Sessions()
	if len(here) != 2 || here[0].Staff.Name != "Ben" || here[0].Fingerprint != gossh.FingerprintSHA256(ben.PublicKey()) || here[1].Terminal != "ssh 2" {
		t.Errorf("here are %+v", here)
	}
	s.press("Q")
	if code := s.code(); code != 0 {
		t.Errorf("left with %d", code)
	}
	h.log.wait(t, "why=left")
	h.has(t, 1)
	h.visit(t, ana).sit().out.wait(t, "Ana at ssh 1") // the lowest free number
}

// chameleon offers one key and proves another, as any client can that has only the
// public half of the first.
type chameleon struct {
	gossh.Signer
	offers gossh.PublicKey
	mu     sync.Mutex
	asked  int
}

func (c *chameleon) PublicKey() gossh.PublicKey { return c }
func (c *chameleon) Type() string               { return c.offers.Type() }

func (c *chameleon) Verify(data []byte, sig *gossh.Signature) error {
	return c.Signer.PublicKey().Verify(data, sig)
}

func (c *chameleon) Marshal() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked++; c.asked <= 2 { // in the offer, and to compare the answer
		return c.offers.Marshal()
	}
	return c.Signer.PublicKey().Marshal()
}

// TestAKeyThatWasOnlyOfferedOpensNothing: the offer is answered with yes, and who
// it is, is still whose key was proved.
func TestAKeyThatWasOnlyOfferedOpensNothing(t *testing.T) {
	h := newHouse(t, nil)
	boss, ben := h.directory.employ(1, "Boss"), h.directory.employ(2, "Ben")
	var asked []string
	h.directory.asked = func(fingerprint string) error {
		asked = append(asked, fingerprint)
		return nil
	}
	s := h.visit(t, &chameleon{Signer: ben, offers: boss.PublicKey()}).sit()
	s.out.wait(t, "Ben at ssh 1")
	h.directory.mu.Lock()
	defer h.directory.mu.Unlock()
	if len(asked) == 0 || asked[0] != gossh.FingerprintSHA256(boss.PublicKey()) {
		t.Errorf("the boss's key was never offered: %v", asked)
	}
}

// TestAnUnknownKeyIsToldWhatToDo and gets nothing else.
func TestAnUnknownKeyIsToldWhatToDo(t *testing.T) {
	h := newHouse(t, nil)
	h.directory.employ(1, "Ana")
	stranger := newKey()
	client, banner, err := dial(h.addr, "ana", stranger)
	if err == nil {
		_ = client.Close()
		t.Fatal("a stranger is let in")
	}
	for _, want := range []string{
		gossh.FingerprintSHA256(stranger.PublicKey()), "wicket staff key add NAME -",
		strings.TrimSpace(string(gossh.MarshalAuthorizedKey(stranger.PublicKey()))),
	} {
		if !strings.Contains(banner, want) {
			t.Errorf("the stranger is not told %q, but:\n%s", want, banner)
		}
	}
	until(t, "counted", func() bool {
		st := h.Stats()
		return st.UnknownKeys == 1 && st.AuthFailures == 1 && st.Connections == 0
	})
}

// TestARevokedKeyIsToldSo, and not to have itself added: that is refused for good.
func TestARevokedKeyIsToldSo(t *testing.T) {
	h := newHouse(t, nil)
	lost := newKey()
	h.directory.revoked[gossh.FingerprintSHA256(lost.PublicKey())] = true
	client, banner, err := dial(h.addr, "ana", lost)
	if err == nil {
		_ = client.Close()
		t.Fatal("a revoked key is let in")
	}
	if !strings.Contains(banner, "it was revoked") || strings.Contains(banner, "key add") {
		t.Errorf("told %q", banner)
	}
}

// TestARevokedKeyFailsInTheSession, even if it was good when it was offered.
func TestARevokedKeyFailsInTheSession(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	g := h.visit(t, ana)
	h.directory.mu.Lock()
	clear(h.directory.keys)
	h.directory.mu.Unlock()
	s := g.session()
	stderr, _ := s.StderrPipe()
	said := transcribe(stderr)
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	said.wait(t, "is not known here")
	if code := s.code(); code != 1 {
		t.Errorf("exit %d", code)
	}
}

// TestAStoreThatCannotBeAskedLetsNobodyIn and says so.
func TestAStoreThatCannotBeAskedLetsNobodyIn(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	h.directory.asked = func(string) error { return errDisk }
	client, banner, err := dial(h.addr, "ana", ana)
	if err == nil {
		_ = client.Close()
		t.Fatal("let in")
	}
	if !strings.Contains(banner, "cannot look up") || strings.Contains(banner, "disk") {
		t.Errorf("told %q", banner)
	}
}

type diskError struct{}

func (diskError) Error() string { return "disk" }

var errDisk = diskError{}

func TestNewRefusesToBeOpenToEverybody(t *testing.T) {
	o := sshd.Options{HostKey: t.TempDir() + "/key", Open: (&stage{}).Open}
	if _, err := sshd.New(o); err == nil || !strings.Contains(err.Error(), "everybody") {
		t.Errorf("without a directory: %v", err)
	}
}

// TestCertificates lets in by certificate whom their principals name, and nobody
// whose certificate is not in order.
func TestCertificates(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Command = whoami })
	authority, other := newKey(), newKey()
	h.directory.authorities = [][]byte{authority.PublicKey().Marshal()}
	h.directory.principals["ana"] = boxoffice.Staff{ID: 1, Name: "Ana", Active: true}
	h.directory.principals["ben"] = boxoffice.Staff{ID: 2, Name: "Ben", Active: true}
	h.directory.principals["gone"] = boxoffice.Staff{ID: 3, Name: "Gone"}
	weakKey, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := gossh.NewSignerFromKey(weakKey)
	if err != nil {
		t.Fatal(err)
	}
	revoked := newKey()
	h.directory.revoked[gossh.FingerprintSHA256(revoked.PublicKey())] = true
	for _, c := range []struct {
		name   string
		change func(*gossh.Certificate)
		by     gossh.Signer
		key    gossh.Signer
		why    string // empty: let in
	}{
		{name: "in order"},
		{name: "from here", change: func(c *gossh.Certificate) { c.CriticalOptions = map[string]string{"source-address": "127.0.0.0/8,::1"} }},
		{name: "for ever", change: func(c *gossh.Certificate) { c.ValidBefore = gossh.CertTimeInfinity }},
		{name: "from elsewhere", change: func(c *gossh.Certificate) { c.CriticalOptions = map[string]string{"source-address": "10.0.0.0/8"} }, why: "-"},
		{name: "from nowhere", change: func(c *gossh.Certificate) { c.CriticalOptions = map[string]string{"source-address": ""} }, why: "-"},
		{name: "forced", change: func(c *gossh.Certificate) { c.CriticalOptions = map[string]string{"force-command": "sales"} }, why: "force-command"},
		{name: "expired", change: func(c *gossh.Certificate) { c.ValidBefore = uint64(time.Now().Add(-time.Hour).Unix()) }, why: "expired"},
		{name: "not yet", change: func(c *gossh.Certificate) { c.ValidAfter = uint64(time.Now().Add(time.Hour).Unix()) }, why: "not yet valid"},
		{name: "for anybody", change: func(c *gossh.Certificate) { c.ValidPrincipals = nil }, why: "no principal"},
		{name: "for two", change: func(c *gossh.Certificate) { c.ValidPrincipals = []string{"ana", "ben"} }, why: "more than one"},
		{name: "for nobody", change: func(c *gossh.Certificate) { c.ValidPrincipals = []string{"zoe"} }, why: "there is no person"},
		{name: "for one who left", change: func(c *gossh.Certificate) { c.ValidPrincipals = []string{"gone"} }, why: "does not work here"},
		{name: "a host's", change: func(c *gossh.Certificate) { c.CertType = gossh.HostCert }, why: "a host's"},
		{name: "of another authority", by: other, why: "not trusted"},
		{name: "of its own", by: newKey(), why: "not trusted"},
		{name: "for a revoked key", key: revoked, why: "it was revoked"},
		{name: "for a weak key", key: weak, why: "2048 bits"},
		{name: "smuggling a key", change: func(c *gossh.Certificate) {
			c.Extensions["gliderlabs/ssh.PublicKey"] = "AAAA"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			key := c.key
			if key == nil {
				key = newKey()
			}
			cert := &gossh.Certificate{
				Key: key.PublicKey(), CertType: gossh.UserCert, ValidPrincipals: []string{"ana", "cashier"},
				ValidBefore: uint64(time.Now().Add(time.Hour).Unix()),
				Permissions: gossh.Permissions{Extensions: map[string]string{"permit-pty": ""}},
			}
			if c.change != nil {
				c.change(cert)
			}
			by := c.by
			if by == nil {
				by = authority
			}
			if err := cert.SignCert(rand.Reader, by); err != nil {
				t.Fatal(err)
			}
			signer, err := gossh.NewCertSigner(cert, key)
			if err != nil {
				t.Fatal(err)
			}
			client, banner, err := dial(h.addr, "root", signer)
			if c.why != "" {
				if err == nil {
					_ = client.Close()
					t.Fatal("let in")
				}
				if c.why != "-" && !strings.Contains(banner, c.why) {
					t.Errorf("told %q, not %q", banner, c.why)
				}
				return
			}
			if err != nil {
				t.Fatalf("not let in: %v\n%s", err, banner)
			}
			defer client.Close()
			s := (&guest{t: t, Client: client}).sit()
			s.out.wait(t, "Ana at ssh ")
			s.press("Q")
			s.code()
		})
	}
	t.Run("for commands only", func(t *testing.T) {
		key := newKey()
		cert := &gossh.Certificate{
			Key: key.PublicKey(), CertType: gossh.UserCert, ValidPrincipals: []string{"ana"},
			ValidBefore: uint64(time.Now().Add(time.Hour).Unix()),
		}
		if err := cert.SignCert(rand.Reader, authority); err != nil {
			t.Fatal(err)
		}
		signer, err := gossh.NewCertSigner(cert, key)
		if err != nil {
			t.Fatal(err)
		}
		s := h.visit(t, signer).session()
		stderr, _ := s.StderrPipe()
		said := transcribe(stderr)
		if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		said.wait(t, "for commands only")
		if s.code() == 0 {
			t.Error("exit 0")
		}
		out, err := h.visit(t, signer).session().Output("whoami")
		if err != nil || string(out) != "Ana\n" {
			t.Errorf("whoami: %q, %v", out, err)
		}
	})
}

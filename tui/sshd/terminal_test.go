package sshd_test

import (
	"fmt"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wicket/tui/sshd"
)

// TestFirstPaintWaitsForNoKey: a terminal that answers no question is shown its
// screen all the same, and the first key is the screen's.
func TestFirstPaintWaitsForNoKey(t *testing.T) {
	h := newHouse(t, nil)
	s := h.visit(t, h.directory.employ(1, "Ana")).sit()
	s.out.wait(t, "Ana at ssh 1")
	s.out.wait(t, "80×24 after")
	for _, question := range []string{"\x1b]11;?", "\x1b]10;?", "\x1b[c", "\x1b[6n", "\x1b[>"} {
		if strings.Contains(s.out.String(), question) {
			t.Errorf("the terminal is asked %q", question)
		}
	}
	s.press("x")
	s.out.wait(t, "typed <x>")
}

// TestColoursAreTheClients: what the server itself runs on has no say in them.
func TestColoursAreTheClients(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	coloured := regexp.MustCompile("\x1b\\[[0-9;]*3[0-9;]*m *coloured|\x1b\\[38;5;[0-9]+mcoloured")
	for _, c := range []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"COLORTERM=truecolor"}, true},
		{[]string{"NO_COLOR=1"}, false},
		{[]string{"TERM=dumb"}, false},
		{[]string{"TERM=\x1b[31m"}, false},
	} {
		t.Run(fmt.Sprint(c.env), func(t *testing.T) {
			s := h.visit(t, ana).sit(c.env...)
			s.out.wait(t, "after")
			if got := coloured.MatchString(s.out.String()); got != c.want {
				t.Errorf("coloured: %v\n%q", got, s.out.String())
			}
			s.press("Q")
			s.code()
		})
	}
}

// TestATerminalEndsWithItsChannel, though the connection lives on: as when one
// window of a shared connection is closed.
func TestATerminalEndsWithItsChannel(t *testing.T) {
	h := newHouse(t, nil)
	g := h.visit(t, h.directory.employ(1, "Ana"))
	s := g.sit()
	s.out.wait(t, "Ana at ssh 1")
	if err := s.Session.Close(); err != nil {
		t.Fatal(err)
	}
	h.log.wait(t, `why="line dropped"`)
	h.has(t, 0)
}

// TestATerminalEndsWithItsKeyboard: nobody could work it any more.
func TestATerminalEndsWithItsKeyboard(t *testing.T) {
	h := newHouse(t, nil)
	s := h.visit(t, h.directory.employ(1, "Ana")).sit()
	s.out.wait(t, "Ana at ssh 1")
	if err := s.keys.Close(); err != nil {
		t.Fatal(err)
	}
	if code := s.code(); code != 0 {
		t.Errorf("exit %d", code)
	}
	h.log.wait(t, `why="input ended"`)
}

// TestAPanicEndsOneTerminal, which says so, and no other.
func TestAPanicEndsOneTerminal(t *testing.T) {
	h := newHouse(t, nil)
	ben := h.visit(t, h.directory.employ(2, "Ben")).sit()
	ben.out.wait(t, "Ben at ssh 1")
	ana := h.directory.employ(1, "Ana")
	for i, key := range []string{"P", "C"} { // in the model, in a command of it
		s := h.visit(t, ana).sit()
		s.out.wait(t, "Ana at ssh 2")
		s.press(key)
		s.out.wait(t, "by a mistake of Wicket's own")
		if code := s.code(); code != 1 {
			t.Errorf("exit %d", code)
		}
		if n := h.Stats().Panics; n != int64(i+1) {
			t.Errorf("%d panics counted", n)
		}
	}
	// … and where it is opened.
	s := h.visit(t, h.directory.employ(3, "Eve")).sit()
	s.out.wait(t, "could not open your terminal")
	s.code()
	s = h.visit(t, h.directory.employ(4, "Nobody")).sit()
	s.out.wait(t, "there is no screen for you")
	s.code()
	ben.press("still here")
	ben.out.wait(t, "typed <still here>")
}

// TestAResizeStormIsOneResize now and then: the window is waited for until it
// comes to rest.
func TestAResizeStormIsOneResize(t *testing.T) {
	h := newHouse(t, nil)
	s := h.visit(t, h.directory.employ(1, "Ana")).sit()
	s.out.wait(t, "80×24 after 1 sizes")
	began := time.Now()
	for i := range 500 {
		if err := s.WindowChange(30, 60+i%40); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.WindowChange(33, 111); err != nil {
		t.Fatal(err)
	}
	s.out.wait(t, "111×33 after")
	took := time.Since(began)
	var n int
	last := s.out.String()[strings.LastIndex(s.out.String(), "111×33 after"):]
	if _, err := fmt.Sscanf(last, "111×33 after %d sizes", &n); err != nil {
		t.Fatalf("%v in %q", err, last)
	}
	if most := int(took/(50*time.Millisecond)) + 2; n > most {
		t.Errorf("%d sizes in %v", n, took)
	}
}

// TestSizesAreKeptWithinBounds, and sizes before the terminal do not hold it up.
func TestSizesAreKeptWithinBounds(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	h.visit(t, ana).sitAt(100000, 100000).out.wait(t, "500×200 after")
	h.visit(t, ana).sitAt(0, 0).out.wait(t, "80×24 after")
	h.visit(t, ana).sitAt(1<<31, 1<<31+5).out.wait(t, "500×200 after")
	s := h.visit(t, ana).session()
	out, _ := s.StdoutPipe()
	s.out = transcribe(out)
	if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if err := s.WindowChange(40+i, 90); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	s.out.wait(t, "90×59 after")
}

// TestABurstOfRunesArrivesWhole, in order, as a scanner sends it.
func TestABurstOfRunesArrivesWhole(t *testing.T) {
	h := newHouse(t, nil)
	s := h.visit(t, h.directory.employ(1, "Ana")).sitAt(500, 24)
	s.out.wait(t, "Ana at ssh 1")
	burst := strings.Repeat("0123456789abcdef", 20)
	s.press(burst)
	s.out.wait(t, "typed <"+burst+">")
}

// TestAReaderThatTakesNothingIsDropped, and disturbs nobody meanwhile.
func TestAReaderThatTakesNothingIsDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Stall = 3 * time.Second })
	ben := h.visit(t, h.directory.employ(2, "Ben")).sit()
	ben.out.wait(t, "Ben at ssh 1")

	g := h.visit(t, h.directory.employ(1, "Ana"))
	s := g.session()
	if _, err := s.StdoutPipe(); err != nil { // never read: the window fills
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm", 200, 500, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	s.press("B")
	for i := range 10 {
		ben.press("x")
		ben.out.wait(t, "typed <"+strings.Repeat("x", i+1)+">")
	}
	h.log.wait(t, `why="took nothing"`)
	ben.press("y")
	ben.out.wait(t, "xy>")
	h.has(t, 1)
	if n := h.Stats().Terminals; n != 1 {
		t.Errorf("%d terminals", n)
	}
}

// deafConn is a connection whose client stops listening.
type deafConn struct {
	net.Conn
	deaf chan struct{}
	once sync.Once
	end  chan struct{}
}

func (c *deafConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	select {
	case <-c.deaf:
		<-c.end
		return 0, net.ErrClosed
	default:
		return n, err
	}
}

func (c *deafConn) Close() error {
	c.once.Do(func() { close(c.end) })
	return c.Conn.Close()
}

// TestADeadPeerIsNoticed: a line that gives no sign of life is closed.
func TestADeadPeerIsNoticed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Keepalive = 2 * time.Second })
	ana := h.directory.employ(1, "Ana")
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	deaf := &deafConn{Conn: conn, deaf: make(chan struct{}), end: make(chan struct{})}
	client, _, err := handshake(deaf, "ana", ana)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	s := (&guest{t: t, Client: client}).sit()
	s.out.wait(t, "after 1 sizes")
	close(deaf.deaf)
	h.log.wait(t, `why="no sign of life"`)
}

// TestALivingPeerIsAskedForASignOfLife.
func TestALivingPeerIsAskedForASignOfLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *sshd.Options) { o.Limits.Keepalive = 2 * time.Second })
	ana := h.directory.employ(1, "Ana")
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, "house", &gossh.ClientConfig{
		Auth: []gossh.AuthMethod{gossh.PublicKeys(ana)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	asked := make(chan string, 100)
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		for r := range reqs {
			asked <- r.Type
			passed <- r
		}
	}()
	s := (&guest{t: t, Client: gossh.NewClient(c, chans, passed)}).sit()
	s.out.wait(t, "after 1 sizes")
	select {
	case kind := <-asked:
		if kind != "keepalive@openssh.com" {
			t.Errorf("asked for %s", kind)
		}
	case <-time.After(patience):
		t.Fatal("never asked")
	}
}

// TestEndingSomebody ends what is theirs, says why, and nothing else.
func TestEndingSomebody(t *testing.T) {
	h := newHouse(t, nil)
	ana, ben := h.directory.employ(1, "Ana"), h.directory.employ(2, "Ben")
	a, b, c := h.visit(t, ana).sit(), h.visit(t, ben).sit(), h.visit(t, ana).sit()
	for _, s := range []*seat{a, b, c} {
		s.out.wait(t, " at ssh ")
	}
	if n := h.EndKey(gossh.FingerprintSHA256(ana.PublicKey()), "Your key was revoked."); n != 2 {
		t.Errorf("ended %d", n)
	}
	a.out.wait(t, "Your key was revoked.")
	c.out.wait(t, "Your key was revoked.")
	a.code()
	h.log.wait(t, `why="ended: Your key was revoked."`)
	if n := h.EndStaff(7, "x"); n != 0 {
		t.Errorf("ended %d of nobody", n)
	}
	if n := h.EndStaff(2, "You do not work here any more."); n != 1 {
		t.Errorf("ended %d", n)
	}
	b.out.wait(t, "You do not work here any more.")
	b.code()
}

// TestADeafTerminalIsEnded, too: one that does not do what it is asked, and one
// whose reader takes nothing.
func TestADeafTerminalIsEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.open.deaf = true
	ana := h.directory.employ(1, "Ana")
	s := h.visit(t, ana).sit()
	s.out.wait(t, "Ana at ssh 1")
	stuck := h.visit(t, ana).session()
	if _, err := stuck.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := stuck.RequestPty("xterm", 200, 500, nil); err != nil {
		t.Fatal(err)
	}
	if err := stuck.Shell(); err != nil {
		t.Fatal(err)
	}
	stuck.press("B")
	until(t, "full", func() bool { return h.Stats().BytesOut > 1<<20 })
	if n := h.EndStaff(1, "Time to go."); n != 2 {
		t.Errorf("ended %d", n)
	}
	s.out.wait(t, "Time to go.")
	until(t, "empty", func() bool { return h.Stats().Terminals == 0 })
}

package sshd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	gossh "golang.org/x/crypto/ssh"
)

// Server lets staff in by their keys.
type Server struct {
	o     Options
	ssh   *ssh.Server
	gate  *gate
	count counters

	numbers   atomic.Uint64
	farewells chan struct{}

	mu       sync.Mutex
	visits   map[int]*visit // by number
	running  int            // goroutines that serve somebody
	draining bool
	over     bool
	changed  chan struct{} // closed when visits or running shrink, and made anew
	ended    chan struct{} // closed when everybody is to go
}

// New returns a server that listens to nobody yet. It makes the host key if there
// is none, and refuses to be without a directory.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{
		o: o, gate: newGate(o.Limits), farewells: make(chan struct{}, farewells),
		visits: map[int]*visit{}, changed: make(chan struct{}), ended: make(chan struct{}),
	}
	s.ssh, err = wish.NewServer(
		wish.WithVersion(version),
		hostKey(o.HostKey),
		wish.WithPublicKeyAuth(s.offered),
		wish.WithMiddleware(s.welcome),
	)
	if err != nil {
		return nil, err
	}
	s.ssh.ServerConfigCallback = s.config
	s.ssh.ConnCallback = func(ctx ssh.Context, conn net.Conn) net.Conn {
		ctx.SetValue(callKey{}, conn)
		return conn
	}
	s.ssh.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
	s.ssh.RequestHandlers = map[string]ssh.RequestHandler{}
	s.ssh.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	return s, nil
}

// Fingerprint returns that of the server's own key, «SHA256:…», for staff to
// compare on their first visit.
func (s *Server) Fingerprint() string {
	return gossh.FingerprintSHA256(s.ssh.HostSigners[0].PublicKey())
}

// Serve lets people in until ctx ends, which ends everybody's terminal at once, or
// Drain has. It closes l, and returns when nobody is served any more. Without l it
// listens on Addr.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if l == nil {
		var err error
		if l, err = (&net.ListenConfig{}).Listen(ctx, "tcp", s.o.Addr); err != nil {
			return fmt.Errorf("listen: %w", err)
		}
	}
	defer context.AfterFunc(ctx, func() { s.finish("server ended") })()
	go func() {
		<-s.ended
		_ = l.Close()
	}()
	err := s.accept(l)
	s.finish("server ended")
	const enough = 10 * time.Second
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), enough)
	defer cancel()
	left := 0
	if !s.await(wait, func() bool { left = s.running; return left == 0 }) {
		s.o.Logger.Error("ssh goroutines left behind", "n", left)
	}
	return err
}

// accept takes connections until the server ends.
func (s *Server) accept(l net.Listener) error {
	pause := time.Duration(0)
	for {
		conn, err := l.Accept()
		if err == nil {
			pause = 0
			if s.begin() {
				go s.take(conn)
			} else {
				_ = conn.Close()
			}
			continue
		}
		select {
		case <-s.ended:
			return nil
		default:
		}
		if errors.Is(err, net.ErrClosed) {
			return fmt.Errorf("accept: %w", err)
		}
		// Out of file descriptors, as a rule: it passes.
		pause = min(max(2*pause, 5*time.Millisecond), time.Second)
		s.o.Logger.Error("connection not accepted", "error", err)
		select {
		case <-time.After(pause):
		case <-s.ended:
			return nil
		}
	}
}

// take serves one connection.
func (s *Server) take(conn net.Conn) {
	defer s.done()
	c := newCall(conn, s.numbers.Add(1), s.o.Limits, &s.count)
	defer func() {
		if r := recover(); r != nil {
			s.mistake(r, "from", c.from)
			c.drop("a mistake of ours")
		}
	}()
	refused, out := s.gate.admit(c, s.o.Clock.Now())
	if out != nil {
		s.count.crowded.Add(1)
		out.drop(crowded)
	}
	if refused != "" {
		s.refuse(conn, refused)
		return
	}
	defer s.gate.leave(c)
	s.ssh.HandleConn(c)
	if !c.proved.Load() {
		s.failed(c)
	}
}

// begin counts a goroutine that serves somebody; false once the server is over.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	s.running++
	return true
}

func (s *Server) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
	s.changedLocked()
}

func (s *Server) changedLocked() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// await waits until what holds, looked at under the lock; false if ctx ended first.
func (s *Server) await(ctx context.Context, holds func() bool) bool {
	for {
		s.mu.Lock()
		ok, changed := holds(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// finish closes everything at once.
func (s *Server) finish(why string) {
	s.mu.Lock()
	first := !s.over
	s.over, s.draining = true, true
	if first {
		close(s.ended)
	}
	s.mu.Unlock()
	for _, c := range s.gate.close() {
		c.drop(why)
	}
}

package sshd

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
)

// callKey is where a connection's context has its *call.
type callKey struct{}

func callOf(ctx ssh.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// config is one connection's handshake.
func (s *Server) config(ctx ssh.Context) *gossh.ServerConfig {
	config := handshake()
	c := callOf(ctx)
	config.PreAuthConnCallback = c.agreed
	config.AuthLogCallback = func(_ gossh.ConnMetadata, method string, err error) {
		switch {
		case err == nil:
			s.gate.prove(c)
			c.prove()
		case method != "none": // every client asks for that first
			c.tried = true
		}
	}
	return config
}

// offered says whether a key may be proved. It keeps nothing of it: a client may
// offer keys it does not hold, so who it is, is asked again of the key it proved.
func (s *Server) offered(ctx ssh.Context, key ssh.PublicKey) bool {
	c := callOf(ctx)
	_, err := s.whose(ctx, key)
	var stranger *strangerError
	switch {
	case errors.As(err, &stranger):
		c.strangers++
		s.count.strangers.Add(1)
		s.o.Logger.Info("key refused", "fingerprint", stranger.fingerprint, "why", boxoffice.Clean(stranger.Error()), "from", c.from)
		s.slowDown(ctx, c)
		c.say(stranger.words(key, c.strangers))
		return false
	case err != nil:
		s.o.Logger.Error("key not looked up", "error", err, "from", c.from)
		c.say("Wicket cannot look up keys just now. Try again in a moment.\n")
		return false
	}
	if cert, ok := key.(*gossh.Certificate); ok {
		if from, ok := cert.CriticalOptions[sourceAddress]; ok {
			// What stands here the library enforces. Nothing else of the
			// certificate goes in: its extensions are its holder's words.
			ctx.Permissions().CriticalOptions = map[string]string{sourceAddress: from}
		}
	}
	return true
}

// words tells a stranger what a manager needs to let them in.
func (e *strangerError) words(key gossh.PublicKey, n int) string {
	var b strings.Builder
	// A client offers keys until one is known: that it is let in by the next is usual,
	// and what it has offered last nobody knows.
	if n < tries {
		b.WriteString("If you are not let in now: ")
	}
	if e.why != "" {
		fmt.Fprintf(&b, "Wicket does not accept the key %s:\n%s.\n", e.fingerprint, boxoffice.Clean(e.why))
	} else {
		fmt.Fprintf(&b, "Wicket does not know the key %s.\nA manager adds it by  wicket staff key add NAME -  and this line:\n%s\n",
			e.fingerprint, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key))))
	}
	if n >= tries {
		fmt.Fprintf(&b, "That were %d keys; no more are tried. Offer the right one: ssh -o IdentitiesOnly=yes -i FILE …\n", tries)
	}
	return b.String()
}

// slowDown lets an address that keeps failing wait for its next no. A key that is
// known never waits.
func (s *Server) slowDown(ctx context.Context, c *call) {
	d := s.gate.wait(c, s.o.Clock.Now())
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-c.closed:
	case <-ctx.Done():
	}
}

// failed takes note of a connection that proved no key. One that said nothing is
// a scanner, or somebody's health check.
func (s *Server) failed(c *call) {
	if !c.crowdedOut() && c.in.Load() > 0 {
		s.gate.fail(c, s.o.Clock.Now())
	}
	if c.tried {
		s.count.authFailures.Add(1)
	} else {
		s.count.handshakeFailures.Add(1)
	}
}

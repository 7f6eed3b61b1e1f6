package sshd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/anmitsu/go-shlex"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
)

// What the client is told its session ended with.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

var (
	termName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$`)
	envName  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)
)

// welcome says who somebody is, gives them their terminal or carries out their
// command, and notes how it ended.
func (s *Server) welcome(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		c, l := callOf(sess.Context()), lineOf(sess.Context())
		if !s.begin() {
			c.drop(refusedClosing)
			return
		}
		defer s.done()
		defer c.hangUp()
		code := exitFailed
		defer func() { _ = sess.Exit(code) }()
		defer func() {
			if r := recover(); r != nil {
				s.mistake(r, "from", c.from)
				tell(sess.Stderr(), mistaken)
			}
		}()
		conn, _ := sess.Context().Value(ssh.ContextKeyConn).(gossh.Conn)
		c.settle(conn)
		code = s.receive(sess, c, l)
		next(sess)
	}
}

// receive does what welcome says, and returns the exit code.
func (s *Server) receive(sess ssh.Session, c *call, l *line) int {
	pty, _, screen := sess.Pty() // once: the library changes it under the reader
	words, errWords := shlex.Split(sess.RawCommand(), true)
	command := sess.RawCommand() != ""
	p, err := s.whose(l.ctx, sess.PublicKey())
	var stranger *strangerError
	switch {
	case errors.As(err, &stranger): // it was known a moment ago
		s.o.Logger.Warn("key refused in its session", "fingerprint", stranger.fingerprint, "why", boxoffice.Clean(stranger.Error()), "from", c.from)
		tell(sess.Stderr(), "Wicket does not let you in: "+stranger.Error()+".")
		return exitFailed
	case err != nil:
		s.o.Logger.Error("key not looked up", "error", err, "from", c.from)
		tell(sess.Stderr(), "Wicket cannot look up your key just now. Try again in a moment.")
		return exitFailed
	case command && (errWords != nil || len(words) == 0):
		tell(sess.Stderr(), "Wicket does not understand the command: it is empty, or a quote in it is open.")
		return exitUsage
	case command && s.o.Command == nil:
		tell(sess.Stderr(), "Wicket takes no commands here. Leave the command away.")
		return exitUsage
	case !command && !screen:
		tell(sess.Stderr(), "Wicket needs a terminal: ssh -t HOST. Without one it takes commands: ssh HOST help.")
		return exitUsage
	case !command && !p.screens:
		tell(sess.Stderr(), "Your certificate is for commands only (it has no permit-pty).")
		return exitFailed
	}
	v := &visit{
		Visit: Visit{
			Staff: p.staff, Fingerprint: p.fingerprint, Remote: c.from,
			Environ: environment(sess, pty.Term, screen), Since: s.o.Clock.Now(),
		},
		screen: !command, call: c, line: l, over: make(chan struct{}), closing: make(chan ClosingMsg, 1),
	}
	if screen {
		if l.size.Load() == 0 {
			l.resize(pty.Window.Width, pty.Window.Height)
		}
		v.Width, v.Height = l.dimensions()
	}
	v.ctx, v.cancel = context.WithCancel(l.ctx)
	defer v.cancel()
	if refused := s.enter(v); refused != "" {
		s.count.refuse("session")
		tell(sess.Stderr(), refused)
		return exitFailed
	}
	defer s.leave(v)
	defer close(v.over)
	return s.logged(v, words, func() (int, string) {
		if command {
			return s.command(sess, v, words)
		}
		return s.show(v)
	})
}

// logged writes the access log around a visit.
func (s *Server) logged(v *visit, words []string, run func() (int, string)) int {
	about := s.o.Logger.With(
		slog.String("terminal", v.Terminal), slog.Int64("staff", int64(v.Staff.ID)), slog.String("name", boxoffice.Clean(v.Staff.Name)),
		slog.String("fingerprint", v.Fingerprint), slog.String("from", v.Remote),
	)
	if !v.screen {
		about = about.With(slog.String("command", boxoffice.Shorten(boxoffice.Clean(strings.Join(words, " ")), 120)))
	}
	about.Info("ssh begins")
	began := machineTime()
	code, why := run()
	about.Info("ssh ends", "why", why, "took", machineTime().Sub(began).Round(time.Millisecond).String(),
		"in", v.call.in.Load(), "out", v.call.out.Load(), "exit", code)
	return code
}

// environment returns what a client says of its terminal, as far as it is plain
// text. TERM comes last and is what it asked the terminal for.
func environment(sess ssh.Session, term string, screen bool) []string {
	var env []string
	for _, e := range sess.Environ() {
		name, value, _ := strings.Cut(e, "=")
		if name != "TERM" && envName.MatchString(name) && boxoffice.Clean(value) == value {
			env = append(env, e)
		}
	}
	if screen && termName.MatchString(term) {
		env = append(env, "TERM="+term)
	}
	return env
}

// mistaken is said to whose terminal ended by a panic.
const mistaken = "This terminal ended by a mistake of Wicket's own. What was sold and held stands. Connect again."

// mistake notes a panic.
func (s *Server) mistake(r any, about ...any) {
	s.count.panics.Add(1)
	s.o.Logger.Error("panic", append(about, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))...)
}

package sshd

import (
	"github.com/charmbracelet/ssh"
)

// command carries out the words that came instead of a terminal.
func (s *Server) command(sess ssh.Session, v *visit, words []string) (code int, why string) {
	stdout, stderr := newOutlet(sess, v.call), newOutlet(sess.Stderr(), v.call)
	defer func() {
		if r := recover(); r != nil {
			s.mistake(r, "terminal", v.Terminal)
			tell(stderr, "The command ended by a mistake of Wicket's own.")
			code, why = exitFailed, "panic"
		}
	}()
	at := v.Visit // others look at v meanwhile
	at.Out = stdout
	code = s.o.Command(v.ctx, at, words, stdout, stderr)
	why, said, ended := v.ending()
	switch {
	case ended:
		tell(stderr, said)
		return max(code, exitFailed), why
	case v.line.ctx.Err() != nil:
		return code, v.lost()
	}
	return code, "done"
}

package sshd

import (
	"context"
	"fmt"
)

// closed is said to whose terminal is ended by the server's closing.
const closed = "Wicket is closing. What was sold and held stands; your basket is kept until its hold ends. Connect again in a few minutes."

// Drain closes the server without hurting anybody: newcomers are refused with a
// word, every terminal is told by a ClosingMsg and may go on until ctx ends; then
// those left are ended, and everything is closed. It returns an error that counts
// whom it had to end.
func (s *Server) Drain(ctx context.Context) error {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	for _, c := range s.gate.close() {
		if !c.proved.Load() {
			c.drop(refusedClosing)
		}
	}
	by, _ := ctx.Deadline()
	for _, v := range s.present() {
		select {
		case v.closing <- ClosingMsg{By: by}:
		default:
		}
	}
	empty := func() bool { return len(s.visits) == 0 }
	var err error
	if !s.await(ctx, empty) {
		left := s.present()
		if len(left) > 0 {
			err = fmt.Errorf("%d of those who were here did not leave in time", len(left))
		}
		for _, v := range left {
			v.end(refusedClosing, closed)
		}
		wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*patience)
		defer cancel()
		s.await(wait, empty)
	}
	// The last words are on their way; who takes them hangs up.
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	s.await(wait, func() bool { return s.running == 0 })
	s.finish(refusedClosing)
	return err
}

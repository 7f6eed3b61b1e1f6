package sshd

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// patience is how long a terminal that was asked to end may take, before it is
// ended, and then again before its line is.
const patience = time.Second

// visit is a Visit that lasts.
type visit struct {
	Visit
	number int
	screen bool // a terminal, not a command
	call   *call
	line   *line
	ctx    context.Context // ends when it is to
	cancel context.CancelFunc
	over   chan struct{} // closed when its program is

	program atomic.Pointer[tea.Program]
	closing chan ClosingMsg

	mu    sync.Mutex
	ended bool
	why   string // for the log
	words string // for its user
}

// end asks the visit to end, gives its user words, and sees that it does. The
// first end counts.
func (v *visit) end(why, words string) {
	v.mu.Lock()
	first := !v.ended
	if first {
		v.ended, v.why, v.words = true, why, words
	}
	v.mu.Unlock()
	if !first {
		return
	}
	v.cancel()
	time.AfterFunc(patience, func() {
		v.kill()
		time.AfterFunc(patience, func() {
			select {
			case <-v.over:
			default:
				v.call.drop(why)
			}
		})
	})
}

// kill ends its program without asking it.
func (v *visit) kill() {
	if p := v.program.Load(); p != nil {
		p.Kill()
	}
}

// inputEnded is why a terminal ended whose user has no keyboard any more. A line
// that drops looks like it for a moment.
const inputEnded = "input ended"

// lost says why the visit ended, whose line is gone.
func (v *visit) lost() string {
	if why, _, ended := v.ending(); ended && why != inputEnded {
		return why
	}
	if why := v.call.dropped(); why != "" {
		return why
	}
	return "line dropped"
}

func (v *visit) ending() (why, words string, ended bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.why, v.words, v.ended
}

// enter begins a visit under the lowest number that is free. It returns words for
// who may not begin one.
func (s *Server) enter(v *visit) (refused string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return refusals[refusedClosing]
	}
	theirs := 0
	for _, o := range s.visits {
		if o.Staff.ID == v.Staff.ID {
			theirs++
		}
	}
	if theirs >= s.o.Limits.Sessions {
		return fmt.Sprintf("You have %d terminals open already; close one first.", theirs)
	}
	for v.number = 1; s.visits[v.number] != nil; v.number++ {
	}
	v.Terminal = s.o.Terminals + strconv.Itoa(v.number)
	s.visits[v.number] = v
	return ""
}

// leave ends a visit.
func (s *Server) leave(v *visit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.visits, v.number)
	s.changedLocked()
}

// present returns who is here, by number.
func (s *Server) present() []*visit {
	s.mu.Lock()
	defer s.mu.Unlock()
	here := make([]*visit, 0, len(s.visits))
	for _, v := range s.visits {
		here = append(here, v)
	}
	slices.SortFunc(here, func(a, b *visit) int { return cmp.Compare(a.number, b.number) })
	return here
}

// Sessions returns who is here, by the number of their terminal.
func (s *Server) Sessions() []Visit {
	here := s.present()
	visits := make([]Visit, len(here))
	for i, v := range here {
		visits[i] = v.Visit
	}
	return visits
}

// EndKey ends what was opened with the key of this fingerprint and tells its user
// words. It returns how many terminals and commands there were, and does not wait.
func (s *Server) EndKey(fingerprint, words string) int {
	return s.end(func(v Visit) bool { return v.Fingerprint == fingerprint }, words)
}

// EndStaff does the same with what a person has open, by whatever key.
func (s *Server) EndStaff(who boxoffice.StaffID, words string) int {
	return s.end(func(v Visit) bool { return v.Staff.ID == who }, words)
}

func (s *Server) end(whose func(Visit) bool, words string) int {
	n := 0
	for _, v := range s.present() {
		if whose(v.Visit) {
			v.end("ended: "+boxoffice.Clean(words), words)
			n++
		}
	}
	return n
}

// outlet writes to a client. One that takes nothing for too long is dropped: what
// draws its terminal would wait for it for ever.
type outlet struct {
	w     io.Writer
	stall time.Duration
	mu    sync.Mutex
	timer *time.Timer
}

func newOutlet(w io.Writer, c *call) *outlet {
	o := &outlet{w: w, stall: c.limits.Stall}
	o.timer = time.AfterFunc(time.Hour, func() { c.drop("took nothing") })
	o.timer.Stop()
	return o
}

func (o *outlet) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.timer.Reset(o.stall)
	defer o.timer.Stop()
	return o.w.Write(p)
}

// tell writes words as lines of a terminal.
func tell(w io.Writer, words string) {
	if words = strings.TrimSpace(words); words == "" {
		return
	}
	var b strings.Builder
	for line := range strings.Lines(words) {
		b.WriteString(boxoffice.Clean(line) + "\r\n")
	}
	_, _ = io.WriteString(w, b.String())
}

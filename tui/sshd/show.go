package sshd

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// settled is how long a window that is being resized is waited for.
const settled = 50 * time.Millisecond

// ClosingMsg tells a terminal's program that the server is closing. One with
// nothing in hand may quit; what still runs By then is ended.
type ClosingMsg struct {
	By time.Time // zero where there is no deadline
}

// show gives a person their terminal until it ends, and returns why it did.
func (s *Server) show(v *visit) (code int, why string) {
	out := newOutlet(v.line.Channel, v.call)
	at := v.Visit // others look at v meanwhile
	at.Out = out
	terminal, err := s.open(at)
	if err != nil {
		s.o.Logger.Error("terminal not opened", "terminal", v.Terminal, "error", err)
		tell(out, "Wicket could not open your terminal: "+err.Error()+".")
		return exitFailed, "not opened"
	}
	// A line that is gone has nobody to show an end to.
	defer context.AfterFunc(v.line.ctx, v.kill)()
	err = s.run(v, terminal, out)
	v.kill() // what would still be sent to it is not waited for

	why, words, ended := v.ending()
	var own interface{ Ended() string } // the terminal knows why it ended
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		s.count.panics.Add(1)
		s.o.Logger.Error("terminal panicked", "terminal", v.Terminal, "error", err)
		tell(out, mistaken)
		return exitFailed, "panic"
	case v.line.ctx.Err() != nil:
		return exitFailed, v.lost()
	case ended:
		tell(out, words)
		return exitOK, why
	case errors.As(err, &own):
		tell(out, own.Ended())
		return exitOK, "ended by the house"
	case err != nil:
		s.o.Logger.Error("terminal failed", "terminal", v.Terminal, "error", err)
		tell(out, "Your terminal ended: "+err.Error()+". Connect again.")
		return exitFailed, "error: " + boxoffice.Clean(err.Error())
	}
	return exitOK, "left"
}

// open is Open, but a panic in it is an error.
func (s *Server) open(at Visit) (t Terminal, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.mistake(r, "terminal", at.Terminal)
			err = errors.New("a mistake of Wicket's own")
		}
	}()
	return s.o.Open(at)
}

// run shows the terminal on the line.
func (s *Server) run(v *visit, terminal Terminal, out io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.mistake(r, "terminal", v.Terminal)
			err = tea.ErrProgramPanic
		}
	}()
	over := make(chan struct{})
	defer close(over)
	keys := &keyboard{v: v, over: over}
	return terminal.Run(v.ctx,
		tea.WithInput(keys), tea.WithOutput(out), tea.WithEnvironment(v.Environ),
		// One signal would end everybody's terminal at once; the server drains.
		tea.WithoutSignalHandler(),
		tea.WithFilter(noSuspend),
		func(p *tea.Program) { keys.program = p },
	)
}

// noSuspend drops what would stop the whole process, with everybody in it.
func noSuspend(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); ok {
		return nil
	}
	return msg
}

// attend tells the program its size, whenever the window has come to rest, and
// that the server is closing.
func (v *visit) attend(p *tea.Program, over <-chan struct{}) {
	rest := time.NewTimer(0)
	defer rest.Stop()
	var resized <-chan struct{} // nil while the window is being resized
	for {
		select {
		case <-over:
			return
		case <-resized:
			resized = nil
			rest.Reset(settled)
		case <-rest.C:
			select {
			case <-v.line.resized:
			default:
			}
			resized = v.line.resized
			w, h := v.line.dimensions()
			p.Send(tea.WindowSizeMsg{Width: w, Height: h})
		case msg := <-v.closing:
			p.Send(msg)
		}
	}
}

// keyboard is what a client types. When its input ends, nobody can work the
// terminal any more: it ends, too.
type keyboard struct {
	v       *visit
	program *tea.Program
	over    <-chan struct{}
	first   sync.Once
}

func (k *keyboard) Read(p []byte) (int, error) {
	// Whoever reads runs; a program that is only being made must not be sent to.
	k.first.Do(func() {
		k.v.program.Store(k.program)
		if k.v.line.ctx.Err() != nil {
			k.program.Kill()
		}
		go k.v.attend(k.program, k.over)
	})
	n, err := k.v.line.Read(p)
	if errors.Is(err, io.EOF) && k.v.line.ctx.Err() == nil {
		k.v.end(inputEnded, "")
	}
	return n, err
}

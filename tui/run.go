package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// frames is how often a second the screen is drawn and news are looked at.
const frames = 30

// Run shows the terminal until its user leaves or the context ends: a signal that
// is to end the program ends its context. It closes the feed's subscription.
// Options are Bubble Tea's, for where the terminal is: its input and output.
func (a *App) Run(ctx context.Context, options ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer a.Close()
	a.Within(ctx)
	p := tea.NewProgram(a, append(a.options(), options...)...)
	defer context.AfterFunc(ctx, func() { end(p) })()
	told := make(chan struct{})
	go func() {
		defer close(told)
		a.watch(ctx, p)
	}()
	_, err := p.Run()
	p.Kill() // what would still be sent to it is not waited for
	stop()
	<-told
	a.depart(ctx)
	switch {
	case a.ended != nil:
		return a.ended
	case errors.Is(err, tea.ErrProgramPanic):
		return fmt.Errorf("the screen ended by a mistake of its own; what was sold and held stands: %w", err)
	case errors.Is(err, tea.ErrInterrupted), errors.Is(err, context.Canceled):
		return nil // somebody ended it from outside
	case err != nil:
		return fmt.Errorf("show the screen: %w", err)
	}
	return nil
}

// endsIn is how long a program that was asked to end may take to.
const endsIn = 2 * time.Second

// end asks the program to end, and ends it if it does not: a terminal that takes
// nothing more keeps it from answering. Ended through its context, it would close
// its input under the reader.
func end(p *tea.Program) {
	time.AfterFunc(endsIn, p.Kill) // harmless where it has ended by then
	p.Quit()
}

func (a *App) options() []tea.ProgramOption {
	o := []tea.ProgramOption{
		tea.WithAltScreen(), tea.WithFPS(frames), tea.WithFilter(filter),
		// Bubble Tea's own handler waits for ever where the signal ends ctx, too.
		tea.WithoutSignalHandler(),
	}
	if a.mouse {
		o = append(o, tea.WithMouseCellMotion())
	}
	return o
}

// filter drops what must not happen: suspending would stop the whole process,
// with everybody in it.
func filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); ok {
		return nil
	}
	return msg
}

// watch tells the program that a second has begun and that the feed has something
// new, for as long as ctx lasts. Only this goroutine waits for the screen; the
// feed does not.
func (a *App) watch(ctx context.Context, p *tea.Program) {
	var changed <-chan struct{}
	if a.live != nil {
		changed = a.live.Changed()
	}
	second := time.NewTimer(a.untilSecond())
	defer second.Stop()
	pause := time.NewTimer(0)
	defer pause.Stop()
	heard := changed // nil while the last news is young
	for {
		select {
		case <-ctx.Done():
			return
		case <-second.C:
			p.Send(tickMsg{})
			second.Reset(a.untilSecond())
		case <-pause.C:
			heard = changed
		case _, open := <-heard:
			if heard = nil; !open {
				changed = nil
				continue
			}
			p.Send(feedMsg{})
			pause.Reset(time.Second / frames)
		}
	}
}

// untilSecond returns how long it is until the next full second.
func (a *App) untilSecond() time.Duration {
	return time.Second - time.Duration(a.desk.Now().Nanosecond())
}

package tui

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// frames is how often a second the screen is drawn at most.
const frames = 30

// pace is how long it is at least from news to the next: the first stands on the screen
// at once, and what follows is shown together a few times a second.
const pace = 150 * time.Millisecond

// Run shows the terminal until its user leaves or the context ends: a signal that
// is to end the program ends its context. It closes the feed's subscription.
// Options are Bubble Tea's, for where the terminal is: its input and output.
func (a *App) Run(ctx context.Context, options ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer a.Close()
	a.Within(ctx)
	if a.out != nil {
		a.painter = newPainter(a.out)
	}
	p := tea.NewProgram(a, append(a.options(), options...)...)
	defer context.AfterFunc(ctx, func() { end(p) })()
	var beside sync.WaitGroup
	beside.Go(func() { a.watch(ctx, p) })
	if a.painter != nil {
		beside.Go(func() { a.painter.work(ctx, a.mouse, func() { p.Send(paintMsg{}) }) })
	}
	_, err := p.Run()
	p.Kill() // what would still be sent to it is not waited for
	stop()
	beside.Wait()
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
		tea.WithFilter(filter),
		// Bubble Tea's own handler waits for ever where the signal ends ctx, too.
		tea.WithoutSignalHandler(),
	}
	if a.painter != nil {
		return append(o, tea.WithoutRenderer())
	}
	o = append(o, tea.WithAltScreen(), tea.WithFPS(frames))
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
			began := boxoffice.SystemClock{}.Now() // while it waits for its turn, time passes, too
			if !a.feed(ctx, p) {
				return
			}
			pause.Reset(pace - boxoffice.SystemClock{}.Now().Sub(began))
		}
	}
}

// feed tells the program that there are news, when it is this terminal's turn, and
// waits until they are drawn. It returns false if ctx ends before.
func (a *App) feed(ctx context.Context, p *tea.Program) bool {
	if a.painter == nil {
		p.Send(feedMsg{})
		return ctx.Err() == nil
	}
	select {
	case a.common.turns <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-a.common.turns }()
	p.Send(feedMsg{})
	select {
	case <-a.shown:
		return true
	case <-ctx.Done():
		return false
	}
}

// untilSecond returns how long it is until the next full second.
func (a *App) untilSecond() time.Duration {
	return time.Second - time.Duration(a.desk.Now().Nanosecond())
}

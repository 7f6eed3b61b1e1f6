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

// Run shows the terminal until its user leaves, the context ends or the program
// is told to stop. It closes the feed's subscription. Options are Bubble Tea's,
// for where the terminal is: its input and output.
func (a *App) Run(ctx context.Context, options ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer a.Close()
	a.Within(ctx)
	p := tea.NewProgram(a, append(a.options(ctx), options...)...)
	told := make(chan struct{})
	go func() {
		defer close(told)
		a.watch(ctx, p)
	}()
	_, err := p.Run()
	stop()
	<-told
	switch {
	case errors.Is(err, tea.ErrInterrupted), err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, tea.ErrProgramPanic):
		return fmt.Errorf("the screen ended by a mistake of its own; what was sold and held stands: %w", err)
	case err != nil:
		return fmt.Errorf("show the screen: %w", err)
	}
	return nil
}

func (a *App) options(ctx context.Context) []tea.ProgramOption {
	o := []tea.ProgramOption{tea.WithAltScreen(), tea.WithFPS(frames), tea.WithContext(ctx), tea.WithFilter(filter)}
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

// watch tells the program that something changed, for as long as ctx lasts. Only
// this goroutine waits for the screen; the feed does not.
func (a *App) watch(ctx context.Context, p *tea.Program) {
	if a.live == nil {
		return
	}
	changed := a.live.Changed()
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-changed:
			if !open {
				return
			}
		}
		p.Send(feedMsg{})
		pause.Reset(time.Second / frames)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}

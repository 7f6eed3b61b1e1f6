package sshd_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/sshd"
	"wicket/tui/theme"
)

// stage opens small terminals: they show who they are for, what was typed and how
// large they are, and misbehave on request.
type stage struct {
	// deaf ones do not end with their context.
	deaf bool
}

func (s *stage) Open(at sshd.Visit) (sshd.Terminal, error) {
	switch at.Staff.Name {
	case "Eve":
		panic("open")
	case "Nobody":
		return nil, errors.New("there is no screen for you")
	}
	return &scene{deaf: s.deaf, at: at, theme: theme.FromEnv(at.Environ, at.Out)}, nil
}

// scene is one of them.
type scene struct {
	deaf    bool
	at      sshd.Visit
	theme   *theme.Theme
	typed   string
	sizes   int
	w, h    int
	closing string
	busy    int // paints of a screen that changes all over
}

func (s *scene) Run(ctx context.Context, options ...tea.ProgramOption) error {
	p := tea.NewProgram(s, append([]tea.ProgramOption{tea.WithAltScreen(), tea.WithFPS(60)}, options...)...)
	if !s.deaf {
		defer context.AfterFunc(ctx, p.Quit)()
	}
	_, err := p.Run()
	if errors.Is(err, tea.ErrProgramKilled) && !errors.Is(err, tea.ErrProgramPanic) {
		return nil
	}
	return err
}

func (s *scene) Init() tea.Cmd { return nil }

type (
	paintMsg   struct{}
	resumedMsg struct{} // what follows a suspension
)

func (s *scene) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		s.sizes++
	case sshd.ClosingMsg:
		s.closing = "closing"
		if s.typed == "" { // nothing in hand
			return s, tea.Quit
		}
	case resumedMsg:
		s.typed += "on we go"
	case paintMsg:
		s.busy++
		return s, func() tea.Msg { return paintMsg{} }
	case tea.KeyMsg:
		switch msg.String() {
		case "Q":
			return s, tea.Quit
		case "P":
			panic("a mistake")
		case "C":
			return s, func() tea.Msg { panic("a mistake in a command") }
		case "B":
			return s, func() tea.Msg { return paintMsg{} }
		case "ctrl+z":
			return s, tea.Sequence(tea.Suspend, func() tea.Msg { return resumedMsg{} })
		default:
			s.typed += msg.String()
		}
	}
	return s, nil
}

func (s *scene) View() string {
	view := fmt.Sprintf("%s at %s\n%s\ntyped <%s>\n%d×%d after %d sizes.\n%s",
		s.at.Staff.Name, s.at.Terminal, s.theme.Accent.Paint("coloured"), s.typed, s.w, s.h, s.sizes, s.closing)
	if s.busy > 0 {
		line := strings.Repeat(string(rune('a'+s.busy%26)), s.w)
		view = strings.TrimSuffix(strings.Repeat(line+"\n", s.h), "\n")
	}
	return view
}

package setup

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/signin"
	"wicket/tui/theme"
)

// SignIn asks who is there before a terminal opens.
type SignIn struct {
	theme *theme.Theme
	house string
	form  *signin.Form
	w, h  int
}

// NewSignIn returns a sign-in for the people of a house. Those who are not active
// are left out.
func NewSignIn(th *theme.Theme, house string, staff []boxoffice.Staff, check signin.Check) *SignIn {
	return &SignIn{theme: th, house: boxoffice.Clean(house), form: signin.New(signin.Options{
		Theme: th, People: staff, Enter: "sign in", Leave: "leave", Check: check,
		Do: func(fn func(context.Context) tea.Msg) tea.Cmd {
			return func() tea.Msg { return fn(context.Background()) }
		},
	})}
}

// Staff returns who signed in; false where nobody did.
func (s *SignIn) Staff() (boxoffice.Staff, bool) { return s.form.Staff() }

// Init does nothing.
func (s *SignIn) Init() tea.Cmd { return nil }

// waitedMsg comes a second after somebody was locked out, and again.
type waitedMsg struct{}

// Update takes one message.
func (s *SignIn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		return s, nil
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlC {
			return s, tea.Quit
		}
	case waitedMsg:
		return s, s.wait()
	}
	waiting := s.form.Locked() > 0
	cmd, done := s.form.Update(msg)
	if done {
		return s, tea.Quit
	}
	if !waiting {
		cmd = tea.Batch(cmd, s.wait())
	}
	return s, cmd
}

// wait draws the time that is left anew every second.
func (s *SignIn) wait() tea.Cmd {
	if s.form.Locked() == 0 {
		return nil
	}
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return waitedMsg{} })
}

// View draws the people, or the PIN of the one chosen.
func (s *SignIn) View() string {
	th := s.theme
	if s.w < 20 || s.h < 8 {
		return screen.Fit([]string{"Larger, please."}, max(1, s.h))
	}
	lines := []string{"", "  " + th.Strong.Paint(boxoffice.Shorten(s.house, s.w-4)), ""}
	lines = append(lines, s.form.Lines(s.w, s.h-len(lines)-2)...)
	foot := ""
	for _, k := range s.form.Keys() {
		if k.Enabled() {
			foot += th.Accent.Paint(k.Help().Key) + " " + th.Dim.Paint(k.Help().Desc) + "   "
		}
	}
	return withFoot(lines, "  "+foot, s.h)
}

// RunSignIn signs somebody in on a terminal; false where its user left.
func RunSignIn(ctx context.Context, s *SignIn, options ...tea.ProgramOption) (boxoffice.Staff, bool, error) {
	if err := run(ctx, s, options...); err != nil {
		return boxoffice.Staff{}, false, err
	}
	staff, ok := s.Staff()
	return staff, ok, nil
}

func run(ctx context.Context, m tea.Model, options ...tea.ProgramOption) error {
	dropSuspend := tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, ok := msg.(tea.SuspendMsg); ok {
			return nil
		}
		return msg
	})
	_, err := tea.NewProgram(m, append([]tea.ProgramOption{tea.WithAltScreen(), tea.WithContext(ctx), tea.WithoutSignalHandler(), dropSuspend}, options...)...).Run()
	if err != nil && !errors.Is(err, tea.ErrInterrupted) && ctx.Err() == nil {
		return fmt.Errorf("show the screen: %w", err)
	}
	return nil
}

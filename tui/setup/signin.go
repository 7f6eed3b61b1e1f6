package setup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// Check returns the person with this name if the PIN is theirs: Office.SignIn.
type Check func(ctx context.Context, name, pin string) (boxoffice.Staff, error)

// SignIn lets a person choose their name and type their PIN.
type SignIn struct {
	theme *theme.Theme
	house string
	check Check
	table *widget.Table
	typed string
	pin   *widget.Line
	who   *boxoffice.Staff // chosen, and to type a PIN
	busy  bool
	note  string
	w, h  int
	staff []boxoffice.Staff

	in   boxoffice.Staff
	done bool
}

// NewSignIn returns a sign-in for the people of a house. Those who are not active
// are left out.
func NewSignIn(th *theme.Theme, house string, staff []boxoffice.Staff, check Check) *SignIn {
	s := &SignIn{theme: th, house: boxoffice.Clean(house), check: check, pin: widget.NewLine(th)}
	s.table = widget.NewTable(th, widget.Column{Width: 20, Grow: 1}, widget.Column{Width: 12, Ink: th.Dim, Leave: 1})
	s.table.Empty = "Nobody works here yet."
	var rows []widget.Row
	for _, p := range staff {
		if p.Active {
			s.staff = append(s.staff, p)
			rows = append(rows, widget.Row{Key: fmt.Sprint(p.ID), Cells: []string{boxoffice.Clean(p.Name), boxoffice.Clean(string(p.Role))}})
		}
	}
	s.table.SetRows(rows)
	return s
}

// Staff returns who signed in; false where nobody did.
func (s *SignIn) Staff() (boxoffice.Staff, bool) { return s.in, s.done }

type checkedMsg struct {
	staff boxoffice.Staff
	err   error
}

// Init does nothing.
func (s *SignIn) Init() tea.Cmd { return nil }

// Update takes one message.
func (s *SignIn) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case checkedMsg:
		s.busy = false
		s.pin.Set("")
		if msg.err != nil {
			s.note = screen.Explain(msg.err)
			return s, nil
		}
		s.in, s.done = msg.staff, true
		return s, tea.Quit
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlC {
			return s, tea.Quit
		}
		if s.busy {
			return s, nil
		}
		s.note = ""
		if s.who != nil {
			return s, s.pinKey(msg)
		}
		return s, s.listKey(msg)
	}
	return s, nil
}

func (s *SignIn) listKey(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyEsc:
		if s.typed == "" {
			return tea.Quit
		}
		s.typed = ""
	case tea.KeyUp:
		s.table.Move(-1)
	case tea.KeyDown:
		s.table.Move(1)
	case tea.KeyPgUp:
		s.table.Page(-1)
	case tea.KeyPgDown:
		s.table.Page(1)
	case tea.KeyEnter:
		return s.choose()
	case tea.KeyBackspace:
		if r := []rune(s.typed); len(r) > 0 {
			s.typed = string(r[:len(r)-1])
		}
	case tea.KeyRunes, tea.KeySpace:
		if len(s.typed) < 60 {
			s.typed += string(k.Runes)
		}
	}
	s.table.SetFilter(boxoffice.Clean(s.typed))
	return nil
}

func (s *SignIn) choose() tea.Cmd {
	if _, err := boxoffice.SpellBarcode(s.typed); err == nil {
		s.typed = "" // somebody scanned a ticket
		s.table.SetFilter("")
		return nil
	}
	row, ok := s.table.Selected()
	if !ok {
		return nil
	}
	for i := range s.staff {
		if fmt.Sprint(s.staff[i].ID) == row.Key {
			s.who = &s.staff[i]
		}
	}
	if s.who != nil && s.who.PIN == "" {
		return s.try()
	}
	return nil
}

func (s *SignIn) pinKey(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyEsc:
		s.who = nil
		s.pin.Set("")
	case tea.KeyEnter:
		return s.try()
	default:
		screen.Edit(s.pin, k)
	}
	return nil
}

func (s *SignIn) try() tea.Cmd {
	if _, err := boxoffice.SpellBarcode(s.pin.Value()); err == nil {
		s.pin.Set("")
		s.note = "That is a ticket's barcode, not a PIN."
		return nil
	}
	s.busy = true
	check, name, pin := s.check, s.who.Name, s.pin.Value()
	return func() tea.Msg {
		staff, err := check(context.Background(), name, pin)
		return checkedMsg{staff, err}
	}
}

// View draws the people, or the PIN of the one chosen.
func (s *SignIn) View() string {
	th := s.theme
	if s.w < 20 || s.h < 8 {
		return screen.Fit([]string{"Larger, please."}, max(1, s.h))
	}
	lines := []string{"", "  " + th.Strong.Paint(boxoffice.Shorten(s.house, s.w-4)), ""}
	foot := ""
	hint := func(key, words string) { foot += th.Accent.Paint(key) + " " + th.Dim.Paint(words) + "   " }
	if s.who == nil {
		lines = append(lines, "  "+th.Dim.Paint("Who is there?"), "")
		for _, l := range strings.Split(s.table.View(min(s.w-2, 50), max(1, s.h-len(lines)-4)), "\n") {
			lines = append(lines, " "+l)
		}
		lines = append(lines, "", "  "+th.Accent.Paint(th.Glyphs.Prompt)+" "+boxoffice.Shorten(boxoffice.Clean(s.typed), s.w-8)+th.Cursor.Paint(" "))
		hint(th.Glyphs.Enter, "that is me")
		hint("esc", "leave")
	} else {
		lines = append(lines, "  "+boxoffice.Shorten(boxoffice.Clean(s.who.Name), s.w-4), "",
			"  "+th.Dim.Paint("PIN ")+th.Accent.Paint(th.Glyphs.Prompt)+" "+field(th, s.pin, true, s.w-10), "")
		switch {
		case s.busy:
			lines = append(lines, "  "+th.Dim.Paint("Looking."))
		case s.note != "":
			for _, l := range screen.Wrap(th.Glyphs.Error+" "+s.note, s.w-4, 3) {
				lines = append(lines, "  "+th.Error.Paint(l))
			}
		}
		hint(th.Glyphs.Enter, "sign in")
		hint("esc", "somebody else")
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

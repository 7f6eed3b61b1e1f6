package screentest

import (
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

// Stage is one screen alone, without the rest of a terminal: what it asks the
// house is answered at once, or when a test says so.
type Stage struct {
	Desk   *screen.Desk
	Screen screen.Screen
	// Late keeps answers back until Answer.
	Late bool

	t    testing.TB
	kept []tea.Cmd
}

// Play puts a screen on the stage. It has not been entered.
func Play(t testing.TB, h *House, make func(*screen.Desk) screen.Screen) *Stage {
	t.Helper()
	desk := &screen.Desk{
		Office: h, Actor: h.Actor(), Staff: h.Staff(), House: h.Settings(), Clock: h.Clock,
		Theme: theme.New(io.Discard, theme.Look{}),
	}
	desk.Open()
	return &Stage{Desk: desk, Screen: make(desk), t: t}
}

// Enter brings the screen to the front.
func (s *Stage) Enter(about any) { s.run(s.Screen.Enter(about)) }

// Send gives the screen a message.
func (s *Stage) Send(msg tea.Msg) { s.run(s.Screen.Update(msg)) }

// Answer lets the answers come that were kept back.
func (s *Stage) Answer() {
	kept := s.kept
	s.Late, s.kept = false, nil
	for _, cmd := range kept {
		s.run(cmd)
	}
}

func (s *Stage) run(cmd tea.Cmd) {
	switch {
	case cmd == nil:
		return
	case s.Late:
		s.kept = append(s.kept, cmd)
		return
	}
	switch msg := s.Desk.Mine(cmd()).(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	default:
		s.Send(msg)
	}
}

// Press presses keys: those Bubble Tea has a name for by their names, others
// letter by letter. What stands in front of the screen hears them first.
func (s *Stage) Press(keys ...string) {
	for _, name := range keys {
		if k, ok := keyNamed(name); ok {
			s.key(k)
			continue
		}
		for _, r := range name {
			s.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
}

func (s *Stage) key(k tea.KeyMsg) {
	if cmd, took := s.Desk.Overlays.Key(k); took {
		s.run(cmd)
		return
	}
	s.Send(k)
}

// keyNamed returns the key that Bubble Tea calls by this name.
func keyNamed(name string) (tea.KeyMsg, bool) {
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	}
	for t := tea.KeyF20; t <= tea.KeyCtrlQuestionMark; t++ {
		if k := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && len(name) > 1 && k.String() == name {
			return k, true
		}
	}
	return tea.KeyMsg{}, false
}

// Text is what the screen, and what stands in front of it, say at 100×30.
func (s *Stage) Text() string {
	s.t.Helper()
	text := tuitest.Screen(s.t, s.Screen.View(100, 30), 100, 30).Text()
	if top := s.Desk.Overlays.Top(); top != nil {
		text += "\n" + strings.Join(top.Lines(100, 20), "\n")
	}
	return text
}

// Has fails the test unless the screen says all of want.
func (s *Stage) Has(want ...string) {
	s.t.Helper()
	text := s.Text()
	for _, w := range want {
		if !strings.Contains(text, w) {
			s.t.Errorf("the screen does not say «%s»:\n%s", w, text)
		}
	}
}

// HasNot fails the test if the screen says any of words.
func (s *Stage) HasNot(words ...string) {
	s.t.Helper()
	text := s.Text()
	for _, w := range words {
		if strings.Contains(text, w) {
			s.t.Errorf("the screen says «%s»:\n%s", w, text)
		}
	}
}

// Keys returns what the keys that work now do, by their shown names.
func (s *Stage) Keys() map[string]string {
	keys := map[string]string{}
	for _, b := range s.Screen.Keys() {
		if b.Enabled() {
			keys[b.Help().Key] = b.Help().Desc
		}
	}
	return keys
}

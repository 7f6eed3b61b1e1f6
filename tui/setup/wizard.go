package setup

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// Answer is what the wizard was told.
type Answer struct {
	Demo    bool // look around in the demo instead
	House   boxoffice.House
	Manager string
	PIN     string // empty: the manager signs in by name alone
	Example bool   // begin with a small hall and a show tonight
}

// Make makes the house that was asked for, whole or not at all.
type Make func(ctx context.Context, a Answer) error

// Wizard asks what a new house needs: name, currency, time zone, its first
// manager, a PIN, twice, and what to begin with. Then it has the house made, and
// where that is refused, asks on: nothing typed is lost.
type Wizard struct {
	theme *theme.Theme
	where string
	make  Make
	steps []step
	at    int // len(steps) is the summary
	line  *widget.Line
	pick  int // which choice the cursor is on
	note  string
	busy  bool
	w, h  int

	answer Answer
	done   bool
}

// NewWizard returns a wizard for a house that will be kept at where; currency and
// zone are what it suggests.
func NewWizard(th *theme.Theme, where, currency, zone string, make Make) *Wizard {
	w := &Wizard{theme: th, where: boxoffice.Clean(where), make: make, line: widget.NewLine(th), at: -1}
	w.answer.House.Holds = boxoffice.DefaultHoldTimes()
	w.answer.Example = true
	w.steps = questions(currency, zone)
	return w
}

type madeMsg struct{ err error }

// Answer returns what was told, and false where the wizard was left.
func (w *Wizard) Answer() (Answer, bool) { return w.answer, w.done }

// Init does nothing.
func (w *Wizard) Init() tea.Cmd { return nil }

// Update takes one message.
func (w *Wizard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.w, w.h = msg.Width, msg.Height
	case madeMsg:
		w.busy = false
		if msg.err != nil {
			w.note = screen.Explain(msg.err)
			return w, nil
		}
		w.done = true
		return w, tea.Quit
	case tea.KeyMsg:
		if w.busy { // a house is made whole; there is nothing to stop
			return w, nil
		}
		w.note = ""
		return w, w.key(msg)
	}
	return w, nil
}

func (w *Wizard) key(k tea.KeyMsg) tea.Cmd {
	choices := w.choices()
	switch k.Type {
	case tea.KeyCtrlC:
		return tea.Quit
	case tea.KeyEsc:
		if w.at < 0 {
			return tea.Quit
		}
		if w.at--; w.at >= 0 && w.steps[w.at].again {
			w.at-- // a PIN is typed twice in one go
		}
		w.start()
		return nil
	case tea.KeyEnter:
		return w.enter()
	case tea.KeyUp, tea.KeyShiftTab:
		w.pick = max(0, w.pick-1)
	case tea.KeyDown, tea.KeyTab:
		w.pick = max(0, min(w.pick+1, len(choices)-1))
	}
	if w.at < 0 {
		if k.String() == "d" {
			w.answer.Demo, w.done = true, true
			return tea.Quit
		}
		return nil
	}
	if w.at < len(w.steps) && choices == nil {
		screen.Edit(w.line, k)
	}
	return nil
}

// choices are what the question offers; none where it is typed.
func (w *Wizard) choices() []string {
	if w.at < 0 || w.at >= len(w.steps) {
		return nil
	}
	return w.steps[w.at].choices
}

func (w *Wizard) enter() tea.Cmd {
	switch {
	case w.at == len(w.steps):
		w.busy = true
		make, answer := w.make, w.answer
		return func() tea.Msg { return madeMsg{make(context.Background(), answer)} }
	case w.choices() != nil:
		if err := w.steps[w.at].take(&w.answer, w.choices()[w.pick]); err != nil {
			w.note = screen.Explain(err)
			return nil
		}
	case w.at >= 0:
		if err := w.steps[w.at].take(&w.answer, boxoffice.Clean(w.line.Value())); err != nil {
			w.note = screen.Explain(err)
			if w.steps[w.at].secret {
				w.line.Set("")
			}
			return nil
		}
	}
	w.at++
	if w.at < len(w.steps) && w.steps[w.at].again && w.answer.PIN == "" {
		w.at++
	}
	w.start()
	return nil
}

// start puts into the line what was answered before, or is suggested.
func (w *Wizard) start() {
	w.line.Set("")
	if w.at < 0 || w.at >= len(w.steps) || w.steps[w.at].secret {
		return
	}
	s := w.steps[w.at]
	before := s.said(&w.answer)
	if before == "" {
		before = s.start
	}
	w.pick = max(0, slices.Index(s.choices, before))
	w.line.Set(before)
}

// View draws the question.
func (w *Wizard) View() string {
	th := w.theme
	if w.w < 20 || w.h < 8 {
		return screen.Fit([]string{"Larger, please."}, max(1, w.h))
	}
	lines := []string{"", "  " + th.Strong.Paint("Wicket"), ""}
	say := func(ink theme.SGR, words string) {
		for _, l := range screen.Wrap(words, w.w-4, 4) {
			lines = append(lines, "  "+ink.Paint(l))
		}
	}
	hint := func(key, words string) string { return th.Accent.Paint(key) + " " + th.Dim.Paint(words) + "   " }
	var foot string
	switch {
	case w.at < 0:
		say(th.Text, "There is no house here yet. A few questions make one.")
		say(th.Dim, "It will be kept at "+w.where)
		foot = hint(th.Glyphs.Enter, "set up a house") + hint("d", "look around in the demo") + hint("esc", "leave")
	case w.at == len(w.steps):
		say(th.Text, "Is this right?")
		lines = append(lines, "")
		for _, s := range w.steps {
			if s.name != "" {
				lines = append(lines, "  "+th.Dim.Paint(boxoffice.Pad(s.name, 12))+boxoffice.Shorten(boxoffice.Clean(s.said(&w.answer)), w.w-16))
			}
		}
		lines = append(lines, "")
		foot = hint(th.Glyphs.Enter, "open the house") + hint("esc", "change something")
		if w.busy {
			say(th.Dim, "Making the house.")
			foot = ""
		}
	default:
		s := w.steps[w.at]
		say(th.Strong, s.title)
		say(th.Dim, s.why)
		lines = append(lines, "")
		foot = hint(th.Glyphs.Enter, "next") + hint("esc", "back")
		if s.choices == nil {
			lines = append(lines, "  "+th.Accent.Paint(th.Glyphs.Prompt)+" "+field(th, w.line, s.secret, w.w-6), "")
			break
		}
		for i, c := range s.choices {
			mark, ink := " ", th.Text
			if i == w.pick {
				mark, ink = th.Glyphs.Prompt, th.Accent
			}
			lines = append(lines, "  "+ink.Paint(boxoffice.Shorten(mark+" "+c, w.w-4)))
		}
		lines = append(lines, "")
		foot = hint("↑↓", "choose") + foot
	}
	if w.note != "" {
		say(th.Error, th.Glyphs.Error+" "+w.note)
	}
	return withFoot(lines, "  "+foot, w.h)
}

// field draws a line that is typed in; of a secret, only how long it is.
func field(th *theme.Theme, l *widget.Line, secret bool, w int) string {
	if !secret {
		return l.View(w)
	}
	return strings.Repeat("*", min(len([]rune(l.Value())), w-1)) + th.Cursor.Paint(" ")
}

// withFoot puts a line of keys at the foot of h lines.
func withFoot(lines []string, foot string, h int) string {
	body := screen.Fit(lines, h-1)
	return body + "\n" + foot
}

// RunWizard asks the questions on a terminal; false where its user left.
func RunWizard(ctx context.Context, w *Wizard, options ...tea.ProgramOption) (Answer, bool, error) {
	if err := run(ctx, w, options...); err != nil {
		return Answer{}, false, err
	}
	a, ok := w.Answer()
	return a, ok, nil
}

package setup

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// leastPIN is how many digits a PIN has at least; none at all is allowed.
const leastPIN = 4

// Answer is what the wizard was told.
type Answer struct {
	Demo    bool // look around in the demo instead
	House   boxoffice.House
	Manager string
	PIN     string // empty: the manager signs in by name alone
}

// Wizard asks what a new house needs: name, currency, time zone, its first
// manager, and a PIN, twice.
type Wizard struct {
	theme *theme.Theme
	where string
	steps []step
	at    int // len(steps) is the summary
	line  *widget.Line
	note  string
	w, h  int

	answer Answer
	done   bool
}

// step is one question.
type step struct {
	title, why string
	secret     bool
	start      string // what stands in the line at first
	// take checks the answer and keeps it.
	take func(a *Answer, typed string) error
	// said is the answer as the summary shows it.
	said func(a *Answer) string
}

// NewWizard returns a wizard for a house that will be kept at where; currency and
// zone are what it suggests.
func NewWizard(th *theme.Theme, where, currency, zone string) *Wizard {
	w := &Wizard{theme: th, where: boxoffice.Clean(where), line: widget.NewLine(th), at: -1}
	w.answer.House.Holds = boxoffice.DefaultHoldTimes()
	w.steps = questions(currency, zone)
	return w
}

func questions(currency, zone string) []step {
	said := func(s string) error { return &boxoffice.InvalidError{Words: s} }
	return []step{
		{
			title: "What is the house called?", why: "It stands on every screen and every ticket.",
			take: func(a *Answer, typed string) error {
				if typed == "" {
					return said("the house needs a name")
				}
				a.House.Name = typed
				return nil
			},
			said: func(a *Answer) string { return a.House.Name },
		},
		{
			title: "In which currency does it sell?", why: "Three letters, like EUR. It cannot be changed once something was sold.", start: currency,
			take: func(a *Answer, typed string) (err error) {
				a.House.Currency, err = boxoffice.ParseCurrency(typed)
				return err
			},
			said: func(a *Answer) string { return a.House.Currency.Code },
		},
		{
			title: "In which time zone does it stand?", why: "Like Europe/Madrid. All times are shown in it.", start: zone,
			take: func(a *Answer, typed string) error {
				a.House.TimeZone = typed
				return a.House.Check()
			},
			said: func(a *Answer) string { return a.House.TimeZone },
		},
		{
			title: "Who is its first manager?", why: "A manager may do everything, and takes others on.",
			take: func(a *Answer, typed string) error {
				if typed == "" {
					return said("somebody has to manage the house")
				}
				a.Manager = typed
				return nil
			},
			said: func(a *Answer) string { return a.Manager },
		},
		{
			title: "A PIN for the manager", why: "Four digits or more. Without one the name alone signs in.", secret: true,
			take: func(a *Answer, typed string) error {
				if n := len(typed); n > 0 && (n < leastPIN || strings.Trim(typed, "0123456789") != "") {
					return said(fmt.Sprintf("a PIN has %d digits or more, and nothing else", leastPIN))
				}
				a.PIN = typed
				return nil
			},
			said: func(a *Answer) string {
				if a.PIN == "" {
					return "none"
				}
				return strings.Repeat("*", len(a.PIN))
			},
		},
		{
			title: "The same PIN again", why: "So that no slip of a finger locks the house.", secret: true,
			take: func(a *Answer, typed string) error {
				if typed != a.PIN {
					return said("that is another PIN: go back with esc, or type it again")
				}
				return nil
			},
		},
	}
}

// Answer returns what was told, and false where the wizard was left.
func (w *Wizard) Answer() (Answer, bool) { return w.answer, w.done }

// Init does nothing.
func (w *Wizard) Init() tea.Cmd { return nil }

// Update takes one message.
func (w *Wizard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.w, w.h = msg.Width, msg.Height
	case tea.KeyMsg:
		w.note = ""
		return w, w.key(msg)
	}
	return w, nil
}

func (w *Wizard) key(k tea.KeyMsg) tea.Cmd {
	switch k.Type {
	case tea.KeyCtrlC:
		return tea.Quit
	case tea.KeyEsc:
		if w.at < 0 {
			return tea.Quit
		}
		if w.at--; w.at == len(w.steps)-1 {
			w.at-- // a PIN is typed twice in one go
		}
		w.start()
		return nil
	case tea.KeyEnter:
		return w.enter()
	}
	if w.at < 0 {
		if k.String() == "d" {
			w.answer.Demo, w.done = true, true
			return tea.Quit
		}
		return nil
	}
	if w.at < len(w.steps) {
		screen.Edit(w.line, k)
	}
	return nil
}

func (w *Wizard) enter() tea.Cmd {
	switch {
	case w.at == len(w.steps):
		w.done = true
		return tea.Quit
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
	if w.at == len(w.steps)-1 && w.answer.PIN == "" {
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
	if before := s.said(&w.answer); before != "" {
		w.line.Set(before)
	} else {
		w.line.Set(s.start)
	}
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
		for i, s := range w.steps {
			if s.said != nil {
				name := []string{"House", "Currency", "Time zone", "Manager", "PIN"}[i]
				lines = append(lines, "  "+th.Dim.Paint(boxoffice.Pad(name, 12))+boxoffice.Shorten(boxoffice.Clean(s.said(&w.answer)), w.w-16))
			}
		}
		foot = hint(th.Glyphs.Enter, "open the house") + hint("esc", "change something")
	default:
		s := w.steps[w.at]
		say(th.Strong, s.title)
		say(th.Dim, s.why)
		lines = append(lines, "", "  "+th.Accent.Paint(th.Glyphs.Prompt)+" "+field(th, w.line, s.secret, w.w-6), "")
		if w.note != "" {
			say(th.Error, th.Glyphs.Error+" "+w.note)
		}
		foot = hint(th.Glyphs.Enter, "next") + hint("esc", "back")
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

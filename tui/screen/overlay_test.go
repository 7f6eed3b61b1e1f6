package screen_test

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

func desk(t *testing.T) (*screen.Desk, *screentest.House) {
	h := screentest.New(t)
	d := &screen.Desk{House: h.Settings(), Staff: h.Staff(), Actor: h.Actor(), Clock: h.Clock, Theme: theme.New(io.Discard, theme.Look{})}
	d.Open()
	return d, h
}

func key(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}} }

// TestADialogThatIntrudesListensOnceTheKeyboardIsQuiet: after 425 ms of quiet, at
// the latest after 1.5 s.
func TestADialogThatIntrudesListensOnceTheKeyboardIsQuiet(t *testing.T) {
	for name, test := range map[string]struct {
		pauses []time.Duration // before each key
		heard  int             // the key that is heard, from 1
	}{
		"quiet at once":   {[]time.Duration{425 * time.Millisecond}, 1},
		"a key too early": {[]time.Duration{100 * time.Millisecond, 424 * time.Millisecond, 425 * time.Millisecond}, 3},
		"typing on and on": {[]time.Duration{
			300 * time.Millisecond, 300 * time.Millisecond, 300 * time.Millisecond, 300 * time.Millisecond, 300 * time.Millisecond,
		}, 5},
	} {
		d, h := desk(t)
		heard := 0
		d.Overlays.Intrude(&screen.Dialog{Desk: d, Title: "?", Choices: []screen.Choice{
			{Key: "y", Do: func() tea.Cmd { heard++; return nil }},
		}})
		for i, pause := range test.pauses {
			h.Clock.Add(pause)
			if _, took := d.Overlays.Key(key('y')); !took {
				t.Errorf("%s: key %d went through to the screen", name, i+1)
			}
			if want := i+1 >= test.heard; want != (heard > 0) {
				t.Errorf("%s: after key %d it heard %d", name, i+1, heard)
			}
		}
	}
}

func TestEscIsHarmless(t *testing.T) {
	d, _ := desk(t)
	d.Overlays.Open(&screen.Dialog{Desk: d, Title: "Sure?", Choices: []screen.Choice{
		{Key: "y", Do: func() tea.Cmd { t.Error("it was done"); return nil }},
	}})
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeyEnter})
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeyEsc})
	if d.Overlays.Top() != nil {
		t.Error("it stays open")
	}
}

// TestAnAnswerWithoutItsReasonSaysSo: it does nothing, and stays.
func TestAnAnswerWithoutItsReasonSaysSo(t *testing.T) {
	d, _ := desk(t)
	did := 0
	dialog := &screen.Dialog{Desk: d, Title: "Sure?", Prompt: "why", Choices: []screen.Choice{
		{Key: "ctrl+x", Reasoned: true, Do: func() tea.Cmd { did++; return nil }},
	}}
	d.Overlays.Open(dialog)
	says := func() bool { return strings.Contains(strings.Join(dialog.Lines(60, 9), " "), "say why first") }
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeyCtrlX})
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeyCtrlX})
	if did != 0 || d.Overlays.Top() == nil || !says() {
		t.Errorf("without a reason it was done %d times, and said so: %v", did, says())
	}
	d.Overlays.Key(key('x'))
	if says() {
		t.Error("it says so though a reason stands there")
	}
	d.Overlays.Key(tea.KeyMsg{Type: tea.KeyCtrlX})
	if did != 1 || d.Overlays.Top() != nil {
		t.Errorf("with a reason it was done %d times", did)
	}
}

func TestWrap(t *testing.T) {
	for words, want := range map[string]string{
		"":                      "",
		"one two three":         "one two|three",
		"one two three four":    "one two|three four",
		"one two three four me": "one two|three fou…",
		"abcdefghijklmnop":      "abcdefghi…",
		"東京 大阪 名古屋":             "東京 大阪|名古屋",
	} {
		if got := strings.Join(screen.Wrap(words, 10, 2), "|"); got != want {
			t.Errorf("«%s» breaks into «%s», want «%s»", words, got, want)
		}
	}
}

func TestExplain(t *testing.T) {
	for want, err := range map[string]error{
		"Say how many places.": &boxoffice.InvalidError{Words: "say how many places"},
		"The disk is full. Whether it was done is not known: look at the basket.": &boxoffice.StoreError{Words: "the disk is full", Unknown: true},
		"The disk is full. Nothing was changed.":                                  &boxoffice.StoreError{Words: "the disk is full"},
		"That went wrong inside Wicket: EOF.":                                     io.EOF,
	} {
		if got := screen.Explain(err); got != want {
			t.Errorf("said «%s», want «%s»", got, want)
		}
	}
}

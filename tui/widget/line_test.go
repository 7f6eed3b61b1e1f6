package widget_test

import (
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/widget"
)

func TestLineEdits(t *testing.T) {
	tests := map[string]struct {
		do   func(*widget.Line)
		want string
	}{
		"typing":                {func(l *widget.Line) { l.Insert("2 "); l.Insert("s"); l.Insert("talls") }, "2 stalls"},
		"in the middle":         {func(l *widget.Line) { l.Set("B13"); l.Left(); l.Left(); l.Insert("12 B") }, "B12 B13"},
		"at the start":          {func(l *widget.Line) { l.Set("B12"); l.Home(); l.Insert("2"); l.End(); l.Insert("!") }, "2B12!"},
		"backspace":             {func(l *widget.Line) { l.Set("B12"); l.Backspace() }, "B1"},
		"backspace at start":    {func(l *widget.Line) { l.Set("B12"); l.Home(); l.Backspace() }, "B12"},
		"delete":                {func(l *widget.Line) { l.Set("B12"); l.Home(); l.Delete() }, "12"},
		"delete at the end":     {func(l *widget.Line) { l.Set("B12"); l.Delete() }, "B12"},
		"to the start":          {func(l *widget.Line) { l.Set("B12 B13"); l.Left(); l.DeleteToStart() }, "3"},
		"a word":                {func(l *widget.Line) { l.Set("B12 B13  "); l.DeleteWord() }, "B12 "},
		"a word inside":         {func(l *widget.Line) { l.Set("B12 B13"); l.Left(); l.DeleteWord() }, "B12 3"},
		"no word":               {func(l *widget.Line) { l.DeleteWord(); l.DeleteToStart() }, ""},
		"an accent goes along":  {func(l *widget.Line) { l.Set("Mun\u0303oz"); l.Left(); l.Left(); l.Backspace() }, "Muoz"},
		"a family is one":       {func(l *widget.Line) { l.Set("a👨\u200d👩\u200d👧"); l.Left(); l.Delete() }, "a"},
		"control characters":    {func(l *widget.Line) { l.Insert("a\x1b[2J\x00b\nc") }, "a[2Jbc"},
		"a paste":               {func(l *widget.Line) { l.Paste("\x1b[31mB12\r\n  B13\t\x07") }, "B12 B13"},
		"a tab becomes a space": {func(l *widget.Line) { l.Insert("a\tb") }, "a b"},
	}
	for name, test := range tests {
		l := widget.NewLine(dark())
		test.do(l)
		if got := l.Value(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestLineIsBounded(t *testing.T) {
	l := widget.NewLine(dark())
	l.Set("ab")
	l.Home()
	l.Paste(strings.Repeat("é", 500))
	l.Insert("x")
	if n := len([]rune(l.Value())); n != 200 || !strings.HasSuffix(l.Value(), "éab") {
		t.Errorf("the line holds %d characters", n)
	}
}

func TestLineHistory(t *testing.T) {
	l := widget.NewLine(dark())
	if l.Up() || l.Down() {
		t.Error("an empty history has lines")
	}
	for _, s := range []string{"2", "2", "B12", ""} {
		l.Remember(s)
	}
	l.Set("dra")
	steps := []struct {
		up   bool
		ok   bool
		want string
	}{{true, true, "B12"}, {true, true, "2"}, {true, false, "2"}, {false, true, "B12"}, {false, true, "dra"}, {false, false, "dra"}}
	for i, s := range steps {
		step := l.Down
		if s.up {
			step = l.Up
		}
		if ok := step(); ok != s.ok || l.Value() != s.want {
			t.Errorf("step %d: %v, %q; want %v, %q", i, ok, l.Value(), s.ok, s.want)
		}
	}
	l.Up()
	l.Insert("!")
	l.Remember(l.Value())
	l.Set("")
	if !l.Up() || l.Value() != "B12!" {
		t.Errorf("an edited line is remembered as %q", l.Value())
	}
}

func TestLineViews(t *testing.T) {
	var lines []string
	for _, look := range []theme.Look{{Depth: theme.Colours256}, {Depth: theme.Mono}, {Depth: theme.Plain, ASCII: true}} {
		l := widget.NewLine(theme.New(io.Discard, look))
		l.Placeholder = "what the customer wants: 2, B12, 2 stalls"
		lines = append(lines, l.View(30))
		l.Set("2 stalls B12 山田 Muñoz")
		for range 8 {
			lines = append(lines, l.View(30), l.View(12))
			l.Left()
			l.Left()
			l.Left()
		}
	}
	tuitest.Golden(t, "line", strings.Join(lines, "\n"))
}

// TestLineAlwaysFits edits at random; the view fits any width and shows the
// cursor.
func TestLineAlwaysFits(t *testing.T) {
	typed := []string{"a", " ", "2 stalls", "山", "e\u0301", "👩\u200d👧", "\u0301", "\x1b[A", "ﷺ", "\t"}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		l := widget.NewLine(dark())
		keys := []func(){l.Left, l.Right, l.Home, l.End, l.Backspace, l.Delete, l.DeleteWord, l.DeleteToStart, func() { l.Up() }, func() { l.Down() }, func() { l.Remember(l.Value()) }}
		for range 80 {
			if r.IntN(2) == 0 {
				l.Insert(typed[r.IntN(len(typed))])
			} else {
				keys[r.IntN(len(keys))]()
			}
			w := 1 + r.IntN(24)
			view := l.View(w)
			if err := tuitest.Fits(view, w, 1); err != nil {
				t.Fatalf("seed %d, %q in %d: %v", seed, l.Value(), w, err)
			}
			if !strings.Contains(view, "\x1b[7m") && w > 1 {
				t.Fatalf("seed %d, %q in %d shows no cursor: %q", seed, l.Value(), w, view)
			}
			if boxoffice.Width(view) < 1 {
				t.Fatalf("seed %d: an empty view", seed)
			}
		}
	}
}

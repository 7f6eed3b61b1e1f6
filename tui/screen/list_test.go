package screen_test

import (
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// TestList: arrows walk, letters filter, Backspace and Esc take them back; any other
// key, and Esc where nothing is typed, is somebody else's.
func TestList(t *testing.T) {
	l := screen.List{Table: widget.NewTable(theme.New(io.Discard, theme.Look{}), widget.Column{Width: 10})}
	l.SetRows([]widget.Row{{Key: "1", Cells: []string{"Muñoz"}}, {Key: "2", Cells: []string{"Vidal"}}, {Key: "3", Cells: []string{"Munro"}}})
	runes := func(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }
	for i, step := range []struct {
		key       tea.KeyMsg
		takes     bool
		at, typed string
	}{
		{tea.KeyMsg{Type: tea.KeyEsc}, false, "1", ""},
		{tea.KeyMsg{Type: tea.KeyDown}, true, "2", ""},
		{tea.KeyMsg{Type: tea.KeyEnd}, true, "3", ""},
		{tea.KeyMsg{Type: tea.KeyHome}, true, "1", ""},
		{runes("mu"), true, "1", "mu"},
		{tea.KeyMsg{Type: tea.KeyDown}, true, "3", "mu"},
		{runes("ñ"), true, "3", "muñ"}, // as «mun», whatever the accents
		{tea.KeyMsg{Type: tea.KeyEnter}, false, "3", "muñ"},
		{tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("x"), Alt: true}, false, "3", "muñ"},
		{tea.KeyMsg{Type: tea.KeyBackspace}, true, "3", "mu"},
		{tea.KeyMsg{Type: tea.KeyUp}, true, "1", "mu"},
		{tea.KeyMsg{Type: tea.KeyEsc}, true, "1", ""},
		{tea.KeyMsg{Type: tea.KeyBackspace}, true, "1", ""},
		{runes(strings.Repeat("v", 80)), true, "", strings.Repeat("v", 80)},
		{runes("v"), true, "", strings.Repeat("v", 80)}, // enough is enough
	} {
		if takes := l.Key(step.key); takes != step.takes {
			t.Errorf("step %d, %s: takes it: %v", i, step.key, takes)
		}
		if row, _ := l.Selected(); row.Key != step.at || l.Typed() != step.typed {
			t.Errorf("step %d, %s: at %q with %q typed, want %q with %q", i, step.key, row.Key, l.Typed(), step.at, step.typed)
		}
	}
}

package screen

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/widget"
)

// List is a table that shows only what matches what is typed.
type List struct {
	*widget.Table
	typed string
}

// maxTyped is how many bytes are typed before letters do nothing more.
const maxTyped = 60

// Typed returns what is typed.
func (l *List) Typed() string { return l.typed }

// Type replaces what is typed.
func (l *List) Type(text string) {
	l.typed = text
	l.SetFilter(boxoffice.Clean(text))
}

// Key gives the list a key: arrows walk, letters filter, Backspace takes the last one
// back and Esc all of them. It reports false for a key that is none of a list's, as Esc
// where nothing is typed.
func (l *List) Key(k tea.KeyMsg) bool {
	r := []rune(l.typed)
	switch {
	case Walk(l.Table, k):
	case k.Type == tea.KeyEsc && len(r) > 0:
		l.Type("")
	case k.Type == tea.KeyBackspace:
		l.Type(string(r[:max(0, len(r)-1)]))
	case k.Type != tea.KeyRunes && k.Type != tea.KeySpace || k.Alt:
		return false
	case len(l.typed) < maxTyped:
		l.Type(l.typed + string(k.Runes))
	}
	return true
}

// Walk moves a table's cursor, and reports whether the key is one that does.
func Walk(t *widget.Table, k tea.KeyMsg) bool {
	switch k.String() {
	case "up":
		t.Move(-1)
	case "down":
		t.Move(1)
	case "pgup":
		t.Page(-1)
	case "pgdown":
		t.Page(1)
	case "home":
		t.First()
	case "end":
		t.Last()
	default:
		return false
	}
	return true
}

// ListLines draws a list that fills the screen: its name, its rows, what it is
// filtered by.
func (d *Desk) ListLines(w, h int, name string, list *List) []string {
	lines := []string{d.Header(w, name), d.Rule(w, "")}
	lines = append(lines, strings.Split(list.View(w, max(1, h-len(lines)-2)), "\n")...)
	return append(lines, d.Rule(w, ""), d.Typed(w, list.typed, "type to filter"))
}

// Typed draws a line that is being typed, or what it is for while it is empty.
func (d *Desk) Typed(w int, typed, purpose string) string {
	th := d.Theme
	line := " " + th.Accent.Paint(th.Glyphs.Prompt) + " "
	if typed == "" {
		return line + th.Cursor.Paint(" ") + th.Dim.Paint(boxoffice.Shorten(purpose, w-6))
	}
	return line + boxoffice.Shorten(boxoffice.Clean(typed), w-6) + th.Cursor.Paint(" ")
}

// ListKeys lists what works in a list.
func (d *Desk) ListKeys(enter, esc string) []key.Binding {
	walk := key.NewBinding(key.WithKeys("up", "down", "pgup", "pgdown", "home", "end"), key.WithHelp("↑↓", "walk"))
	if d.Theme.Look.ASCII {
		walk.SetHelp("arrows", "walk")
	}
	return []key.Binding{d.Bind(enter, true, "enter"), walk, d.Bind(esc, true, "esc")}
}

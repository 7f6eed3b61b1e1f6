package screen

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"wicket/boxoffice"
	"wicket/tui/widget"
)

// ListLines draws a list that fills the screen: its name, its rows, what it is
// filtered by.
func (d *Desk) ListLines(w, h int, name, typed string, table *widget.Table) []string {
	lines := []string{d.Header(w, name), d.Rule(w, "")}
	lines = append(lines, strings.Split(table.View(w, max(1, h-len(lines)-2)), "\n")...)
	return append(lines, d.Rule(w, ""), d.Typed(w, typed, "type to filter"))
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

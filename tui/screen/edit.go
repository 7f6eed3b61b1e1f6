package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// Edit gives a key to a line of text, if it is one that edits.
func Edit(l *widget.Line, k tea.KeyMsg) {
	switch k.Type {
	case tea.KeyRunes, tea.KeySpace:
		switch {
		case k.Alt:
		case k.Paste:
			l.Paste(string(k.Runes))
		default:
			l.Insert(string(k.Runes))
		}
	case tea.KeyBackspace:
		l.Backspace()
	case tea.KeyDelete:
		l.Delete()
	case tea.KeyLeft:
		l.Left()
	case tea.KeyRight:
		l.Right()
	case tea.KeyHome:
		l.Home()
	case tea.KeyEnd:
		l.End()
	case tea.KeyUp:
		l.Up()
	case tea.KeyDown:
		l.Down()
	case tea.KeyCtrlU:
		l.DeleteToStart()
	case tea.KeyCtrlW:
		l.DeleteWord()
	}
}

// Note draws one line that says what was done, or what went wrong.
func (d *Desk) Note(w int, words string, bad bool) string {
	if words == "" {
		return ""
	}
	th := d.Theme
	mark, ink, text := th.Glyphs.Good, th.Good, th.Text
	if bad {
		mark, ink, text = th.Glyphs.Error, th.Error, th.Strong
	}
	var p theme.Pen
	p.Gap(1)
	p.Write(ink, mark)
	p.Gap(1)
	p.Write(text, boxoffice.Shorten(d.Plain(boxoffice.Clean(words)), w-4))
	return p.String()
}

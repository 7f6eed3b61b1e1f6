package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
)

// explainer is a screen that has more to say than its keys.
type explainer interface {
	// Explain returns what can be typed, by forms and what each does.
	Explain() [][2]string
}

// help shows the keys that work now, and what can be typed.
type help struct {
	desk  *screen.Desk
	keys  []key.Binding
	forms [][2]string
	top   int
	page  int
	all   int
}

func (a *App) help() *help {
	h := &help{desk: a.desk}
	if top := a.desk.Overlays.Top(); top != nil {
		h.keys = top.Keys()
		return h
	}
	front := a.screens[a.front]
	h.keys = append(front.Keys(), a.keys()...)
	if e, ok := front.(explainer); ok {
		h.forms = e.Explain()
	}
	return h
}

// Update takes a key.
func (h *help) Update(msg tea.Msg) (tea.Cmd, bool) {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, false
	}
	switch k.String() {
	case "up":
		h.top--
	case "down":
		h.top++
	case "pgup":
		h.top -= h.page
	case "pgdown", " ":
		h.top += h.page
	case "home":
		h.top = 0
	case "end":
		h.top = h.all
	default:
		return nil, true
	}
	h.top = max(0, min(h.top, h.all-h.page))
	return nil, false
}

// Lines draws the help: what can be typed beside the keys where there is room.
func (h *help) Lines(w, height int) []string {
	var rows []string
	if w >= 100 && len(h.forms) > 0 {
		rows = h.beside(w)
	} else {
		rows = h.list("Keys that work now", keyRows(h.keys), w)
		if len(h.forms) > 0 {
			rows = append(append(rows, ""), h.list("What the line understands", h.forms, w)...)
		}
	}
	lines := []string{h.desk.Header(w, "Help"), h.desk.Rule(w, "")}
	h.all, h.page = len(rows), max(1, height-len(lines)-1)
	h.top = max(0, min(h.top, h.all-h.page))
	lines = append(lines, rows[h.top:min(len(rows), h.top+h.page)]...)
	for len(lines) < height-1 {
		lines = append(lines, "")
	}
	more := ""
	if below := h.all - h.top - h.page; below > 0 {
		g := &h.desk.Theme.Glyphs
		more = " " + h.desk.Theme.Dim.Paint(g.MoreDown+" more: "+g.Down+" or space")
	}
	return append(lines, more)
}

// beside sets the keys and the forms in two columns.
func (h *help) beside(w int) []string {
	left := h.list("Keys that work now", keyRows(h.keys), w/2-2)
	right := h.list("What the line understands", h.forms, w-w/2)
	rows := make([]string, max(len(left), len(right)))
	for i := range rows {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		rows[i] = l + strings.Repeat(" ", max(0, w/2-boxoffice.Width(l))) + r
	}
	return rows
}

func (h *help) list(title string, entries [][2]string, w int) []string {
	th := h.desk.Theme
	rows := []string{" " + th.Strong.Paint(title), ""}
	width := 0
	for _, e := range entries {
		width = max(width, min(boxoffice.Width(e[0]), 22))
	}
	for _, e := range entries {
		words := screen.Wrap(h.desk.Plain(e[1]), max(10, w-width-5), 3)
		for i, line := range words {
			var p theme.Pen
			p.Gap(3)
			if i == 0 {
				p.Write(th.Strong, boxoffice.Shorten(e[0], width))
				p.Gap(width - boxoffice.Width(boxoffice.Shorten(e[0], width)))
			} else {
				p.Gap(width)
			}
			p.Gap(2)
			p.Write(th.Text, line)
			rows = append(rows, p.String())
		}
	}
	return rows
}

func keyRows(keys []key.Binding) [][2]string {
	var rows [][2]string
	for _, b := range keys {
		if b.Enabled() && b.Help().Key != "" {
			rows = append(rows, [2]string{b.Help().Key, b.Help().Desc})
		}
	}
	return rows
}

// Keys lists what works in the help.
func (h *help) Keys() []key.Binding {
	scroll := h.desk.ListKeys("", "")[1]
	scroll.SetHelp(scroll.Help().Key, "scroll")
	scroll.SetEnabled(h.all > h.page)
	return []key.Binding{h.desk.Bind("back", true, "esc"), scroll}
}

// Whole reports that help takes the whole screen.
func (h *help) Whole() bool { return true }

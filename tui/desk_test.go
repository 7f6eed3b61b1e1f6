package tui

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
	"wicket/tui/tuitest"
)

var _ screen.Office = (*boxoffice.Office)(nil)

// desk is a terminal in a test: commands run at once, time stands still.
type desk struct {
	t    testing.TB
	app  *App
	h    *screentest.House
	late bool // answers are kept back in pending
	kept []tea.Cmd
	left bool
}

// open returns a terminal of a house.
func open(t testing.TB, h *screentest.House, look theme.Look, w, height int) *desk {
	t.Helper()
	return show(t, h, h.Staff(), h.Actor(), look, w, height)
}

// openFor is a terminal of somebody.
func openFor(t testing.TB, h *screentest.House, staff boxoffice.Staff, at boxoffice.Actor) *desk {
	t.Helper()
	return show(t, h, staff, at, theme.Look{Depth: theme.Colours256}, 80, 24)
}

func show(t testing.TB, h *screentest.House, staff boxoffice.Staff, at boxoffice.Actor, look theme.Look, w, height int) *desk {
	t.Helper()
	app := New(Options{
		Office: h, Feed: h, Actor: at, Staff: staff, House: h.Settings(), Clock: h.Clock,
		Theme: theme.New(io.Discard, look),
	})
	d := &desk{t: t, app: app, h: h}
	app.after = func(time.Duration, tea.Msg) tea.Cmd { return nop } // see press
	d.run(app.Init())
	d.send(tea.WindowSizeMsg{Width: w, Height: height})
	d.send(feedMsg{})
	return d
}

func openAt(t testing.TB, w, h int) *desk {
	t.Helper()
	house := screentest.New(t)
	house.Fill(1)
	return open(t, house, theme.Look{Depth: theme.Colours256}, w, h)
}

func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	_, cmd := d.app.Update(msg)
	d.run(cmd)
	if d.late || d.app.live == nil {
		return
	}
	select {
	case <-d.app.live.Changed():
		d.send(feedMsg{})
	default:
	}
}

// run runs commands until nothing is left to answer.
func (d *desk) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil {
		return
	}
	if d.late {
		d.kept = append(d.kept, cmd)
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case tea.QuitMsg:
		d.left = true
	default:
		d.send(msg)
	}
}

// answer lets the answers that were kept back come.
func (d *desk) answer() {
	d.t.Helper()
	d.late = false
	kept := d.kept
	d.kept = nil
	for _, c := range kept {
		d.run(c)
	}
}

// press sends bytes as one read, what Bubble Tea makes of them, and lets a moment
// pass.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.read(k)
		d.send(pauseMsg(d.app.came))
	}
}

// read sends bytes as one read; no time passes behind it.
func (d *desk) read(keys string) {
	d.t.Helper()
	for _, msg := range reads(keys) {
		d.send(msg)
	}
}

var named = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "shift+right": tea.KeyShiftRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
	"ctrl+n": tea.KeyCtrlN, "ctrl+r": tea.KeyCtrlR, "ctrl+d": tea.KeyCtrlD, "ctrl+o": tea.KeyCtrlO, "ctrl+c": tea.KeyCtrlC,
	"end": tea.KeyEnd, "shift+tab": tea.KeyShiftTab, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "ctrl+v": tea.KeyCtrlV, "ctrl+x": tea.KeyCtrlX, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
}

// reads turns what one read brings into messages, as Bubble Tea does: a run of
// runes is one message, a control character one of its own.
func reads(s string) []tea.KeyMsg {
	if t, ok := named[s]; ok {
		k := tea.KeyMsg{Type: t}
		if t == tea.KeySpace {
			k.Runes = []rune{' '}
		}
		return []tea.KeyMsg{k}
	}
	var out []tea.KeyMsg
	var run []rune
	flush := func() {
		if len(run) > 0 {
			out = append(out, tea.KeyMsg{Type: tea.KeyRunes, Runes: run})
			run = nil
		}
	}
	for _, r := range s {
		switch r {
		case '\r':
			flush()
			out = append(out, tea.KeyMsg{Type: tea.KeyEnter})
		case '\t', '\n', '\x02':
			flush()
			out = append(out, tea.KeyMsg{Type: tea.KeyType(r)})
		case ' ':
			flush()
			out = append(out, tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
		default:
			run = append(run, r)
		}
	}
	flush()
	return out
}

// wait lets time pass, second by second.
func (d *desk) wait(t time.Duration) {
	for ; t > 0; t -= time.Second {
		d.h.Clock.Add(min(t, time.Second))
		d.send(tickMsg{})
	}
}

func (d *desk) text() string {
	d.t.Helper()
	return tuitest.Screen(d.t, d.app.View(), d.app.w, d.app.h).Text()
}

func (d *desk) has(want ...string) {
	d.t.Helper()
	text := d.text()
	for _, w := range want {
		if !strings.Contains(text, w) {
			d.t.Errorf("the screen does not say «%s»:\n%s", w, text)
		}
	}
}

func (d *desk) hasNot(words ...string) {
	d.t.Helper()
	text := d.text()
	for _, w := range words {
		if strings.Contains(text, w) {
			d.t.Errorf("the screen says «%s»:\n%s", w, text)
		}
	}
}

// newEmpty returns a house that plays nothing yet.
func newEmpty(t *testing.T) *screentest.House {
	t.Helper()
	h := screentest.New(t)
	h.Clear()
	return h
}

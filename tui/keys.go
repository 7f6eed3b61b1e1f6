package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// maxAhead is how many keys may be typed ahead of an answer.
const maxAhead = 512

// split takes apart what came in one read: typed runes one by one, and Esc pressed twice;
// pasted text stays one piece of one clean line.
func split(k tea.KeyMsg) []tea.KeyMsg {
	if k.Paste {
		text := boxoffice.Clean(string(k.Runes))
		if text == "" {
			return nil
		}
		return []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}}
	}
	if k.Type == tea.KeyEsc && k.Alt { // twice at once
		return []tea.KeyMsg{{Type: tea.KeyEsc}, {Type: tea.KeyEsc}}
	}
	if k.Type != tea.KeyRunes || len(k.Runes) < 2 {
		return []tea.KeyMsg{k}
	}
	out := make([]tea.KeyMsg, len(k.Runes))
	for i, r := range k.Runes {
		out[i] = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: k.Alt}
	}
	return out
}

// drain handles the keys that wait, as far as no answer has to come first.
func (a *App) drain() tea.Cmd {
	if len(a.queue) > maxAhead {
		a.queue = a.queue[:maxAhead]
	}
	a.typed = min(a.typed, len(a.queue))
	var cmds []tea.Cmd
	for len(a.queue) > 0 && !a.desk.Left() {
		k := a.queue[0]
		if k.Type != tea.KeyCtrlC && (a.w == 0 || a.screens[a.front].Busy()) {
			// The way out is open even while the store does not answer.
			if i := ctrlC(a.queue); i > 0 {
				a.queue, a.typed = a.queue[i:], 0
				continue
			}
			break
		}
		code, scanned, wait := a.scanned()
		if wait != nil {
			cmds = append(cmds, wait)
			break
		}
		if scanned {
			cmds = append(cmds, a.scan(code), a.settle())
			continue
		}
		a.queue = a.queue[1:]
		cmds = append(cmds, a.key(k), a.settle())
	}
	if len(a.queue) == 0 {
		a.queue = nil
	}
	return tea.Batch(cmds...)
}

func ctrlC(keys []tea.KeyMsg) int {
	for i, k := range keys {
		if k.Type == tea.KeyCtrlC {
			return i
		}
	}
	return -1
}

// keys lists the keys that work on every screen.
func (a *App) keys() []key.Binding {
	d := a.desk
	return []key.Binding{
		d.Bind("lock the screen", true, "f7"),
		d.Bind("let a colleague sit down here", !a.keyed(), "f8"),
		d.Bind("requests: answer them, or see yours", len(a.answerable())+len(a.mine()) > 0, "f9"),
	}
}

// key takes one key: overlay, global keys, screen.
func (a *App) key(k tea.KeyMsg) tea.Cmd {
	a.word = ""
	if a.tooSmall() {
		if k.Type == tea.KeyCtrlC {
			a.desk.Leave()
		}
		return nil
	}
	if a.cover != nil {
		return a.coverKey(k)
	}
	switch k.Type { // these stand above a dialog, and leave it as it is
	case tea.KeyF7:
		a.lock()
		return nil
	case tea.KeyF9:
		a.showRequests()
		return nil
	}
	if cmd, did := a.dismiss(k); did {
		return cmd
	}
	if k.Type != tea.KeyF1 {
		if cmd, took := a.desk.Overlays.Key(k); took {
			return cmd
		}
	}
	switch k.Type {
	case tea.KeyF1:
		if _, open := a.desk.Overlays.Top().(*help); open {
			a.desk.Overlays.Close()
		} else {
			a.desk.Overlays.Open(a.help())
		}
		return nil
	case tea.KeyF8:
		a.askWho()
		return nil
	case tea.KeyF10, tea.KeyCtrlC:
		a.desk.AskToLeave()
		return nil
	}
	return a.screens[a.front].Update(k)
}

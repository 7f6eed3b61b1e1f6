package screen

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// Choice is one answer to a dialog.
type Choice struct {
	Key   string // as Bubble Tea names it: «enter», «y», «ctrl+n»
	Shown string // as a clerk reads it: «⏎»; the Key where empty
	Words string
	// Do is what the answer does; nil for nothing. Where Stays is set the dialog
	// stays open.
	Do    func() tea.Cmd
	Stays bool
	// Reasoned is set where the answer counts only once a reason stands there.
	Reasoned bool
}

// Dialog asks one question. Esc always closes it and does nothing else.
type Dialog struct {
	Desk    *Desk
	Warning bool // it tells of something that went wrong
	Title   string
	Body    []string // sentences
	// Reason is set where the dialog takes a line of text, named by Prompt.
	Prompt string
	Reason string
	// Choices are the answers, the harmless one (Esc) not among them.
	Choices  []Choice
	Harmless string // what Esc leaves as it is: «keep the order»
	// Yields is set where typing on is an answer, too, the harmless one: a letter that
	// is no other closes the dialog and goes into the line.
	Yields bool
	Closed func() // is called when the dialog closes, whatever the answer

	missed bool // an answer came that needs a reason, and there was none
}

// Update takes a key.
func (d *Dialog) Update(msg tea.Msg) (tea.Cmd, bool) {
	cmd, done := d.answer(msg)
	if done && d.Closed != nil {
		d.Closed()
	}
	return cmd, done
}

func (d *Dialog) answer(msg tea.Msg) (tea.Cmd, bool) {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, false
	}
	name := k.String()
	if name == "esc" || name == "ctrl+c" {
		return nil, true
	}
	for _, c := range d.Choices {
		if c.Key == name {
			if c.Reasoned && boxoffice.Clean(d.Reason) == "" {
				d.missed = true
				return nil, false
			}
			if c.Do == nil {
				return nil, !c.Stays
			}
			return c.Do(), !c.Stays
		}
	}
	if d.Prompt == "" {
		return nil, false
	}
	switch k.Type {
	case tea.KeyRunes, tea.KeySpace:
		if len(d.Reason) < 200 && !k.Alt {
			d.Reason += string(k.Runes)
			d.missed = false
		}
	case tea.KeyBackspace:
		if r := []rune(d.Reason); len(r) > 0 {
			d.Reason = string(r[:len(r)-1])
		}
	case tea.KeyCtrlU:
		d.Reason = ""
	}
	return nil, false
}

// yield reports whether the dialog gives way to a key, which is the screen's then.
func (d *Dialog) yield(k tea.KeyMsg) bool {
	if !d.Yields || d.Prompt != "" || k.Type != tea.KeyRunes || k.Alt {
		return false
	}
	for _, c := range d.Choices {
		if c.Key == k.String() {
			return false
		}
	}
	if d.Closed != nil {
		d.Closed()
	}
	return true
}

// Lines draws the dialog.
func (d *Dialog) Lines(w, h int) []string {
	th := d.Desk.Theme
	ink := th.Strong
	if d.Warning {
		ink = th.Warn
	}
	var lines []string
	title := Wrap(d.Desk.Plain(boxoffice.Clean(d.Title)), w-4, 3)
	for i, l := range title {
		mark := "  "
		if d.Warning && i == 0 {
			mark = th.Glyphs.Warn + " "
		}
		lines = append(lines, " "+ink.Paint(mark+l))
	}
	for _, s := range d.Body {
		for _, l := range Wrap(d.Desk.Plain(boxoffice.Clean(s)), w-4, 6) {
			lines = append(lines, "   "+l)
		}
	}
	if d.Prompt != "" {
		lines = append(lines, "   "+th.Dim.Paint(d.Prompt)+" "+th.Accent.Paint(th.Glyphs.Prompt)+" "+
			boxoffice.Shorten(boxoffice.Clean(d.Reason), max(1, w-10-boxoffice.Width(d.Prompt)))+th.Cursor.Paint(" ")+d.missing())
	}
	room := max(1, h-1)
	if len(lines) > room {
		lines = lines[:room]
	}
	return append(lines, d.choices(w))
}

// missing says that a reason is needed, once an answer came without.
func (d *Dialog) missing() string {
	if !d.missed {
		return ""
	}
	th, words := d.Desk.Theme, "say why first"
	if d.Prompt != "why" {
		words = "write something first"
	}
	return "  " + th.Error.Paint(th.Glyphs.Error) + " " + th.Strong.Paint(words)
}

func (d *Dialog) choices(w int) string {
	th := d.Desk.Theme
	var p theme.Pen
	p.Gap(3)
	used := 3
	write := func(shown, words string, ink theme.SGR) {
		n := boxoffice.Width(shown) + 1 + boxoffice.Width(words)
		gap := 3
		if used == 3 {
			gap = 0
		}
		if used+gap+n > w {
			words = boxoffice.Shorten(words, max(0, w-used-gap-boxoffice.Width(shown)-1))
			n = boxoffice.Width(shown) + 1 + boxoffice.Width(words)
			if words == "" {
				return
			}
		}
		p.Gap(gap)
		p.Write(ink, shown)
		p.Gap(1)
		p.Write(th.Text, words)
		used += gap + n
	}
	for _, c := range d.Choices {
		write(c.shown(th), boxoffice.Clean(c.Words), th.Accent)
	}
	harmless := d.Harmless
	if harmless == "" {
		harmless = "back"
	}
	write("esc", harmless, th.Strong)
	return p.String()
}

func (c Choice) shown(th *theme.Theme) string {
	if c.Shown != "" {
		return c.Shown
	}
	return KeyName(th, c.Key)
}

// Keys lists the answers.
func (d *Dialog) Keys() []key.Binding {
	var keys []key.Binding
	for _, c := range d.Choices {
		keys = append(keys, key.NewBinding(key.WithKeys(c.Key), key.WithHelp(c.shown(d.Desk.Theme), c.Words)))
	}
	return append(keys, key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")))
}

// Whole reports that a dialog is a band at the screen's foot.
func (d *Dialog) Whole() bool { return false }

// KeyName writes a key as hints show it: «⏎», «^N», «F1».
func KeyName(th *theme.Theme, name string) string {
	switch {
	case name == "enter":
		return th.Glyphs.Enter
	case name == "tab":
		return th.Glyphs.Tab
	case strings.HasPrefix(name, "ctrl+"):
		return "^" + strings.ToUpper(strings.TrimPrefix(name, "ctrl+"))
	case len(name) <= 3 && strings.HasPrefix(name, "f") && len(name) > 1:
		return strings.ToUpper(name)
	}
	return name
}

// Bind returns a binding that shows as hints do.
func (d *Desk) Bind(words string, on bool, keys ...string) key.Binding {
	b := key.NewBinding(key.WithKeys(keys...), key.WithHelp(KeyName(d.Theme, keys[0]), words))
	b.SetEnabled(on)
	return b
}

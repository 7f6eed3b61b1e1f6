package signin

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// Check returns the person with this name if the PIN is theirs: Office.SignIn, or
// what is done by that person's leave.
type Check func(ctx context.Context, name, pin string) (boxoffice.Staff, error)

// Options is what a form asks. Theme, Check and Do are needed.
type Options struct {
	Theme *theme.Theme
	Clock boxoffice.Clock
	// People are who can be chosen; who is not active is left out. Where Only is set
	// there is one, who is not listed: only their PIN is asked for.
	People []boxoffice.Staff
	Only   bool
	Empty  string // stands where there is nobody to choose
	Ask    string // the question above the list; «Who is there?» where empty
	Enter  string // what the right PIN does: «sign in»
	Leave  string // what Esc does before anybody was chosen: «leave»
	Check  Check
	// Do runs a check beside the screen: [screen.Desk.Do].
	Do func(func(context.Context) tea.Msg) tea.Cmd
}

// Form lets a person choose their name and type their PIN.
type Form struct {
	o     Options
	staff []boxoffice.Staff
	list  screen.List
	who   *boxoffice.Staff // chosen, and to type a PIN
	pin   *widget.Line
	busy  bool
	err   error

	in   boxoffice.Staff
	done bool
}

// New returns a form.
func New(o Options) *Form {
	if o.Clock == nil {
		o.Clock = boxoffice.SystemClock{}
	}
	if o.Ask == "" {
		o.Ask = "Who is there?"
	}
	if o.Empty == "" {
		o.Empty = "Nobody works here yet."
	}
	f := &Form{o: o, pin: widget.NewLine(o.Theme)}
	f.list.Table = widget.NewTable(o.Theme, widget.Column{Width: 20, Grow: 1}, widget.Column{Width: 12, Ink: o.Theme.Dim, Leave: 1})
	f.list.Empty = o.Empty
	var rows []widget.Row
	for _, p := range o.People {
		if p.Active {
			f.staff = append(f.staff, p)
			rows = append(rows, widget.Row{Key: rowKey(p), Cells: []string{boxoffice.Clean(p.Name), boxoffice.Clean(string(p.Role))}})
		}
	}
	f.list.SetRows(rows)
	if o.Only && len(f.staff) == 1 {
		f.who = &f.staff[0]
	}
	return f
}

func rowKey(p boxoffice.Staff) string { return strconv.FormatInt(int64(p.ID), 10) }

// Staff returns who proved to be there; false where nobody did.
func (f *Form) Staff() (boxoffice.Staff, bool) { return f.in, f.done }

// Locked returns how long nobody is let in yet, 0 where a PIN can be tried.
func (f *Form) Locked() time.Duration {
	var locked *boxoffice.LockedOutError
	if !errors.As(f.err, &locked) {
		return 0
	}
	return max(0, locked.Until.Sub(f.o.Clock.Now()))
}

// checkedMsg is what came of a try.
type checkedMsg struct {
	of    *Form
	staff boxoffice.Staff
	err   error
}

// Update takes a key or the answer to a try; done closes the form.
func (f *Form) Update(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case checkedMsg:
		if msg.of != f {
			return nil, false
		}
		f.busy = false
		f.pin.Set("")
		if f.err = msg.err; f.err != nil {
			return nil, false
		}
		f.in, f.done = msg.staff, true
		return nil, true
	case tea.KeyMsg:
		if f.busy {
			return nil, false
		}
		if f.Locked() == 0 {
			f.err = nil
		}
		if msg.Type == tea.KeyCtrlC {
			msg = tea.KeyMsg{Type: tea.KeyEsc}
		}
		if f.who != nil {
			return f.pinKey(msg)
		}
		return f.listKey(msg)
	}
	return nil, false
}

func (f *Form) listKey(k tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if k.Type == tea.KeyEnter {
		return f.choose(), false
	}
	return nil, !f.list.Key(k) && k.Type == tea.KeyEsc
}

func (f *Form) choose() tea.Cmd {
	if _, err := boxoffice.SpellBarcode(f.list.Typed()); err == nil {
		f.list.Type("") // somebody scanned a ticket
		return nil
	}
	row, ok := f.list.Selected()
	if !ok {
		return nil
	}
	for i := range f.staff {
		if rowKey(f.staff[i]) == row.Key {
			f.who = &f.staff[i]
		}
	}
	if f.who != nil && f.who.PIN == "" {
		return f.try()
	}
	return nil
}

func (f *Form) pinKey(k tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch k.Type {
	case tea.KeyEsc:
		f.pin.Set("")
		if f.o.Only {
			return nil, true
		}
		f.who, f.err = nil, nil
	case tea.KeyEnter:
		return f.try(), false
	case tea.KeyUp, tea.KeyDown: // a line's history has no place here
	default:
		screen.Edit(f.pin, k)
	}
	return nil, false
}

func (f *Form) try() tea.Cmd {
	if _, err := boxoffice.SpellBarcode(f.pin.Value()); err == nil {
		f.pin.Set("")
		f.err = &boxoffice.InvalidError{Words: "that is a ticket's barcode, not a PIN"}
		return nil
	}
	f.busy, f.err = true, nil
	check, name, pin := f.o.Check, f.who.Name, f.pin.Value()
	return f.o.Do(func(ctx context.Context) tea.Msg {
		staff, err := check(ctx, name, pin)
		return checkedMsg{f, staff, err}
	})
}

// Lines draws the people, or the PIN of the one chosen: at most h lines of at most
// w cells.
func (f *Form) Lines(w, h int) []string {
	th := f.o.Theme
	if f.who == nil {
		lines := []string{"  " + th.Dim.Paint(boxoffice.Shorten(f.o.Ask, w-4)), ""}
		for _, l := range strings.Split(f.list.View(min(w-2, 50), max(1, h-len(lines)-2)), "\n") {
			lines = append(lines, " "+l)
		}
		return append(lines, "", "  "+th.Accent.Paint(th.Glyphs.Prompt)+" "+boxoffice.Shorten(boxoffice.Clean(f.list.Typed()), w-8)+th.Cursor.Paint(" "))
	}
	lines := []string{"  " + boxoffice.Shorten(boxoffice.Clean(f.who.Name), w-4), ""}
	if f.who.PIN == "" {
		lines = append(lines, "  "+th.Dim.Paint("No PIN is set: "+th.Glyphs.Enter+" is enough."), "")
	} else {
		hidden := strings.Repeat("*", min(len([]rune(f.pin.Value())), w-11)) + th.Cursor.Paint(" ")
		lines = append(lines, "  "+th.Dim.Paint("PIN ")+th.Accent.Paint(th.Glyphs.Prompt)+" "+hidden, "")
	}
	switch said := f.said(); {
	case f.busy:
		lines = append(lines, "  "+th.Dim.Paint("Looking."))
	case said != "":
		for _, l := range screen.Wrap(th.Glyphs.Error+" "+said, w-4, 3) {
			lines = append(lines, "  "+th.Error.Paint(l))
		}
	}
	return lines
}

// said is what went wrong with the last try.
func (f *Form) said() string {
	var locked *boxoffice.LockedOutError
	switch {
	case f.err == nil:
		return ""
	case !errors.As(f.err, &locked):
		return screen.Explain(f.err)
	case f.Locked() == 0:
		return ""
	}
	return "Too many wrong PINs: wait " + boxoffice.Countdown(f.Locked()) + ", then try again."
}

// Keys lists what works in the form.
func (f *Form) Keys() []key.Binding {
	bind := func(words string, on bool, keys ...string) key.Binding {
		b := key.NewBinding(key.WithKeys(keys...), key.WithHelp(screen.KeyName(f.o.Theme, keys[0]), words))
		b.SetEnabled(on)
		return b
	}
	matching, _ := f.list.Len()
	switch {
	case f.who == nil:
		return []key.Binding{bind("that is me", matching > 0, "enter"), bind(f.o.Leave, f.o.Leave != "", "esc")}
	case f.o.Only:
		return []key.Binding{bind(f.o.Enter, f.Locked() == 0, "enter"), bind(f.o.Leave, f.o.Leave != "", "esc")}
	}
	return []key.Binding{bind(f.o.Enter, f.Locked() == 0, "enter"), bind("somebody else", true, "esc")}
}

// Whole reports that the form takes the whole screen.
func (f *Form) Whole() bool { return true }

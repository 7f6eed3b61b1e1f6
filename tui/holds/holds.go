package holds

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/widget"
	"wicket/tui/words"
)

// Holds is the list of named holds and parked baskets.
type Holds struct {
	desk   *screen.Desk
	list   screen.List
	named  []boxoffice.NamedView
	parked []boxoffice.ParkedView
	front  bool // it was entered and shows what is read
	known  bool // the list was read since, or could not be
	busy   bool
	// dropped is the row of what the person gave back, which goes from the list.
	dropped string
	note    string
	bad     bool
}

// New returns the screen, empty until it is entered.
func New(desk *screen.Desk) *Holds {
	h := &Holds{desk: desk, list: screen.List{Table: widget.NewTable(desk.Theme,
		widget.Column{Title: "", Width: 6, Ink: desk.Theme.Dim},
		widget.Column{Title: "For", Width: 14, Grow: 2},
		widget.Column{Title: "What", Width: 20, Grow: 3},
		widget.Column{Title: "Kept by", Width: 9, Leave: 1, Ink: desk.Theme.Dim},
		widget.Column{Title: "Total", Width: 9, Align: widget.Right},
		widget.Column{Title: "Until", Width: 16},
	)}}
	h.list.Empty = desk.Plain("Nothing is held or parked. «hold NAME» and «park» at the counter put it here.")
	return h
}

type readMsg struct {
	named  []boxoffice.NamedView
	parked []boxoffice.ParkedView
	err    error
}

type doneMsg struct {
	err  error
	said string
	back bool // to the counter, with the basket
}

// Enter brings the screen to the front, the cursor on top. About may be a name to filter
// by; what was typed for the customer before is of no use to the next.
func (h *Holds) Enter(about any) tea.Cmd {
	h.front, h.known, h.note = true, false, ""
	name, _ := about.(string)
	h.list.Type(boxoffice.Clean(name))
	return h.read()
}

// Busy reports whether the next key depends on an answer that is still out.
func (h *Holds) Busy() bool { return h.busy || !h.known }

func (h *Holds) read() tea.Cmd {
	office := h.desk.Office
	return h.desk.Do(func(ctx context.Context) tea.Msg {
		var m readMsg
		if m.named, m.err = office.Named(ctx); m.err == nil {
			m.parked, m.err = office.Parked(ctx, 0)
		}
		return m
	})
}

// Update takes one message.
func (h *Holds) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		h.note = ""
		return h.key(msg)
	case screen.ScanMsg:
		h.front = false
		h.desk.Go(screen.Orders, msg)
	case readMsg:
		entered := !h.known
		h.known = true
		if msg.err != nil {
			h.desk.Flush()
			h.note, h.bad = screen.Explain(msg.err), true
			return nil
		}
		h.named, h.parked = msg.named, msg.parked
		h.fill(entered)
	case doneMsg:
		h.busy = false
		if msg.err != nil {
			h.desk.Flush()
			h.note, h.bad = screen.Explain(msg.err), true
			return h.read()
		}
		h.note, h.bad = msg.said, false
		if msg.back {
			h.front = false
			h.desk.Go(screen.Counter, nil)
			return nil
		}
		return h.read()
	case screen.NewsMsg:
		if h.front && (msg.Resync || touches(msg.Entries)) {
			return h.read()
		}
	}
	return nil
}

// touches reports whether what happened changes the list.
func touches(entries []boxoffice.Entry) bool {
	for _, e := range entries {
		switch e.Verb {
		case boxoffice.VerbName, boxoffice.VerbPickUp, boxoffice.VerbPark, boxoffice.VerbResume,
			boxoffice.VerbHandOver, boxoffice.VerbRelease, boxoffice.VerbLapse:
			return true
		}
	}
	return false
}

// fill shows what was read. Where somebody saw the list already, what was under the cursor
// must not become something else.
func (h *Holds) fill(entered bool) {
	d := h.desk
	var rows []widget.Row
	for _, n := range h.named {
		rows = append(rows, widget.Row{Key: "n" + strconv.FormatInt(int64(n.Hold.ID), 10), Cells: []string{
			"held", boxoffice.Clean(n.Customer.Name), words.Lines(n.Lines), boxoffice.Clean(n.Hold.StaffName), d.Money(total(n.Lines)), d.When(n.Hold.ExpiresAt),
		}})
	}
	for _, p := range h.parked {
		label := cmp.Or(p.View.ForName, "no label")
		until := "lapsed"
		if !p.View.Empty() {
			until = d.When(p.View.Hold.ExpiresAt)
		}
		lines := p.View.Lines
		if len(lines) == 0 {
			lines = p.View.Lost
		}
		rows = append(rows, widget.Row{Key: "p" + strconv.FormatInt(int64(p.View.Basket.ID), 10), Cells: []string{
			"parked", boxoffice.Clean(label), words.Lines(lines), boxoffice.Clean(p.Owner), d.Money(p.View.Total), until,
		}})
	}
	was, _ := h.list.Selected()
	gone := h.list.SetRows(rows)
	if entered {
		h.list.First()
		return
	}
	if !gone || was.Key == h.dropped {
		return
	}
	// Enter takes what it is on at once: it must not be another than the person saw.
	h.list.Lose()
	if !h.bad || h.note == "" {
		h.note, h.bad = "«"+boxoffice.Shorten(was.Cells[1], 40)+"» has just gone from the list. Choose again.", true
	}
}

func total(lines []boxoffice.BasketLine) boxoffice.Money {
	var sum boxoffice.Money
	for _, l := range lines {
		sum += l.Amount
	}
	return sum
}

func (h *Holds) key(k tea.KeyMsg) tea.Cmd {
	switch k.String() {
	case "enter":
		return h.take()
	case "ctrl+d", "delete":
		h.askDrop()
	case "f3":
		h.front = false
		h.desk.Go(screen.Orders, nil)
	default:
		if !h.list.Key(k) && k.Type == tea.KeyEsc {
			h.front = false
			h.desk.Go(screen.Counter, nil)
		}
	}
	return nil
}

// selected returns the hold or the parked basket under the cursor.
func (h *Holds) selected() (boxoffice.HoldID, boxoffice.BasketID) {
	row, ok := h.list.Selected()
	if !ok {
		return 0, 0
	}
	id, _ := strconv.ParseInt(row.Key[1:], 10, 64)
	if row.Key[0] == 'n' {
		return boxoffice.HoldID(id), 0
	}
	return 0, boxoffice.BasketID(id)
}

func (h *Holds) take() tea.Cmd {
	office, by := h.desk.Office, h.desk.Actor
	hold, basket := h.selected()
	switch {
	case hold != 0:
		return h.do("Picked up.", true, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.PickUp(ctx, cmd, by, hold)
		})
	case basket != 0:
		return h.do("In hand again.", true, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Resume(ctx, cmd, by, basket)
		})
	}
	return nil
}

// askDrop asks before it gives a named hold's places back.
func (h *Holds) askDrop() {
	hold, _ := h.selected()
	if hold == 0 {
		return
	}
	var v boxoffice.NamedView
	for _, n := range h.named {
		if n.Hold.ID == hold {
			v = n
		}
	}
	office, by := h.desk.Office, h.desk.Actor
	dialog := &screen.Dialog{
		Desk: h.desk, Warning: true, Prompt: "why", Harmless: "keep it",
		Title: fmt.Sprintf("Give back what is held for %s? %s", boxoffice.Clean(v.Customer.Name), words.Lines(v.Lines)),
	}
	row, _ := h.list.Selected()
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: "give it back", Do: func() tea.Cmd {
		h.dropped = row.Key
		return h.do("Given back.", false, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.DropNamed(ctx, cmd, by, hold, boxoffice.Clean(dialog.Reason))
		})
	}}}
	h.desk.Overlays.Open(dialog)
}

func (h *Holds) do(said string, back bool, fn func(context.Context, boxoffice.CommandID) error) tea.Cmd {
	cmd := boxoffice.NewCommandID()
	h.busy = true
	return h.desk.Do(func(ctx context.Context) tea.Msg { return doneMsg{fn(ctx, cmd), said, back} })
}

// Keys lists the keys; those that do nothing now are disabled.
func (h *Holds) Keys() []key.Binding {
	d := h.desk
	hold, basket := h.selected()
	enter, esc := "pick it up", "back to the counter"
	if h.list.Typed() != "" {
		esc = "all of them"
	}
	if basket != 0 {
		enter = "take it in hand"
	}
	return append([]key.Binding{d.Bind(enter, hold != 0 || basket != 0, "enter"), d.Bind("give it back", hold != 0, "ctrl+d")},
		append(d.ListKeys("", esc)[1:], d.Bind("help", true, "f1"), d.Bind("orders", true, "f3"))...)
}

// View draws the list.
func (h *Holds) View(w, height int) string {
	lines := h.desk.ListLines(w, height-2, "Holds and parked baskets", &h.list)
	last := lines[len(lines)-1]
	lines = append(lines[:len(lines)-1], h.desk.Note(w, h.note, h.bad), last, h.desk.Hints(w, h.Keys()))
	return screen.Fit(lines, height)
}

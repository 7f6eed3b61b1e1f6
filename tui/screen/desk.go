package screen

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// answerTime bounds how long a screen waits for the office.
const answerTime = 15 * time.Second

// Desk is where one person works: who, where, with what in reach. All screens of
// a terminal share it.
type Desk struct {
	Office Office
	Live   boxoffice.Subscription
	Actor  boxoffice.Actor
	Staff  boxoffice.Staff
	House  boxoffice.House
	Zone   *time.Location
	Theme  *theme.Theme
	Clock  boxoffice.Clock
	Log    *slog.Logger
	// State says in a few words what is wrong with the store, empty if nothing is.
	State func() string
	// Shelf is shared with the other desks of this process; one of its own where nil.
	Shelf *Shelf

	// Permissions is who may do what, as it was last read.
	Permissions boxoffice.Permissions

	Overlays Overlays

	ctx     context.Context
	shown   map[Name][]boxoffice.PerformanceID
	sat     int // counts who sat down here
	flush   bool
	next    Name
	about   any
	leave   bool
	wishes  []Wish
	request boxoffice.ApprovalID
	notices []string
	asking  *Refusal
}

// Open makes a desk ready: whatever is missing gets a harmless default.
func (d *Desk) Open() {
	if d.Theme == nil {
		d.Theme = theme.New(io.Discard, theme.Look{})
	}
	if d.Clock == nil {
		d.Clock = boxoffice.SystemClock{}
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Zone == nil {
		d.Zone = d.House.Location()
	}
	if d.Shelf == nil {
		d.Shelf = &Shelf{}
	}
	if d.State == nil {
		d.State = func() string { return "" }
	}
	if d.ctx == nil {
		d.ctx = context.Background()
	}
	d.Overlays.clock = d.Clock
}

// Show says which performances a screen has in sight. The feed keeps the pictures of
// what all screens show in step.
func (d *Desk) Show(on Name, performances ...boxoffice.PerformanceID) {
	if d.Live == nil || slices.Equal(d.shown[on], performances) {
		return
	}
	if d.shown == nil {
		d.shown = map[Name][]boxoffice.PerformanceID{}
	}
	d.shown[on] = performances
	var all []boxoffice.PerformanceID
	for _, shown := range d.shown {
		all = append(all, shown...)
	}
	slices.Sort(all)
	d.Live.Show(slices.Compact(all)...)
}

// Within bounds everything asked from the desk by ctx, too.
func (d *Desk) Within(ctx context.Context) { d.ctx = ctx }

// Now returns the present instant.
func (d *Desk) Now() time.Time { return d.Clock.Now() }

// Do runs fn beside the screen, with a time limit; what it returns comes back as
// a message to who asked: see [Desk.Mine].
func (d *Desk) Do(fn func(ctx context.Context) tea.Msg) tea.Cmd {
	parent, sat := d.ctx, d.sat
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, answerTime)
		defer cancel()
		if msg := fn(ctx); msg != nil {
			return answerMsg{sat, msg}
		}
		return nil
	}
}

// answerMsg is an answer with who it is for.
type answerMsg struct {
	sat int
	msg tea.Msg
}

// Mine returns a message as it was meant: the answer in it, where it is one; nil for
// an answer to somebody who sat here before.
func (d *Desk) Mine(msg tea.Msg) tea.Msg {
	a, ok := msg.(answerMsg)
	switch {
	case !ok:
		return msg
	case a.sat != d.sat:
		return nil
	}
	return a.msg
}

// Sit gives the desk to somebody. What the person before had asked for is answered to
// nobody, and nothing of theirs stands open.
func (d *Desk) Sit(staff boxoffice.Staff) {
	d.Staff, d.Actor.Staff = staff, staff.ID
	d.sat++
	d.flush, d.next, d.about, d.wishes, d.asking = false, "", nil, nil, nil
	d.request, d.notices = 0, nil
	d.Overlays.stack = nil
}

// May reports whether the person at the desk may do p, as far as is known: the office
// decides.
func (d *Desk) May(p boxoffice.Permission) bool { return d.Permissions.Check(d.Staff, p) == nil }

// Flush drops the keys that were typed ahead of an answer: it is not the one they
// were meant for.
func (d *Desk) Flush() { d.flush = true }

// Flushed reports whether keys are to be dropped, and takes the wish back.
func (d *Desk) Flushed() bool {
	f := d.flush
	d.flush = false
	return f
}

// Go brings another screen to the front once this message is done with.
func (d *Desk) Go(to Name, about any) { d.next, d.about = to, about }

// Next returns where to go, and takes the wish back.
func (d *Desk) Next() (to Name, about any) {
	to, about = d.next, d.about
	d.next, d.about = "", nil
	return to, about
}

// Leave ends the program once this message is done with.
func (d *Desk) Leave() { d.leave = true }

// Left reports whether the program is to end.
func (d *Desk) Left() bool { return d.leave }

// Trouble says in a few words what is wrong with the store or the feed, empty if
// nothing is.
func (d *Desk) Trouble() string {
	if words := d.State(); words != "" {
		return boxoffice.Clean(words)
	}
	if d.Live != nil && d.Live.Err() != nil {
		return "not in step"
	}
	return ""
}

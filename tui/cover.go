package tui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/counter"
	"wicket/tui/screen"
	"wicket/tui/signin"
)

// usualLock is how long nobody has to press a key until a screen locks.
const usualLock = 10 * time.Minute

// cover hides a screen until its person is there again. What happens goes on below
// it.
type cover struct {
	own   *signin.Form // the person's own PIN
	other *signin.Form // nil unless somebody else is to sit down
}

// lock covers the screen. Nothing of the basket is given back by it.
func (a *App) lock() {
	if a.cover != nil {
		return
	}
	a.queue, a.typed = nil, 0
	a.cover = &cover{own: a.ownPIN()}
}

func (a *App) ownPIN() *signin.Form {
	me := a.desk.Staff
	me.Active = true
	return signin.New(signin.Options{
		Theme: a.desk.Theme, Clock: a.desk.Clock, People: []boxoffice.Staff{me}, Only: true, Enter: "unlock", Check: a.check(), Do: a.desk.Do,
	})
}

// coverKey gives a key to the lock. Esc leaves the PIN, not the terminal.
func (a *App) coverKey(k tea.KeyMsg) tea.Cmd {
	if a.cover.other == nil && k.Type == tea.KeyTab && !a.keyed() {
		a.cover.other = a.who("back")
		return nil
	}
	return a.tellCover(k)
}

// tellCover gives a message to the lock, and takes it away once it is open.
func (a *App) tellCover(msg tea.Msg) tea.Cmd {
	if a.cover == nil {
		return nil
	}
	form, own := a.cover.own, true
	if a.cover.other != nil {
		form, own = a.cover.other, false
	}
	cmd, done := form.Update(msg)
	if !done {
		return cmd
	}
	staff, in := form.Staff()
	switch {
	case !in && own:
		a.cover.own = a.ownPIN()
	case !in:
		a.cover.other = nil
	case staff.ID == a.desk.Staff.ID:
		a.cover = nil
		a.desk.Staff = staff
	default:
		return tea.Batch(cmd, a.sit(staff))
	}
	return cmd
}

// drawCover draws the lock: the house, who is locked, the clock, what time the basket
// has left. Nothing of what is below shows.
func (a *App) drawCover() string {
	d, th := a.desk, a.desk.Theme
	clock := d.TimeOf(d.Now())
	house := boxoffice.Shorten(boxoffice.Clean(d.House.Name), a.w-10)
	lines := []string{"", "  " + th.Strong.Paint(house) + strings.Repeat(" ", max(1, a.w-4-boxoffice.Width(house)-len(clock))) + clock, ""}
	if a.cover.other != nil {
		lines = append(lines, a.cover.other.Lines(a.w, a.h-len(lines)-2)...)
		return a.withFoot(lines, a.cover.other)
	}
	at := ""
	if d.Actor.Terminal != "" {
		at = " at " + boxoffice.Clean(d.Actor.Terminal)
	}
	lines = append(lines, "  "+th.Dim.Paint(boxoffice.Shorten("Locked"+at+".", a.w-4)), "")
	lines = append(lines, a.cover.own.Lines(a.w, a.h-len(lines)-6)...)
	lines = append(lines, "")
	if c, ok := a.screens[screen.Counter].(*counter.Counter); ok {
		if left := c.Left(); left > 0 {
			lines = append(lines, "  "+th.Dim.Paint("The basket is kept for "+boxoffice.Countdown(left)+" more."))
		}
	}
	if said := a.unseen(); said != "" {
		lines = append(lines, "  "+th.Accent.Paint(said))
	}
	return a.withFoot(lines, a.cover.own)
}

// withFoot puts the keys of a form, and the one for somebody else, at the foot.
func (a *App) withFoot(lines []string, form *signin.Form) string {
	keys := form.Keys()
	if a.cover.other == nil && !a.keyed() {
		keys = append(keys, a.desk.Bind("somebody else", true, "tab"))
	}
	return screen.Fit(lines, a.h-1) + "\n" + a.desk.Hints(a.w, keys)
}

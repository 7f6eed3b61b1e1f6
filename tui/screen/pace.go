package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Pace has something that news ask for done at once, but no sooner than Apart after the
// last time. The zero value has all done at once.
type Pace struct {
	Apart time.Duration
	last  time.Time
	waits bool
}

// Did notes that it was done.
func (p *Pace) Did(now time.Time) { p.last = now }

// Now reports whether it is to be done now. Otherwise the command brings rested when it is,
// unless that is on its way already. Whoever gets it calls Rested.
func (p *Pace) Now(now time.Time, rested tea.Msg) (bool, tea.Cmd) {
	rest := p.Apart - now.Sub(p.last)
	switch {
	case p.waits:
		return false, nil
	case rest <= 0 || rest > p.Apart: // the clock may have been set back
		return true, nil
	}
	p.waits = true
	return false, tea.Tick(rest, func(time.Time) tea.Msg { return rested })
}

// Rested notes that what Now brings has come.
func (p *Pace) Rested() { p.waits = false }

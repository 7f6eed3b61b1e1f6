package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// Wish is what a screen asks of the whole terminal.
type Wish uint8

// The wishes.
const (
	ForHelp     Wish = iota // the keys that work now
	ForLock                 // cover the screen until a PIN is typed
	ForSwitch               // let somebody else sit down here
	ForRequests             // what waits for somebody's leave
)

// Wish asks the program for something that is not the screen's to do.
func (d *Desk) Wish(w Wish) { d.wishes = append(d.wishes, w) }

// Wishes returns what was asked for, and takes it back.
func (d *Desk) Wishes() []Wish {
	w := d.wishes
	d.wishes = nil
	return w
}

// AnswerTo asks the program to let the person answer a request.
func (d *Desk) AnswerTo(id boxoffice.ApprovalID) {
	d.request = id
	d.Wish(ForRequests)
}

// Request returns the request that is to be answered, zero for any, and takes it back.
func (d *Desk) Request() boxoffice.ApprovalID {
	id := d.request
	d.request = 0
	return id
}

// Notice asks the program to tell something above whatever screen is in front.
func (d *Desk) Notice(words string) { d.notices = append(d.notices, words) }

// Notices returns what is to be told, and takes it back.
func (d *Desk) Notices() []string {
	n := d.notices
	d.notices = nil
	return n
}

// AskToLeave asks before it ends the program.
func (d *Desk) AskToLeave() {
	d.Overlays.Open(&Dialog{
		Desk: d, Title: "Leave Wicket? The basket stays where it is.", Harmless: "stay",
		Choices: []Choice{{Key: "y", Words: "leave", Do: func() tea.Cmd {
			d.Leave()
			return nil
		}}},
	})
}

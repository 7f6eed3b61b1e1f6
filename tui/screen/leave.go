package screen

import tea "github.com/charmbracelet/bubbletea"

// Help asks for the keys that work now; the program draws them.
func (d *Desk) Help() { d.help = true }

// Helped reports whether help was asked for, and takes the wish back.
func (d *Desk) Helped() bool {
	h := d.help
	d.help = false
	return h
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

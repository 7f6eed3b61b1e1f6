package screen

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// Screen is one thing a terminal shows.
type Screen interface {
	// Enter is called each time the screen comes to the front, with what it is to
	// show: nil for whatever it showed last.
	Enter(about any) tea.Cmd
	// Update takes one message: a key, a scan, a tick, news, or an answer to what the
	// screen asked for. It does no input or output.
	Update(msg tea.Msg) tea.Cmd
	// View draws exactly h lines of at most w cells.
	View(w, h int) string
	// Keys lists the keys; those that do nothing now are disabled.
	Keys() []key.Binding
	// Busy reports whether the next key depends on an answer that is still out.
	Busy() bool
}

// Name names a screen to go to.
type Name string

// The screens.
const (
	Counter Name = "counter"
	Orders  Name = "orders"
	Holds   Name = "holds"
	Live    Name = "live"
)

// TickMsg comes once a second, for what shows the time.
type TickMsg struct{}

// ScanMsg is a ticket's barcode that was scanned, as it came. Whether it is one of
// this house, or one at all, has not been looked at.
type ScanMsg struct{ Code string }

// NewsMsg says that something changed. Pictures are to be looked at again.
type NewsMsg struct {
	Entries []boxoffice.Entry
	// Resync is set where news may be missing: look at everything again.
	Resync bool
	// Hidden is set where another screen is in front: pictures can wait until this one
	// is entered.
	Hidden bool
}

package screen

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// Grace is how long the keyboard must be quiet before a dialog that opened by
// itself listens: a key meant for the screen must not answer the dialog.
const (
	Grace    = 425 * time.Millisecond
	MaxGrace = 1500 * time.Millisecond
)

// Overlay stands in front of a screen and gets the keys first.
type Overlay interface {
	// Update takes a key or an answer; done closes the overlay.
	Update(msg tea.Msg) (cmd tea.Cmd, done bool)
	// Lines draws the overlay: at most h lines of at most w cells.
	Lines(w, h int) []string
	// Keys lists the keys that work in it.
	Keys() []key.Binding
	// Whole reports whether it takes the whole screen, or a band at its foot.
	Whole() bool
}

// Overlays is the stack of what stands in front of a screen.
type Overlays struct {
	clock boxoffice.Clock
	stack []standing
}

type standing struct {
	overlay Overlay
	deaf    bool      // it opened by itself and the keyboard was not quiet since
	opened  time.Time // when it opened
	typed   time.Time // when a key last came
}

// Open puts an overlay in front, because a key asked for it.
func (o *Overlays) Open(overlay Overlay) { o.stack = append(o.stack, standing{overlay: overlay}) }

// Intrude puts an overlay in front that nobody asked for. It hears no key until
// the keyboard was quiet.
func (o *Overlays) Intrude(overlay Overlay) {
	now := o.clock.Now()
	o.stack = append(o.stack, standing{overlay: overlay, deaf: true, opened: now, typed: now})
}

// Top returns the overlay in front, nil if there is none.
func (o *Overlays) Top() Overlay {
	if len(o.stack) == 0 {
		return nil
	}
	return o.stack[len(o.stack)-1].overlay
}

// Close takes away the overlay in front.
func (o *Overlays) Close() {
	if n := len(o.stack); n > 0 {
		o.stack = o.stack[:n-1]
	}
}

// Key gives a key to the overlay in front; false if there is none.
func (o *Overlays) Key(msg tea.KeyMsg) (tea.Cmd, bool) {
	if len(o.stack) == 0 {
		return nil, false
	}
	top := &o.stack[len(o.stack)-1]
	if top.deaf {
		now := o.clock.Now()
		quiet := now.Sub(top.typed) >= Grace || now.Sub(top.opened) >= MaxGrace
		top.typed = now
		if !quiet {
			return nil, true
		}
		top.deaf = false
	}
	overlay := top.overlay
	if d, ok := overlay.(*Dialog); ok && d.yield(msg) {
		o.remove(overlay)
		return nil, false
	}
	cmd, done := overlay.Update(msg)
	if done {
		o.remove(overlay)
	}
	return cmd, true
}

// Tell gives a message that is no key to every overlay.
func (o *Overlays) Tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range append([]standing(nil), o.stack...) {
		cmd, done := s.overlay.Update(msg)
		if done {
			o.remove(s.overlay)
		}
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// remove takes an overlay out of the stack, wherever it is: in answering, it may
// have opened another.
func (o *Overlays) remove(overlay Overlay) {
	for i, s := range o.stack {
		if s.overlay == overlay {
			o.stack = append(o.stack[:i:i], o.stack[i+1:]...)
			return
		}
	}
}

package orders

import (
	"github.com/charmbracelet/bubbles/key"

	"wicket/boxoffice"
)

// pointed returns the ticket under the cursor; false while there is none.
func (o *Orders) pointed() (boxoffice.OrderLineView, bool) {
	all := o.tickets()
	if o.at >= len(all) {
		return boxoffice.OrderLineView{}, false
	}
	return all[o.at], true
}

// choosable returns the ticket under the cursor where it can be chosen among others.
func (o *Orders) choosable() (boxoffice.TicketID, bool) {
	l, ok := o.pointed()
	return l.Ticket.ID, ok && o.live() && l.Ticket.State == boxoffice.Confirmed && len(o.in(boxoffice.Confirmed)) > 1
}

// choose chooses the ticket under the cursor, or leaves it out again.
func (o *Orders) choose() {
	id, ok := o.choosable()
	switch {
	case ok && o.chosen[id]:
		delete(o.chosen, id)
	case ok:
		o.chosen[id] = true
	}
}

// chooseOn walks on, and chooses the ticket it leaves and the one it comes to.
func (o *Orders) chooseOn(by int) {
	if id, ok := o.choosable(); ok {
		o.chosen[id] = true
	}
	o.walk(by)
	if id, ok := o.choosable(); ok {
		o.chosen[id] = true
	}
}

// split returns the tickets that would be cancelled, and those that then stay good:
// all go where none is chosen.
func (o *Orders) split() (goes, stay []boxoffice.OrderLineView) {
	for _, l := range o.in(boxoffice.Confirmed) {
		if len(o.chosen) == 0 || o.chosen[l.Ticket.ID] {
			goes = append(goes, l)
		} else {
			stay = append(stay, l)
		}
	}
	return goes, stay
}

// in returns the order's tickets in a state.
func (o *Orders) in(state boxoffice.State) []boxoffice.OrderLineView {
	var in []boxoffice.OrderLineView
	if o.order != nil {
		for _, l := range o.order.Lines {
			if l.Ticket.State == state {
				in = append(in, l)
			}
		}
	}
	return in
}

// chooseKeys are the keys to choose with.
func (o *Orders) chooseKeys() []key.Binding {
	id, can := o.choosable()
	words := "choose"
	if o.chosen[id] {
		words = "leave out"
	}
	one := key.NewBinding(key.WithKeys(" "), key.WithHelp("space", words))
	several := key.NewBinding(key.WithKeys("shift+up", "shift+down"), key.WithHelp("shift+arrows", "choose several"))
	one.SetEnabled(can)
	several.SetEnabled(can)
	return []key.Binding{one, several}
}

// chosenOf returns how many tickets of a row are chosen.
func (o *Orders) chosenOf(l lines) int {
	n := 0
	for _, t := range l.all {
		if o.chosen[t.Ticket.ID] && t.Ticket.State == boxoffice.Confirmed {
			n++
		}
	}
	return n
}

package screen

import (
	"errors"

	"wicket/boxoffice"
)

// Refusal is something that was refused, and that somebody else may allow.
type Refusal struct {
	Ask boxoffice.Ask
	Why *boxoffice.NotAllowedError
}

// OfferToAsk offers to ask somebody for what was refused with err. It is false, and
// nothing is offered, where nobody's leave would help.
func (d *Desk) OfferToAsk(ask boxoffice.Ask, err error) bool {
	var why *boxoffice.NotAllowedError
	if !errors.As(err, &why) || why.Gone || why.AllowedBy == "nobody" {
		return false
	}
	d.asking = &Refusal{ask, why}
	return true
}

// Refused returns what is to be offered, nil for nothing, and takes the wish back.
func (d *Desk) Refused() *Refusal {
	r := d.asking
	d.asking = nil
	return r
}

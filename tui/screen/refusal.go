package screen

import (
	"errors"

	"wicket/boxoffice"
)

// Refusal is something that was refused, and that somebody else may allow.
type Refusal struct {
	Ask boxoffice.Ask
	Why *boxoffice.NotAllowedError
	// Asked is called once somebody was asked, or allowed it here; Left where the
	// person leaves it. Both may be nil.
	Asked, Left func()
}

// OfferToAsk offers to ask somebody for what was refused with err: asked and left are
// as in [Refusal]. Where nobody's leave would help, it is left at once.
func (d *Desk) OfferToAsk(ask boxoffice.Ask, err error, asked, left func()) {
	why := Askable(err)
	if why == nil {
		left()
		return
	}
	d.asking = &Refusal{ask, why, asked, left}
}

// Askable returns the refusal in err where somebody's leave would help, else nil.
func Askable(err error) *boxoffice.NotAllowedError {
	var why *boxoffice.NotAllowedError
	if !errors.As(err, &why) || why.Gone || why.AllowedBy == "nobody" {
		return nil
	}
	return why
}

// Refused returns what is to be offered, nil for nothing, and takes the wish back.
func (d *Desk) Refused() *Refusal {
	r := d.asking
	d.asking = nil
	return r
}

package seating

import (
	"sync"

	"wicket/boxoffice"
)

// Finder is the search as package boxoffice asks for it. It prepares each plan
// once, by its id, and is safe for many goroutines. The zero Finder is ready. One
// Finder serves one store: ids are the store's.
type Finder struct{ houses sync.Map } // boxoffice.PlanID → *House

// Best returns up to max offers, best first; see [House.Best].
func (f *Finder) Best(plan *boxoffice.Plan, open *boxoffice.Openings, wish boxoffice.Wish, max int) []boxoffice.Offer {
	prepared, ok := f.houses.Load(plan.ID)
	if !ok {
		prepared, _ = f.houses.LoadOrStore(plan.ID, Prepare(plan))
	}
	house := prepared.(*House)
	req := Request{
		Seats: wish.Seats, Wheelchairs: wish.Wheelchairs, Companions: wish.Companions,
		Zone: wish.Zone, Section: wish.Section, Zones: wish.Zones, Near: wish.Near,
	}
	var choices []Choice
	if open.InStep() {
		choices = house.followed(open).Best(req, max)
	} else {
		choices = house.Best(open.Free(), req, max)
	}
	offers := make([]boxoffice.Offer, len(choices))
	for i, c := range choices {
		offers[i] = boxoffice.Offer{Places: c.Places, Why: c.Why}
	}
	return offers
}

// followed returns the hall that is kept with openings of the house, in step with them.
func (h *House) followed(open *boxoffice.Openings) *Hall {
	kept, changed := open.Kept()
	hall, ok := kept.(*Hall)
	if !ok || hall.house != h {
		hall = h.Hall(open.Free())
	} else {
		for _, no := range changed {
			hall.Set(no, open.Free()[no-1])
		}
	}
	open.Keep(hall)
	return hall
}

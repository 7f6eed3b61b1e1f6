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
func (f *Finder) Best(plan *boxoffice.Plan, free []bool, wish boxoffice.Wish, max int) []boxoffice.Offer {
	house, ok := f.houses.Load(plan.ID)
	if !ok {
		house, _ = f.houses.LoadOrStore(plan.ID, Prepare(plan))
	}
	choices := house.(*House).Best(free, Request{
		Seats: wish.Seats, Wheelchairs: wish.Wheelchairs, Companions: wish.Companions,
		Zone: wish.Zone, Section: wish.Section, Zones: wish.Zones, Near: wish.Near,
	}, max)
	offers := make([]boxoffice.Offer, len(choices))
	for i, c := range choices {
		offers[i] = boxoffice.Offer{Places: c.Places, Why: c.Why}
	}
	return offers
}

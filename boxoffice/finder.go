package boxoffice

// Wish is what a customer wants of best available.
type Wish struct {
	Seats         int // places in all, of which
	Wheelchairs   int // wheelchair spaces
	Companions    int // companion places beside them
	Zone, Section int // index into the plan, -1 for any
	Zones         []bool
	Near          []PlaceNo // what the basket already has
}

// Offer is one choice of places, and why in one line.
type Offer struct {
	Places []PlaceNo
	Why    string
}

// Finder picks the best places of a house. Package seating implements it.
type Finder interface {
	// Best returns up to max offers, best first; none if the wish cannot be met. It
	// may keep what it found with openings that are kept in step.
	Best(plan *Plan, open *Openings, wish Wish, max int) []Offer
}

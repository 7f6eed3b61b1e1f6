package boxoffice

import "fmt"

// Break is one thing in a store that does not add up.
type Break struct {
	Where string // «journal entry 12», «order 1004», «place 7 of performance 3»
	What  string // «the lines come to 2400, the total is 4800»
}

// Replayed is how a place stands by the journal alone.
type Replayed struct {
	State State
	Type  PriceTypeID
	Price Money
	Block BlockCode
}

// Replay tells from the journal alone how every place stands: what is recounted
// to see whether the tickets are as the journal tells it.
type Replay struct {
	houses map[PerformanceID][]Replayed
}

// Apply adds the next entry. It returns a break where the entry starts from
// another state than the entries before it led to.
func (r *Replay) Apply(e Entry) []Break {
	var breaks []Break
	for _, c := range e.Changes {
		p := r.place(e.Performance, c.Place)
		if p.State != c.From {
			breaks = append(breaks, Break{
				fmt.Sprintf("journal entry %d", e.Seq),
				fmt.Sprintf("place %d of performance %d was %s, the entry takes it from %s", c.Place, e.Performance, p.State.orNone(), c.From.orNone()),
			})
		}
		*p = Replayed{c.To, c.Type, c.Price, c.Block}
	}
	return breaks
}

// place returns where to note how a place stands.
func (r *Replay) place(performance PerformanceID, no PlaceNo) *Replayed {
	if r.houses == nil {
		r.houses = map[PerformanceID][]Replayed{}
	}
	house := r.houses[performance]
	if missing := int(no) - len(house); missing > 0 {
		house = append(house, make([]Replayed, missing)...)
		r.houses[performance] = house
	}
	return &house[no-1]
}

// Check returns a break for every place of a performance that does not stand as
// the journal tells it. A nil places is a performance without tickets.
func (r *Replay) Check(performance PerformanceID, places []PlaceState) []Break {
	var breaks []Break
	house := r.houses[performance]
	for i := range max(len(places), len(house)) {
		var told, stands Replayed
		if i < len(house) {
			told = house[i]
		}
		if i < len(places) {
			p := places[i]
			stands = Replayed{p.State, p.Type, p.Price, p.Block}
		}
		if told != stands {
			breaks = append(breaks, Break{
				fmt.Sprintf("place %d of performance %d", i+1, performance),
				fmt.Sprintf("its ticket is %s, by the journal it is %s", stands, told),
			})
		}
	}
	return breaks
}

// Performances returns those the journal changed places of.
func (r *Replay) Performances() []PerformanceID {
	ids := make([]PerformanceID, 0, len(r.houses))
	for id := range r.houses {
		ids = append(ids, id)
	}
	return ids
}

// String says how the place stands: «reserved, type 1 at 2400, block H».
func (p Replayed) String() string {
	s := p.State.orNone()
	if p.Type != 0 || p.Price != 0 {
		s += fmt.Sprintf(", type %d at %d", p.Type, p.Price)
	}
	if p.Block != "" {
		s += ", block " + string(p.Block)
	}
	return s
}

func (s State) orNone() string {
	if s == "" {
		return "not there"
	}
	return string(s)
}

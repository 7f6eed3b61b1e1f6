package boxoffice

import "time"

// Programme is what a house plays, as a programme file says it: events, their
// performances, price types and prices, in one piece. Loading it twice changes
// nothing the second time.
type Programme struct {
	PriceTypes []PriceType // by rank; ids are the house's, not the file's
	Events     []ProgrammeEvent
}

// ProgrammeEvent is an event with its performances and its usual prices. Lines, here
// and below, are where in its file each stands; zero where there is none.
type ProgrammeEvent struct {
	Line                 int
	Key, Title, Subtitle string
	Plan                 string // name of the seating plan, where a performance names none
	PlanLine             int
	TaxPPM               int64
	TaxIncluded          bool
	Prices               []ProgrammePrice
	Performances         []ProgrammePerformance
}

// ProgrammePerformance is one performance of a programme. Zero fields take the
// event's.
type ProgrammePerformance struct {
	Line                 int
	Key                  string
	Plan                 string
	PlanLine             int
	Curtain, Doors, Ends time.Time
	OnSale               bool
	Prices               []ProgrammePrice
}

// ProgrammePrice is a price by names. Zone «*» means every zone without a price
// of its own for the type.
type ProgrammePrice struct {
	Line   int
	Zone   string
	Type   string // price code
	Amount Money
}

// Loaded says what loading a programme did.
type Loaded struct {
	PriceTypes, Events, Performances int      // added or changed
	OnSale                           int      // put on sale
	Past                             []string // keys of those put on sale after their curtain
	Unchanged                        int
}

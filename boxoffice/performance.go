package boxoffice

import "time"

// Event is the show (the production): what the posters name.
type Event struct {
	ID EventID
	// Key is the event's own short name, unique in the house: what a programme
	// file and the command line call it by.
	Key      string
	Title    string
	Subtitle string
}

// PerformanceState says how far a performance is in its life.
type PerformanceState string

// A performance is planned (it has no tickets yet), on sale, stopped (nothing
// new is sold; what is held may still be paid), or cancelled.
const (
	Planned              PerformanceState = "planned"
	OnSale               PerformanceState = "on sale"
	Stopped              PerformanceState = "stopped"
	PerformanceCancelled PerformanceState = "cancelled"
)

// Performance is one dated instance of an event.
type Performance struct {
	ID    PerformanceID
	Event EventID
	// Key names the performance within the house: what a programme file, the
	// command line and the sale line call it by («macbeth-1127»).
	Key   string
	Title string // the event's title, copied for reading
	Plan  PlanID
	// Doors and Curtain are two different times; reports run relative to
	// Curtain. Ends may be zero. All UTC.
	Doors, Curtain, Ends time.Time
	State                PerformanceState
	// BusinessDay is the day the performance belongs to in the house's books,
	// «2006-01-02», even where it ends after midnight.
	BusinessDay string
	// TaxPPM is the tax rate in parts per million; TaxIncluded says whether
	// prices contain it (as everywhere in the EU) or it is added to them.
	TaxPPM      int64
	TaxIncluded bool
	Reason      string // why sales were stopped or the performance cancelled
	Version     int64
}

// Selling reports whether new places may be taken for p at the instant now.
func (p Performance) Selling() bool { return p.State == OnSale }

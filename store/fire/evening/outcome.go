package evening

import (
	"fmt"

	"wicket/boxoffice"
)

// Outcome is how an evening went.
type Outcome struct {
	Seed      uint64
	UseCases  int // commands that were given, those sent again not counted
	Refused   int // of them: with a reason
	Again     int // commands that were sent a second time
	Views     int // readings that were held to what was told
	Deaths    int // of one process
	Blackouts int // of all processes at once
	Jumps     int // of the clock
	Lapsed    int // baskets and named holds whose time ran out
	Sold      int // tickets
	Takings   boxoffice.Money
	Seq       int64    // of the journal's last entry
	Journal   [32]byte // its hash
	Trace     [32]byte // over all that was asked and answered
}

// Add adds another evening's counts.
func (o *Outcome) Add(b Outcome) {
	o.UseCases += b.UseCases
	o.Refused += b.Refused
	o.Again += b.Again
	o.Views += b.Views
	o.Deaths += b.Deaths
	o.Blackouts += b.Blackouts
	o.Jumps += b.Jumps
	o.Lapsed += b.Lapsed
	o.Sold += b.Sold
	o.Seq += b.Seq
}

// Each says what n evenings had each, on average.
func (o *Outcome) Each(n int) string {
	each := func(sum int) float64 { return float64(sum) / float64(max(1, n)) }
	return fmt.Sprintf("%.0f use cases (%.0f refused with a reason, %.0f sent twice), %.0f readings compared, %.0f journal entries, %.0f tickets sold, "+
		"%.1f holds lapsed, %.1f processes died, %.1f times all of them, %.1f clock jumps", each(o.UseCases), each(o.Refused), each(o.Again), each(o.Views),
		each(int(o.Seq)), each(o.Sold), each(o.Lapsed), each(o.Deaths), each(o.Blackouts), each(o.Jumps))
}

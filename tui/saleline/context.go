package saleline

import (
	"time"

	"wicket/boxoffice"
)

// MaxRunes is how long a line may be.
const MaxRunes = 200

// MaxPlaces is how many places one line may ask for.
const MaxPlaces = 200

// Context is what a line is read against: what is on screen, and the time.
// Everything in it may be missing; less is understood then.
type Context struct {
	// Plan is the plan of the performance on screen.
	Plan *boxoffice.Plan
	// Index is of that plan. Where it is missing, or of another plan, a line that
	// needs one makes its own, which takes longer than reading the line.
	Index  *Index
	Prices *boxoffice.PriceList
	// Performances are tonight's and the coming ones by curtain: «p1» is the first.
	Performances []boxoffice.Performance
	// Section is where the cursor is, an index into Plan.Sections: it is meant
	// where several sections have the place that was typed. -1 prefers none.
	Section int
	// Location is the house's; UTC where nil.
	Location *time.Location
	Now      time.Time
	// Addressees are who can be told something: terminals, people, everybody.
	Addressees []string
	// Currency is what amounts behind a command are in.
	Currency boxoffice.Currency
}

func (c Context) zone() *time.Location {
	if c.Location == nil {
		return time.UTC
	}
	return c.Location
}

// local returns t by the house's clock.
func (c Context) local(t time.Time) time.Time { return t.In(c.zone()) }

// day writes t's date by the house's clock, for comparing.
func (c Context) day(t time.Time) string { return c.local(t).Format(time.DateOnly) }

func (c Context) types() []boxoffice.PriceType {
	if c.Prices == nil {
		return nil
	}
	return c.Prices.Types
}

func (c Context) defaultType() boxoffice.PriceType {
	if c.Prices == nil {
		return boxoffice.PriceType{}
	}
	return c.Prices.Default()
}

// code returns the price type typed as key, folded.
func (c Context) code(key string) (boxoffice.PriceType, bool) {
	for _, t := range c.types() {
		if t.Code != "" && fold(t.Code) == key {
			return t, true
		}
	}
	return boxoffice.PriceType{}, false
}

// index returns the index of the plan on screen, nil where there is no plan.
func (c Context) index() *Index {
	switch {
	case c.Plan == nil:
		return nil
	case c.Index != nil && c.Index.plan == c.Plan:
		return c.Index
	}
	return NewIndex(c.Plan)
}

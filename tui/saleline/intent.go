package saleline

import (
	"time"

	"wicket/boxoffice"
)

// Intent is what Enter would do: one of the types of this file.
type Intent interface {
	// Words says in one line what was understood and, where a rule decided
	// between two readings, which.
	Words() string
	intent()
}

// words is what every intent made by [Parse] has.
type words string

// Words implements [Intent].
func (w words) Words() string { return string(w) }
func (words) intent()         {}

// Empty is a line with nothing on it.
type Empty struct{ words }

// Party is how many of one price type.
type Party struct {
	Type  boxoffice.PriceType // zero where the performance has no prices
	Count int
}

// Best asks for the best available places.
type Best struct {
	words
	Parties []Party // at least one, each price type once
	Section int     // index into Plan.Sections, -1 for any
	Zone    int     // index into Plan.Zones, -1 for any
	// Wheelchairs and Companions are how many of the parties need such a place.
	Wheelchairs, Companions int
}

// Count returns how many places are asked for.
func (b Best) Count() int { return count(b.Parties) }

// Places asks for these places.
type Places struct {
	words
	Places []boxoffice.PlaceNo // in the order typed, each once, at least one
	// Types are one for all places, or one for each. There is none where the
	// performance has no prices.
	Types []boxoffice.PriceType
	// Typed reports whether the clerk named a price type.
	Typed   bool
	Section int // of the places; -1 where they are of several
}

// Type returns the price type of the i-th place, a zero one where there is none.
func (p Places) Type(i int) boxoffice.PriceType {
	switch {
	case i < len(p.Types):
		return p.Types[i]
	case len(p.Types) == 1:
		return p.Types[0]
	}
	return boxoffice.PriceType{}
}

// Look shows a part of the house and takes nothing.
type Look struct {
	words
	Section int // index into Plan.Sections
}

// Switch goes to another performance.
type Switch struct {
	words
	Performance boxoffice.Performance
}

// Order shows an order.
type Order struct {
	words
	ID boxoffice.OrderID
}

// Find looks for orders, holds and customers by a name.
type Find struct {
	words
	Name string
}

// Scan is a barcode that came through the keyboard.
type Scan struct {
	words
	// Code is as printed; as it was typed where boxoffice.SpellBarcode refuses it.
	Code string
}

// Command is a word that does something else; [Commands] lists them. The fields
// that its form does not have are zero, and Section is -1.
type Command struct {
	words
	Name string // the listed one, whichever of its names was typed
	Args string // what stood behind it, clean
	// Places are those named, in the order typed. Where there are none and Count
	// is nought, a command on places means what the cursor points at, and «type»
	// the whole basket.
	Places []boxoffice.PlaceNo
	// Count and Section say how many places of a GA section are meant, where no
	// place has a name of its own.
	Count   int
	Section int
	Code    boxoffice.BlockCode
	Type    boxoffice.PriceType
	Who     string    // a name, a label or a topic
	Until   time.Time // UTC
	Order   boxoffice.OrderID
	Number  int
	Amount  boxoffice.Money
	Reason  string
}

// Unknown is a line that makes no sense.
type Unknown struct {
	words
	Why  string // in words
	At   int    // where, in runes of the clean line
	Hint string // a line to type instead; may be empty
}

func count(parties []Party) int {
	n := 0
	for _, p := range parties {
		n += p.Count
	}
	return n
}

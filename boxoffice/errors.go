package boxoffice

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind tells a program what went wrong; the error's own words tell a clerk.
type Kind string

// The kinds of error a use case returns.
const (
	KindInvalid    Kind = "invalid"     // what was asked for makes no sense: change it
	KindNotFound   Kind = "not found"   // there is no such thing
	KindTaken      Kind = "taken"       // somebody else has these places
	KindNotEnough  Kind = "not enough"  // fewer places are left than were asked for
	KindNoPrice    Kind = "no price"    // the zone has no price of this type
	KindNotAllowed Kind = "not allowed" // this person may not do this
	KindState      Kind = "state"       // the thing is not in a state for it (stopped, lapsed, already void)
	KindConflict   Kind = "conflict"    // it changed meanwhile: look again
	KindStore      Kind = "store"       // the store cannot do it now (disk full, gone)
	KindInternal   Kind = "internal"    // our own mistake
)

// KindOf returns the kind of the first error in err's chain that has one:
// KindInternal for an error without, the empty kind for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var k interface{ Kind() Kind }
	if errors.As(err, &k) {
		return k.Kind()
	}
	return KindInternal
}

// InvalidError says that what was asked for makes no sense. Nothing changed.
type InvalidError struct{ Words string }

func (e *InvalidError) Error() string { return e.Words }

// Kind returns KindInvalid.
func (e *InvalidError) Kind() Kind { return KindInvalid }

func invalid(format string, args ...any) error {
	return &InvalidError{fmt.Sprintf(format, args...)}
}

// NotFoundError says that the house has no such thing.
type NotFoundError struct {
	What string // «order», «performance»
	Name string // as it was asked for
}

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("there is no %s %s", e.What, Shorten(Clean(e.Name), 40))
}

// Kind returns KindNotFound.
func (e *NotFoundError) Kind() Kind { return KindNotFound }

// NotFound returns a *NotFoundError for what, asked for as name.
func NotFound(what string, name any) error { return &NotFoundError{what, fmt.Sprint(name)} }

// BarcodeFault says why a code leads to no ticket.
type BarcodeFault string

// What can be wrong with a code.
const (
	BarcodeNone     BarcodeFault = "that is not a ticket's barcode"
	BarcodeMistyped BarcodeFault = "one character or more of this barcode is wrong; type it again"
	BarcodeForeign  BarcodeFault = "this barcode is not from this house; find the ticket by its order"
)

// BarcodeError says that a code is no barcode of this house.
type BarcodeError struct{ Fault BarcodeFault }

func (e *BarcodeError) Error() string { return string(e.Fault) }

// Kind returns KindInvalid.
func (e *BarcodeError) Kind() Kind { return KindInvalid }

// StateError says that a thing is not in the state the use case needs. Words say
// what stands and what to do.
type StateError struct {
	Words string
	Shut  PerformanceID // whose sales are not open, where that is why; else zero
}

func (e *StateError) Error() string { return e.Words }

// Kind returns KindState.
func (e *StateError) Kind() Kind { return KindState }

func wrongState(format string, args ...any) error {
	return &StateError{Words: fmt.Sprintf(format, args...)}
}

// TakenPlace is one place that could not be had, and who has it.
type TakenPlace struct {
	Place PlaceNo
	Label string    // «B12»; of a place without a seat, its section
	Area  bool      // it has no seat
	State State     // reserved, confirmed …
	Block BlockCode // set where the house keeps the place back
	By    string    // «Ben (window 4)»; empty where nobody holds it
	Until time.Time // when a hold on it ends; zero where none does
}

// TakenError says that somebody else has places that were asked for. Nothing
// changed: what the basket had, it still has.
type TakenError struct{ Places []TakenPlace }

func (e *TakenError) Error() string {
	alike := e.Alike()
	words := make([]string, len(alike))
	for i, p := range alike {
		words[i] = p.Name() + " " + p.Words()
	}
	return strings.Join(words, ", ")
}

// Words says why the place cannot be had: «is held by Ben (window 4)».
func (p TakenPlace) Words() string {
	switch {
	case p.State == Confirmed:
		return "is sold"
	case p.State == Processing:
		return "is being paid for"
	case p.By != "":
		return "is held by " + p.By
	case p.Block == KillCode:
		return "is killed"
	case p.Block != "":
		return "is blocked " + string(p.Block)
	default:
		return "is taken"
	}
}

// Kind returns KindTaken.
func (e *TakenError) Kind() Kind { return KindTaken }

// NotEnoughError says that fewer places are left than were asked for, and what
// may come free. Nothing changed.
type NotEnoughError struct {
	Wanted    int
	Open      int       // open now, in what was asked for
	InBaskets int       // held by others now
	FirstFree time.Time // when the first of those holds ends; zero if none
	Where     string    // «stalls», «zone 2»; empty for the whole house
	Now       time.Time
	// Together is set where enough places are open but cannot be taken as asked.
	Together string
}

func (e *NotEnoughError) Error() string {
	where := ""
	if e.Where != "" {
		where = " in " + e.Where
	}
	words := fmt.Sprintf("%d open, %d in baskets%s", e.Open, e.InBaskets, where)
	if !e.FirstFree.IsZero() {
		words += ", first frees in " + Countdown(e.FirstFree.Sub(e.Now))
	}
	if e.Together != "" {
		words += ": " + e.Together
	}
	return words
}

// Kind returns KindNotEnough.
func (e *NotEnoughError) Kind() Kind { return KindNotEnough }

// NoPriceError says that a zone has no price of this type.
type NoPriceError struct {
	Zone     int // index into Plan.Zones
	ZoneName string
	Type     PriceType
}

func (e *NoPriceError) Error() string {
	zone := e.ZoneName
	if zone == "" {
		zone = fmt.Sprintf("zone %d", e.Zone+1)
	}
	return fmt.Sprintf("%s has no %s price", zone, strings.ToLower(e.Type.Name))
}

// Kind returns KindNoPrice.
func (e *NoPriceError) Kind() Kind { return KindNoPrice }

// NotAllowedError says that a person may not do this, and who could allow it.
type NotAllowedError struct {
	Who        string
	Permission string // «void orders»
	AllowedBy  string // «a supervisor»
	Gone       bool   // who asked works here no longer
}

func (e *NotAllowedError) Error() string {
	if e.Gone {
		return fmt.Sprintf("%s works here no longer and may not %s", e.Who, e.Permission)
	}
	return fmt.Sprintf("%s may not %s; %s can", e.Who, e.Permission, e.AllowedBy)
}

// Kind returns KindNotAllowed.
func (e *NotAllowedError) Kind() Kind { return KindNotAllowed }

// LockedOutError says that too many PINs were wrong in a row, for a name or at a
// terminal: nobody is let in until then, not even with the right one.
type LockedOutError struct {
	Until time.Time
	Now   time.Time
}

func (e *LockedOutError) Error() string {
	return "too many wrong PINs; wait " + Countdown(e.Until.Sub(e.Now)) + " and try again"
}

// Kind returns KindState.
func (e *LockedOutError) Kind() Kind { return KindState }

// ConflictError says that a row changed between load and save. Inside one
// transaction this cannot happen; it means a stale value was saved.
type ConflictError struct{ What string }

func (e *ConflictError) Error() string { return e.What + " changed meanwhile; look again" }

// Kind returns KindConflict.
func (e *ConflictError) Kind() Kind { return KindConflict }

// StoreError says that the store cannot do it now. Words are for the clerk, Err
// is for the log. Nothing of the use case happened unless Unknown is set.
type StoreError struct {
	Words   string
	Unknown bool
	Err     error
}

func (e *StoreError) Error() string { return e.Words }

// Unwrap returns what the store met.
func (e *StoreError) Unwrap() error { return e.Err }

// Kind returns KindStore.
func (e *StoreError) Kind() Kind { return KindStore }

// Countdown writes a duration as clerks read it: «04:10», «1:02:03». A duration
// that is over reads «00:00». It rounds up, so that 00:00 means over.
func Countdown(d time.Duration) string {
	s := int64((d + time.Second - 1) / time.Second)
	if s < 0 {
		s = 0
	}
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

package history

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// What says what a caller asked for.
type What string

// What callers ask for.
const (
	Hold        What = "hold"
	HoldBest    What = "hold best"
	Swap        What = "swap"
	Renew       What = "renew"
	Release     What = "release"
	Drop        What = "drop"
	Sell        What = "sell"
	Void        What = "void"
	Cancel      What = "cancel"
	Block       What = "block"
	Unblock     What = "unblock"
	Kill        What = "kill"
	Revive      What = "revive"
	Sweep       What = "sweep"
	ReadPlaces  What = "read places"   // as a screen reads them
	ReadBasket  What = "read a basket" // as a screen reads it
	ReadOrder   What = "read an order"
	ReadInWrite What = "read in a transaction" // as a use case reads them
)

// isReading reports whether it changes nothing by what it is.
func (w What) isReading() bool {
	return w == ReadPlaces || w == ReadBasket || w == ReadOrder || w == ReadInWrite
}

// Operation is one call, as its caller saw it.
type Operation struct {
	Caller  string // for people who read what is wrong
	By      boxoffice.Actor
	What    What
	Command boxoffice.CommandID // empty for a reading

	// What was asked.
	Places []boxoffice.PlaceNo // to hold, swap in, release, block, read …
	Give   []boxoffice.PlaceNo // to swap out
	Count  int                 // of hold best; how many holds a sweep may clear away
	Code   boxoffice.BlockCode
	Order  boxoffice.OrderID
	Ticket boxoffice.TicketID // to cancel
	Expect boxoffice.Money

	// When: ticks of a counter that all callers share, and the clock's instants (Unix
	// milliseconds) beside them. Returned is zero where the caller never heard.
	Invoked, Returned       int64
	ClockBefore, ClockAfter int64

	// Where the transaction ran that answered: Ran is false where the answer was kept
	// from before, or none was needed. Seq is the journal's last entry as it began, Now
	// its instant. Write says that it was one that could write: its instant is in the
	// order of writing.
	Ran, Write bool
	Seq, Now   int64

	Answer Answer
}

// isTrouble reports whether it met an error that no use of a box office should meet.
func (o *Operation) isTrouble() bool {
	return o.Answer.Refusal == boxoffice.KindConflict || o.Answer.Refusal == boxoffice.KindInternal
}

// Answer is what the caller was told.
type Answer struct {
	Refusal boxoffice.Kind // empty where it was done
	Words   string         // of the refusal

	Picks []boxoffice.PlaceNo    // what was taken
	Until int64                  // of a renewal
	Sale  boxoffice.Sale         // of a sale
	Swept int                    // of a sweep
	Taken []boxoffice.TakenPlace // of a refusal: who has them
	Open  int                    // of a refusal: how many were open
	Held  int                    // of a refusal: how many were in baskets

	Seen  []Seen // of a reading
	Lines []boxoffice.PlaceNo
	Total boxoffice.Money
	Void  bool // the order that was read
}

// Seen is a place or a ticket as it was read.
type Seen struct {
	Place boxoffice.PlaceNo
	State boxoffice.State
	Block boxoffice.BlockCode
	Hold  boxoffice.HoldID
	Until int64 // Unix milliseconds
	Order boxoffice.OrderID
	Price boxoffice.Money
	// Ticket is the ticket's id, which callers need to cancel it.
	Ticket boxoffice.TicketID
}

// String says what was asked, by whom, when, and what came of it.
func (o Operation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", o.Caller, o.What)
	if len(o.Give) > 0 {
		fmt.Fprintf(&b, " %v for", o.Give)
	}
	if len(o.Places) > 0 {
		fmt.Fprintf(&b, " %v", o.Places)
	}
	if o.Count > 0 {
		fmt.Fprintf(&b, " %d", o.Count)
	}
	if o.Code != "" {
		fmt.Fprintf(&b, " %s", o.Code)
	}
	if o.Order != 0 {
		fmt.Fprintf(&b, " order %d", o.Order)
	}
	fmt.Fprintf(&b, ", ticks %d–%d, clock %d–%d", o.Invoked, o.Returned, o.ClockBefore, o.ClockAfter)
	if o.Ran {
		fmt.Fprintf(&b, ", ran after entry %d at %d", o.Seq, o.Now)
	}
	switch a := o.Answer; {
	case o.Returned == 0:
		b.WriteString(", never answered")
	case a.Refusal != "":
		fmt.Fprintf(&b, ", refused (%s): %s", a.Refusal, a.Words)
	default:
		fmt.Fprintf(&b, ", answered %s", a)
	}
	return b.String()
}

// String says what there is in an answer.
func (a Answer) String() string {
	var words []string
	add := func(is bool, format string, args ...any) {
		if is {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	add(len(a.Picks) > 0, "took %v", a.Picks)
	add(a.Until != 0, "until %d", a.Until)
	add(a.Sale.Order != 0, "order %d, %d tickets, %d", a.Sale.Order, a.Sale.Tickets, a.Sale.Total)
	add(a.Swept != 0, "swept %d", a.Swept)
	for _, s := range a.Seen {
		add(true, "saw %s", s)
	}
	add(len(a.Lines) > 0, "has %v for %d", a.Lines, a.Total)
	add(a.Void, "void")
	if words == nil {
		return "done"
	}
	return strings.Join(words, ", ")
}

// String says how the place stood.
func (s Seen) String() string {
	words := fmt.Sprintf("%d %s", s.Place, s.State)
	if s.Block != "" {
		words += " /" + string(s.Block)
	}
	if s.Hold != 0 {
		words += fmt.Sprintf(" by hold %d until %d", s.Hold, s.Until)
	}
	if s.Order != 0 {
		words += fmt.Sprintf(" order %d", s.Order)
	}
	return words
}

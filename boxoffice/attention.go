package boxoffice

import (
	"fmt"
	"slices"
	"time"
)

// AttentionKind says what kind of thing waits too long.
type AttentionKind string

// What can wait too long, and what resolves it.
const (
	AttentionBasket     AttentionKind = "basket"     // in hand for long: free it or take it over
	AttentionParked     AttentionKind = "parked"     // parked, and its time is over: free it
	AttentionNamed      AttentionKind = "named hold" // its time is over: the sweeper should have cleared it away
	AttentionUnswept    AttentionKind = "unswept"    // a basket's time is over: the same
	AttentionRequest    AttentionKind = "request"    // somebody waits for an answer: answer it
	AttentionProcessing AttentionKind = "processing" // money on its way for long
	AttentionStore      AttentionKind = "store"      // the store is not well
)

// stuckAfter is how long something may wait before it needs attention, and sweptAfter
// how long what is over may lie about.
const (
	stuckAfter = 10 * time.Minute
	sweptAfter = time.Minute
)

// Attention is one thing that is not final and has waited too long.
type Attention struct {
	Kind     AttentionKind
	Since    time.Time // since when it waits; zero where nobody knows
	Words    string    // «Ben (window 4) has 3 places in hand»
	Basket   BasketID
	Hold     HoldID
	Approval ApprovalID
	Ticket   TicketID
	Err      error // of a store that is not well
}

// attention returns what needs attention among the baskets of an evening.
func (e *Evening) attention(now time.Time) []Attention {
	var list []Attention
	for _, b := range e.Baskets {
		a := Attention{Kind: AttentionBasket, Since: b.Since, Basket: b.Basket, Hold: b.Hold}
		who := fmt.Sprintf("%s (%s)", b.Name, b.Terminal)
		switch {
		case b.Parked && !b.Until.After(now):
			a.Kind, a.Since = AttentionParked, b.Until
			a.Words = fmt.Sprintf("a basket that %s parked with %s is over", b.Name, places(b.Places))
		case b.Until.Add(sweptAfter).Before(now):
			a.Kind, a.Since = AttentionUnswept, b.Until
			a.Words = fmt.Sprintf("the time of %s is over, and %s not cleared away", who, places(b.Places))
		case !b.Parked && b.Since.Add(stuckAfter).Before(now):
			a.Words = fmt.Sprintf("%s has %s in hand", who, places(b.Places))
		default:
			continue
		}
		list = append(list, a)
	}
	return list
}

// Attention returns what needs attention at now as far as the evening itself knows, the
// longest first: stuck baskets and requests without an answer. What only the store
// knows [Office.Attention] adds.
func (e *Evening) Attention(now time.Time) []Attention {
	list := e.attention(now)
	for _, v := range e.Waiting {
		if v.Approval.Waits(now) {
			list = append(list, v.attention())
		}
	}
	return oldestFirst(list)
}

// attention is a request as something that waits.
func (v ApprovalView) attention() Attention {
	return Attention{
		Kind: AttentionRequest, Since: v.Approval.AskedAt, Approval: v.Approval.ID,
		Words: fmt.Sprintf("%s (%s) asks: %s", v.Asker, v.Approval.By.Terminal, v.Approval.Words),
	}
}

// places counts in words: «1 place», «3 places».
func places(n int) string {
	if n == 1 {
		return "1 place"
	}
	return fmt.Sprintf("%d places", n)
}

// oldestFirst sorts a list by how long each waits.
func oldestFirst(list []Attention) []Attention {
	slices.SortStableFunc(list, func(a, b Attention) int { return a.Since.Compare(b.Since) })
	return list
}

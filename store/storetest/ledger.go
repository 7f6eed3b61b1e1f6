package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"wicket/boxoffice"
)

// Ledger is what workers told, kept outside of the store: what they were promised
// must be in the store, and nothing else. Many workers may tell at once.
type Ledger struct {
	mu       sync.Mutex
	tried    map[boxoffice.CommandID]Deed // without an answer
	sequence []boxoffice.CommandID        // of tried, as they came
	done     []Deed                       // since the last Check
	refused  []Deed                       // since the last Check
	troubles []string
	deaf     bool

	seq   int64 // the journal up to here was compared
	sales map[boxoffice.OrderID]Deed
	over  map[boxoffice.OrderID]boxoffice.Verb      // voided or cancelled
	gone  map[boxoffice.OrderID][]boxoffice.PlaceNo // of orders that stand, cancelled before it all began
	told  map[boxoffice.Verb]int
	again int
}

// NewLedger returns a ledger of what workers do from now on in the evening's house,
// and of the sales that stand there.
func NewLedger(e *Evening) (*Ledger, error) {
	l := &Ledger{
		tried: map[boxoffice.CommandID]Deed{}, sales: map[boxoffice.OrderID]Deed{}, over: map[boxoffice.OrderID]boxoffice.Verb{}, gone: map[boxoffice.OrderID][]boxoffice.PlaceNo{},
		told: map[boxoffice.Verb]int{},
	}
	err := e.Store.View(context.Background(), func(r boxoffice.Reader) (err error) {
		if l.seq, _, err = r.Head(); err != nil {
			return err
		}
		orders, err := r.Orders("", 10_000)
		if err != nil {
			return err
		}
		for _, head := range orders {
			o, err := r.Order(head.ID)
			if err != nil {
				return err
			}
			tickets, err := r.TicketsOfOrder(o.ID)
			if err != nil {
				return err
			}
			stands := false
			for _, t := range tickets {
				if t.State == boxoffice.Cancelled {
					l.gone[o.ID] = append(l.gone[o.ID], t.Place)
				}
				stands = stands || t.State == boxoffice.Confirmed
			}
			if stands {
				l.sales[o.ID] = Deed{Order: o.ID, By: boxoffice.Actor{Staff: o.Staff}, Places: placesOf(o), Total: o.Total}
			}
		}
		return nil
	})
	return l, err
}

// Ignore makes answers that come from now on count for nothing, or count again: those
// of a machine whose power is being cut. What was sent stays without an answer.
func (l *Ledger) Ignore(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deaf = on
}

func (l *Ledger) hear(d Deed) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.deaf && (d.Done || d.Refused != "" || d.Trouble != "") {
		return
	}
	if d.Trouble != "" {
		l.troubles = append(l.troubles, d.Trouble)
	}
	if d.Unknown {
		l.again++
	}
	switch {
	case d.Command == "":
	case d.Done:
		l.done = append(l.done, d)
		delete(l.tried, d.Command)
	case d.Refused != "":
		l.refused = append(l.refused, d)
		delete(l.tried, d.Command)
	default:
		l.tried[d.Command] = d
		l.sequence = append(l.sequence, d.Command)
	}
}

// Told returns how many deeds of a kind were answered as done and compared.
func (l *Ledger) Told(verb boxoffice.Verb) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.told[verb]
}

// Again returns how many deeds had no answer and were sent again.
func (l *Ledger) Again() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.again
}

// Troubles returns what workers met that a store that is well does not answer, and
// forgets it.
func (l *Ledger) Troubles() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.troubles
	l.troubles = nil
	return t
}

// Check compares the ledger with the house, when no worker works. Deeds that got no
// answer are sent again under their command first, twice: they happen once or not at
// all. Then every sale and every void that was told must be in the store exactly as
// told, what was refused must not, and nothing may be that nobody was told of. The
// error names every break.
func (l *Ledger) Check(e *Evening) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var breaks []error
	broken := func(format string, args ...any) { breaks = append(breaks, fmt.Errorf(format, args...)) }
	l.sendAgain(e, broken)
	if err := l.compareJournal(e, broken); err != nil {
		return err
	}
	for _, d := range l.done {
		l.told[d.Verb]++
		switch d.Verb {
		case boxoffice.VerbSell:
			if _, there := l.sales[d.Order]; there {
				broken("order %d was told twice", d.Order)
			}
			l.sales[d.Order] = d
		case boxoffice.VerbVoid, boxoffice.VerbCancel:
			l.over[d.Order] = d.Verb
		}
	}
	l.done, l.refused, l.sequence = nil, nil, nil
	if err := l.compareOrders(e, broken); err != nil {
		return err
	}
	return errors.Join(breaks...)
}

// sendAgain sends what got no answer again, twice.
func (l *Ledger) sendAgain(e *Evening, broken func(string, ...any)) {
	for _, cmd := range l.sequence {
		d, waits := l.tried[cmd]
		if !waits {
			continue
		}
		delete(l.tried, cmd)
		l.again++
		first, err := e.carryOut(context.Background(), d)
		if err != nil {
			if kind := boxoffice.KindOf(err); kind == boxoffice.KindStore || kind == boxoffice.KindInternal {
				broken("%s %s sent again: %v", d.Verb, cmd, err)
			}
			l.refused = append(l.refused, d)
			continue
		}
		second, err := e.carryOut(context.Background(), d)
		if err != nil || second.Order != first.Order {
			broken("%s %s sent a third time is order %d, not %d: %v", d.Verb, cmd, second.Order, first.Order, err)
		}
		l.done = append(l.done, first)
	}
	clear(l.tried)
}

// compareJournal reads what the journal has since the last Check: one entry of each
// deed that was done, none of those that were refused, no sale of anybody else.
func (l *Ledger) compareJournal(e *Evening, broken func(string, ...any)) error {
	entries := map[boxoffice.CommandID][]boxoffice.Entry{}
	for {
		var some []boxoffice.Entry
		err := e.Store.View(context.Background(), func(r boxoffice.Reader) (err error) { some, err = r.Journal(l.seq, 1000); return err })
		if err != nil {
			return fmt.Errorf("read the journal: %w", err)
		}
		if len(some) == 0 {
			break
		}
		for _, entry := range some {
			entries[entry.Command] = append(entries[entry.Command], entry)
			l.seq = entry.Seq
		}
	}
	for _, d := range l.refused {
		if of := entries[d.Command]; len(of) > 0 {
			broken("%s %s was refused (%s), but stands as entry %d", d.Verb, d.Command, d.Refused, of[0].Seq)
		}
	}
	for _, d := range l.done {
		// A hold may clear away on its way what lapsed before.
		of := slices.DeleteFunc(entries[d.Command], func(e boxoffice.Entry) bool { return e.Verb != d.Verb })
		delete(entries, d.Command)
		switch {
		case len(of) != 1:
			broken("%s %s of order %d has %d entries in the journal", d.Verb, d.Command, d.Order, len(of))
		case of[0].Verb != d.Verb || of[0].Order != d.Order || d.Verb == boxoffice.VerbSell && of[0].Amount != d.Total:
			broken("%s %s of order %d for %d is entry %+v", d.Verb, d.Command, d.Order, d.Total, of[0])
		}
	}
	for cmd, of := range entries {
		switch of[0].Verb {
		case boxoffice.VerbSell, boxoffice.VerbVoid, boxoffice.VerbCancel:
			broken("%s %s, entry %d, was told to nobody", of[0].Verb, cmd, of[0].Seq)
		}
	}
	return nil
}

// compareOrders compares every order that stands with what was told of it, and the
// house with all of them: no more places are sold, and none twice.
func (l *Ledger) compareOrders(e *Evening, broken func(string, ...any)) error {
	return e.Store.View(context.Background(), func(r boxoffice.Reader) error {
		sold := map[boxoffice.PlaceNo]boxoffice.OrderID{}
		for _, id := range slices.Sorted(maps.Keys(l.sales)) {
			d := l.sales[id]
			o, err := r.Order(id)
			if err != nil {
				broken("order %d was told, but: %v", id, err)
				continue
			}
			if o.Total != d.Total || o.Staff != d.By.Staff || !slices.Equal(placesOf(o), d.Places) {
				broken("order %d was told as %v for %d, and is %v for %d", id, d.Places, d.Total, placesOf(o), o.Total)
			}
			verb, undone := l.over[id]
			if (verb == boxoffice.VerbVoid) != (o.State == boxoffice.OrderVoided) {
				broken("order %d is %s, told was «%s»", id, o.State, verb)
			}
			tickets, err := r.TicketsOfOrder(id)
			if err != nil {
				return fmt.Errorf("read tickets: %w", err)
			}
			for _, t := range tickets {
				if (t.State == boxoffice.Cancelled) != undone && !slices.Contains(l.gone[id], t.Place) {
					broken("order %d was told «%s», its ticket for place %d is %s", id, verb, t.Place, t.State)
				}
			}
			if undone {
				delete(l.sales, id) // it stays so
				delete(l.over, id)
				continue
			}
			for _, no := range d.Places {
				if slices.Contains(l.gone[id], no) {
					continue
				}
				if other, taken := sold[no]; taken {
					broken("place %d was sold by orders %d and %d", no, other, id)
				}
				sold[no] = id
			}
		}
		places, err := r.Places(e.Performance)
		if err != nil {
			return fmt.Errorf("read places: %w", err)
		}
		for i, p := range places {
			no := boxoffice.PlaceNo(i + 1)
			if _, told := sold[no]; told != (p.State == boxoffice.Confirmed) {
				broken("place %d is %s, told was order %d", no, p.State, sold[no])
			}
		}
		return nil
	})
}

// placesOf returns the places an order sold, in order.
func placesOf(o boxoffice.Order) (places []boxoffice.PlaceNo) {
	for _, l := range o.Lines {
		if l.Reverses == 0 {
			places = append(places, l.Place)
		}
	}
	slices.Sort(places)
	return places
}

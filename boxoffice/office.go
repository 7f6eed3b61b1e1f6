package boxoffice

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Office is the box office at work: every use case is one of its methods. Each
// is all or nothing, and harmless when sent twice with the same command. It is
// safe for many goroutines.
type Office struct {
	store    Store
	finder   Finder
	pins     PINs
	barcodes Barcodes
	// nobody returns the hash of a PIN that is nobody's: what a name that is not
	// known is checked against.
	nobody func() string
}

// PINs hashes and checks PINs.
type PINs interface {
	// Hash returns the hash to keep of a PIN.
	Hash(pin string) (string, error)
	// Check reports whether pin is the one that hash was made of.
	Check(hash, pin string) bool
}

// NewOffice returns an office that keeps its truth in store.
func NewOffice(store Store, finder Finder, pins PINs, options ...Option) *Office {
	nobody := sync.OnceValue(func() string {
		hash, err := pins.Hash(rand.Text())
		if err != nil {
			return ""
		}
		return hash
	})
	o := &Office{store: store, finder: finder, pins: pins, nobody: nobody}
	for _, option := range options {
		option(o)
	}
	return o
}

// Option is something an office can do without.
type Option func(*Office)

// WithBarcodes gives the office the house's barcodes. Without them its tickets
// have none.
func WithBarcodes(b Barcodes) Option { return func(o *Office) { o.barcodes = b } }

// Store returns the store the office works on.
func (o *Office) Store() Store { return o.store }

// update runs one use case and returns its answer, the first one where the
// command was done before.
func update[T any](ctx context.Context, o *Office, cmd CommandID, fn func(Tx) (T, error)) (T, error) {
	var answer T
	err := o.store.Update(ctx, cmd, &answer, func(tx Tx) error {
		var err error
		answer, err = fn(tx)
		return err
	})
	return answer, err
}

// view reads one thing from a snapshot.
func view[T any](ctx context.Context, o *Office, fn func(Reader) (T, error)) (T, error) {
	return look(ctx, o.store.View, fn)
}

// survey is view for what reads much.
func survey[T any](ctx context.Context, o *Office, fn func(Reader) (T, error)) (T, error) {
	return look(ctx, o.store.Survey, fn)
}

func look[T any](ctx context.Context, at func(context.Context, func(Reader) error) error, fn func(Reader) (T, error)) (T, error) {
	var out T
	err := at(ctx, func(r Reader) error {
		var err error
		out, err = fn(r)
		return err
	})
	return out, err
}

// allow returns the person behind by, if they may do p.
func allow(r Reader, by Actor, p Permission) (Staff, error) {
	staff, err := r.Staff(by.Staff)
	if err != nil {
		return Staff{}, err
	}
	return staff, mayDo(r, staff, p)
}

// mayDo returns nil if the person may do p by the house's table.
func mayDo(r Reader, staff Staff, p Permission) error {
	table, err := r.Permissions()
	if err != nil {
		return err
	}
	return table.Check(staff, p)
}

// movements gathers what one use case did to tickets, by performance, so that
// each performance gets one entry.
type movements struct {
	order   []PerformanceID
	changes map[PerformanceID]Changes
	before  []Ticket
	after   []Ticket
}

func (m *movements) add(before, after Ticket) {
	m.before, m.after = append(m.before, before), append(m.after, after)
	m.note(Diff(before, after), after.Performance)
}

func (m *movements) note(c Change, perf PerformanceID) {
	if m.changes == nil {
		m.changes = map[PerformanceID]Changes{}
	}
	if _, ok := m.changes[perf]; !ok {
		m.order = append(m.order, perf)
	}
	m.changes[perf] = append(m.changes[perf], c)
}

// save saves the tickets and appends entry once for each performance. An entry
// without any ticket is appended once, as it is. Amount stands on the first.
func (m *movements) save(tx Tx, entry Entry) error {
	if len(m.before) > 0 {
		if err := tx.SaveTickets(m.before, m.after); err != nil {
			return err
		}
	}
	return tx.Append(m.entries(entry)...)
}

// entries are what the journal is told.
func (m *movements) entries(entry Entry) (entries []Entry) {
	if len(m.order) == 0 {
		return []Entry{entry}
	}
	for _, perf := range m.order {
		changes := m.changes[perf]
		slices.SortFunc(changes, func(a, b Change) int { return int(a.Place) - int(b.Place) })
		entry.Performance, entry.Changes = perf, changes
		entries = append(entries, entry)
		entry.Amount = 0
	}
	return entries
}

// settleLapse clears away holds whose time is over: their tickets are available
// again, what each lost is written down for its basket, the journal says so.
func settleLapse(tx Tx, holds ...Hold) error {
	var lapses []Lapse
	var before, after []Ticket
	lost := make([]movements, len(holds))
	for i, h := range holds {
		tickets, err := tx.TicketsOf(h.ID)
		if err != nil {
			return err
		}
		for _, t := range tickets {
			free, err := t.Release()
			if err != nil {
				return err
			}
			before, after = append(before, t), append(after, free)
			lost[i].note(Diff(t, free), t.Performance)
			lapses = append(lapses, Lapse{Hold: h.ID, Performance: t.Performance, Place: t.Place, Type: t.Type, At: h.ExpiresAt})
		}
	}
	if err := tx.SaveLapses(lapses); err != nil {
		return err
	}
	if err := tx.EndHolds(holds, HoldLapsed); err != nil {
		return err
	}
	if err := tx.SaveTickets(before, after); err != nil {
		return err
	}
	var entries []Entry
	for i, h := range holds {
		entries = append(entries, lost[i].entries(Entry{Verb: VerbLapse, Hold: h.ID, Actor: Actor{Channel: h.Channel}})...)
	}
	return tx.Append(entries...)
}

// settledTickets loads the live tickets of places. Lapsed holds on them are settled
// first.
func settledTickets(tx Tx, perf PerformanceID, places []PlaceNo) ([]Ticket, error) {
	tickets, err := tx.Tickets(perf, places)
	if err != nil {
		return nil, err
	}
	settled := false
	for _, t := range tickets {
		if !t.Lapsed(tx.Now()) {
			continue
		}
		h, err := tx.Hold(t.Hold)
		if err != nil {
			return nil, err
		}
		if h.State != HoldActive {
			continue // settled with another of its tickets
		}
		if err := settleLapse(tx, h); err != nil {
			return nil, err
		}
		settled = true
	}
	if !settled {
		return tickets, nil
	}
	return tx.Tickets(perf, places)
}

// freeTickets loads the live tickets of places for taking, as settledTickets does.
// Places that somebody else has come back as *TakenError.
func freeTickets(tx Tx, perf PerformanceID, places []PlaceNo) ([]Ticket, error) {
	tickets, err := settledTickets(tx, perf, places)
	if err != nil {
		return nil, err
	}
	now := tx.Now()
	var taken []TakenPlace
	for _, t := range tickets {
		if !t.Free(now) {
			p, err := describeTaken(tx, t)
			if err != nil {
				return nil, err
			}
			taken = append(taken, p)
		}
	}
	if len(taken) > 0 {
		return nil, &TakenError{taken}
	}
	return tickets, nil
}

// describeTaken says who has a ticket.
func describeTaken(r Reader, t Ticket) (TakenPlace, error) {
	p := TakenPlace{Place: t.Place, Label: fmt.Sprint(t.Place), State: t.State, Block: t.Block}
	perf, err := r.Performance(t.Performance)
	if err != nil {
		return p, err
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return p, err
	}
	if place, ok := plan.Place(t.Place); ok {
		p.Label, p.Area = plan.Labels([]PlaceNo{t.Place}), place.Label() == ""
	}
	if t.Hold == 0 {
		return p, nil
	}
	h, err := r.Hold(t.Hold)
	if err != nil {
		return p, err
	}
	v, err := viewHold(r, h)
	if err != nil {
		return p, err
	}
	p.By, p.Until = v.Who(), h.ExpiresAt
	return p, nil
}

// viewHold adds to a hold the names a clerk knows it by.
func viewHold(r Reader, h Hold) (HoldView, error) {
	v := HoldView{Hold: h}
	staff, err := r.Staff(h.Staff)
	if err != nil {
		return v, err
	}
	v.StaffName = staff.Name
	v.ForName, err = customerName(r, h.Customer)
	return v, err
}

// customerName returns what a customer is called; nothing for nobody, and for who is not
// known any more.
func customerName(r Reader, id CustomerID) (string, error) {
	if id == 0 {
		return "", nil
	}
	c, err := r.Customer(id)
	if KindOf(err) == KindNotFound {
		err = nil
	}
	return c.Name, err
}

// selling loads a performance that must be on sale.
func selling(r Reader, id PerformanceID) (Performance, *Plan, *PriceList, error) {
	perf, err := r.Performance(id)
	if err != nil {
		return perf, nil, nil, err
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return perf, nil, nil, err
	}
	prices, err := r.PriceList(id)
	if err != nil {
		return perf, nil, nil, err
	}
	if !perf.Selling() {
		return perf, plan, prices, notSelling(perf)
	}
	return perf, plan, prices, nil
}

func notSelling(perf Performance) error {
	why := ""
	if perf.Reason != "" {
		why = ": " + perf.Reason
	}
	words := perf.Title + " is cancelled" + why
	switch perf.State {
	case Planned:
		words = perf.Title + " is not on sale yet"
	case Stopped:
		words = "sales of " + perf.Title + " are stopped" + why
	}
	return &StateError{Words: words, Shut: perf.ID}
}

// openBasket returns the person's open basket, a new one if there is none. An empty one
// has the label of nobody: the next customer is another.
func openBasket(tx Tx, staff StaffID) (Basket, error) {
	b, err := tx.OpenBasket(staff)
	if KindOf(err) == KindNotFound {
		return tx.SaveBasket(Basket{Staff: staff, State: BasketOpen})
	}
	if b.Hold == 0 {
		b.Label = ""
	}
	return b, err
}

// liveBasket returns the person's basket and its hold, made or renewed, for
// putting places in. A lapsed hold is settled; what it lost stays with the
// basket's next hold, to be tried again.
func liveBasket(tx Tx, by Actor) (Basket, Hold, error) {
	house, err := tx.House()
	if err != nil {
		return Basket{}, Hold{}, err
	}
	b, err := openBasket(tx, by.Staff)
	if err != nil {
		return b, Hold{}, err
	}
	times, now := house.Holds.For(by.Channel), tx.Now()
	var lost []Lapse
	if b.Hold != 0 {
		h, err := tx.Hold(b.Hold)
		if err != nil {
			return b, h, err
		}
		if h.Alive(now) {
			if h, err = renew(tx, h, times); err != nil {
				return b, h, err
			}
			return b, h, nil
		}
		if h.State == HoldActive {
			if err := settleLapse(tx, h); err != nil {
				return b, h, err
			}
		}
		if lost, err = tx.Lapses(h.ID); err != nil {
			return b, h, err
		}
		if err := tx.ClearLapses(h.ID); err != nil {
			return b, h, err
		}
	}
	h, err := tx.SaveHold(NewBasketHold(now, by, times))
	if err != nil {
		return b, h, err
	}
	for i := range lost {
		lost[i].Hold = h.ID
	}
	if err := tx.SaveLapses(lost); err != nil {
		return b, h, err
	}
	b.Hold = h.ID
	b, err = tx.SaveBasket(b)
	return b, h, err
}

// renew gives a live hold its full time again and its tickets the same end.
func renew(tx Tx, h Hold, times HoldTime) (Hold, error) {
	longer, err := h.Renew(tx.Now(), times)
	if err != nil || longer.ExpiresAt.Equal(h.ExpiresAt) {
		return longer, err
	}
	tickets, err := tx.TicketsOf(h.ID)
	if err != nil {
		return h, err
	}
	if longer, err = tx.SaveHold(longer); err != nil {
		return h, err
	}
	return longer, extend(tx, longer, tickets)
}

// extend moves the end of tickets under a hold to the hold's own. No place
// changes hands, so the journal is not told ticket by ticket.
func extend(tx Tx, h Hold, tickets []Ticket) error {
	after := make([]Ticket, len(tickets))
	for i, t := range tickets {
		var err error
		if after[i], err = t.Extend(tx.Now(), h); err != nil {
			return err
		}
	}
	if len(after) == 0 {
		return nil
	}
	return tx.SaveTickets(tickets, after)
}

// heldBy returns a person's basket with its hold and tickets, which must still be
// theirs now: an empty basket and one whose time is over are *StateErrors.
func heldBy(tx Tx, staff StaffID) (Basket, Hold, []Ticket, error) {
	b, err := tx.OpenBasket(staff)
	if err != nil && KindOf(err) != KindNotFound {
		return b, Hold{}, nil, err
	}
	if err != nil || b.Hold == 0 {
		return b, Hold{}, nil, wrongState("the basket is empty")
	}
	h, err := tx.Hold(b.Hold)
	if err != nil {
		return b, h, nil, err
	}
	if !h.Alive(tx.Now()) {
		return b, h, nil, wrongState("the basket's time is over; take its places again first")
	}
	tickets, err := tx.TicketsOf(h.ID)
	if err == nil && len(tickets) == 0 {
		err = wrongState("the basket is empty")
	}
	return b, h, tickets, err
}

// endHold ends a hold, unless it has ended, and empties its basket for the next customer.
func endHold(tx Tx, b Basket, h Hold, how HoldState) error {
	if h.State == HoldActive {
		if err := tx.EndHolds([]Hold{h}, how); err != nil {
			return err
		}
	}
	if err := tx.ClearLapses(h.ID); err != nil {
		return err
	}
	b.Hold = 0
	_, err := tx.SaveBasket(b)
	return err
}

// stamp is an entry of the journal by a person.
func stamp(by Actor, verb Verb) Entry { return Entry{Actor: by, Verb: verb} }

// day returns the bounds of the business day that t belongs to.
func day(t time.Time, zone *time.Location) (from, to time.Time) {
	d, _ := time.ParseInLocation(time.DateOnly, BusinessDay(t, zone), zone)
	return d.Add(dayStart), d.AddDate(0, 0, 1).Add(dayStart)
}

package boxoffice

import (
	"cmp"
	"slices"
	"time"
)

// Evening is a business day under way, on one screen: what has been taken, what people
// have in hand, what waits. It is drawn once and then kept up to date from the
// journal's entries ([Evening.Apply]).
type Evening struct {
	Day      string    // the business day
	From, To time.Time // its bounds
	Revision int64     // the journal's sequence number it shows
	// Takings are what tenders brought in, less what voids took back, by tender,
	// clerk and terminal.
	Takings []Taking
	// Baskets have places, in hand or parked, the oldest first; those whose time is
	// over too, until that is cleared away.
	Baskets []BasketInHand
	Waiting []ApprovalView
	// SoldFor is what orders for each of the day's performances came to, whenever they
	// were made: taxes in, voids out.
	SoldFor map[PerformanceID]Money
	// Coming are the performances of the day and of all days after it.
	Coming map[PerformanceID]Performance

	sold    []SoldMinute // of the last hour, oldest first
	names   map[StaffID]string
	times   HoldTimes
	order   OrderID                 // of the last sale
	emptied map[HoldID]BasketInHand // all places given back, but the hold may get others
}

// NewEvening returns the business day of a house that t belongs to, nothing taken and
// nothing in hand yet, as the journal had it at revision.
func NewEvening(house House, names map[StaffID]string, t time.Time, revision int64) *Evening {
	e := &Evening{Day: BusinessDay(t, house.Location()), Revision: revision, SoldFor: map[PerformanceID]Money{}, Coming: map[PerformanceID]Performance{}, names: names, times: house.Holds}
	e.From, e.To = day(t, house.Location())
	return e
}

// Taking is what one clerk took at one terminal by one tender.
type Taking struct {
	Kind     TenderKind
	Staff    StaffID
	Name     string
	Terminal string
	Sales    int // acts of paying
	Voids    int // of them taken back, or others' sales
	Tickets  int // sold, less those of orders taken back; with the first tender of an order
	Amount   Money
}

// BasketInHand is a basket with places.
type BasketInHand struct {
	Basket   BasketID
	Hold     HoldID
	Staff    StaffID
	Name     string
	Terminal string
	Channel  Channel
	Places   int
	Since    time.Time // its first place
	Until    time.Time // when its time is over
	Latest   time.Time // no renewal goes beyond it
	Parked   bool
}

// SoldMinute is how many tickets of one performance were sold within a minute, voided
// ones too.
type SoldMinute struct {
	Minute      time.Time
	Performance PerformanceID
	Tickets     int
}

// chart is how many minutes back sales are counted, and lately how many of them count
// as just now.
const (
	chart  = 60
	lately = 10
)

// Total is what all tenders brought in.
func (e *Evening) Total() Money {
	var sum Money
	for _, t := range e.Takings {
		sum += t.Amount
	}
	return sum
}

// ByTender adds the takings up by tender, most first.
func (e *Evening) ByTender() []Taking {
	return addUp(e.Takings, func(t Taking) Taking { return Taking{Kind: t.Kind} })
}

// ByClerk adds the takings up by clerk and terminal, most first.
func (e *Evening) ByClerk() []Taking {
	return addUp(e.Takings, func(t Taking) Taking { return Taking{Staff: t.Staff, Name: t.Name, Terminal: t.Terminal} })
}

func addUp(takings []Taking, by func(Taking) Taking) []Taking {
	var sums []Taking
	for _, t := range takings {
		key := by(t)
		at := slices.IndexFunc(sums, func(s Taking) bool { return by(s) == key })
		if at < 0 {
			at, sums = len(sums), append(sums, key)
		}
		s := &sums[at]
		s.Sales, s.Voids, s.Tickets, s.Amount = s.Sales+t.Sales, s.Voids+t.Voids, s.Tickets+t.Tickets, s.Amount+t.Amount
	}
	slices.SortFunc(sums, func(a, b Taking) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Staff, b.Staff), cmp.Compare(a.Terminal, b.Terminal))
	})
	return sums
}

// PerMinute returns how many tickets were sold in each of the last sixty minutes, the
// one that now belongs to last.
func (e *Evening) PerMinute(now time.Time) [chart]int {
	var counts [chart]int
	this := now.Truncate(time.Minute)
	for _, s := range e.sold {
		if ago := int(this.Sub(s.Minute) / time.Minute); ago >= 0 && ago < chart {
			counts[chart-1-ago] += s.Tickets
		}
	}
	return counts
}

// SoldLately returns how many tickets of a performance were sold in the last ten
// minutes.
func (e *Evening) SoldLately(perf PerformanceID, now time.Time) int {
	n := 0
	for _, s := range e.sold {
		if s.Performance == perf && s.Minute.After(now.Add(-lately*time.Minute).Truncate(time.Minute)) {
			n += s.Tickets
		}
	}
	return n
}

// Apply adds the journal's next entry. It returns false where the evening must be asked
// for again: entries are missing, the day has ended, or the entry does not say all that
// is needed.
func (e *Evening) Apply(entry Entry) bool {
	if entry.Seq <= e.Revision {
		return true
	}
	if entry.Seq != e.Revision+1 || !entry.At.Before(e.To) {
		return false
	}
	switch entry.Verb {
	case VerbSell:
		if !e.took(entry) {
			return false
		}
	case VerbHold, VerbRelease, VerbRenew, VerbPark, VerbResume, VerbTakeOver, VerbReprice, VerbLapse, VerbName, VerbFree:
	case VerbVoid:
		return false // some of its tickets may have been cancelled before: what it takes back is not in the entry
	case VerbHandOver, VerbPickUp, VerbStaff, VerbSetUp, VerbAsk, VerbAllow, VerbRefuse, VerbWithdraw, VerbUnanswered:
		return false // to whom, how many, or what was asked is not in the entry
	}
	if !e.moved(entry) {
		return false
	}
	e.Revision = entry.Seq
	return true
}

// took counts a sale. While cash is the only tender, each is of cash. It returns false
// for another performance of the same order: the first entry has the amount of them all.
func (e *Evening) took(entry Entry) bool {
	if e.order == entry.Order {
		return false
	}
	e.order = entry.Order
	e.soldIn(entry.At.Truncate(time.Minute), entry.Performance, len(entry.Changes))
	old := entry.At.Add(-chart * time.Minute).Truncate(time.Minute)
	e.sold = slices.DeleteFunc(e.sold, func(s SoldMinute) bool { return s.Minute.Before(old) })
	if _, tonight := e.SoldFor[entry.Performance]; tonight {
		e.SoldFor[entry.Performance] += entry.Amount
	}
	at := slices.IndexFunc(e.Takings, func(t Taking) bool {
		return t.Kind == Cash && t.Staff == entry.Actor.Staff && t.Terminal == entry.Actor.Terminal
	})
	if at < 0 {
		at = len(e.Takings)
		e.Takings = append(e.Takings, Taking{
			Kind: Cash, Staff: entry.Actor.Staff, Name: e.names[entry.Actor.Staff], Terminal: entry.Actor.Terminal,
		})
	}
	t := &e.Takings[at]
	t.Sales, t.Tickets, t.Amount = t.Sales+1, t.Tickets+len(entry.Changes), t.Amount+entry.Amount
	return true
}

// soldIn adds tickets to those that were sold in a minute.
func (e *Evening) soldIn(minute time.Time, perf PerformanceID, tickets int) {
	for i := len(e.sold) - 1; i >= 0 && e.sold[i].Minute.Equal(minute); i-- {
		if e.sold[i].Performance == perf {
			e.sold[i].Tickets += tickets
			return
		}
	}
	e.sold = append(e.sold, SoldMinute{minute, perf, tickets})
}

// moved follows what happened to baskets. It returns false where the entry is about a
// basket that the evening should know and does not.
func (e *Evening) moved(entry Entry) bool {
	if entry.Hold == 0 {
		return true
	}
	at := slices.IndexFunc(e.Baskets, func(b BasketInHand) bool { return b.Hold == entry.Hold })
	var b BasketInHand
	if at >= 0 {
		b = e.Baskets[at]
		e.Baskets = slices.Delete(e.Baskets, at, at+1)
	} else if emptied, ok := e.emptied[entry.Hold]; ok {
		b = emptied
		delete(e.emptied, entry.Hold)
	}
	known := b.Hold != 0
	for _, c := range entry.Changes {
		if c.To == Held && c.From != Held {
			b.Places++
		}
		if c.From == Held && c.To != Held {
			b.Places--
		}
	}
	times := e.times.For(entry.Actor.Channel)
	switch entry.Verb {
	case VerbHold:
		if !known {
			b.Basket, b.Hold, b.Channel, b.Since = entry.Basket, entry.Hold, entry.Actor.Channel, entry.At
			b.Latest = entry.At.Add(times.Max)
			e.belongs(&b, entry.Actor)
		}
		b.renew(entry.At, times)
	case VerbRenew, VerbPark:
		b.Parked = entry.Verb == VerbPark
		b.renew(entry.At, times)
	case VerbResume, VerbTakeOver:
		b.Parked = false
		e.belongs(&b, entry.Actor)
	case VerbRelease, VerbReprice:
	default:
		return true // sold, lapsed, freed, put by under a name: it is no basket's any more
	}
	switch {
	case !known && entry.Verb != VerbHold:
		// What is over already, or a named hold: nobody's basket.
		return b.Places <= 0
	case b.Places > 0:
		e.insert(b)
	default:
		if e.emptied == nil {
			e.emptied = map[HoldID]BasketInHand{}
		}
		e.emptied[b.Hold] = b
	}
	return true
}

// belongs makes a basket the work of a person at their terminal.
func (e *Evening) belongs(b *BasketInHand, to Actor) {
	b.Staff, b.Name = to.Staff, e.names[to.Staff]
	if to.Terminal != "" {
		b.Terminal = to.Terminal
	}
}

// renew gives a basket its full time again, as its hold gets it.
func (b *BasketInHand) renew(at time.Time, times HoldTime) {
	until := at.Add(times.TTL)
	if until.After(b.Latest) {
		until = b.Latest
	}
	if until.After(b.Until) {
		b.Until = until
	}
}

// insert puts a basket among the others, the oldest first.
func (e *Evening) insert(b BasketInHand) {
	at := slices.IndexFunc(e.Baskets, func(o BasketInHand) bool {
		return o.Since.After(b.Since) || o.Since.Equal(b.Since) && o.Hold > b.Hold
	})
	if at < 0 {
		at = len(e.Baskets)
	}
	e.Baskets = slices.Insert(e.Baskets, at, b)
}

package boxoffice

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Takings is what one way of paying, one clerk, one drawer or one performance
// brought in.
type Takings struct {
	Name string
	// Orders and Tickets count what stands. A ticket has no tender of its own:
	// by tender there are none.
	Orders  int
	Tickets int
	Sold    Money // of all that was sold, what was voided since included
	Voids   int   // orders
	Voided  Money // of Sold
}

// Taken is what remains: sold less voided.
func (t Takings) Taken() Money { return t.Sold - t.Voided }

// VoidedOrder is a sale that was undone.
type VoidedOrder struct {
	Order   OrderID
	At      time.Time // of the void
	Seller  string
	By      string // who voided it
	Tickets int
	Amount  Money
	Reason  string
}

// SalesReport is what was sold in a business day or for a performance, as one
// snapshot has it. An order belongs to the day it was made on, to the clerk who
// made it and to their drawer; a void takes from where its order gave.
type SalesReport struct {
	House House
	At    time.Time // of the snapshot
	// Day is a business day; empty for all time.
	Day string
	// Performance is the only one reported on; zero for all. Of an order for
	// several, its own lines count, and their share of each tender.
	Performance Performance

	Total         Takings
	Tax           Money // of what was taken
	ByTender      []Takings
	ByClerk       []Takings
	ByDrawer      []Takings
	ByPerformance []Takings // by curtain
	Voided        []VoidedOrder

	// The whole orders behind the report, performance or not: what was given,
	// change, what tenders and lines come to.
	Tendered, Change, Tenders, Lines Money
}

// Check returns a *StateError unless the money adds up: what was tendered less
// change and voids is what the tickets come to, in all and in each part.
func (s SalesReport) Check() error {
	money := s.House.Currency.Format
	if s.Tenders != s.Lines {
		return wrongState("the tenders come to %s and the tickets to %s; run wicket verify", money(s.Tenders), money(s.Lines))
	}
	for _, part := range []struct {
		by   string
		rows []Takings
	}{{"tender", s.ByTender}, {"clerk", s.ByClerk}, {"drawer", s.ByDrawer}, {"performance", s.ByPerformance}} {
		var sum Money
		for _, t := range part.rows {
			sum += t.Taken()
		}
		if sum != s.Total.Taken() {
			return wrongState("the takings by %s come to %s, in all they are %s; run wicket verify", part.by, money(sum), money(s.Total.Taken()))
		}
	}
	if s.Performance.ID == 0 && s.Lines != s.Total.Taken() {
		return wrongState("the tickets come to %s, the takings to %s; run wicket verify", money(s.Lines), money(s.Total.Taken()))
	}
	return nil
}

// tally adds orders up to a report.
type tally struct {
	report                      SalesReport
	only                        PerformanceID // zero for all
	tender, clerk, drawer, perf map[string]*Takings
	staff                       map[StaffID]string
}

func newTally(report SalesReport, staff map[StaffID]string) *tally {
	return &tally{
		report: report, only: report.Performance.ID, staff: staff,
		tender: map[string]*Takings{}, clerk: map[string]*Takings{}, drawer: map[string]*Takings{}, perf: map[string]*Takings{},
	}
}

// called returns the takings with this name, new ones if need be.
func called(rows map[string]*Takings, name string) *Takings {
	if rows[name] == nil {
		rows[name] = &Takings{Name: name}
	}
	return rows[name]
}

// part is an order's lines for one performance, or for all that is reported on.
type part struct {
	tickets           int
	sold, voided, tax Money
}

func (p *part) add(l OrderLine) {
	p.tax += l.Tax
	if l.Reverses != 0 {
		p.voided -= l.Amount
		return
	}
	p.tickets++
	p.sold += l.Amount
}

// addTo adds the part of an order to takings.
func (p part) addTo(t *Takings, voided bool) {
	t.Sold += p.sold
	t.Voided += p.voided
	if voided {
		t.Voids++
		return
	}
	t.Orders++
	t.Tickets += p.tickets
}

// add counts one order. title names a performance.
func (t *tally) add(o Order, title func(PerformanceID) string) {
	var all part
	byPerf := map[PerformanceID]*part{}
	var lines Money
	for _, l := range o.Lines {
		lines += l.Amount
		if t.only != 0 && l.Performance != t.only {
			continue
		}
		if byPerf[l.Performance] == nil {
			byPerf[l.Performance] = &part{}
		}
		byPerf[l.Performance].add(l)
		all.add(l)
	}
	if len(byPerf) == 0 {
		return
	}
	voided := o.State == OrderVoided
	for id, p := range byPerf {
		p.addTo(called(t.perf, title(id)), voided)
	}
	r := &t.report
	all.addTo(&r.Total, voided)
	all.addTo(called(t.clerk, t.staff[o.Staff]), voided)
	all.addTo(called(t.drawer, o.Drawer), voided)
	r.Tax += all.tax
	r.Lines += lines
	for _, d := range o.Tenders {
		r.Tenders += d.Amount
		if d.Reverses == 0 {
			r.Tendered += d.Tendered
			r.Change += d.Change
		}
	}
	t.addTenders(o, all, voided)
}

// addTenders counts an order's share of each way of paying.
func (t *tally) addTenders(o Order, all part, voided bool) {
	var kinds []string
	var paid, back []Money
	for _, d := range o.Tenders {
		i := slices.Index(kinds, string(d.Kind))
		if i < 0 {
			i = len(kinds)
			kinds, paid, back = append(kinds, string(d.Kind)), append(paid, 0), append(back, 0)
		}
		if d.Reverses == 0 {
			paid[i] += d.Amount
		} else {
			back[i] -= d.Amount
		}
	}
	if t.only != 0 {
		paid, back = spread(all.sold, paid), spread(all.voided, back)
	}
	for i, kind := range kinds {
		part{sold: paid[i], voided: back[i]}.addTo(called(t.tender, kind), voided)
	}
}

// done returns the report. curtain says when a performance called so begins.
func (t *tally) done(curtain map[string]time.Time) SalesReport {
	r := t.report
	r.ByTender, r.ByClerk, r.ByDrawer = sorted(t.tender, byName), sorted(t.clerk, byName), sorted(t.drawer, byName)
	r.ByPerformance = sorted(t.perf, func(a, b Takings) int {
		return cmp.Or(curtain[a.Name].Compare(curtain[b.Name]), byName(a, b))
	})
	return r
}

// byName orders takings as people read their names: window 2 before window 10.
func byName(a, b Takings) int {
	wordsA, numberA := cutNumber(a.Name)
	wordsB, numberB := cutNumber(b.Name)
	return cmp.Or(cmp.Compare(wordsA, wordsB), cmp.Compare(len(numberA), len(numberB)), cmp.Compare(numberA, numberB), cmp.Compare(a.Name, b.Name))
}

// cutNumber splits a name before the number it ends in, whatever its case.
func cutNumber(name string) (words, number string) {
	name = strings.ToLower(name)
	words = strings.TrimRight(name, "0123456789")
	return words, strings.TrimLeft(name[len(words):], "0")
}

func sorted(rows map[string]*Takings, by func(a, b Takings) int) []Takings {
	list := make([]Takings, 0, len(rows))
	for _, t := range rows {
		list = append(list, *t)
	}
	slices.SortFunc(list, by)
	return list
}

package boxoffice

import (
	"context"
	"fmt"
	"time"
)

// stretch is how many orders a report reads at once.
const stretch = 100

// SalesOf says what a sales report is about.
type SalesOf struct {
	// Day is a business day, «2006-01-02»; empty for all time.
	Day string
	// Performance is the only one; zero for all.
	Performance PerformanceID
}

// Allowed returns nil if the person may do p, else a *NotAllowedError. It is for
// reading; a use case that changes something asks in its own transaction.
func (o *Office) Allowed(ctx context.Context, by Actor, p Permission) error {
	return o.store.View(ctx, func(r Reader) error {
		_, err := allow(r, by, p)
		return err
	})
}

// Sales reports what was sold, from one snapshot. It holds no sale up. The report
// says itself whether it adds up: [SalesReport.Check].
func (o *Office) Sales(ctx context.Context, by Actor, of SalesOf) (SalesReport, error) {
	return survey(ctx, o, func(r Reader) (SalesReport, error) {
		report := SalesReport{At: r.Now(), Day: of.Day}
		if _, err := allow(r, by, SeeReports); err != nil {
			return report, err
		}
		var err error
		if report.House, err = r.House(); err != nil {
			return report, err
		}
		from, to, err := dayOf(of.Day, report.House.Location())
		if err != nil {
			return report, err
		}
		if of.Performance != 0 {
			if report.Performance, err = r.Performance(of.Performance); err != nil {
				return report, err
			}
		}
		staff, err := names(r)
		if err != nil {
			return report, err
		}
		after := OrderID(0)
		if !from.IsZero() {
			if after, err = r.LastOrderBefore(from); err != nil {
				return report, err
			}
		}
		t := newTally(report, staff)
		titles := playbill{zone: report.House.Location(), names: map[PerformanceID]string{}, curtain: map[string]time.Time{}}
		for {
			orders, err := r.OrdersAfter(after, stretch)
			if err != nil {
				return report, err
			}
			for _, order := range orders {
				if !to.IsZero() && !order.At.Before(to) {
					return t.done(titles.curtain), nil
				}
				if err := titles.learn(r, order); err != nil {
					return report, err
				}
				t.add(order, func(id PerformanceID) string { return titles.names[id] })
				if err := t.addVoid(r, order); err != nil {
					return report, err
				}
				after = order.ID
			}
			if len(orders) < stretch {
				return t.done(titles.curtain), nil
			}
			if err := r.GiveWay(); err != nil {
				return report, err
			}
		}
	})
}

// dayOf returns the bounds of a business day, zero ones for no day.
func dayOf(name string, zone *time.Location) (from, to time.Time, err error) {
	if name == "" {
		return from, to, nil
	}
	noon, err := time.ParseInLocation("2006-01-02 15", name+" 12", zone)
	if err != nil {
		return from, to, invalid("%q is no day; write it like 2026-11-28", Shorten(Clean(name), 40))
	}
	from, to = day(noon, zone)
	return from, to, nil
}

// playbill names the performances of orders.
type playbill struct {
	zone    *time.Location
	names   map[PerformanceID]string
	curtain map[string]time.Time
}

// learn makes sure that the performances of an order have names.
func (b playbill) learn(r Reader, o Order) error {
	for _, l := range o.Lines {
		if _, ok := b.names[l.Performance]; ok {
			continue
		}
		perf, err := r.Performance(l.Performance)
		if err != nil {
			return err
		}
		name := perf.Curtain.In(b.zone).Format("02 Jan 15:04 ") + perf.Title
		if _, taken := b.curtain[name]; taken {
			name += " (" + perf.Key + ")"
		}
		b.names[l.Performance], b.curtain[name] = name, perf.Curtain
	}
	return nil
}

// addVoid lists an order that was voided, with who did it and why.
func (t *tally) addVoid(r Reader, o Order) error {
	if o.State != OrderVoided {
		return nil
	}
	v := VoidedOrder{Order: o.ID, At: o.VoidedAt, Seller: t.staff[o.Staff]}
	for _, l := range o.Lines {
		if l.Reverses == 0 && (t.only == 0 || l.Performance == t.only) {
			v.Tickets++
			v.Amount += l.Amount
		}
	}
	if v.Tickets == 0 {
		return nil
	}
	history, err := r.JournalOfOrder(o.ID)
	if err != nil {
		return err
	}
	for _, e := range history {
		if e.Verb == VerbVoid {
			v.By, v.Reason = t.staff[e.Actor.Staff], e.Note
		}
	}
	t.report.Voided = append(t.report.Voided, v)
	return nil
}

// TicketCount counts a performance's tickets on one snapshot.
func (o *Office) TicketCount(ctx context.Context, by Actor, id PerformanceID) (TicketCount, error) {
	return survey(ctx, o, func(r Reader) (TicketCount, error) {
		if _, err := allow(r, by, SeeReports); err != nil {
			return TicketCount{}, err
		}
		perf, err := r.Performance(id)
		if err != nil {
			return TicketCount{}, err
		}
		return ticketCount(r, perf)
	})
}

// TicketCounts counts the tickets of what a counter sells at the instant t, by
// curtain: see [Office.Tonight].
func (o *Office) TicketCounts(ctx context.Context, by Actor, t time.Time) ([]TicketCount, error) {
	return survey(ctx, o, func(r Reader) ([]TicketCount, error) {
		if _, err := allow(r, by, SeeReports); err != nil {
			return nil, err
		}
		house, err := r.House()
		if err != nil {
			return nil, err
		}
		perfs, err := r.Performances(onSaleAt(t, house))
		if err != nil {
			return nil, err
		}
		counts := make([]TicketCount, len(perfs))
		for i, perf := range perfs {
			if counts[i], err = ticketCount(r, perf); err != nil {
				return nil, fmt.Errorf("count %s: %w", perf.Key, err)
			}
			if err := r.GiveWay(); err != nil {
				return nil, err
			}
		}
		return counts, nil
	})
}

func ticketCount(r Reader, perf Performance) (TicketCount, error) {
	house, err := r.House()
	if err != nil {
		return TicketCount{}, err
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return TicketCount{}, err
	}
	prices, err := r.PriceList(perf.ID)
	if err != nil {
		return TicketCount{}, err
	}
	places, err := r.Places(perf.ID)
	if err != nil {
		return TicketCount{}, err
	}
	c := countTickets(perf, plan, prices, places, r.Now())
	c.House = house
	return c, nil
}

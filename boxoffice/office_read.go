package boxoffice

import (
	"context"
	"strings"
	"time"
)

// House returns the house; *NotFoundError where the store has none yet.
func (o *Office) House(ctx context.Context) (House, error) {
	return view(ctx, o, Reader.House)
}

// AllStaff returns everybody who works here, without their PINs.
func (o *Office) AllStaff(ctx context.Context) ([]Staff, error) {
	return view(ctx, o, func(r Reader) ([]Staff, error) {
		all, err := r.AllStaff()
		if err != nil {
			return nil, err
		}
		bare := make([]Staff, len(all))
		for i, s := range all {
			bare[i] = s.withoutPIN()
		}
		return bare, nil
	})
}

// Plans returns the house's seating plans.
func (o *Office) Plans(ctx context.Context) ([]PlanHead, error) { return view(ctx, o, Reader.Plans) }

// Events returns the house's events.
func (o *Office) Events(ctx context.Context) ([]Event, error) { return view(ctx, o, Reader.Events) }

// PriceTypes returns the house's price types, by rank.
func (o *Office) PriceTypes(ctx context.Context) ([]PriceType, error) {
	return view(ctx, o, Reader.PriceTypes)
}

// PerformanceByKey returns the performance with this key, in letters of either case.
func (o *Office) PerformanceByKey(ctx context.Context, key string) (Performance, error) {
	return view(ctx, o, func(r Reader) (Performance, error) {
		return r.PerformanceByKey(strings.ToLower(strings.TrimSpace(key)))
	})
}

// Performances returns the performances with a curtain in [from, to), by curtain,
// with how they stand. A zero bound is open.
func (o *Office) Performances(ctx context.Context, from, to time.Time) ([]PerformanceView, error) {
	return view(ctx, o, func(r Reader) ([]PerformanceView, error) {
		perfs, err := r.Performances(from, to)
		if err != nil {
			return nil, err
		}
		views := make([]PerformanceView, len(perfs))
		now := r.Now().UnixMilli()
		for i, p := range perfs {
			views[i].Performance = p
			plan, err := r.Plan(p.Plan)
			if err != nil {
				return nil, err
			}
			views[i].PlanName = plan.Name
			places, err := r.Places(p.ID)
			if err != nil {
				return nil, err
			}
			for _, place := range places {
				views[i].Total.Count(place, now)
			}
		}
		return views, nil
	})
}

// Tonight returns the performances of the business day that t belongs to and of
// the days after it, up to a week ahead: what a counter sells.
func (o *Office) Tonight(ctx context.Context, t time.Time) ([]PerformanceView, error) {
	house, err := o.House(ctx)
	if err != nil {
		return nil, err
	}
	from, to := onSaleAt(t, house)
	return o.Performances(ctx, from, to)
}

// onSaleAt bounds the curtains of what a counter sells at t.
func onSaleAt(t time.Time, house House) (from, to time.Time) {
	from, _ = day(t, house.Location())
	return from, from.AddDate(0, 0, 7)
}

// Order returns an order with everything a screen says about it.
func (o *Office) Order(ctx context.Context, id OrderID) (OrderView, error) {
	return view(ctx, o, func(r Reader) (OrderView, error) {
		order, err := r.Order(id)
		if err != nil {
			return OrderView{}, err
		}
		v := OrderView{Order: order}
		if order.Customer != 0 {
			if v.Customer, err = r.Customer(order.Customer); err != nil && KindOf(err) != KindNotFound {
				return v, err
			}
		}
		for _, l := range order.Lines {
			if l.Reverses != 0 {
				continue
			}
			line, err := viewOrderLine(r, l)
			if err != nil {
				return v, err
			}
			line.Barcode = o.barcodes.Of(l.Ticket, firstCopy)
			v.Lines = append(v.Lines, line)
		}
		if v.History, err = r.JournalOfOrder(id); err != nil {
			return v, err
		}
		v.Names, err = names(r)
		v.Seller = v.Names[order.Staff]
		return v, err
	})
}

func viewOrderLine(r Reader, l OrderLine) (OrderLineView, error) {
	v := OrderLineView{Line: l}
	var err error
	if v.Ticket, err = r.Ticket(l.Ticket); err != nil {
		return v, err
	}
	perf, err := r.Performance(l.Performance)
	if err != nil {
		return v, err
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return v, err
	}
	prices, err := r.PriceList(perf.ID)
	if err != nil {
		return v, err
	}
	v.Title, v.Curtain, v.Type = perf.Title, perf.Curtain, prices.Type(l.Type)
	if place, ok := plan.Place(l.Place); ok {
		v.Label, v.Section, v.Zone = place.Label(), plan.Sections[place.Section].Name, plan.Zones[place.Zone].Name
	}
	return v, nil
}

// names returns everybody's name by id.
func names(r Reader) (map[StaffID]string, error) {
	all, err := r.AllStaff()
	if err != nil {
		return nil, err
	}
	byID := make(map[StaffID]string, len(all))
	for _, s := range all {
		byID[s.ID] = s.Name
	}
	return byID, nil
}

// FindOrders returns up to limit orders, newest first, whose number, customer or
// phone matches query.
func (o *Office) FindOrders(ctx context.Context, query string, limit int) ([]OrderHead, error) {
	return view(ctx, o, func(r Reader) ([]OrderHead, error) {
		orders, err := r.Orders(strings.TrimPrefix(strings.TrimSpace(query), "#"), limit)
		if err != nil {
			return nil, err
		}
		staff, err := names(r)
		if err != nil {
			return nil, err
		}
		heads := make([]OrderHead, len(orders))
		for i, order := range orders {
			heads[i] = OrderHead{Order: order, Seller: staff[order.Staff]}
			if heads[i].Customer, err = customerName(r, order.Customer); err != nil {
				return nil, err
			}
			if heads[i].Words, err = orderWords(r, order); err != nil {
				return nil, err
			}
			if err := heads[i].count(r); err != nil {
				return nil, err
			}
		}
		return heads, nil
	})
}

// count counts the order's tickets, and those of them that were cancelled.
func (h *OrderHead) count(r Reader) error {
	for _, l := range h.Order.Lines {
		if l.Reverses == 0 {
			h.Tickets++
		}
	}
	if h.Order.State == OrderVoided {
		return nil
	}
	tickets, err := r.TicketsOfOrder(h.Order.ID)
	for _, t := range tickets {
		if t.State == Cancelled {
			h.Cancelled++
		}
	}
	return err
}

// orderWords says what an order is for: «Macbeth · B12 B13».
func orderWords(r Reader, order Order) (string, error) {
	places := map[PerformanceID][]PlaceNo{}
	var perfs []PerformanceID
	for _, l := range order.Lines {
		if l.Reverses != 0 {
			continue
		}
		if places[l.Performance] == nil {
			perfs = append(perfs, l.Performance)
		}
		places[l.Performance] = append(places[l.Performance], l.Place)
	}
	var words []string
	for _, id := range perfs {
		perf, err := r.Performance(id)
		if err != nil {
			return "", err
		}
		plan, err := r.Plan(perf.Plan)
		if err != nil {
			return "", err
		}
		words = append(words, perf.Title, "·", plan.Labels(places[id]))
	}
	return strings.Join(words, " "), nil
}

// PlanOf returns the seating plan a performance is played on.
func (o *Office) PlanOf(ctx context.Context, id PerformanceID) (*Plan, error) {
	return view(ctx, o, func(r Reader) (*Plan, error) {
		perf, err := r.Performance(id)
		if err != nil {
			return nil, err
		}
		return r.Plan(perf.Plan)
	})
}

// PlaceHistory returns a place's whole story.
func (o *Office) PlaceHistory(ctx context.Context, id PerformanceID, no PlaceNo) (PlaceView, error) {
	return view(ctx, o, func(r Reader) (PlaceView, error) {
		perf, err := r.Performance(id)
		if err != nil {
			return PlaceView{}, err
		}
		plan, err := r.Plan(perf.Plan)
		if err != nil {
			return PlaceView{}, err
		}
		v := PlaceView{Label: plan.Labels([]PlaceNo{no})}
		if v.Tickets, err = r.TicketHistory(id, no); err != nil {
			return v, err
		}
		if v.History, err = r.JournalOfPlace(id, no); err != nil {
			return v, err
		}
		v.Names, err = names(r)
		return v, err
	})
}

// JournalView is a stretch of the journal with everybody's names.
type JournalView struct {
	Entries []Entry
	Names   map[StaffID]string
}

// Journal returns up to limit entries after seq, oldest first.
func (o *Office) Journal(ctx context.Context, after int64, limit int) (JournalView, error) {
	return view(ctx, o, func(r Reader) (JournalView, error) {
		entries, err := r.Journal(after, limit)
		if err != nil {
			return JournalView{}, err
		}
		staff, err := names(r)
		return JournalView{entries, staff}, err
	})
}

// Lately returns the last limit entries of the journal, oldest first.
func (o *Office) Lately(ctx context.Context, limit int) (JournalView, error) {
	return view(ctx, o, func(r Reader) (JournalView, error) {
		entries, err := r.LastEntries(limit)
		if err != nil {
			return JournalView{}, err
		}
		staff, err := names(r)
		return JournalView{entries, staff}, err
	})
}

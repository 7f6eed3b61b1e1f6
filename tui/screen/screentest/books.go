package screentest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"wicket/boxoffice"
)

// SellCash sells the basket.
func (h *House) SellCash(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, expect, given boxoffice.Money) (boxoffice.Sale, error) {
	var sale boxoffice.Sale
	err := h.did("sell", cmd, func() error {
		b := h.basket
		if b.Empty() || b.Total != expect {
			return &boxoffice.StateError{Words: "the basket comes to another total now; look again"}
		}
		tender, err := boxoffice.PayCash(b.Total, given, h.Settings().Currency)
		if err != nil {
			return err
		}
		now := h.Clock.Now()
		order := boxoffice.Order{
			ID: boxoffice.OrderID(1042 + len(h.orders)), State: boxoffice.OrderPaid, At: now, Staff: by.Staff,
			Terminal: by.Terminal, Drawer: by.Drawer, Channel: by.Channel, Total: b.Total, Tax: b.Tax, Tenders: []boxoffice.Tender{tender},
		}
		view := boxoffice.OrderView{Seller: "Ana" + h.Evil, Customer: boxoffice.Customer{Name: h.Evil}, Names: map[boxoffice.StaffID]string{Ana: "Ana" + h.Evil, Ben: "Ben" + h.Evil}}
		entry := boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbSell, Performance: b.Lines[0].Performance, Order: order.ID, Amount: b.Total, Basket: MyBasket, Hold: MyHold}
		for i, l := range b.Lines {
			s := h.show(l.Performance)
			s.places[l.Place-1].State, s.places[l.Place-1].Hold, s.places[l.Place-1].Until = boxoffice.Confirmed, 0, 0
			s.places[l.Place-1].Order = order.ID
			delete(s.holds, MyHold)
			line := boxoffice.OrderLine{ID: boxoffice.LineID(i + 1), Order: order.ID, Performance: l.Performance, Place: l.Place, Type: l.Type.ID, Price: l.Price, Amount: l.Amount}
			view.Lines = append(view.Lines, boxoffice.OrderLineView{
				Line: line, Ticket: boxoffice.Ticket{ID: boxoffice.TicketID(9000 + 100*len(h.orders) + i), State: boxoffice.Confirmed, Place: l.Place},
				Title: l.Title, Curtain: l.Curtain, Label: l.Label, Section: l.Section, Zone: l.Zone, Type: l.Type,
				Barcode: h.codes.Of(boxoffice.TicketID(9000+100*len(h.orders)+i), 1),
			})
			entry.Changes = append(entry.Changes, boxoffice.Change{Place: l.Place, From: boxoffice.Held, To: boxoffice.Confirmed})
			h.draw(s)
		}
		entry.At = now
		view.Order, view.History = order, []boxoffice.Entry{entry}
		h.orders = append(h.orders, view)
		h.basket = boxoffice.BasketView{Basket: boxoffice.Basket{ID: MyBasket, Staff: by.Staff, State: boxoffice.BasketOpen}}
		sale = boxoffice.Sale{Order: order.ID, Total: b.Total, Given: given, Change: tender.Change, Tickets: len(b.Lines)}
		h.note(entry)
		return nil
	})
	if err == nil && h.OnSale != nil {
		h.OnSale()
	}
	return sale, err
}

// Void undoes a sale; a clerk their own only.
func (h *House) Void(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.OrderID, reason string) error {
	return h.did("void", cmd, func() error {
		for _, o := range h.orders {
			if o.Order.ID == id && o.Order.Staff != by.Staff {
				if err := boxoffice.Permissions(nil).Check(h.person(by.Staff), boxoffice.VoidAny); err != nil {
					return err
				}
			}
		}
		return h.voidLocked(by, id, reason)
	})
}

func (h *House) void(by boxoffice.Actor, id boxoffice.OrderID, reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_ = h.voidLocked(by, id, reason)
}

func (h *House) voidLocked(by boxoffice.Actor, id boxoffice.OrderID, reason string) error {
	for i := range h.orders {
		if o := &h.orders[i]; o.Order.ID == id {
			o.Order.State, o.Order.VoidedAt = boxoffice.OrderVoided, h.Clock.Now()
			for l := range o.Lines {
				o.Lines[l].Ticket.State = boxoffice.Cancelled
			}
			e := boxoffice.Entry{
				At: h.Clock.Now(), Actor: by, Verb: boxoffice.VerbVoid, Order: id, Amount: -o.Order.Total, Note: reason + h.Evil,
			}
			o.History = append(o.History, e)
			h.note(e)
			return nil
		}
	}
	return boxoffice.NotFound("order", id)
}

// CancelPerformance cancels a performance.
func (h *House) CancelPerformance(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, perf boxoffice.PerformanceID, reason string) error {
	return h.did("cancel performance", cmd, func() error {
		s := h.show(perf)
		s.perf.State, s.perf.Reason = boxoffice.PerformanceCancelled, reason
		h.draw(s)
		return nil
	})
}

// Park puts the basket aside.
func (h *House) Park(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, label string) error {
	return h.did("park", cmd, func() error {
		b := h.basket
		b.Basket.Label, b.Basket.State = label+h.Evil, boxoffice.BasketParked
		b.ForName = b.Basket.Label
		h.parked = append(h.parked, boxoffice.ParkedView{View: b, Owner: "Ana" + h.Evil})
		h.basket = boxoffice.BasketView{}
		return nil
	})
}

// Resume takes a parked basket up again.
func (h *House) Resume(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, id boxoffice.BasketID) error {
	return h.did("resume", cmd, func() error {
		for i, p := range h.parked {
			if p.View.Basket.ID == id {
				h.basket, h.parked = p.View, slices.Delete(h.parked, i, i+1)
				return nil
			}
		}
		return boxoffice.NotFound("parked basket", id)
	})
}

// PickUp brings a named hold into the basket.
func (h *House) PickUp(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, id boxoffice.HoldID) error {
	return h.did("pick up", cmd, func() error {
		for i, n := range h.named {
			if n.Hold.ID == id {
				h.named = slices.Delete(h.named, i, i+1)
				h.basket = boxoffice.BasketView{
					Basket: boxoffice.Basket{ID: MyBasket, State: boxoffice.BasketOpen, Hold: id}, Hold: n.Hold.Hold, Lines: n.Lines, ForName: n.Customer.Name,
				}
				h.sum()
				return nil
			}
		}
		return boxoffice.NotFound("named hold", id)
	})
}

// DropNamed gives back what a named hold has.
func (h *House) DropNamed(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, id boxoffice.HoldID, reason string) error {
	return h.did("drop named: "+reason, cmd, func() error {
		h.named = slices.DeleteFunc(h.named, func(n boxoffice.NamedView) bool { return n.Hold.ID == id })
		return nil
	})
}

// CancelTickets cancels tickets of an order.
func (h *House) CancelTickets(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.OrderID, tickets []boxoffice.TicketID, reason string) error {
	return h.did("cancel tickets: "+reason, cmd, func() error {
		for i := range h.orders {
			o := &h.orders[i]
			if o.Order.ID != id {
				continue
			}
			e := boxoffice.Entry{At: h.Clock.Now(), Actor: by, Verb: boxoffice.VerbCancel, Performance: o.Lines[0].Line.Performance, Order: id, Note: reason}
			for i := range o.Lines {
				l := &o.Lines[i]
				switch {
				case !slices.Contains(tickets, l.Ticket.ID):
					continue
				case l.Ticket.State == boxoffice.Cancelled:
					return &boxoffice.StateError{Words: fmt.Sprintf("that ticket of order %d is cancelled already", id)}
				}
				l.Ticket.State = boxoffice.Cancelled
				e.Changes = append(e.Changes, boxoffice.Change{Place: l.Line.Place, From: boxoffice.Confirmed, To: boxoffice.Available})
				s := h.show(l.Line.Performance)
				s.places[l.Line.Place-1] = boxoffice.PlaceState{Ticket: s.places[l.Line.Place-1].Ticket, State: boxoffice.Available}
				h.draw(s)
			}
			o.History = append(o.History, e)
			h.note(e)
		}
		return nil
	})
}

// HoldFor makes a named hold of the basket.
func (h *House) HoldFor(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, c boxoffice.Customer, until time.Time) (boxoffice.HoldID, error) {
	err := h.did("name", cmd, func() error {
		hold := h.basket.Hold
		c.Name += h.Evil
		hold.Kind, hold.ExpiresAt = boxoffice.NamedHold, until
		h.named = append(h.named, boxoffice.NamedView{
			Hold: boxoffice.HoldView{Hold: hold, StaffName: "Ana" + h.Evil, ForName: c.Name}, Customer: c, Lines: h.basket.Lines,
		})
		h.basket = boxoffice.BasketView{}
		return nil
	})
	return MyHold, err
}

// Basket returns the basket, Ana's; nobody else has places in theirs.
func (h *House) Basket(_ context.Context, staff boxoffice.StaffID) (boxoffice.BasketView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if whose := h.basket.Basket.Staff; staff != 0 && staff != Ana && whose != staff {
		return boxoffice.BasketView{}, h.Unread
	}
	if h.Unread != nil {
		return boxoffice.BasketView{}, h.Unread
	}
	b := h.basket
	b.Lines, b.Lost = slices.Clone(b.Lines), slices.Clone(b.Lost)
	return b, nil
}

// Permissions are the usual ones.
func (h *House) Permissions(context.Context) (boxoffice.Permissions, error) { return nil, nil }

// Parked returns the parked baskets.
func (h *House) Parked(context.Context, boxoffice.StaffID) ([]boxoffice.ParkedView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Unread != nil {
		return nil, h.Unread
	}
	return slices.Clone(h.parked), nil
}

// Named returns the named holds.
func (h *House) Named(context.Context) ([]boxoffice.NamedView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Unread != nil {
		return nil, h.Unread
	}
	return slices.Clone(h.named), nil
}

// Order returns an order.
func (h *House) Order(_ context.Context, id boxoffice.OrderID) (boxoffice.OrderView, error) {
	for _, o := range h.Orders() {
		if o.Order.ID == id {
			return o, nil
		}
	}
	return boxoffice.OrderView{}, boxoffice.NotFound("order", id)
}

// Scan returns the ticket with a barcode.
func (h *House) Scan(_ context.Context, code string) (boxoffice.Scanned, error) {
	id, copy, err := h.codes.Read(code)
	if err != nil {
		return boxoffice.Scanned{}, err
	}
	for _, o := range h.Orders() {
		for _, l := range o.Lines {
			if l.Ticket.ID != id {
				continue
			}
			s := boxoffice.Scanned{Order: o.Order.ID, Ticket: id, Copy: copy, Title: l.Title, Section: l.Section, Label: l.Label}
			if l.Ticket.State == boxoffice.Cancelled {
				s.Dead = "voided"
			}
			return s, nil
		}
	}
	return boxoffice.Scanned{}, boxoffice.NotFound("ticket", id)
}

// FindOrders returns the orders whose number or words have the query, newest
// first.
func (h *House) FindOrders(_ context.Context, query string, _ int) ([]boxoffice.OrderHead, error) {
	if h.Unread != nil {
		return nil, h.Unread
	}
	var heads []boxoffice.OrderHead
	for _, o := range h.Orders() {
		places := make([]boxoffice.PlaceNo, len(o.Lines))
		for i, l := range o.Lines {
			places[i] = l.Line.Place
		}
		words := o.Lines[0].Title + " · " + h.show(o.Lines[0].Line.Performance).plan.Labels(places)
		if strings.Contains(strings.ToLower(fmt.Sprint(o.Order.ID, " ", words)), strings.ToLower(query)) {
			head := boxoffice.OrderHead{Order: o.Order, Seller: o.Seller, Customer: o.Customer.Name, Words: words, Tickets: len(o.Lines)}
			for _, l := range o.Lines {
				if l.Ticket.State == boxoffice.Cancelled && o.Order.State != boxoffice.OrderVoided {
					head.Cancelled++
				}
			}
			heads = append([]boxoffice.OrderHead{head}, heads...)
		}
	}
	return heads, nil
}

// Performances returns all performances.
func (h *House) Performances(context.Context, time.Time, time.Time) ([]boxoffice.PerformanceView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Unread != nil {
		return nil, h.Unread
	}
	var views []boxoffice.PerformanceView
	for _, s := range h.shows {
		views = append(views, boxoffice.PerformanceView{Performance: s.perf, PlanName: s.plan.Name, Total: s.pic.Total})
	}
	return views, nil
}

// PlanOf returns a performance's plan.
func (h *House) PlanOf(_ context.Context, id boxoffice.PerformanceID) (*boxoffice.Plan, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.PlansRead++
	return h.show(id).plan, nil
}

// Lately returns the last entries.
func (h *House) Lately(_ context.Context, limit int) (boxoffice.JournalView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	last := slices.Clone(h.journal[max(0, len(h.journal)-limit):])
	return boxoffice.JournalView{Entries: last, Names: h.names()}, nil
}

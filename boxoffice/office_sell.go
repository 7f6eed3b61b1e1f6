package boxoffice

import (
	"context"
	"fmt"
)

// SellCash sells the person's basket for cash: the order with its number, lines
// and tender, the tickets and the journal, in one transaction. expect is the
// total the clerk saw: where the basket came to another one meanwhile, nothing is
// sold and a *StateError says so.
func (o *Office) SellCash(ctx context.Context, cmd CommandID, by Actor, expect, given Money) (Sale, error) {
	return update(ctx, o, cmd, func(tx Tx) (Sale, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return Sale{}, err
		}
		house, err := tx.House()
		if err != nil {
			return Sale{}, err
		}
		basket, hold, tickets, err := heldBy(tx, by.Staff)
		if err != nil {
			return Sale{}, err
		}
		order, err := drawUp(tx, by, hold, tickets)
		if err != nil {
			return Sale{}, err
		}
		if order.Total != expect {
			return Sale{}, wrongState("the basket comes to %s now, not %s; look again", house.Currency.Format(order.Total), house.Currency.Format(expect))
		}
		tender, err := PayCash(order.Total, given, house.Currency)
		if err != nil {
			return Sale{}, err
		}
		tender.At, tender.Staff, tender.Terminal, tender.Drawer, tender.Shift = order.At, by.Staff, by.Terminal, order.Drawer, order.Shift
		order.Tenders = []Tender{tender}
		if order, err = tx.InsertOrder(order); err != nil {
			return Sale{}, err
		}
		var moved movements
		for _, t := range tickets {
			sold, err := t.Confirm(tx.Now(), hold.ID, order.ID)
			if err != nil {
				return Sale{}, err
			}
			moved.add(t, sold)
		}
		entry := stamp(by, VerbSell)
		entry.Actor.Drawer = order.Drawer
		entry.Basket, entry.Hold, entry.Order, entry.Amount = basket.ID, hold.ID, order.ID, order.Total
		if err := moved.save(tx, entry); err != nil {
			return Sale{}, err
		}
		sale := Sale{Order: order.ID, Total: order.Total, Given: given, Change: tender.Change, Tickets: len(tickets)}
		return sale, endHold(tx, basket, hold, HoldSold)
	})
}

// drawUp makes the order for the tickets of a hold, without tenders and ids.
// Stopped sales let what is held be paid; a cancelled performance does not.
func drawUp(tx Tx, by Actor, hold Hold, tickets []Ticket) (Order, error) {
	lines, err := viewLines(tx, tickets)
	if err != nil {
		return Order{}, err
	}
	shift, err := openShift(tx, by)
	if err != nil {
		return Order{}, err
	}
	order := Order{
		State: OrderPaid, At: tx.Now(), Staff: by.Staff, Terminal: by.Terminal, Drawer: shift.Drawer, Shift: shift.ID,
		Channel: by.Channel, Customer: hold.Customer,
	}
	for i, l := range lines {
		perf, err := tx.Performance(l.Performance)
		if err != nil {
			return Order{}, err
		}
		if perf.State == PerformanceCancelled {
			return Order{}, notSelling(perf)
		}
		order.Lines = append(order.Lines, OrderLine{
			Ticket: tickets[i].ID, Performance: l.Performance, Place: l.Place, Type: l.Type.ID, Price: l.Price,
			TaxPPM: l.TaxPPM, TaxIncluded: l.TaxIncluded, Tax: l.Tax, Amount: l.Amount,
		})
		order.Total += l.Amount
		order.Tax += l.Tax
	}
	return order, nil
}

// openShift returns the shift of the person's drawer; the first money of a
// business day opens it and closes the one of the day before.
func openShift(tx Tx, by Actor) (Shift, error) {
	if by.Drawer == "" {
		return Shift{}, invalid("this terminal has no drawer; open the counter with one to take cash")
	}
	house, err := tx.House()
	if err != nil {
		return Shift{}, err
	}
	today := BusinessDay(tx.Now(), house.Location())
	shift, err := tx.OpenShift(by.Drawer)
	if err == nil && shift.BusinessDay == today {
		return shift, nil
	}
	if err != nil && KindOf(err) != KindNotFound {
		return shift, err
	}
	if err == nil {
		shift.ClosedAt = tx.Now()
		if _, err := tx.SaveShift(shift); err != nil {
			return shift, err
		}
	}
	return tx.SaveShift(Shift{Drawer: by.Drawer, BusinessDay: today, OpenedAt: tx.Now(), OpenedBy: by.Staff})
}

// Void undoes a sale in the shift it was made in, as if it had never been: its
// places are free again (or back in their block), its number stays, marked void.
// Somebody else's sale needs a supervisor. After the shift: *StateError.
func (o *Office) Void(ctx context.Context, cmd CommandID, by Actor, id OrderID, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		order, err := tx.Order(id)
		if err != nil {
			return struct{}{}, err
		}
		if _, err := allow(tx, by, voidPermission(order, by)); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, voidOrder(tx, by, order.ID, reason)
	})
	return err
}

// voidPermission is what a person needs to void an order.
func voidPermission(order Order, by Actor) Permission {
	if order.Staff == by.Staff {
		return VoidOwn
	}
	return VoidAny
}

// voidOrder undoes a sale, by whoever's leave.
func voidOrder(tx Tx, by Actor, id OrderID, reason string) error {
	order, err := tx.Order(id)
	if err != nil {
		return err
	}
	if err := voidable(tx, order); err != nil {
		return err
	}
	lines, tenders := reversed(order, by, tx)
	order.VoidedAt = tx.Now()
	if err := tx.VoidOrder(order, lines, tenders); err != nil {
		return err
	}
	tickets, err := tx.TicketsOfOrder(id)
	if err != nil {
		return err
	}
	entry := stamp(by, VerbVoid)
	entry.Actor.Drawer = order.Drawer
	entry.Order, entry.Amount, entry.Note = id, -order.Total, Shorten(Clean(reason), 120)
	return cancelTickets(tx, tickets, entry)
}

// voidable returns a *StateError unless the order can be voided now.
func voidable(tx Tx, order Order) error {
	if order.State == OrderVoided {
		house, err := tx.House()
		if err != nil {
			return err
		}
		return wrongState("order %d is void already, since %s", order.ID, order.VoidedAt.In(house.Location()).Format("15:04"))
	}
	house, err := tx.House()
	if err != nil {
		return err
	}
	shift, err := tx.OpenShift(order.Drawer)
	if err != nil && KindOf(err) != KindNotFound {
		return err
	}
	if err != nil || shift.ID != order.Shift || shift.BusinessDay != BusinessDay(tx.Now(), house.Location()) {
		return wrongState("order %d belongs to a shift that is closed: it can be cancelled, not voided", order.ID)
	}
	return nil
}

// reversed returns the lines and tenders that undo an order.
func reversed(order Order, by Actor, tx Tx) ([]OrderLine, []Tender) {
	lines := make([]OrderLine, 0, len(order.Lines))
	for _, l := range order.Lines {
		back := l
		back.ID, back.Reverses = 0, l.ID
		back.Price, back.Tax, back.Amount = -l.Price, -l.Tax, -l.Amount
		lines = append(lines, back)
	}
	tenders := make([]Tender, 0, len(order.Tenders))
	for _, t := range order.Tenders {
		back := t
		back.ID, back.Reverses, back.At = 0, t.ID, tx.Now()
		back.Amount, back.Tendered, back.Change = -t.Amount, -t.Amount, 0
		back.Staff, back.Terminal = by.Staff, by.Terminal
		tenders = append(tenders, back)
	}
	return lines, tenders
}

// cancelTickets cancels those of the tickets that are sold, puts fresh ones in
// their place and journals it.
func cancelTickets(tx Tx, tickets []Ticket, entry Entry) error {
	var moved movements
	var fresh []Ticket
	for _, t := range tickets {
		if t.State != Confirmed {
			continue
		}
		old, free, err := t.Cancel()
		if err != nil {
			return err
		}
		moved.before, moved.after = append(moved.before, t), append(moved.after, old)
		fresh = append(fresh, free)
		moved.note(Change{Place: t.Place, From: Confirmed, To: Available, Block: free.Block}, t.Performance)
	}
	if err := moved.save(tx, entry); err != nil {
		return err
	}
	return tx.InsertTickets(fresh)
}

// CancelTickets cancels sold tickets of an order: they are dead for ever, their
// places free again. The money is not touched: giving it back is a refund of its
// own. A reason is needed.
func (o *Office) CancelTickets(ctx context.Context, cmd CommandID, by Actor, id OrderID, tickets []TicketID, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, CancelTickets); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, cancelOfOrder(tx, by, id, tickets, reason, "")
	})
	return err
}

// cancelOfOrder cancels tickets of an order, by whoever's leave; note says whose.
func cancelOfOrder(tx Tx, by Actor, id OrderID, tickets []TicketID, reason, note string) error {
	if reason = Shorten(Clean(reason), 120); reason == "" {
		return invalid("say why the tickets are cancelled")
	}
	all, err := tx.TicketsOfOrder(id)
	if err != nil {
		return err
	}
	var chosen []Ticket
	for _, want := range tickets {
		found := false
		for _, t := range all {
			if t.ID != want {
				continue
			}
			found = true
			if t.State != Confirmed {
				return wrongState("that ticket of order %d is cancelled already", id)
			}
			chosen = append(chosen, t)
		}
		if !found {
			return NotFound("ticket of this order", fmt.Sprint(want))
		}
	}
	if len(chosen) == 0 {
		return invalid("choose the tickets to cancel")
	}
	entry := stamp(by, VerbCancel)
	entry.Order, entry.Note = id, withReason(reason, note)
	return cancelTickets(tx, chosen, entry)
}

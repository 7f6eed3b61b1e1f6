package boxoffice

import (
	"context"
	"fmt"
)

// firstCopy is the copy of a ticket that was printed once.
const firstCopy = 1

// Scan returns the ticket that a barcode stands for, and its order. A ticket that
// is dead is found, too: Dead says why. A code that is no barcode of this house is
// a *BarcodeError.
func (o *Office) Scan(ctx context.Context, code string) (Scanned, error) {
	id, copy, err := o.barcodes.Read(code)
	if err != nil {
		return Scanned{}, err
	}
	return view(ctx, o, func(r Reader) (Scanned, error) {
		ticket, err := r.Ticket(id)
		if err != nil {
			return Scanned{}, err
		}
		if ticket.Order == 0 {
			return Scanned{}, wrongState("the ticket with this barcode was never sold")
		}
		order, err := r.Order(ticket.Order)
		if err != nil {
			return Scanned{}, err
		}
		s := Scanned{Order: order.ID, Ticket: id, Copy: copy, Dead: dead(order, ticket, copy)}
		for _, l := range order.Lines {
			if l.Ticket == id && l.Reverses == 0 {
				line, err := viewOrderLine(r, l)
				if err != nil {
					return s, err
				}
				s.Title, s.Section, s.Label = line.Title, line.Section, line.Label
			}
		}
		return s, nil
	})
}

// dead says why a copy of an order's ticket no longer counts; empty while it does.
func dead(order Order, t Ticket, copy int) string {
	switch {
	case order.State == OrderVoided:
		return "voided"
	case t.State != Confirmed:
		return "cancelled"
	case copy != firstCopy:
		return fmt.Sprintf("replaced by copy %d", firstCopy)
	}
	return ""
}

package boxoffice

import (
	"context"
	"strings"
)

// TakeOver brings the basket that a colleague has in hand into the person's own: its
// hold and places, and the time it has left. What the person had in hand is parked
// first. The colleague is left with an empty basket.
func (o *Office) TakeOver(ctx context.Context, cmd CommandID, by Actor, from StaffID, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, TakeOver); err != nil {
			return struct{}{}, err
		}
		if from == by.Staff {
			return struct{}{}, invalid("the basket is yours already")
		}
		colleague, err := tx.Staff(from)
		if err != nil {
			return struct{}{}, err
		}
		b, h, _, err := heldBy(tx, from)
		if KindOf(err) == KindState {
			return struct{}{}, wrongState("%s has nothing in hand any more", colleague.Name)
		}
		if err != nil {
			return struct{}{}, err
		}
		if err := clearDesk(tx, by); err != nil {
			return struct{}{}, err
		}
		b.Staff = by.Staff
		if b, err = tx.SaveBasket(b); err != nil {
			return struct{}{}, err
		}
		if err := reassign(tx, h.ID, by); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbTakeOver)
		entry.Basket, entry.Hold, entry.Note = b.ID, h.ID, withReason("from "+colleague.Name, reason)
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// FreeBasket gives back everything that a basket keeps, open or parked and whoever's
// it is: the way out for a basket that is stuck. A reason is needed.
func (o *Office) FreeBasket(ctx context.Context, cmd CommandID, by Actor, id BasketID, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, TakeOver); err != nil {
			return struct{}{}, err
		}
		if strings.TrimSpace(Clean(reason)) == "" {
			return struct{}{}, invalid("say why the basket is freed")
		}
		b, err := tx.Basket(id)
		if err != nil {
			return struct{}{}, err
		}
		if b.State == BasketClosed || b.Hold == 0 {
			return struct{}{}, wrongState("that basket keeps nothing any more")
		}
		h, err := tx.Hold(b.Hold)
		if err != nil {
			return struct{}{}, err
		}
		owner, err := tx.Staff(b.Staff)
		if err != nil {
			return struct{}{}, err
		}
		if err := dropHold(tx, by, b, h, VerbFree, withReason(owner.Name+"'s", reason)); err != nil {
			return struct{}{}, err
		}
		if b.State != BasketParked {
			return struct{}{}, nil
		}
		if b, err = tx.Basket(id); err != nil {
			return struct{}{}, err
		}
		b.State = BasketClosed
		_, err = tx.SaveBasket(b)
		return struct{}{}, err
	})
	return err
}

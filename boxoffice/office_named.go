package boxoffice

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
)

// HoldFor turns the person's basket into a named hold for a customer until a set
// time, at the latest the first curtain among its performances. The customer
// needs a name.
func (o *Office) HoldFor(ctx context.Context, cmd CommandID, by Actor, c Customer, until time.Time) (HoldID, error) {
	return update(ctx, o, cmd, func(tx Tx) (HoldID, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return 0, err
		}
		c.Name, c.Phone, c.Email = strings.TrimSpace(Shorten(Clean(c.Name), 80)), Shorten(Clean(c.Phone), 40), Shorten(Clean(c.Email), 120)
		if c.Name == "" {
			return 0, invalid("a named hold needs a name")
		}
		b, h, tickets, err := heldBy(tx, by.Staff)
		if err != nil {
			return 0, err
		}
		for _, t := range tickets {
			perf, err := tx.Performance(t.Performance)
			if err != nil {
				return 0, err
			}
			if until.After(perf.Curtain) {
				return 0, invalid("%s begins before that; hold until its curtain at the latest", perf.Title)
			}
		}
		c.ID, c.Salt = 0, saltFor(cmd)
		if c, err = tx.SaveCustomer(c); err != nil {
			return 0, err
		}
		if h, err = h.Name(tx.Now(), until.Truncate(time.Second), c.ID); err != nil {
			return 0, err
		}
		if h, err = tx.SaveHold(h); err != nil {
			return 0, err
		}
		if err := extend(tx, h, tickets); err != nil {
			return 0, err
		}
		if err := tx.ClearLapses(h.ID); err != nil {
			return 0, err
		}
		b.Hold = 0
		if _, err := tx.SaveBasket(b); err != nil {
			return 0, err
		}
		// Which places they are was journalled when they were taken.
		entry := stamp(by, VerbName)
		entry.Basket, entry.Hold, entry.Note = b.ID, h.ID, c.Digest()
		if len(tickets) > 0 {
			entry.Performance = tickets[0].Performance
		}
		return h.ID, tx.Append(entry)
	})
}

// saltFor returns a fresh random salt; the command only names its use.
func saltFor(CommandID) []byte {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails: crypto/rand ends the program instead
	return salt
}

// Named returns the named holds that stand, by when they end.
func (o *Office) Named(ctx context.Context) ([]NamedView, error) {
	return view(ctx, o, func(r Reader) ([]NamedView, error) {
		holds, err := r.NamedHolds()
		if err != nil {
			return nil, err
		}
		var views []NamedView
		for _, h := range holds {
			if !h.Alive(r.Now()) {
				continue
			}
			v := NamedView{Hold: h}
			if v.Customer, err = r.Customer(h.Customer); err != nil && KindOf(err) != KindNotFound {
				return nil, err
			}
			tickets, err := r.TicketsOf(h.ID)
			if err != nil {
				return nil, err
			}
			if v.Lines, err = viewLines(r, tickets); err != nil {
				return nil, err
			}
			views = append(views, v)
		}
		return views, nil
	})
}

// PickUp brings a named hold into the person's basket, with a basket's time, for
// the customer at the window. A basket in hand is parked first.
func (o *Office) PickUp(ctx context.Context, cmd CommandID, by Actor, id HoldID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		h, err := tx.Hold(id)
		if err != nil {
			return struct{}{}, err
		}
		house, err := tx.House()
		if err != nil {
			return struct{}{}, err
		}
		if h, err = h.PickUp(tx.Now(), by, house.Holds.For(by.Channel)); err != nil {
			return struct{}{}, err
		}
		if err := clearDesk(tx, by); err != nil {
			return struct{}{}, err
		}
		b, err := openBasket(tx, by.Staff)
		if err != nil {
			return struct{}{}, err
		}
		tickets, err := tx.TicketsOf(h.ID)
		if err != nil {
			return struct{}{}, err
		}
		if h, err = tx.SaveHold(h); err != nil {
			return struct{}{}, err
		}
		if err := extend(tx, h, tickets); err != nil {
			return struct{}{}, err
		}
		b.Hold = h.ID
		if b, err = tx.SaveBasket(b); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbPickUp)
		entry.Basket, entry.Hold = b.ID, h.ID
		if len(tickets) > 0 {
			entry.Performance = tickets[0].Performance
		}
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// DropNamed gives a named hold's places back before its time.
func (o *Office) DropNamed(ctx context.Context, cmd CommandID, by Actor, id HoldID, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, Sell); err != nil {
			return struct{}{}, err
		}
		h, err := tx.Hold(id)
		if err != nil {
			return struct{}{}, err
		}
		if h.Kind != NamedHold || !h.Alive(tx.Now()) {
			return struct{}{}, wrongState("that hold does not stand any more")
		}
		moved, err := releaseAll(tx, h)
		if err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbRelease)
		entry.Hold, entry.Note = h.ID, Shorten(Clean(reason), 120)
		if err := moved.save(tx, entry); err != nil {
			return struct{}{}, err
		}
		h.State = HoldReleased
		_, err = tx.SaveHold(h)
		return struct{}{}, err
	})
	return err
}

package storetest

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

func testOrders(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var order boxoffice.Order
	b.update(func(tx boxoffice.Tx) error {
		hold, err := b.hold(tx, 1, 2)
		if err != nil {
			return err
		}
		order, err = b.sell(tx, hold, 0)
		return err
	})
	if order.ID != 1001 || order.State != boxoffice.OrderPaid || order.Total != 2*boothPrice {
		t.Errorf("the first order is %+v", order)
	}
	b.view(func(r boxoffice.Reader) error {
		kept, err := r.Order(order.ID)
		if err != nil {
			return err
		}
		same(t, "order", kept, order)
		tickets, err := r.TicketsOfOrder(order.ID)
		if err != nil {
			return err
		}
		if len(tickets) != 2 || tickets[0].State != boxoffice.Confirmed || tickets[1].Order != order.ID {
			t.Errorf("tickets of the order are %+v", tickets)
		}
		return nil
	})

	// A sale that fails leaves no gap, and one that does not add up fails.
	for what, spoil := range map[string]func(*boxoffice.Order){
		"the total is short":    func(o *boxoffice.Order) { o.Total-- },
		"the tax is short":      func(o *boxoffice.Order) { o.Tax-- },
		"the tender is short":   func(o *boxoffice.Order) { o.Tenders[0].Amount--; o.Tenders[0].Tendered-- },
		"the change is wrong":   func(o *boxoffice.Order) { o.Tenders[0].Change++ },
		"a line is missing":     func(o *boxoffice.Order) { o.Lines = o.Lines[1:] },
		"a line is there twice": func(o *boxoffice.Order) { o.Lines[1] = o.Lines[0] },
		"a ticket is sold":      func(o *boxoffice.Order) { o.Lines[0].Ticket = order.Lines[0].Ticket },
		"there is no line":      func(o *boxoffice.Order) { o.Lines, o.Tenders, o.Total, o.Tax = nil, nil, 0, 0 },
	} {
		isKind(t, what, b.refused(what, func(tx boxoffice.Tx) error {
			hold, err := b.hold(tx, 3, 4)
			if err != nil {
				t.Error(err)
			}
			tickets, err := tx.TicketsOf(hold.ID)
			if err != nil {
				t.Error(err)
			}
			o := b.order(tx.Now(), tickets, 0)
			spoil(&o)
			_, err = tx.InsertOrder(o)
			return err
		}), boxoffice.KindInternal)
	}

	// A void reverses everything; the number stays, and the place has a new ticket.
	b.clock.Move(1_500_000_000)
	b.update(func(tx boxoffice.Tx) error {
		o := order
		o.VoidedAt = tx.Now()
		lines, tenders := reversedOf(o)
		if err := tx.VoidOrder(o, lines, tenders); err != nil {
			return err
		}
		sold, err := tx.TicketsOfOrder(o.ID)
		if err != nil {
			return err
		}
		var dead, fresh []boxoffice.Ticket
		entry := boxoffice.Entry{Verb: boxoffice.VerbVoid, Performance: b.perf.ID, Order: o.ID, Amount: -o.Total}
		for _, s := range sold {
			old, new, err := s.Cancel()
			if err != nil {
				return err
			}
			dead, fresh = append(dead, old), append(fresh, new)
			entry.Changes = append(entry.Changes, boxoffice.Change{Place: s.Place, From: boxoffice.Confirmed, To: boxoffice.Available})
		}
		if err := tx.SaveTickets(sold, dead); err != nil {
			return err
		}
		if err := tx.InsertTickets(fresh); err != nil {
			return err
		}
		return tx.Append(entry)
	})
	b.view(func(r boxoffice.Reader) error {
		void, err := r.Order(order.ID)
		if err != nil {
			return err
		}
		if void.State != boxoffice.OrderVoided || void.VoidedAt.IsZero() || len(void.Lines) != 4 || len(void.Tenders) != 2 {
			t.Errorf("the voided order is %+v", void)
		}
		history, err := r.TicketHistory(b.perf.ID, 1)
		if err != nil {
			return err
		}
		if len(history) != 2 || history[0].State != boxoffice.Cancelled || history[1].State != boxoffice.Available {
			t.Errorf("the place's tickets are %+v", history)
		}
		places, err := r.Places(b.perf.ID)
		if places[0].State != boxoffice.Available || places[0].Ticket != history[1].ID {
			t.Errorf("place 1 is %+v", places[0])
		}
		return err
	})
	isKind(t, "voided twice", b.refused("voided twice", func(tx boxoffice.Tx) error {
		o, err := tx.Order(order.ID)
		if err != nil {
			return err
		}
		lines, tenders := reversedOf(order)
		o.VoidedAt = tx.Now()
		return tx.VoidOrder(o, lines, tenders)
	}), boxoffice.KindInternal)
	b.update(func(tx boxoffice.Tx) error {
		hold, err := b.hold(tx, 1)
		if err != nil {
			return err
		}
		next, err := b.sell(tx, hold, 0)
		if next.ID != order.ID+1 {
			t.Errorf("the next order is %d: there is a gap", next.ID)
		}
		return err
	})

	// Shifts: one open on a drawer.
	b.update(func(tx boxoffice.Tx) error {
		shift, err := tx.SaveShift(boxoffice.Shift{Drawer: "window 1", BusinessDay: "2026-11-27", OpenedAt: tx.Now(), OpenedBy: b.staff.ID})
		if err != nil {
			return err
		}
		open, err := tx.OpenShift("window 1")
		if err != nil {
			return err
		}
		same(t, "shift", open, shift)
		shift.ClosedAt = tx.Now()
		_, err = tx.SaveShift(shift)
		isKind(t, "closed shift", second(tx.OpenShift("window 1")), boxoffice.KindNotFound)
		return err
	})
}

// reversedOf returns what undoes an order.
func reversedOf(o boxoffice.Order) (lines []boxoffice.OrderLine, tenders []boxoffice.Tender) {
	for _, l := range o.Lines {
		l.ID, l.Reverses, l.Price, l.Tax, l.Amount = 0, l.ID, -l.Price, -l.Tax, -l.Amount
		lines = append(lines, l)
	}
	for _, d := range o.Tenders {
		d.ID, d.Reverses, d.Amount, d.Tendered, d.Change = 0, d.ID, -d.Amount, -d.Amount, 0
		tenders = append(tenders, d)
	}
	return lines, tenders
}

// testOrdersInTime sells an order an hour, with one voided, and reads stretches.
func testOrdersInTime(t *testing.T, open Opener) {
	b := newBooth(t, open)
	start := b.clock.Now()
	before := func(at time.Time) (id boxoffice.OrderID) {
		b.view(func(r boxoffice.Reader) (err error) {
			id, err = r.LastOrderBefore(at)
			return err
		})
		return id
	}
	if got := before(start.Add(time.Hour)); got != 0 {
		t.Errorf("in a store without orders, the last one before any time is %d", got)
	}
	var sold []boxoffice.Order
	for i := range 5 {
		b.update(func(tx boxoffice.Tx) error {
			hold, err := b.hold(tx, boxoffice.PlaceNo(2*i+1), boxoffice.PlaceNo(2*i+2))
			if err != nil {
				return err
			}
			order, err := b.sell(tx, hold, 0)
			sold = append(sold[:i], order)
			return err
		})
		b.clock.Move(time.Hour)
	}
	for i, o := range sold {
		for _, c := range []struct {
			at   time.Time
			want boxoffice.OrderID
		}{{o.At, o.ID - 1}, {o.At.Add(time.Millisecond), o.ID}, {o.At.Add(time.Hour), o.ID}} {
			if i == 0 && c.want < o.ID {
				c.want = 0
			}
			if got := before(c.at); got != c.want {
				t.Errorf("the last order before %s is %d, want %d", c.at, got, c.want)
			}
		}
	}
	b.view(func(r boxoffice.Reader) error {
		for after := range 6 {
			for limit := range 7 {
				got, err := r.OrdersAfter(boxoffice.OrderID(1000+after), limit)
				if err != nil {
					return err
				}
				want := sold[after:min(after+limit, 5)]
				if len(got) != len(want) {
					t.Errorf("%d orders after %d come as %d", limit, 1000+after, len(got))
					continue
				}
				for i := range want {
					same(t, "order", got[i], want[i])
				}
			}
		}
		return nil
	})
}

func testSearch(t *testing.T, open Opener) {
	b := newBooth(t, open)
	for i, c := range []boxoffice.Customer{
		{Name: "Núria Vidal", Phone: "+34 612 345 678"}, {Name: "ÉMILE 100% Zola", Phone: "0815"}, {Name: "Ana_Maria", Phone: "+34 699 000 111", Salt: []byte{1, 2}},
	} {
		b.update(func(tx boxoffice.Tx) error {
			saved, err := tx.SaveCustomer(c)
			if err != nil {
				return err
			}
			c.ID = saved.ID
			kept, err := tx.Customer(saved.ID)
			if err != nil {
				return err
			}
			same(t, "customer", kept, c)
			moved := c
			moved.Name, moved.Phone, moved.Email, moved.Salt = "Somebody", "1", "a@example.org", []byte{3}
			for _, now := range []boxoffice.Customer{moved, c} {
				if _, err = tx.SaveCustomer(now); err != nil {
					return err
				}
				if kept, err = tx.Customer(c.ID); err != nil {
					return err
				}
				same(t, "changed customer", kept, now)
			}
			hold, err := b.hold(tx, boxoffice.PlaceNo(i+1))
			if err != nil {
				return err
			}
			_, err = b.sell(tx, hold, saved.ID)
			return err
		})
	}
	for _, c := range []struct {
		query string
		want  []boxoffice.OrderID
	}{
		{"", []boxoffice.OrderID{1003, 1002, 1001}},
		{"1002", []boxoffice.OrderID{1002}},
		{" #1002 ", []boxoffice.OrderID{1002}},
		{"vidal", []boxoffice.OrderID{1001}},
		{"NÚRIA", []boxoffice.OrderID{1001}},
		{"émile", []boxoffice.OrderID{1002}},
		{"100%", []boxoffice.OrderID{1002}},
		{"%", []boxoffice.OrderID{1002}},
		{"_", []boxoffice.OrderID{1003}},
		{"a", []boxoffice.OrderID{1003, 1002, 1001}},
		{"612345", []boxoffice.OrderID{1001}},
		{"345 678", []boxoffice.OrderID{1001}},
		{"' OR 1=1 --", nil},
		{`\`, nil},
		{"nobody", nil},
	} {
		b.view(func(r boxoffice.Reader) error {
			orders, err := r.Orders(c.query, 10)
			var got []boxoffice.OrderID
			for _, o := range orders {
				got = append(got, o.ID)
				if len(o.Lines) != 1 || len(o.Tenders) != 1 {
					t.Errorf("order %d comes without its lines and tenders", o.ID)
				}
			}
			same(t, "orders for «"+c.query+"»", got, c.want)
			return err
		})
	}
	b.view(func(r boxoffice.Reader) error {
		orders, err := r.Orders("", 2)
		if len(orders) != 2 {
			t.Errorf("a limit of 2 gives %d orders", len(orders))
		}
		return err
	})
}

func testJournal(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var order boxoffice.Order
	b.update(func(tx boxoffice.Tx) error {
		hold, err := b.hold(tx, 1, 2)
		if err != nil {
			return err
		}
		order, err = b.sell(tx, hold, 0)
		return err
	})
	b.refused("rolled back", func(tx boxoffice.Tx) error {
		if err := note(tx, "never"); err != nil {
			return err
		}
		return errNo
	})
	b.update(func(tx boxoffice.Tx) error { return note(tx, "last words") })
	b.view(func(r boxoffice.Reader) error {
		entries, err := r.Journal(0, 100)
		if err != nil {
			return err
		}
		var prev [32]byte
		for i, e := range entries {
			if e.Seq != int64(i+1) || e.Prev != prev || e.Hash != e.Sum() || e.Command == "" || e.At.IsZero() {
				t.Errorf("entry %d breaks the chain: %+v", i, e)
			}
			prev = e.Hash
		}
		seq, hash, err := r.Head()
		if err != nil || seq != int64(len(entries)) || hash != prev {
			t.Errorf("the head is %d, %x (%v)", seq, hash, err)
		}
		last, err := r.LastEntries(2)
		if err != nil {
			return err
		}
		same(t, "last entries", last, entries[len(entries)-2:])
		after, err := r.Journal(1, 1)
		if err != nil {
			return err
		}
		same(t, "entries after the first", after, entries[1:2])
		ofOrder, err := r.JournalOfOrder(order.ID)
		if err != nil || len(ofOrder) != 1 || ofOrder[0].Verb != boxoffice.VerbSell {
			t.Errorf("the order's entries are %+v (%v)", ofOrder, err)
		}
		for place, want := range map[boxoffice.PlaceNo]int{1: 3, 2: 3, 3: 1} {
			ofPlace, err := r.JournalOfPlace(b.perf.ID, place)
			if err != nil || len(ofPlace) != want {
				t.Errorf("place %d has %d entries (%v), want %d", place, len(ofPlace), err, want)
			}
		}
		return nil
	})
}

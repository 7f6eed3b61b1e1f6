package history

import (
	"context"
	"errors"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// desk is where one caller sends operations from, one after another, and where they
// are noted.
type desk struct {
	crowd   *Crowd
	name    string
	eye     *onlooker
	evening *storetest.Evening
	ops     []Operation
}

func (c *Crowd) desk(name string) (*desk, error) {
	eye := &onlooker{Store: c.Store}
	evening, err := storetest.Reopen(eye, nil)
	return &desk{crowd: c, name: name, eye: eye, evening: evening}, err
}

// send sends an operation and notes what came of it.
func (d *desk) send(op Operation) *Operation {
	op.Caller, op.Answer = d.name, Answer{}
	d.eye.reset()
	op.ClockBefore = d.crowd.Clock.Millis.Load()
	op.Invoked = d.crowd.Ticks.Add(1)
	if d.crowd.Log != nil {
		d.crowd.Log(op)
		d.eye.asked = func(cmd boxoffice.CommandID) {
			if cmd != op.Command { // a sweep names its command itself
				op.Command = cmd
				d.crowd.Log(op)
			}
		}
	}
	err := d.do(&op)
	op.Returned = d.crowd.Ticks.Add(1)
	op.ClockAfter = d.crowd.Clock.Millis.Load()
	op.Ran, op.Write, op.Seq, op.Now = d.eye.ran, d.eye.write, d.eye.seq, d.eye.now
	if op.What == Sweep {
		op.Command = d.eye.command
	}
	if err != nil {
		op.Answer = refused(err)
	}
	if d.crowd.Log != nil {
		d.crowd.Log(op)
	}
	d.ops = append(d.ops, op)
	return &d.ops[len(d.ops)-1]
}

// refused is the answer that an error is.
func refused(err error) Answer {
	a := Answer{Refusal: boxoffice.KindOf(err), Words: err.Error()}
	var taken *boxoffice.TakenError
	if errors.As(err, &taken) {
		a.Taken = taken.Places
	}
	var short *boxoffice.NotEnoughError
	if errors.As(err, &short) {
		a.Open, a.Held = short.Open, short.InBaskets
	}
	return a
}

// do calls the use case.
func (d *desk) do(op *Operation) error {
	ctx, o, perf, a := context.Background(), d.evening.Office, d.evening.Performance, &op.Answer
	took := func(t boxoffice.Taken, err error) error {
		for _, p := range t.Picks {
			a.Picks = append(a.Picks, p.Place)
		}
		return err
	}
	switch op.What {
	case Hold:
		return took(o.HoldPlaces(ctx, op.Command, op.By, perf, picks(op.Places)))
	case HoldBest:
		request := boxoffice.Request{Parties: []boxoffice.Party{{Count: op.Count}}, Section: -1, Zone: -1}
		return took(o.HoldBest(ctx, op.Command, op.By, perf, request))
	case Swap:
		return took(o.Swap(ctx, op.Command, op.By, perf, op.Give, picks(op.Places)))
	case Renew:
		h, err := o.Renew(ctx, op.Command, op.By)
		a.Until = millis(h.ExpiresAt)
		return err
	case Release:
		return o.Release(ctx, op.Command, op.By, perf, op.Places)
	case Drop:
		return o.Drop(ctx, op.Command, op.By)
	case Sell:
		var err error
		a.Sale, err = o.SellCash(ctx, op.Command, op.By, op.Expect, op.Expect)
		return err
	case Void:
		return o.Void(ctx, op.Command, op.By, op.Order, "")
	case Cancel:
		return o.CancelTickets(ctx, op.Command, op.By, op.Order, []boxoffice.TicketID{op.Ticket}, "gives it back")
	case Block:
		return o.Block(ctx, op.Command, op.By, perf, op.Code, op.Places, time.Time{})
	case Unblock:
		return o.Unblock(ctx, op.Command, op.By, perf, op.Places)
	case Kill:
		return o.Kill(ctx, op.Command, op.By, perf, op.Places, "broken")
	case Revive:
		return o.Revive(ctx, op.Command, op.By, perf, op.Places)
	case Sweep:
		var err error
		a.Swept, err = o.Sweep(ctx, op.Count)
		return err
	}
	return d.read(ctx, op)
}

// read reads.
func (d *desk) read(ctx context.Context, op *Operation) error {
	perf, a := d.evening.Performance, &op.Answer
	switch op.What {
	case ReadPlaces:
		return d.eye.View(ctx, func(r boxoffice.Reader) error {
			tickets, err := r.Tickets(perf, op.Places)
			for _, t := range tickets {
				a.Seen = append(a.Seen, seen(t))
			}
			return err
		})
	case ReadInWrite:
		return d.eye.Update(ctx, "", nil, func(tx boxoffice.Tx) error {
			places, err := tx.Places(perf)
			if err != nil {
				return err
			}
			a.Seen = nil
			for _, no := range op.Places {
				p := places[no-1]
				a.Seen = append(a.Seen, Seen{no, p.State, p.Block, p.Hold, p.Until, p.Order, p.Price, p.Ticket})
			}
			d.crowd.Clock.Move(time.Duration(op.Count) * time.Millisecond) // it does not stand still for a transaction
			return nil
		})
	case ReadBasket:
		v, err := d.evening.Office.Basket(ctx, op.By.Staff)
		for _, l := range v.Lines {
			a.Lines = append(a.Lines, l.Place)
		}
		if a.Total = v.Total; len(v.Lines) > 0 {
			a.Until = millis(v.Hold.ExpiresAt)
		}
		return err
	default: // ReadOrder
		return d.eye.View(ctx, func(r boxoffice.Reader) error {
			order, err := r.Order(op.Order)
			if err != nil {
				return err
			}
			a.Total, a.Void = order.Total, order.State == boxoffice.OrderVoided
			tickets, err := r.TicketsOfOrder(op.Order)
			for _, t := range tickets {
				s := seen(t)
				s.Block = "" // is the place's, not the order's
				a.Seen = append(a.Seen, s)
			}
			return err
		})
	}
}

func seen(t boxoffice.Ticket) Seen {
	return Seen{t.Place, t.State, t.Block, t.Hold, millis(t.ExpiresAt), t.Order, t.Price, t.ID}
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func picks(places []boxoffice.PlaceNo) []boxoffice.Pick {
	out := make([]boxoffice.Pick, len(places))
	for i, no := range places {
		out[i].Place = no
	}
	return out
}

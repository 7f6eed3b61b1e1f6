package history

import (
	"fmt"
	"slices"

	"wicket/boxoffice"
)

// perform does an operation to the house, and holds what the journal tells of it and
// what its caller was told to what they should be.
func (h *house) perform(op *Operation, entries []boxoffice.Entry) error {
	now := entries[0].At.UnixMilli()
	if v := h.judge(op, now); v.refusal != "" {
		return fmt.Errorf("it was done, and should have been refused (%s %v)", v.refusal, v.taken)
	}
	if op.What == Sweep {
		return h.swept(op, entries, now)
	}
	var own []boxoffice.Entry // all but what lapsed on the way
	for _, e := range entries {
		if e.Verb != boxoffice.VerbLapse {
			own = append(own, e)
		} else if err := h.lapse(e); err != nil {
			return err
		}
	}
	want, err := h.do(op, own, now)
	if err != nil {
		return err
	}
	if len(own) != len(want) {
		return fmt.Errorf("it made %d entries, and should have made %d", len(own), len(want))
	}
	for i := range want {
		want[i].Actor.Staff = op.By.Staff
		if err := matches(own[i], want[i]); err != nil {
			return err
		}
	}
	return nil
}

// do does it, and returns the entries that it should make. Those there are name the
// holds and places that were the box office's own choice.
func (h *house) do(op *Operation, own []boxoffice.Entry, now int64) ([]boxoffice.Entry, error) {
	answered := op.Returned != 0
	switch op.What {
	case Hold, HoldBest:
		places := op.Places
		if op.What == HoldBest {
			if len(own) == 0 || len(own[0].Changes) != op.Count {
				return nil, fmt.Errorf("%d were asked for", op.Count)
			}
			places = nil
			for _, c := range own[0].Changes {
				places = append(places, c.Place)
			}
		}
		return h.take(op, places, own, now)
	case Swap:
		b := h.basket(op.By.Staff, now)
		gave := h.give(b, op.Give)
		if len(own) < 2 {
			return nil, fmt.Errorf("it made %d entries", len(own))
		}
		took, err := h.take(op, op.Places, own[1:], now)
		return append([]boxoffice.Entry{gave}, took...), err
	case Renew:
		b := h.basket(op.By.Staff, now)
		b.until = h.longer(b, now)
		if answered && op.Answer.Until != b.until {
			return nil, fmt.Errorf("it was told that it has until %d, and has until %d", op.Answer.Until, b.until)
		}
		return []boxoffice.Entry{{Verb: boxoffice.VerbRenew, Hold: b.id}}, nil
	case Release:
		b := h.basket(op.By.Staff, now)
		gave := h.give(b, op.Places)
		if len(b.places) == 0 {
			h.end(b)
			delete(h.baskets, op.By.Staff)
		}
		return []boxoffice.Entry{gave}, nil
	case Drop:
		id := h.baskets[op.By.Staff]
		delete(h.baskets, op.By.Staff)
		gave := boxoffice.Entry{Verb: boxoffice.VerbRelease, Hold: id}
		if b := h.holds[id]; b != nil {
			gave = h.give(b, slices.Clone(b.places))
			h.end(b)
		}
		return []boxoffice.Entry{gave}, nil
	case Sell:
		return h.sell(op, now)
	case Void, Cancel:
		return []boxoffice.Entry{h.takeBack(op)}, nil
	case Block, Kill, Unblock, Revive:
		verbs := map[What]boxoffice.Verb{Block: boxoffice.VerbBlock, Kill: boxoffice.VerbKill, Unblock: boxoffice.VerbUnblock, Revive: boxoffice.VerbRevive}
		code := op.Code
		if op.What == Kill {
			code = boxoffice.KillCode
		}
		for _, no := range op.Places {
			if h.at(no).hold != 0 {
				return nil, fmt.Errorf("place %d is under hold %d, over or not", no, h.at(no).hold)
			}
			h.at(no).block = code
		}
		return []boxoffice.Entry{{Verb: verbs[op.What], Changes: h.changes(op.Places, boxoffice.Available, boxoffice.Available)}}, nil
	}
	return nil, fmt.Errorf("it changes nothing, and is in the journal")
}

// take puts places into a person's basket: a new hold, or the one they have, which
// gets its full time again.
func (h *house) take(op *Operation, places []boxoffice.PlaceNo, own []boxoffice.Entry, now int64) ([]boxoffice.Entry, error) {
	if len(own) == 0 {
		return nil, fmt.Errorf("nothing of it is in the journal")
	}
	b := h.holds[h.baskets[op.By.Staff]]
	switch {
	case b != nil && b.until > now:
		b.until = h.longer(b, now)
	case b != nil:
		return nil, fmt.Errorf("hold %d is over, and was not cleared away", b.id)
	case own[0].Hold <= h.lastHold:
		return nil, fmt.Errorf("hold %d was there before", own[0].Hold)
	default:
		h.lastHold = own[0].Hold
		b = &hold{id: own[0].Hold, owner: op.By.Staff, until: now + h.Times.TTL.Milliseconds(), latest: now + h.Times.Max.Milliseconds()}
		h.holds[b.id], h.baskets[op.By.Staff] = b, b.id
	}
	for _, no := range places {
		if p := h.at(no); p.hold != 0 || p.order != 0 || p.block != "" {
			return nil, fmt.Errorf("it took place %d, which is not free: %s", no, h.seen(no))
		}
		h.at(no).hold = b.id
		b.places = append(b.places, no)
	}
	slices.Sort(b.places)
	if op.Returned != 0 && !slices.Equal(slices.Sorted(slices.Values(op.Answer.Picks)), slices.Sorted(slices.Values(places))) {
		return nil, fmt.Errorf("it was told that it took %v, and took %v", op.Answer.Picks, places)
	}
	return []boxoffice.Entry{{Verb: boxoffice.VerbHold, Hold: b.id, Changes: h.changes(places, boxoffice.Available, boxoffice.Held)}}, nil
}

// give gives places of a basket back, and returns the entry of it.
func (h *house) give(b *hold, places []boxoffice.PlaceNo) boxoffice.Entry {
	for _, no := range places {
		h.at(no).hold = 0
	}
	b.places = slices.DeleteFunc(b.places, func(no boxoffice.PlaceNo) bool { return slices.Contains(places, no) })
	return boxoffice.Entry{Verb: boxoffice.VerbRelease, Hold: b.id, Changes: h.changes(places, boxoffice.Held, boxoffice.Available)}
}

func (h *house) sell(op *Operation, now int64) ([]boxoffice.Entry, error) {
	b := h.basket(op.By.Staff, now)
	if today, s := h.today(now), h.shifts[op.By.Drawer]; s.day != today {
		h.lastShift++
		h.shifts[op.By.Drawer] = shift{h.lastShift, today}
	}
	h.LastOrder++
	o := &order{drawer: op.By.Drawer, shift: h.shifts[op.By.Drawer].number, total: h.total(b.places)}
	for _, no := range b.places {
		o.lines = append(o.lines, line{place: no, price: h.Prices[no-1]})
		h.at(no).order = h.LastOrder
	}
	h.orders[h.LastOrder] = o
	h.end(b)
	delete(h.baskets, op.By.Staff)
	told := boxoffice.Sale{Order: h.LastOrder, Total: o.total, Given: op.Expect, Tickets: len(b.places)}
	if op.Returned != 0 && op.Answer.Sale != told {
		return nil, fmt.Errorf("it was told of the sale %+v, and made %+v", op.Answer.Sale, told)
	}
	return []boxoffice.Entry{{
		Verb: boxoffice.VerbSell, Hold: b.id, Order: h.LastOrder, Amount: o.total, Changes: h.changes(b.places, boxoffice.Held, boxoffice.Confirmed),
	}}, nil
}

// takeBack voids an order, or cancels one ticket of it: places that are its own yet
// are open again.
func (h *house) takeBack(op *Operation) boxoffice.Entry {
	o := h.orders[op.Order]
	entry := boxoffice.Entry{Verb: boxoffice.VerbCancel, Order: op.Order}
	if op.What == Void {
		o.void, entry.Verb, entry.Amount = true, boxoffice.VerbVoid, -o.total
	}
	var back []boxoffice.PlaceNo
	for i, l := range o.lines {
		if !l.cancelled && (op.What == Void || l.place == op.Places[0]) {
			o.lines[i].cancelled = true
			h.at(l.place).order = 0
			back = append(back, l.place)
		}
	}
	entry.Changes = h.changes(back, boxoffice.Confirmed, boxoffice.Available)
	return entry
}

// swept holds a sweep to clearing away what is longest over, and nothing else.
func (h *house) swept(op *Operation, entries []boxoffice.Entry, now int64) error {
	over := h.overdue(now)
	if want := min(len(over), op.Count); len(entries) != want {
		return fmt.Errorf("it cleared %d holds away, and should have cleared %d", len(entries), want)
	}
	for i, e := range entries {
		if e.Verb != boxoffice.VerbLapse || e.Hold != over[i].id {
			return fmt.Errorf("it cleared hold %d away (%s), and hold %d was longest over", e.Hold, e.Verb, over[i].id)
		}
		if err := h.lapse(e); err != nil {
			return err
		}
	}
	if op.Returned != 0 && op.Answer.Swept != len(entries) {
		return fmt.Errorf("it was told that it cleared %d away, and cleared %d", op.Answer.Swept, len(entries))
	}
	return nil
}

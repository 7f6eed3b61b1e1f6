package history

import (
	"fmt"
	"slices"

	"wicket/boxoffice"
)

// observe holds a refusal, a reading or a sweep that found nothing to the house as it
// stands.
func (h *house) observe(op *Operation) error {
	v := h.judge(op, op.Now)
	if a := op.Answer; a.Refusal != v.refusal {
		if a.Refusal == "" {
			return fmt.Errorf("it should have been refused (%s)", v.refusal)
		}
		return fmt.Errorf("it was refused, and %s", orDone(v.refusal))
	}
	switch {
	case op.Answer.Refusal == boxoffice.KindTaken:
		return h.observeTaken(op, v.taken)
	case op.Answer.Refusal == boxoffice.KindNotEnough:
		if op.Answer.Open != v.open || op.Answer.Held != v.held {
			return fmt.Errorf("it was told of %d open and %d in baskets, there were %d and %d", op.Answer.Open, op.Answer.Held, v.open, v.held)
		}
	case op.Answer.Refusal != "":
	case op.What == Sweep:
		if over := h.overdue(op.Now); len(over) > 0 {
			return fmt.Errorf("it found nothing, and hold %d was over", over[0].id)
		}
	case op.What == ReadPlaces || op.What == ReadInWrite:
		for _, s := range op.Answer.Seen {
			if s.Ticket = 0; s != h.seen(s.Place) {
				want := h.seen(s.Place)
				return fmt.Errorf("it saw %s, and there was %s", s, want)
			}
		}
	case op.What == ReadBasket:
		return h.observeBasket(op)
	case op.What == ReadOrder:
		return h.observeOrder(op)
	default:
		return fmt.Errorf("it was done, and is not in the journal")
	}
	return nil
}

func orDone(kind boxoffice.Kind) string {
	if kind == "" {
		return "could be done"
	}
	return fmt.Sprintf("should have been refused another way (%s)", kind)
}

// observeTaken holds who is said to have places to who has them.
func (h *house) observeTaken(op *Operation, taken []boxoffice.PlaceNo) error {
	var told []boxoffice.PlaceNo
	for _, p := range op.Answer.Taken {
		told = append(told, p.Place)
		want := h.seen(p.Place)
		until := int64(0)
		if !p.Until.IsZero() {
			until = p.Until.UnixMilli()
		}
		if p.State != want.State || p.Block != want.Block || until != want.Until {
			return fmt.Errorf("it was told that %d is %s until %d, and there was %s", p.Place, p.State, until, want)
		}
	}
	if !slices.Equal(told, taken) {
		return fmt.Errorf("it was told that %v are taken, and %v were", told, taken)
	}
	return nil
}

func (h *house) observeBasket(op *Operation) error {
	b, a := h.basket(op.By.Staff, op.Now), op.Answer
	var lines []boxoffice.PlaceNo
	var until int64
	if b != nil {
		lines, until = b.places, b.until
	}
	if !slices.Equal(a.Lines, lines) || a.Total != h.total(lines) || a.Until != until {
		return fmt.Errorf("it saw %v for %d until %d in the basket, and there were %v for %d until %d", a.Lines, a.Total, a.Until, lines, h.total(lines), until)
	}
	return nil
}

func (h *house) observeOrder(op *Operation) error {
	o, a := h.orders[op.Order], op.Answer
	var want []Seen
	for _, l := range o.lines {
		s := Seen{Place: l.place, State: boxoffice.Confirmed, Order: op.Order, Price: l.price}
		if l.cancelled {
			s.State = boxoffice.Cancelled
		}
		want = append(want, s)
	}
	if !sameSeen(slices.Clone(a.Seen), want) || a.Total != o.total || a.Void != o.void {
		return fmt.Errorf("it read %v for %d, void %v; there was %v for %d, void %v", a.Seen, a.Total, a.Void, want, o.total, o.void)
	}
	return nil
}

// sameSeen compares what was seen, in whatever order.
func sameSeen(a, b []Seen) bool {
	for i := range a {
		a[i].Ticket = 0
	}
	byPlace := func(x, y Seen) int { return int(x.Place) - int(y.Place) }
	return slices.Equal(slices.SortedFunc(slices.Values(a), byPlace), slices.SortedFunc(slices.Values(b), byPlace))
}

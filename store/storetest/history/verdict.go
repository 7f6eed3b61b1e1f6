package history

import (
	"slices"

	"wicket/boxoffice"
)

// verdict is what a house says to an operation at an instant, before it is done.
type verdict struct {
	refusal    boxoffice.Kind // empty where it can be done
	taken      []boxoffice.PlaceNo
	open, held int
}

// judge says whether an operation can be done at now.
func (h *house) judge(op *Operation, now int64) verdict {
	switch op.What {
	case Hold:
		return h.judgeTaking(op.Places, nil, now)
	case HoldBest:
		var v verdict
		for i := range h.places {
			no := boxoffice.PlaceNo(i + 1)
			switch {
			case h.free(no, now):
				v.open++
			case h.held(no, now) != nil:
				v.held++
			}
		}
		if v.open < op.Count {
			v.refusal = boxoffice.KindNotEnough
		}
		return v
	case Swap:
		if v := h.judgeGiving(op.By.Staff, op.Give, now); v.refusal != "" {
			return v
		}
		return h.judgeTaking(op.Places, op.Give, now)
	case Release:
		return h.judgeGiving(op.By.Staff, op.Places, now)
	case Block, Kill:
		var v verdict
		for _, no := range op.Places {
			if h.at(no).order != 0 || h.held(no, now) != nil {
				v.refusal, v.taken = boxoffice.KindTaken, append(v.taken, no)
			}
		}
		return v
	}
	return verdict{refusal: unless(h.can(op, now), op, h)}
}

// unless is the kind of refusal where an operation cannot be done.
func unless(can bool, op *Operation, h *house) boxoffice.Kind {
	switch {
	case can:
		return ""
	case (op.What == Void || op.What == Cancel || op.What == ReadOrder) && h.orders[op.Order] == nil:
		return boxoffice.KindNotFound
	}
	return boxoffice.KindState
}

// can says whether an operation on what there is can be done at now.
func (h *house) can(op *Operation, now int64) bool {
	switch op.What {
	case Renew:
		b := h.basket(op.By.Staff, now)
		return b != nil && (b.until != b.latest || h.longer(b, now) != b.until)
	case Drop:
		return h.baskets[op.By.Staff] != 0
	case Sell:
		b := h.basket(op.By.Staff, now)
		return b != nil && h.total(b.places) == op.Expect
	case Void:
		o := h.orders[op.Order]
		if o == nil || o.void {
			return false
		}
		s := h.shifts[o.drawer]
		return s.number == o.shift && s.day == h.today(now)
	case Cancel:
		o := h.orders[op.Order]
		return o != nil && slices.ContainsFunc(o.lines, func(l line) bool { return l.place == op.Places[0] && !l.cancelled })
	case Unblock, Revive:
		return !slices.ContainsFunc(op.Places, func(no boxoffice.PlaceNo) bool {
			block := h.at(no).block
			return h.at(no).order != 0 || h.held(no, now) != nil || block == "" || (block == boxoffice.KillCode) != (op.What == Revive)
		})
	case ReadOrder:
		return h.orders[op.Order] != nil
	}
	return true // sweeping and reading
}

// judgeTaking says whether places can be had once others are given back.
func (h *house) judgeTaking(places, given []boxoffice.PlaceNo, now int64) verdict {
	var v verdict
	for _, no := range places {
		if !h.free(no, now) && !(slices.Contains(given, no) && h.at(no).block == "") {
			v.refusal, v.taken = boxoffice.KindTaken, append(v.taken, no)
		}
	}
	return v
}

// judgeGiving says whether a person has places to give back.
func (h *house) judgeGiving(who boxoffice.StaffID, places []boxoffice.PlaceNo, now int64) verdict {
	b := h.basket(who, now)
	if b == nil {
		return verdict{refusal: boxoffice.KindState}
	}
	for i, no := range places {
		if !slices.Contains(b.places, no) || slices.Contains(places[:i], no) {
			return verdict{refusal: boxoffice.KindInvalid}
		}
	}
	return verdict{}
}

package history

import (
	"fmt"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"

	"wicket/boxoffice"
)

// Search judges a small history without a journal: it looks for an order of what was
// done to each place that makes every answer right, and returns the places for which
// there is none, and how many it gave up on after timeout each. It takes holds to have
// no latest time.
//
// What was answered from what was kept, or never, it passes over.
func Search(start Start, ops []Operation, timeout time.Duration) (faults []Fault, unknown int) {
	model := porcupine.Model{
		Init: func() any { return standing{} },
		Step: func(state, input, _ any) (bool, any) {
			s := state.(standing) //nolint:errcheck,forcetypeassert // as Init made it
			ok := s.step(input.(part), start.Times.TTL.Milliseconds())
			return ok, s
		},
	}
	callers := map[string]int{}
	for i := range start.Prices {
		no := boxoffice.PlaceNo(i + 1)
		var parts []porcupine.Operation
		for i := range ops {
			op := &ops[i]
			did := partOf(op, no)
			if did == nothing || op.Returned == 0 || !op.Ran {
				continue
			}
			if _, known := callers[op.Caller]; !known {
				callers[op.Caller] = len(callers)
			}
			parts = append(parts, porcupine.Operation{
				ClientId: callers[op.Caller], Input: part{did, no, op}, Call: op.Invoked, Return: op.Returned,
			})
		}
		switch porcupine.CheckOperationsTimeout(model, parts, timeout) {
		case porcupine.Illegal:
			faults = append(faults, Fault{Order, fmt.Sprintf("place %d: no order of the %d operations on it makes their answers right", no, len(parts))})
		case porcupine.Unknown:
			unknown++
		}
	}
	return faults, unknown
}

// did is what an operation did to one place.
type did int

const (
	nothing did = iota
	took
	renewed // it, where it is in the caller's basket
	gave
	dropped  // it, where it is in the caller's basket
	sold     // it, where it is in the caller's basket
	notFree  // was told that somebody has it
	wasFree  // was told that others are taken, and not this one
	notOpen  // was told that it cannot be kept back
	voided   // it, where it is of this order
	canceled // one ticket of this order
	keptBack
	opened
	read
)

// part is an operation's part in the story of one place.
type part struct {
	did   did
	place boxoffice.PlaceNo
	op    *Operation
}

// partOf says what an operation did to a place.
func partOf(op *Operation, no boxoffice.PlaceNo) did {
	named, given := slices.Contains(op.Places, no), slices.Contains(op.Give, no)
	if op.Answer.Refusal != "" {
		taken := slices.ContainsFunc(op.Answer.Taken, func(p boxoffice.TakenPlace) bool { return p.Place == no })
		switch {
		case op.Answer.Refusal != boxoffice.KindTaken || !named || given:
			return nothing
		case op.What == Block || op.What == Kill:
			if taken {
				return notOpen
			}
			return nothing
		case taken:
			return notFree
		}
		return wasFree
	}
	switch op.What {
	case Hold, HoldBest, Swap, Renew:
		switch {
		case slices.Contains(op.Answer.Picks, no) && given:
			return renewed
		case slices.Contains(op.Answer.Picks, no):
			return took
		case given:
			return gave
		}
		return renewed
	case Release:
		if named {
			return gave
		}
	case Drop:
		return dropped
	case Sell:
		return sold
	case Void:
		return voided
	}
	if !named {
		return nothing
	}
	return map[What]did{
		Cancel: canceled, Block: keptBack, Kill: keptBack, Unblock: opened, Revive: opened, ReadPlaces: read, ReadInWrite: read,
	}[op.What]
}

// standing is how one place stands.
type standing struct {
	owner boxoffice.StaffID
	until int64
	order boxoffice.OrderID
	block boxoffice.BlockCode
	now   int64 // of the last transaction that could write
}

// step does a part of a story, and reports whether it can be.
func (s *standing) step(p part, ttl int64) bool {
	op := p.op
	if op.Write {
		if op.Now < s.now {
			return false
		}
		s.now = op.Now
	}
	alive := s.owner != 0 && s.until > op.Now
	mine := alive && s.owner == op.By.Staff
	free := s.order == 0 && s.block == "" && !alive
	switch p.did {
	case took:
		s.owner, s.until = op.By.Staff, op.Now+ttl
		return free
	case renewed:
		if mine {
			s.until = op.Now + ttl
		}
	case gave:
		s.owner, s.until = 0, 0
		return mine
	case dropped:
		if s.owner == op.By.Staff {
			s.owner, s.until = 0, 0
		}
	case sold:
		if mine {
			s.owner, s.until, s.order = 0, 0, op.Answer.Sale.Order
		}
	case notFree:
		return !free
	case wasFree:
		return free
	case notOpen:
		return alive || s.order != 0
	case voided:
		if s.order == op.Order {
			s.order = 0
		}
	case canceled:
		is := s.order == op.Order
		s.order = 0
		return is
	case keptBack:
		ok := !alive && s.order == 0
		s.owner, s.until, s.block = 0, 0, op.Code
		if op.What == Kill {
			s.block = boxoffice.KillCode
		}
		return ok
	case opened:
		ok := !alive && s.order == 0 && s.block != "" && (s.block == boxoffice.KillCode) == (op.What == Revive)
		s.block = ""
		return ok
	case read:
		return s.reads(op, p.place, alive)
	}
	return true
}

// reads reports whether the place can have been read so.
func (s *standing) reads(op *Operation, no boxoffice.PlaceNo, alive bool) bool {
	for _, seen := range op.Answer.Seen {
		if seen.Place != no {
			continue
		}
		switch seen.State {
		case boxoffice.Confirmed:
			return s.order == seen.Order && s.block == seen.Block
		case boxoffice.Held: // over or not
			return s.order == 0 && s.owner != 0 && s.until == seen.Until
		default:
			return s.order == 0 && !alive && s.block == seen.Block
		}
	}
	return false
}

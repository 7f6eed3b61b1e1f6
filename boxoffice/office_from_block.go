package boxoffice

import (
	"cmp"
	"context"
	"slices"
)

// TakeFromBlock takes named places into the person's basket, those that the house
// keeps back under a block too; killed ones not. The places stay of their block: given
// back, lapsed or cancelled, they return to it.
func (o *Office) TakeFromBlock(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, picks []Pick) (Taken, error) {
	return update(ctx, o, cmd, func(tx Tx) (Taken, error) {
		if _, err := allow(tx, by, SellFromBlock); err != nil {
			return Taken{}, err
		}
		return takeFromBlock(tx, by, by.Staff, perf, picks, "")
	})
}

// takeFromBlock takes places by the leave of giver, who has it to give; guarded prices
// are theirs to give, too.
func takeFromBlock(tx Tx, by Actor, giver StaffID, perf PerformanceID, picks []Pick, note string) (Taken, error) {
	_, priced, err := offered(tx, giver, perf, picks)
	if err != nil {
		return Taken{}, err
	}
	tickets, err := settledTickets(tx, perf, placesOf(priced))
	if err != nil {
		return Taken{}, err
	}
	var blocked []PlaceNo
	var taken []TakenPlace
	for _, t := range tickets {
		if t.State != Available || t.Block == KillCode {
			p, err := describeTaken(tx, t)
			if err != nil {
				return Taken{}, err
			}
			taken = append(taken, p)
		} else if t.Block != "" {
			blocked = append(blocked, t.Place)
		}
	}
	if len(taken) > 0 {
		return Taken{}, &TakenError{taken}
	}
	if len(blocked) == 0 {
		return Taken{}, wrongState("none of these places is blocked; take them as they are")
	}
	basket, hold, err := liveBasket(tx, by)
	if err != nil {
		return Taken{}, err
	}
	if err := tx.GiveLeave(hold.ID, perf, blocked, cmp.Or(giver, by.Staff)); err != nil {
		return Taken{}, err
	}
	return reserve(tx, by, basket, hold, tickets, priced, note)
}

// givePrices takes places at prices that are giver's to give: those in the person's
// basket already change their price, the others are taken.
func givePrices(tx Tx, by Actor, giver StaffID, perf PerformanceID, picks []Pick) error {
	b, err := tx.OpenBasket(by.Staff)
	if err != nil && KindOf(err) != KindNotFound {
		return err
	}
	var mine []Ticket
	if err == nil && b.Hold != 0 {
		if mine, err = tx.TicketsOf(b.Hold); err != nil {
			return err
		}
	}
	var change, more []Pick
	for _, p := range picks {
		if slices.ContainsFunc(mine, func(t Ticket) bool {
			return t.Performance == perf && t.Place == p.Place && !t.Lapsed(tx.Now())
		}) {
			change = append(change, p)
		} else {
			more = append(more, p)
		}
	}
	if len(change) > 0 {
		if err := reprice(tx, by, giver, perf, change); err != nil {
			return err
		}
	}
	if len(more) == 0 && len(change) > 0 {
		return nil
	}
	_, err = take(tx, by, giver, perf, more)
	return err
}

// mayGive returns nil if the person may give the prices of these picks: guarded ones
// need a permission. Nobody is asked for in a rehearsal.
func mayGive(r Reader, giver StaffID, priced []pricedPick) error {
	if giver == 0 || !slices.ContainsFunc(priced, func(p pricedPick) bool { return p.Type.Guarded }) {
		return nil
	}
	s, err := r.Staff(giver)
	if err != nil {
		return err
	}
	return mayDo(r, s, GivePrices)
}

func placesOf(priced []pricedPick) []PlaceNo {
	places := make([]PlaceNo, len(priced))
	for i, p := range priced {
		places[i] = p.Place
	}
	return places
}

package storetest

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

func testDesks(t *testing.T, open Opener) {
	b := newBooth(t, open)
	desk := boxoffice.Desk{Terminal: "window 2", Staff: b.staff.ID, Since: b.clock.Now()}
	other := boxoffice.Desk{Terminal: "ssh 1", Staff: b.staff.ID, Since: b.clock.Now()}
	b.update(func(tx boxoffice.Tx) error {
		if err := tx.SaveDesk(desk); err != nil {
			return err
		}
		return tx.SaveDesk(other)
	})
	desk.Since = desk.Since.Add(time.Minute)
	b.update(func(tx boxoffice.Tx) error { return tx.SaveDesk(desk) })
	b.view(func(r boxoffice.Reader) error {
		desks, err := r.Desks()
		same(t, "desks", desks, []boxoffice.Desk{other, desk})
		return err
	})
	b.update(func(tx boxoffice.Tx) error { return tx.ClearDesk("ssh 1") })
	b.view(func(r boxoffice.Reader) error {
		desks, err := r.Desks()
		same(t, "desks", desks, []boxoffice.Desk{desk})
		return err
	})
}

func testApprovals(t *testing.T, open Opener) {
	b := newBooth(t, open)
	now := b.clock.Now()
	ask := boxoffice.Approval{
		State: boxoffice.ApprovalWaiting, By: boxoffice.Actor{Staff: b.staff.ID, Terminal: "window 2", Drawer: "till", Channel: boxoffice.Window},
		Permission: boxoffice.SellFromBlock, Words: "sell from a block: Macbeth A1", AskedAt: now, LapsesAt: now.Add(time.Minute),
		Ask: boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: b.perf.ID, Picks: []boxoffice.Pick{{Place: 1, Type: b.typ.ID}}, Reason: "press"},
	}
	var first boxoffice.Approval
	b.update(func(tx boxoffice.Tx) (err error) { first, err = tx.SaveApproval(ask); return err })
	b.refused("a second request of a person waiting at a terminal", func(tx boxoffice.Tx) error { return second(tx.SaveApproval(ask)) })
	b.view(func(r boxoffice.Reader) error {
		one, err := r.Approval(first.ID)
		if err != nil {
			return err
		}
		ask.ID, ask.Version = first.ID, 1
		same(t, "request", one, ask)
		all, err := r.WaitingApprovals()
		if err != nil {
			return err
		}
		same(t, "waiting", all, []boxoffice.Approval{ask})
		next, err := r.NextExpiry()
		same(t, "next expiry", next, ask.LapsesAt)
		return err
	})
	stale := first
	b.update(func(tx boxoffice.Tx) (err error) {
		first.State, first.AnsweredAt, first.AnsweredBy, first.Reason = boxoffice.ApprovalRefused, tx.Now(), b.staff.ID, "no"
		first, err = tx.SaveApproval(first)
		return err
	})
	b.refused("answered twice", func(tx boxoffice.Tx) error {
		again := first
		again.State = boxoffice.ApprovalAllowed
		return second(tx.SaveApproval(again))
	})
	isKind(t, "a stale answer", b.refused("a stale answer", func(tx boxoffice.Tx) error {
		stale.State, stale.AnsweredAt, stale.AnsweredBy = boxoffice.ApprovalAllowed, tx.Now(), b.staff.ID
		return second(tx.SaveApproval(stale))
	}), boxoffice.KindConflict)
	b.view(func(r boxoffice.Reader) error {
		one, err := r.Approval(first.ID)
		if err != nil {
			return err
		}
		same(t, "answered", one, first)
		all, err := r.WaitingApprovals()
		same(t, "waiting", all, nil)
		return err
	})
	unheard := func(want ...boxoffice.Approval) {
		t.Helper()
		b.view(func(r boxoffice.Reader) error {
			all, err := r.UnheardApprovals(b.staff.ID, first.AnsweredAt)
			same(t, "unheard", all, want)
			if late, errLate := r.UnheardApprovals(b.staff.ID, first.AnsweredAt.Add(time.Millisecond)); errLate != nil || len(late) > 0 {
				t.Errorf("unheard since later: %v, %v", late, errLate)
			}
			if others, errOthers := r.UnheardApprovals(b.staff.ID+1, first.AnsweredAt); errOthers != nil || len(others) > 0 {
				t.Errorf("unheard of somebody else: %v, %v", others, errOthers)
			}
			return err
		})
	}
	unheard(first)
	b.refused("heard, and changed by it", func(tx boxoffice.Tx) error {
		other := first
		other.HeardAt, other.Reason = tx.Now(), "yes"
		return second(tx.SaveApproval(other))
	})
	b.update(func(tx boxoffice.Tx) (err error) {
		first.HeardAt = tx.Now()
		first, err = tx.SaveApproval(first)
		return err
	})
	unheard()

	// Out of a block by somebody's leave, and not without.
	block := func(code boxoffice.BlockCode) {
		b.update(func(tx boxoffice.Tx) error {
			before, err := tx.Tickets(b.perf.ID, []boxoffice.PlaceNo{1})
			if err != nil {
				return err
			}
			after, err := before[0].KeepBack(code)
			if err != nil {
				return err
			}
			if err := tx.SaveTickets(before, []boxoffice.Ticket{after}); err != nil {
				return err
			}
			return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbBlock, Performance: b.perf.ID, Changes: boxoffice.Changes{boxoffice.Diff(before[0], after)}})
		})
	}
	sell := func(leave bool) func(tx boxoffice.Tx) error {
		return func(tx boxoffice.Tx) error {
			h, err := tx.SaveHold(boxoffice.NewBasketHold(tx.Now(), boxoffice.Actor{Staff: b.staff.ID}, boxoffice.DefaultHoldTimes()[boxoffice.Window]))
			if err != nil {
				return err
			}
			if leave {
				if err := tx.GiveLeave(h.ID, b.perf.ID, []boxoffice.PlaceNo{1, 2, 1}, b.staff.ID); err != nil {
					return err
				}
			}
			before, err := tx.Tickets(b.perf.ID, []boxoffice.PlaceNo{1})
			if err != nil {
				return err
			}
			after := before[0]
			after.State, after.Hold, after.HeldAt, after.ExpiresAt, after.Type, after.Price = boxoffice.Held, h.ID, tx.Now(), h.ExpiresAt, b.typ.ID, boothPrice
			if err := tx.SaveTickets(before, []boxoffice.Ticket{after}); err != nil {
				return err
			}
			return tx.Append(boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: b.perf.ID, Changes: boxoffice.Changes{boxoffice.Diff(before[0], after)}})
		}
	}
	block(boxoffice.KillCode)
	b.refused("a killed place, with leave", sell(true))
	block("M")
	b.refused("out of a block without leave", sell(false))
	b.update(sell(true))
	b.view(func(r boxoffice.Reader) error {
		tickets, err := r.Tickets(b.perf.ID, []boxoffice.PlaceNo{1})
		if tickets[0].Block != "M" || tickets[0].State != boxoffice.Held {
			t.Errorf("out of the block the ticket is %+v", tickets[0])
		}
		return err
	})
}

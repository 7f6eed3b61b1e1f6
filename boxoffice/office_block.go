package boxoffice

import (
	"context"
	"slices"
	"time"
)

// Block keeps places back for the house under a code, until a release time if it
// is not zero. Only open places (or those under another code) can be blocked: one
// in a basket or sold is a *TakenError, and then nothing is.
func (o *Office) Block(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, code BlockCode, places []PlaceNo, until time.Time) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if code == KillCode {
			return struct{}{}, invalid("X is a kill, not a block: kill the places")
		}
		if !until.IsZero() && !until.After(tx.Now()) {
			return struct{}{}, invalid("a block's release time must be still to come")
		}
		if err := keepBack(tx, by, perf, code, places, VerbBlock, ""); err != nil {
			return struct{}{}, err
		}
		if until.IsZero() {
			return struct{}{}, nil
		}
		_, err := tx.SaveTimedBlock(TimedBlock{Performance: perf, Code: code, Places: places, ReleaseAt: until})
		return struct{}{}, err
	})
	return err
}

// Kill takes places out of capacity for one performance: a broken chair, a camera.
func (o *Office) Kill(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		return struct{}{}, keepBack(tx, by, perf, KillCode, places, VerbKill, reason)
	})
	return err
}

// keepBack puts a code on open places.
func keepBack(tx Tx, by Actor, perf PerformanceID, code BlockCode, places []PlaceNo, verb Verb, reason string) error {
	if _, err := allow(tx, by, BlockPlaces); err != nil {
		return err
	}
	if err := code.Check(); err != nil {
		return err
	}
	if len(places) == 0 {
		return invalid("name at least one place")
	}
	tickets, err := settledTickets(tx, perf, places)
	if err != nil {
		return err
	}
	var taken []TakenPlace
	var moved movements
	for _, t := range tickets {
		if t.State != Available {
			p, err := describeTaken(tx, t)
			if err != nil {
				return err
			}
			taken = append(taken, p)
			continue
		}
		kept, err := t.KeepBack(code)
		if err != nil {
			return err
		}
		moved.add(t, kept)
	}
	if len(taken) > 0 {
		return &TakenError{taken}
	}
	if err := leaveTimedBlocks(tx, perf, places); err != nil {
		return err
	}
	entry := stamp(by, verb)
	entry.Note = Shorten(Clean(reason), 120)
	return moved.save(tx, entry)
}

// leaveTimedBlocks takes places out of the timed blocks of a performance, so that
// none is let out at the time of a block it is in no more.
func leaveTimedBlocks(tx Tx, perf PerformanceID, places []PlaceNo) error {
	blocks, err := tx.TimedBlocks(perf)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		var rest []PlaceNo
		for _, no := range b.Places {
			if !slices.Contains(places, no) {
				rest = append(rest, no)
			}
		}
		if len(rest) == len(b.Places) {
			continue
		}
		if b.Places = rest; len(rest) == 0 {
			b.ReleasedAt = tx.Now()
		}
		if _, err := tx.SaveTimedBlock(b); err != nil {
			return err
		}
	}
	return nil
}

// Unblock lets places out of their block into open sale.
func (o *Office) Unblock(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo) error {
	return o.giveBack(ctx, cmd, by, perf, places, VerbUnblock)
}

// Revive makes killed places sellable again.
func (o *Office) Revive(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo) error {
	return o.giveBack(ctx, cmd, by, perf, places, VerbRevive)
}

func (o *Office) giveBack(ctx context.Context, cmd CommandID, by Actor, perf PerformanceID, places []PlaceNo, verb Verb) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, BlockPlaces); err != nil {
			return struct{}{}, err
		}
		if len(places) == 0 {
			return struct{}{}, invalid("name at least one place")
		}
		tickets, err := settledTickets(tx, perf, places)
		if err != nil {
			return struct{}{}, err
		}
		var moved movements
		for _, t := range tickets {
			killed := t.Block == KillCode
			if t.State != Available || t.Block == "" || killed != (verb == VerbRevive) {
				p, err := describeTaken(tx, t)
				if err != nil {
					return struct{}{}, err
				}
				if verb == VerbRevive {
					return struct{}{}, wrongState("%s is not killed", p.Label)
				}
				return struct{}{}, wrongState("%s is not blocked", p.Label)
			}
			open, err := t.GiveBack()
			if err != nil {
				return struct{}{}, err
			}
			moved.add(t, open)
		}
		if err := leaveTimedBlocks(tx, perf, places); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, moved.save(tx, stamp(by, verb))
	})
	return err
}

// A sweep clears away fewHolds holds while somebody waits to sell; where nobody does, it
// looks after each someHolds whether somebody has come.
const (
	fewHolds  = 24
	someHolds = 64
)

// Sweep clears away up to limit holds whose time is over (fewer as soon as others wait
// for the store), lets out timed blocks whose release time has come, and ends requests that
// nobody answered in time. It returns how many of all it dealt with.
// Nothing depends on it but the look of the house: what lapsed is free anyway.
func (o *Office) Sweep(ctx context.Context, limit int) (int, error) {
	due, err := view(ctx, o, func(r Reader) (bool, error) {
		holds, err := r.LapsedHolds(r.Now(), 1)
		if err != nil || len(holds) > 0 {
			return true, err
		}
		blocks, err := r.DueBlocks(r.Now(), 1)
		if err != nil || len(blocks) > 0 {
			return true, err
		}
		requests, err := unanswered(r)
		return len(requests) > 0, err
	})
	if err != nil || !due {
		return 0, err
	}
	return update(ctx, o, NewCommandID(), func(tx Tx) (int, error) {
		limit := limit // of this run: there may be another
		if tx.OthersWait() {
			limit = min(limit, fewHolds)
		}
		lapsed := 0
		for lapsed < limit {
			holds, err := tx.LapsedHolds(tx.Now(), min(someHolds, limit-lapsed))
			if err != nil {
				return 0, err
			}
			if err := settleLapse(tx, holds...); err != nil {
				return 0, err
			}
			lapsed += len(holds)
			if len(holds) < someHolds || tx.OthersWait() {
				break
			}
		}
		blocks, err := tx.DueBlocks(tx.Now(), limit)
		if err != nil {
			return 0, err
		}
		for _, b := range blocks {
			if err := releaseBlock(tx, b); err != nil {
				return 0, err
			}
		}
		requests, err := unanswered(tx)
		if err != nil {
			return 0, err
		}
		for _, a := range requests {
			if err := settleApproval(tx, a); err != nil {
				return 0, err
			}
		}
		return lapsed + len(blocks) + len(requests), nil
	})
}

// releaseBlock ends a timed block: its places go to open sale, those in baskets or sold
// once they come back.
func releaseBlock(tx Tx, b TimedBlock) error {
	tickets, err := tx.Tickets(b.Performance, b.Places)
	if err != nil {
		return err
	}
	var moved movements
	for _, t := range tickets {
		if t.Block != b.Code {
			continue
		}
		open, err := t.LeaveBlock()
		if err != nil {
			return err
		}
		moved.add(t, open)
	}
	b.ReleasedAt = tx.Now()
	if _, err := tx.SaveTimedBlock(b); err != nil {
		return err
	}
	return moved.save(tx, Entry{Verb: VerbUnblock, Performance: b.Performance, Note: "release time of block " + string(b.Code)})
}

package live

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"wicket/boxoffice"
)

// chore is what has to be done to a picture to bring it into step.
type chore struct {
	all     bool // read everything
	touched bool
	// moved are those of the picture's holds that were spoken of, or whose baskets were:
	// their end may be another, or whose they are, and every place under them counts.
	moved map[boxoffice.HoldID]bool
	// places changed, from the state they had first to the one they have now.
	places map[boxoffice.PlaceNo]step
}

type step struct{ from, to boxoffice.State }

// choreOf returns what the entries may have changed in the picture of a performance.
func choreOf(old *boxoffice.Picture, id boxoffice.PerformanceID, entries []boxoffice.Entry) chore {
	c := chore{all: old == nil}
	if c.all || len(entries) == 0 {
		return c
	}
	c.places, c.moved = make(map[boxoffice.PlaceNo]step, len(entries)), map[boxoffice.HoldID]bool{}
	baskets := map[boxoffice.BasketID][]boxoffice.HoldID{}
	for hold, view := range old.Holds {
		if view.Basket != 0 {
			baskets[view.Basket] = append(baskets[view.Basket], hold)
		}
	}
	for i := range entries {
		e := &entries[i]
		c.note(id, e)
		if _, ours := old.Holds[e.Hold]; ours {
			c.moved[e.Hold] = true
		}
		for _, hold := range baskets[e.Basket] {
			c.moved[hold] = true
		}
	}
	c.touched = c.touched || len(c.moved) > 0
	return c
}

func (c *chore) note(id boxoffice.PerformanceID, e *boxoffice.Entry) {
	if isSetUp(e.Verb) && (e.Performance == 0 || e.Performance == id) {
		c.all = true
	}
	if e.Performance == id {
		c.touched = true
		for _, change := range e.Changes {
			c.move(change)
		}
	}
}

func (c *chore) move(change boxoffice.Change) {
	s, ok := c.places[change.Place]
	if !ok {
		s.from = change.From
	}
	s.to = change.To
	c.places[change.Place] = s
}

// isSetUp reports whether entries of the verb may change more than places: names,
// prices, the house itself.
func isSetUp(v boxoffice.Verb) bool {
	switch v {
	case boxoffice.VerbSetUp, boxoffice.VerbStaff, boxoffice.VerbPlan, boxoffice.VerbEvent, boxoffice.VerbPerformance,
		boxoffice.VerbPrices, boxoffice.VerbOpen, boxoffice.VerbStop, boxoffice.VerbCall:
		return true
	}
	return false
}

// draw makes a performance's picture as r has it. What did not change is taken from the
// old one.
func (h *Hub) draw(r boxoffice.Reader, id boxoffice.PerformanceID, old *boxoffice.Picture, job chore, head int64, now time.Time) (*boxoffice.Picture, error) {
	if old != nil {
		now = later(now, old.CountedAt)
	}
	if !job.all {
		changed, fits, err := reread(r, old, job, job.again(old))
		if err != nil {
			return nil, err
		}
		if fits {
			holds, err := rehold(r, old, job, changed)
			if err != nil {
				return nil, err
			}
			return old.Moved(head, changed, holds, now), nil
		}
		h.log.Warn("picture out of step; reading the whole house", "performance", id, "revision", head)
	}
	perf, err := r.Performance(id)
	if err != nil {
		return nil, err
	}
	views, err := r.LiveHolds(id)
	if err != nil {
		return nil, err
	}
	holds := make(map[boxoffice.HoldID]boxoffice.HoldView, len(views))
	for _, v := range views {
		holds[v.ID] = v
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return nil, err
	}
	prices, err := r.PriceList(id)
	if err != nil {
		return nil, err
	}
	places, err := r.Places(id)
	if err != nil {
		return nil, err
	}
	if len(places) > len(plan.Places) {
		return nil, fmt.Errorf("draw performance %d: %d places on a plan of %d", id, len(places), len(plan.Places))
	}
	return boxoffice.NewPicture(perf, plan, prices, head, boxoffice.NewPlaces(places), holds, now), nil
}

// rehold returns the old holds with those read anew that have changed, and that changed
// places are, or were, under.
func rehold(r boxoffice.Reader, old *boxoffice.Picture, job chore, changed map[boxoffice.PlaceNo]boxoffice.PlaceState) (map[boxoffice.HoldID]boxoffice.HoldView, error) {
	again := map[boxoffice.HoldID]bool{0: true}
	maps.Copy(again, job.moved)
	for no, state := range changed {
		again[old.Places.At(no).Hold], again[state.Hold] = true, true
	}
	delete(again, 0)
	if len(again) == 0 {
		return old.Holds, nil
	}
	var views []boxoffice.HoldView
	if left := withPlaces(again, old, changed); len(left) > 0 {
		var err error
		if views, err = r.LiveHoldsOf(old.Performance.ID, slices.Sorted(maps.Keys(left))); err != nil {
			return nil, err
		}
	}
	holds := make(map[boxoffice.HoldID]boxoffice.HoldView, len(old.Holds)+len(views))
	for id, v := range old.Holds {
		if !again[id] {
			holds[id] = v
		}
	}
	for _, v := range views {
		holds[v.ID] = v
	}
	return holds, nil
}

// withPlaces returns those of some holds that have places yet once some have changed: most
// were sold, or released, as a whole.
func withPlaces(holds map[boxoffice.HoldID]bool, old *boxoffice.Picture, changed map[boxoffice.PlaceNo]boxoffice.PlaceState) map[boxoffice.HoldID]bool {
	left := map[boxoffice.HoldID]bool{}
	for _, no := range old.Places.Under(holds) {
		if _, moved := changed[no]; !moved {
			left[old.Places.At(no).Hold] = true
		}
	}
	for _, state := range changed {
		if state.Hold != 0 {
			left[state.Hold] = true
		}
	}
	return left
}

// again returns which places must be read anew: those that changed, and those under
// holds that did.
func (c *chore) again(old *boxoffice.Picture) []boxoffice.PlaceNo {
	again := make([]boxoffice.PlaceNo, 0, len(c.places))
	for no := range c.places {
		again = append(again, no)
	}
	again = append(again, old.Places.Under(c.moved)...)
	slices.Sort(again)
	return slices.Compact(again)
}

// reread returns how these places stand now, unless that does not fit what the journal
// says.
func reread(r boxoffice.Reader, old *boxoffice.Picture, job chore, again []boxoffice.PlaceNo) (changed map[boxoffice.PlaceNo]boxoffice.PlaceState, fits bool, err error) {
	if len(again) == 0 {
		return nil, true, nil
	}
	for no, s := range job.places {
		if old.Places.At(no).State != s.from {
			return nil, false, nil
		}
	}
	changed, err = r.PlaceStates(old.Performance.ID, again)
	if err != nil {
		return nil, false, err
	}
	for no, s := range job.places {
		if changed[no].State != s.to {
			return nil, false, nil
		}
	}
	return changed, true, nil
}

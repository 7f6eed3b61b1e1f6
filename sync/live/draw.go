package live

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"wicket/boxoffice"
)

// fewPlaces is up to how many changed places are read one by one; of more, the
// whole house is read at once.
const fewPlaces = 256

// chore is what has to be done to a picture to bring it into step.
type chore struct {
	all     bool // read everything
	touched bool
	// holds have moved their end or changed hands: every place under them counts.
	holds map[boxoffice.HoldID]bool
	// places changed, from the state they had first to the one they have now.
	places map[boxoffice.PlaceNo]step
}

type step struct{ from, to boxoffice.State }

// note adds what an entry may have changed in the picture of a performance.
func (c *chore) note(old *boxoffice.Picture, id boxoffice.PerformanceID, e boxoffice.Entry) {
	if c.all {
		return
	}
	if isSetUp(e.Verb) && (e.Performance == 0 || e.Performance == id) {
		c.all = true
		return
	}
	if e.Performance == id {
		c.touched = true
		for _, change := range e.Changes {
			c.move(change)
		}
	}
	for hold, view := range old.Holds {
		if hold == e.Hold || e.Basket != 0 && view.Basket == e.Basket {
			c.touched = true
			if c.holds == nil {
				c.holds = map[boxoffice.HoldID]bool{}
			}
			c.holds[hold] = true
		}
	}
}

func (c *chore) move(change boxoffice.Change) {
	if c.places == nil {
		c.places = map[boxoffice.PlaceNo]step{}
	}
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

// draw makes a performance's picture as r has it. Where few places changed, the
// rest is taken from the old one.
func (h *Hub) draw(r boxoffice.Reader, id boxoffice.PerformanceID, old *boxoffice.Picture, job chore, head int64, now time.Time) (*boxoffice.Picture, error) {
	perf, err := r.Performance(id)
	if err != nil {
		return nil, err
	}
	if old != nil {
		now = later(now, old.CountedAt)
	}
	if !job.all && perf.Plan == old.Performance.Plan && len(job.places) <= fewPlaces {
		places, changed, ok, err := patch(r, old, job)
		if err != nil {
			return nil, err
		}
		if ok {
			holds, err := rehold(r, old, job, places, changed)
			if err != nil {
				return nil, err
			}
			return old.Moved(perf, head, places, changed, holds, now), nil
		}
		if len(changed) <= fewPlaces {
			h.log.Warn("picture out of step; reading the whole house", "performance", id, "revision", head)
		}
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
	return boxoffice.NewPicture(perf, plan, prices, head, places, holds, now), nil
}

// rehold returns the old holds with those read anew that have changed, and that changed
// places are, or were, under.
func rehold(r boxoffice.Reader, old *boxoffice.Picture, job chore, places []boxoffice.PlaceState, changed []boxoffice.PlaceNo) (map[boxoffice.HoldID]boxoffice.HoldView, error) {
	again := map[boxoffice.HoldID]bool{0: true}
	maps.Copy(again, job.holds)
	for _, no := range changed {
		again[old.Places[no-1].Hold], again[places[no-1].Hold] = true, true
	}
	delete(again, 0)
	if len(again) == 0 {
		return old.Holds, nil
	}
	views, err := r.LiveHoldsOf(old.Performance.ID, slices.Sorted(maps.Keys(again)))
	if err != nil {
		return nil, err
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

// patch returns the old places with the changed ones read anew, and which these are. It
// is not ok where they are too many, or do not fit what the journal says.
func patch(r boxoffice.Reader, old *boxoffice.Picture, job chore) (places []boxoffice.PlaceState, changed []boxoffice.PlaceNo, ok bool, err error) {
	changed = make([]boxoffice.PlaceNo, 0, len(job.places))
	for no, s := range job.places {
		if no < 1 || int(no) > len(old.Places) || old.Places[no-1].State != s.from {
			return nil, nil, false, nil
		}
		changed = append(changed, no)
	}
	if len(job.holds) > 0 {
		for i, p := range old.Places {
			if _, moved := job.places[boxoffice.PlaceNo(i+1)]; !moved && p.Hold != 0 && job.holds[p.Hold] {
				changed = append(changed, boxoffice.PlaceNo(i+1))
			}
		}
	}
	if len(changed) == 0 {
		return old.Places, nil, true, nil
	}
	if len(changed) > fewPlaces {
		return nil, changed, false, nil
	}
	slices.Sort(changed)
	tickets, err := r.Tickets(old.Performance.ID, changed)
	if err != nil {
		return nil, nil, false, err
	}
	if len(tickets) != len(changed) {
		return nil, nil, false, nil
	}
	places = slices.Clone(old.Places)
	for i, t := range tickets {
		if s, moved := job.places[t.Place]; t.Place != changed[i] || moved && t.State != s.to {
			return nil, nil, false, nil
		}
		places[t.Place-1] = stateOf(t)
	}
	return places, changed, true, nil
}

// stateOf is what a picture knows of a place by its live ticket.
func stateOf(t boxoffice.Ticket) boxoffice.PlaceState {
	p := boxoffice.PlaceState{
		Ticket: t.ID, State: t.State, Block: t.Block, Hold: t.Hold, Order: t.Order,
		Type: t.Type, Price: t.Price, Version: t.Version,
	}
	if t.Hold != 0 && !t.ExpiresAt.IsZero() {
		p.Until = t.ExpiresAt.UnixMilli()
	}
	return p
}

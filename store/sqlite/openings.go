package sqlite

import (
	"container/heap"

	"wicket/boxoffice"
)

// openings is which places of a remembered house anybody may take, kept in step with
// what becomes of them and with holds that end.
type openings struct {
	*boxoffice.Openings
	at    int64   // the instant they are right for, Unix milliseconds
	until []int64 // by PlaceNo-1: when the hold that keeps it ends; zero where none does
	ends  endings
}

// Openings implements [boxoffice.Tx].
func (t *tx) Openings(id boxoffice.PerformanceID) (*boxoffice.Openings, error) {
	places, err := t.Places(id)
	if err != nil {
		return nil, err
	}
	now := t.now.UnixMilli()
	if _, known := t.memory.houses[id]; !known || t.hasChanged(id) {
		free := make([]bool, len(places))
		for i := range places {
			free[i] = places[i].Free(now)
		}
		return boxoffice.NewOpenings(free), nil
	}
	open := t.memory.open[id]
	if open == nil || now < open.at { // a clock that was set back
		open = newOpenings(places, now)
		t.memory.open[id] = open
	}
	open.advance(now)
	return open.Openings, nil
}

func newOpenings(places []boxoffice.PlaceState, now int64) *openings {
	o := &openings{Openings: boxoffice.KeptOpenings(make([]bool, len(places))), at: now, until: make([]int64, len(places))}
	for i := range places {
		o.set(boxoffice.PlaceNo(i+1), places[i])
	}
	return o
}

func (o *openings) apply(id boxoffice.PerformanceID, changes []placeChange) {
	for _, c := range changes {
		if c.performance == id && int(c.place) <= len(o.until) {
			o.set(c.place, c.state)
		}
	}
}

// set brings one place in step with its state.
func (o *openings) set(no boxoffice.PlaceNo, p boxoffice.PlaceState) {
	free := p.Free(o.at)
	o.Set(no, free)
	o.until[no-1] = 0
	if free || !p.Free(p.Until) {
		return
	}
	o.until[no-1] = p.Until
	if len(o.ends) > 2*len(o.until) { // most of them are of holds that were sold or renewed
		o.ends = o.ends[:0]
		for i, until := range o.until {
			if until != 0 {
				o.ends = append(o.ends, ending{until, boxoffice.PlaceNo(i + 1)})
			}
		}
		heap.Init(&o.ends)
		return
	}
	heap.Push(&o.ends, ending{p.Until, no})
}

// advance opens the places whose holds have ended by now.
func (o *openings) advance(now int64) {
	o.at = now
	for len(o.ends) > 0 && o.ends[0].until <= now {
		e := heap.Pop(&o.ends).(ending)
		if o.until[e.place-1] == e.until {
			o.until[e.place-1] = 0
			o.Set(e.place, true)
		}
	}
}

// ending is when the hold on a place ends, unless it has been renewed or sold since.
type ending struct {
	until int64
	place boxoffice.PlaceNo
}

// endings are a heap, the first to end on top.
type endings []ending

func (e endings) Len() int           { return len(e) }
func (e endings) Less(i, j int) bool { return e[i].until < e[j].until }
func (e endings) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *endings) Push(x any)        { *e = append(*e, x.(ending)) }

func (e *endings) Pop() any {
	last := len(*e) - 1
	x := (*e)[last]
	*e = (*e)[:last]
	return x
}

package sqlite

import (
	"slices"

	"wicket/boxoffice"
)

// memory is what the writer remembers of the store between use cases, so that each
// need not read the house again: rows that hardly ever change, and the places of
// the houses that are being sold. It holds while no other process commits, and is
// forgotten as soon as something of it may be rolled back.
type memory struct {
	rows   map[any]any
	houses map[boxoffice.PerformanceID][]boxoffice.PlaceState
	// offRows says that the group under way has changed such rows: until it is
	// committed, they are read from the store.
	offRows bool
}

// maxHouses is how many houses are remembered.
const maxHouses = 16

// forget drops everything.
func (m *memory) forget() { *m = memory{} }

// recallRow returns the row with this key from the writer's memory, or loads it.
func recallRow[K comparable, T any](r *reader, key K, load func() (T, error)) (T, error) {
	if r.memory == nil || r.memory.offRows {
		return load()
	}
	if v, ok := r.memory.rows[key]; ok {
		return v.(T), nil
	}
	v, err := load()
	if err == nil {
		if r.memory.rows == nil {
			r.memory.rows = map[any]any{}
		}
		r.memory.rows[key] = v
	}
	return v, err
}

// changesRows notes that rows the memory may have are being changed.
func (t *tx) changesRows() {
	t.memory.rows, t.memory.offRows = nil, true
}

// placeChange is one place's state after a save of the use case under way.
type placeChange struct {
	performance boxoffice.PerformanceID
	place       boxoffice.PlaceNo
	state       boxoffice.PlaceState
}

// Places implements [boxoffice.Reader]. In a [boxoffice.Tx], what it returns is
// good until the function returns.
func (t *tx) Places(id boxoffice.PerformanceID) ([]boxoffice.PlaceState, error) {
	changed := slices.ContainsFunc(t.changes, func(c placeChange) bool { return c.performance == id })
	places, known := t.memory.houses[id]
	switch {
	case !known && changed:
		return t.reader.Places(id) // with what is not committed: not to be remembered
	case !known:
		var err error
		if places, err = t.reader.Places(id); err != nil || places == nil {
			return places, err
		}
		if len(t.memory.houses) >= maxHouses || t.memory.houses == nil {
			t.memory.houses = map[boxoffice.PerformanceID][]boxoffice.PlaceState{}
		}
		t.memory.houses[id] = places
	case changed:
		places = slices.Clone(places)
		apply(places, id, t.changes)
	}
	return places, nil
}

// fewHolds is how many holds are sooner read one by one than by looking at every
// ticket of the house.
const fewHolds = 50

// LiveHolds implements [boxoffice.Reader].
func (t *tx) LiveHolds(id boxoffice.PerformanceID) ([]boxoffice.HoldView, error) {
	places, err := t.Places(id)
	if err != nil {
		return nil, err
	}
	var holds []boxoffice.HoldID
	for _, p := range places {
		if p.Hold != 0 && (len(holds) == 0 || holds[len(holds)-1] != p.Hold) {
			holds = append(holds, p.Hold)
		}
	}
	slices.Sort(holds)
	holds = slices.Compact(holds)
	if len(holds) > fewHolds {
		return t.reader.LiveHolds(id)
	}
	var views []boxoffice.HoldView
	for _, hold := range holds {
		view, ok, err := one(t.conn, scanHoldView, holdViews+"WHERE h.id = ? AND h.state = 'active'", hold)
		if err != nil {
			return nil, err
		}
		if ok {
			views = append(views, view)
		}
	}
	return views, nil
}

// settle brings the remembered houses in step with a use case that has succeeded.
func (t *tx) settle() {
	for id, places := range t.memory.houses {
		apply(places, id, t.changes)
	}
}

func apply(places []boxoffice.PlaceState, id boxoffice.PerformanceID, changes []placeChange) {
	for _, c := range changes {
		if c.performance == id && int(c.place) <= len(places) {
			places[c.place-1] = c.state
		}
	}
}

// placeState returns what a picture knows of a ticket.
func placeState(t boxoffice.Ticket) boxoffice.PlaceState {
	switch t.State {
	case boxoffice.Cancelled:
		return boxoffice.PlaceState{}
	case boxoffice.Available:
		return boxoffice.PlaceState{Ticket: t.ID, State: t.State, Block: t.Block, Version: t.Version}
	}
	p := boxoffice.PlaceState{
		Ticket: t.ID, State: t.State, Block: t.Block, Hold: t.Hold, Order: t.Order, Type: t.Type, Price: t.Price, Version: t.Version,
	}
	if !t.ExpiresAt.IsZero() {
		p.Until = t.ExpiresAt.UnixMilli()
	}
	return p
}

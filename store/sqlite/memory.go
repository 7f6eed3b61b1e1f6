package sqlite

import (
	"cmp"
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
	open   map[boxoffice.PerformanceID]*openings // of those houses
	// coming are houses that may be remembered soon.
	coming map[boxoffice.PerformanceID]*coming
	// portions is how many portions of those the group under way has read.
	portions int
	// work is what people have in hand: holds, open baskets and open shifts.
	work map[any]any
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

// maxWork is how many things in hand are remembered.
const maxWork = 4096

// openBasket, openShift, heldBy and lostBy are keys of what a person and a drawer have
// in hand, of the tickets under a hold, and of its lapses where it has none; lastID is
// that of the last id of a table that grows with every sale.
type (
	openBasket boxoffice.StaffID
	openShift  string
	heldBy     boxoffice.HoldID
	lostBy     boxoffice.HoldID
	lastID     string
)

// nothing is what there is where there is none.
type nothing struct{}

// recallWork returns what is remembered under key, or loads it. In the writer it is
// remembered once the use case has succeeded.
func recallWork[K comparable, T any](t *tx, key K, load func() (T, error)) (T, error) {
	v, known := t.work[key]
	if !known {
		v, known = t.memory.work[key]
	}
	if known && v != nil {
		return v.(T), nil
	}
	loaded, err := load()
	if err == nil {
		t.keepWork(key, loaded)
	}
	return loaded, err
}

// keepWork notes what the use case under way has made of the thing under key; nil
// where that must be read again.
func (t *tx) keepWork(key, v any) {
	if t.work == nil {
		t.work = map[any]any{}
	}
	t.work[key] = v
}

// hasNone reports whether it is remembered that there is nothing under key.
func (t *tx) hasNone(key any) bool {
	v, known := t.work[key]
	if !known {
		v = t.memory.work[key]
	}
	return v == nothing{}
}

// moveHeld brings the remembered tickets of holds in step with a ticket's change.
func (t *tx) moveHeld(before, after boxoffice.Ticket) {
	for _, hold := range []boxoffice.HoldID{before.Hold, after.Hold} {
		if hold == 0 {
			continue
		}
		v, known := t.work[heldBy(hold)]
		if !known {
			v = t.memory.work[heldBy(hold)]
		}
		tickets, known := v.([]boxoffice.Ticket)
		if !known {
			continue
		}
		at, there := slices.BinarySearchFunc(tickets, after, inOrder)
		moved := make([]boxoffice.Ticket, 0, len(tickets)+1) // the old list may be in use
		moved = append(moved, tickets[:at]...)
		if hold == after.Hold {
			moved = append(moved, after)
		}
		if there {
			at++
		}
		t.keepWork(heldBy(hold), append(moved, tickets[at:]...))
	}
}

// inOrder compares the places of tickets, as the tickets under a hold are ordered.
func inOrder(a, b boxoffice.Ticket) int {
	return cmp.Or(cmp.Compare(a.Performance, b.Performance), cmp.Compare(a.Place, b.Place))
}

// placeChange is one place's state after a save of the use case under way.
type placeChange struct {
	performance boxoffice.PerformanceID
	place       boxoffice.PlaceNo
	state       boxoffice.PlaceState
}

// hasChanged reports whether the use case under way has changed a place of a house.
func (t *tx) hasChanged(id boxoffice.PerformanceID) bool {
	return slices.ContainsFunc(t.changes, func(c placeChange) bool { return c.performance == id })
}

// Places implements [boxoffice.Reader]. In a [boxoffice.Tx], what it returns is
// good until the function returns.
func (t *tx) Places(id boxoffice.PerformanceID) ([]boxoffice.PlaceState, error) {
	changed := t.hasChanged(id)
	places, known := t.memory.houses[id]
	switch {
	case !known && changed:
		return t.reader.Places(id) // with what is not committed: not to be remembered
	case !known:
		var err error
		if places, err = t.reader.Places(id); err != nil || places == nil {
			return places, err
		}
		delete(t.memory.coming, id)
		t.memory.remember(id, places)
	case changed:
		places = slices.Clone(places)
		apply(places, id, t.changes)
	}
	return places, nil
}

// dear is how many times reading a house takes reading some of its tickets, for each
// place it has.
const dear = 1. / 16

// placesAtOnce is how many places of a house are read at once, and portionsAtOnce how often
// that is done in one group: nobody is to wait for all.
const (
	placesAtOnce   = 256
	portionsAtOnce = 4
)

// coming is a house of which tickets are read.
type coming struct {
	asked  int                    // how often
	places []boxoffice.PlaceState // once that was often: those read so far
	last   int64                  // the id of the last ticket among them
}

// rememberBusy reads a house, portion by portion, once its tickets have been read so
// often that this has taken as long.
func (t *tx) rememberBusy(id boxoffice.PerformanceID) error {
	if _, known := t.memory.houses[id]; known {
		return nil
	}
	c := t.memory.coming[id]
	if c == nil {
		if t.memory.coming == nil {
			t.memory.coming = map[boxoffice.PerformanceID]*coming{}
		}
		c = &coming{last: firstTicket(id)}
		t.memory.coming[id] = c
	}
	c.asked++
	if c.places == nil {
		if c.asked%64 != 0 {
			return nil
		}
		size, err := t.placesOf(id)
		if err != nil || float64(c.asked) < dear*float64(size) {
			return err
		}
		c.places = make([]boxoffice.PlaceState, size)
	}
	if t.memory.portions == portionsAtOnce || t.hasChanged(id) {
		return nil // later: others wait, or it would be read with what is not settled
	}
	t.memory.portions++
	last, n, err := t.readPlaces(id, c.places, c.last, placesAtOnce)
	c.last = last
	if err == nil && n == placesAtOnce {
		return nil
	}
	delete(t.memory.coming, id)
	if err == nil && last != firstTicket(id) {
		t.memory.remember(id, c.places)
	}
	return err
}

// remember adds a house.
func (m *memory) remember(id boxoffice.PerformanceID, places []boxoffice.PlaceState) {
	if len(m.houses) >= maxHouses || m.houses == nil {
		m.houses, m.open = map[boxoffice.PerformanceID][]boxoffice.PlaceState{}, map[boxoffice.PerformanceID]*openings{}
	}
	m.houses[id] = places
}

// remembered returns what is remembered of a place, with what the use case under way
// has made of it; zero for nothing.
func (t *tx) remembered(id boxoffice.PerformanceID, no boxoffice.PlaceNo) boxoffice.PlaceState {
	for _, c := range slices.Backward(t.changes) {
		if c.performance == id && c.place == no {
			return c.state
		}
	}
	if places := t.memory.houses[id]; no >= 1 && int(no) <= len(places) {
		return places[no-1]
	}
	return boxoffice.PlaceState{}
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

// settle brings what is remembered in step with a use case that has succeeded.
func (t *tx) settle() {
	t.record()
	if t.memory.work == nil || len(t.memory.work) > maxWork {
		t.memory.work = map[any]any{}
	}
	for key, v := range t.work {
		if v == nil {
			delete(t.memory.work, key)
		} else {
			t.memory.work[key] = v
		}
	}
	for id, c := range t.memory.coming {
		apply(c.places, id, t.changes)
	}
	for id, places := range t.memory.houses {
		apply(places, id, t.changes)
		if open := t.memory.open[id]; open != nil {
			open.apply(id, t.changes)
		}
	}
}

func apply(places []boxoffice.PlaceState, id boxoffice.PerformanceID, changes []placeChange) {
	for _, c := range changes {
		if c.performance == id && int(c.place) <= len(places) {
			places[c.place-1] = c.state
		}
	}
}

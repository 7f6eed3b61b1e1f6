package storetest

import (
	"slices"
	"time"

	"wicket/boxoffice"
)

// model is the house as plain as it can be said: who has which place. The
// stateful test does everything twice, to the office and to the model, and the
// two must agree after every step.
type model struct {
	now    time.Time
	times  boxoffice.HoldTime
	places map[boxoffice.PlaceNo]*modelPlace
	holds  map[int]*modelHold // by owner: the open basket's hold
	named  map[boxoffice.HoldID]*modelHold
	parked map[boxoffice.BasketID]*modelHold
	orders map[boxoffice.OrderID]*modelOrder
	timed  []*modelBlock
	onSale bool
	// cancelled evenings are never on sale again.
	cancelled bool
}

// modelBlock ends by itself: at its time its places are in no block any more, whoever
// has them by then.
type modelBlock struct {
	places []boxoffice.PlaceNo
	until  time.Time
}

// dueBlocks returns the timed blocks whose time has come, in the order in which
// they are dealt with.
func (m *model) dueBlocks() []*modelBlock {
	var due []*modelBlock
	for _, b := range m.timed {
		if !b.until.After(m.now) {
			due = append(due, b)
		}
	}
	slices.SortStableFunc(due, func(a, b *modelBlock) int { return a.until.Compare(b.until) })
	return due
}

// end ends a timed block.
func (m *model) end(b *modelBlock) {
	for _, no := range b.places {
		m.places[no].block = ""
	}
	m.timed = slices.DeleteFunc(m.timed, func(have *modelBlock) bool { return have == b })
}

// keepBack puts places under a code, or none, out of whatever timed block they were in.
func (m *model) keepBack(code boxoffice.BlockCode, places []boxoffice.PlaceNo) {
	for _, no := range places {
		m.places[no].block, m.places[no].hold = code, nil
	}
	for _, b := range m.timed {
		b.places = slices.DeleteFunc(b.places, func(no boxoffice.PlaceNo) bool { return slices.Contains(places, no) })
	}
	m.timed = slices.DeleteFunc(m.timed, func(b *modelBlock) bool { return len(b.places) == 0 })
}

type modelPlace struct {
	hold  *modelHold
	order boxoffice.OrderID
	block boxoffice.BlockCode
	typ   boxoffice.PriceTypeID
}

type modelHold struct {
	owner           int
	expires, latest time.Time
	places          []boxoffice.PlaceNo
}

type modelOrder struct {
	seller int
	places []boxoffice.PlaceNo
	total  boxoffice.Money
	voided bool
}

func newModel(e *Evening) *model {
	m := &model{
		now: e.Clock.Now(), times: boxoffice.DefaultHoldTimes().For(boxoffice.Window), onSale: true,
		places: map[boxoffice.PlaceNo]*modelPlace{}, holds: map[int]*modelHold{},
		named: map[boxoffice.HoldID]*modelHold{}, parked: map[boxoffice.BasketID]*modelHold{}, orders: map[boxoffice.OrderID]*modelOrder{},
	}
	for _, p := range e.Plan.Places {
		m.places[p.No] = &modelPlace{}
	}
	return m
}

// alive reports whether a hold keeps its places now.
func (m *model) alive(h *modelHold) bool { return h != nil && h.expires.After(m.now) }

// held reports whether somebody's live hold is on the place.
func (m *model) held(no boxoffice.PlaceNo) bool { return m.alive(m.places[no].hold) }

// free reports whether anybody may take the place.
func (m *model) free(no boxoffice.PlaceNo) bool {
	p := m.places[no]
	return p.order == 0 && p.block == "" && !m.held(no)
}

func (m *model) allFree(places []boxoffice.PlaceNo) bool {
	return !slices.ContainsFunc(places, func(no boxoffice.PlaceNo) bool { return !m.free(no) })
}

// basket returns the owner's live hold, nil where the basket is empty or over.
func (m *model) basket(owner int) *modelHold {
	if h := m.holds[owner]; m.alive(h) && len(h.places) > 0 {
		return h
	}
	return nil
}

// touch renews a live hold.
func (m *model) touch(h *modelHold) {
	until := m.now.Add(m.times.TTL)
	if until.After(h.latest) {
		until = h.latest
	}
	if until.After(h.expires) {
		h.expires = until
	}
}

// take puts free places into the owner's basket.
func (m *model) take(owner int, picks []boxoffice.Pick) {
	h := m.holds[owner]
	if m.alive(h) {
		m.touch(h)
	} else {
		m.clear(h)
		h = &modelHold{owner: owner, expires: m.now.Add(m.times.TTL), latest: m.now.Add(m.times.Max)}
		m.holds[owner] = h
	}
	for _, p := range picks {
		m.places[p.Place].hold, m.places[p.Place].typ = h, p.Type
		h.places = append(h.places, p.Place)
	}
}

// clear takes a hold off whatever places it is still on.
func (m *model) clear(h *modelHold) {
	for _, p := range m.places {
		if h != nil && p.hold == h {
			p.hold = nil
		}
	}
}

// give gives one place of a hold back.
func (m *model) give(h *modelHold, no boxoffice.PlaceNo) {
	m.places[no].hold = nil
	h.places = slices.DeleteFunc(h.places, func(have boxoffice.PlaceNo) bool { return have == no })
}

// state says what the store must hold of a place: its state and block code. A
// lapsed hold may or may not have been cleared away: both count as available.
func (m *model) state(no boxoffice.PlaceNo) (boxoffice.State, boxoffice.BlockCode) {
	p := m.places[no]
	switch {
	case p.order != 0:
		return boxoffice.Confirmed, p.block
	case m.held(no):
		return boxoffice.Held, p.block
	default:
		return boxoffice.Available, p.block
	}
}

package storetest

import (
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

func (m *machine) sell(t *rapid.T) {
	i, by := m.somebody(t)
	m.sellAs(t, i, by)
}

func (m *machine) sellAs(t *rapid.T, i int, by boxoffice.Actor) {
	h := m.m.basket(i)
	var expect boxoffice.Money
	if h != nil {
		expect = m.total(h)
	}
	given := expect + boxoffice.Money(rapid.IntRange(-1, 2000).Draw(t, "more"))
	sale, err := m.Office.SellCash(m.ctx, cmd(), by, expect, given)
	ok := h != nil && given >= expect && !m.m.cancelled
	want(t, "sell", ok, err)
	if !ok {
		return
	}
	if sale.Total != expect || sale.Change != given-expect || sale.Tickets != len(h.places) {
		t.Fatalf("sold %+v; want %d tickets for %d, change %d", sale, len(h.places), expect, given-expect)
	}
	for _, no := range h.places {
		m.m.places[no].hold, m.m.places[no].order = nil, sale.Order
	}
	m.m.orders[sale.Order] = &modelOrder{seller: i, places: h.places, total: expect}
	delete(m.m.holds, i)
}

func (m *machine) someOrder(t *rapid.T) (boxoffice.OrderID, *modelOrder) {
	if len(m.m.orders) == 0 {
		t.Skip("no orders")
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.m.orders))).Draw(t, "order")
	return id, m.m.orders[id]
}

func (m *machine) void(t *rapid.T) {
	_, by := m.somebody(t)
	id, order := m.someOrder(t)
	err := m.Office.Void(m.ctx, cmd(), by, id, "wrong performance")
	// The machine's evenings stay within one business day: only a void before it
	// stands in the way.
	want(t, "void", !order.voided, err)
	if order.voided {
		return
	}
	order.voided = true
	for _, no := range order.places {
		if m.m.places[no].order == id {
			m.m.places[no].order = 0
		}
	}
}

func (m *machine) cancel(t *rapid.T) {
	_, by := m.somebody(t)
	id, order := m.someOrder(t)
	no := rapid.SampledFrom(order.places).Draw(t, "place")
	view, err := m.Office.Order(m.ctx, id)
	if err != nil {
		t.Fatalf("order %d: %v", id, err)
	}
	var ticket boxoffice.TicketID
	for _, l := range view.Lines {
		if l.Line.Place == no {
			ticket = l.Ticket.ID
		}
	}
	err = m.Office.CancelTickets(m.ctx, cmd(), by, id, []boxoffice.TicketID{ticket}, "customer is ill")
	ok := m.m.places[no].order == id
	want(t, "cancel", ok, err)
	if ok {
		m.m.places[no].order = 0
	}
}

func (m *machine) block(t *rapid.T) {
	m.keepBack(t, rapid.SampledFrom([]boxoffice.BlockCode{"H", "P"}).Draw(t, "code"))
}

func (m *machine) kill(t *rapid.T) { m.keepBack(t, boxoffice.KillCode) }

// blockForAWhile blocks places until a time, after which a sweep puts those on sale
// that are still in the block.
func (m *machine) blockForAWhile(t *rapid.T) {
	_, by := m.somebody(t)
	places := m.somePlaces(t)
	if len(m.m.timed) > 0 && rapid.Bool().Draw(t, "again") { // with another end
		places = slices.Clone(m.m.timed[0].places)
	}
	until := m.m.now.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "seconds")) * time.Second)
	err := m.Office.Block(m.ctx, cmd(), by, m.Performance, "P", places, until)
	ok := until.After(m.m.now)
	for _, no := range places {
		ok = ok && m.m.places[no].order == 0 && !m.m.held(no)
	}
	want(t, "block for a while", ok, err)
	if !ok {
		return
	}
	m.m.keepBack("P", places)
	m.m.timed = append(m.m.timed, &modelBlock{places, until})
}

// cancelPerformance ends the evening, now and then.
func (m *machine) cancelPerformance(t *rapid.T) {
	if rapid.IntRange(0, 9).Draw(t, "really") != 7 {
		t.Skip("not tonight")
	}
	_, by := m.somebody(t)
	want(t, "cancel the performance", !m.m.cancelled, m.Office.CancelPerformance(m.ctx, cmd(), by, m.Performance, "no light"))
	m.m.onSale, m.m.cancelled = false, true
}

func (m *machine) keepBack(t *rapid.T, code boxoffice.BlockCode) {
	_, by := m.somebody(t)
	places := m.somePlaces(t)
	var err error
	if code == boxoffice.KillCode {
		err = m.Office.Kill(m.ctx, cmd(), by, m.Performance, places, "broken chair")
	} else {
		err = m.Office.Block(m.ctx, cmd(), by, m.Performance, code, places, time.Time{})
	}
	ok := true
	for _, no := range places {
		ok = ok && m.m.places[no].order == 0 && !m.m.held(no)
	}
	want(t, "keep back", ok, err)
	if ok {
		m.m.keepBack(code, places)
	}
}

func (m *machine) unblock(t *rapid.T) { m.giveBack(t, false) }

func (m *machine) revive(t *rapid.T) { m.giveBack(t, true) }

func (m *machine) giveBack(t *rapid.T, killed bool) {
	_, by := m.somebody(t)
	places := m.somePlaces(t)[:1]
	for _, no := range slices.Sorted(maps.Keys(m.m.places)) {
		if p := m.m.places[no]; p.block != "" && (p.block == boxoffice.KillCode) == killed {
			places[0] = no
		}
	}
	p := m.m.places[places[0]]
	var err error
	if killed {
		err = m.Office.Revive(m.ctx, cmd(), by, m.Performance, places)
	} else {
		err = m.Office.Unblock(m.ctx, cmd(), by, m.Performance, places)
	}
	ok := p.block != "" && (p.block == boxoffice.KillCode) == killed && p.order == 0 && !m.m.held(places[0])
	want(t, "give back", ok, err)
	if ok {
		m.m.keepBack("", places)
	}
}

func (m *machine) stopOrOpen(t *rapid.T) {
	_, by := m.somebody(t)
	var err error
	if m.m.onSale {
		err = m.Office.StopSales(m.ctx, cmd(), by, m.Performance, "fire alarm")
	} else {
		err = m.Office.OpenSales(m.ctx, cmd(), by, m.Performance)
	}
	want(t, "stop or open sales", !m.m.cancelled, err)
	m.m.onSale = !m.m.onSale && !m.m.cancelled
}

func (m *machine) park(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.basket(i)
	before, err := m.Office.Basket(m.ctx, by.Staff)
	if err != nil {
		t.Fatal(err)
	}
	err = m.Office.Park(m.ctx, cmd(), by, "lady in red")
	want(t, "park", h != nil, err)
	if h != nil {
		m.m.touch(h)
		m.m.parked[before.Basket.ID] = h
		delete(m.m.holds, i)
	}
}

// setAside is what happens to a basket in hand when another one comes: it is
// parked if it is alive.
func (m *machine) setAside(i int, id boxoffice.BasketID) {
	if h := m.m.basket(i); h != nil {
		m.m.touch(h)
		m.m.parked[id] = h
	} else {
		m.m.clear(m.m.holds[i])
	}
	delete(m.m.holds, i)
}

func (m *machine) inHand(t *rapid.T, by boxoffice.Actor) boxoffice.BasketID {
	view, err := m.Office.Basket(m.ctx, by.Staff)
	if err != nil {
		t.Fatal(err)
	}
	return view.Basket.ID
}

func (m *machine) resume(t *rapid.T) {
	i, by := m.somebody(t)
	if len(m.m.parked) == 0 {
		t.Skip("nothing is parked")
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.m.parked))).Draw(t, "basket")
	h, mine := m.m.parked[id], m.inHand(t, by)
	want(t, "resume", true, m.Office.Resume(m.ctx, cmd(), by, id))
	m.setAside(i, mine)
	delete(m.m.parked, id)
	h.owner = i
	m.m.holds[i] = h
}

func (m *machine) handOver(t *rapid.T) {
	i, by := m.somebody(t)
	to, colleague := m.somebody(t)
	h, id := m.m.basket(i), m.inHand(t, by)
	err := m.Office.HandOver(m.ctx, cmd(), by, colleague.Staff)
	ok := h != nil && i != to
	want(t, "hand over", ok, err)
	if !ok {
		return
	}
	delete(m.m.holds, i)
	h.owner = to
	if m.m.holds[to] == nil {
		m.m.holds[to] = h
	} else {
		m.m.parked[id] = h
	}
}

func (m *machine) holdFor(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.basket(i)
	until := m.m.now.Add(time.Duration(rapid.IntRange(-5, 60).Draw(t, "minutes")) * time.Minute)
	id, err := m.Office.HoldFor(m.ctx, cmd(), by, boxoffice.Customer{Name: "Vidal"}, until)
	ok := h != nil && until.After(m.m.now) && !until.After(Curtain)
	want(t, "hold for", ok, err)
	if ok {
		h.expires, h.latest = until, until
		m.m.named[id] = h
		delete(m.m.holds, i)
	}
}

func (m *machine) someNamed(t *rapid.T) (boxoffice.HoldID, *modelHold) {
	if len(m.m.named) == 0 {
		t.Skip("no named holds")
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.m.named))).Draw(t, "hold")
	return id, m.m.named[id]
}

func (m *machine) pickUp(t *rapid.T) {
	i, by := m.somebody(t)
	id, h := m.someNamed(t)
	mine := m.inHand(t, by)
	err := m.Office.PickUp(m.ctx, cmd(), by, id)
	ok := m.m.alive(h)
	want(t, "pick up", ok, err)
	if !ok {
		return
	}
	m.setAside(i, mine)
	delete(m.m.named, id)
	h.owner, h.expires, h.latest = i, m.m.now.Add(m.m.times.TTL), m.m.now.Add(m.m.times.Max)
	m.m.holds[i] = h
}

func (m *machine) dropNamed(t *rapid.T) {
	_, by := m.somebody(t)
	id, h := m.someNamed(t)
	err := m.Office.DropNamed(m.ctx, cmd(), by, id, "called off")
	ok := m.m.alive(h)
	want(t, "drop named", ok, err)
	if ok {
		m.m.clear(h)
		delete(m.m.named, id)
	}
}

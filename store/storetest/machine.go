package storetest

import (
	"context"
	"slices"
	"time"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// machine does random use cases to an evening and to its model.
type machine struct {
	*Evening
	m     *model
	ctx   context.Context
	asker boxoffice.Actor    // a clerk who may not do what the others may
	kept  *boxoffice.Evening // kept up to date from the journal
}

// Machine returns the actions of a stateful test over an evening: every use case
// a counter has, and the passing of time. The action named "" is what must hold
// after each.
func (e *Evening) Machine() map[string]func(*rapid.T) {
	m := &machine{Evening: e, m: newModel(e), ctx: context.Background()}
	s, err := e.Office.AddStaff(m.ctx, cmd(), e.Staff[0], "Asker", boxoffice.Clerk, "")
	if err != nil {
		panic(err)
	}
	m.asker = boxoffice.Actor{Staff: s.ID, Terminal: "window 99", Drawer: "window 99", Channel: boxoffice.Window}
	return map[string]func(*rapid.T){
		"hold places": m.holdPlaces, "hold best": m.holdBest, "swap": m.swap, "release": m.release, "drop": m.drop,
		"change type": m.changeType, "renew": m.renew, "retake": m.retake, "park": m.park, "resume": m.resume,
		"hand over": m.handOver, "hold for": m.holdFor, "pick up": m.pickUp, "drop named": m.dropNamed,
		"sell": m.sell, "void": m.void, "cancel": m.cancel, "block": m.block, "unblock": m.unblock,
		"kill": m.kill, "revive": m.revive, "stop or open": m.stopOrOpen, "time passes": m.timePasses,
		"take over": m.takeOver, "free basket": m.freeBasket, "take from a block": m.takeFromBlock, "ask": m.ask, "asker works": m.askerWorks,
		"sweep": m.sweep, "the same command again": m.twice, "": m.agree,
		"hold standing": m.holdStanding, "change types and take more": m.changeTypes, "forget": m.forget,
		"block for a while": m.blockForAWhile, "cancel the performance": m.cancelPerformance,
	}
}

// cmd names a new command.
func cmd() boxoffice.CommandID { return boxoffice.NewCommandID() }

// want fails the test unless err is there exactly when the model says no.
func want(t *rapid.T, what string, ok bool, err error) {
	if ok != (err == nil) {
		t.Fatalf("%s: the model says %v, the office says %v", what, ok, err)
	}
	if k := boxoffice.KindOf(err); k == boxoffice.KindInternal || k == boxoffice.KindConflict || k == boxoffice.KindStore {
		t.Fatalf("%s: %v (%s)", what, err, k)
	}
}

func (m *machine) somebody(t *rapid.T) (int, boxoffice.Actor) {
	i := rapid.IntRange(0, len(m.Staff)-1).Draw(t, "clerk")
	return i, m.Staff[i]
}

func (m *machine) somePlaces(t *rapid.T) []boxoffice.PlaceNo {
	return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) boxoffice.PlaceNo {
		return boxoffice.PlaceNo(rapid.IntRange(1, len(m.Plan.Places)).Draw(t, "place"))
	}), 1, 4, rapid.ID).Draw(t, "places")
}

func (m *machine) someType(t *rapid.T) boxoffice.PriceTypeID {
	return rapid.SampledFrom([]boxoffice.PriceTypeID{m.Adult, m.Child}).Draw(t, "type")
}

// total is what the model thinks a hold comes to: prices contain the tax.
func (m *machine) total(h *modelHold) boxoffice.Money {
	var sum boxoffice.Money
	for _, no := range h.places {
		switch {
		case m.m.places[no].typ == m.Child:
			sum += 900
		case m.Plan.Places[no-1].Zone == 1:
			sum += 1600
		default:
			sum += 2400
		}
	}
	return sum
}

func (m *machine) holdPlaces(t *rapid.T) {
	i, by := m.somebody(t)
	places, typ := m.somePlaces(t), m.someType(t)
	var picks []boxoffice.Pick
	for _, no := range places {
		picks = append(picks, boxoffice.Pick{Place: no, Type: typ})
	}
	_, err := m.Office.HoldPlaces(m.ctx, cmd(), by, m.Performance, picks)
	ok := m.m.onSale && m.m.allFree(places)
	want(t, "hold places", ok, err)
	if ok {
		m.m.take(i, picks)
	}
}

func (m *machine) holdBest(t *rapid.T) {
	i, by := m.somebody(t)
	n := rapid.IntRange(1, 5).Draw(t, "n")
	taken, err := m.Office.HoldBest(m.ctx, cmd(), by, m.Performance, boxoffice.Request{
		Parties: []boxoffice.Party{{Type: m.Adult, Count: n}}, Section: -1, Zone: -1,
	})
	open := 0
	for no := range m.m.places {
		if m.m.free(no) {
			open++
		}
	}
	if err != nil && boxoffice.KindOf(err) == boxoffice.KindNotEnough && open >= n {
		// Places of different kinds of section are not mixed: a refusal is fair only
		// where no single section has enough.
		for _, s := range m.Plan.Sections {
			inSection := 0
			for no := s.First; no <= s.Last; no++ {
				if m.m.free(no) {
					inSection++
				}
			}
			if inSection >= n && m.m.onSale {
				t.Fatalf("hold best %d: %v, but %d are open in %s", n, err, inSection, s.Name)
			}
		}
		return
	}
	ok := m.m.onSale && open >= n
	want(t, "hold best", ok, err)
	if !ok {
		return
	}
	var places []boxoffice.PlaceNo
	for _, p := range taken.Picks {
		places = append(places, p.Place)
	}
	if len(places) != n || !m.m.allFree(places) {
		t.Fatalf("hold best %d took %v", n, places)
	}
	m.m.take(i, taken.Picks)
}

func (m *machine) swap(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.basket(i)
	if h == nil {
		t.Skip("empty basket")
	}
	give := rapid.SampledFrom(h.places).Draw(t, "give")
	place := m.somePlaces(t)[0]
	_, err := m.Office.Swap(m.ctx, cmd(), by, m.Performance, []boxoffice.PlaceNo{give}, []boxoffice.Pick{{Place: place, Type: m.Adult}})
	// What is given back to its block is not there to be taken.
	ok := m.m.onSale && (m.m.free(place) || place == give && m.m.places[give].block == "")
	want(t, "swap", ok, err)
	if ok {
		m.m.give(h, give)
		m.m.take(i, []boxoffice.Pick{{Place: place, Type: m.Adult}})
	}
}

func (m *machine) release(t *rapid.T) {
	i, by := m.somebody(t)
	places := m.somePlaces(t)
	h := m.m.basket(i)
	if h != nil && rapid.Bool().Draw(t, "own") {
		places = slices.Clone(h.places[:rapid.IntRange(1, len(h.places)).Draw(t, "n")])
	}
	err := m.Office.Release(m.ctx, cmd(), by, m.Performance, places)
	ok := h != nil
	for _, no := range places {
		ok = ok && m.m.places[no].hold == h
	}
	want(t, "release", ok, err)
	if ok {
		for _, no := range places {
			m.m.give(h, no)
		}
		if len(h.places) == 0 {
			delete(m.m.holds, i)
		}
	}
}

func (m *machine) drop(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.holds[i]
	if m.m.alive(h) && rapid.IntRange(0, 3).Draw(t, "too late") == 0 {
		m.Clock.Move(h.expires.Sub(m.m.now))
		m.m.now = h.expires
	}
	err := m.Office.Drop(m.ctx, cmd(), by)
	want(t, "drop", h != nil, err)
	if h != nil {
		m.gaveBack(t, h)
	}
	m.m.clear(h)
	delete(m.m.holds, i)
}

// gaveBack holds the journal's last entry to what a person gave back: a hold's places
// while it was alive. From one that was over time took them, not they.
func (m *machine) gaveBack(t *rapid.T, h *modelHold) {
	var last []boxoffice.Entry
	if err := m.Store.View(m.ctx, func(r boxoffice.Reader) (err error) {
		last, err = r.LastEntries(1)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	gave := 0
	if m.m.alive(h) {
		gave = len(h.places)
	}
	if len(last) != 1 || last[0].Verb != boxoffice.VerbRelease || len(last[0].Changes) != gave {
		t.Fatalf("the journal has %+v, the model says that %d places were given back", last, gave)
	}
}

func (m *machine) changeType(t *rapid.T) {
	i, by := m.somebody(t)
	places, typ := m.somePlaces(t)[:1], m.someType(t)
	h := m.m.basket(i)
	if h != nil {
		places = h.places[:1]
	}
	err := m.Office.ChangeType(m.ctx, cmd(), by, m.Performance, places, typ)
	ok := h != nil && m.m.onSale
	want(t, "change type", ok, err)
	if ok {
		m.m.places[places[0]].typ = typ
	}
}

// changeTypes changes what the basket has and takes more, or does neither.
func (m *machine) changeTypes(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.basket(i)
	if h == nil {
		t.Skip("empty basket")
	}
	change := boxoffice.Pick{Place: rapid.SampledFrom(h.places).Draw(t, "change"), Type: m.someType(t)}
	more := boxoffice.Pick{Place: m.somePlaces(t)[0], Type: m.someType(t)}
	_, err := m.Office.ChangeTypes(m.ctx, cmd(), by, m.Performance, []boxoffice.Pick{change}, []boxoffice.Pick{more})
	ok := m.m.onSale && m.m.free(more.Place)
	want(t, "change types", ok, err)
	if ok {
		m.m.places[change.Place].typ = change.Type
		m.m.take(i, []boxoffice.Pick{more})
	}
}

// holdStanding takes places without a seat.
func (m *machine) holdStanding(t *rapid.T) {
	i, by := m.somebody(t)
	section := len(m.Plan.Sections) - 1
	area := m.Plan.Sections[section]
	if area.Admission != boxoffice.GeneralAdmission {
		t.Skip("nobody stands in this house")
	}
	n := rapid.IntRange(1, 3).Draw(t, "n")
	taken, err := m.Office.HoldBest(m.ctx, cmd(), by, m.Performance, boxoffice.Request{
		Parties: []boxoffice.Party{{Type: m.someType(t), Count: n}}, Section: section, Zone: -1,
	})
	open := 0
	for no := area.First; no <= area.Last; no++ {
		if m.m.free(no) {
			open++
		}
	}
	ok := m.m.onSale && open >= n
	want(t, "hold standing", ok, err)
	if !ok {
		return
	}
	for _, p := range taken.Picks {
		if p.Place < area.First || p.Place > area.Last || !m.m.free(p.Place) {
			t.Fatalf("hold standing took place %d", p.Place)
		}
	}
	if len(taken.Picks) != n {
		t.Fatalf("hold standing %d took %d", n, len(taken.Picks))
	}
	m.m.take(i, taken.Picks)
}

// forget drops the memory of what was lost; it never touches a live basket.
func (m *machine) forget(t *rapid.T) {
	i, by := m.somebody(t)
	want(t, "forget", true, m.Office.Forget(m.ctx, cmd(), by))
	if h := m.m.holds[i]; h != nil && !m.m.alive(h) {
		m.m.clear(h)
		delete(m.m.holds, i)
	}
	view, err := m.Office.Basket(m.ctx, by.Staff)
	if err != nil || len(view.Lost) > 0 {
		t.Fatalf("forgot, and %d are remembered, %v", len(view.Lost), err)
	}
}

func (m *machine) renew(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.basket(i)
	_, err := m.Office.Renew(m.ctx, cmd(), by)
	atMax := h != nil && h.expires.Equal(h.latest)
	want(t, "renew", h != nil && !atMax, err)
	if err == nil {
		m.m.touch(h)
	}
}

func (m *machine) retake(t *rapid.T) {
	i, by := m.somebody(t)
	h := m.m.holds[i]
	rest := rapid.Bool().Draw(t, "rest")
	taken, err := m.Office.Retake(m.ctx, cmd(), by, rest)
	if err != nil {
		if k := boxoffice.KindOf(err); k != boxoffice.KindState && k != boxoffice.KindTaken {
			t.Fatalf("retake: %v", err)
		}
		return
	}
	if !m.m.onSale || h == nil {
		t.Fatalf("retake took %v from nothing", taken)
	}
	for _, one := range taken {
		for _, p := range one.Picks {
			if !m.m.free(p.Place) {
				t.Fatalf("retake took place %d, which is not free", p.Place)
			}
		}
		m.m.take(i, one.Picks)
	}
}

func (m *machine) timePasses(t *rapid.T) {
	if m.m.now.After(Curtain.Add(6 * time.Hour)) {
		t.Skip("the evening is over")
	}
	d := time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second
	m.Clock.Move(d)
	m.m.now = m.m.now.Add(d)
}

func (m *machine) sweep(t *rapid.T) {
	const limit = 5
	n, err := m.Office.Sweep(m.ctx, limit)
	if err != nil {
		t.Fatalf("sweep: %v", err)
	}
	due := m.m.dueBlocks()
	for i, b := range due {
		if i < limit {
			m.m.end(b)
		}
	}
	if n < min(len(due), limit) {
		t.Fatalf("sweep dealt with %d of %d blocks that were due", n, len(due))
	}
}

// twice sends one command twice: the second answers as the first and does nothing.
func (m *machine) twice(t *rapid.T) {
	i, by := m.somebody(t)
	id := cmd()
	request := boxoffice.Request{Parties: []boxoffice.Party{{Type: m.Child, Count: 1}}, Section: -1, Zone: -1}
	first, err := m.Office.HoldBest(m.ctx, id, by, m.Performance, request)
	if err != nil {
		return
	}
	m.m.take(i, first.Picks)
	second, err := m.Office.HoldBest(m.ctx, id, by, m.Performance, request)
	if err != nil || !slices.Equal(first.Picks, second.Picks) || first.Why != second.Why {
		t.Fatalf("the same command answered %v, then %v, %v", first, second, err)
	}
}

// agree is what holds after every step.
func (m *machine) agree(t *rapid.T) {
	now := m.Clock.Now().UnixMilli()
	var places []boxoffice.PlaceState
	if err := m.Store.View(m.ctx, func(r boxoffice.Reader) error {
		var err error
		places, err = r.Places(m.Performance)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var fill boxoffice.Fill
	for i, p := range places {
		no := boxoffice.PlaceNo(i + 1)
		state, block := m.m.state(no)
		have := p.State
		if have == boxoffice.Held && p.Until <= now {
			have = boxoffice.Available
		}
		if have != state || p.Block != block {
			t.Fatalf("place %d is %s %q, the model has it %s %q", no, have, p.Block, state, block)
		}
		if state == boxoffice.Confirmed && p.Order != m.m.places[no].order {
			t.Fatalf("place %d belongs to order %d, the model says %d", no, p.Order, m.m.places[no].order)
		}
		if state == boxoffice.Held && !m.m.places[no].hold.expires.Equal(time.UnixMilli(p.Until)) {
			t.Fatalf("place %d is held until %v, the model says %v", no, time.UnixMilli(p.Until).UTC(), m.m.places[no].hold.expires)
		}
		fill.Count(p, now)
	}
	m.watch(t)
	if fill.Sold+fill.Held+fill.Blocked+fill.Killed+fill.Open != len(m.Plan.Places) || fill.Places != len(m.Plan.Places) {
		t.Fatalf("the house does not add up: %+v", fill)
	}
}

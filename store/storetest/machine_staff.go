package storetest

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// watch keeps an evening up to date from the journal, and holds it to the one that is
// drawn anew.
func (m *machine) watch(t *rapid.T) {
	fresh, err := m.Office.Evening(m.ctx, m.Staff[0], m.m.now)
	if err != nil {
		t.Fatalf("evening: %v", err)
	}
	if m.kept == nil {
		m.kept = fresh
		return
	}
	journal, err := m.Office.Journal(m.ctx, m.kept.Revision, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range journal.Entries {
		if !m.kept.Apply(e) {
			m.kept = fresh
			return
		}
	}
	for what, of := range map[string]func(*boxoffice.Evening) any{
		"revision":   func(e *boxoffice.Evening) any { return e.Revision },
		"baskets":    func(e *boxoffice.Evening) any { return e.Baskets },
		"by tender":  func(e *boxoffice.Evening) any { return e.ByTender() },
		"by clerk":   func(e *boxoffice.Evening) any { return e.ByClerk() },
		"sold for":   func(e *boxoffice.Evening) any { return e.SoldFor },
		"per minute": func(e *boxoffice.Evening) any { return e.PerMinute(m.m.now) },
		"lately":     func(e *boxoffice.Evening) any { return e.SoldLately(m.Performance, m.m.now) },
		"waiting":    func(e *boxoffice.Evening) any { return e.Waiting },
	} {
		if got, want := fmt.Sprintf("%+v", of(m.kept)), fmt.Sprintf("%+v", of(fresh)); got != want {
			t.Fatalf("the evening kept up to date differs in %s:\nkept  %s\nfresh %s", what, got, want)
		}
	}
}

// asker is the model's owner for the one clerk of the machine, who may do little and
// asks for the rest.
const asker = -1

// actor returns who an owner of the model is.
func (m *machine) actor(owner int) boxoffice.Actor {
	if owner == asker {
		return m.asker
	}
	return m.Staff[owner]
}

// someOwner draws one of the people who have baskets.
func (m *machine) someOwner(t *rapid.T) int {
	return rapid.IntRange(asker, len(m.Staff)-1).Draw(t, "owner")
}

func (m *machine) takeOver(t *rapid.T) {
	i, by := m.somebody(t)
	from := m.someOwner(t)
	h, mine := m.m.basket(from), m.inHand(t, by)
	err := m.Office.TakeOver(m.ctx, cmd(), by, m.actor(from).Staff, "line dropped")
	ok := i != from && h != nil
	want(t, "take over", ok, err)
	if !ok {
		return
	}
	m.setAside(i, mine)
	delete(m.m.holds, from)
	h.owner = i
	m.m.holds[i] = h
}

func (m *machine) freeBasket(t *rapid.T) {
	_, by := m.somebody(t)
	if len(m.m.parked) > 0 && rapid.Bool().Draw(t, "parked") {
		id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.m.parked))).Draw(t, "basket")
		want(t, "free a parked basket", true, m.Office.FreeBasket(m.ctx, cmd(), by, id, "stuck"))
		m.m.clear(m.m.parked[id])
		delete(m.m.parked, id)
		return
	}
	from := m.someOwner(t)
	h := m.m.holds[from]
	err := m.Office.FreeBasket(m.ctx, cmd(), by, m.inHand(t, m.actor(from)), "stuck")
	want(t, "free a basket", h != nil, err)
	m.m.clear(h)
	delete(m.m.holds, from)
}

// fromBlock draws places, blocked ones if there are any, and says whether they can be
// taken out of their block.
func (m *machine) fromBlock(t *rapid.T) ([]boxoffice.Pick, bool) {
	places := m.somePlaces(t)
	var blocked []boxoffice.PlaceNo
	for _, no := range slices.Sorted(maps.Keys(m.m.places)) {
		if b := m.m.places[no].block; b != "" && b != boxoffice.KillCode {
			blocked = append(blocked, no)
		}
	}
	if len(blocked) > 0 && !slices.Contains(places, blocked[0]) {
		places[0] = blocked[0]
	}
	ok, any := m.m.onSale, false
	var picks []boxoffice.Pick
	for _, no := range places {
		p := m.m.places[no]
		ok = ok && p.order == 0 && !m.m.held(no) && p.block != boxoffice.KillCode
		any = any || p.block != ""
		picks = append(picks, boxoffice.Pick{Place: no, Type: m.Adult})
	}
	return picks, ok && any
}

func (m *machine) takeFromBlock(t *rapid.T) {
	i, by := m.somebody(t)
	picks, ok := m.fromBlock(t)
	_, err := m.Office.TakeFromBlock(m.ctx, cmd(), by, m.Performance, picks)
	want(t, "take from a block", ok, err)
	if ok {
		m.m.take(i, picks)
	}
}

// ask lets the clerk ask for places out of a block, and somebody answer; sometimes
// another takes the places in between.
func (m *machine) ask(t *rapid.T) {
	i, by := m.somebody(t)
	picks, ok := m.fromBlock(t)
	a, err := m.Office.Ask(m.ctx, cmd(), m.asker, boxoffice.Ask{Kind: boxoffice.AskFromBlock, Performance: m.Performance, Picks: picks})
	want(t, "ask", ok, err)
	if !ok {
		return
	}
	allowed := rapid.Bool().Draw(t, "allowed")
	first := rapid.Bool().Draw(t, "another is first")
	if first {
		_, err := m.Office.TakeFromBlock(m.ctx, cmd(), by, m.Performance, picks)
		want(t, "take what is asked for", true, err)
		m.m.take(i, picks)
	}
	if rapid.Bool().Draw(t, "at the clerk's terminal") {
		err = m.Office.AnswerHere(m.ctx, cmd(), m.asker, "Manager", "1234", a.ID, allowed, "so it is")
	} else {
		err = m.Office.Answer(m.ctx, cmd(), by, a.ID, allowed, "so it is")
	}
	want(t, "answer", !allowed || !first, err)
	if allowed && !first {
		m.m.take(asker, picks)
	}
}

// askerWorks lets the clerk sell or drop what was allowed.
func (m *machine) askerWorks(t *rapid.T) {
	if rapid.Bool().Draw(t, "drop") {
		h := m.m.holds[asker]
		want(t, "the clerk drops", h != nil, m.Office.Drop(m.ctx, cmd(), m.asker))
		m.m.clear(h)
		delete(m.m.holds, asker)
		return
	}
	m.sellAs(t, asker, m.asker)
}

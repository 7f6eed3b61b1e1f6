package saleline

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// best finishes a line that asks for so many.
func (p *parser) best(s *sale) (Intent, *trouble) {
	at := p.words[0].at
	b := Best{Parties: merge(s.parties), Section: s.section, Zone: s.zone}
	n := b.Count()
	switch {
	case n > MaxPlaces:
		return nil, tooMany(n, at)
	case len(s.lone) > 0:
		code := s.lone[0].Code
		return nil, &trouble{why: code + " stands without its number", at: s.loneAt, hint: fmt.Sprintf("1%s", code)}
	case s.wheels > n:
		return nil, &trouble{why: fmt.Sprintf("%s of %d", many(s.wheels, "wheelchair space"), n), at: s.wheelsAt}
	}
	b.Wheelchairs = s.wheels
	b.Companions = min(s.wheels, n-s.wheels)

	said := []string{partiesWords(b.Parties), "best available"}
	if b.Section >= 0 {
		said = append(said, p.idx.sections[b.Section].text)
	}
	if b.Zone >= 0 {
		said = append(said, p.idx.zones[b.Zone].text)
	}
	if b.Wheelchairs > 0 {
		w := many(b.Wheelchairs, "wheelchair space")
		if b.Companions > 0 {
			w += " and " + many(b.Companions, "companion")
		}
		said = append(said, w)
	}
	b.words = words(strings.Join(append(said, s.rules...), " · "))
	return b, nil
}

// places finishes a line that names places.
func (p *parser) places(s *sale, places []boxoffice.PlaceNo) (Intent, *trouble) {
	switch {
	case s.zone >= 0:
		return nil, &trouble{why: "places named have the zone they have", at: s.zoneAt}
	case s.wheels > 0:
		return nil, &trouble{why: "w goes with best available; a wheelchair space can be named like any place", at: s.wheelsAt}
	case s.section >= 0 && !s.used:
		return nil, &trouble{why: "a section stands before its places", at: s.sectionAt.at}
	}
	i := Places{Places: places, Section: p.sectionOf(places), Typed: true}
	n := len(places)
	switch {
	case len(s.parties) > 0 && len(s.lone) > 0:
		return nil, &trouble{why: "price types are said twice", at: s.loneAt}
	case len(s.parties) > 0:
		if c := count(s.parties); c != n {
			return nil, p.mismatch(s, c, n)
		}
		for _, party := range s.parties {
			for range party.Count {
				i.Types = append(i.Types, party.Type)
			}
		}
		if len(merge(s.parties)) == 1 {
			i.Types = i.Types[:1]
		}
	case len(s.lone) == 1, len(s.lone) == n && n > 0:
		i.Types = s.lone
	case len(s.lone) > 1:
		return nil, &trouble{why: fmt.Sprintf("%d price codes for %s", len(s.lone), many(n, "place")), at: s.loneAt}
	default:
		i.Typed = false
		if t := p.ctx.defaultType(); t != (boxoffice.PriceType{}) {
			i.Types = []boxoffice.PriceType{t}
		}
	}
	if len(i.Types) > 0 && i.Types[0] == (boxoffice.PriceType{}) {
		i.Types, i.Typed = nil, false
	}
	said := append([]string{p.placesWords(places)}, s.rules...)
	if t := typesWords(i.Types); t != "" {
		said = append([]string{said[0], t}, s.rules...)
	}
	i.words = words(strings.Join(said, " · "))
	return i, nil
}

// mismatch says that the quantities are not as many as the places, and where one
// place was typed for several, the range that may have been meant.
func (p *parser) mismatch(s *sale, asked, named int) *trouble {
	t := &trouble{why: fmt.Sprintf("%d asked for, %s named", asked, many(named, "place")), at: s.asks[0].w.at}
	a := s.asks[0]
	if len(s.asks) == 1 && named == 1 && asked > 1 {
		r := p.idx.rows[a.row][0]
		for _, q := range p.idx.rows[a.row] {
			if q.section == a.section || a.section < 0 && q.section == p.ctx.Section {
				r = q
			}
		}
		if i, ok := r.bySeat[seatKey(a.from)]; ok && i+asked <= len(r.seats) {
			t.hint = p.instead(a.w, a.w.text+".."+p.ctx.Plan.Places[r.seats[i+asked-1]-1].Seat)
		}
	}
	return t
}

// merge counts each price type once, in the order they were typed.
func merge(parties []Party) []Party {
	out := make([]Party, 0, len(parties))
next:
	for _, p := range parties {
		for i := range out {
			if out[i].Type.ID == p.Type.ID && out[i].Type.Code == p.Type.Code {
				out[i].Count += p.Count
				continue next
			}
		}
		out = append(out, p)
	}
	return out
}

// sectionOf returns the section all the places are in, -1 where they are in
// several.
func (p *parser) sectionOf(places []boxoffice.PlaceNo) int {
	section := p.ctx.Plan.Places[places[0]-1].Section
	for _, no := range places[1:] {
		if p.ctx.Plan.Places[no-1].Section != section {
			return -1
		}
	}
	return section
}

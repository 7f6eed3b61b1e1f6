package widget

import (
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
)

// Explain says in words where a place is, what it costs and how it stands at
// now: «B12 · Stalls · Zone 1 · 24.00 · open», with the
// house's own names. Of a general admission area, whose
// places are all alike, it says how many stand how. Times are shown in loc. It is
// empty for a place the plan does not have.
func Explain(p *boxoffice.Picture, no boxoffice.PlaceNo, mine boxoffice.HoldID, now time.Time, loc *time.Location, cur boxoffice.Currency) string {
	if p == nil {
		return ""
	}
	place, ok := p.Plan.Place(no)
	if !ok {
		return ""
	}
	var words []string
	add := func(w string) {
		if w = boxoffice.Clean(w); w != "" {
			words = append(words, w)
		}
	}
	section := p.Plan.SectionOf(no)
	add(place.Label())
	add(section.Name)
	if place.Zone >= 0 && place.Zone < len(p.Plan.Zones) {
		if zone := p.Plan.Zones[place.Zone].Name; !strings.EqualFold(zone, section.Name) { // many plans name both alike
			add(zone)
		}
	}
	var state boxoffice.PlaceState
	if int(no) <= len(p.Places) {
		state = p.Places[no-1]
	}
	if section.Admission == boxoffice.GeneralAdmission && len(p.Places) > 0 {
		add(priceWords(p, place, boxoffice.PlaceState{}, now, cur))
		add(areaWords(p, section, mine, now))
		return strings.Join(words, " · ")
	}
	add(priceWords(p, place, state, now, cur))
	add(stateWords(p, state, mine, now, loc))
	for _, f := range []struct {
		feature boxoffice.Feature
		words   string
	}{
		{boxoffice.Wheelchair, "wheelchair space"},
		{boxoffice.Companion, "companion's seat"},
		{boxoffice.RestrictedView, "restricted view"},
	} {
		if place.Features.Has(f.feature) {
			add(f.words)
		}
	}
	return strings.Join(words, " · ")
}

// areaWords counts an area's places as they stand at now.
func areaWords(p *boxoffice.Picture, s boxoffice.Section, mine boxoffice.HoldID, now time.Time) string {
	var fill boxoffice.Fill
	yours := 0
	ms := now.UnixMilli()
	for no := s.First; no <= s.Last; no++ {
		state := p.Places[no-1]
		fill.Count(state, ms)
		if mine != 0 && state.Hold == mine && (state.State == boxoffice.Processing || state.State == boxoffice.Held && state.Until > ms) {
			yours++
		}
	}
	words := strconv.Itoa(fill.Open) + " open"
	for _, n := range []struct {
		n     int
		words string
	}{{yours, "yours"}, {fill.Held - yours, "held"}, {fill.Blocked, "blocked"}, {fill.Killed, "killed"}, {fill.Sold, "sold"}} {
		if n.n > 0 {
			words += ", " + strconv.Itoa(n.n) + " " + n.words
		}
	}
	return words
}

// priceWords is the price a place was sold or is held at, with who pays it, or
// the default price of its zone.
func priceWords(p *boxoffice.Picture, place boxoffice.Place, state boxoffice.PlaceState, now time.Time, cur boxoffice.Currency) string {
	taken := state.State == boxoffice.Confirmed || state.State == boxoffice.Processing || state.State == boxoffice.Held && state.Until > now.UnixMilli()
	if taken && state.Type != 0 {
		name := ""
		if p.Prices != nil {
			name = p.Prices.Type(state.Type).Name
		}
		return strings.TrimSpace(name + " " + cur.Format(state.Price))
	}
	if amount, ok := defaultPrice(p, place.Zone); ok {
		return cur.Format(amount)
	}
	return "no price"
}

func stateWords(p *boxoffice.Picture, state boxoffice.PlaceState, mine boxoffice.HoldID, now time.Time, loc *time.Location) string {
	until := time.UnixMilli(state.Until)
	switch {
	case state.State == "":
		return "not on sale yet"
	case state.State == boxoffice.Confirmed:
		return "sold, order " + strconv.FormatInt(int64(state.Order), 10)
	case state.State == boxoffice.Processing && mine != 0 && state.Hold == mine:
		return "yours, being paid for"
	case state.State == boxoffice.Processing:
		return "being paid for"
	case state.State == boxoffice.Held && until.After(now):
		if mine != 0 && state.Hold == mine {
			return "yours until " + until.In(loc).Format("15:04:05")
		}
		hold, known := p.Holds[state.Hold]
		switch {
		case !known:
			return "held for " + boxoffice.Countdown(until.Sub(now)) + " more"
		case hold.Kind == boxoffice.NamedHold:
			who := hold.ForName
			if who == "" {
				who = "a customer"
			}
			return "held for " + who + " until " + clockWords(until.In(loc), now.In(loc))
		}
		return "in the basket of " + hold.Who() + " for " + boxoffice.Countdown(until.Sub(now))
	case state.Block == boxoffice.KillCode:
		return "killed"
	case state.Block != "":
		if words := state.Block.Words(); words != string(state.Block) {
			return "blocked " + string(state.Block) + " " + words
		}
		return "blocked " + string(state.Block)
	}
	return "open"
}

// clockWords is a time of day, with its date where that is not today.
func clockWords(t, now time.Time) string {
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("Mon 2 Jan 15:04")
}

package widget

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
)

// Explanation is what is to be said of a place, part by part.
type Explanation struct {
	label, section, zone, price string
	state                       standing
	features                    []string
	mine                        bool // the basket shows its price
}

// standing says how a place stands, around the name of whoever has it.
type standing struct{ before, who, after string }

// Explain says in words where a place is, what it costs and how it stands at
// now: «B12 · Stalls · Zone 1 · 24.00 · open», with the
// house's own names. Of a general admission area, whose
// places are all alike, it says how many stand how. Times are shown in loc. It is
// empty for a place the plan does not have.
func Explain(p *boxoffice.Picture, no boxoffice.PlaceNo, mine boxoffice.HoldID, now time.Time, loc *time.Location, cur boxoffice.Currency) Explanation {
	var e Explanation
	if p == nil {
		return e
	}
	place, ok := p.Plan.Place(no)
	if !ok {
		return e
	}
	section := p.Plan.SectionOf(no)
	e.label, e.section = boxoffice.Clean(place.Label()), boxoffice.Clean(section.Name)
	if place.Zone >= 0 && place.Zone < len(p.Plan.Zones) {
		if zone := p.Plan.Zones[place.Zone].Name; !strings.EqualFold(zone, section.Name) { // many plans name both alike
			e.zone = boxoffice.Clean(zone)
		}
	}
	state := p.Places.At(no)
	if section.Admission == boxoffice.GeneralAdmission && p.Places.Len() > 0 {
		e.price = boxoffice.Clean(priceWords(p, place, boxoffice.PlaceState{}, now, cur))
		e.state.before = areaWords(p, section, mine, now)
		return e
	}
	e.price = boxoffice.Clean(priceWords(p, place, state, now, cur))
	e.state, e.mine = stateWords(p, state, mine, now, loc), mine != 0 && state.Hold == mine && !state.Free(now.UnixMilli())
	for _, f := range []struct {
		feature boxoffice.Feature
		words   string
	}{
		{boxoffice.Wheelchair, "wheelchair space"},
		{boxoffice.Companion, "companion's seat"},
		{boxoffice.RestrictedView, "restricted view"},
	} {
		if place.Features.Has(f.feature) {
			e.features = append(e.features, f.words)
		}
	}
	return e
}

// String says all of it.
func (e Explanation) String() string {
	all := append([]string{e.label, e.section, e.zone, e.price, e.state.before + e.state.who + e.state.after}, e.features...)
	return strings.Join(slices.DeleteFunc(all, func(words string) bool { return words == "" }), " · ")
}

// shortName is how many cells are left of a section's name before other words go.
const shortName = 8

// Within says as much of it as so many cells have room for. What is least missed goes
// first: what the basket shows, then the zone; the place and how it stands stay to the
// last, and a time is never cut.
func (e Explanation) Within(cells int) string {
	for _, lessen := range []func(over int){
		func(int) {
			if e.mine {
				e.price = ""
			}
		},
		func(int) { e.zone = "" },
		func(over int) {
			e.section = boxoffice.Shorten(e.section, max(shortName, boxoffice.Width(e.section)-over))
		},
		func(int) { e.price = "" },
		func(int) { e.section = "" },
		func(int) { e.features = nil },
		func(over int) {
			e.state.who = boxoffice.Shorten(e.state.who, max(1, boxoffice.Width(e.state.who)-over))
		},
		func(int) { e.state = standing{} },
	} {
		over := boxoffice.Width(e.String()) - cells
		if over <= 0 {
			break
		}
		lessen(over)
	}
	return boxoffice.Shorten(e.String(), cells)
}

// areaWords counts an area's places as they stand at now.
func areaWords(p *boxoffice.Picture, s boxoffice.Section, mine boxoffice.HoldID, now time.Time) string {
	var fill boxoffice.Fill
	yours := 0
	ms := now.UnixMilli()
	for no := s.First; no <= s.Last; no++ {
		state := p.Places.At(no)
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

func stateWords(p *boxoffice.Picture, state boxoffice.PlaceState, mine boxoffice.HoldID, now time.Time, loc *time.Location) standing {
	until := time.UnixMilli(state.Until)
	says := func(words string) standing { return standing{before: words} }
	switch {
	case state.State == "":
		return says("not on sale yet")
	case state.State == boxoffice.Confirmed:
		return says("sold, order " + strconv.FormatInt(int64(state.Order), 10))
	case state.State == boxoffice.Processing && mine != 0 && state.Hold == mine:
		return says("yours, being paid for")
	case state.State == boxoffice.Processing:
		return says("being paid for")
	case state.State == boxoffice.Held && until.After(now):
		if mine != 0 && state.Hold == mine {
			return says("yours until " + until.In(loc).Format("15:04")) // the basket counts the seconds
		}
		hold, known := p.Holds[state.Hold]
		switch {
		case !known:
			return says("held for " + boxoffice.Countdown(until.Sub(now)) + " more")
		case hold.Kind == boxoffice.NamedHold:
			who := boxoffice.Clean(hold.ForName)
			if who == "" {
				who = "a customer"
			}
			return standing{"held for ", who, " until " + clockWords(until.In(loc), now.In(loc))}
		}
		return standing{"held by ", boxoffice.Clean(hold.Who()), " for " + boxoffice.Countdown(until.Sub(now))}
	case state.Block == boxoffice.KillCode:
		return says("killed")
	case state.Block != "":
		if words := state.Block.Words(); words != string(state.Block) {
			return says("blocked " + string(state.Block) + " " + words)
		}
		return says("blocked " + string(state.Block))
	}
	return says("open")
}

// clockWords is a time of day, with its date where that is not today.
func clockWords(t, now time.Time) string {
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("Mon 2 Jan 15:04")
}

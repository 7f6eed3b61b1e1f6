package saleline

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// shown is how many places are named one by one.
const shown = 8

// partiesWords says «2 Adult, 1 Child».
func partiesWords(parties []Party) string {
	said := make([]string, len(parties))
	for i, p := range parties {
		if p.Type.Name == "" {
			said[i] = many(p.Count, "place")
		} else {
			said[i] = fmt.Sprintf("%d %s", p.Count, p.Type.Name)
		}
	}
	return strings.Join(said, ", ")
}

// typesWords says one price type for all, or each with how many.
func typesWords(types []boxoffice.PriceType) string {
	if len(types) == 0 {
		return ""
	}
	parties := make([]Party, len(types))
	for i, t := range types {
		parties[i] = Party{t, 1}
	}
	if parties = merge(parties); len(parties) == 1 {
		return types[0].Name
	}
	return partiesWords(parties)
}

// placesWords says «B12 B13 · Stalls», a section after its places; of many in a
// section, the first, the last and how many.
func (p *parser) placesWords(places []boxoffice.PlaceNo) string {
	var said []string
	for i := 0; i < len(places); {
		section := p.ctx.Plan.Places[places[i]-1].Section
		j := i
		for j < len(places) && p.ctx.Plan.Places[places[j]-1].Section == section {
			j++
		}
		said = append(said, p.labels(places[i:j])+" · "+p.ctx.Plan.Sections[section].Name)
		i = j
	}
	return strings.Join(said, ", ")
}

func (p *parser) labels(places []boxoffice.PlaceNo) string {
	if len(places) > shown {
		return fmt.Sprintf("%s … %s (%d places)", p.labelOf(places[0]), p.labelOf(places[len(places)-1]), len(places))
	}
	said := make([]string, len(places))
	for i, no := range places {
		said[i] = p.labelOf(no)
	}
	return strings.Join(said, " ")
}

// labelOf names a place as it is typed.
func (p *parser) labelOf(no boxoffice.PlaceNo) string {
	place := p.ctx.Plan.Places[no-1]
	if place.Row == "" {
		return "seat " + place.Seat
	}
	return place.Label()
}

func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

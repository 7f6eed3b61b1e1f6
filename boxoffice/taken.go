package boxoffice

import (
	"fmt"
	"slices"
	"strings"
)

// TakenPlaces is a place that could not be had, or several places without a seat
// that stand alike.
type TakenPlaces struct {
	TakenPlace // the first of them
	Count      int
}

// Alike returns the places in their order, those without a seat put together
// where they are in one section and stand alike.
func (e *TakenError) Alike() []TakenPlaces {
	var out []TakenPlaces
	for _, p := range e.Places {
		i := slices.IndexFunc(out, func(have TakenPlaces) bool {
			return p.Area && have.Area && have.Label == p.Label && have.Until.Equal(p.Until) && have.TakenPlace.Words() == p.Words()
		})
		if i >= 0 {
			out[i].Count++
			continue
		}
		out = append(out, TakenPlaces{p, 1})
	}
	return out
}

// Name names the places: «B12», «3 Floor».
func (p TakenPlaces) Name() string {
	if p.Count == 1 {
		return p.Label
	}
	return fmt.Sprintf("%d %s", p.Count, p.Label)
}

// Words says why they cannot be had: «are held by Ben (window 4)».
func (p TakenPlaces) Words() string {
	words := p.TakenPlace.Words()
	if rest, ok := strings.CutPrefix(words, "is "); ok && p.Count > 1 {
		return "are " + rest
	}
	return words
}

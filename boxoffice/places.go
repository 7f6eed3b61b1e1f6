package boxoffice

import (
	"fmt"
	"iter"
	"slices"
)

// run is some places side by side: what is copied where one of them changes. Twice as
// many would take about as long, and leave twice as much to be tidied up.
type run struct {
	places [abreast]PlaceState
	held   int // how many of them are under a hold
}

const abreast = 8

// Places are the places of a house as they stand, by [PlaceNo]. They never change: With
// makes others, which share with these every run in which nothing changed. The zero
// value has none.
type Places struct {
	n    int
	runs []*run // the last is filled up with zeros
}

// NewPlaces returns places that stand as the states say, the first of which is that of
// PlaceNo 1.
func NewPlaces(states []PlaceState) Places {
	all := make([]run, (len(states)+abreast-1)/abreast)
	p := Places{n: len(states), runs: make([]*run, len(all))}
	for i := range all {
		r := &all[i]
		for _, state := range states[i*abreast : i*abreast+copy(r.places[:], states[i*abreast:])] {
			if state.Hold != 0 {
				r.held++
			}
		}
		p.runs[i] = r
	}
	return p
}

// Len returns how many places there are: the last one's number.
func (p Places) Len() int { return p.n }

// At returns how a place stands. Where there is none of this number, that is the zero
// state, in which nobody may take it.
func (p Places) At(no PlaceNo) PlaceState {
	if i := uint(no) - 1; i < uint(p.n) {
		return p.runs[i/abreast].places[i%abreast]
	}
	return PlaceState{}
}

// Rests reports whether a place stands as it did in before, at whatever time one looks:
// nobody has it under a hold.
func (p Places) Rests(no PlaceNo, before Places) bool {
	i := uint(no) - 1
	if i >= uint(p.n) || i >= uint(before.n) {
		return false
	}
	now, then := p.runs[i/abreast], before.runs[i/abreast]
	if now == then && now.held == 0 {
		return true // without a look at any of them
	}
	return now.places[i%abreast].Hold == 0 && now.places[i%abreast].Version == then.places[i%abreast].Version
}

// All returns the places, the first one first.
func (p Places) All() iter.Seq2[PlaceNo, PlaceState] {
	return func(yield func(PlaceNo, PlaceState) bool) {
		for no := range PlaceNo(p.n) {
			if !yield(no+1, p.At(no+1)) {
				return
			}
		}
	}
}

// Under returns which places are under one of these holds, the first one first.
func (p Places) Under(holds map[HoldID]bool) []PlaceNo {
	var under []PlaceNo
	for i, r := range p.runs {
		if r.held == 0 {
			continue
		}
		for at := range r.places {
			if hold := r.places[at].Hold; hold != 0 && holds[hold] {
				under = append(under, PlaceNo(i*abreast+at+1))
			}
		}
	}
	return under
}

// With returns places that stand as these, but for those that are given. There must be
// places of their numbers.
func (p Places) With(changed map[PlaceNo]PlaceState) Places {
	if len(changed) == 0 {
		return p
	}
	next := Places{n: p.n, runs: slices.Clone(p.runs)}
	for no, state := range changed {
		if no < 1 || int(no) > p.n {
			panic(fmt.Sprintf("place %d cannot change: there are %d", no, p.n))
		}
		i, at := int(no-1)/abreast, int(no-1)%abreast
		if next.runs[i] == p.runs[i] {
			own := *p.runs[i]
			next.runs[i] = &own
		}
		r := next.runs[i]
		if r.places[at].Hold != 0 {
			r.held--
		}
		if state.Hold != 0 {
			r.held++
		}
		r.places[at] = state
	}
	return next
}

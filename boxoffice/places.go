package boxoffice

import (
	"fmt"
	"iter"
	"slices"
)

// run is some places side by side: what is copied where one of them changes. Half of
// it or twice as many would cost about the same.
type run [16]PlaceState

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
	all := make([]run, (len(states)+len(run{})-1)/len(run{}))
	p := Places{n: len(states), runs: make([]*run, len(all))}
	for i := range all {
		copy(all[i][:], states[i*len(run{}):])
		p.runs[i] = &all[i]
	}
	return p
}

// Len returns how many places there are: the last one's number.
func (p Places) Len() int { return p.n }

// At returns how a place stands. Where there is none of this number, that is the zero
// state, in which nobody may take it.
func (p Places) At(no PlaceNo) PlaceState {
	if i := uint(no) - 1; i < uint(p.n) {
		return p.runs[i/uint(len(run{}))][i%uint(len(run{}))]
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
	now, then := &p.runs[i/uint(len(run{}))][i%uint(len(run{}))], &before.runs[i/uint(len(run{}))][i%uint(len(run{}))]
	return now.Hold == 0 && now.Version == then.Version
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
		i, at := int(no-1)/len(run{}), int(no-1)%len(run{})
		if next.runs[i] == p.runs[i] {
			own := *p.runs[i]
			next.runs[i] = &own
		}
		next.runs[i][at] = state
	}
	return next
}

package evening

import (
	"math/rand/v2"
	"time"
)

// dice is where all that is by chance in an evening comes from.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 0x71c4e7))} }

// chance is true so many times in a hundred.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between returns a number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// seconds returns a time from low to high seconds, to the millisecond.
func (d dice) seconds(low, high int) time.Duration {
	return time.Duration(d.between(low*1000, high*1000)) * time.Millisecond
}

// one returns one of a list.
func one[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// often is something that happens so often, compared with others.
type often[T any] struct {
	weight int
	what   T
}

// weighed returns one of a list by weight.
func weighed[T any](d dice, list ...often[T]) T {
	sum := 0
	for _, o := range list {
		sum += o.weight
	}
	n := d.IntN(sum)
	for _, o := range list {
		if n -= o.weight; n < 0 {
			return o.what
		}
	}
	panic("weights below zero")
}

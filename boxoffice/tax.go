package boxoffice

import (
	"math/big"
	"slices"
)

// ppmWhole is the whole, in parts per million.
const ppmWhole = 1_000_000

// Taxed is one amount and how it is taxed: what [Taxes] works on.
type Taxed struct {
	Amount   Money
	PPM      int64 // tax rate in parts per million
	Included bool  // the amount contains the tax
}

// Taxes returns the tax of each line. Tax is computed once per rate on the sum
// of its lines, rounded half up there and nowhere else, and spread over the
// lines by largest remainder, ties to the earlier line: so the lines' taxes add
// up to the document's, each within a cent of its own share. The same lines with
// the sign turned have the same taxes with the sign turned; giving back a part of
// a document gives back the taxes those lines were booked with, it does not
// compute them again.
func Taxes(lines []Taxed) []Money {
	type rate struct {
		ppm      int64
		included bool
	}
	sums := map[rate]Money{}
	for _, l := range lines {
		sums[rate{l.PPM, l.Included}] += l.Amount
	}
	taxes := make([]Money, len(lines))
	for r, sum := range sums {
		var members []int
		var weights []Money
		for i, l := range lines {
			if l.PPM == r.ppm && l.Included == r.included {
				members = append(members, i)
				weights = append(weights, l.Amount)
			}
		}
		for i, part := range spread(taxOf(sum, r.ppm, r.included), weights) {
			taxes[members[i]] = part
		}
	}
	return taxes
}

// taxOf returns the tax on an amount, rounded half up (a negative amount's half
// down: a document turned back is its mirror).
func taxOf(amount Money, ppm int64, included bool) Money {
	if amount < 0 {
		return -taxOf(-amount, ppm, included)
	}
	whole := int64(ppmWhole)
	if included {
		whole += ppm
	}
	n := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(2*ppm))
	n.Add(n, big.NewInt(whole))
	n.Div(n, big.NewInt(2*whole))
	return Money(n.Int64())
}

// spread divides total over the weights by largest remainder. Weights that sum
// to zero get nothing, total is zero then.
func spread(total Money, weights []Money) []Money {
	var sum int64
	for _, w := range weights {
		sum += int64(w)
	}
	parts := make([]Money, len(weights))
	if sum == 0 {
		return parts
	}
	// Work on the mirror of a negative sum: quotients below then round down, and
	// what is left to give out is never negative.
	sign := Money(1)
	if sum < 0 {
		sign, sum, total = -1, -sum, -total
	}
	type remainder struct {
		index int
		part  *big.Int
	}
	rest := make([]remainder, len(weights))
	left := total
	for i, w := range weights {
		product := new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(int64(sign*w)))
		quotient, modulus := new(big.Int).DivMod(product, big.NewInt(sum), new(big.Int))
		parts[i] = Money(quotient.Int64())
		left -= parts[i]
		rest[i] = remainder{i, modulus}
	}
	slices.SortStableFunc(rest, func(a, b remainder) int { return b.part.Cmp(a.part) })
	for _, r := range rest[:left] {
		parts[r.index]++
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}

package seating

import "cmp"

// tier is how much together a choice is.
type tier int32

const (
	together  tier = iota
	across         // one row, across an aisle
	behind         // two parts, one behind the other
	parted         // parts, nobody of four or more alone
	scattered      // whatever is left
	nothing
)

// score says how good a choice is: its fields are the order of doc.go, less is
// better.
type score struct {
	unaccompanied int32 // companions not beside a wheelchair space
	tier          tier
	parts         int32
	alone         int32 // parts of one person
	near          int32 // how far from what the basket has: 0 beside it
	zone          int32
	orphans       int32
	uneven        int32
	level         int32
	standing      int32
	cost          int64
	first         int32 // lowest position, so that an answer does not hang on luck
}

func (a *score) compare(b *score) int {
	switch {
	case a.unaccompanied != b.unaccompanied:
		return cmp.Compare(a.unaccompanied, b.unaccompanied)
	case a.tier != b.tier:
		return cmp.Compare(a.tier, b.tier)
	case a.parts != b.parts:
		return cmp.Compare(a.parts, b.parts)
	case a.alone != b.alone:
		return cmp.Compare(a.alone, b.alone)
	case a.near != b.near:
		return cmp.Compare(a.near, b.near)
	case a.zone != b.zone:
		return cmp.Compare(a.zone, b.zone)
	case a.orphans != b.orphans:
		return cmp.Compare(a.orphans, b.orphans)
	case a.uneven != b.uneven:
		return cmp.Compare(a.uneven, b.uneven)
	case a.level != b.level:
		return cmp.Compare(a.level, b.level)
	case a.standing != b.standing:
		return cmp.Compare(a.standing, b.standing)
	case a.cost != b.cost:
		return cmp.Compare(a.cost, b.cost)
	}
	return cmp.Compare(a.first, b.first)
}

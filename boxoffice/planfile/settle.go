package planfile

import (
	"cmp"
	"math"
	"slices"
)

// manyBlocks is where pairs of blocks are too many to compare, and the file no
// house.
const manyBlocks = 200

// settle moves blocks where the map reads better for it: those that were turned
// out of the way of others, those that go on in the next block level with that,
// and all of them onto common lines. It returns the blocks.
func settle(blocks []*block, p, gap float64) []*block {
	if len(blocks) <= manyBlocks {
		neighbours := continuations(blocks, p)
		turnBack(blocks, neighbours)
		moveApart(blocks, p)
		carryOn(blocks, neighbours, gap)
	}
	align(blocks, gap)
	return blocks
}

func (b *block) each(do func(*seat)) {
	for _, s := range b.strips {
		for _, q := range s.seats {
			do(q)
		}
	}
}

func (b *block) count() (n float64) {
	b.each(func(*seat) { n++ })
	return n
}

// laid is the box round a block after turning.
func (b *block) laid() box {
	r := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	b.each(func(q *seat) {
		r.left, r.right = min(r.left, q.u), max(r.right, q.u)
		r.top, r.bottom = min(r.top, q.v), max(r.bottom, q.v)
	})
	return r
}

// continuations returns for each block those whose rows go on from its own: most
// of the rows that both have begin in one where they end in the other.
func continuations(blocks []*block, p float64) [][]int {
	named := make([]map[string]*strip, len(blocks))
	for i, b := range blocks {
		named[i] = b.named()
	}
	next := make([][]int, len(blocks))
	for i, b := range blocks {
		for j := range i {
			common, touching := 0, 0
			for _, s := range b.strips {
				t := named[j][s.label]
				if t == nil || s.single {
					continue
				}
				common++
				if goesOn(s, t, p) || goesOn(t, s, p) {
					touching++
				}
			}
			if common >= 2 && touching*3 > common*2 {
				next[i], next[j] = append(next[i], j), append(next[j], i)
			}
		}
	}
	return next
}

// named returns the rows of a block by their names.
func (b *block) named() map[string]*strip {
	named := map[string]*strip{}
	for _, s := range b.strips {
		if !s.single && s.label != "" {
			named[s.label] = s
		}
	}
	return named
}

// turnBack leaves the wings of a fan as they were drawn: their rows go on from
// rows that lie straight, and lie straight by that.
func turnBack(blocks []*block, neighbours [][]int) {
	var straight []int
	for i, b := range blocks {
		if !b.turned {
			straight = append(straight, i)
		}
	}
	for len(straight) > 0 {
		i := straight[0]
		straight = straight[1:]
		for _, j := range neighbours[i] {
			if blocks[j].turned {
				blocks[j].each(func(q *seat) { q.u, q.v = q.x, q.y })
				blocks[j].turned = false
				straight = append(straight, j)
			}
		}
	}
}

// moveApart moves turned blocks away from the middle of the house until they lie
// clear of the others: turned, they are wider than they were drawn.
func moveApart(blocks []*block, p float64) {
	boxes := make([]box, len(blocks))
	left, right := math.Inf(1), math.Inf(-1)
	var moving []int
	for i, b := range blocks {
		boxes[i] = b.laid()
		left, right = min(left, boxes[i].left), max(right, boxes[i].right)
		if b.turned {
			moving = append(moving, i)
		}
	}
	center := (left + right) / 2
	offset := func(i int) float64 { x, _ := boxes[i].middle(); return x - center }
	slices.SortStableFunc(moving, func(i, j int) int { return cmp.Compare(math.Abs(offset(i)), math.Abs(offset(j))) })
	waits := make([]bool, len(blocks))
	for _, i := range moving {
		waits[i] = true
	}
	for _, i := range moving {
		waits[i] = false
		outwards := math.Copysign(1, offset(i))
		for range blocks {
			push := 0.0
			for j := range blocks {
				if j != i && !waits[j] {
					push = max(push, boxes[i].inTheWay(boxes[j], outwards, 2*p))
				}
			}
			if push == 0 {
				break
			}
			boxes[i].left, boxes[i].right = boxes[i].left+outwards*push, boxes[i].right+outwards*push
			blocks[i].each(func(q *seat) { q.u += outwards * push })
		}
	}
}

// inTheWay returns how far a has to move outwards to be clear of b; 0 where it is
// clear already.
func (a box) inTheWay(b box, outwards, clear float64) float64 {
	if a.bottom < b.top || b.bottom < a.top || a.right <= b.left || b.right <= a.left {
		return 0
	}
	if outwards > 0 {
		return b.right + clear - a.left
	}
	return a.right + clear - b.left
}

// carryOn moves blocks up or down whose rows go on in another block under the
// same names, as the wings of a fan do, to lie level with it: row C is row C
// across the house. The largest block stays where it is.
func carryOn(blocks []*block, neighbours [][]int, gap float64) {
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(blocks[j].count(), blocks[i].count()) })
	settled := make([]bool, len(blocks))
	for _, first := range order {
		if settled[first] {
			continue
		}
		queue := []int{first}
		for settled[first] = true; len(queue) > 0; queue = queue[1:] {
			for _, j := range neighbours[queue[0]] {
				if settled[j] {
					continue
				}
				if d, ok := offLevel(blocks[queue[0]], blocks[j], gap); ok {
					blocks[j].each(func(q *seat) { q.v += d })
					settled[j] = true
					queue = append(queue, j)
				}
			}
		}
	}
}

// offLevel returns how far b has to move to lie level with a, and whether one
// move does for all its rows.
func offLevel(a, b *block, gap float64) (float64, bool) {
	named := a.named()
	var shifts []float64
	for _, s := range b.strips {
		if t := named[s.label]; t != nil && !s.single {
			shifts = append(shifts, middleOf(t.seats)-middleOf(s.seats))
		}
	}
	d, _ := median(shifts) // which sorts them
	return d, math.Abs(d) <= 5*gap && shifts[len(shifts)-1]-shifts[0] <= gap
}

// align shifts blocks up or down by at most half a row, so that the rows of
// blocks side by side share lines instead of taking turns.
func align(blocks []*block, gap float64) {
	const even = 0.9 // how regular a block's rows must be to be shifted
	most, phase := 0.0, 0.0
	for _, b := range blocks {
		if turn, regular := b.rhythm(gap); regular > even && b.count() > most {
			most, phase = b.count(), turn
		}
	}
	for _, b := range blocks {
		turn, regular := b.rhythm(gap)
		if regular <= even {
			continue
		}
		d := phase - turn
		d -= math.Floor(d + 0.45) // not at the half: twins left and right go the same way
		b.each(func(q *seat) { q.v += d * gap })
	}
}

// rhythm returns where a block's rows lie between two lines (0 to 1), and how
// regularly (1 is perfect).
func (b *block) rhythm(gap float64) (turn, regular float64) {
	var c, s, seats float64
	for _, strip := range b.strips {
		n := float64(len(strip.seats))
		sin, cos := math.Sincos(2 * math.Pi * middleOf(strip.seats) / gap)
		c, s, seats = c+n*cos, s+n*sin, seats+n
	}
	return math.Atan2(s, c) / (2 * math.Pi), math.Hypot(c, s) / seats
}

package planfile

import (
	"math"
	"slices"
)

// strip is a row, or a part of one, that lies on one line of the map.
type strip struct {
	section *section
	label   string
	seats   []*seat // from left to right
	pitch   float64 // of its row
	single  bool    // a seat of a row that runs down the drawing
}

// How blocks are turned. A block drawn steeper than slanted is turned straight; a
// row of a block of at most slender rows that runs down the drawing stays
// upright.
const (
	slanted = 20 * math.Pi / 180
	steep   = 1.2 // height to width of a step
	slender = 3
)

// block is a part of a section that lies apart from the rest of it.
type block struct {
	strips []*strip
	turned bool
}

// blocksOf finds the blocks of a section, turns them straight and takes each apart
// into strips. It sets where each seat lies after turning.
func (s *section) blocksOf() []*block {
	p := pitch(s.rows)
	parts := [][]*row{s.rows}
	if !s.loose {
		parts = clusters(s.rows, 1.7*unit(s.rows))
	}
	var all []*block
	for _, rows := range parts {
		b := &block{}
		all = append(all, b)
		for _, r := range rows {
			for _, q := range r.seats {
				q.u, q.v = q.x, q.y
			}
		}
		upright := labelsOf(rows) <= slender && !s.loose
		if !upright {
			b.turned = turn(rows)
		}
		for _, r := range rows {
			if own := pitch([]*row{r}); len(r.seats) > 5 && own > 0.7*p && own < 1.45*p {
				b.strips = append(b.strips, r.strips(s, own, upright)...)
			} else {
				b.strips = append(b.strips, r.strips(s, p, upright)...)
			}
		}
	}
	return all
}

func labelsOf(rows []*row) int {
	labels := map[string]bool{}
	unnamed := 0
	for _, r := range rows {
		if r.label == "" {
			unnamed++
		}
		labels[r.label] = true
	}
	return max(len(labels), unnamed)
}

// strips cuts an upright row where it runs down the drawing; any other is one
// strip.
func (r *row) strips(s *section, p float64, upright bool) []*strip {
	n := len(r.seats)
	down := make([]bool, n)
	if upright {
		steps := make([]bool, n) // steps[i] leads from seat i-1 to seat i
		for i := 1; i < n; i++ {
			a, b := r.seats[i-1], r.seats[i]
			steps[i] = math.Abs(b.y-a.y) > steep*math.Abs(b.x-a.x)
		}
		for i := range n {
			before, after := i == 0 || steps[i], i == n-1 || steps[i+1]
			down[i] = n > 1 && before && after
		}
	}
	var strips []*strip
	var flat *strip
	for i, q := range r.seats {
		if down[i] {
			strips = append(strips, &strip{section: s, label: r.label, seats: []*seat{q}, pitch: p, single: true})
			flat = nil
			continue
		}
		if flat == nil {
			flat = &strip{section: s, label: r.label, pitch: p}
			strips = append(strips, flat)
		}
		flat.seats = append(flat.seats, q)
	}
	return strips
}

// turn turns a block about its middle until its rows lie straight, if they are
// all drawn at one angle, and reports whether it did.
func turn(rows []*row) bool {
	angle, ok := slant(rows)
	if !ok || math.Abs(angle) < slanted {
		return false
	}
	cx, cy := around(rows).middle()
	sin, cos := math.Sincos(-angle)
	for _, r := range rows {
		for _, q := range r.seats {
			dx, dy := q.x-cx, q.y-cy
			q.u, q.v = cx+dx*cos-dy*sin, cy+dx*sin+dy*cos
		}
		if n := len(r.seats); n > 1 && r.seats[0].u > r.seats[n-1].u {
			slices.Reverse(r.seats)
		}
	}
	return true
}

// slant returns the angle that the rows of a block are drawn at, from -90° to
// 90° (a block on its side: so that its numbers go up from left to right); false
// where they do not agree.
func slant(rows []*row) (float64, bool) {
	var c, s, weight, up float64
	for _, r := range rows {
		n := len(r.seats)
		if n < 3 {
			continue
		}
		first, last := r.seats[0], r.seats[n-1]
		dx, dy := last.x-first.x, last.y-first.y
		if l := math.Hypot(dx, dy); l > smallest {
			// Twice the angle: a row drawn from the right is the same row.
			a, w := 2*math.Atan2(dy, dx), float64(n)
			c, s, weight = c+w*math.Cos(a), s+w*math.Sin(a), weight+w
			if a, okA := ordinal(first.number); okA {
				if b, okB := ordinal(last.number); okB && a != b {
					up += w * math.Copysign(1, dy*float64(b-a))
				}
			}
		}
	}
	if weight == 0 || math.Hypot(c, s) < 0.9*weight {
		return 0, false
	}
	angle := math.Atan2(s, c) / 2
	if math.Abs(angle) > 75*math.Pi/180 && up != 0 {
		// Numbers that grow down the drawing are to grow to the right.
		if (angle > 0) != (up > 0) {
			angle -= math.Copysign(math.Pi, angle)
		}
	}
	return angle, true
}

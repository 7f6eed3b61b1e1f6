package seating

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"wicket/boxoffice"
)

// theatre is a house of rows of three blocks, in one section and four zones.
func theatre(rows, columns int) *boxoffice.Plan {
	plan := &boxoffice.Plan{
		Stage: boxoffice.EdgeTop, Zones: make([]boxoffice.Zone, 4),
		Levels: []boxoffice.Level{{Lines: rows, Columns: columns + 2}},
	}
	for line := range rows {
		for column := range columns {
			plan.Places = append(plan.Places, boxoffice.Place{
				No: boxoffice.PlaceNo(len(plan.Places) + 1), Zone: line * 4 / rows,
				Row: fmt.Sprint(line + 1), Line: line, Column: column + column*3/columns,
			})
		}
	}
	plan.Sections = []boxoffice.Section{{Admission: boxoffice.Reserved, First: 1, Last: boxoffice.PlaceNo(len(plan.Places))}}
	return plan
}

// theatreWithChairs is one with a wheelchair space and a companion place at the left of
// each fourth row.
func theatreWithChairs(rows, columns int) *boxoffice.Plan {
	plan := theatre(rows, columns)
	for i := range plan.Places {
		switch p := &plan.Places[i]; {
		case p.Line%4 == 3 && p.Column == 0:
			p.Features = boxoffice.Wheelchair
		case p.Line%4 == 3 && p.Column == 1:
			p.Features = boxoffice.Companion
		}
	}
	return plan
}

// fillings are ways a house can be sold.
var fillings = []struct {
	name string
	free func(i, column int, dice *rand.Rand) bool
}{
	{"empty", func(int, int, *rand.Rand) bool { return true }},
	{"half sold", func(_, _ int, dice *rand.Rand) bool { return dice.IntN(2) == 0 }},
	{"nearly sold out", func(_, _ int, dice *rand.Rand) bool { return dice.IntN(20) == 0 }},
	{"checkerboard", func(i, column int, _ *rand.Rand) bool { return (i+column)%2 == 0 }},
	{"pairs", func(i, _ int, _ *rand.Rand) bool { return i%3 != 0 }},
}

func BenchmarkBest(b *testing.B) {
	for _, size := range [][2]int{{20, 25}, {100, 100}} {
		plan := theatre(size[0], size[1])
		h := Prepare(plan)
		for _, f := range fillings {
			dice := rand.New(rand.NewPCG(1, 2))
			free := make([]bool, len(plan.Places))
			for i, p := range plan.Places {
				free[i] = f.free(p.Line, p.Column, dice)
			}
			for _, c := range [][2]int{{2, 1}, {4, 1}, {7, 1}, {40, 1}, {4, 5}} {
				b.Run(fmt.Sprintf("%d/%s/party of %d, choices %d", len(plan.Places), f.name, c[0], c[1]), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						h.Best(free, anywhere(c[0]), c[1])
					}
				})
			}
		}
	}
}

// BenchmarkWheelchairs asks a house with a space at both ends of every row.
func BenchmarkWheelchairs(b *testing.B) {
	for _, size := range [][2]int{{20, 25}, {100, 100}} {
		plan := theatre(size[0], size[1])
		last := plan.Places[len(plan.Places)-1].Column
		for i := range plan.Places {
			switch p := &plan.Places[i]; p.Column {
			case 0, last:
				p.Features = boxoffice.Wheelchair
			case 1, last - 1:
				p.Features = boxoffice.Companion
			}
		}
		h := Prepare(plan)
		for _, f := range fillings {
			dice := rand.New(rand.NewPCG(1, 2))
			free := make([]bool, len(plan.Places))
			for i, p := range plan.Places {
				free[i] = p.Features != 0 || f.free(p.Line, p.Column, dice)
			}
			for _, seats := range []int{4, 12} {
				b.Run(fmt.Sprintf("%d/%s/party of %d", len(plan.Places), f.name, seats), func(b *testing.B) {
					req := anywhere(seats)
					req.Wheelchairs, req.Companions = 1, 1
					b.ReportAllocs()
					for b.Loop() {
						h.Best(free, req, 1)
					}
				})
			}
		}
	}
}

// BenchmarkLargeBasket asks for two more beside a basket of half the house.
func BenchmarkLargeBasket(b *testing.B) {
	plan := theatre(100, 100)
	h := Prepare(plan)
	free := make([]bool, len(plan.Places))
	req := anywhere(2)
	for i := range free {
		if i < len(free)/2 {
			req.Near = append(req.Near, boxoffice.PlaceNo(i+1))
		} else {
			free[i] = true
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		h.Best(free, req, 1)
	}
}

func BenchmarkPrepare(b *testing.B) {
	plan := theatre(100, 100)
	b.ReportAllocs()
	for b.Loop() {
		Prepare(plan)
	}
}

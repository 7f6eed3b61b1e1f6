package planfile

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// A house is drawn seat by seat.
type house struct{ strings.Builder }

func newHouse() *house {
	h := &house{}
	h.WriteString("section,row,seat,x,y\n")
	return h
}

func (h *house) seat(section, row string, n int, x, y float64) {
	fmt.Fprintf(h, "%s,%s,%d,%.2f,%.2f\n", section, row, n, x, y)
}

const rowLetters = "ABCDEFGHJKLMNP"

func letter(i int) string { return rowLetters[i : i+1] }

// fan has wings that turn towards the stage, behind radial aisles.
func fan(left, center, right string) string {
	h := newHouse()
	sin, cos := math.Sincos(25 * math.Pi / 180)
	for i := range 6 {
		y, wing, middle := float64(i)*24, 3+i/2, 6+i/2
		half := float64(middle-1) * 10
		n := 0
		for k := wing; k > 0; k-- {
			n++
			d := float64(k)*20 + 14
			h.seat(left, letter(i), n, -half-d*cos, y-d*sin)
		}
		if center != left {
			n = 0
		}
		for k := range middle {
			n++
			h.seat(center, letter(i), n, -half+float64(k)*20, y)
		}
		if right != center {
			n = 0
		}
		for k := range wing {
			n++
			d := float64(k+1)*20 + 14
			h.seat(right, letter(i), n, half+d*cos, y-d*sin)
		}
	}
	return h.String()
}

// horseshoe runs down one side, round the back and up the other.
func horseshoe(rows int) string {
	h := newHouse()
	for i := range rows {
		r := 80 + float64(i)*24
		n := 0
		add := func(x, y float64) { n++; h.seat("Circle", letter(i), n, x, y) }
		for y := -120.0; y < 0; y += 20 {
			add(-r, y)
		}
		steps := int(math.Pi * r / 20)
		for j := range steps + 1 {
			sin, cos := math.Sincos(math.Pi - math.Pi*float64(j)/float64(steps))
			add(r*cos, r*sin)
		}
		for y := -20.0; y >= -120; y -= 20 {
			add(r, y)
		}
	}
	return h.String()
}

// amphitheatre has rows of 160°, and two gangways.
func amphitheatre() string {
	h := newHouse()
	span := 160 * math.Pi / 180
	for i := range 6 {
		r := 100 + float64(i)*26
		seats := int(span * r / 22)
		for j := range seats + 1 {
			if j == seats/3 || j == seats-seats/3 {
				continue
			}
			sin, cos := math.Sincos(math.Pi/2 + span/2 - span*float64(j)/float64(seats))
			h.seat("Cavea", fmt.Sprint(i+1), j+1, r*cos, r*sin)
		}
	}
	return h.String()
}

// block is a rectangle of seats; each row may be shifted.
func (h *house) block(section string, rows, seats int, x, y float64, shift func(row int) float64) {
	for i := range rows {
		for j := range seats {
			h.seat(section, letter(i), j+1, x+float64(j)*20+shift(i), y+float64(i)*22)
		}
	}
}

func still(int) float64 { return 0 }

func staggered() string {
	h := newHouse()
	h.block("Stalls", 5, 8, 0, 0, func(row int) float64 { return float64(row%2) * 10 })
	return h.String()
}

func apartOnPurpose() string {
	h := newHouse()
	for i := range 4 {
		for j := range 6 {
			h.seat("Stalls", letter(i), j+1, float64(j)*40, float64(i)*22)
		}
	}
	return h.String()
}

// boothAtTheBack has a last row only in the wings of a curved house, which lies
// higher in the drawing than the middle of the row before it.
func boothAtTheBack() string {
	h := newHouse()
	for i := range 5 {
		r := 120 + float64(i)*26
		for j := -9; j <= 9; j++ {
			if i == 4 && j > -7 && j < 7 {
				continue
			}
			sin, cos := math.Sincos(math.Pi/2 - float64(j)*22/r)
			h.seat("Stalls", letter(i), j+10, r*cos, r*sin)
		}
	}
	return h.String()
}

// galleries flank the stalls, on one side or both; their rows run down the sides.
func galleries(rows, seats int, left bool) string {
	h := newHouse()
	h.block("Stalls", 8, 8, 0, 0, still)
	for i := range rows {
		for j := range seats {
			if left {
				h.seat("Left", fmt.Sprint(i+1), j+1, -60-float64(i)*22, float64(j)*22)
			}
			h.seat("Right", fmt.Sprint(i+1), j+1, 200+float64(i)*22, float64(j)*22)
		}
	}
	return h.String()
}

// borderInARow has two sections without an aisle between them.
func borderInARow() string {
	h := newHouse()
	h.block("Left", 3, 4, 0, 0, still)
	h.block("Right", 3, 4, 80, 0, still)
	return h.String()
}

// blocksOfOneName is a section of four blocks numbered alike, one of them
// turned on its side.
func blocksOfOneName() string {
	h := newHouse()
	h.block("Arena", 4, 5, 0, 0, still)
	h.block("Arena", 4, 5, 160, 0, still)
	h.block("Arena", 4, 5, 0, 160, still)
	for i := range 4 {
		for j := range 5 {
			h.seat("Arena", letter(i), j+1, 300-float64(i)*22, 160+float64(j)*20)
		}
	}
	return h.String()
}

func TestShapes(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"fan of one section", fan("Stalls", "Stalls", "Stalls")},
		{"fan of three sections", fan("Left", "Centre", "Right")},
		{"horseshoe of one row", horseshoe(1)},
		{"horseshoe of three rows", horseshoe(3)},
		{"horseshoe of five rows", horseshoe(5)},
		{"amphitheatre", amphitheatre()},
		{"staggered rows", staggered()},
		{"every other seat taken out", apartOnPurpose()},
		{"a booth at the back", boothAtTheBack()},
		{"galleries of two rows", galleries(2, 8, true)},
		{"galleries of five rows", galleries(5, 8, true)},
		{"a gallery on one side", galleries(5, 14, false)},
		{"a border in a row", borderInARow()},
		{"blocks of one name", blocksOfOneName()},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan, _ := mustRead(t, c.name, c.text)
			var b strings.Builder
			for i, l := range plan.Levels {
				fmt.Fprintf(&b, "== %s, %d × %d\n%s", l.Name, l.Lines, l.Columns, Draw(plan, i))
			}
			golden(t, strings.ReplaceAll(c.name, " ", "-"), b.String())
		})
	}
}

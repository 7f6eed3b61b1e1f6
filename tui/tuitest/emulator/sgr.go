package emulator

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"
)

// sgr carries out a change of style.
func (t *Terminal) sgr(params ansi.Params) {
	if len(params) == 0 {
		t.pen = Style{}
		return
	}
	for i := 0; i < len(params); i++ {
		p, more, _ := params.Param(i, 0)
		switch {
		case p == 0:
			t.pen = Style{}
		case p == 1:
			t.pen.Bold = true
		case p == 2:
			t.pen.Dim = true
		case p == 3:
			t.pen.Italic = true
		case p == 4:
			t.pen.Underline = true
			if more { // 4:3 is a curl, 4:0 is none
				i++
				kind, _, _ := params.Param(i, 0)
				t.pen.Underline = kind != 0
			}
		case p == 5, p == 6:
			t.pen.Blink = true
		case p == 7:
			t.pen.Reverse = true
		case p == 9:
			t.pen.Strike = true
		case p == 22:
			t.pen.Bold, t.pen.Dim = false, false
		case p == 23:
			t.pen.Italic = false
		case p == 24:
			t.pen.Underline = false
		case p == 25:
			t.pen.Blink = false
		case p == 27:
			t.pen.Reverse = false
		case p == 29:
			t.pen.Strike = false
		case 30 <= p && p <= 37:
			t.pen.FG = Palette(p - 30)
		case 40 <= p && p <= 47:
			t.pen.BG = Palette(p - 40)
		case 90 <= p && p <= 97:
			t.pen.FG = Palette(p - 90 + 8)
		case 100 <= p && p <= 107:
			t.pen.BG = Palette(p - 100 + 8)
		case p == 39:
			t.pen.FG = 0
		case p == 49:
			t.pen.BG = 0
		case p == 38:
			i = t.longColour(params, i, &t.pen.FG)
		case p == 48:
			i = t.longColour(params, i, &t.pen.BG)
		default:
			t.strange(fmt.Sprintf("SGR %d", p))
		}
	}
}

// longColour reads «38;5;n» or «38;2;r;g;b» from parameter i on, and returns the
// index of its last parameter.
func (t *Terminal) longColour(params ansi.Params, i int, into *Colour) int {
	at := func(k int) int {
		v, _, _ := params.Param(i+k, 0)
		return v
	}
	switch at(1) {
	case 5:
		*into = Palette(at(2))
		return i + 2
	case 2:
		*into = Direct(at(2), at(3), at(4))
		return i + 4
	}
	t.strange("SGR colour")
	return len(params)
}

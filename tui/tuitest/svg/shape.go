package svg

import (
	"fmt"
	"strings"

	"wicket/tui/tuitest/emulator"
)

// shapeStyles are the classes of shapes; m is a character in the middle of its
// cell.
const shapeStyles = `.m{text-anchor:middle}
.dot{stroke-width:4.2;stroke-linecap:round}
.disc{stroke-width:9.6;stroke-linecap:round}
.ring{stroke-width:1.5;stroke-dasharray:1.7 1.6}
.seat{stroke-width:8}
.kill{stroke-width:1.6;stroke-linecap:round}
.rule{stroke-width:1.3}
.fill{fill:currentColor;stroke:none}
`

// shape draws one cell at its left upper corner, and says how wide it is where
// equal neighbours may be drawn as one.
type shape struct {
	class string
	path  func(b *strings.Builder, x, y, cells int)
	joins bool
}

// shapeOf returns the shape a cell is drawn as, or nil for a character.
func shapeOf(c emulator.Cell) *shape {
	switch r := c.Rune(); {
	case r == '·':
		return &shape{class: "dot", path: at("h0", 5, 10)}
	case r == '●':
		return &shape{class: "disc", path: at("h0", 5, 10)}
	case r == '◌':
		return &shape{class: "ring", path: at("a4 4 0 1 0 8 0a4 4 0 1 0-8 0", 1, 10)}
	case r == '■':
		return &shape{class: "seat", path: at("h8", 1, 10)}
	case r == '×':
		return &shape{class: "kill", path: at("l5.6 5.6m0-5.6l-5.6 5.6", 2.2, 7.2)}
	case '▀' <= r && r <= '▕':
		return blockOf(r)
	default:
		return boxOf(r)
	}
}

// at returns a path that starts at an offset in the cell.
func at(path string, dx, dy float64) func(*strings.Builder, int, int, int) {
	return func(b *strings.Builder, x, y, _ int) {
		fmt.Fprintf(b, "M%g %g%s", float64(x)+dx, float64(y)+dy, path)
	}
}

// blockOf returns a block element, U+2580 to U+2595: a filled part of the cell.
func blockOf(r rune) *shape {
	x, y, w, h := 0.0, 0.0, float64(cellW), float64(cellH)
	switch {
	case r == '▀':
		h /= 2
	case '▁' <= r && r <= '█': // from the foot, in eighths
		part := float64(r-'▁'+1) / 8
		y, h = h*(1-part), h*part
	case '▉' <= r && r <= '▏': // from the left, seven eighths down to one
		w *= float64('▏'-r+1) / 8
	case r == '▐':
		x, w = w/2, w/2
	case r == '▔':
		h /= 8
	case r == '▕':
		x, w = w*7/8, w/8
	default: // shades stay characters
		return nil
	}
	return &shape{class: "fill", joins: w == cellW, path: func(b *strings.Builder, cx, cy, cells int) {
		// A hair wider and, where it reaches the foot, higher: cells that touch
		// leave no seam.
		fmt.Fprintf(b, "M%g %gh%gv%gh%gz", float64(cx)+x, float64(cy)+y, w*float64(cells), h, -w*float64(cells))
	}}
}

// arms are the box-drawing characters: which of up, right, down, left they reach.
var arms = map[rune]string{
	'─': "rl", '│': "ud", '┌': "rd", '┐': "dl", '└': "ur", '┘': "ul", '├': "urd", '┤': "udl",
	'┬': "rdl", '┴': "url", '┼': "urdl", '╴': "l", '╵': "u", '╶': "r", '╷': "d",
	'╭': "(rd", '╮': "(dl", '╯': "(ul", '╰': "(ur",
}

// boxOf returns a box-drawing character, or nil.
func boxOf(r rune) *shape {
	reach, ok := arms[r]
	if !ok {
		return nil
	}
	if reach == "rl" {
		return &shape{class: "rule", joins: true, path: func(b *strings.Builder, x, y, cells int) {
			fmt.Fprintf(b, "M%d %dh%d", x, y+cellH/2, cells*cellW)
		}}
	}
	var path string
	switch reach {
	case "ud":
		return &shape{class: "rule", path: at("v20", 5, 0)}
	case "(rd":
		return &shape{class: "rule", path: at("v-5q0-5 5-5", 5, 20)}
	case "(dl":
		return &shape{class: "rule", path: at("q5 0 5 5v5", 0, 10)}
	case "(ul":
		return &shape{class: "rule", path: at("v5q0 5-5 5", 5, 0)}
	case "(ur":
		return &shape{class: "rule", path: at("v5q0 5 5 5", 5, 0)}
	}
	for _, arm := range reach {
		path += map[rune]string{'u': "v-10m0 10", 'd': "v10m0-10", 'l': "h-5m5 0", 'r': "h5m-5 0"}[arm]
	}
	return &shape{class: "rule", path: at(path, 5, 10)}
}

// shapes draws the shapes of a line: one path for each class and style.
func (d *drawing) shapes(cells []emulator.Cell, y int) {
	type kind struct {
		class string
		style emulator.Style
	}
	var order []kind
	paths := map[kind]*strings.Builder{}
	for x := 0; x < len(cells); {
		s := shapeOf(cells[x])
		if s == nil {
			x++
			continue
		}
		n := 1
		for s.joins && x+n < len(cells) && cells[x+n] == cells[x] {
			n++
		}
		k := kind{s.class, cells[x].Style}
		if paths[k] == nil {
			paths[k] = &strings.Builder{}
			order = append(order, k)
		}
		s.path(paths[k], x*cellW, y*cellH, n)
		x += n
	}
	for _, k := range order {
		fmt.Fprintf(&d.body, `<path%s d="%s"/>`+"\n", d.class(k.class, k.style), paths[k])
	}
}

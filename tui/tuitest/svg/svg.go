package svg

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"wicket/tui/tuitest/emulator"
)

// Options say what stands around the screen.
type Options struct {
	Light bool   // dark letters on a light ground
	Title string // stands over the screen; none without
}

// A cell is 10 × 20 units, so that coordinates are short. Most monospaced letters
// are 0.6 of their size wide: fontSize makes that a cell.
const (
	cellW    = 10
	cellH    = 20
	fontSize = 16.6
	baseline = 15
	padding  = 20
	titleH   = 34
	scale    = 0.84 // pixels a unit
)

// Draw returns the screen as an SVG file.
func Draw(screen *emulator.Screen, o Options) []byte {
	d := &drawing{palette: paletteFor(o.Light), classes: map[string]string{}}
	top := padding
	if o.Title != "" {
		top += titleH
	}
	for y := range screen.H {
		d.line(screen, y)
	}

	w, h := screen.W*cellW+2*padding, screen.H*cellH+top+padding
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %d %d">`+"\n",
		float64(w)*scale, float64(h)*scale, w, h)
	fmt.Fprintf(&b, "<style>\n"+
		"text{font:%gpx ui-monospace,SFMono-Regular,'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,monospace;fill:currentColor;white-space:pre;font-variant-ligatures:none}\n"+
		"path{fill:none;stroke:currentColor}\n"+shapeStyles, fontSize)
	for _, rule := range d.rules {
		b.WriteString(rule)
	}
	b.WriteString("</style>\n")
	fmt.Fprintf(&b, `<rect x=".5" y=".5" width="%d" height="%d" rx="10" fill="%s" stroke="%s"/>`+"\n",
		w-1, h-1, d.palette.ground, d.palette.edge)
	if o.Title != "" {
		fmt.Fprintf(&b, `<text x="%d" y="27" text-anchor="middle" style="font-size:14px;color:%s">%s</text>`+"\n",
			w/2, d.palette.quiet, escape(o.Title))
		fmt.Fprintf(&b, `<path d="M1 %d.5h%d" style="stroke:%s"/>`+"\n", titleH+6, w-2, d.palette.edge)
	}
	fmt.Fprintf(&b, `<g transform="translate(%d %d)" color="%s">`+"\n", padding, top, d.palette.letters)
	b.Write(d.body.Bytes())
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// drawing collects what one screen needs.
type drawing struct {
	palette palette
	body    bytes.Buffer
	classes map[string]string // by the rule's body
	rules   []string
}

// class returns the class attribute of a style, with more classes before it.
func (d *drawing) class(more string, s emulator.Style) string {
	var rule string
	if c := d.palette.foreground(s); c != d.palette.letters {
		rule += "color:" + c + ";"
	}
	if s.Bold {
		rule += "font-weight:700;"
	}
	if s.Italic {
		rule += "font-style:italic;"
	}
	names := strings.Fields(more)
	if rule != "" {
		name, ok := d.classes[rule]
		if !ok {
			name = fmt.Sprintf("s%d", len(d.classes)+1)
			d.classes[rule] = name
			d.rules = append(d.rules, fmt.Sprintf(".%s{%s}\n", name, strings.TrimSuffix(rule, ";")))
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return ` class="` + strings.Join(names, " ") + `"`
}

// line draws one line: what is behind it, its shapes, its text.
func (d *drawing) line(screen *emulator.Screen, y int) {
	cells := screen.Cells[y]
	d.grounds(cells, y)
	d.shapes(cells, y)
	for x := 0; x < len(cells); {
		n := runOf(cells[x:])
		d.text(cells[x:x+n], x, y)
		x += n
	}
	d.underlines(cells, y)
}

// grounds draws the runs of cells that have a background of their own.
func (d *drawing) grounds(cells []emulator.Cell, y int) {
	for x := 0; x < len(cells); {
		colour := d.palette.background(cells[x].Style)
		n := 1
		for x+n < len(cells) && d.palette.background(cells[x+n].Style) == colour {
			n++
		}
		if colour != "" {
			fmt.Fprintf(&d.body, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n",
				x*cellW, y*cellH, n*cellW, cellH, colour)
		}
		x += n
	}
}

// underlines draws lines under and through runs of text.
func (d *drawing) underlines(cells []emulator.Cell, y int) {
	for x, c := range cells {
		if c.Underline {
			fmt.Fprintf(&d.body, `<path%s d="M%d %dh%d"/>`+"\n", d.class("", c.Style), x*cellW, y*cellH+baseline+3, cellW)
		}
		if c.Strike {
			fmt.Fprintf(&d.body, `<path%s d="M%d %dh%d"/>`+"\n", d.class("", c.Style), x*cellW, y*cellH+cellH/2, cellW)
		}
	}
}

// runOf returns how many of the cells one text element holds, or a stretch with
// nothing to write: words of one style, with single spaces between.
func runOf(cells []emulator.Cell) int {
	if !isLetter(cells[0]) {
		return 1
	}
	n := 1
	for n < len(cells) && cells[n].Style == cells[0].Style {
		switch {
		case isLetter(cells[n]):
			n++
			continue
		case cells[n].Text == " " && n+1 < len(cells) && isLetter(cells[n+1]) && cells[n+1].Style == cells[0].Style:
			n += 2
			continue
		}
		break
	}
	return n
}

// isLetter reports whether any monospaced font has the character in the same
// width as its neighbours. The others (arrows, key caps) get an element each.
func isLetter(c emulator.Cell) bool {
	r := c.Rune()
	return c.Width == 1 && r != ' ' && shapeOf(c) == nil &&
		(r < 0x250 || strings.ContainsRune("–—‘’“”…€", r) || unicode.In(r, unicode.Greek, unicode.Cyrillic))
}

func (d *drawing) text(run []emulator.Cell, x, y int) {
	first := run[0]
	if first.Text == " " || first.Width == 0 || shapeOf(first) != nil {
		return
	}
	var text strings.Builder
	for _, c := range run {
		text.WriteString(c.Text)
	}
	at := fmt.Sprintf(`x="%d" y="%d"`, x*cellW, y*cellH+baseline)
	class := d.class("", first.Style)
	switch {
	case !isLetter(first):
		at = fmt.Sprintf(`x="%d" y="%d"`, x*cellW+first.Width*cellW/2, y*cellH+baseline)
		class = d.class("m", first.Style)
	case len(run) > 1:
		at += fmt.Sprintf(` textLength="%d"`, len(run)*cellW)
	}
	fmt.Fprintf(&d.body, "<text%s %s>%s</text>\n", class, at, escape(text.String()))
}

func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}

package svg

import (
	"fmt"

	"wicket/tui/tuitest/emulator"
)

// palette is the terminal's own colours in a picture.
type palette struct {
	letters, ground, edge, quiet string
	named                        [16]string
}

func paletteFor(light bool) palette {
	if light {
		return palette{
			letters: "#24272c", ground: "#fdfdfb", edge: "#d9dade", quiet: "#777b84",
			named: [16]string{
				"#24272c", "#b3261e", "#2f7d32", "#8a6100", "#1f5fbf", "#8a2f94", "#00727a", "#b9bcc2",
				"#777b84", "#d0392f", "#3f9743", "#a87800", "#2f74dd", "#a845b3", "#008a94", "#fdfdfb",
			},
		}
	}
	return palette{
		letters: "#d3d6dc", ground: "#15171c", edge: "#30343c", quiet: "#868b95",
		named: [16]string{
			"#15171c", "#d5625d", "#7fae72", "#c9a227", "#6d98d6", "#b68ad0", "#5fb3b3", "#b9bec8",
			"#686d78", "#ef7c75", "#9bcb8d", "#f2cc4d", "#8db6f0", "#cfa8e6", "#84d1d1", "#f4f5f7",
		},
	}
}

// foreground returns the colour of a style's letters.
func (p palette) foreground(s emulator.Style) string {
	fg, bg := p.colour(s.FG, p.letters), p.colour(s.BG, p.ground)
	if s.Reverse {
		fg, bg = bg, fg
	}
	if s.Dim {
		return mix(fg, bg)
	}
	return fg
}

// background returns the colour behind a style's letters, empty for the ground.
func (p palette) background(s emulator.Style) string {
	switch {
	case s.Reverse:
		return p.colour(s.FG, p.letters)
	case s.BG != 0:
		return p.colour(s.BG, p.ground)
	}
	return ""
}

func (p palette) colour(c emulator.Colour, own string) string {
	if r, g, b, ok := c.RGB(); ok {
		return fmt.Sprintf("#%02x%02x%02x", r, g, b)
	}
	n, ok := c.Index()
	switch {
	case !ok:
		return own
	case n < 16:
		return p.named[n]
	case n < 232: // a cube of six steps
		step := func(i int) int {
			if i == 0 {
				return 0
			}
			return 55 + 40*i
		}
		n -= 16
		return fmt.Sprintf("#%02x%02x%02x", step(n/36), step(n/6%6), step(n%6))
	}
	grey := 8 + 10*(n-232)
	return fmt.Sprintf("#%02x%02x%02x", grey, grey, grey)
}

// mix returns a colour six tenths of the way from bg to fg: what terminals make
// of faint.
func mix(fg, bg string) string {
	var f, b [3]int
	fmt.Sscanf(fg, "#%02x%02x%02x", &f[0], &f[1], &f[2])
	fmt.Sscanf(bg, "#%02x%02x%02x", &b[0], &b[1], &b[2])
	for i := range f {
		f[i] = (6*f[i] + 4*b[i]) / 10
	}
	return fmt.Sprintf("#%02x%02x%02x", f[0], f[1], f[2])
}

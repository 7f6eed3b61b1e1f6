package theme

import (
	"strconv"
	"strings"
)

// Inks are the roles text plays on a screen. Each is named for what it means,
// not for its colour.
type Inks struct {
	Text   SGR // everything that is nothing else: the terminal's own foreground
	Strong SGR // headings, totals
	Dim    SGR // labels, hints, what is over
	Rule   SGR // lines between parts

	Accent SGR // yours; act here
	Good   SGR // it worked, it stands
	Warn   SGR // soon too late, look at this
	Error  SGR // it did not work

	Mine    SGR // a place in this basket
	Others  SGR // a place in somebody else's basket
	Sold    SGR // a sold place: dim, so that the eye lands on what is open
	Blocked SGR // a place kept back by the house
	Killed  SGR // a place that is not to be had at all
	Cursor  SGR // where the arrows stand

	BarFill  SGR
	BarEmpty SGR
	Mark     SGR // the edge of what has just changed
}

// ink is one role at every depth. Colours are numbers of the 256-colour palette
// and SGR codes of the sixteen named ones; zero is the terminal's foreground.
type ink struct {
	dark, light     int
	dark16, light16 int
	bold, reverse   bool
	mono            int // the SGR attribute that stands for a colour; zero for none
}

func mixInks(mix func(ink) SGR) Inks {
	accent := mix(ink{220, 90, 93, 35, true, false, 0})
	return Inks{
		Strong: mix(ink{bold: true}),
		Dim:    mix(ink{dark: 245, light: 243, dark16: 90, light16: 90, mono: 2}),
		Rule:   mix(ink{dark: 239, light: 250, dark16: 90, light16: 37, mono: 2}),

		Accent: accent,
		Good:   mix(ink{dark: 79, light: 29, dark16: 96, light16: 36}),
		Warn:   mix(ink{dark: 209, light: 166, dark16: 33, light16: 33, bold: true}),
		Error:  mix(ink{dark: 203, light: 160, dark16: 91, light16: 31, bold: true}),

		Mine:    accent,
		Others:  mix(ink{dark: 252, light: 236}),
		Sold:    mix(ink{dark: 240, light: 248, dark16: 90, light16: 37, mono: 2}),
		Blocked: mix(ink{dark: 246, light: 242, dark16: 37, light16: 90, mono: 2}),
		Killed:  mix(ink{dark: 240, light: 248, dark16: 90, light16: 37, mono: 2}),
		Cursor:  mix(ink{reverse: true}),

		BarFill:  mix(ink{dark: 67, light: 67, dark16: 36, light16: 34}),
		BarEmpty: mix(ink{dark: 238, light: 252, dark16: 90, light16: 37, mono: 2}),
		Mark:     mix(ink{dark: 245, light: 243, dark16: 90, light16: 90, mono: 2}),
	}
}

// zoneInks returns the hues of zones: blue, orange, teal, purple, olive, and
// three that are told from these less easily. The first five lie as far apart as
// equal lightness allows for the three kinds of colour-blindness; a test
// measures it.
func zoneInks(look Look) []ink {
	dark := []int{110, 208, 36, 141, 143, 80, 147, 175}
	light := []int{27, 166, 30, 134, 101, 60, 95, 97}
	dark16, light16 := []int{94, 33, 36, 95, 37}, []int{34, 33, 36, 35, 90}
	inks := make([]ink, len(dark))
	for i := range inks {
		inks[i] = ink{dark: dark[i], light: light[i]}
	}
	if look.Depth == Colours16 {
		inks = inks[:len(dark16)]
		for i := range inks {
			inks[i] = ink{dark16: dark16[i], light16: light16[i]}
		}
	}
	return inks
}

// colours returns an ink's colours on this terminal: the SGR code of a named one, and
// the number of the palette's.
func (t *Theme) colours(k ink) (named, palette int) {
	if t.Look.Light {
		return k.light16, k.light
	}
	return k.dark16, k.dark
}

// mix computes the escape sequence of an ink on this terminal, and keeps what it was
// made of.
func (t *Theme) mix(k ink) SGR {
	if t.Look.Depth == Plain {
		return ""
	}
	named, palette := t.colours(k)
	// Reverse comes first: marksGaps looks for it there.
	var codes []string
	if k.reverse {
		codes = append(codes, "7")
	}
	if k.bold {
		codes = append(codes, "1")
	}
	switch {
	case t.Look.Depth == Mono && k.mono == 2:
		codes = append(codes, "2")
	case t.Look.Depth == Colours16 && named != 0:
		codes = append(codes, strconv.Itoa(named))
	case t.Look.Depth == Colours256 && palette != 0:
		codes = append(codes, "38;5;"+strconv.Itoa(palette))
	}
	if len(codes) == 0 {
		return ""
	}
	sgr := SGR("\x1b[" + strings.Join(codes, ";") + "m")
	t.mixed[sgr] = k
	return sgr
}

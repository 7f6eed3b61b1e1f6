package emulator

import (
	"fmt"
	"strconv"
	"strings"
)

// Colour is a foreground or background: the terminal's own (zero), one of the
// palette of 256, or a direct one.
type Colour uint32

const (
	paletteColour Colour = 1 << 24
	directColour  Colour = 2 << 24
)

// Palette returns the colour numbered n of the palette.
func Palette(n int) Colour { return paletteColour | Colour(n&0xff) }

// Direct returns a colour by its red, green and blue.
func Direct(r, g, b int) Colour {
	return directColour | Colour(r&0xff)<<16 | Colour(g&0xff)<<8 | Colour(b&0xff)
}

// Index returns the colour's number in the palette, and whether it has one.
func (c Colour) Index() (int, bool) { return int(c & 0xff), c&paletteColour != 0 }

// RGB returns a direct colour's parts, and whether it is one.
func (c Colour) RGB() (r, g, b int, ok bool) {
	return int(c >> 16 & 0xff), int(c >> 8 & 0xff), int(c & 0xff), c&directColour != 0
}

// String names the colour for people: «default», «75», «#ff8700».
func (c Colour) String() string {
	if n, ok := c.Index(); ok {
		return strconv.Itoa(n)
	}
	if r, g, b, ok := c.RGB(); ok {
		return fmt.Sprintf("#%02x%02x%02x", r, g, b)
	}
	return "default"
}

// Style is how a cell is drawn.
type Style struct {
	FG, BG    Colour
	Bold      bool
	Dim       bool
	Italic    bool
	Underline bool
	Blink     bool
	Reverse   bool
	Strike    bool
}

// String names the style for people: «fg 75 bold».
func (s Style) String() string {
	var words []string
	if s.FG != 0 {
		words = append(words, "fg "+s.FG.String())
	}
	if s.BG != 0 {
		words = append(words, "bg "+s.BG.String())
	}
	for _, a := range s.attributes() {
		if a.set {
			words = append(words, a.name)
		}
	}
	if len(words) == 0 {
		return "plain"
	}
	return strings.Join(words, " ")
}

// SGR returns the escape sequence that opens the style from a reset one.
func (s Style) SGR() string {
	var codes []string
	for _, a := range s.attributes() {
		if a.set {
			codes = append(codes, strconv.Itoa(a.code))
		}
	}
	codes = append(codes, colourCodes(s.FG, 38)...)
	codes = append(codes, colourCodes(s.BG, 48)...)
	if len(codes) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}

func colourCodes(c Colour, lead int) []string {
	if n, ok := c.Index(); ok {
		return []string{strconv.Itoa(lead), "5", strconv.Itoa(n)}
	}
	if r, g, b, ok := c.RGB(); ok {
		return []string{strconv.Itoa(lead), "2", strconv.Itoa(r), strconv.Itoa(g), strconv.Itoa(b)}
	}
	return nil
}

type attribute struct {
	name string
	code int
	set  bool
}

func (s Style) attributes() []attribute {
	return []attribute{
		{"bold", 1, s.Bold},
		{"dim", 2, s.Dim},
		{"italic", 3, s.Italic},
		{"underline", 4, s.Underline},
		{"blink", 5, s.Blink},
		{"reverse", 7, s.Reverse},
		{"strike", 9, s.Strike},
	}
}

// Cell is one cell of the screen.
type Cell struct {
	// Text is the character with its marks; a space where nothing was written,
	// empty in the right half of a wide one.
	Text  string
	Width int // 1, 2 for a wide character, 0 for its right half
	Style
}

var blank = Cell{Text: " ", Width: 1}

// Rune returns the cell's first rune.
func (c Cell) Rune() rune {
	for _, r := range c.Text {
		return r
	}
	return 0
}

package theme

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Depth says how much of a style a terminal shows.
type Depth uint8

// The depths, from nothing to everything.
const (
	Plain      Depth = iota // text only: no escape sequence at all
	Mono                    // bold, faint and reverse, no colours
	Colours16               // the terminal's own sixteen named colours
	Colours256              // the palette every newer terminal has
)

// Look is what a theme is made from.
type Look struct {
	Depth Depth
	Light bool // the terminal's background is light
	ASCII bool // draw with ASCII characters only
}

// Theme is the look of one terminal. It never changes once made and may be read
// by many goroutines.
type Theme struct {
	Inks
	Glyphs Glyphs
	Look   Look

	zones    []SGR
	renderer *lipgloss.Renderer
	mixed    map[SGR]ink // what each sequence was made of
}

// New returns the theme of a terminal that is written to through w. It writes
// nothing to w and asks it nothing.
func New(w io.Writer, look Look) *Theme {
	t := &Theme{
		Look:     look,
		Glyphs:   unicodeGlyphs,
		renderer: lipgloss.NewRenderer(w, termenv.WithProfile(profiles[look.Depth])),
		mixed:    map[SGR]ink{},
	}
	// Left open, lipgloss would ask the terminal for both, and wait.
	t.renderer.SetColorProfile(profiles[look.Depth])
	t.renderer.SetHasDarkBackground(!look.Light)
	if look.ASCII {
		t.Glyphs = asciiGlyphs
	}
	t.Inks = mixInks(t.mix)
	for _, z := range zoneInks(look) {
		t.zones = append(t.zones, t.mix(z))
	}
	return t
}

// profiles are what lipgloss calls the depths. Mono has no name there: our inks
// carry no colours then, and its plainest profile would drop bold and reverse.
var profiles = [...]termenv.Profile{
	Plain:      termenv.Ascii,
	Mono:       termenv.ANSI,
	Colours16:  termenv.ANSI,
	Colours256: termenv.ANSI256,
}

// Zone returns the hue of the plan's i-th zone. Zones beyond the last hue start
// over.
func (t *Theme) Zone(i int) SGR {
	return t.zones[max(0, i)%len(t.zones)]
}

// zoneMarks tell zones apart where no hue does. The letters left out say something else
// on a map.
const zoneMarks = "123456789abdefghijklmnpqrstuvyz"

// Open returns what an open place of the plan's i-th zone is drawn with: a dot in the
// zone's hue, and the zone's number where the terminal shows no colours. Numbers from ten
// on are letters.
func (t *Theme) Open(i int) (string, SGR) {
	if i = max(0, i); t.Look.Depth < Colours16 && i < len(zoneMarks) {
		return zoneMarks[i : i+1], t.Zone(i)
	}
	return t.Glyphs.Open, t.Zone(i)
}

// Style returns the lipgloss style that looks as ink does, for parts of bubbles
// that want one. An ink that is not of this theme gives an empty style.
func (t *Theme) Style(ink SGR) lipgloss.Style {
	style := t.renderer.NewStyle()
	k, ok := t.mixed[ink]
	if !ok {
		return style
	}
	if k.reverse {
		style = style.Reverse(true)
	}
	if k.bold {
		style = style.Bold(true)
	}
	named, palette := t.colours(k)
	switch {
	case t.Look.Depth == Mono && k.mono == 2:
		style = style.Faint(true)
	case t.Look.Depth == Colours16 && named != 0:
		style = style.Foreground(namedColour(named))
	case t.Look.Depth == Colours256 && palette != 0:
		style = style.Foreground(paletteColour(palette))
	}
	return style
}

// Renderer returns the terminal's own lipgloss renderer.
func (t *Theme) Renderer() *lipgloss.Renderer { return t.renderer }

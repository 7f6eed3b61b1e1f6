package theme

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// SGR is the escape sequence that opens a style. The empty one is the terminal's
// own text, and needs no closing.
type SGR string

// Reset closes any style.
const Reset = "\x1b[m"

// Open returns what opens the style.
func (s SGR) Open() string { return string(s) }

// Close returns what closes it.
func (s SGR) Close() string {
	if s == "" {
		return ""
	}
	return Reset
}

// Paint returns text in this style. The text is one line.
func (s SGR) Paint(text string) string {
	if s == "" || text == "" {
		return text
	}
	return string(s) + text + Reset
}

// isColour reports whether the style is a colour and nothing else: another
// colour replaces it without a reset between.
func (s SGR) isColour() bool {
	return strings.HasPrefix(string(s), "\x1b[38;5;") || len(s) == len("\x1b[90m")
}

// marksGaps reports whether the style shows on a space.
func (s SGR) marksGaps() bool { return strings.HasPrefix(string(s), "\x1b[7") }

// Pen writes lines of styled text with as few bytes as it can. It is used by one
// goroutine; the zero Pen is ready.
type Pen struct {
	b    strings.Builder
	open SGR
}

// usual is how long a line is, in bytes, that nothing else is known of.
const usual = 160

// Grow makes room for n more bytes.
func (p *Pen) Grow(n int) { p.b.Grow(n) }

// Write writes text in a style. The text has no line ends.
func (p *Pen) Write(s SGR, text string) {
	if text == "" {
		return
	}
	if p.b.Cap() == 0 {
		p.b.Grow(usual)
	}
	p.switchTo(s)
	p.b.WriteString(text)
}

// Gap writes n spaces, in whatever style is open where that does not show: so a
// run of equal glyphs with gaps between is one run.
func (p *Pen) Gap(n int) {
	if p.b.Cap() == 0 {
		p.b.Grow(usual)
	}
	if n > 0 && p.open.marksGaps() {
		p.switchTo("")
	}
	const some = "                                "
	for ; n > len(some); n -= len(some) {
		p.b.WriteString(some)
	}
	if n > 0 {
		p.b.WriteString(some[:n])
	}
}

// Raw writes text that already carries its styles, each of them closed.
func (p *Pen) Raw(text string) {
	p.switchTo("")
	p.b.WriteString(text)
}

// Line ends a line: no style runs on into the next, each line may be sent alone.
func (p *Pen) Line() {
	p.switchTo("")
	p.b.WriteByte('\n')
}

// String returns what was written, with its styles closed.
func (p *Pen) String() string {
	p.switchTo("")
	return p.b.String()
}

// Reset forgets what was written.
func (p *Pen) Reset() {
	p.b.Reset()
	p.open = ""
}

func (p *Pen) switchTo(s SGR) {
	if s == p.open {
		return
	}
	if p.open != "" && !(p.open.isColour() && s.isColour()) {
		p.b.WriteString(Reset)
	}
	p.b.WriteString(string(s))
	p.open = s
}

func paletteColour(n int) lipgloss.Color { return lipgloss.Color(strconv.Itoa(n)) }

// namedColour returns the colour of an SGR code: 30–37 or 90–97.
func namedColour(code int) lipgloss.Color {
	if code >= 90 {
		return paletteColour(code - 90 + 8)
	}
	return paletteColour(code - 30)
}

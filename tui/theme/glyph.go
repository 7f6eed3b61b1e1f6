package theme

import "strings"

// Glyphs are the characters screens are drawn with. Each takes one cell, but for
// the names of keys.
type Glyphs struct {
	// States of a place. A blocked place shows its block's letter.
	Open, Mine, Others, Sold, Killed string
	Wheelchair, Companion            string

	// Around what the arrows stand on, where the Cursor ink is empty.
	CursorLeft, CursorRight string

	Line, Wall, LineDown, LineUp, Cross string // ─ │ ┬ ┴ ┼
	Axis, AxisFoot                      string // ┤ ┼ of a small chart
	Heavy                               string // the full part of a thin bar; Line is the empty one
	BarLeft, BarRight                   string
	Eighths                             [9]string // of a cell, from its left: empty to full
	Levels                              [9]string // of a cell, from its foot: empty to full

	Enter, Tab, Arrows string // names of keys, for hints

	Up, Down, Left, Right string
	MoreUp, MoreDown      string // there is more this way
	Prompt                string
	Here                  string // the row that is meant
	Mark                  string // the edge of what has just changed
	Ellipsis, Dot, Dash   string
	Times                 string
	OpenQuote, CloseQuote string
	Good, Warn, Error     string
}

var unicodeGlyphs = Glyphs{
	Open: "·", Mine: "●", Others: "◌", Sold: "■", Killed: "×",
	Wheelchair: "w", Companion: "c",
	CursorLeft: "[", CursorRight: "]",
	Line: "─", Wall: "│", LineDown: "┬", LineUp: "┴", Cross: "┼",
	Axis: "┤", AxisFoot: "┼",
	Heavy: "━", BarLeft: "▕", BarRight: "▏",
	Eighths: [9]string{" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
	Levels:  [9]string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	Enter:   "⏎", Tab: "⇥", Arrows: "↑↓←→",
	Up: "↑", Down: "↓", Left: "←", Right: "→",
	MoreUp: "▲", MoreDown: "▼",
	Prompt: "›", Here: "▸", Mark: "▎",
	Ellipsis: "…", Dot: "·", Dash: "–", Times: "×", OpenQuote: "«", CloseQuote: "»",
	Good: "✓", Warn: "!", Error: "✗",
}

var asciiGlyphs = Glyphs{
	Open: ".", Mine: "@", Others: "o", Sold: "#", Killed: "x",
	Wheelchair: "w", Companion: "c",
	CursorLeft: "[", CursorRight: "]",
	Line: "-", Wall: "|", LineDown: "+", LineUp: "+", Cross: "+",
	Axis: "|", AxisFoot: "+",
	Heavy: "#", BarLeft: "[", BarRight: "]",
	Eighths: [9]string{"-", "-", "-", "-", "-", "#", "#", "#", "#"},
	Levels:  [9]string{" ", ".", ".", ":", ":", "+", "+", "#", "#"},
	Enter:   "enter", Tab: "tab", Arrows: "arrows",
	Up: "^", Down: "v", Left: "<", Right: ">",
	MoreUp: "^", MoreDown: "v",
	Prompt: ">", Here: ">", Mark: "|",
	Ellipsis: "~", Dot: "-", Dash: "-", Times: "x", OpenQuote: "\"", CloseQuote: "\"",
	Good: "+", Warn: "!", Error: "*",
}

// Bar returns a bar of exactly this many cells filled to a fraction, in eighths
// of a cell where the glyphs allow. It never looks empty while there is
// something, nor full while something is missing.
func (g *Glyphs) Bar(fraction float64, cells int) string {
	fill, rest := g.bar(fraction, cells)
	return fill + rest
}

// bar returns the filled cells of a bar and the empty ones.
func (g *Glyphs) bar(fraction float64, cells int) (fill, rest string) {
	if cells < 1 {
		return "", ""
	}
	whole := 8 * cells
	step := 1
	if g.Eighths[1] == g.Eighths[0] {
		step = 8 // a cell is full or empty
	}
	eighths := int(fraction*float64(whole)/float64(step)+0.5) * step
	switch {
	case !(fraction > 0): // NaN, too
		eighths = 0
	case fraction >= 1:
		eighths = whole
	default:
		eighths = min(max(eighths, step), whole-step)
	}
	fill = strings.Repeat(g.Eighths[8], eighths/8)
	if part := eighths % 8; part > 0 {
		fill += g.Eighths[part]
	}
	return fill, strings.Repeat(g.Eighths[0], cells-(eighths+7)/8)
}

// Bar returns a painted bar: see [Glyphs.Bar].
func (t *Theme) Bar(fraction float64, cells int) string {
	fill, rest := t.Glyphs.bar(fraction, cells)
	return t.BarFill.Paint(fill) + t.BarEmpty.Paint(rest)
}

// Level returns the character that fills a cell from its foot to a fraction: one
// column of a small chart.
func (g *Glyphs) Level(fraction float64) string {
	switch {
	case !(fraction > 0):
		return g.Levels[0]
	case fraction >= 1:
		return g.Levels[8]
	}
	return g.Levels[max(1, int(fraction*8+0.5))]
}

// Thin returns a painted bar that is no taller than a line, for bars in every row of a
// list. It never looks empty while there is something, nor full while something is
// missing.
func (t *Theme) Thin(fraction float64, cells int) string {
	full := 0
	switch {
	case cells < 1 || !(fraction > 0):
	case fraction >= 1:
		full = cells
	default:
		full = min(max(int(fraction*float64(cells)+0.5), 1), max(1, cells-1))
	}
	return t.BarFill.Paint(strings.Repeat(t.Glyphs.Heavy, full)) + t.Rule.Paint(strings.Repeat(t.Glyphs.Line, max(0, cells-full)))
}

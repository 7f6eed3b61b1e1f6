package emulator

import "strings"

// Screen is what stands on a terminal at one moment.
type Screen struct {
	W, H           int
	Cells          [][]Cell // by line, then column
	Column, Line   int      // where the cursor is
	CursorHidden   bool
	Alternate      bool // the alternate screen is shown
	BracketedPaste bool
	Title          string
}

// At returns the cell at a column and line; a blank one outside the screen.
func (s *Screen) At(column, line int) Cell {
	if line < 0 || line >= s.H || column < 0 || column >= s.W {
		return blank
	}
	return s.Cells[line][column]
}

// LineText returns the text of a line without the spaces behind it.
func (s *Screen) LineText(line int) string {
	if line < 0 || line >= s.H {
		return ""
	}
	var b strings.Builder
	for _, c := range s.Cells[line] {
		b.WriteString(c.Text)
	}
	return strings.TrimRight(b.String(), " ")
}

// Text returns the text of all lines, without the spaces behind each, the empty
// lines at the end included.
func (s *Screen) Text() string {
	lines := make([]string, s.H)
	for y := range lines {
		lines[y] = s.LineText(y)
	}
	return strings.Join(lines, "\n")
}

// ANSI returns the screen as a view: text with SGR sequences, a line each, every
// style closed at the end of its line.
func (s *Screen) ANSI() string {
	var b strings.Builder
	for y, line := range s.Cells {
		if y > 0 {
			b.WriteByte('\n')
		}
		end := len(line)
		for end > 0 && line[end-1] == blank {
			end--
		}
		var open Style
		for _, c := range line[:end] {
			if c.Style != open && c.Width > 0 {
				if open != (Style{}) {
					b.WriteString("\x1b[m")
				}
				open = c.Style
				b.WriteString(open.SGR())
			}
			b.WriteString(c.Text)
		}
		if open != (Style{}) {
			b.WriteString("\x1b[m")
		}
	}
	return b.String()
}

// Find returns where text first stands on the screen, reading line by line, and
// whether it does.
func (s *Screen) Find(text string) (column, line int, ok bool) {
	for y, cells := range s.Cells {
		var b strings.Builder
		var starts []int // the byte each column's text starts at
		for _, c := range cells {
			starts = append(starts, b.Len())
			b.WriteString(c.Text)
		}
		at := strings.Index(b.String(), text)
		if at < 0 {
			continue
		}
		for x, start := range starts {
			if start >= at {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}

// Parse shows a view on a screen of w × h cells. Lines of a view end in «\n».
// What does not fit is lost, as on a terminal.
func Parse(view string, w, h int) *Screen {
	t := New(w, h)
	t.noWrap = true
	lines := strings.Split(view, "\n")
	if len(lines) > h {
		lines = lines[:h]
	}
	for i, line := range lines {
		if i > 0 {
			t.Write([]byte("\r\n"))
		}
		t.Write([]byte(line))
	}
	return t.Screen()
}

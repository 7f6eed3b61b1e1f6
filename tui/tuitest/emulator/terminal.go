package emulator

import (
	"io"
	"slices"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Terminal is a terminal of a fixed size with nobody in front of it. It is used
// by one goroutine at a time.
type Terminal struct {
	// Answers gets what the terminal answers when it is asked something: what a
	// real one would type. Nil throws it away.
	Answers io.Writer

	parser  *ansi.Parser
	w, h    int
	lines   [][]Cell
	main    [][]Cell // the main screen while the alternate one is shown
	pen     Style
	x, y    int
	wrapDue bool // the last column is written: the next character wraps
	noWrap  bool
	top     int // first line of the scrolling region
	bottom  int // line behind its last
	saved   cursor
	mainCur cursor
	title   string
	hidden  bool
	paste   bool
	asked   []string
	unknown map[string]int
}

type cursor struct {
	x, y int
	pen  Style
}

// New returns an empty terminal of w × h cells, each at least one.
func New(w, h int) *Terminal {
	t := &Terminal{w: max(1, w), h: max(1, h), unknown: map[string]int{}}
	t.lines = t.empty()
	t.bottom = t.h
	t.parser = ansi.NewParser()
	t.parser.SetHandler(ansi.Handler{
		Print: t.print, Execute: t.control, HandleCsi: t.csi, HandleEsc: t.escape, HandleOsc: t.osc,
		HandleDcs: func(cmd ansi.Cmd, _ ansi.Params, _ []byte) { t.strange("DCS " + string(cmd.Final())) },
		HandlePm:  func([]byte) { t.strange("PM") },
		HandleApc: func([]byte) { t.strange("APC") },
		HandleSos: func([]byte) { t.strange("SOS") },
	})
	return t
}

// Write shows what a program wrote. Sequences and characters may be split
// between writes. It never fails.
func (t *Terminal) Write(p []byte) (int, error) {
	for _, b := range p {
		t.parser.Advance(b)
	}
	return len(p), nil
}

// Resize changes the size. Lines are cut or filled with blanks, not wrapped
// anew; what stood at the bottom with the cursor stays in sight.
func (t *Terminal) Resize(w, h int) {
	w, h = max(1, w), max(1, h)
	if drop := t.y - h + 1; drop > 0 {
		t.lines = t.lines[drop:]
		t.y -= drop
	}
	t.w, t.h = w, h
	t.lines = t.fit(t.lines)
	if t.main != nil {
		t.main = t.fit(t.main)
	}
	t.top, t.bottom = 0, h
	t.moveTo(t.x, t.y)
}

func (t *Terminal) fit(lines [][]Cell) [][]Cell {
	fitted := t.empty()
	for y := range min(len(lines), t.h) {
		copy(fitted[y], lines[y])
		mend(fitted[y])
	}
	return fitted
}

// Screen returns a copy of what stands on the terminal now.
func (t *Terminal) Screen() *Screen {
	s := &Screen{
		W: t.w, H: t.h, Column: t.x, Line: t.y, CursorHidden: t.hidden,
		Alternate: t.main != nil, BracketedPaste: t.paste, Title: t.title,
		Cells: make([][]Cell, t.h),
	}
	for y, line := range t.lines {
		s.Cells[y] = slices.Clone(line)
	}
	return s
}

// Asked returns what the program asked the terminal, in order: «colours»,
// «cursor», «identity».
func (t *Terminal) Asked() []string { return slices.Clone(t.asked) }

// Unknown returns the sequences the terminal did not know, and how often each
// came.
func (t *Terminal) Unknown() map[string]int { return t.unknown }

func (t *Terminal) strange(what string) { t.unknown[what]++ }

func (t *Terminal) answer(what, reply string) {
	t.asked = append(t.asked, what)
	if t.Answers != nil {
		io.WriteString(t.Answers, reply)
	}
}

func (t *Terminal) empty() [][]Cell {
	lines := make([][]Cell, t.h)
	for y := range lines {
		lines[y] = t.emptyLine(blank)
	}
	return lines
}

func (t *Terminal) emptyLine(with Cell) []Cell {
	line := make([]Cell, t.w)
	for x := range line {
		line[x] = with
	}
	return line
}

// erased is a blank in the background that is set now.
func (t *Terminal) erased() Cell {
	c := blank
	c.BG = t.pen.BG
	return c
}

func (t *Terminal) moveTo(x, y int) {
	t.x, t.y = min(max(x, 0), t.w-1), min(max(y, 0), t.h-1)
	t.wrapDue = false
}

// moveUpDown moves the cursor by n lines. Inside the scrolling region it stays
// there.
func (t *Terminal) moveUpDown(n int) {
	low, high := 0, t.h-1
	if n < 0 && t.y >= t.top {
		low = t.top
	}
	if n > 0 && t.y < t.bottom {
		high = t.bottom - 1
	}
	t.moveTo(t.x, min(max(t.y+n, low), high))
}

func (t *Terminal) print(r rune) {
	width := ansi.StringWidth(string(r))
	if r == utf8.RuneError {
		width = 1
	}
	if width == 0 || t.joinsBefore(r) {
		t.attach(r)
		return
	}
	if t.wrapDue || t.x+width > t.w {
		if t.noWrap {
			return
		}
		t.x = 0
		t.lineFeed()
	}
	t.put(t.x, t.y, Cell{Text: string(r), Width: width, Style: t.pen})
	if t.x+width >= t.w {
		t.x, t.wrapDue = t.w-1, true
	} else {
		t.x, t.wrapDue = t.x+width, false
	}
}

// put stores a cell, and blanks the other half of any wide one it cuts in two.
func (t *Terminal) put(x, y int, c Cell) {
	line := t.lines[y]
	for i := x; i < min(x+c.Width, t.w); i++ {
		switch {
		case line[i].Width == 0 && i > 0 && i == x:
			line[i-1] = blank
		case line[i].Width == 2 && i+1 < t.w:
			line[i+1] = blank
		}
	}
	line[x] = c
	if c.Width == 2 && x+1 < t.w {
		line[x+1] = Cell{Style: c.Style}
	}
}

// before returns the cell that was written last on this line, or nil.
func (t *Terminal) before() *Cell {
	x := t.x - 1
	if t.wrapDue {
		x = t.x
	}
	if x > 0 && t.lines[t.y][x].Width == 0 {
		x--
	}
	if x < 0 {
		return nil
	}
	return &t.lines[t.y][x]
}

// joinsBefore reports whether r is drawn as one with the character before it: a
// mark, the second half of a flag, the next person of a family.
func (t *Terminal) joinsBefore(r rune) bool {
	if r < 0x300 {
		return false
	}
	c := t.before()
	if c == nil || len(c.Text) > maxText {
		return false
	}
	both := c.Text + string(r)
	first, _ := ansi.FirstGraphemeCluster(both, ansi.GraphemeWidth)
	return first == both
}

// maxText bounds the bytes one cell keeps: the longest family has 35.
const maxText = 64

// attach puts r on the character before. One that this makes wide takes its
// second cell.
func (t *Terminal) attach(r rune) {
	c := t.before()
	if c == nil || len(c.Text) > maxText {
		return
	}
	c.Text += string(r)
	if c.Width == 1 && ansi.StringWidth(c.Text) == 2 && !t.wrapDue {
		c.Width = 2
		t.lines[t.y][t.x] = Cell{Style: c.Style}
		if t.x+1 >= t.w {
			t.wrapDue = true
		} else {
			t.x++
		}
		mend(t.lines[t.y])
	}
}

// mend blanks the halves of wide characters that lost their other half.
func mend(line []Cell) {
	for x := 0; x < len(line); x++ {
		switch {
		case line[x].Width == 2 && x+1 < len(line) && line[x+1].Width == 0:
			x++
		case line[x].Width != 1:
			line[x] = blank
		}
	}
}

func (t *Terminal) lineFeed() {
	t.wrapDue = false
	switch {
	case t.y == t.bottom-1:
		t.scroll(t.top, 1)
	case t.y < t.h-1:
		t.y++
	}
}

// scroll moves the lines from top to the end of the region up by n, or down
// where n is negative.
func (t *Terminal) scroll(top, n int) {
	region := t.lines[top:t.bottom]
	for range min(max(n, -n), len(region)) {
		if n > 0 {
			copy(region, region[1:])
			region[len(region)-1] = t.emptyLine(t.erased())
		} else {
			copy(region[1:], region)
			region[0] = t.emptyLine(t.erased())
		}
	}
}

// erase blanks the cells from one column up to another on a line.
func (t *Terminal) erase(y, from, to int) {
	for x := max(0, from); x < min(to, t.w); x++ {
		t.put(x, y, t.erased())
	}
}

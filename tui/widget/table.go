package widget

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// Row is one row of a table.
type Row struct {
	Key   string // what the row is about: the cursor stays on it
	Cells []string
	Inks  []theme.SGR // of cells that differ from their column; may be short
	Fresh bool        // has just changed: marked at its edge
}

// Table is a list with columns, a cursor and a filter. It shows the part of its
// rows that has room, and says what lies beyond.
type Table struct {
	// Empty stands where there are no rows at all.
	Empty string
	// Still is set where another list has the arrows: the cursor does not show.
	Still bool

	theme   *theme.Theme
	columns []Column
	rows    []Row
	needs   []int    // by column: the cells of its longest cell
	folded  []string // the rows' text as the filter sees it; nil until it is needed
	shown   []int    // indices of the rows that match the filter
	filter  string
	cursor  int  // index into shown
	off     bool // the cursor is on no row, but would come back where it was
	top     int  // first row in the window, index into shown
	page    int  // how many rows the last View had room for
	version int  // of rows and columns
	drawn   tableView
	view    string // as drawn
}

// tableView is what a view of a table depends on.
type tableView struct {
	w, h, cursor, version int
	still, off            bool
	empty                 string
}

// NewTable returns an empty table.
func NewTable(th *theme.Theme, columns ...Column) *Table {
	return &Table{theme: th, columns: columns, needs: make([]int, len(columns)), page: 1}
}

// SetColumns replaces the columns; rows stay as they are.
func (t *Table) SetColumns(columns ...Column) {
	t.columns, t.needs = columns, make([]int, len(columns))
	t.version++
	t.measure()
}

// measure finds out how many cells each column needs.
func (t *Table) measure() {
	clear(t.needs)
	for _, row := range t.rows {
		for j, cell := range row.Cells[:min(len(row.Cells), len(t.needs))] {
			t.needs[j] = max(t.needs[j], boxoffice.Width(cell))
		}
	}
}

// SetRows replaces the rows. The cursor stays on the row with the same key, and that
// row in its line: what comes in above it goes out of sight above. Where the row has
// gone, the cursor stays where it was; SetRows reports whether it has.
func (t *Table) SetRows(rows []Row) (gone bool) {
	key := ""
	row, had := t.Selected()
	if had {
		key = row.Key
	}
	line := t.cursor - t.top
	t.rows, t.folded = rows, nil
	t.measure()
	found := t.match(key)
	if found && !t.Still {
		t.top = max(0, t.cursor-line)
	}
	return had && !found
}

// SetFilter shows only rows that contain each word of the text, whatever its case
// and accents. The cursor stays on its row while that matches.
func (t *Table) SetFilter(text string) {
	if text == t.filter {
		return
	}
	key := ""
	if row, ok := t.Selected(); ok {
		key = row.Key
	}
	t.filter, t.off = text, false
	t.match(key)
}

// Filter returns the text rows are filtered by.
func (t *Table) Filter() string { return t.filter }

// match finds the rows that match the filter, and puts the cursor on the one with
// the key if that is among them; it reports whether it is.
func (t *Table) match(key string) bool {
	words := strings.Fields(fold(t.filter))
	if len(words) > 0 && t.folded == nil {
		t.folded = make([]string, len(t.rows))
		for i, row := range t.rows {
			t.folded[i] = fold(strings.Join(row.Cells, " "))
		}
	}
	t.version++
	t.shown = t.shown[:0]
	found := -1
	for i := range t.rows {
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(t.folded[i], w) }) {
			continue
		}
		if key != "" && t.rows[i].Key == key && found < 0 {
			found = len(t.shown)
		}
		t.shown = append(t.shown, i)
	}
	if found >= 0 {
		t.cursor = found
	}
	t.Move(0)
	return found >= 0
}

// fold returns text in lower case without accents: what people type when they
// look for «Muñoz».
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Len returns how many rows match the filter, and how many there are.
func (t *Table) Len() (matching, all int) { return len(t.shown), len(t.rows) }

// Selected returns the row under the cursor; false where no row matches.
func (t *Table) Selected() (Row, bool) {
	if t.off || t.cursor >= len(t.shown) {
		return Row{}, false
	}
	return t.rows[t.shown[t.cursor]], true
}

// Select puts the cursor on the row with a key, and reports whether one that
// matches the filter has it.
func (t *Table) Select(key string) bool {
	for i, row := range t.shown {
		if t.rows[row].Key == key {
			t.cursor, t.off = i, false
			return true
		}
	}
	return false
}

// Lose takes the cursor off its row: none is selected until it is moved.
func (t *Table) Lose() { t.off = true }

// Move moves the cursor by n rows, no further than the first and last. One that was on
// no row comes to the next one at that place.
func (t *Table) Move(n int) {
	if n != 0 && t.off {
		n, t.off = min(n, 0), false
	}
	t.cursor = max(0, min(t.cursor+n, len(t.shown)-1))
}

// Page moves the cursor by n windows, as the table was last drawn.
func (t *Table) Page(n int) { t.Move(n * t.page) }

// First and Last move the cursor to either end.
func (t *Table) First() { t.cursor, t.off = 0, false }

// Last moves the cursor to the last row.
func (t *Table) Last() { t.cursor, t.off = max(0, len(t.shown)-1), false }

// View draws the table: titles, the rows around the cursor, and a last line that
// says what lies beyond, where there is something to say. Where nothing changed it is
// the same text as before.
func (t *Table) View(w, h int) string {
	if h < 1 {
		return ""
	}
	of := tableView{w, h, t.cursor, t.version, t.Still, t.off, t.Empty}
	if t.view == "" || of != t.drawn {
		t.drawn, t.view = of, t.draw(w, h)
	}
	return t.view
}

func (t *Table) draw(w, h int) string {
	var p theme.Pen
	columns := layOut(t.columns, t.needs, w)
	lines := 0
	end := func() {
		if lines++; lines < h {
			p.Line()
		}
	}

	if h > 2 && slices.ContainsFunc(t.columns, func(c Column) bool { return c.Title != "" }) {
		t.titles(&p, columns)
		end()
	}
	room := h - lines
	foot := t.foot(room)
	if foot != "" && room > 1 {
		room--
	} else if len(t.shown) > 0 {
		foot = ""
	}
	t.scroll(room)
	for i := t.top; i < min(t.top+room, len(t.shown)); i++ {
		t.row(&p, columns, t.rows[t.shown[i]], i == t.cursor && !t.Still && !t.off, w)
		end()
	}
	if foot != "" {
		if len(t.shown) > 0 {
			foot = t.foot(room) // the window has moved, and is smaller by this line
		}
		p.Gap(min(1, w))
		p.Write(t.theme.Dim, fit(t.theme, foot, w-1))
		end()
	}
	for lines < h {
		end()
	}
	return p.String()
}

// scroll moves the window of so many rows by as little as keeps the cursor in it.
func (t *Table) scroll(room int) {
	t.page = max(1, room)
	t.top = min(t.top, t.cursor, max(0, len(t.shown)-t.page))
	t.top = max(t.top, t.cursor-t.page+1, 0)
}

// foot says what a window of so many rows does not show; nothing where it shows
// everything.
func (t *Table) foot(room int) string {
	g := &t.theme.Glyphs
	filter := g.OpenQuote + t.filter + g.CloseQuote
	var words []string
	switch {
	case len(t.rows) == 0:
		return t.Empty
	case len(t.shown) == 0:
		return "nothing matches " + filter
	case len(t.shown) > room:
		if t.top > 0 {
			words = append(words, g.MoreUp+" "+strconv.Itoa(t.top)+" more")
		}
		if below := len(t.shown) - t.top - room; below > 0 {
			words = append(words, g.MoreDown+" "+strconv.Itoa(below)+" more")
		}
	}
	if t.filter != "" {
		words = append(words, strconv.Itoa(len(t.shown))+" of "+strconv.Itoa(len(t.rows))+" match "+filter)
	}
	return strings.Join(words, "   ")
}

func (t *Table) titles(p *theme.Pen, columns []laidOut) {
	for _, c := range columns {
		p.Gap(c.gap)
		put(p, t.theme, t.theme.Dim, c.Title, c)
	}
}

func (t *Table) row(p *theme.Pen, columns []laidOut, row Row, here bool, w int) {
	if w < 1 {
		return
	}
	th := t.theme
	switch {
	case here:
		p.Write(th.Accent, th.Glyphs.Here)
	case row.Fresh:
		p.Write(th.Mark, th.Glyphs.Mark)
	default:
		p.Gap(1)
	}
	for i, c := range columns {
		ink := c.Ink
		if c.index < len(row.Inks) && row.Inks[c.index] != "" {
			ink = row.Inks[c.index]
		}
		if here && ink == th.Text {
			ink = th.Strong
		}
		text := ""
		if c.index < len(row.Cells) {
			text = row.Cells[c.index]
		}
		gap := c.gap
		if i == 0 {
			gap-- // the edge is part of the first gap
		}
		p.Gap(gap)
		put(p, th, ink, text, c)
	}
}

package manager

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
)

// drawing is the view as it was last drawn.
type drawing struct {
	stale   bool
	w, h    int
	view    string
	lines   []string  // of the view, to be used again
	clock   time.Time // the minute its header shows
	marked  time.Time // when the first edge that is marked goes back; zero without one
	trouble string
	tenders int // counts how often the takings by tender changed

	header part[headerSays]
	lists  [panes]part[listSays]
	chart  part[chartSays]
	work   part[workSays]
	sides  [2]part[sideSays]
	rules  [4]part[ruleSays]
	parts  part[partsSays]
	stream part[streamSays]
	hints  part[hintSays]
}

// mark notes that something is marked until then.
func (d *drawing) mark(until time.Time) {
	if d.marked.IsZero() || until.Before(d.marked) {
		d.marked = until
	}
}

// over reports whether a marked edge is to go back.
func (d *drawing) over(now time.Time) bool { return !d.marked.IsZero() && !now.Before(d.marked) }

// bar is how many cells the bar of a performance has.
func (d *drawing) bar() int { return max(8, min(d.w/5+2, 30)) }

// wide reports whether every list has room at the same time.
func (d *drawing) wide() bool { return d.w >= 100 && d.h >= 27 }

// View draws the evening: the same lines as before where nothing changed.
func (m *Manager) View(w, h int) string {
	now := m.desk.Now()
	d := &m.drawn
	if minute := now.Truncate(time.Minute); !minute.Equal(d.clock) {
		d.clock, d.stale = minute, true
	}
	if w != d.w || h != d.h {
		d.w, d.h = w, h
		m.setColumns()
		m.refresh()
		if m.pane == perMinute && d.wide() {
			m.pane = tonight
		}
	}
	if d.stale {
		d.stale, d.trouble = false, m.desk.Trouble()
		d.view = m.draw(w, h, now)
	}
	return d.view
}

func (m *Manager) draw(w, h int, now time.Time) string {
	d := m.desk
	lines := append(m.drawn.lines[:0], m.headerView(w, now))
	note := m.noteView(w)
	if m.evening == nil {
		lines = append(lines, d.Rule(w, ""), "")
		words := m.why
		if words == "" {
			words = "Reading the evening."
		}
		for _, l := range screen.Wrap(words, w-4, h-6) {
			lines = append(lines, "  "+l)
		}
		foot := append(note, d.Hints(w, m.Keys()))
		return screen.Fit(append(padded(lines, h-len(foot)), foot...), h)
	}
	lines = append(lines, m.rule(0, w, "", 0))
	for i := range m.tables {
		m.tables[i].Still = pane(i) != m.pane
	}
	room := h - 5 // the header, three rules and the foot, but one line
	n := min(max(1, len(m.shows)), max(3, h/6)) + 1
	lines = append(lines, m.tables[tonight].View(w, n))
	room -= n
	if m.byParts {
		if parts, n := m.partsView(w, room); n > 0 {
			lines, room = append(lines, parts), room-n
		}
	}
	if m.drawn.wide() {
		lines, room = m.drawAll(lines, w, room-2)
	} else {
		lines, room = m.drawOne(lines, w, room-1)
	}
	m.drawn.lines = lines
	return m.join(lines, m.stream.view(m, w, max(0, room), now), note, m.hintsView(w), h)
}

// join sets the parts of the view, of one or more lines each, one under the other, and
// makes them h lines: the note and the keys at the foot.
func (m *Manager) join(parts []string, stream string, note []string, hints string, h int) string {
	var b strings.Builder
	b.Grow(len(m.drawn.view) + 256)
	left := h - len(note) - 1
	put := func(text string) {
		for line := range strings.Lines(text) {
			if left > 0 {
				b.WriteString(strings.TrimSuffix(line, "\n"))
				b.WriteByte('\n')
				left--
			}
		}
		if (text == "" || strings.HasSuffix(text, "\n")) && left > 0 {
			b.WriteByte('\n') // its last line is empty
			left--
		}
	}
	for _, text := range parts {
		put(text)
	}
	if stream != "" {
		put(stream)
	}
	for ; left > 0; left-- {
		b.WriteByte('\n')
	}
	for _, line := range note {
		b.WriteString(line)
		b.WriteByte('\n')
	}
	b.WriteString(hints)
	return b.String()
}

// ruleSays is what a rule shows.
type ruleSays struct {
	w    int
	meet string
	at   int
}

// rule draws the i-th rule, with the glyph where it meets a wall; none where at is zero.
func (m *Manager) rule(i, w int, meet string, at int) string {
	return m.drawn.rules[i].view(ruleSays{w, meet, at}, func() string {
		if at == 0 {
			return m.desk.Rule(w, "")
		}
		return m.desk.Rule(w, meet, at)
	})
}

// sideSays is what stands side by side.
type sideSays struct {
	left, right string
	w           int
}

// side sets the i-th pair of lists side by side.
func (m *Manager) side(i int, left string, w int, right string) string {
	return m.drawn.sides[i].view(sideSays{left, right, w}, func() string { return m.desk.Side(left, w, right) })
}

// headerSays is what the header shows.
type headerSays struct {
	w              int
	minute         int64
	total          boxoffice.Money
	present        int
	read           bool
	trouble        string
	name, terminal string
}

func (m *Manager) headerView(w int, now time.Time) string {
	d := m.desk
	of := headerSays{w: w, minute: now.Unix() / 60, read: m.evening != nil, trouble: m.drawn.trouble, name: d.Staff.Name, terminal: d.Actor.Terminal}
	if of.read {
		of.total, of.present = m.evening.Total(), len(m.present)
	}
	return m.drawn.header.view(of, func() string {
		about, taken := m.title()
		return d.HeaderOf(w, about, taken)
	})
}

// hintSays is what the line of keys shows.
type hintSays struct {
	w int
	choices
}

func (m *Manager) hintsView(w int) string {
	of := hintSays{w, m.choices()}
	return m.drawn.hints.view(of, func() string { return m.desk.Hints(w, of.keys(m.desk)) })
}

// noteView draws what was done or went wrong: one line, more only where it needs them.
func (m *Manager) noteView(w int) []string {
	said := screen.Wrap(boxoffice.Clean(m.note), w-4, 3)
	if len(said) < 2 {
		return []string{m.desk.Note(w, m.note, m.bad)}
	}
	lines := []string{m.desk.Note(w, said[0], m.bad)}
	for _, l := range said[1:] {
		lines = append(lines, "   "+l)
	}
	return lines
}

func padded(lines []string, h int) []string {
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines[:max(0, h)]
}

// drawAll draws every list, two side by side, and returns what room is left.
func (m *Manager) drawAll(lines []string, w, room int) ([]string, int) {
	g := &m.desk.Theme.Glyphs
	left := w * 55 / 100
	right := w - left - 1
	lower := max(6, min(room/3, 9))
	upper := max(4, (room-lower)*45/100)
	lines = append(lines, m.rule(1, w, g.LineDown, left), m.side(0, m.list(attention, left, upper), left, m.list(inHand, right, upper)))
	lines = append(lines, m.rule(2, w, g.Cross, left), m.side(1, m.list(perMinute, left, lower), left, m.workView(right, lower)))
	return append(lines, m.rule(3, w, g.LineUp, left)), room - upper - lower
}

// drawOne draws the list that has the arrows, or the attention list, and returns what
// room is left.
func (m *Manager) drawOne(lines []string, w, room int) ([]string, int) {
	p := m.pane
	if p == tonight {
		p = attention
	}
	h := max(4, room*6/10)
	list := ""
	if p == atWork {
		list = m.workView(w, h)
	} else {
		list = m.list(p, w, h)
	}
	return append(lines, m.rule(1, w, "", 0), list, m.rule(2, w, "", 0)), room - h
}

// title says in the header who is here, and what was taken.
func (m *Manager) title() (about, taken string) {
	if m.evening == nil {
		return "Live", ""
	}
	dot := " " + m.desk.Theme.Glyphs.Dot + " "
	return "Live" + dot + strconv.Itoa(len(m.present)) + " at work", dot + m.desk.Money(m.evening.Total()) + " taken"
}

// names are those of the lists.
var names = [panes]string{"Tonight", "Waits too long", "In hand", "At work", "Sold per minute"}

// head draws the name of a list, how many it has, and more at the right; where only one
// list has room, the names of all, with a mark before its own.
func (m *Manager) head(p pane, w int, right string) string {
	th := m.desk.Theme
	var pen theme.Pen
	if !m.drawn.wide() {
		for o := attention; o < panes; o++ {
			ink, mark := th.Dim, " "
			if o == p {
				ink, mark = m.headInk(o), th.Glyphs.Here
			}
			pen.Gap(1)
			pen.Write(ink, mark)
			pen.Write(ink, m.headWords(o))
			pen.Gap(1)
		}
		return pen.String()
	}
	words := m.headWords(p)
	if n, _ := m.tables[p].Len(); n == 0 && p == m.pane {
		pen.Write(th.Accent, th.Glyphs.Here) // there is no row to bear the mark
	} else {
		pen.Gap(1)
	}
	pen.Write(m.headInk(p), words)
	if right = boxoffice.Shorten(right, max(0, w-4-boxoffice.Width(words))); right != "" {
		pen.Gap(w - 1 - boxoffice.Width(words) - boxoffice.Width(right))
		pen.Write(th.Dim, right)
	}
	return pen.String()
}

func (m *Manager) headInk(p pane) theme.SGR {
	if p == attention && len(m.waiting) > 0 {
		return m.desk.Theme.Warn
	}
	return m.desk.Theme.Strong
}

func (m *Manager) headWords(p pane) string {
	n := m.count(p)
	if n == 0 {
		return names[p]
	}
	return names[p] + " " + strconv.Itoa(n)
}

// count returns how many a list has.
func (m *Manager) count(p pane) int {
	if p == atWork {
		return len(m.present)
	}
	n, _ := m.tables[p].Len()
	return n
}

// listSays is what a list shows, with its name.
type listSays struct {
	heads headsSay
	w     int
	sold  int
	body  string
}

// headsSay is what the names of the lists show.
type headsSay struct {
	wide, warn bool
	at         pane
	counts     [panes]int
}

func (m *Manager) heads() headsSay {
	says := headsSay{wide: m.drawn.wide(), warn: len(m.waiting) > 0, at: m.pane}
	for p := range panes {
		says.counts[p] = m.count(p)
	}
	return says
}

// chartSays is what the chart shows.
type chartSays struct {
	w, h   int
	minute int64
	counts [60]int
}

// list draws a list under its name.
func (m *Manager) list(p pane, w, h int) string {
	of := listSays{heads: m.heads(), w: w}
	if p == perMinute {
		of.body = m.chartView(w-1, h-1)
		for _, n := range m.counts {
			of.sold += n
		}
	} else {
		of.body = m.tables[p].View(w-1, h-1)
	}
	return m.drawn.lists[p].view(of, func() string {
		right := ""
		if p == perMinute {
			right = fmt.Sprintf("%d in the last hour ", of.sold)
		}
		return m.head(p, w, right) + "\n" + of.body
	})
}

// chartView draws the sales per minute.
func (m *Manager) chartView(w, h int) string {
	minute := m.minute
	return m.drawn.chart.view(chartSays{w, h, minute.Unix(), m.counts}, func() string {
		m.chart.Set(m.counts[:])
		m.chart.From = func(steps int) string { return m.desk.TimeOf(minute.Add(-time.Duration(steps-1) * time.Minute)) }
		return m.chart.View(w, h)
	})
}

// workSays is what the list of those at work shows, with the tenders under it.
type workSays struct {
	heads   headsSay
	w       int
	tenders int // how often they changed
	body    string
}

// workView draws who is at work, and under it what each tender brought.
func (m *Manager) workView(w, h int) string {
	show := min(len(m.tenders), max(1, h/3))
	of := workSays{m.heads(), w, m.drawn.tenders, m.tables[atWork].View(w-1, h-1-show)}
	return m.drawn.work.view(of, func() string {
		th := m.desk.Theme
		view := m.head(atWork, w, "") + "\n" + of.body
		for _, t := range m.tenders[:show] {
			amount := m.desk.Money(t.Amount)
			words := boxoffice.Shorten(boxoffice.Clean(string(t.Kind)), w-14)
			var p theme.Pen
			p.Gap(1)
			p.Write(th.Dim, words)
			p.Gap(w - 2 - boxoffice.Width(words) - boxoffice.Width(amount))
			p.Write(th.Strong, amount)
			view += "\n" + p.String()
		}
		return view
	})
}

// partsSays is what the sections of a performance show.
type partsSays struct {
	pic    *boxoffice.Picture
	w, h   int
	across int
}

// partsView draws the sections of the performance chosen, as many lines as the one of
// tonight with the most needs: walking moves nothing. It returns how many there are.
func (m *Manager) partsView(w, room int) (string, int) {
	const least, before = 36, 8
	across := max(1, (w-before-1)/least)
	most := 0
	for i := range m.shows {
		if pic := m.shows[i].pic; pic != nil {
			most = max(most, len(pic.Sections))
		}
	}
	h := min((most+across-1)/across, 3, max(0, room-16))
	s := m.chosenShow()
	if h < 1 || s == nil {
		return "", 0
	}
	pic := s.pic
	return m.drawn.parts.view(partsSays{pic, w, h, across}, func() string {
		return m.drawParts(pic, h, across, before, (w-before-1)/across)
	}), h
}

// drawParts draws h lines of sections, so many across in so many cells each.
func (m *Manager) drawParts(pic *boxoffice.Picture, h, across, before, cell int) string {
	th := m.desk.Theme
	lines := make([]string, h)
	if pic == nil {
		return strings.Join(lines, "\n")
	}
	bar := max(6, min(cell/3, 12))
	for i := range lines {
		var p theme.Pen
		p.Gap(before)
		for j := range across {
			no := i*across + j
			if no >= len(pic.Sections) {
				break
			}
			if rest := len(pic.Sections) - no; i == h-1 && j == across-1 && rest > 1 {
				p.Write(th.Dim, fmt.Sprintf("and %d more", rest))
				break
			}
			f := pic.Sections[no]
			sold := fmt.Sprintf("%d/%d", f.Sold, f.Capacity())
			name := boxoffice.Shorten(boxoffice.Clean(pic.Plan.Sections[no].Name), cell-bar-13)
			p.Write(th.Dim, name)
			p.Gap(cell - bar - 12 - boxoffice.Width(name))
			p.Write(th.Text, th.Thin(f.Fraction(), bar))
			p.Gap(max(0, 9-boxoffice.Width(sold)))
			p.Write(th.Dim, sold)
			if j < across-1 {
				p.Gap(3)
			}
		}
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

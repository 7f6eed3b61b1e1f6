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
	clock   time.Time // the minute its header shows
	marked  time.Time // when the first edge that is marked goes back; zero without one
	trouble string
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
	lines := make([]string, 0, h)
	lines = append(lines, d.Header(w, m.title()))
	foot := append(m.noteView(w), d.Hints(w, m.Keys()))
	if m.evening == nil {
		lines = append(lines, d.Rule(w, ""), "")
		words := m.why
		if words == "" {
			words = "Reading the evening."
		}
		for _, l := range screen.Wrap(words, w-4, h-6) {
			lines = append(lines, "  "+l)
		}
		return screen.Fit(append(padded(lines, h-len(foot)), foot...), h)
	}
	lines = append(lines, d.Rule(w, ""))
	for i := range m.tables {
		m.tables[i].Still = pane(i) != m.pane
	}
	room := h - 5 // the header, three rules and the foot, but one line
	n := min(max(1, len(m.shows)), max(3, h/6)) + 1
	lines = append(lines, strings.Split(m.tables[tonight].View(w, n), "\n")...)
	room -= n
	if m.byParts {
		parts := m.partsView(w, room)
		lines, room = append(lines, parts...), room-len(parts)
	}
	if m.drawn.wide() {
		lines, room = m.drawAll(lines, w, room-2)
	} else {
		lines, room = m.drawOne(lines, w, room-1)
	}
	lines = append(lines, m.stream.view(m, w, max(0, room), now)...)
	return screen.Fit(append(padded(lines, h-len(foot)), foot...), h)
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
	d, g := m.desk, &m.desk.Theme.Glyphs
	left := w * 55 / 100
	right := w - left - 1
	lower := max(6, min(room/3, 9))
	upper := max(4, (room-lower)*45/100)
	lines = append(lines, d.Rule(w, g.LineDown, left))
	lines = append(lines, strings.Split(d.Side(
		m.list(attention, left, upper), left, m.list(inHand, right, upper)), "\n")...)
	lines = append(lines, d.Rule(w, g.Cross, left))
	lines = append(lines, strings.Split(d.Side(
		m.list(perMinute, left, lower), left, m.workView(right, lower)), "\n")...)
	lines = append(lines, d.Rule(w, g.LineUp, left))
	return lines, room - upper - lower
}

// drawOne draws the list that has the arrows, or the attention list, and returns what
// room is left.
func (m *Manager) drawOne(lines []string, w, room int) ([]string, int) {
	p := m.pane
	if p == tonight {
		p = attention
	}
	h := max(4, room*6/10)
	lines = append(lines, m.desk.Rule(w, ""))
	if p == atWork {
		lines = append(lines, strings.Split(m.workView(w, h), "\n")...)
	} else {
		lines = append(lines, strings.Split(m.list(p, w, h), "\n")...)
	}
	lines = append(lines, m.desk.Rule(w, ""))
	return lines, room - h
}

// title says in the header what matters most.
func (m *Manager) title() string {
	if m.evening == nil {
		return "Live"
	}
	dot := " " + m.desk.Theme.Glyphs.Dot + " "
	return "Live" + dot + strconv.Itoa(len(m.present)) + " at work" + dot + m.desk.Money(m.evening.Total()) + " taken"
}

// heads name the lists.
var heads = [panes]string{"Tonight", "Waits too long", "In hand", "At work", "Sold per minute"}

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
	pen.Gap(1)
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
	n, _ := m.tables[p].Len()
	if p == atWork {
		n = len(m.present)
	}
	if n == 0 {
		return heads[p]
	}
	return heads[p] + " " + strconv.Itoa(n)
}

// list draws a list under its name.
func (m *Manager) list(p pane, w, h int) string {
	if p == perMinute {
		counts, sold := m.evening.PerMinute(m.desk.Now()), 0
		for _, n := range counts {
			sold += n
		}
		return m.head(p, w, fmt.Sprintf("%d in the last hour ", sold)) + "\n" + m.chart.View(w-1, h-1)
	}
	return m.head(p, w, "") + "\n" + m.tables[p].View(w-1, h-1)
}

// workView draws who is at work, and under it what each tender brought.
func (m *Manager) workView(w, h int) string {
	th := m.desk.Theme
	tenders := m.evening.ByTender()
	show := min(len(tenders), max(1, h/3))
	view := m.head(atWork, w, "") + "\n" + m.tables[atWork].View(w-1, h-1-show)
	for _, t := range tenders[:show] {
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
}

// partsView draws the sections of the performance chosen, as many lines as the one of
// tonight with the most needs: walking moves nothing.
func (m *Manager) partsView(w, room int) []string {
	th := m.desk.Theme
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
		return nil
	}
	lines := make([]string, h)
	if s.pic == nil {
		return lines
	}
	cell := (w - before - 1) / across
	bar := max(6, min(cell/3, 12))
	for i := range lines {
		var p theme.Pen
		p.Gap(before)
		for j := range across {
			no := i*across + j
			if no >= len(s.pic.Sections) {
				break
			}
			if rest := len(s.pic.Sections) - no; i == h-1 && j == across-1 && rest > 1 {
				p.Write(th.Dim, fmt.Sprintf("and %d more", rest))
				break
			}
			f := s.pic.Sections[no]
			sold := fmt.Sprintf("%d/%d", f.Sold, f.Capacity())
			name := boxoffice.Shorten(boxoffice.Clean(s.pic.Plan.Sections[no].Name), cell-bar-13)
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
	return lines
}

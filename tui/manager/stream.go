package manager

import (
	"maps"
	"time"

	"wicket/boxoffice"
	"wicket/tui/theme"
	"wicket/tui/words"
)

// streamed is how many of the last things the stream keeps.
const streamed = 60

// stream is what has just happened, in words.
type stream struct {
	lines   []happening // newest first
	version int         // counts how often they changed
	last    int64       // the entry that was added last
	names   map[boxoffice.StaffID]string
}

// happening is one entry in words; came is when it came while somebody watched.
type happening struct {
	at, words string
	came      time.Time
}

// know takes over the names of those who work here.
func (s *stream) know(m *Manager, names map[boxoffice.StaffID]string) {
	if s.names == nil {
		s.names = map[boxoffice.StaffID]string{m.desk.Staff.ID: m.desk.Staff.Name}
	}
	maps.Copy(s.names, names)
	for _, w := range m.present {
		s.names[w.Staff.ID] = w.Staff.Name
	}
	for _, t := range m.evening.Takings {
		s.names[t.Staff] = t.Name
	}
	for _, b := range m.evening.Baskets {
		s.names[b.Staff] = b.Name
	}
}

// add puts entries on top, each once.
func (s *stream) add(m *Manager, entries []boxoffice.Entry, now time.Time) {
	book := words.Book{Currency: m.desk.House.Currency, Zone: m.desk.Zone, Names: s.names, Performance: m.performance}
	var fresh []happening
	for _, e := range entries {
		if e.Seq <= s.last {
			continue
		}
		s.last = e.Seq
		if said := words.Entry(e, book); said != "" {
			fresh = append(fresh, happening{e.At.In(m.desk.Zone).Format("15:04:05"), m.desk.Plain(said), now})
		}
	}
	if len(fresh) == 0 {
		return
	}
	lines := make([]happening, 0, len(s.lines)+len(fresh))
	for i := len(fresh) - 1; i >= 0; i-- {
		lines = append(lines, fresh[i])
	}
	lines = append(lines, s.lines...)
	s.lines = lines[:min(len(lines), streamed)]
	s.version++
}

// performance returns what is known of a performance: the title with the day where it is
// not tonight's, whose plan is not at hand then.
func (m *Manager) performance(id boxoffice.PerformanceID) (string, *boxoffice.Plan) {
	for i := range m.shows {
		s := &m.shows[i]
		if s.Performance.ID != id {
			continue
		}
		pic := s.pic
		if pic == nil && m.desk.Live != nil {
			pic = m.desk.Live.Picture(id)
		}
		if pic == nil {
			return s.Performance.Title, nil
		}
		return s.Performance.Title, pic.Plan
	}
	if perf, ok := m.evening.Coming[id]; ok {
		return perf.Title + " " + m.desk.DayOf(perf.Curtain), nil
	}
	return "", nil
}

// streamSays is what the stream shows; of its lines (no more than bits) those are marked
// that came just now.
type streamSays struct {
	version, w, h int
	fresh         uint64
}

// view draws the newest as far as there is room.
func (s *stream) view(m *Manager, w, h int, now time.Time) string {
	of := streamSays{version: s.version, w: w, h: h}
	for i, l := range s.lines[:min(len(s.lines), h)] {
		if !l.came.IsZero() && now.Sub(l.came) < freshFor {
			of.fresh |= 1 << i
			m.drawn.mark(l.came.Add(freshFor))
		}
	}
	return m.drawn.stream.view(of, func() string { return s.draw(m.desk.Theme, w, h, of.fresh) })
}

func (s *stream) draw(th *theme.Theme, w, h int, fresh uint64) string {
	if len(s.lines) == 0 && h > 0 {
		return " " + th.Dim.Paint("Nothing has happened yet.")
	}
	var p theme.Pen
	p.Grow(h * (w + 32))
	for i, l := range s.lines[:min(len(s.lines), h)] {
		if i > 0 {
			p.Line()
		}
		if fresh>>i&1 == 1 {
			p.Write(th.Mark, th.Glyphs.Mark)
		} else {
			p.Gap(1)
		}
		p.Write(th.Dim, l.at)
		p.Gap(2)
		p.Write(th.Text, boxoffice.Shorten(l.words, w-12))
	}
	return p.String()
}

package manager

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/theme"
	"wicket/tui/widget"
)

// waiting is one row of the attention list, with what resolves it.
type waiting struct {
	boxoffice.Attention
	id       rowID
	basket   *boxoffice.BasketInHand
	approval *boxoffice.ApprovalView
}

// key names what waits among the rows of its list.
func (w *waiting) key() string { return fmt.Sprint(w.id.at, " ", w.id.ids) }

// rowID names a row among all rows of the screen.
type rowID struct {
	pane pane
	ids  [4]int64
	at   string
}

// saying is what a row is marked for when it changes.
type saying struct {
	a, b  int64
	words string
}

// fillings are the rows of the lists.
type fillings struct {
	tonight   filling[showSays]
	attention filling[waitingSays]
	inHand    filling[basketSays]
	atWork    filling[workerSays]
}

// setColumns lays the lists out for the width there is.
func (m *Manager) setColumns() {
	th := m.desk.Theme
	m.tables[tonight].SetColumns(
		widget.Column{Title: "", Width: 5},
		widget.Column{Title: "Tonight", Width: 14, Grow: 1},
		widget.Column{Title: "", Width: m.drawn.bar()},
		widget.Column{Title: "sold", Width: 9, Align: widget.Right},
		widget.Column{Title: "10 min", Width: 6, Align: widget.Right},
		widget.Column{Title: "held", Width: 4, Align: widget.Right},
		widget.Column{Title: "sold for", Width: 10, Align: widget.Right},
	)
	m.tables[attention].SetColumns(
		widget.Column{Width: 10, Grow: 1},
		widget.Column{Width: 6, Align: widget.Right, Ink: th.Dim},
	)
	m.tables[inHand].SetColumns(
		widget.Column{Width: 6, Grow: 2},
		widget.Column{Width: 8, Grow: 2, Ink: th.Dim},
		widget.Column{Width: 9, Align: widget.Right},
		widget.Column{Width: 6, Align: widget.Right, Ink: th.Dim},
		widget.Column{Width: 6, Align: widget.Right},
	)
	m.tables[atWork].SetColumns(
		widget.Column{Width: 6, Grow: 2},
		widget.Column{Width: 8, Grow: 2, Ink: th.Dim},
		widget.Column{Width: 11, Align: widget.Right},
		widget.Column{Width: 10, Align: widget.Right},
	)
}

// refresh brings the rows of all lists up to date.
func (m *Manager) refresh() {
	m.drawn.stale = true
	if m.evening == nil {
		return
	}
	now := m.desk.Now()
	m.minute = now.Truncate(time.Minute)
	m.drawn.marked = time.Time{}
	if len(m.changed) > 2000 {
		clear(m.changed)
	}
	for i := range m.shows {
		m.look(&m.shows[i], now)
	}
	m.counts = m.evening.PerMinute(now)
	if tenders := m.evening.ByTender(); !slices.Equal(tenders, m.tenders) {
		m.tenders = tenders
		m.drawn.tenders++
	}
	m.fillTonight(now)
	m.fillAttention(now)
	m.fillInHand(now)
	m.fillAtWork(now)
}

// look takes over the latest picture of a performance.
func (m *Manager) look(s *show, now time.Time) {
	s.lately = m.evening.SoldLately(s.Performance.ID, now)
	if m.desk.Live == nil {
		return
	}
	pic := m.desk.Live.Picture(s.Performance.ID)
	if pic == nil || pic == s.pic {
		return
	}
	s.pic, s.Performance = pic, pic.Performance
	if pic.Places.Len() > 0 {
		s.Total = pic.Total
	}
}

// fresh reports whether a row says since just now what it says.
func (m *Manager) fresh(id rowID, said saying, now time.Time) bool {
	c, known := m.changed[id]
	if !known || c.said != said {
		c = change{said: said}
		if known {
			c.at = now
		}
		m.changed[id] = c
	}
	if c.at.IsZero() || now.Sub(c.at) >= freshFor {
		return false
	}
	m.drawn.mark(c.at.Add(freshFor))
	return true
}

// showSays is what the row of a performance says.
type showSays struct {
	perf    boxoffice.PerformanceID
	title   string
	curtain int64
	state   boxoffice.PerformanceState
	reason  string
	fill    boxoffice.Fill
	lately  int
	soldFor boxoffice.Money
	bar     int
	fresh   bool
}

func (m *Manager) fillTonight(now time.Time) {
	th, d, bar := m.desk.Theme, m.desk, m.drawn.bar()
	f := &m.rows.tonight
	says := f.begin()
	for i := range m.shows {
		s := &m.shows[i]
		perf := s.Performance
		says = append(says, showSays{
			perf.ID, perf.Title, perf.Curtain.Unix(), perf.State, perf.Reason, s.Total, s.lately, m.evening.SoldFor[perf.ID], bar,
			m.fresh(rowID{pane: tonight, ids: [4]int64{int64(perf.ID)}}, saying{int64(s.Total.Sold), int64(s.Total.Held), string(perf.State)}, now),
		})
	}
	f.fill(m.tables[tonight], says, func(i int) widget.Row {
		perf, says := m.shows[i].Performance, says[i]
		row := widget.Row{Key: strconv.FormatInt(int64(perf.ID), 10), Fresh: says.fresh, Cells: []string{
			d.TimeOf(perf.Curtain), boxoffice.Clean(perf.Title),
			th.Thin(says.fill.Fraction(), bar),
			strconv.Itoa(says.fill.Sold) + "/" + strconv.Itoa(says.fill.Capacity()), "", "", d.Money(says.soldFor),
		}}
		if says.lately > 0 {
			row.Cells[4] = "+" + strconv.Itoa(says.lately)
		}
		if says.fill.Held > 0 {
			row.Cells[5] = strconv.Itoa(says.fill.Held)
		}
		if perf.State != boxoffice.OnSale {
			row.Cells[2], row.Inks = m.offSale(perf), []theme.SGR{"", "", th.Warn}
		}
		return row
	})
}

// offSale says in the bar's place that nothing is sold, and why.
func (m *Manager) offSale(p boxoffice.Performance) string {
	said := m.desk.Theme.Glyphs.Warn + " " + boxoffice.Clean(string(p.State))
	if why := boxoffice.Clean(p.Reason); why != "" {
		said += ": " + why
	}
	return said
}

// waitingSays is what the row of something that waits says.
type waitingSays struct {
	id      rowID
	words   string
	minutes int
	fresh   bool
}

func (m *Manager) fillAttention(now time.Time) {
	th := m.desk.Theme
	m.waiting = m.waiting[:0]
	f := &m.rows.attention
	says := f.begin()
	for _, a := range m.attention(now) {
		w := m.waitingFor(a)
		m.waiting = append(m.waiting, w)
		says = append(says, waitingSays{w.id, w.Words, minutes(now, a.Since), m.fresh(w.id, saying{words: w.Words}, now)})
	}
	f.fill(m.tables[attention], says, func(i int) widget.Row {
		w := &m.waiting[i]
		row := widget.Row{Key: w.key(), Fresh: says[i].fresh, Cells: []string{m.desk.Plain(screen.Sentence(w.Words)), ago(now, w.Since)}}
		if w.Kind == boxoffice.AttentionStore {
			row.Inks = []theme.SGR{th.Warn}
		}
		return row
	})
}

// attention lists what waits too long, the longest first: what the evening knows, and
// what was asked for.
func (m *Manager) attention(now time.Time) []boxoffice.Attention {
	list := m.evening.Attention(now)
	for _, a := range m.others {
		switch a.Kind {
		case boxoffice.AttentionBasket, boxoffice.AttentionUnswept, boxoffice.AttentionRequest:
			continue // of these the evening knows better
		case boxoffice.AttentionParked:
			if slices.ContainsFunc(m.evening.Baskets, func(b boxoffice.BasketInHand) bool { return b.Basket == a.Basket }) {
				continue
			}
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b boxoffice.Attention) int { return a.Since.Compare(b.Since) })
	return list
}

func (m *Manager) waitingFor(a boxoffice.Attention) waiting {
	w := waiting{Attention: a, id: rowID{attention, [4]int64{int64(a.Basket), int64(a.Hold), int64(a.Approval), int64(a.Ticket)}, string(a.Kind)}}
	for i := range m.evening.Baskets {
		if b := m.evening.Baskets[i]; a.Basket != 0 && b.Basket == a.Basket {
			w.basket = &b
			w.Words = strings.Replace(w.Words, b.Name+" ("+b.Terminal+")", b.Name+" ("+m.where(&b)+")", 1)
		}
	}
	for i := range m.evening.Waiting {
		if v := m.evening.Waiting[i]; a.Approval != 0 && v.Approval.ID == a.Approval {
			w.approval = &v
		}
	}
	return w
}

// basketSays is what the row of a basket says.
type basketSays struct {
	hold         boxoffice.HoldID
	name, where  string
	places       int
	minutes      int
	until        int64 // by the minute
	over, parked bool
	fresh        bool
}

func (m *Manager) fillInHand(now time.Time) {
	d := m.desk
	f := &m.rows.inHand
	says := f.begin()
	for i := range m.evening.Baskets {
		b := &m.evening.Baskets[i]
		s := basketSays{
			hold: b.Hold, name: b.Name, where: m.where(b), places: b.Places, minutes: minutes(now, b.Since),
			until: b.Until.Unix() / 60, over: !b.Until.After(now), parked: b.Parked,
		}
		said := saying{int64(s.places), s.until, s.name}
		if s.over || s.parked {
			said.b = -1
		}
		s.fresh = m.fresh(rowID{pane: inHand, ids: [4]int64{int64(b.Hold)}}, said, now)
		says = append(says, s)
	}
	f.fill(m.tables[inHand], says, func(i int) widget.Row {
		b := &m.evening.Baskets[i]
		until := d.TimeOf(b.Until)
		switch {
		case says[i].over:
			until = "over"
		case b.Parked:
			until = "parked"
		}
		return widget.Row{Key: strconv.FormatInt(int64(b.Hold), 10), Fresh: says[i].fresh, Cells: []string{
			boxoffice.Clean(b.Name), boxoffice.Clean(says[i].where), screen.Count(b.Places, "place"), ago(now, b.Since), until,
		}}
	})
}

// worker is one person at one terminal: at work there, or with takings from there.
type worker struct {
	boxoffice.Taking
	here bool // and not gone home
}

// workers lists those who are at work by their takings, then those who went home.
func (m *Manager) workers() []worker {
	var all []worker
	for _, t := range m.evening.ByClerk() {
		all = append(all, worker{Taking: t})
	}
	for _, p := range m.present {
		at := slices.IndexFunc(all, func(w worker) bool { return w.Staff == p.Staff.ID && w.Terminal == p.Terminal })
		if at < 0 {
			at = len(all)
			all = append(all, worker{Taking: boxoffice.Taking{Staff: p.Staff.ID, Terminal: p.Terminal}})
		}
		all[at].Name, all[at].here = p.Staff.Name, true
	}
	slices.SortStableFunc(all, func(a, b worker) int {
		switch {
		case a.here == b.here:
			return 0
		case a.here:
			return -1
		}
		return 1
	})
	return all
}

// workerKey names a person at a terminal among the rows.
func workerKey(w worker) string { return fmt.Sprint(w.Staff, " ", w.Terminal) }

// workerSays is what the row of somebody at work says.
type workerSays struct {
	staff          boxoffice.StaffID
	name, terminal string
	tickets        int
	amount         boxoffice.Money
	here, fresh    bool
}

func (m *Manager) fillAtWork(now time.Time) {
	d, th := m.desk, m.desk.Theme
	f := &m.rows.atWork
	workers, says := m.workers(), f.begin()
	for _, w := range workers {
		name := w.Name
		if name == "" {
			name = m.stream.names[w.Staff]
		}
		fresh := m.fresh(rowID{atWork, [4]int64{int64(w.Staff)}, w.Terminal}, saying{a: int64(w.Amount)}, now)
		says = append(says, workerSays{w.Staff, name, w.Terminal, w.Tickets, w.Amount, w.here, fresh})
	}
	f.fill(m.tables[atWork], says, func(i int) widget.Row {
		s := says[i]
		row := widget.Row{Key: workerKey(workers[i]), Fresh: s.fresh, Cells: []string{
			boxoffice.Clean(s.name), boxoffice.Clean(s.terminal), screen.Count(s.tickets, "ticket"), d.Money(s.amount),
		}}
		if !s.here {
			row.Inks = []theme.SGR{th.Dim, th.Dim, th.Dim, th.Dim}
		}
		return row
	})
}

// minutes is how many minutes ago something began, -1 where nobody knows.
func minutes(now, since time.Time) int {
	if since.IsZero() {
		return -1
	}
	return int(now.Sub(since) / time.Minute)
}

// ago says how long ago something began: «11 min», «2 h 05».
func ago(now, since time.Time) string {
	n := minutes(now, since)
	switch {
	case since.IsZero():
		return ""
	case n < 1:
		return "now"
	case n < 100:
		return strconv.Itoa(n) + " min"
	case n < 100*60:
		return fmt.Sprintf("%d h %02d", n/60, n%60)
	}
	return strconv.Itoa(n/60/24) + " d"
}

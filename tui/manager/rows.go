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
	key      string
	basket   *boxoffice.BasketInHand
	approval *boxoffice.ApprovalView
}

// refresh makes the rows of all lists anew.
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
	counts := m.evening.PerMinute(now)
	m.chart.Set(counts[:])
	m.chart.From = func(steps int) string { return m.desk.TimeOf(now.Add(-time.Duration(steps-1) * time.Minute)) }
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
	if len(pic.Places) > 0 {
		s.Total = pic.Total
	}
}

// fresh reports whether a row says since just now what it says.
func (m *Manager) fresh(key, said string, now time.Time) bool {
	c, known := m.changed[key]
	if !known || c.said != said {
		c = change{said: said}
		if known {
			c.at = now
		}
		m.changed[key] = c
	}
	if c.at.IsZero() || now.Sub(c.at) >= freshFor {
		return false
	}
	m.drawn.mark(c.at.Add(freshFor))
	return true
}

func (m *Manager) fillTonight(now time.Time) {
	th, d, bar := m.desk.Theme, m.desk, m.drawn.bar()
	m.tables[tonight].SetColumns(
		widget.Column{Title: "", Width: 5},
		widget.Column{Title: "Tonight", Width: 14, Grow: 1},
		widget.Column{Title: "", Width: bar},
		widget.Column{Title: "sold", Width: 9, Align: widget.Right},
		widget.Column{Title: "10 min", Width: 6, Align: widget.Right},
		widget.Column{Title: "held", Width: 4, Align: widget.Right},
		widget.Column{Title: "sold for", Width: 10, Align: widget.Right},
	)
	rows := make([]widget.Row, 0, len(m.shows))
	for i := range m.shows {
		s := &m.shows[i]
		key := strconv.FormatInt(int64(s.Performance.ID), 10)
		f := s.Total
		row := widget.Row{Key: key, Cells: []string{
			d.TimeOf(s.Performance.Curtain), boxoffice.Clean(s.Performance.Title),
			th.Thin(f.Fraction(), bar),
			fmt.Sprintf("%d/%d", f.Sold, f.Capacity()), "", "", d.Money(m.evening.SoldFor[s.Performance.ID]),
		}}
		if s.lately > 0 {
			row.Cells[4] = "+" + strconv.Itoa(s.lately)
		}
		if f.Held > 0 {
			row.Cells[5] = strconv.Itoa(f.Held)
		}
		if s.Performance.State != boxoffice.OnSale {
			row.Cells[2], row.Inks = m.offSale(s.Performance), []theme.SGR{"", "", th.Warn}
		}
		row.Fresh = m.fresh("p"+key, row.Cells[3]+" "+row.Cells[5]+string(s.Performance.State), now)
		rows = append(rows, row)
	}
	m.tables[tonight].SetRows(rows)
}

// offSale says in the bar's place that nothing is sold, and why.
func (m *Manager) offSale(p boxoffice.Performance) string {
	said := m.desk.Theme.Glyphs.Warn + " " + boxoffice.Clean(string(p.State))
	if why := boxoffice.Clean(p.Reason); why != "" {
		said += ": " + why
	}
	return said
}

func (m *Manager) fillAttention(now time.Time) {
	th := m.desk.Theme
	m.tables[attention].SetColumns(
		widget.Column{Width: 10, Grow: 1},
		widget.Column{Width: 6, Align: widget.Right, Ink: th.Dim},
	)
	m.waiting = m.waiting[:0]
	var rows []widget.Row
	for _, a := range m.attention(now) {
		w := m.waitingFor(a)
		m.waiting = append(m.waiting, w)
		row := widget.Row{Key: w.key, Cells: []string{m.desk.Plain(screen.Sentence(w.Words)), ago(now, a.Since)}}
		if a.Kind == boxoffice.AttentionStore {
			row.Inks = []theme.SGR{th.Warn}
		}
		row.Fresh = m.fresh("a"+w.key, row.Cells[0], now)
		rows = append(rows, row)
	}
	m.tables[attention].SetRows(rows)
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
	w := waiting{Attention: a, key: fmt.Sprint(a.Kind, " ", a.Basket, a.Hold, a.Approval, a.Ticket)}
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

func (m *Manager) fillInHand(now time.Time) {
	d, th := m.desk, m.desk.Theme
	m.tables[inHand].SetColumns(
		widget.Column{Width: 6, Grow: 2},
		widget.Column{Width: 8, Grow: 2, Ink: th.Dim},
		widget.Column{Width: 9, Align: widget.Right},
		widget.Column{Width: 6, Align: widget.Right, Ink: th.Dim},
		widget.Column{Width: 6, Align: widget.Right},
	)
	rows := make([]widget.Row, 0, len(m.evening.Baskets))
	for _, b := range m.evening.Baskets {
		key := strconv.FormatInt(int64(b.Hold), 10)
		until := d.TimeOf(b.Until)
		switch {
		case !b.Until.After(now):
			until = "over"
		case b.Parked:
			until = "parked"
		}
		row := widget.Row{Key: key, Cells: []string{
			boxoffice.Clean(b.Name), boxoffice.Clean(m.where(&b)), screen.Count(b.Places, "place"), ago(now, b.Since), until,
		}}
		row.Fresh = m.fresh("b"+key, row.Cells[0]+row.Cells[2]+row.Cells[4], now)
		rows = append(rows, row)
	}
	m.tables[inHand].SetRows(rows)
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

func (m *Manager) fillAtWork(now time.Time) {
	d, th := m.desk, m.desk.Theme
	m.tables[atWork].SetColumns(
		widget.Column{Width: 6, Grow: 2},
		widget.Column{Width: 8, Grow: 2, Ink: th.Dim},
		widget.Column{Width: 11, Align: widget.Right},
		widget.Column{Width: 10, Align: widget.Right},
	)
	var rows []widget.Row
	for _, w := range m.workers() {
		name := boxoffice.Clean(w.Name)
		if name == "" {
			name = boxoffice.Clean(m.stream.names[w.Staff])
		}
		row := widget.Row{Key: workerKey(w), Cells: []string{
			name, boxoffice.Clean(w.Terminal), screen.Count(w.Tickets, "ticket"), d.Money(w.Amount),
		}}
		if !w.here {
			row.Inks = []theme.SGR{th.Dim, th.Dim, th.Dim, th.Dim}
		}
		row.Fresh = m.fresh("w"+row.Key, row.Cells[3], now)
		rows = append(rows, row)
	}
	m.tables[atWork].SetRows(rows)
}

// ago says how long ago something began: «11 min», «2 h 05».
func ago(now, since time.Time) string {
	if since.IsZero() {
		return ""
	}
	n := int(now.Sub(since) / time.Minute)
	switch {
	case n < 1:
		return "now"
	case n < 100:
		return strconv.Itoa(n) + " min"
	case n < 100*60:
		return fmt.Sprintf("%d h %02d", n/60, n%60)
	}
	return strconv.Itoa(n/60/24) + " d"
}

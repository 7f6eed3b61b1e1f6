package manager

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// pace is how long news wait at most, so that a rush does not draw the screen for every
// sale.
const pace = time.Second / 5

type (
	settleMsg struct{} // news have waited long enough

	// eveningMsg is everything as it stands.
	eveningMsg struct {
		evening *boxoffice.Evening
		others  []boxoffice.Attention
		present []boxoffice.AtWork
		shows   []boxoffice.PerformanceView
		lately  boxoffice.JournalView
		err     error
	}

	// othersMsg is what waits too long.
	othersMsg struct {
		list []boxoffice.Attention
		err  error
	}
)

// read reads everything. What happens until the answer comes is kept for it.
func (m *Manager) read() tea.Cmd {
	if m.reading {
		m.again = true
		return nil
	}
	m.reading, m.again, m.since = true, false, nil
	office, by, now := m.desk.Office, m.desk.Actor, m.desk.Now()
	return m.desk.Do(func(ctx context.Context) tea.Msg {
		var msg eveningMsg
		if msg.evening, msg.err = office.Evening(ctx, by, now); msg.err != nil {
			return msg
		}
		if msg.others, msg.err = office.Attention(ctx, by); msg.err != nil {
			return msg
		}
		if msg.present, msg.err = office.AtWork(ctx); msg.err != nil {
			return msg
		}
		if msg.shows, msg.err = office.Performances(ctx, msg.evening.From, msg.evening.To); msg.err != nil {
			return msg
		}
		msg.lately, msg.err = office.Lately(ctx, streamed)
		return msg
	})
}

// readOthers asks what waits too long of what the evening does not know.
func (m *Manager) readOthers() tea.Cmd {
	office, by := m.desk.Office, m.desk.Actor
	return m.desk.Do(func(ctx context.Context) tea.Msg {
		list, err := office.Attention(ctx, by)
		return othersMsg{list, err}
	})
}

// eveningRead takes over the answer, and what happened since it was asked for.
func (m *Manager) eveningRead(msg eveningMsg) tea.Cmd {
	m.reading = false
	if !m.front {
		return nil
	}
	if msg.err != nil {
		m.desk.Flush()
		m.evening, m.why, m.drawn.stale = nil, screen.Explain(msg.err), true
		return nil
	}
	m.why, m.evening, m.others, m.present = "", msg.evening, msg.others, msg.present
	m.tonight(msg.shows)
	m.stream.know(m, msg.lately.Names)
	m.stream.add(m, msg.lately.Entries, time.Time{})
	entries := m.since
	m.since = nil
	return m.apply(entries, m.again)
}

// tonight takes over the performances of the evening's day.
func (m *Manager) tonight(list []boxoffice.PerformanceView) {
	m.shows = nil
	for _, v := range list {
		if at := v.Performance.Curtain; at.Before(m.evening.From) || !at.Before(m.evening.To) {
			continue
		}
		m.shows = append(m.shows, show{PerformanceView: v})
	}
	slices.SortStableFunc(m.shows, func(a, b show) int {
		return cmp.Or(a.Performance.Curtain.Compare(b.Performance.Curtain), cmp.Compare(a.Performance.ID, b.Performance.ID))
	})
	ids := make([]boxoffice.PerformanceID, len(m.shows))
	for i := range m.shows {
		ids[i] = m.shows[i].Performance.ID
	}
	m.desk.Show(screen.Live, ids...)
}

// news keeps what happened until it is time to show it.
func (m *Manager) news(msg screen.NewsMsg) tea.Cmd {
	if !m.front {
		return nil
	}
	m.pending.Entries = append(m.pending.Entries, msg.Entries...)
	m.pending.Resync = m.pending.Resync || msg.Resync
	now, cmd := m.pace.Now(m.desk.Now(), settleMsg{})
	if now {
		return m.settle()
	}
	return cmd
}

// settle takes over what is pending.
func (m *Manager) settle() tea.Cmd {
	m.pace.Did(m.desk.Now())
	p := m.pending
	m.pending = screen.NewsMsg{}
	switch {
	case !m.front:
		return nil
	case m.reading:
		m.since = append(m.since, p.Entries...)
		m.again = m.again || p.Resync
		return nil
	case m.evening == nil:
		return nil
	}
	return m.apply(p.Entries, p.Resync)
}

// apply brings the evening up to date; where that cannot be done it is read again.
func (m *Manager) apply(entries []boxoffice.Entry, unsure bool) tea.Cmd {
	for _, e := range entries {
		unsure = !m.evening.Apply(e) || unsure
		switch e.Verb {
		case boxoffice.VerbSignIn, boxoffice.VerbSignOut:
			unsure = !m.cameOrWent(e) || unsure
		case boxoffice.VerbPerformance, boxoffice.VerbPermit:
			unsure = true
		}
	}
	m.stream.add(m, entries, m.desk.Now())
	m.refresh()
	if unsure {
		return m.read()
	}
	return nil
}

// cameOrWent follows who is at work. It returns false for somebody not known.
func (m *Manager) cameOrWent(e boxoffice.Entry) bool {
	at := func(w boxoffice.AtWork) bool { return w.Terminal == e.Actor.Terminal }
	m.present = slices.DeleteFunc(slices.Clone(m.present), at)
	if e.Verb == boxoffice.VerbSignOut {
		return true
	}
	name, known := m.stream.names[e.Actor.Staff]
	m.present = append(m.present, boxoffice.AtWork{
		Staff: boxoffice.Staff{ID: e.Actor.Staff, Name: name, Active: true}, Terminal: e.Actor.Terminal, Since: e.At,
	})
	return known
}

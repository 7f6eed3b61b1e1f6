package manager

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/widget"
)

// pane is one list of the screen. Tab goes from one to the next.
type pane uint8

const (
	tonight   pane = iota // performances
	attention             // what waits too long
	inHand                // baskets in progress
	atWork                // who is at work
	perMinute             // sales per minute: nothing to choose there
	panes
)

// freshFor is how long the edge of what has changed is marked.
const freshFor = 2 * time.Second

// Manager is the live view.
type Manager struct {
	desk  *screen.Desk
	front bool

	evening *boxoffice.Evening
	others  []boxoffice.Attention // what waits too long and the evening does not know of
	present []boxoffice.AtWork
	shows   []show
	stream  stream
	why     string // why there is no evening

	reading bool // an answer is out
	again   bool // it is not enough
	since   []boxoffice.Entry
	pending screen.NewsMsg
	pace    screen.Pace // at which what is pending is taken over
	minute  time.Time   // of what is drawn

	waiting []waiting // the rows of the pane attention
	tables  [panes]*widget.Table
	chart   *widget.Chart
	pane    pane
	byParts bool // sections of the performance chosen are shown
	changed map[rowID]change
	rows    fillings
	counts  [60]int            // tickets sold by the minute
	tenders []boxoffice.Taking // takings by tender

	busy bool
	note string
	bad  bool

	drawn drawing
}

// show is one performance of tonight.
type show struct {
	boxoffice.PerformanceView
	pic    *boxoffice.Picture
	lately int // sold in the last ten minutes
}

// change remembers what a row said, and since when it says it.
type change struct {
	said saying
	at   time.Time
}

// New returns the screen, empty until it is entered.
func New(desk *screen.Desk) *Manager {
	m := &Manager{desk: desk, pace: screen.Pace{Apart: pace}, pane: tonight, changed: map[rowID]change{}, byParts: true, chart: widget.NewChart(desk.Theme)}
	for i := range m.tables {
		m.tables[i] = widget.NewTable(desk.Theme)
	}
	m.tables[tonight].Empty = "Nothing is played today."
	m.tables[attention].Empty = "Nothing waits."
	m.tables[inHand].Empty = "Nobody has anything in hand."
	m.tables[atWork].Empty = "Nobody has signed in today."
	m.chart.To = "now"
	m.setColumns()
	desk.Show(screen.Live) // who sat here before may have watched
	return m
}

// Enter brings the screen to the front and begins to watch.
func (m *Manager) Enter(any) tea.Cmd {
	m.front, m.note, m.drawn.stale = true, "", true
	return m.read()
}

// leave goes to another screen: the evening is not watched meanwhile.
func (m *Manager) leave(to screen.Name, about any) {
	m.front, m.evening, m.pending = false, nil, screen.NewsMsg{}
	m.desk.Show(screen.Live)
	m.desk.Go(to, about)
}

// Busy reports whether the next key depends on an answer that is still out.
func (m *Manager) Busy() bool { return m.busy || m.front && m.evening == nil && m.why == "" }

// Update takes one message.
func (m *Manager) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.note, m.drawn.stale = "", true
		return m.key(msg)
	case screen.TickMsg:
		return m.tick()
	case screen.NewsMsg:
		return m.news(msg)
	case settleMsg:
		m.pace.Rested()
		return m.settle()
	case eveningMsg:
		return m.eveningRead(msg)
	case othersMsg:
		if msg.err == nil {
			m.others = msg.list
			m.refresh()
		}
	case doneMsg:
		return m.done(msg)
	}
	return nil
}

// tick lets a second pass: a minute that begins moves the chart and lets more wait too
// long.
func (m *Manager) tick() tea.Cmd {
	now := m.desk.Now()
	if m.drawn.over(now) || m.drawn.trouble != m.desk.Trouble() {
		m.refresh()
	}
	if m.evening == nil || now.Truncate(time.Minute).Equal(m.minute) {
		return nil
	}
	m.refresh()
	if !now.Before(m.evening.To) {
		return m.read()
	}
	return m.readOthers()
}

func (m *Manager) say(words string, bad bool) { m.note, m.bad, m.drawn.stale = words, bad, true }

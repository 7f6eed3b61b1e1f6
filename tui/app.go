package tui

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/counter"
	"wicket/tui/holds"
	"wicket/tui/manager"
	"wicket/tui/orders"
	"wicket/tui/screen"
	"wicket/tui/theme"
)

// Options is what a terminal works with. Office, Feed, Actor, Staff and House are
// needed; the rest has harmless defaults.
type Options struct {
	Office screen.Office
	Feed   boxoffice.Feed
	Actor  boxoffice.Actor
	Staff  boxoffice.Staff
	House  boxoffice.House
	Theme  *theme.Theme
	Clock  boxoffice.Clock
	Logger *slog.Logger
	// StoreState says in a few words what is wrong with the store, empty if
	// nothing is. It is called often and must not wait.
	StoreState func() string
	// StillMine says whether the person may go on here, now: nil if they may. It is set
	// where they are known by a key; nobody else can sign in at such a terminal then.
	StillMine func(ctx context.Context) error
	// LockAfter is how long nobody has to press a key until the screen locks; ten
	// minutes where it is zero, never where it is less.
	LockAfter time.Duration
	// Bell is where the terminal's bell is rung; nil for a terminal without.
	Bell io.Writer
	// Mouse lets a click put the cursor on a seat. The terminal's own selecting of
	// text then needs a modifier key.
	Mouse bool
	// Out is the terminal, where it is not this machine's own: Wicket then paints it
	// itself. Nil leaves that to Bubble Tea.
	Out io.Writer
	// Common is what it shares with the other terminals of this process.
	Common *Common
}

// App is one terminal.
type App struct {
	desk    *screen.Desk
	live    boxoffice.Subscription
	screens map[screen.Name]screen.Screen
	front   screen.Name
	mouse   bool
	ill     bool // the store was, when it was last looked at

	w, h  int
	queue []tea.KeyMsg
	word  string // about a scan that was no use, until the next key

	people              // who works here, and whose terminal this is
	requests            // what waits for somebody's leave
	notices   []notice  // above the screen, oldest first
	cover     *cover    // nil while the screen is not locked
	touched   time.Time // when a key last came
	lockAfter time.Duration
	bell      io.Writer
	ended     error // why the terminal ended, where its user did not leave

	listening
	after func(d time.Duration, msg tea.Msg) tea.Cmd

	closing   *ClosingMsg // nil while the server stays open
	idleSince time.Time   // while it closes

	version, drawn uint64 // the view is of version drawn
	view           string
	seen           moment // what passes by itself, as the view has it

	common  *Common
	out     io.Writer
	painter *painter      // nil where Bubble Tea draws
	painted size          // of the last view it got
	begun   bool          // it got one
	fed     bool          // the message in hand was news
	shown   chan struct{} // gets one when news have been drawn
}

// size is that of a window, in cells.
type size struct{ w, h int }

// New returns a terminal that shows the counter. Close it, or Run it.
func New(o Options) *App {
	a := &App{mouse: o.Mouse, after: after, bell: o.Bell, lockAfter: cmp.Or(o.LockAfter, usualLock)}
	a.stillMine = o.StillMine
	a.out, a.common, a.shown = o.Out, o.Common, make(chan struct{}, 1)
	if a.common == nil {
		a.common = NewCommon()
	}
	a.desk = &screen.Desk{
		Office: o.Office, Actor: o.Actor, Staff: o.Staff, House: o.House,
		Theme: o.Theme, Clock: o.Clock, Log: o.Logger, State: o.StoreState, Shelf: &a.common.shelf,
	}
	if o.Feed != nil {
		a.live = o.Feed.Subscribe()
		a.desk.Live = a.live
	}
	a.desk.Open()
	a.touched = a.desk.Now()
	a.setUp()
	a.version = 1
	return a
}

// setUp makes the screens anew, the counter in front.
func (a *App) setUp() {
	a.front = screen.Counter
	a.requests = requests{rung: map[boxoffice.ApprovalID]bool{}, over: map[boxoffice.ApprovalID]bool{}}
	a.screens = map[screen.Name]screen.Screen{
		screen.Counter: counter.New(a.desk),
		screen.Orders:  orders.New(a.desk),
		screen.Holds:   holds.New(a.desk),
		screen.Live:    manager.New(a.desk),
	}
}

// Close ends the feed's subscription.
func (a *App) Close() {
	if a.live != nil {
		a.live.Close()
	}
}

// Init brings the counter to the front.
func (a *App) Init() tea.Cmd { return tea.Batch(a.screens[a.front].Enter(nil), a.arrive()) }

type (
	tickMsg  struct{} // a second has begun
	feedMsg  struct{} // the feed has something new
	paintMsg struct{} // the painter would take a view
)

// Update takes one message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmds []tea.Cmd
	before, calm := a.version, a.calm()
	a.version++
	switch msg := a.desk.Mine(msg).(type) {
	case nil, paintMsg:
		a.version = before
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		a.painted = size{} // a window may have lost what it showed, though it is as large as before
	case tea.KeyMsg:
		a.queue = append(a.queue, split(msg)...)
		a.heard()
		a.touched = a.desk.Now()
	case pauseMsg:
		a.pause(msg)
	case tea.MouseMsg:
		a.touched = a.desk.Now()
		if a.desk.Overlays.Top() == nil && a.cover == nil && !a.tooSmall() {
			msg.Y -= a.noticed()
			cmds = append(cmds, a.screens[a.front].Update(msg))
		}
	case tickMsg:
		cmds = append(cmds, a.desk.Overlays.Tell(screen.TickMsg{}), a.screens[a.front].Update(screen.TickMsg{}), a.tick())
	case feedMsg:
		a.fed = true
		cmds = append(cmds, a.news())
	case ClosingMsg:
		a.closing = &msg
	case aroundMsg:
		cmds = append(cmds, a.lookedAround(msg))
	case mineMsg:
		a.mineStill(msg)
	case settledMsg:
		a.settled(msg)
	case saidMsg:
		a.said(msg)
	default:
		cmds = append(cmds, a.tell(msg))
	}
	if a.version != before {
		a.watchStore()
	}
	cmds = append(cmds, a.settle(), a.drain())
	if _, tick := msg.(tickMsg); tick && calm && a.still(before) {
		a.version = before
	}
	if a.desk.Left() || a.ended != nil || a.leaves() {
		return a, tea.Quit
	}
	return a, tea.Batch(cmds...)
}

// news passes on what happened.
func (a *App) news() tea.Cmd {
	if a.live == nil {
		return nil
	}
	entries, resync := a.live.News()
	return tea.Batch(a.told(entries, resync), a.tell(screen.NewsMsg{Entries: entries, Resync: resync}))
}

// tell gives an answer or news to overlays and to every screen: the one that
// asked may not be in front any more.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{a.desk.Overlays.Tell(msg), a.tellCover(msg)}
	for _, name := range []screen.Name{screen.Counter, screen.Orders, screen.Holds, screen.Live} {
		if news, ok := msg.(screen.NewsMsg); ok {
			news.Hidden = name != a.front
			msg = news
		}
		cmds = append(cmds, a.screens[name].Update(msg))
	}
	return tea.Batch(cmds...)
}

// settle does what screens wished for while they took a message.
func (a *App) settle() tea.Cmd {
	if a.desk.Flushed() {
		a.queue, a.typed = nil, 0
	}
	var cmds []tea.Cmd
	for _, wish := range a.desk.Wishes() {
		switch wish {
		case screen.ForHelp:
			a.desk.Overlays.Open(a.help())
		case screen.ForLock:
			a.lock()
		case screen.ForSwitch:
			a.askWho()
		case screen.ForRequests:
			a.showRequests()
		}
	}
	for _, words := range a.desk.Notices() {
		a.note(notice{bad: true, words: words})
	}
	if refusal := a.desk.Refused(); refusal != nil {
		a.offer(refusal)
	}
	if to, about := a.desk.Next(); to != "" {
		a.front = to
		cmds = append(cmds, a.screens[to].Enter(about))
	}
	return tea.Batch(cmds...)
}

// Within bounds everything this terminal asks of the office by ctx.
func (a *App) Within(ctx context.Context) { a.desk.Within(ctx) }

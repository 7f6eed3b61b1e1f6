package tui

import (
	"context"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/counter"
	"wicket/tui/holds"
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
	// Mouse lets a click put the cursor on a seat. The terminal's own selecting of
	// text then needs a modifier key.
	Mouse bool
}

// App is one terminal.
type App struct {
	desk    *screen.Desk
	live    boxoffice.Subscription
	screens map[screen.Name]screen.Screen
	front   screen.Name
	mouse   bool

	w, h  int
	queue []tea.KeyMsg
	word  string // about a scan that was no use, until the next key

	listening
	after func(d time.Duration, msg tea.Msg) tea.Cmd

	closing   *ClosingMsg // nil while the server stays open
	idleSince time.Time   // while it closes

	version, drawn uint64 // the view is of version drawn
	view           string
}

// New returns a terminal that shows the counter. Close it, or Run it.
func New(o Options) *App {
	a := &App{mouse: o.Mouse, front: screen.Counter, after: after}
	a.desk = &screen.Desk{
		Office: o.Office, Actor: o.Actor, Staff: o.Staff, House: o.House,
		Theme: o.Theme, Clock: o.Clock, Log: o.Logger, State: o.StoreState,
	}
	if o.Feed != nil {
		a.live = o.Feed.Subscribe()
		a.desk.Live = a.live
	}
	a.desk.Open()
	a.screens = map[screen.Name]screen.Screen{
		screen.Counter: counter.New(a.desk),
		screen.Orders:  orders.New(a.desk),
		screen.Holds:   holds.New(a.desk),
	}
	a.version = 1
	return a
}

// Close ends the feed's subscription.
func (a *App) Close() {
	if a.live != nil {
		a.live.Close()
	}
}

// Init brings the counter to the front.
func (a *App) Init() tea.Cmd { return a.screens[a.front].Enter(nil) }

type (
	tickMsg struct{} // a second has begun
	feedMsg struct{} // the feed has something new
)

// Update takes one message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.version++
	var cmds []tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.KeyMsg:
		a.queue = append(a.queue, split(msg)...)
		a.heard()
	case pauseMsg:
		a.pause(msg)
	case tea.MouseMsg:
		if a.desk.Overlays.Top() == nil && !a.tooSmall() {
			cmds = append(cmds, a.screens[a.front].Update(msg))
		}
	case tickMsg:
		cmds = append(cmds, a.screens[a.front].Update(screen.TickMsg{}))
	case feedMsg:
		cmds = append(cmds, a.news())
	case ClosingMsg:
		a.closing = &msg
	default:
		cmds = append(cmds, a.tell(msg))
	}
	cmds = append(cmds, a.settle(), a.drain())
	if a.desk.Left() || a.leaves() {
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
	return a.tell(screen.NewsMsg{Entries: entries, Resync: resync})
}

// tell gives an answer or news to overlays and to every screen: the one that
// asked may not be in front any more.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{a.desk.Overlays.Tell(msg)}
	for _, name := range []screen.Name{screen.Counter, screen.Orders, screen.Holds} {
		cmds = append(cmds, a.screens[name].Update(msg))
	}
	return tea.Batch(cmds...)
}

// settle does what screens wished for while they took a message.
func (a *App) settle() tea.Cmd {
	if a.desk.Flushed() {
		a.queue, a.typed = nil, 0
	}
	if a.desk.Helped() {
		a.desk.Overlays.Open(a.help())
	}
	if to, about := a.desk.Next(); to != "" {
		a.front = to
		return a.screens[to].Enter(about)
	}
	return nil
}

// Within bounds everything this terminal asks of the office by ctx.
func (a *App) Within(ctx context.Context) { a.desk.Within(ctx) }

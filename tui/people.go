package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/signin"
)

// people is who works here, and whether the person at this terminal still does.
type people struct {
	all       []boxoffice.Staff
	stillMine func(ctx context.Context) error
	looking   bool // around the house; again: once more after that
	again     bool
	checking  bool // whether the terminal is still theirs; unsure: to be asked again
	unsure    bool
}

// EndedError says why a terminal ended that its user did not leave.
type EndedError struct{ Words string }

func (e *EndedError) Error() string { return e.Words }

// Ended is what its user is told.
func (e *EndedError) Ended() string { return e.Words }

// Kind returns [boxoffice.KindNotAllowed].
func (e *EndedError) Kind() boxoffice.Kind { return boxoffice.KindNotAllowed }

// aroundMsg is the house around the terminal: who works here, who may do what, what
// waits for somebody's leave.
type aroundMsg struct {
	people      []boxoffice.Staff
	permissions boxoffice.Permissions
	waiting     []boxoffice.ApprovalView
	unheard     []boxoffice.ApprovalView // how what the person asked for ended
	err         error
}

// arrive notes that the person is at work here, and looks around.
func (a *App) arrive() tea.Cmd {
	office, by, id, log := a.desk.Office, a.desk.Actor, boxoffice.NewCommandID(), a.desk.Log
	a.looking = true
	return a.desk.Do(func(ctx context.Context) tea.Msg {
		if err := office.EnterDesk(ctx, id, by); err != nil {
			log.Warn("not noted as at work", "err", err)
		}
		return lookAround(ctx, office, by.Staff)
	})
}

// depart notes that the person is no longer at work here.
func (a *App) depart(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), endsIn)
	defer stop()
	if err := a.desk.Office.LeaveDesk(ctx, boxoffice.NewCommandID(), a.desk.Actor); err != nil {
		a.desk.Log.Warn("still noted as at work", "err", err)
	}
}

func lookAround(ctx context.Context, office screen.Office, me boxoffice.StaffID) (m aroundMsg) {
	if m.people, m.err = office.AllStaff(ctx); m.err != nil {
		return m
	}
	if m.permissions, m.err = office.Permissions(ctx); m.err != nil {
		return m
	}
	if m.waiting, m.err = office.Waiting(ctx); m.err != nil {
		return m
	}
	m.unheard, m.err = office.Unheard(ctx, me)
	return m
}

// lookAgain looks around, now or once the answer that is out has come.
func (a *App) lookAgain() tea.Cmd {
	if a.looking {
		a.again = true
		return nil
	}
	a.looking, a.again = true, false
	office, me := a.desk.Office, a.desk.Staff.ID
	return a.desk.Do(func(ctx context.Context) tea.Msg { return lookAround(ctx, office, me) })
}

func (a *App) lookedAround(m aroundMsg) tea.Cmd {
	a.looking = false
	if m.err != nil {
		a.desk.Log.Info("the house was not looked at", "err", m.err)
		a.again = true // with the next second
		return nil
	}
	a.all, a.desk.Permissions = a.desk.Shelf.People(m.people), m.permissions
	cmds := []tea.Cmd{a.waits(m.waiting), a.desk.Overlays.Tell(m)}
	for _, v := range m.unheard {
		a.settled(settledMsg{view: v})
	}
	if a.again {
		cmds = append(cmds, a.lookAgain())
	}
	return tea.Batch(cmds...)
}

// told takes over what concerns the whole terminal of what happened.
func (a *App) told(entries []boxoffice.Entry, resync bool) tea.Cmd {
	around, mine := resync, resync
	for _, e := range entries {
		switch e.Verb {
		case boxoffice.VerbStaff:
			around, mine = true, true
		case boxoffice.VerbRevokeKey, boxoffice.VerbDistrust:
			mine = true
		case boxoffice.VerbPermit, boxoffice.VerbAsk, boxoffice.VerbAllow, boxoffice.VerbRefuse, boxoffice.VerbWithdraw, boxoffice.VerbUnanswered:
			around = true
		case boxoffice.VerbTell:
			a.hear(e)
		}
	}
	var cmds []tea.Cmd
	if around {
		cmds = append(cmds, a.lookAgain())
	}
	if mine {
		cmds = append(cmds, a.checkMine())
	}
	return tea.Batch(cmds...)
}

// tick does what time brings: what was not answered is asked again, and a keyboard
// that nobody touches locks the screen.
func (a *App) tick() tea.Cmd {
	var cmds []tea.Cmd
	if a.again && !a.looking {
		cmds = append(cmds, a.lookAgain())
	}
	if a.unsure && !a.checking {
		cmds = append(cmds, a.checkMine())
	}
	if a.cover == nil && a.lockAfter > 0 && a.untouched() >= a.lockAfter {
		a.lock()
	}
	return tea.Batch(append(cmds, a.lapse())...)
}

// untouched returns how long nobody has touched the keyboard: by the clock on the wall,
// which goes on while the machine sleeps, or by the time it was awake, which nobody can
// set back.
func (a *App) untouched() time.Duration {
	now := a.desk.Now()
	return max(now.Sub(a.touched), now.Round(0).Sub(a.touched.Round(0)))
}

// mineMsg says whether the terminal is still its person's.
type mineMsg struct {
	staff boxoffice.Staff
	err   error // why it could not be told
	gone  string
}

// checkMine asks again who the person is, and whether they may be here.
func (a *App) checkMine() tea.Cmd {
	if a.checking {
		a.unsure = true
		return nil
	}
	a.checking, a.unsure = true, false
	office, staff, still := a.desk.Office, a.desk.Staff, a.stillMine
	return a.desk.Do(func(ctx context.Context) tea.Msg {
		var m mineMsg
		m.staff, m.err = office.Person(ctx, staff.ID)
		switch {
		case boxoffice.IsNotFound(m.err), m.err == nil && !m.staff.Active:
			m.gone = screen.Sentence(boxoffice.Clean(staff.Name) + " works here no longer")
		case m.err == nil && still != nil:
			if m.err = still(ctx); m.err != nil && boxoffice.KindOf(m.err) != boxoffice.KindStore && ctx.Err() == nil {
				m.gone = screen.Sentence(m.err.Error())
			}
		}
		return m
	})
}

func (a *App) mineStill(m mineMsg) {
	a.checking = false
	switch {
	case m.gone != "":
		a.ended = &EndedError{m.gone + " What was sold and held stands; the basket stays."}
	case m.err != nil:
		a.desk.Log.Warn("not told whether the terminal is still theirs", "err", m.err)
		a.unsure = true
	default:
		before := a.desk.Staff
		a.desk.Staff = m.staff
		if a.cover != nil && before.PIN != m.staff.PIN {
			a.cover.own = a.ownPIN() // there is one to type now, or none any more
		}
	}
}

// keyed reports whether the person is known by a key: nobody else can sit down here.
func (a *App) keyed() bool { return a.stillMine != nil }

// check signs a person in at this terminal.
func (a *App) check() signin.Check {
	office, terminal := a.desk.Office, a.desk.Actor.Terminal
	return func(ctx context.Context, name, pin string) (boxoffice.Staff, error) {
		return office.SignIn(ctx, terminal, name, pin)
	}
}

// who asks who is there.
func (a *App) who(leave string) *signin.Form {
	return signin.New(signin.Options{
		Theme: a.desk.Theme, Clock: a.desk.Clock, People: a.all, Enter: "sign in", Leave: leave, Check: a.check(), Do: a.desk.Do,
	})
}

// askWho lets somebody else sit down here.
func (a *App) askWho() {
	if a.keyed() {
		a.note(notice{bad: true, brief: true, words: "Over SSH a terminal is its key's: nobody else can sign in here. Connect as yourself."})
		return
	}
	a.desk.Overlays.Open(&pinOverlay{Form: a.who("stay"), desk: a.desk, title: "Switch", proved: func(s boxoffice.Staff) tea.Cmd { return a.sit(s) }})
}

// sit gives the terminal to somebody: their basket is in front of them, that of who
// sat here before stays theirs.
func (a *App) sit(staff boxoffice.Staff) tea.Cmd {
	if staff.ID == a.desk.Staff.ID {
		return nil
	}
	a.desk.Sit(staff)
	a.queue, a.notices, a.cover, a.typed, a.word = nil, nil, nil, 0, ""
	a.looking, a.again, a.checking, a.unsure = false, false, false, false
	a.setUp()
	return a.Init()
}

// pinOverlay asks for a PIN in front of a screen.
type pinOverlay struct {
	*signin.Form
	desk   *screen.Desk
	title  string
	proved func(boxoffice.Staff) tea.Cmd
}

// Update takes a key or an answer.
func (p *pinOverlay) Update(msg tea.Msg) (tea.Cmd, bool) {
	cmd, done := p.Form.Update(msg)
	if staff, ok := p.Staff(); done && ok {
		return tea.Batch(cmd, p.proved(staff)), true
	}
	return cmd, done
}

// Lines draws the form below a header.
func (p *pinOverlay) Lines(w, h int) []string {
	lines := []string{p.desk.Header(w, p.title), p.desk.Rule(w, ""), ""}
	return append(lines, p.Form.Lines(w, h-len(lines))...)
}

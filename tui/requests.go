package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
	"wicket/tui/signin"
	"wicket/tui/theme"
)

// requests is what waits for somebody's leave in the house.
type requests struct {
	waiting []boxoffice.ApprovalView
	rung    map[boxoffice.ApprovalID]bool // the bell rang for it
	over    map[boxoffice.ApprovalID]bool // the person was told how theirs ended
}

// mine returns what the person asked for and waits, wherever they asked.
func (a *App) mine() []boxoffice.ApprovalView {
	return a.waitingWhere(func(v boxoffice.Approval) bool { return v.By.Staff == a.desk.Staff.ID })
}

// answerable returns what waits and the person may allow.
func (a *App) answerable() []boxoffice.ApprovalView {
	return a.waitingWhere(func(v boxoffice.Approval) bool { return v.By.Staff != a.desk.Staff.ID && a.desk.May(v.Permission) })
}

func (a *App) waitingWhere(is func(boxoffice.Approval) bool) []boxoffice.ApprovalView {
	var out []boxoffice.ApprovalView
	for _, v := range a.waiting {
		if v.Approval.Waits(a.desk.Now()) && is(v.Approval) {
			out = append(out, v)
		}
	}
	return out
}

func (a *App) waitsStill(id boxoffice.ApprovalID) bool {
	return len(a.waitingWhere(func(v boxoffice.Approval) bool { return v.ID == id })) > 0
}

// waits takes over what waits now: it rings for what is new and theirs to answer,
// and asks how what they asked for ended.
func (a *App) waits(now []boxoffice.ApprovalView) tea.Cmd {
	before := a.waiting
	a.waiting = now
	var cmds []tea.Cmd
	ring := false
	for _, v := range a.answerable() {
		if !a.rung[v.Approval.ID] {
			a.rung[v.Approval.ID], ring = true, true
		}
	}
	if ring {
		cmds = append(cmds, a.ring())
	}
	for _, v := range before {
		if v.Approval.By.Staff == a.desk.Staff.ID && !a.waitsStill(v.Approval.ID) {
			cmds = append(cmds, a.askHowItEnded(v.Approval.ID))
		}
	}
	return tea.Batch(cmds...)
}

// lapse looks at what nobody answered in time.
func (a *App) lapse() tea.Cmd {
	for _, v := range a.waiting {
		if !v.Approval.Waits(a.desk.Now()) {
			return a.lookAgain()
		}
	}
	return nil
}

// ring rings the terminal's bell.
func (a *App) ring() tea.Cmd {
	bell := a.bell
	if bell == nil {
		return nil
	}
	return func() tea.Msg {
		_, _ = io.WriteString(bell, "\a")
		return nil
	}
}

// settledMsg is a request of the person's own that waits no longer.
type settledMsg struct {
	view boxoffice.ApprovalView
	err  error
}

func (a *App) askHowItEnded(id boxoffice.ApprovalID) tea.Cmd {
	if a.over[id] {
		return nil
	}
	office := a.desk.Office
	return a.desk.Do(func(ctx context.Context) tea.Msg {
		v, err := office.Approval(ctx, id)
		return settledMsg{v, err}
	})
}

// settled tells the person how what they asked for ended.
func (a *App) settled(m settledMsg) {
	v := m.view
	if m.err != nil {
		a.desk.Log.Warn("not told how a request ended", "err", m.err)
		return
	}
	if v.Approval.State == boxoffice.ApprovalWaiting || a.over[v.Approval.ID] {
		return
	}
	a.over[v.Approval.ID] = true
	who, what := boxoffice.Shorten(boxoffice.Clean(v.AnsweredBy), 30), boxoffice.Clean(v.Approval.Words)
	reason, answers := "", []boxoffice.ApprovalID{v.Approval.ID}
	if r := boxoffice.Clean(v.Approval.Reason); r != "" {
		reason = " «" + r + "»"
	}
	switch v.Approval.State {
	case boxoffice.ApprovalAllowed:
		if v.Approval.Ask.Kind == boxoffice.AskVoid {
			reason += " Give the money back."
		}
		a.note(notice{words: who + " allowed it, and it is done: " + what + "." + reason, answers: answers})
	case boxoffice.ApprovalRefused:
		a.note(notice{bad: true, words: who + " refused: " + what + "." + reason, answers: answers})
	case boxoffice.ApprovalLapsed:
		a.note(notice{bad: true, words: "Nobody answered in time: " + what + ". Ask again, or find somebody.", answers: answers})
	case boxoffice.ApprovalWithdrawn:
		a.note(notice{brief: true, words: "Withdrawn: " + what + "."})
	}
}

// requestLines draws what waits: what the person can answer, and what they asked for.
func (a *App) requestLines(w int) []string {
	d, th := a.desk, a.desk.Theme
	var lines []string
	line := func(mark, said, hint string, ink theme.SGR) {
		room := max(1, w-6-boxoffice.Width(hint))
		said = boxoffice.Shorten(d.Plain(said), room)
		var p theme.Pen
		p.Gap(1)
		p.Write(ink, mark)
		p.Gap(1)
		p.Write(ink, said)
		p.Gap(max(1, w-4-boxoffice.Width(said)-boxoffice.Width(hint)))
		p.Write(th.Dim, hint)
		lines = append(lines, p.String())
	}
	more := func(n int, hint string) string {
		if n > 1 {
			return fmt.Sprintf("+%d  %s", n-1, hint)
		}
		return hint
	}
	if all := a.answerable(); len(all) > 0 {
		line(th.Glyphs.Here, a.asks(all[0]), more(len(all), "F9 answers"), th.Accent)
	}
	if all := a.mine(); len(all) > 0 {
		v := all[0].Approval
		said := "Waiting " + boxoffice.Countdown(d.Now().Sub(v.AskedAt)) + " for an answer: " + boxoffice.Clean(v.Words)
		line(th.Glyphs.Others, said, more(len(all), "F9 shows it"), th.Text)
	}
	return lines
}

// asks says who asks for what: «Ben (window 4) asks: void order 1042, 48.00, «wrong
// night»».
func (a *App) asks(v boxoffice.ApprovalView) string {
	said := boxoffice.Shorten(askerOf(v), 34) + " asks: " + boxoffice.Clean(v.Approval.Words)
	if why := boxoffice.Clean(v.Approval.Ask.Reason); why != "" {
		said += ", «" + why + "»"
	}
	return said
}

func askerOf(v boxoffice.ApprovalView) string {
	said := boxoffice.Clean(v.Asker)
	if at := boxoffice.Clean(v.Approval.By.Terminal); at != "" {
		said += " (" + at + ")"
	}
	return said
}

// aboutRequest is a dialog about one request; it goes away with it.
type aboutRequest struct {
	*screen.Dialog
	app *App
	id  boxoffice.ApprovalID
}

// Update takes a key; the dialog closes once its request waits no longer.
func (r *aboutRequest) Update(msg tea.Msg) (tea.Cmd, bool) {
	if !r.app.waitsStill(r.id) {
		return nil, true
	}
	return r.Dialog.Update(msg)
}

// Lines draws it with how long it waits.
func (r *aboutRequest) Lines(w, h int) []string {
	for _, v := range r.app.waiting {
		if v.Approval.ID == r.id && len(r.Body) > 0 {
			now := r.app.desk.Now()
			r.Body[len(r.Body)-1] = "Asked " + boxoffice.Countdown(now.Sub(v.Approval.AskedAt)) + " ago; it lapses in " + boxoffice.Countdown(v.Approval.LapsesAt.Sub(now)) + "."
		}
	}
	return r.Dialog.Lines(w, h)
}

// showRequests opens what waits: first what the person can answer, then what they
// asked for.
func (a *App) showRequests() {
	if _, open := a.desk.Overlays.Top().(*aboutRequest); open {
		return
	}
	id := a.desk.Request()
	switch all := a.answerable(); {
	case len(all) > 0:
		a.showAnswerable(max(0, slices.IndexFunc(all, func(v boxoffice.ApprovalView) bool { return v.Approval.ID == id })))
	case len(a.mine()) > 0:
		a.showMine(a.mine()[0])
	default:
		a.note(notice{brief: true, words: a.othersWait()})
	}
}

// othersWait says what waits that the person can neither answer nor asked for, and who
// could answer.
func (a *App) othersWait() string {
	all := a.waitingWhere(func(boxoffice.Approval) bool { return true })
	if len(all) == 0 {
		return "Nothing waits for anybody's leave."
	}
	said := screen.Sentence(a.asks(all[0]))
	if len(all) > 1 {
		said = fmt.Sprintf("%d requests wait; the first: ", len(all)) + said
	}
	who := "nobody here"
	var refused *boxoffice.NotAllowedError
	if errors.As(a.desk.Permissions.Check(a.desk.Staff, all[0].Approval.Permission), &refused) {
		who = refused.AllowedBy
	}
	return said + " You may not answer it; " + boxoffice.Clean(who) + " can."
}

// showAnswerable asks the person to answer the i-th request they can answer.
func (a *App) showAnswerable(i int) {
	all := a.answerable()
	if len(all) == 0 {
		return
	}
	v := all[i%len(all)]
	body := []string{""}
	if why := boxoffice.Clean(v.Approval.Ask.Reason); why != "" {
		body = []string{"Why: " + why, ""}
	}
	dialog := &screen.Dialog{
		Desk: a.desk, Title: boxoffice.Shorten(askerOf(v), 40) + " asks: " + boxoffice.Clean(v.Approval.Words), Body: body, Harmless: "later",
		Choices: []screen.Choice{
			{Key: "y", Words: "allow: it is done at once", Do: func() tea.Cmd { return a.answer(v, true, "") }},
			{Key: "n", Words: "refuse", Do: func() tea.Cmd {
				a.refuse(v)
				return nil
			}},
		},
	}
	if len(all) > 1 {
		dialog.Choices = append(dialog.Choices, screen.Choice{Key: "ctrl+n", Words: fmt.Sprintf("the next of %d", len(all)), Do: func() tea.Cmd {
			a.showAnswerable(i + 1)
			return nil
		}})
	}
	a.desk.Overlays.Open(&aboutRequest{dialog, a, v.Approval.ID})
}

// refuse asks for the reason of a refusal.
func (a *App) refuse(v boxoffice.ApprovalView) {
	dialog := &screen.Dialog{
		Desk: a.desk, Title: "Refuse " + boxoffice.Shorten(askerOf(v), 40) + ": " + boxoffice.Clean(v.Approval.Words) + "?", Prompt: "why", Harmless: "not yet",
	}
	dialog.Choices = []screen.Choice{{Key: "enter", Words: "refuse it", Reasoned: true, Do: func() tea.Cmd {
		return a.answer(v, false, boxoffice.Clean(dialog.Reason))
	}}}
	a.desk.Overlays.Open(&aboutRequest{dialog, a, v.Approval.ID})
}

func (a *App) answer(v boxoffice.ApprovalView, allowed bool, reason string) tea.Cmd {
	office, by, id := a.desk.Office, a.desk.Actor, boxoffice.NewCommandID()
	said := "Refused: "
	if allowed {
		said = "Allowed, and done: "
	}
	return a.desk.Do(func(ctx context.Context) tea.Msg {
		return saidMsg{words: said + boxoffice.Clean(v.Approval.Words) + ".", err: office.Answer(ctx, id, by, v.Approval.ID, allowed, reason)}
	})
}

// showMine shows what the person asked for, to wait on, take back, or have allowed
// here.
func (a *App) showMine(v boxoffice.ApprovalView) {
	office, by, id := a.desk.Office, a.desk.Actor, v.Approval.ID
	dialog := &screen.Dialog{
		Desk: a.desk, Title: "You asked: " + boxoffice.Clean(v.Approval.Words), Body: []string{""}, Harmless: "go on waiting",
		Choices: []screen.Choice{
			{Key: "w", Words: "withdraw it", Do: func() tea.Cmd {
				cmd := boxoffice.NewCommandID()
				return a.desk.Do(func(ctx context.Context) tea.Msg { return saidMsg{err: office.Withdraw(ctx, cmd, by, id)} })
			}},
			{Key: "p", Words: "a supervisor's PIN here", Do: func() tea.Cmd {
				a.askPIN(v.Approval.Permission, "", func(ctx context.Context, name, pin string) (boxoffice.ApprovalID, error) {
					return id, office.AnswerHere(ctx, boxoffice.NewCommandID(), by, name, pin, id, true, "")
				}, func() {})
				return nil
			}},
		},
	}
	a.desk.Overlays.Open(&aboutRequest{dialog, a, id})
}

// offer offers to ask for what was refused: somebody at their own terminal, or who
// types their PIN here.
func (a *App) offer(r *screen.Refusal) {
	by := boxoffice.Clean(r.Why.AllowedBy)
	left := r.Left
	a.desk.Overlays.Intrude(&screen.Dialog{
		Desk: a.desk, Warning: true, Title: screen.Explain(r.Why), Harmless: "leave it",
		Closed: func() { left() },
		Choices: []screen.Choice{
			{Key: "a", Words: "ask " + by, Do: func() tea.Cmd {
				left = func() {}
				a.askWhy(r)
				return nil
			}},
			{Key: "p", Words: by + "'s PIN here", Do: func() tea.Cmd {
				left = func() {}
				a.allowHere(r)
				return nil
			}},
		},
	})
}

// askWhy asks for the reason, and then whoever may allow it.
func (a *App) askWhy(r *screen.Refusal) {
	dialog := &screen.Dialog{
		Desk: a.desk, Title: "Ask " + boxoffice.Clean(r.Why.AllowedBy) + ": they see it at once, and you can go on working.",
		Prompt: "why", Reason: r.Ask.Reason, Harmless: "do not ask",
	}
	office, by, ask, id := a.desk.Office, a.desk.Actor, r.Ask, boxoffice.NewCommandID()
	dialog.Choices = []screen.Choice{{Key: "enter", Words: "ask", Reasoned: true, Do: func() tea.Cmd {
		ask.Reason = boxoffice.Clean(dialog.Reason)
		return a.desk.Do(func(ctx context.Context) tea.Msg {
			_, err := office.Ask(ctx, id, by, ask)
			return saidMsg{err: err, then: r.Asked}
		})
	}}}
	a.desk.Overlays.Open(dialog)
}

// allowHere has it allowed by who types their PIN here. It is asked for only once the
// PIN is right, so that nobody's terminal rings for it.
func (a *App) allowHere(r *screen.Refusal) {
	office, by, ask, check := a.desk.Office, a.desk.Actor, r.Ask, a.check()
	a.askPIN(boxoffice.Permission(r.Why.Permission), r.Why.AllowedBy, func(ctx context.Context, name, pin string) (boxoffice.ApprovalID, error) {
		if _, err := check(ctx, name, pin); err != nil {
			return 0, err
		}
		request, err := office.Ask(ctx, boxoffice.NewCommandID(), by, ask)
		if err != nil {
			return 0, err
		}
		err = office.AnswerHere(ctx, boxoffice.NewCommandID(), by, name, pin, request.ID, true, "")
		if err != nil && office.Withdraw(ctx, boxoffice.NewCommandID(), by, request.ID) != nil {
			return 0, fmt.Errorf("%w; it waits for an answer still", err)
		}
		return request.ID, err
	}, r.Asked)
}

// askPIN asks for the PIN of somebody who may do p, and does what it allows: do
// returns the request that was answered by it, then is called after it.
func (a *App) askPIN(p boxoffice.Permission, whose string, do func(ctx context.Context, name, pin string) (boxoffice.ApprovalID, error), then func()) {
	if whose == "" {
		whose = "who may allow it"
	}
	var may []boxoffice.Staff
	for _, s := range a.all {
		if s.ID != a.desk.Staff.ID && s.PIN != "" && a.desk.Permissions.Check(s, p) == nil {
			may = append(may, s)
		}
	}
	var answered boxoffice.ApprovalID
	form := signin.New(signin.Options{
		Theme: a.desk.Theme, Clock: a.desk.Clock, People: may, Ask: "The PIN of " + boxoffice.Clean(whose) + " allows it. Who is here?",
		Empty: "Nobody who may allow it has a PIN.", Enter: "allow it", Leave: "leave it", Do: a.desk.Do,
		Check: func(ctx context.Context, name, pin string) (boxoffice.Staff, error) {
			var err error
			answered, err = do(ctx, name, pin)
			return boxoffice.Staff{Name: name}, err
		},
	})
	a.desk.Overlays.Open(&pinOverlay{Form: form, desk: a.desk, title: "Allow it here", proved: func(s boxoffice.Staff) tea.Cmd {
		a.over[answered] = true // they are told here
		then()
		a.note(notice{brief: true, words: boxoffice.Clean(s.Name) + " allowed it, and it is done."})
		return nil
	}})
}

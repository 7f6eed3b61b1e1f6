package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// notice is something the terminal tells above the screen. It stays until Esc takes
// it away; a brief one until the next key.
type notice struct {
	words string
	bad   bool
	brief bool
	at    time.Time
	// answers are the requests whose end it tells: who takes it away has heard of it.
	answers []boxoffice.ApprovalID
}

const (
	// unread is how long keys pass a notice by: they were meant for the screen.
	unread = time.Second
	// noticeLines is how many lines one may take.
	noticeLines = 3
)

// note adds a notice. Of the same words there is one.
func (a *App) note(n notice) {
	n.at = a.desk.Now()
	for i, have := range a.notices {
		if have.words == n.words {
			a.notices[i].answers = append(have.answers, n.answers...)
			return
		}
	}
	a.notices = append(a.notices, n)
}

// saidMsg is what came of something the person did about the terminal: nothing is
// said where both are empty.
type saidMsg struct {
	words string
	err   error
	then  func() // where it went well; may be nil
}

func (a *App) said(m saidMsg) {
	if m.err == nil && m.then != nil {
		m.then()
	}
	switch {
	case m.err != nil:
		a.desk.Flush()
		a.note(notice{bad: true, words: screen.Explain(m.err)})
	case m.words != "":
		a.note(notice{brief: true, words: m.words})
	}
}

// hear takes over a message, where it is for who is here.
func (a *App) hear(e boxoffice.Entry) {
	m, ok := e.Message()
	d := a.desk
	if !ok || !m.For(d.Actor.Terminal, d.Staff.Name) || m.From.Staff == d.Staff.ID && m.From.Terminal == d.Actor.Terminal {
		return
	}
	a.note(notice{words: boxoffice.Shorten(a.nameOf(m.From), 40) + ": " + boxoffice.Clean(m.Words)})
}

// nameOf names who did something, and where: «Maria (window 1)».
func (a *App) nameOf(by boxoffice.Actor) string {
	name := "somebody"
	for _, s := range a.all {
		if s.ID == by.Staff {
			name = boxoffice.Clean(s.Name)
		}
	}
	if by.Terminal != "" {
		name += " (" + boxoffice.Clean(by.Terminal) + ")"
	}
	return name
}

// dismiss takes a notice away that this key is about; true where the key did no more.
func (a *App) dismiss(k tea.KeyMsg) (cmd tea.Cmd, did bool) {
	now := a.desk.Now()
	first := -1
	kept := a.notices[:0]
	for _, n := range a.notices {
		if n.brief && now.Sub(n.at) >= unread {
			continue
		}
		kept = append(kept, n)
		if !n.brief && first < 0 {
			first = len(kept) - 1
		}
	}
	a.notices = kept
	if k.Type != tea.KeyEsc || a.desk.Overlays.Top() != nil || first < 0 || now.Sub(a.notices[first].at) < unread {
		return nil, false
	}
	cmd = a.hearAll(a.notices[first].answers)
	a.notices = append(a.notices[:first:first], a.notices[first+1:]...)
	return cmd, true
}

// hearAll notes that the person has read how what they asked for ended. What is not
// noted is told again the next time they start.
func (a *App) hearAll(answers []boxoffice.ApprovalID) tea.Cmd {
	if len(answers) == 0 {
		return nil
	}
	office, by, log := a.desk.Office, a.desk.Actor, a.desk.Log
	return a.desk.Do(func(ctx context.Context) tea.Msg {
		for _, id := range answers {
			if err := office.Heard(ctx, boxoffice.NewCommandID(), by, id); err != nil {
				log.Info("not noted that an answer was read", "request", id, "err", err)
			}
		}
		return nil
	})
}

// unseen says what waits under the lock.
func (a *App) unseen() string {
	var said []string
	if n := len(a.notices); n > 0 {
		said = append(said, screen.Count(n, "message"))
	}
	if n := len(a.answerable()); n > 0 {
		said = append(said, screen.Count(n, "request"))
	}
	if len(said) == 0 {
		return ""
	}
	verb := " waits."
	if len(said) > 1 || !strings.HasPrefix(said[0], "1 ") {
		verb = " wait."
	}
	return strings.Join(said, " and ") + verb
}

// noticed returns how many lines the notices take.
func (a *App) noticed() int { return len(a.noticeLines(a.w)) }

// noticeLines draws that the store is ill, the first notice, and what waits for leave.
func (a *App) noticeLines(w int) []string {
	d, th := a.desk, a.desk.Theme
	g := &th.Glyphs
	lines := a.illLines(w)
	if len(a.notices) > 0 {
		n := a.notices[0]
		mark, ink := th.Accent.Paint(g.Here), th.Strong
		switch {
		case n.bad:
			mark = th.Error.Paint(g.Error)
		case n.brief:
			mark, ink = th.Good.Paint(g.Good), th.Text
		}
		hint := ""
		if !n.brief {
			hint = "esc"
		}
		if more := len(a.notices) - 1; more > 0 {
			hint = strings.TrimSpace(fmt.Sprintf("+%d  %s", more, hint))
		}
		room := w - 5 - boxoffice.Width(hint)
		said := screen.Wrap(d.Plain(boxoffice.Clean(n.words)), room, noticeLines)
		for i, l := range said {
			line := " " + mark + " "
			if i > 0 {
				line = "   "
			}
			line += ink.Paint(l)
			if i == len(said)-1 && hint != "" {
				line += strings.Repeat(" ", max(1, w-4-boxoffice.Width(l)-boxoffice.Width(hint))) + th.Dim.Paint(hint)
			}
			lines = append(lines, line)
		}
	}
	return append(lines, a.requestLines(w)...)
}

// withNotices puts the notices below the first line of a view that leaves room for
// them.
func (a *App) withNotices(lines []string, notices []string) []string {
	if len(notices) == 0 || len(lines) == 0 {
		return lines
	}
	out := append([]string{lines[0]}, notices...)
	return append(out, lines[1:]...)
}

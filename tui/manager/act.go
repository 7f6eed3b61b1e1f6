package manager

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// doneMsg is the answer to a use case.
type doneMsg struct {
	err  error
	said string
	to   screen.Name // where to go then; empty to stay
}

// do runs a use case; said is what stands there once it is done.
func (m *Manager) do(said string, to screen.Name, fn func(context.Context, boxoffice.CommandID) error) tea.Cmd {
	cmd := boxoffice.NewCommandID()
	m.busy = true
	return m.desk.Do(func(ctx context.Context) tea.Msg { return doneMsg{fn(ctx, cmd), said, to} })
}

func (m *Manager) done(msg doneMsg) tea.Cmd {
	m.busy = false
	if msg.err != nil {
		m.desk.Flush()
		m.say(screen.Explain(msg.err), true)
		return nil
	}
	m.say(msg.said, false)
	if msg.to != "" {
		m.leave(msg.to, nil)
	}
	return nil
}

// whose says whose basket it is: «Ben (window 4)», «Ben (was at window 4)».
func (m *Manager) whose(b *boxoffice.BasketInHand) string {
	return fmt.Sprintf("%s (%s)", boxoffice.Clean(b.Name), boxoffice.Clean(m.where(b)))
}

// where says at which terminal a basket was filled, and whether its owner has left it:
// somebody else may be there now.
func (m *Manager) where(b *boxoffice.BasketInHand) string {
	if m.isAt(b.Staff, b.Terminal) {
		return b.Terminal
	}
	return "was at " + b.Terminal
}

// isAt reports whether a person is at work at a terminal; at any where it is empty.
func (m *Manager) isAt(staff boxoffice.StaffID, terminal string) bool {
	return slices.ContainsFunc(m.present, func(w boxoffice.AtWork) bool {
		return w.Staff.ID == staff && (terminal == "" || w.Terminal == terminal)
	})
}

// askRelease asks before a basket is freed, and why.
func (m *Manager) askRelease() {
	var id boxoffice.BasketID
	title, told := "", ""
	if b := m.chosenBasket(); b != nil {
		id = b.Basket
		title = fmt.Sprintf("Release the basket of %s? %s in hand since %s.", m.whose(b), screen.Count(b.Places, "place"), m.desk.TimeOf(b.Since))
		told = fmt.Sprintf("Released: %s of %s went back.", screen.Count(b.Places, "place"), m.whose(b))
	} else if w := m.chosenWaiting(); w != nil && w.Basket != 0 {
		id, title, told = w.Basket, "Release it? "+screen.Sentence(w.Words), "Released."
	}
	if id == 0 {
		return
	}
	office, by := m.desk.Office, m.desk.Actor
	dialog := &screen.Dialog{
		Desk: m.desk, Warning: true, Title: title, Prompt: "why", Harmless: "keep it",
		Body: []string{"Its places are on sale again at once. The clerk is told why."},
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: "release it", Reasoned: true, Do: func() tea.Cmd {
		return m.do(told, "", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.FreeBasket(ctx, cmd, by, id, boxoffice.Clean(dialog.Reason))
		})
	}}}
	m.desk.Overlays.Open(dialog)
}

// askTakeOver asks before a colleague's basket becomes this person's, and why.
func (m *Manager) askTakeOver() {
	b := m.chosenBasket()
	if !m.canTakeOver(b) {
		return
	}
	office, by, from := m.desk.Office, m.desk.Actor, b.Staff
	dialog := &screen.Dialog{
		Desk: m.desk, Title: fmt.Sprintf("Take over the basket of %s? %s, until %s.", m.whose(b), screen.Count(b.Places, "place"), m.desk.TimeOf(b.Until)),
		Body: []string{"What you have in hand is parked. You go on with it at the counter."}, Prompt: "why", Harmless: "leave it",
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: "take it over", Reasoned: true, Do: func() tea.Cmd {
		return m.do("It is yours now.", screen.Counter, func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.TakeOver(ctx, cmd, by, from, boxoffice.Clean(dialog.Reason))
		})
	}}}
	m.desk.Overlays.Open(dialog)
}

// askSales asks before sales of the performance chosen are stopped or opened.
func (m *Manager) askSales() {
	s := m.chosenShow()
	if m.pane != tonight || s == nil || s.Performance.State == boxoffice.PerformanceCancelled {
		return
	}
	office, by, id := m.desk.Office, m.desk.Actor, s.Performance.ID
	if s.Performance.State != boxoffice.OnSale {
		m.desk.Overlays.Open(&screen.Dialog{
			Desk: m.desk, Title: "Open sales of " + m.called(s) + "?", Body: []string{"Every counter sells it at once."}, Harmless: "leave it",
			Choices: []screen.Choice{{Key: "ctrl+x", Words: "open sales", Do: func() tea.Cmd {
				return m.do("Sales of "+m.called(s)+" are open.", "", func(ctx context.Context, cmd boxoffice.CommandID) error {
					return office.OpenSales(ctx, cmd, by, id)
				})
			}}},
		})
		return
	}
	m.askToEnd("Stop sales of "+m.called(s)+"?", "Every counter refuses new places at once. What is held may still be paid for.", "stop sales",
		"Sales of "+m.called(s)+" are stopped.", func(ctx context.Context, cmd boxoffice.CommandID, why string) error {
			return office.StopSales(ctx, cmd, by, id, why)
		})
}

// askCancel asks before the performance chosen is cancelled.
func (m *Manager) askCancel() {
	s := m.chosenShow()
	if m.pane != tonight || s == nil || s.Performance.State == boxoffice.PerformanceCancelled {
		return
	}
	office, by, id := m.desk.Office, m.desk.Actor, s.Performance.ID
	body := fmt.Sprintf("Nothing of it is sold any more, not even what is held. %s sold and %d held; this cannot be undone.",
		screen.Count(s.Total.Sold, "ticket"), s.Total.Held)
	m.askToEnd("Cancel "+m.called(s)+"?", body, "cancel the performance",
		m.called(s)+" is cancelled.", func(ctx context.Context, cmd boxoffice.CommandID, why string) error {
			return office.CancelPerformance(ctx, cmd, by, id, why)
		})
}

func (m *Manager) askToEnd(title, body, answer, said string, fn func(context.Context, boxoffice.CommandID, string) error) {
	dialog := &screen.Dialog{
		Desk: m.desk, Warning: true, Title: title, Body: []string{body}, Prompt: "why", Harmless: "leave it",
	}
	dialog.Choices = []screen.Choice{{Key: "ctrl+x", Words: answer, Reasoned: true, Do: func() tea.Cmd {
		return m.do(said, "", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return fn(ctx, cmd, boxoffice.Clean(dialog.Reason))
		})
	}}}
	m.desk.Overlays.Open(dialog)
}

// called names a performance: «Macbeth, 20:00».
func (m *Manager) called(s *show) string {
	return boxoffice.Shorten(boxoffice.Clean(s.Performance.Title), 40) + ", " + m.desk.TimeOf(s.Performance.Curtain)
}

// askTell asks what to tell somebody, or everybody where to is empty.
func (m *Manager) askTell(to, name string) {
	office, by := m.desk.Office, m.desk.Actor
	title, said := "A message to everybody at work.", "Told everybody."
	if to != "" {
		who := boxoffice.Clean(name)
		if to != name {
			who += " (" + boxoffice.Clean(to) + ")"
		}
		title, said = "A message to "+who+".", "Told "+who+"."
	}
	dialog := &screen.Dialog{Desk: m.desk, Title: title, Prompt: "say", Harmless: "say nothing"}
	dialog.Choices = []screen.Choice{{Key: "enter", Words: "send", Reasoned: true, Do: func() tea.Cmd {
		return m.do(said, "", func(ctx context.Context, cmd boxoffice.CommandID) error {
			return office.Tell(ctx, cmd, by, to, boxoffice.Clean(dialog.Reason))
		})
	}}}
	m.desk.Overlays.Open(dialog)
}

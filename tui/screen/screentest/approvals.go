package screentest

import (
	"context"
	"fmt"
	"time"

	"wicket/boxoffice"
)

// Ask keeps a request.
func (h *House) Ask(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, ask boxoffice.Ask) (boxoffice.Approval, error) {
	var a boxoffice.Approval
	err := h.did("ask", cmd, func() error {
		for _, have := range h.asked {
			if have.By.Terminal == by.Terminal && have.By.Staff == by.Staff && have.Waits(h.Clock.Now()) {
				return &boxoffice.StateError{Words: "what you asked for here waits for its answer already; withdraw it first"}
			}
		}
		a = h.ask(by, ask)
		return nil
	})
	return a, err
}

// AskAs lets somebody ask at a terminal.
func (h *House) AskAs(by boxoffice.Actor, ask boxoffice.Ask) boxoffice.ApprovalID {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ask(by, ask).ID
}

func (h *House) ask(by boxoffice.Actor, ask boxoffice.Ask) boxoffice.Approval {
	now := h.Clock.Now()
	ask.Reason += h.Evil
	a := boxoffice.Approval{
		ID: boxoffice.ApprovalID(len(h.asked) + 1), State: boxoffice.ApprovalWaiting, By: by, Ask: ask,
		AskedAt: now, LapsesAt: now.Add(10 * time.Minute),
	}
	switch ask.Kind {
	case boxoffice.AskVoid:
		a.Permission, a.Words = boxoffice.VoidAny, fmt.Sprintf("void order %d, 48.00", ask.Order)
	case boxoffice.AskCancel:
		a.Permission, a.Words = boxoffice.CancelTickets, fmt.Sprintf("cancel %d of 4 tickets of order %d: Macbeth · B12", len(ask.Tickets), ask.Order)
	case boxoffice.AskFromBlock:
		a.Permission, a.Words = boxoffice.SellFromBlock, "sell from a block: Macbeth "+h.show(ask.Performance).plan.Labels(placesOf(ask.Picks))
	default:
		a.Permission, a.Words = boxoffice.GivePrices, "give Child: Macbeth "+h.show(ask.Performance).plan.Labels(placesOf(ask.Picks))
	}
	a.Words += h.Evil
	h.asked = append(h.asked, a)
	h.note(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbAsk, Order: ask.Order, Note: fmt.Sprintf("request %d, %s: %s", a.ID, a.Words, ask.Reason)})
	return a
}

func placesOf(picks []boxoffice.Pick) []boxoffice.PlaceNo {
	places := make([]boxoffice.PlaceNo, len(picks))
	for i, p := range picks {
		places[i] = p.Place
	}
	return places
}

// Answer answers a request, and carries it out.
func (h *House) Answer(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID, allowed bool, reason string) error {
	var ask *boxoffice.Approval
	err := h.did("answer", cmd, func() error {
		a := &h.asked[id-1]
		if err := boxoffice.Permissions(nil).Check(h.person(by.Staff), a.Permission); err != nil {
			return err
		}
		if !a.Waits(h.Clock.Now()) {
			return &boxoffice.StateError{Words: "the request is " + string(a.State) + " already"}
		}
		verb := boxoffice.VerbRefuse
		if a.State = boxoffice.ApprovalRefused; allowed {
			a.State, verb, ask = boxoffice.ApprovalAllowed, boxoffice.VerbAllow, a
		}
		a.AnsweredBy, a.AnsweredAt, a.Reason = by.Staff, h.Clock.Now(), reason+h.Evil
		h.note(boxoffice.Entry{Actor: by, Verb: verb, Order: a.Ask.Order})
		return nil
	})
	switch {
	case err != nil || ask == nil:
	case ask.Ask.Kind == boxoffice.AskVoid:
		h.void(ask.By, ask.Ask.Order, ask.Ask.Reason)
	case ask.Ask.Kind == boxoffice.AskCancel:
		return h.CancelTickets(ctx, cmd, ask.By, ask.Ask.Order, ask.Ask.Tickets, ask.Ask.Reason)
	}
	return err
}

// AnswerHere is Answer by who types their name and PIN.
func (h *House) AnswerHere(ctx context.Context, cmd boxoffice.CommandID, at boxoffice.Actor, name, pin string, id boxoffice.ApprovalID, allowed bool, reason string) error {
	s, err := h.SignIn(ctx, at.Terminal, name, pin)
	if err != nil {
		return err
	}
	at.Staff = s.ID
	err = h.Answer(ctx, cmd, at, id, allowed, reason)
	if err == nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.asked[id-1].HeardAt = h.Clock.Now()
	}
	return err
}

// Withdraw takes a request back.
func (h *House) Withdraw(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID) error {
	return h.did("withdraw", cmd, func() error {
		h.asked[id-1].State, h.asked[id-1].HeardAt = boxoffice.ApprovalWithdrawn, h.Clock.Now()
		h.note(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbWithdraw})
		return nil
	})
}

// Waiting returns the requests that wait.
func (h *House) Waiting(context.Context) ([]boxoffice.ApprovalView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []boxoffice.ApprovalView
	for _, a := range h.asked {
		if a.Waits(h.Clock.Now()) {
			all = append(all, h.viewOf(a))
		}
	}
	return all, nil
}

// Unheard returns how requests of somebody ended that they have not heard of.
func (h *House) Unheard(_ context.Context, staff boxoffice.StaffID) ([]boxoffice.ApprovalView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []boxoffice.ApprovalView
	for _, a := range h.asked {
		if a.By.Staff == staff && a.State != boxoffice.ApprovalWaiting && a.HeardAt.IsZero() {
			all = append(all, h.viewOf(a))
		}
	}
	return all, nil
}

// Heard notes that somebody heard how their request ended.
func (h *House) Heard(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, id boxoffice.ApprovalID) error {
	return h.did("hear", cmd, func() error {
		h.asked[id-1].HeardAt = h.Clock.Now()
		h.note(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbHear})
		return nil
	})
}

// Approval returns a request.
func (h *House) Approval(_ context.Context, id boxoffice.ApprovalID) (boxoffice.ApprovalView, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := h.asked[id-1]
	if a.State == boxoffice.ApprovalWaiting && !a.Waits(h.Clock.Now()) {
		a.State = boxoffice.ApprovalLapsed
	}
	return h.viewOf(a), nil
}

func (h *House) viewOf(a boxoffice.Approval) boxoffice.ApprovalView {
	return boxoffice.ApprovalView{Approval: a, Asker: h.person(a.By.Staff).Name, AnsweredBy: h.person(a.AnsweredBy).Name}
}

// TakeFromBlock takes places that are kept back.
func (h *House) TakeFromBlock(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, picks []boxoffice.Pick) (boxoffice.Taken, error) {
	err := h.did("from block", cmd, func() error {
		for _, p := range picks {
			h.show(perf).places[p.Place-1].Block = ""
		}
		return h.hold(cmd, by, perf, picks)
	})
	return boxoffice.Taken{Performance: perf, Picks: picks}, err
}

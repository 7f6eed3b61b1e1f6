package boxoffice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// errRehearsed ends a transaction that only tried whether something can be done.
var errRehearsed = errors.New("rehearsed")

// Ask asks to be allowed what the person may not do by themselves. What could not be
// done now is refused at once, with the error of the use case; so is what the person
// may do without asking. A person has one request waiting at a terminal.
func (o *Office) Ask(ctx context.Context, cmd CommandID, by Actor, ask Ask) (Approval, error) {
	ask.Reason = strings.TrimSpace(Shorten(Clean(ask.Reason), 120))
	var waiting Approval
	err := o.store.Update(ctx, cmd, &waiting, func(tx Tx) error {
		asker, err := allow(tx, by, Sell)
		if err != nil {
			return err
		}
		own, err := ask.ownPermission(tx, by)
		if err != nil {
			return err
		}
		if mayDo(tx, asker, own) == nil {
			return invalid("%s may %s; there is nothing to ask", asker.Name, own)
		}
		if err := noneWaits(tx, by); err != nil {
			return err
		}
		if err := ask.carryOut(tx, by, 0, ""); err != nil {
			return err
		}
		return errRehearsed
	})
	if !errors.Is(err, errRehearsed) {
		return waiting, err
	}
	return update(ctx, o, cmd, func(tx Tx) (Approval, error) {
		if err := noneWaits(tx, by); err != nil {
			return Approval{}, err
		}
		permission, err := ask.permission()
		if err != nil {
			return Approval{}, err
		}
		words, err := ask.words(tx)
		if err != nil {
			return Approval{}, err
		}
		a, err := tx.SaveApproval(Approval{
			State: ApprovalWaiting, By: by, Permission: permission, Words: words, Ask: ask, AskedAt: tx.Now(), LapsesAt: tx.Now().Add(approvalTime),
		})
		if err != nil {
			return a, err
		}
		entry := a.entry(by, VerbAsk)
		entry.Note = withReason(entry.Note, ask.Reason)
		return a, tx.Append(entry)
	})
}

// noneWaits returns a *StateError where the person has a request waiting at the
// terminal; one that nobody answered in time is settled.
func noneWaits(tx Tx, by Actor) error {
	waiting, err := tx.WaitingApprovals()
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if a.By.Terminal != by.Terminal || a.By.Staff != by.Staff {
			continue
		}
		if a.Waits(tx.Now()) {
			return wrongState("what you asked for here waits for its answer already; withdraw it first")
		}
		if err := settleApproval(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// settleApproval ends a request that nobody answered in time.
func settleApproval(tx Tx, a Approval) error {
	a, err := tx.SaveApproval(a.answer(tx.Now(), ApprovalLapsed, 0, ""))
	if err != nil {
		return err
	}
	return tx.Append(a.entry(Actor{Channel: a.By.Channel}, VerbUnanswered))
}

// unanswered returns the requests that nobody answered in time.
func unanswered(r Reader) ([]Approval, error) {
	all, err := r.WaitingApprovals()
	return slices.DeleteFunc(all, func(a Approval) bool { return a.Waits(r.Now()) }), err
}

// entry is an entry about the request.
func (a Approval) entry(by Actor, verb Verb) Entry {
	e := stamp(by, verb)
	e.Performance, e.Order, e.Note = a.Ask.Performance, a.Ask.Order, fmt.Sprintf("request %d, %s", a.ID, a.Words)
	return e
}

// permission is what who allows it must be allowed.
func (a Ask) permission() (Permission, error) {
	switch a.Kind {
	case AskVoid:
		return VoidAny, nil
	case AskCancel:
		return CancelTickets, nil
	case AskFromBlock:
		return SellFromBlock, nil
	case AskPrice:
		return GivePrices, nil
	default:
		return "", invalid("%q cannot be asked for", Shorten(Clean(string(a.Kind)), 40))
	}
}

// ownPermission is what the person would need to do it without asking.
func (a Ask) ownPermission(r Reader, by Actor) (Permission, error) {
	if a.Kind != AskVoid {
		return a.permission()
	}
	order, err := r.Order(a.Order)
	if err != nil {
		return "", err
	}
	return voidPermission(order, by), nil
}

// words says what is asked for: «void order 1003 (48.00)».
func (a Ask) words(r Reader) (string, error) {
	if a.Kind == AskVoid {
		order, err := r.Order(a.Order)
		if err != nil {
			return "", err
		}
		house, err := r.House()
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("void order %d, %s", order.ID, house.Currency.Format(order.Total)), nil
	}
	if a.Kind == AskCancel {
		return a.wordsToCancel(r)
	}
	perf, err := r.Performance(a.Performance)
	if err != nil {
		return "", err
	}
	plan, err := r.Plan(perf.Plan)
	if err != nil {
		return "", err
	}
	prices, err := r.PriceList(perf.ID)
	if err != nil {
		return "", err
	}
	places := make([]PlaceNo, len(a.Picks))
	var types []string
	for i, p := range a.Picks {
		places[i] = p.Place
		if name := prices.Type(p.Type).Name; name != "" && (len(types) == 0 || types[len(types)-1] != name) {
			types = append(types, name)
		}
	}
	what := "sell from a block"
	if a.Kind == AskPrice {
		what = "give " + strings.Join(types, ", ")
	}
	return Shorten(fmt.Sprintf("%s: %s %s", what, perf.Title, plan.Labels(places)), 200), nil
}

// wordsToCancel says which tickets of an order are to be cancelled: «cancel 2 of 4
// tickets of order 1003: Macbeth · B12 B13».
func (a Ask) wordsToCancel(r Reader) (string, error) {
	order, err := r.Order(a.Order)
	if err != nil {
		return "", err
	}
	tickets, err := r.TicketsOfOrder(a.Order)
	if err != nil {
		return "", err
	}
	good := len(slices.DeleteFunc(tickets, func(t Ticket) bool { return t.State != Confirmed }))
	order.Lines = slices.DeleteFunc(slices.Clone(order.Lines), func(l OrderLine) bool { return !slices.Contains(a.Tickets, l.Ticket) })
	places, err := orderWords(r, order)
	if err != nil {
		return "", err
	}
	which := fmt.Sprintf("%d of %d tickets", len(a.Tickets), good)
	switch {
	case good == 1:
		which = "the ticket"
	case good == len(a.Tickets):
		which = fmt.Sprintf("all %d tickets", good)
	}
	return Shorten(fmt.Sprintf("cancel %s of order %d: %s", which, order.ID, places), 200), nil
}

// carryOut does what is asked for, in the name of who asked, by the leave of giver.
// Without a giver it is a rehearsal: nobody's permission is looked at.
func (a Ask) carryOut(tx Tx, by Actor, giver StaffID, note string) error {
	switch a.Kind {
	case AskVoid:
		return voidOrder(tx, by, a.Order, withReason(a.Reason, note))
	case AskCancel:
		return cancelOfOrder(tx, by, a.Order, a.Tickets, a.Reason, note)
	case AskFromBlock:
		_, err := takeFromBlock(tx, by, giver, a.Performance, a.Picks, note)
		return err
	case AskPrice:
		return givePrices(tx, by, giver, a.Performance, a.Picks)
	default:
		_, err := a.permission()
		return err
	}
}

// answered is how an answer ended: why it could not be carried out, or nothing.
type answered struct{ Words string }

// Answer allows a request or refuses it, with a reason. Who answers must be allowed
// themselves what is asked for, and be somebody else. Allowing carries it out, in the
// asker's name, in the same transaction. What can no longer be done is refused with
// the reason («B12 is sold») and nothing of it happens: *StateError.
func (o *Office) Answer(ctx context.Context, cmd CommandID, by Actor, id ApprovalID, allowed bool, reason string) error {
	return o.answer(ctx, cmd, by, id, allowed, reason, false)
}

// answer is Answer; here says that who asked is told there and then.
func (o *Office) answer(ctx context.Context, cmd CommandID, by Actor, id ApprovalID, allowed bool, reason string, here bool) error {
	end := func(tx Tx, a Approval, state ApprovalState, words string) (Approval, error) {
		a = a.answer(tx.Now(), state, by.Staff, words)
		if here {
			a.HeardAt = a.AnsweredAt
		}
		return tx.SaveApproval(a)
	}
	out, err := update(ctx, o, cmd, func(tx Tx) (answered, error) {
		a, approver, err := toAnswer(tx, by, id)
		if err != nil {
			return answered{}, err
		}
		state, verb := ApprovalRefused, VerbRefuse
		if allowed {
			state, verb = ApprovalAllowed, VerbAllow
		}
		if a, err = end(tx, a, state, reason); err != nil {
			return answered{}, err
		}
		entry := a.entry(by, verb)
		entry.Note = withReason(entry.Note, reason)
		if err := tx.Append(entry); err != nil {
			return answered{}, err
		}
		if !allowed {
			return answered{}, nil
		}
		if _, err := allow(tx, a.By, Sell); err != nil {
			return answered{}, &impossibleError{err}
		}
		if err := a.Ask.carryOut(tx, a.By, approver.ID, "allowed by "+approver.Name); err != nil {
			return answered{}, &impossibleError{err}
		}
		return answered{}, nil
	})
	var impossible *impossibleError
	if errors.As(err, &impossible) && impossible.final() {
		out, err = update(ctx, o, cmd, func(tx Tx) (answered, error) {
			a, _, err := toAnswer(tx, by, id)
			if err != nil {
				return answered{}, err
			}
			words := impossible.Error()
			if a, err = end(tx, a, ApprovalRefused, words); err != nil {
				return answered{}, err
			}
			entry := a.entry(by, VerbRefuse)
			entry.Note = withReason(entry.Note, words)
			return answered{words}, tx.Append(entry)
		})
	}
	if err == nil && out.Words != "" {
		return wrongState("it can no longer be done: %s", out.Words)
	}
	return err
}

// toAnswer loads a request for its answer by a person who may give it.
func toAnswer(tx Tx, by Actor, id ApprovalID) (Approval, Staff, error) {
	a, err := tx.Approval(id)
	if err != nil {
		return a, Staff{}, err
	}
	approver, err := allow(tx, by, a.Permission)
	if err != nil {
		return a, approver, err
	}
	if by.Staff == a.By.Staff {
		return a, approver, invalid("somebody else must answer what you ask for")
	}
	if !a.Waits(tx.Now()) {
		return a, approver, a.over()
	}
	return a, approver, nil
}

// impossibleError is why an allowed request could not be carried out.
type impossibleError struct{ err error }

func (e *impossibleError) Error() string { return e.err.Error() }
func (e *impossibleError) Unwrap() error { return e.err }

// final reports whether what was asked for can no longer be done by anybody's leave.
func (e *impossibleError) final() bool {
	switch KindOf(e.err) {
	case KindStore, KindInternal, KindConflict, KindNotAllowed:
		return false
	default:
		return true
	}
}

// AnswerHere is Answer at the asker's own terminal, by a person who types their name
// and PIN there; wrong ones count towards the lock-out. Who has no PIN cannot.
func (o *Office) AnswerHere(ctx context.Context, cmd CommandID, at Actor, name, pin string, id ApprovalID, allowed bool, reason string) error {
	approver, err := o.identify(ctx, at.Terminal, name, pin)
	if err != nil {
		return err
	}
	if approver.PIN == "" {
		return wrongState("%s has no PIN, and cannot answer here without one", approver.Name)
	}
	at.Staff = approver.ID
	return o.answer(ctx, cmd, at, id, allowed, reason, true)
}

// Withdraw takes a request of the person's own back.
func (o *Office) Withdraw(ctx context.Context, cmd CommandID, by Actor, id ApprovalID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		a, err := tx.Approval(id)
		if err != nil {
			return struct{}{}, err
		}
		if a.By.Staff != by.Staff {
			return struct{}{}, invalid("only who asked can withdraw a request")
		}
		if !a.Waits(tx.Now()) {
			return struct{}{}, a.over()
		}
		a = a.answer(tx.Now(), ApprovalWithdrawn, 0, "")
		a.HeardAt = a.AnsweredAt
		if a, err = tx.SaveApproval(a); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Append(a.entry(by, VerbWithdraw))
	})
	return err
}

// Waiting returns the requests that wait for an answer, oldest first.
func (o *Office) Waiting(ctx context.Context) ([]ApprovalView, error) { return view(ctx, o, waiting) }

func waiting(r Reader) ([]ApprovalView, error) {
	all, err := r.WaitingApprovals()
	if err != nil {
		return nil, err
	}
	var views []ApprovalView
	for _, a := range all {
		if !a.Waits(r.Now()) {
			continue
		}
		v, err := viewApproval(r, a)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

// Unheard returns how requests of the person ended this business day that they have
// not heard of, the oldest first. What they withdrew, or what was answered at their
// own terminal, is no news.
func (o *Office) Unheard(ctx context.Context, staff StaffID) ([]ApprovalView, error) {
	return view(ctx, o, func(r Reader) ([]ApprovalView, error) {
		house, err := r.House()
		if err != nil {
			return nil, err
		}
		from, _ := day(r.Now(), house.Location())
		all, err := r.UnheardApprovals(staff, from)
		if err != nil {
			return nil, err
		}
		var views []ApprovalView
		for _, a := range all {
			v, err := viewApproval(r, a)
			if err != nil {
				return nil, err
			}
			views = append(views, v)
		}
		return views, nil
	})
}

// Heard notes that who asked has read how their request ended; it is told to them no
// more. Where that is noted already, nothing happens.
func (o *Office) Heard(ctx context.Context, cmd CommandID, by Actor, id ApprovalID) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		a, err := tx.Approval(id)
		switch {
		case err != nil:
			return struct{}{}, err
		case a.By.Staff != by.Staff:
			return struct{}{}, invalid("only who asked can have heard the answer")
		case a.State == ApprovalWaiting:
			return struct{}{}, wrongState("the request waits for its answer still")
		case !a.HeardAt.IsZero():
			return struct{}{}, nil
		}
		a.HeardAt = tx.Now()
		if a, err = tx.SaveApproval(a); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, tx.Append(a.entry(by, VerbHear))
	})
	return err
}

// Approval returns one request, as it is now.
func (o *Office) Approval(ctx context.Context, id ApprovalID) (ApprovalView, error) {
	return view(ctx, o, func(r Reader) (ApprovalView, error) {
		a, err := r.Approval(id)
		if err != nil {
			return ApprovalView{}, err
		}
		if a.State == ApprovalWaiting && !a.Waits(r.Now()) {
			a.State, a.AnsweredAt = ApprovalLapsed, a.LapsesAt
		}
		return viewApproval(r, a)
	})
}

func viewApproval(r Reader, a Approval) (ApprovalView, error) {
	v := ApprovalView{Approval: a}
	asker, err := r.Staff(a.By.Staff)
	if err != nil {
		return v, err
	}
	v.Asker = asker.Name
	if a.AnsweredBy == 0 {
		return v, nil
	}
	approver, err := r.Staff(a.AnsweredBy)
	v.AnsweredBy = approver.Name
	return v, err
}

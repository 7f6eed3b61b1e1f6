package screentest

import (
	"context"
	"strings"
	"time"

	"wicket/boxoffice"
)

// Maria is the manager of the house. Her PIN is 9999, Ben's 2222; Ana has none unless
// PINs says so.
const Maria boxoffice.StaffID = 3

// usualPINs are the PINs of the house.
func usualPINs() map[boxoffice.StaffID]string {
	return map[boxoffice.StaffID]string{Ben: "2222", Maria: "9999"}
}

// people are who works here; the caller holds the lock.
func (h *House) people() []boxoffice.Staff {
	all := []boxoffice.Staff{
		h.Staff(),
		{ID: Ben, Name: "Ben" + h.Evil, Role: boxoffice.Clerk, Active: true},
		{ID: Maria, Name: "Maria" + h.Evil, Role: boxoffice.Manager, Active: true},
	}
	for i := range all {
		if h.PINs[all[i].ID] != "" {
			all[i].PIN = "set"
		}
		all[i].Active = !h.Gone[all[i].ID]
		if role := h.Roles[all[i].ID]; role != "" {
			all[i].Role = role
		}
	}
	return all
}

func (h *House) person(id boxoffice.StaffID) boxoffice.Staff {
	for _, s := range h.people() {
		if s.ID == id {
			return s
		}
	}
	return boxoffice.Staff{}
}

// AllStaff returns who works here.
func (h *House) AllStaff(context.Context) ([]boxoffice.Staff, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.people(), nil
}

// Person returns one of them.
func (h *House) Person(_ context.Context, id boxoffice.StaffID) (boxoffice.Staff, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Unread != nil {
		return boxoffice.Staff{}, h.Unread
	}
	return h.person(id), nil
}

// Change lets somebody work here no longer, or in another role, and journals it.
func (h *House) Change(id boxoffice.StaffID, role boxoffice.Role, active bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Roles[id], h.Gone[id] = role, !active
	h.note(boxoffice.Entry{Actor: boxoffice.Actor{Staff: Maria, Terminal: "window 1"}, Verb: boxoffice.VerbStaff})
}

// Journal adds an entry of somebody else to what happened.
func (h *House) Journal(e boxoffice.Entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.note(e)
}

// SignIn lets in who types their PIN; five wrong ones lock everybody out for 30 s.
func (h *House) SignIn(_ context.Context, _, name, pin string) (boxoffice.Staff, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.Clock.Now()
	if h.locked.After(now) {
		return boxoffice.Staff{}, &boxoffice.LockedOutError{Until: h.locked, Now: now}
	}
	for _, s := range h.people() {
		if strings.EqualFold(s.Name, name) && s.Active && h.PINs[s.ID] == pin {
			h.wrong = 0
			return s, nil
		}
	}
	if h.wrong++; h.wrong >= 5 {
		h.locked = now.Add(30 * time.Second)
		return boxoffice.Staff{}, &boxoffice.LockedOutError{Until: h.locked, Now: now}
	}
	return boxoffice.Staff{}, &boxoffice.InvalidError{Words: "no such name and PIN; try again"}
}

// EnterDesk notes who is at work.
func (h *House) EnterDesk(_ context.Context, _ boxoffice.CommandID, by boxoffice.Actor) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Desks[by.Terminal] = by.Staff
	return nil
}

// LeaveDesk notes that they are not any more.
func (h *House) LeaveDesk(_ context.Context, _ boxoffice.CommandID, by boxoffice.Actor) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.Desks, by.Terminal)
	return nil
}

// AtWork returns who is at work: Ben, and who entered a desk.
func (h *House) AtWork(context.Context) ([]boxoffice.AtWork, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := []boxoffice.AtWork{{Staff: h.person(Ben), Terminal: "window 4"}}
	for terminal, id := range h.Desks {
		at = append(at, boxoffice.AtWork{Staff: h.person(id), Terminal: terminal})
	}
	return at, nil
}

// Tell keeps what was told, as Calls.
func (h *House) Tell(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, to, words string) error {
	return h.did("tell «"+to+"»: "+words, cmd, func() error {
		return boxoffice.Permissions(nil).Check(h.person(by.Staff), boxoffice.Tell)
	})
}

// Say lets Maria tell somebody something; everybody where to is empty.
func (h *House) Say(to, words string) {
	note := "to everybody: " + words + h.Evil
	if to != "" {
		note = "to «" + to + "»: " + words + h.Evil
	}
	h.Journal(boxoffice.Entry{Actor: boxoffice.Actor{Staff: Maria, Terminal: "window 1" + h.Evil}, Verb: boxoffice.VerbTell, Note: note})
}

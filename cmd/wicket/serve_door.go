package main

import (
	"context"
	"time"

	"wicket/boxoffice"
	"wicket/tui/sshd"
)

// door is who may be here, as the house has it now.
type door struct {
	gone    map[boxoffice.StaffID]bool   // work here no longer
	keys    map[string]boxoffice.StaffID // that open it
	revoked map[string]bool
}

func (s *service) readDoor(ctx context.Context) (door, error) {
	d := door{map[boxoffice.StaffID]bool{}, map[string]boxoffice.StaffID{}, map[string]bool{}}
	all, err := s.house.office.AllStaff(ctx)
	if err != nil {
		return d, err
	}
	for _, p := range all {
		d.gone[p.ID] = !p.Active
	}
	keys, err := s.house.office.Keys(ctx)
	for _, k := range keys {
		if k.Key.Active() {
			d.keys[k.Key.Fingerprint] = k.Owner.ID
		} else {
			d.revoked[k.Key.Fingerprint] = true
		}
	}
	return d, err
}

// shut says why a visitor may not be here, empty if they may.
func (d door) shut(at sshd.Visit) string {
	switch {
	case d.gone[at.Staff.ID]:
		return "You work here no longer. What was sold and held stands."
	case d.revoked[at.Fingerprint]:
		return "Your key was revoked. What was sold and held stands; a manager can give you another key."
	}
	return ""
}

// certified reports whether a visitor came by a certificate: their key is nobody's.
func (d door) certified(at sshd.Visit) bool {
	_, enrolled := d.keys[at.Fingerprint]
	return !enrolled && !d.revoked[at.Fingerprint]
}

// watch ends the terminals of those who may not be here any more, as soon as the
// journal says so, until ctx ends.
func (s *service) watch(ctx context.Context) {
	news := s.house.feed.Subscribe()
	defer news.Close()
	// After trouble with the store it looks again, with nothing new to wake it.
	const retry = time.Second
	again := time.NewTimer(retry)
	again.Stop()
	defer again.Stop()
	// A terminal notes its own end, unless it could not.
	untidy := time.NewTicker(time.Minute)
	defer untidy.Stop()
	certificates, pending := false, false
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-news.Changed():
			if !open {
				return
			}
		case <-again.C:
		case <-untidy.C:
			if err := s.tidy(ctx); err != nil {
				s.log.Warn("terminals that are no more still noted as at work", "error", err)
			}
		}
		entries, resync := news.News()
		pending = pending || resync
		for _, e := range entries {
			switch e.Verb {
			case boxoffice.VerbStaff, boxoffice.VerbRevokeKey:
				pending = true
			case boxoffice.VerbDistrust:
				pending, certificates = true, true
			}
			if e.Verb == boxoffice.VerbStaff {
				certificates = true // whom they mean may have changed
			}
		}
		if !pending {
			continue
		}
		if err := s.shutOut(ctx, certificates); err != nil {
			s.log.Error("staff not looked up", "error", err)
			again.Reset(retry)
			continue
		}
		pending, certificates = false, false
	}
}

// shutOut ends the visits of those who may not be here. Where certificates are not
// what they were, who came by one has to show it again.
func (s *service) shutOut(ctx context.Context, certificates bool) error {
	here := s.ssh.Sessions()
	if len(here) == 0 {
		return nil
	}
	d, err := s.readDoor(ctx)
	if err != nil {
		return err
	}
	for _, at := range here {
		words := d.shut(at)
		if words == "" && certificates && d.certified(at) {
			words = "Who may come in by certificate has changed. Connect again; your basket stays."
		}
		if words == "" {
			continue
		}
		if d.gone[at.Staff.ID] {
			s.ssh.EndStaff(at.Staff.ID, words)
		} else {
			s.ssh.EndKey(at.Fingerprint, words)
		}
	}
	return nil
}

// tidy notes that nobody is at work at terminals of this server that are no more.
func (s *service) tidy(ctx context.Context) error {
	present, err := s.house.office.AtWork(ctx)
	if err != nil {
		return err
	}
	open := map[string]bool{} // looked at last: who sat down since is not in present
	if s.ssh != nil {
		for _, at := range s.ssh.Sessions() {
			open[at.Terminal] = true
		}
	}
	gone := s.post.gone(present, open)
	if len(gone) == 0 {
		return nil
	}
	return s.house.office.LeaveDesks(ctx, boxoffice.NewCommandID(), gone)
}

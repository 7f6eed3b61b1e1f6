package boxoffice

import (
	"context"
	"strings"
)

// errNoSuchPIN does not say whether the name or the PIN was wrong.
func errNoSuchPIN() error { return invalid("no such name and PIN; try again") }

// SignIn returns the person with this name, without their PIN, if the PIN is theirs.
// It does not say whether the name or the PIN was wrong, and takes as long for
// either. After five wrong PINs in a row, for one name or at one terminal, nobody is
// let in for a while that grows: *LockedOutError, also for the right PIN. A success
// clears both.
func (o *Office) SignIn(ctx context.Context, terminal, name, pin string) (Staff, error) {
	s, err := o.identify(ctx, terminal, name, pin)
	return s.withoutPIN(), err
}

// identify is SignIn, and returns the PIN's hash with the person.
func (o *Office) identify(ctx context.Context, terminal, name, pin string) (Staff, error) {
	name = strings.TrimSpace(name)
	doors := []string{personDoor(name)}
	if terminal != "" {
		doors = append(doors, terminalDoor(terminal))
	}
	// The try is counted before the PIN is looked at: any number of tries at once
	// count as many. Under no command, so that no hash is kept as an answer.
	var s Staff
	var locked bool
	err := o.store.Update(ctx, "", nil, func(tx Tx) error {
		s, locked = Staff{}, false
		for _, door := range doors {
			w, err := tx.WrongPINs(door)
			if err != nil {
				return err
			}
			if w, err = w.Try(tx.Now()); err != nil {
				return err
			}
			locked = locked || w.Locked.After(tx.Now())
			if err := tx.SaveWrongPINs(w); err != nil {
				return err
			}
		}
		known, err := tx.StaffByName(name)
		if KindOf(err) == KindNotFound {
			return nil
		}
		s = known
		return err
	})
	if err != nil {
		return Staff{}, err
	}
	here := s.ID != 0 && s.Active
	hash := s.PIN
	if !here {
		hash = o.nobody()
	}
	if right := here && hash == "" || o.pins.Check(hash, pin); !right || !here {
		if locked {
			return Staff{}, o.lockedOut(ctx, terminal, s, doors)
		}
		return Staff{}, errNoSuchPIN()
	}
	return s, o.store.Update(ctx, "", nil, func(tx Tx) error {
		for _, door := range doors {
			if err := tx.SaveWrongPINs(WrongPINs{Door: door, Last: tx.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// lockedOut journals that a door is locked, and says until when. A name that nobody
// has is not written down.
func (o *Office) lockedOut(ctx context.Context, terminal string, s Staff, doors []string) error {
	locked, err := update(ctx, o, NewCommandID(), func(tx Tx) (LockedOutError, error) {
		e := LockedOutError{Now: tx.Now(), Until: tx.Now()}
		for _, door := range doors {
			w, err := tx.WrongPINs(door)
			if err != nil {
				return e, err
			}
			if w.Locked.After(e.Until) {
				e.Until = w.Locked
			}
		}
		who := "an unknown name"
		if s.ID != 0 {
			who = s.Name
		}
		return e, tx.Append(Entry{
			Actor: Actor{Terminal: terminal}, Verb: VerbLockOut,
			Note: "wrong PINs for " + who + ", locked for " + Countdown(e.Until.Sub(e.Now)),
		})
	})
	if err != nil {
		return err
	}
	return &locked
}

package boxoffice

import (
	"context"
	"fmt"
	"strings"
)

// Person returns a member of staff as they are now, without their PIN.
func (o *Office) Person(ctx context.Context, id StaffID) (Staff, error) {
	return view(ctx, o, func(r Reader) (Staff, error) {
		s, err := r.Staff(id)
		return s.withoutPIN(), err
	})
}

// PersonByName returns a member of staff by name, whatever its case, without their
// PIN.
func (o *Office) PersonByName(ctx context.Context, name string) (Staff, error) {
	return view(ctx, o, func(r Reader) (Staff, error) {
		s, err := r.StaffByName(strings.TrimSpace(name))
		return s.withoutPIN(), err
	})
}

// ChangeStaff gives a person another role, lets them leave or return. Who leaves
// can do nothing from that moment; what they had in hand stays where it is. The
// last manager who works here cannot leave or become something else: *StateError.
func (o *Office) ChangeStaff(ctx context.Context, cmd CommandID, by Actor, staff StaffID, role Role, active bool, reason string) error {
	if err := role.check(); err != nil {
		return err
	}
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		s, err := tx.Staff(staff)
		if err != nil {
			return struct{}{}, err
		}
		was := s
		s.Role, s.Active = role, active
		if s == was {
			return struct{}{}, wrongState("%s is %s already", s.Name, s.standing())
		}
		if was.Active && was.Role == Manager && !(active && role == Manager) {
			if err := otherManager(tx, staff); err != nil {
				return struct{}{}, err
			}
		}
		if s, err = tx.SaveStaff(s); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbStaff)
		entry.Note = withReason(s.Name+", "+s.standing(), reason)
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// standing says what somebody is here: «clerk», «clerk, gone».
func (s Staff) standing() string {
	if s.Active {
		return string(s.Role)
	}
	return string(s.Role) + ", gone"
}

// otherManager returns a *StateError unless a manager besides one works here.
func otherManager(r Reader, but StaffID) error {
	all, err := r.AllStaff()
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID != but && s.Active && s.Role == Manager {
			return nil
		}
	}
	return wrongState("the house would have no manager; make somebody else one first")
}

// SetPIN gives a person another PIN; their own, or anybody's with the permission to
// set up the house. Only the latter can take a PIN away, by an empty one.
func (o *Office) SetPIN(ctx context.Context, cmd CommandID, by Actor, staff StaffID, pin string) error {
	hash, err := o.hashPIN(pin)
	if err != nil {
		return err
	}
	_, err = update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if by.Staff != staff || pin == "" {
			if _, err := allow(tx, by, SetUp); err != nil {
				return struct{}{}, err
			}
		}
		s, err := tx.Staff(staff)
		if err != nil {
			return struct{}{}, err
		}
		if !s.Active {
			return struct{}{}, wrongState("%s works here no longer", s.Name)
		}
		s.PIN = hash
		if s, err = tx.SaveStaff(s); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbStaff)
		entry.Note = s.Name + ", new PIN"
		if pin == "" {
			entry.Note = s.Name + ", no PIN"
		}
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// hashPIN returns the hash to keep of a PIN; empty for none.
func (o *Office) hashPIN(pin string) (string, error) {
	if pin == "" {
		return "", nil
	}
	if len(pin) < 4 || len(pin) > 12 || strings.Trim(pin, "0123456789") != "" {
		return "", invalid("a PIN is 4 to 12 digits")
	}
	hash, err := o.pins.Hash(pin)
	if err != nil {
		return "", fmt.Errorf("hash PIN: %w", err)
	}
	return hash, nil
}

package boxoffice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// AddKey gives a person a key to come in by. A key that the house has ever known,
// revoked ones too, is a *StateError.
func (o *Office) AddKey(ctx context.Context, cmd CommandID, by Actor, staff StaffID, key PublicKey) (StaffKey, error) {
	key, err := key.checked()
	if err != nil {
		return StaffKey{}, err
	}
	return update(ctx, o, cmd, func(tx Tx) (StaffKey, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return StaffKey{}, err
		}
		owner, err := tx.Staff(staff)
		if err != nil {
			return StaffKey{}, err
		}
		if !owner.Active {
			return StaffKey{}, wrongState("%s works here no longer", owner.Name)
		}
		if err := freshKey(tx, key.Fingerprint); err != nil {
			return StaffKey{}, err
		}
		saved, err := tx.SaveKey(StaffKey{
			Fingerprint: key.Fingerprint, Staff: staff, Type: key.Type, Comment: key.Comment, Public: key.Public,
			AddedBy: by.Staff, AddedAt: tx.Now(),
		})
		if err != nil {
			return StaffKey{}, err
		}
		entry := stamp(by, VerbKey)
		entry.Note = key.Fingerprint + " for " + owner.Name
		return saved, tx.Append(entry)
	})
}

// freshKey returns a *StateError for a key that is, or was, somebody's.
func freshKey(r Reader, fingerprint string) error {
	known, err := r.Key(fingerprint)
	if KindOf(err) == KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	owner, err := r.Staff(known.Staff)
	switch {
	case err != nil:
		return err
	case known.Active():
		return wrongState("that key is %s's already", owner.Name)
	default:
		return wrongState("that key was %s's and is revoked for good; make a new one", owner.Name)
	}
}

// RevokeKey shuts the door to a key, for good and at once.
func (o *Office) RevokeKey(ctx context.Context, cmd CommandID, by Actor, fingerprint, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		key, err := tx.Key(strings.TrimSpace(fingerprint))
		if err != nil {
			return struct{}{}, err
		}
		if !key.Active() {
			return struct{}{}, wrongState("that key is revoked already")
		}
		key.RevokedAt = tx.Now()
		if key, err = tx.SaveKey(key); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbRevokeKey)
		entry.Note = withReason(key.Fingerprint, reason)
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// withReason adds a cleaned reason to words, if there is one.
func withReason(words, reason string) string {
	if reason = strings.TrimSpace(Shorten(Clean(reason), 120)); reason == "" {
		return words
	}
	return words + ": " + reason
}

// Keys returns every key the house ever knew, by owner and age.
func (o *Office) Keys(ctx context.Context) ([]StaffKeyView, error) {
	return view(ctx, o, func(r Reader) ([]StaffKeyView, error) {
		keys, err := r.Keys()
		if err != nil {
			return nil, err
		}
		people, err := staffByID(r)
		if err != nil {
			return nil, err
		}
		views := make([]StaffKeyView, len(keys))
		for i, k := range keys {
			views[i] = StaffKeyView{Key: k, Owner: people[k.Staff], AddedBy: people[k.AddedBy].Name}
		}
		slices.SortStableFunc(views, func(a, b StaffKeyView) int {
			return strings.Compare(strings.ToLower(a.Owner.Name), strings.ToLower(b.Owner.Name))
		})
		return views, nil
	})
}

// staffByID returns everybody by id, without their PINs.
func staffByID(r Reader) (map[StaffID]Staff, error) {
	all, err := r.AllStaff()
	if err != nil {
		return nil, err
	}
	byID := make(map[StaffID]Staff, len(all))
	for _, s := range all {
		byID[s.ID] = s.withoutPIN()
	}
	return byID, nil
}

// StaffByKey returns the person a key belongs to, without their PIN: the key must
// not be revoked and the person must work here, else *NotFoundError. It reads the
// store each time, so that a revocation holds at once.
func (o *Office) StaffByKey(ctx context.Context, fingerprint string) (Staff, error) {
	return view(ctx, o, func(r Reader) (Staff, error) {
		key, err := r.Key(fingerprint)
		if err != nil {
			return Staff{}, err
		}
		s, err := r.Staff(key.Staff)
		if err != nil {
			return Staff{}, err
		}
		if !key.Active() || !s.Active {
			return Staff{}, NotFound("key", fingerprint)
		}
		return s.withoutPIN(), nil
	})
}

// RevokedKey reports whether the key of this fingerprint was somebody's and is
// revoked. One that the house never knew is not. It reads the store each time.
func (o *Office) RevokedKey(ctx context.Context, fingerprint string) (bool, error) {
	return view(ctx, o, func(r Reader) (bool, error) {
		key, err := r.Key(fingerprint)
		if KindOf(err) == KindNotFound {
			return false, nil
		}
		return err == nil && !key.Active(), err
	})
}

// TrustAuthority lets in who shows a certificate that the key has signed, for one of
// their principals. One that was distrusted before is trusted again.
func (o *Office) TrustAuthority(ctx context.Context, cmd CommandID, by Actor, key PublicKey) (Authority, error) {
	key, err := key.checked()
	if err != nil {
		return Authority{}, err
	}
	return update(ctx, o, cmd, func(tx Tx) (Authority, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return Authority{}, err
		}
		a, err := tx.Authority(key.Fingerprint)
		switch {
		case KindOf(err) == KindNotFound:
			a = Authority{Fingerprint: key.Fingerprint, Public: key.Public}
		case err != nil:
			return Authority{}, err
		case a.Trusted():
			return Authority{}, wrongState("that authority is trusted already")
		}
		a.Type, a.Comment, a.TrustedBy, a.TrustedAt, a.DistrustedAt = key.Type, key.Comment, by.Staff, tx.Now(), time.Time{}
		if a, err = tx.SaveAuthority(a); err != nil {
			return Authority{}, err
		}
		entry := stamp(by, VerbTrust)
		entry.Note = a.Fingerprint
		return a, tx.Append(entry)
	})
}

// DistrustAuthority stops trusting an authority, at once: nobody comes in by its
// certificates any more.
func (o *Office) DistrustAuthority(ctx context.Context, cmd CommandID, by Actor, fingerprint, reason string) error {
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		a, err := tx.Authority(strings.TrimSpace(fingerprint))
		if err != nil {
			return struct{}{}, err
		}
		if !a.Trusted() {
			return struct{}{}, wrongState("that authority is not trusted as it is")
		}
		a.DistrustedAt = tx.Now()
		if a, err = tx.SaveAuthority(a); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbDistrust)
		entry.Note = withReason(a.Fingerprint, reason)
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// Authorities returns the authorities the house trusts, oldest first.
func (o *Office) Authorities(ctx context.Context) ([]Authority, error) {
	return view(ctx, o, func(r Reader) ([]Authority, error) {
		all, err := r.Authorities()
		return slices.DeleteFunc(all, func(a Authority) bool { return !a.Trusted() }), err
	})
}

// SetPrincipals sets the names by which certificates mean a person; none means that
// no certificate does. A name that stands for somebody else is a *StateError.
func (o *Office) SetPrincipals(ctx context.Context, cmd CommandID, by Actor, staff StaffID, names []string) error {
	wanted := make([]string, 0, len(names))
	for _, n := range names {
		clean := strings.TrimSpace(Clean(n))
		if clean == "" || clean != n || len(n) > 100 {
			return invalid("%q is no name for a certificate", Shorten(clean, 40))
		}
		wanted = append(wanted, n)
	}
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	_, err := update(ctx, o, cmd, func(tx Tx) (struct{}, error) {
		if _, err := allow(tx, by, SetUp); err != nil {
			return struct{}{}, err
		}
		owner, err := tx.Staff(staff)
		if err != nil {
			return struct{}{}, err
		}
		known, err := tx.Principals()
		if err != nil {
			return struct{}{}, err
		}
		for _, p := range known {
			if p.Staff != staff && slices.Contains(wanted, p.Name) {
				other, err := tx.Staff(p.Staff)
				if err != nil {
					return struct{}{}, err
				}
				return struct{}{}, wrongState("%s stands for %s already", p.Name, other.Name)
			}
		}
		if err := tx.SetPrincipals(staff, wanted); err != nil {
			return struct{}{}, err
		}
		entry := stamp(by, VerbStaff)
		entry.Note = fmt.Sprintf("%s, certificates for: %s", owner.Name, strings.Join(wanted, " "))
		if len(wanted) == 0 {
			entry.Note = owner.Name + ", no certificates"
		}
		return struct{}{}, tx.Append(entry)
	})
	return err
}

// Principals returns the names in certificates and whom they stand for, by name.
func (o *Office) Principals(ctx context.Context) ([]Principal, error) {
	return view(ctx, o, Reader.Principals)
}

// StaffByPrincipal returns the one person who works here and whom some of these
// names of a certificate mean, without their PIN. Nobody is a *NotFoundError, more
// than one an *InvalidError.
func (o *Office) StaffByPrincipal(ctx context.Context, principals []string) (Staff, error) {
	return view(ctx, o, func(r Reader) (Staff, error) {
		known, err := r.Principals()
		if err != nil {
			return Staff{}, err
		}
		var found Staff
		for _, p := range known {
			if !slices.Contains(principals, p.Name) || p.Staff == found.ID {
				continue
			}
			s, err := r.Staff(p.Staff)
			switch {
			case err != nil:
				return Staff{}, err
			case !s.Active:
			case found.ID != 0:
				return Staff{}, invalid("the certificate means both %s and %s", found.Name, s.Name)
			default:
				found = s
			}
		}
		if found.ID == 0 {
			return Staff{}, NotFound("person for principal", strings.Join(principals, ", "))
		}
		return found.withoutPIN(), nil
	})
}

package storetest

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

// aKey is a key for a person, known by a word.
func (b *booth) aKey(word string) boxoffice.StaffKey {
	return boxoffice.StaffKey{
		Fingerprint: "SHA256:" + word, Staff: b.staff.ID, Type: "ssh-ed25519", Comment: word + "@kassa", Public: []byte(word),
		AddedBy: b.staff.ID, AddedAt: b.clock.Now(),
	}
}

func testKeys(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var first, other boxoffice.StaffKey
	b.update(func(tx boxoffice.Tx) (err error) {
		if first, err = tx.SaveKey(b.aKey("one")); err != nil {
			return err
		}
		other, err = tx.SaveKey(b.aKey("two"))
		return err
	})
	b.refused("the same key again", func(tx boxoffice.Tx) error { return second(tx.SaveKey(b.aKey("one"))) })
	b.clock.Move(time.Minute)
	b.update(func(tx boxoffice.Tx) (err error) {
		first.RevokedAt = tx.Now()
		first, err = tx.SaveKey(first)
		return err
	})
	b.refused("a revoked key given back", func(tx boxoffice.Tx) error {
		back := first
		back.RevokedAt = time.Time{}
		return second(tx.SaveKey(back))
	})
	b.refused("a revoked key added again", func(tx boxoffice.Tx) error { return second(tx.SaveKey(b.aKey("one"))) })
	isKind(t, "a stale key", b.refused("a stale key", func(tx boxoffice.Tx) error {
		stale := other
		stale.Version--
		stale.RevokedAt = tx.Now()
		return second(tx.SaveKey(stale))
	}), boxoffice.KindConflict)
	b.view(func(r boxoffice.Reader) error {
		k, err := r.Key("SHA256:one")
		if err != nil {
			return err
		}
		same(t, "key", k, first)
		all, err := r.Keys()
		same(t, "keys", all, []boxoffice.StaffKey{first, other})
		return err
	})

	// Authorities can be distrusted and trusted again.
	var a boxoffice.Authority
	b.update(func(tx boxoffice.Tx) (err error) {
		a, err = tx.SaveAuthority(boxoffice.Authority{
			Fingerprint: "SHA256:ca", Type: "ssh-ed25519", Comment: "the house", Public: []byte("ca"), TrustedBy: b.staff.ID, TrustedAt: tx.Now(),
		})
		if err != nil {
			return err
		}
		a.DistrustedAt = tx.Now()
		if a, err = tx.SaveAuthority(a); err != nil {
			return err
		}
		a.DistrustedAt = time.Time{}
		a, err = tx.SaveAuthority(a)
		return err
	})
	b.view(func(r boxoffice.Reader) error {
		one, err := r.Authority("SHA256:ca")
		if err != nil {
			return err
		}
		same(t, "authority", one, a)
		all, err := r.Authorities()
		same(t, "authorities", all, []boxoffice.Authority{a})
		return err
	})

	// A name in certificates stands for one person.
	var ben boxoffice.Staff
	b.update(func(tx boxoffice.Tx) (err error) {
		if ben, err = tx.SaveStaff(boxoffice.Staff{Name: "Ben", Role: boxoffice.Clerk, Active: true}); err != nil {
			return err
		}
		if err := tx.SetPrincipals(b.staff.ID, []string{"ana", "box-office"}); err != nil {
			return err
		}
		return tx.SetPrincipals(b.staff.ID, []string{"ana", "boss"})
	})
	isKind(t, "somebody else's principal", b.refused("somebody else's principal", func(tx boxoffice.Tx) error {
		return tx.SetPrincipals(ben.ID, []string{"boss"})
	}), boxoffice.KindState)
	b.update(func(tx boxoffice.Tx) error { return tx.SetPrincipals(ben.ID, []string{"box-office"}) })
	b.view(func(r boxoffice.Reader) error {
		all, err := r.Principals()
		same(t, "principals", all, []boxoffice.Principal{{Name: "ana", Staff: b.staff.ID}, {Name: "boss", Staff: b.staff.ID}, {Name: "box-office", Staff: ben.ID}})
		return err
	})
}

func testPermits(t *testing.T, open Opener) {
	b := newBooth(t, open)
	same(t, "permissions of a new house", b.permissions(), nil)
	may := boxoffice.Permit{Role: boxoffice.Clerk, Permission: boxoffice.VoidAny, Allowed: true}
	b.update(func(tx boxoffice.Tx) error {
		if err := tx.SavePermit(may); err != nil {
			return err
		}
		// What a transaction changed, it sees.
		inside, err := tx.Permissions()
		same(t, "permissions inside", inside, boxoffice.Permissions{may})
		return err
	})
	// One that is rolled back never was, not even in a cache.
	b.refused("rolled back", func(tx boxoffice.Tx) error {
		if err := tx.SavePermit(boxoffice.Permit{Role: boxoffice.Clerk, Permission: boxoffice.VoidAny}); err != nil {
			return err
		}
		if _, err := tx.Permissions(); err != nil {
			return err
		}
		return errNo
	})
	b.update(func(tx boxoffice.Tx) error {
		inside, err := tx.Permissions()
		same(t, "permissions after a rollback", inside, boxoffice.Permissions{may})
		return err
	})
	may.Allowed = false
	b.update(func(tx boxoffice.Tx) error { return tx.SavePermit(may) })
	same(t, "permissions", b.permissions(), boxoffice.Permissions{may})
	b.refused("a manager who cannot set up", func(tx boxoffice.Tx) error {
		return tx.SavePermit(boxoffice.Permit{Role: boxoffice.Manager, Permission: boxoffice.SetUp})
	})
}

func (b *booth) permissions() (table boxoffice.Permissions) {
	b.Helper()
	b.view(func(r boxoffice.Reader) (err error) {
		table, err = r.Permissions()
		return err
	})
	return table
}

func testWrongPINs(t *testing.T, open Opener) {
	b := newBooth(t, open)
	known := func(door string) (w boxoffice.WrongPINs) {
		t.Helper()
		b.view(func(r boxoffice.Reader) (err error) {
			w, err = r.WrongPINs(door)
			return err
		})
		return w
	}
	same(t, "a door nobody tried", known("terminal x"), boxoffice.WrongPINs{Door: "terminal x"})
	now := b.clock.Now()
	first := boxoffice.WrongPINs{Door: "terminal x", Times: 5, Last: now, Locked: now.Add(time.Minute)}
	b.update(func(tx boxoffice.Tx) error { return tx.SaveWrongPINs(first) })
	same(t, "a locked door", known("terminal x"), first)
	b.clock.Move(25 * time.Hour)
	other := boxoffice.WrongPINs{Door: "person y", Times: 1, Last: b.clock.Now()}
	b.update(func(tx boxoffice.Tx) error { return tx.SaveWrongPINs(other) })
	same(t, "a door nobody tried for a day", known("terminal x"), boxoffice.WrongPINs{Door: "terminal x"})
	same(t, "another door", known("person y"), other)
	b.update(func(tx boxoffice.Tx) error {
		return tx.SaveWrongPINs(boxoffice.WrongPINs{Door: "person y", Last: b.clock.Now()})
	})
	same(t, "a door after a success", known("person y"), boxoffice.WrongPINs{Door: "person y"})
}

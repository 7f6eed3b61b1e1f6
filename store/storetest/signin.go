package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"wicket/boxoffice"
)

// testSignIn holds the door: who knows their PIN comes in, who does not is locked
// out for a while, and nobody learns whether a name exists.
func testSignIn(t *testing.T, open Opener) {
	ctx := context.Background()
	clock := NewClock(Curtain.Add(-2 * time.Hour))
	e := NewEvening(t, open(t, clock), clock, Rows(2, 4, 0), 2)
	boss := e.Staff[0]
	if err := e.Office.SetPIN(ctx, cmd(), boss, e.Staff[1].Staff, "2468"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Clerk 2", "Nobody"} {
		for i := range 4 {
			_, err := e.Office.SignIn(ctx, "window 1", name, "0000")
			if isKind(t, "a wrong PIN", err, boxoffice.KindInvalid); err != nil && err.Error() != "no such name and PIN; try again" {
				t.Errorf("try %d for %s: %v", i+1, name, err)
			}
		}
		_, err := e.Office.SignIn(ctx, "window 1", name, "0000")
		var locked *boxoffice.LockedOutError
		if !errors.As(err, &locked) || locked.Until.Sub(clock.Now()) != 30*time.Second {
			t.Errorf("the fifth wrong PIN for %s: %v", name, err)
		}
		// Elsewhere the name is locked too, and here every name is.
		_, err = e.Office.SignIn(ctx, "window 9", name, "2468")
		if !errors.As(err, &locked) {
			t.Errorf("%s at another terminal: %v", name, err)
		}
		if _, err = e.Office.SignIn(ctx, "window 1", "clerk 1", ""); !errors.As(err, &locked) {
			t.Errorf("another name at the locked terminal: %v", err)
		}
		if _, err = e.Office.SignIn(ctx, "window 9", "clerk 1", ""); err != nil {
			t.Errorf("another name at another terminal: %v", err)
		}
		clock.Move(30 * time.Second)
		_, err = e.Office.SignIn(ctx, "window 1", name, "0000")
		if !errors.As(err, &locked) || locked.Until.Sub(clock.Now()) != time.Minute {
			t.Errorf("the sixth wrong PIN for %s: %v", name, err)
		}
		clock.Move(time.Minute)
		if _, err = e.Office.SignIn(ctx, "window 1", "clerk 1", ""); err != nil {
			t.Errorf("a success at the terminal: %v", err)
		}
	}
	who, err := e.Office.SignIn(ctx, "window 1", " CLERK 2 ", "2468")
	if err != nil || who.ID != e.Staff[1].Staff || who.PIN != "set" {
		t.Errorf("with the right PIN: %+v, %v", who, err)
	}
	// A success clears what was wrong before it.
	for range 2 {
		for range 4 {
			_, err := e.Office.SignIn(ctx, "window 1", "Clerk 2", "1")
			isKind(t, "a wrong PIN after a success", err, boxoffice.KindInvalid)
		}
		if _, err := e.Office.SignIn(ctx, "window 1", "Clerk 2", "2468"); err != nil {
			t.Error(err)
		}
	}
	// Who has left does not come in, in the same words.
	if err := e.Office.ChangeStaff(ctx, cmd(), boss, e.Staff[1].Staff, boxoffice.Manager, false, ""); err != nil {
		t.Fatal(err)
	}
	_, err = e.Office.SignIn(ctx, "window 3", "Clerk 2", "2468")
	isKind(t, "somebody who has left", err, boxoffice.KindInvalid)
	// The journal tells of the lock-outs, and of no PIN.
	seen := 0
	view, err := e.Office.Journal(ctx, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range view.Entries {
		if entry.Verb == boxoffice.VerbLockOut {
			seen++
		}
	}
	if seen != 4 {
		t.Errorf("the journal tells of %d lock-outs, want 4", seen)
	}
}

// testPeople holds what managers do to people: roles, leaving, PINs and keys.
func testPeople(t *testing.T, open Opener) {
	ctx := context.Background()
	clock := NewClock(Curtain.Add(-2 * time.Hour))
	e := NewEvening(t, open(t, clock), clock, Rows(2, 4, 0), 2)
	o, boss, ben := e.Office, e.Staff[0], e.Staff[1]
	must := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	key, err := o.AddKey(ctx, cmd(), boss, ben.Staff, PublicKey("one"))
	must("add a key", err)
	who, err := o.StaffByKey(ctx, key.Fingerprint)
	if must("by key", err); who.ID != ben.Staff {
		t.Errorf("the key is %+v's", who)
	}
	isKind(t, "the same key for another", second(o.AddKey(ctx, cmd(), boss, boss.Staff, PublicKey("one"))), boxoffice.KindState)
	isKind(t, "no key", second(o.AddKey(ctx, cmd(), boss, boss.Staff, boxoffice.PublicKey{Type: "x", Public: []byte("x"), Fingerprint: "MD5:1"})), boxoffice.KindInvalid)
	must("leave", o.ChangeStaff(ctx, cmd(), boss, ben.Staff, boxoffice.Manager, false, "left"))
	isKind(t, "the key of one who has left", second(o.StaffByKey(ctx, key.Fingerprint)), boxoffice.KindNotFound)
	isKind(t, "a key for one who has left", second(o.AddKey(ctx, cmd(), boss, ben.Staff, PublicKey("two"))), boxoffice.KindState)
	must("return", o.ChangeStaff(ctx, cmd(), boss, ben.Staff, boxoffice.Clerk, true, ""))
	isKind(t, "the same again", o.ChangeStaff(ctx, cmd(), boss, ben.Staff, boxoffice.Clerk, true, ""), boxoffice.KindState)
	_, err = o.StaffByKey(ctx, key.Fingerprint)
	must("back again", err)
	revoked := func(fingerprint string) bool {
		is, err := o.RevokedKey(ctx, fingerprint)
		must("look a revocation up", err)
		return is
	}
	if revoked(key.Fingerprint) || revoked("SHA256:nobody's") {
		t.Error("a key is revoked that nobody revoked")
	}
	must("revoke", o.RevokeKey(ctx, cmd(), boss, key.Fingerprint, "lost laptop"))
	isKind(t, "a revoked key", second(o.StaffByKey(ctx, key.Fingerprint)), boxoffice.KindNotFound)
	if !revoked(key.Fingerprint) {
		t.Error("a revoked key cannot be told from an unknown one")
	}
	isKind(t, "revoked twice", o.RevokeKey(ctx, cmd(), boss, key.Fingerprint, ""), boxoffice.KindState)
	isKind(t, "a revoked key again", second(o.AddKey(ctx, cmd(), boss, ben.Staff, PublicKey("one"))), boxoffice.KindState)

	// The last manager stays one.
	manager, err := o.PersonByName(ctx, "manager")
	must("by name", err)
	must("another leaves", o.ChangeStaff(ctx, cmd(), boss, manager.ID, boxoffice.Manager, false, ""))
	isKind(t, "the last manager leaves", o.ChangeStaff(ctx, cmd(), boss, boss.Staff, boxoffice.Manager, false, ""), boxoffice.KindState)
	isKind(t, "the last manager becomes a clerk", o.ChangeStaff(ctx, cmd(), boss, boss.Staff, boxoffice.Clerk, true, ""), boxoffice.KindState)
	isKind(t, "a role that is none", o.ChangeStaff(ctx, cmd(), boss, ben.Staff, "pirate", true, ""), boxoffice.KindInvalid)
	isKind(t, "a manager who cannot set up", o.Permit(ctx, cmd(), boss, boxoffice.Manager, boxoffice.SetUp, false), boxoffice.KindInvalid)

	// Certificates: exactly one person.
	_, err = o.TrustAuthority(ctx, cmd(), boss, PublicKey("ca"))
	must("trust", err)
	must("distrust", o.DistrustAuthority(ctx, cmd(), boss, "SHA256:ca", "old"))
	if trusted, err := o.Authorities(ctx); err != nil || len(trusted) != 0 {
		t.Errorf("distrusted, but trusted are %v, %v", trusted, err)
	}
	_, err = o.TrustAuthority(ctx, cmd(), boss, PublicKey("ca"))
	must("trust again", err)
	if trusted, err := o.Authorities(ctx); err != nil || len(trusted) != 1 || trusted[0].Fingerprint != "SHA256:ca" {
		t.Errorf("trusted are %v, %v", trusted, err)
	}
	must("principals", o.SetPrincipals(ctx, cmd(), boss, ben.Staff, []string{"ben", "tills", "ben"}))
	isKind(t, "another's principal", o.SetPrincipals(ctx, cmd(), boss, boss.Staff, []string{"tills"}), boxoffice.KindState)
	must("principals", o.SetPrincipals(ctx, cmd(), boss, boss.Staff, []string{"boss"}))
	who, err = o.StaffByPrincipal(ctx, []string{"x", "ben", "tills"})
	if must("by principal", err); who.ID != ben.Staff {
		t.Errorf("the certificate means %+v", who)
	}
	isKind(t, "nobody's certificate", second(o.StaffByPrincipal(ctx, []string{"x", ""})), boxoffice.KindNotFound)
	isKind(t, "two people's certificate", second(o.StaffByPrincipal(ctx, []string{"boss", "ben"})), boxoffice.KindInvalid)
	must("leave", o.ChangeStaff(ctx, cmd(), boss, ben.Staff, boxoffice.Clerk, false, ""))
	who, err = o.StaffByPrincipal(ctx, []string{"boss", "ben"})
	if must("two, of whom one has left", err); who.ID != boss.Staff {
		t.Errorf("the certificate means %+v", who)
	}
}

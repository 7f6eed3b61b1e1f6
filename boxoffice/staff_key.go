package boxoffice

import (
	"strings"
	"time"
)

// PublicKey is the open half of a key as it comes from a file or a line: its type
// («ssh-ed25519»), the comment beside it, its wire form, and the fingerprint that
// names it («SHA256:…»).
type PublicKey struct {
	Type        string
	Comment     string
	Public      []byte
	Fingerprint string
}

// checked returns the key with its texts cleaned; *InvalidError for what is no
// public key.
func (k PublicKey) checked() (PublicKey, error) {
	k.Type, k.Comment = Shorten(Clean(k.Type), 60), Shorten(Clean(k.Comment), 80)
	digest, ok := strings.CutPrefix(k.Fingerprint, "SHA256:")
	if !ok || digest == "" || len(digest) > 64 || Clean(digest) != digest || k.Type == "" || len(k.Public) == 0 || len(k.Public) > 16<<10 {
		return k, invalid("that is no public key; give one as ssh-keygen writes it into the .pub file")
	}
	return k, nil
}

// StaffKey is a key by which a member of staff comes in. It is theirs for ever: it
// can be revoked, but is never given to anybody again.
type StaffKey struct {
	ID          KeyID
	Fingerprint string
	Staff       StaffID
	Type        string
	Comment     string
	Public      []byte // wire form
	AddedBy     StaffID
	AddedAt     time.Time
	RevokedAt   time.Time // zero while it opens the door
	Version     int64
}

// Active reports whether the key has not been revoked.
func (k StaffKey) Active() bool { return k.RevokedAt.IsZero() }

// StaffKeyView is a key in a list, with the names of the people it is about.
type StaffKeyView struct {
	Key     StaffKey
	Owner   Staff // without the PIN
	AddedBy string
}

// Authority is a key whose signature the house trusts on certificates.
type Authority struct {
	ID           KeyID
	Fingerprint  string
	Type         string
	Comment      string
	Public       []byte // wire form
	TrustedBy    StaffID
	TrustedAt    time.Time
	DistrustedAt time.Time // zero while it is trusted
	Version      int64
}

// Trusted reports whether certificates signed by the authority count.
func (a Authority) Trusted() bool { return a.DistrustedAt.IsZero() }

// Principal is a name in certificates, and whom it stands for.
type Principal struct {
	Name  string
	Staff StaffID
}

package sshd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wicket/boxoffice"
)

// lookUp bounds a question to the directory.
const lookUp = 5 * time.Second

// sourceAddress is the one critical option of a certificate that is honoured: the
// library holds the connection to it. A certificate with any other is refused.
const sourceAddress = "source-address"

// person is who a key belongs to.
type person struct {
	staff       boxoffice.Staff
	fingerprint string
	screens     bool // may have a terminal; a certificate may be for commands only
}

// strangerError says that a key is nobody's here.
type strangerError struct {
	fingerprint string
	why         string // empty for a key that is just not known
}

func (e *strangerError) Error() string {
	if e.why == "" {
		return "the key " + e.fingerprint + " is not known here"
	}
	return "the key " + e.fingerprint + " is not accepted: " + e.why
}

// fingerprint returns how a key is known here; a certificate by the key it is for.
func fingerprint(key gossh.PublicKey) string {
	if cert, ok := key.(*gossh.Certificate); ok {
		key = cert.Key
	}
	return gossh.FingerprintSHA256(key)
}

// whose returns who holds key. It returns a *strangerError for a key that opens
// nothing, any other error where the directory could not be asked.
func (s *Server) whose(ctx context.Context, key gossh.PublicKey) (person, error) {
	if key == nil {
		return person{}, &strangerError{why: "none was proved"}
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	p := person{fingerprint: fingerprint(key), screens: true}
	stranger := func(why string) (person, error) {
		return person{}, &strangerError{p.fingerprint, why}
	}
	cert, certified := key.(*gossh.Certificate)
	if certified {
		key = cert.Key
	}
	if err := weak(key); err != nil {
		return stranger(err.Error())
	}
	var err error
	if certified {
		authorities, errAsk := s.o.Directory.Authorities(ctx)
		if errAsk != nil {
			return person{}, fmt.Errorf("look up the trusted authorities: %w", errAsk)
		}
		if err := valid(cert, authorities, s.o.Clock.Now()); err != nil {
			return stranger(err.Error())
		}
		_, p.screens = cert.Extensions["permit-pty"]
		p.staff, err = s.o.Directory.StaffByPrincipal(ctx, cert.ValidPrincipals)
	} else {
		p.staff, err = s.o.Directory.StaffByKey(ctx, p.fingerprint)
	}
	if certified && err == nil || !certified && boxoffice.IsNotFound(err) {
		revoked, errAsk := s.o.Directory.RevokedKey(ctx, p.fingerprint)
		switch {
		case errAsk != nil:
			return person{}, fmt.Errorf("look up a key: %w", errAsk)
		case revoked:
			return stranger("it was revoked, for good; a manager can give you another key")
		}
	}
	switch kind := boxoffice.KindOf(err); {
	case kind == boxoffice.KindStore, kind == boxoffice.KindInternal:
		return person{}, fmt.Errorf("look up a key: %w", err)
	case kind == boxoffice.KindNotFound && !certified:
		return stranger("")
	case err != nil:
		return stranger(err.Error())
	case p.staff.ID == 0 || !p.staff.Active:
		return stranger("the person does not work here any more")
	}
	return p, nil
}

// valid checks a certificate: its kind, its authority, its times, its signature,
// and that it asks for nothing that is not enforced here.
func valid(cert *gossh.Certificate, authorities [][]byte, now time.Time) error {
	switch {
	case cert.CertType != gossh.UserCert:
		return errors.New("the certificate is a host's, not a person's")
	case !trusted(authorities, cert.SignatureKey):
		return errors.New("the certificate's authority is not trusted here")
	case cert.Signature.Format == gossh.KeyAlgoRSA:
		return errors.New("the certificate is signed by SHA-1")
	case len(cert.ValidPrincipals) == 0:
		return errors.New("the certificate names no principal")
	}
	if err := weak(cert.SignatureKey); err != nil {
		return err
	}
	checker := gossh.CertChecker{
		SupportedCriticalOptions: []string{sourceAddress},
		Clock:                    func() time.Time { return now },
	}
	// The user name is a label: who the principals name is asked of the directory.
	return checker.CheckCert(cert.ValidPrincipals[0], cert)
}

func trusted(authorities [][]byte, key gossh.PublicKey) bool {
	wire := key.Marshal()
	for _, a := range authorities {
		if bytes.Equal(a, wire) {
			return true
		}
	}
	return false
}

package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"wicket/boxoffice"
)

// The cost of a PIN's hash: 19 MiB, two passes, one lane.
const (
	pinMemory = 19 << 10 // KiB
	pinTime   = 2
	pinLanes  = 1
	pinSalt   = 16
	pinKey    = 32
)

// pins hashes PINs by argon2id, in PHC form. At most two at once: each takes its
// memory, and a crowd at the door shall not take it all.
type pins struct{ room chan struct{} }

var _ boxoffice.PINs = pins{}

func newPINs() pins { return pins{make(chan struct{}, 2)} }

// Hash returns «$argon2id$v=19$m=…,t=…,p=…$salt$hash» with a fresh salt.
func (p pins) Hash(pin string) (string, error) {
	salt := make([]byte, pinSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("make a salt: %w", err)
	}
	key := p.key(pin, salt, pinTime, pinMemory, pinLanes, pinKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, pinMemory, pinTime, pinLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// Check reports whether pin is the one hash was made of. A hash of another form,
// or one that would cost far more than ours, is nobody's.
func (p pins) Check(hash, pin string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false
	}
	var version int
	var memory, time uint32
	var lanes uint8
	if n, err := fmt.Sscanf(parts[2], "v=%d", &version); n != 1 || err != nil || version != argon2.Version {
		return false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &lanes); n != 3 || err != nil {
		return false
	}
	if memory > 256<<10 || time < 1 || time > 16 || lanes < 1 || lanes > 8 {
		return false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	want, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(want) < 16 || len(want) > 64 {
		return false
	}
	got := p.key(pin, salt, time, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

func (p pins) key(pin string, salt []byte, time, memory uint32, lanes uint8, length uint32) []byte {
	p.room <- struct{}{}
	defer func() { <-p.room }()
	return argon2.IDKey([]byte(pin), salt, time, memory, lanes, length)
}

package sshd

import (
	"crypto/rsa"
	"fmt"

	gossh "golang.org/x/crypto/ssh"
)

// version is what the server says of itself to strangers.
const version = "Wicket"

// tries is how many keys a connection may fail with.
const tries = 3

// handshake is what the server agrees to speak: nothing that is known to be weak,
// whatever the library's defaults become.
func handshake() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		Config: gossh.Config{
			KeyExchanges: []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519},
			Ciphers:      []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES256GCM, gossh.CipherAES128GCM},
			MACs:         []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM},
		},
		PublicKeyAuthAlgorithms: []string{
			gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519,
			gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521, gossh.KeyAlgoSKECDSA256,
			gossh.KeyAlgoRSASHA512, gossh.KeyAlgoRSASHA256,
		},
		MaxAuthTries: tries,
	}
}

// weak says what is wrong with a key, nil if nothing.
func weak(key gossh.PublicKey) error {
	const bits = 2048
	if k, ok := key.(gossh.CryptoPublicKey); ok {
		if k, ok := k.CryptoPublicKey().(*rsa.PublicKey); ok && k.N.BitLen() < bits {
			return fmt.Errorf("an RSA key needs %d bits, this one has %d", bits, k.N.BitLen())
		}
	}
	return nil
}

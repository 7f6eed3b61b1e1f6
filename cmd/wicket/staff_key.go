package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

func (p *program) staffKeyCommand() *cobra.Command {
	return group("key", "the SSH keys people come in by", p.staffKeyAdd(), p.staffKeyImport(), p.staffKeyRevoke(), p.staffKeyList())
}

// keyFileSize bounds what is read as a file of keys.
const keyFileSize = 1 << 20

// readKeys reads public keys, a line each, as ssh-keygen writes them and as an
// authorized_keys file has them. One that is no key or comes with options spoils
// all: an option that is left out is a limit that does not hold.
func (p *program) readKeys(ctx context.Context, path string) ([]boxoffice.PublicKey, error) {
	var in io.Reader = typed{ctx, p.in}
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read key: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, keyFileSize))
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	if bytes.Contains(text, []byte("PRIVATE KEY")) || bytes.Contains(text, []byte("PuTTY-User-Key-File")) {
		return nil, fmt.Errorf("%s is a private key, which nobody else may have: nothing was kept of it; give the one that ends in .pub,\nand make a new key if anybody saw this one", path)
	}
	var keys []boxoffice.PublicKey
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, comment, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: that is no public key; give it as ssh-keygen writes it into the .pub file", path, n)
		}
		if len(options) > 0 {
			return nil, fmt.Errorf("%s, line %d: Wicket does not hold keys to options like «%s»; take them away, or use a certificate", path, n, boxoffice.Shorten(boxoffice.Clean(options[0]), 40))
		}
		if _, ok := key.(*ssh.Certificate); ok {
			return nil, fmt.Errorf("%s, line %d: that is a certificate, not a key; trust the authority that signed it: wicket staff authority trust FILE", path, n)
		}
		keys = append(keys, boxoffice.PublicKey{Type: key.Type(), Comment: comment, Public: key.Marshal(), Fingerprint: ssh.FingerprintSHA256(key)})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("there is no key in %s", path)
	}
	return keys, nil
}

// enrol gives a person keys, and says which.
func (p *program) enrol(ctx context.Context, h *house, by boxoffice.Actor, who boxoffice.Staff, keys []boxoffice.PublicKey) error {
	for i, key := range keys {
		if _, err := h.office.AddKey(ctx, boxoffice.NewCommandID(), by, who.ID, key); err != nil {
			if i > 0 {
				return fmt.Errorf("%w; the %s before it in the file was added", err, screen.Count(i, "key"))
			}
			return err
		}
		fmt.Fprintf(p.out, "%s comes in by %s  %s\n", boxoffice.Clean(who.Name), key.Fingerprint, boxoffice.Clean(key.Comment))
	}
	return nil
}

func (p *program) staffKeyAdd() *cobra.Command {
	return &cobra.Command{
		Use: "add NAME FILE", Short: "let somebody in over SSH by a public key",
		Long: `Lets somebody in over SSH by the public keys of a file, a line each: a .pub file,
or an authorized_keys file of theirs. FILE may be - for what is typed or piped in.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &usageError{fmt.Errorf("%s needs a name and a file", c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			keys, err := p.readKeys(c.Context(), args[1])
			if err != nil {
				return err
			}
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				who, err := h.office.PersonByName(c.Context(), args[0])
				if err != nil {
					return err
				}
				return p.enrol(c.Context(), h, by, who, keys)
			})
		},
	}
}

func (p *program) staffKeyRevoke() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "revoke FINGERPRINT|NAME", Short: "shut the door to a key, for good and at once", Args: oneArg("fingerprint or name"),
		Long: "Shuts the door to a key, or to all of somebody's, for good. What was opened with it ends at once; the basket stays\nand can be taken over. wicket staff key list has the fingerprints.",
	}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`, for the journal")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			fingerprints := []string{args[0]}
			if !strings.HasPrefix(args[0], "SHA256:") {
				var err error
				if fingerprints, err = keysOf(c.Context(), h, args[0]); err != nil {
					return err
				}
			}
			for _, fingerprint := range fingerprints {
				if err := h.office.RevokeKey(c.Context(), boxoffice.NewCommandID(), by, fingerprint, reason); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%s opens nothing any more\n", boxoffice.Clean(fingerprint))
			}
			return nil
		})
	}
	return c
}

// keysOf returns the fingerprints of the keys that a person comes in by.
func keysOf(ctx context.Context, h *house, name string) ([]string, error) {
	who, err := h.office.PersonByName(ctx, name)
	if err != nil {
		return nil, err
	}
	all, err := h.office.Keys(ctx)
	if err != nil {
		return nil, err
	}
	var fingerprints []string
	for _, k := range all {
		if k.Key.Staff == who.ID && k.Key.Active() {
			fingerprints = append(fingerprints, k.Key.Fingerprint)
		}
	}
	if len(fingerprints) == 0 {
		return nil, fmt.Errorf("%s comes in by no key", boxoffice.Clean(who.Name))
	}
	return fingerprints, nil
}

type staffKeyJSON struct {
	Fingerprint string  `json:"fingerprint"`
	Staff       string  `json:"staff"`
	Type        string  `json:"type"`
	Comment     string  `json:"comment,omitempty"`
	AddedBy     string  `json:"added_by"`
	AddedAt     *string `json:"added_at"`
	RevokedAt   *string `json:"revoked_at"`
}

func (p *program) staffKeyList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "list the keys the house ever knew", Args: noArgs}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			settings, err := h.office.House(c.Context())
			if err != nil {
				return err
			}
			keys, err := h.office.Keys(c.Context())
			if err != nil {
				return err
			}
			zone := settings.Location()
			out := make([]staffKeyJSON, len(keys))
			for i, k := range keys {
				out[i] = staffKeyJSON{
					k.Key.Fingerprint, k.Owner.Name, k.Key.Type, k.Key.Comment, k.AddedBy, stamp(k.Key.AddedAt, zone), stamp(k.Key.RevokedAt, zone),
				}
			}
			if asJSON {
				return printJSON(p.out, out)
			}
			for i, k := range out {
				note := boxoffice.Clean(k.Comment)
				if k.RevokedAt != nil {
					note = "revoked " + keys[i].Key.RevokedAt.In(zone).Format("2006-01-02 15:04")
				}
				fmt.Fprintln(p.out, strings.TrimRight(boxoffice.Pad(boxoffice.Clean(k.Staff), 16)+"  "+k.Fingerprint+"  "+note, " "))
			}
			return nil
		})
	}
	return c
}

func (p *program) staffAuthorityCommand() *cobra.Command {
	return group("authority", "who may sign SSH certificates for staff", p.authorityTrust(), p.authorityDistrust(), p.authorityList())
}

func (p *program) authorityTrust() *cobra.Command {
	return &cobra.Command{
		Use: "trust FILE", Short: "trust the certificates signed by a key", Args: oneArg("file"),
		Long: "Lets in who shows a certificate that the key in FILE has signed, for a principal of theirs:\nwicket staff principals NAME PRINCIPAL….",
		RunE: func(c *cobra.Command, args []string) error {
			keys, err := p.readKeys(c.Context(), args[0])
			if err != nil {
				return err
			}
			if len(keys) != 1 {
				return errors.New("give one key at a time")
			}
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				if _, err := h.office.TrustAuthority(c.Context(), boxoffice.NewCommandID(), by, keys[0]); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "certificates signed by %s let people in now\n", keys[0].Fingerprint)
				return nil
			})
		},
	}
}

func (p *program) authorityDistrust() *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "distrust FINGERPRINT", Short: "stop trusting it, at once", Args: oneArg("fingerprint")}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`, for the journal")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			if err := h.office.DistrustAuthority(c.Context(), boxoffice.NewCommandID(), by, args[0], reason); err != nil {
				return err
			}
			fmt.Fprintf(p.out, "certificates signed by %s let nobody in any more\n", boxoffice.Clean(args[0]))
			return nil
		})
	}
	return c
}

type authorityJSON struct {
	Fingerprint string  `json:"fingerprint"`
	Type        string  `json:"type"`
	Comment     string  `json:"comment,omitempty"`
	TrustedAt   *string `json:"trusted_at"`
}

func (p *program) authorityList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "list those that are trusted", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			all, err := h.office.Authorities(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				settings, err := h.office.House(c.Context())
				if err != nil {
					return err
				}
				out := make([]authorityJSON, len(all))
				for i, a := range all {
					out[i] = authorityJSON{a.Fingerprint, a.Type, a.Comment, stamp(a.TrustedAt, settings.Location())}
				}
				return printJSON(p.out, out)
			}
			for _, a := range all {
				fmt.Fprintln(p.out, strings.TrimRight(a.Fingerprint+"  "+boxoffice.Clean(a.Comment), " "))
			}
			return nil
		})
	}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (p *program) staffPrincipals() *cobra.Command {
	return &cobra.Command{
		Use: "principals NAME [PRINCIPAL…]", Short: "set the names by which certificates mean somebody",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 {
				return &usageError{fmt.Errorf("%s needs a name", c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				who, err := h.office.PersonByName(c.Context(), args[0])
				if err != nil {
					return err
				}
				if err := h.office.SetPrincipals(c.Context(), boxoffice.NewCommandID(), by, who.ID, args[1:]); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%s is meant by %s\n", boxoffice.Clean(who.Name), screen.Count(len(args)-1, "principal"))
				return nil
			})
		},
	}
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// staffKeyImport adds the keys of a file that is many people's.
func (p *program) staffKeyImport() *cobra.Command {
	return &cobra.Command{
		Use: "import FILE", Short: "add the keys of an authorized_keys file, each for whom its comment names", Args: oneArg("file"),
		Long: `Adds the keys of an authorized_keys file. The comment behind a key says whose it is:
a name, or name@machine. What is theirs already stays as it is. Where somebody is not
known, or a key cannot be theirs, nothing is added.`,
		RunE: func(c *cobra.Command, args []string) error {
			keys, err := p.readKeys(c.Context(), args[0])
			if err != nil {
				return err
			}
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				known, err := h.office.Keys(c.Context())
				if err != nil {
					return err
				}
				have := map[string]boxoffice.StaffKeyView{}
				for _, k := range known {
					have[k.Key.Fingerprint] = k
				}
				owners := make([]boxoffice.Staff, len(keys))
				for i, k := range keys {
					name, _, _ := strings.Cut(k.Comment, "@")
					if owners[i], err = h.office.PersonByName(c.Context(), name); err != nil {
						return fmt.Errorf("nothing was added: key %d of the file: %w", i+1, err)
					}
					if old, ok := have[k.Fingerprint]; ok && (!old.Key.Active() || old.Key.Staff != owners[i].ID) {
						return fmt.Errorf("nothing was added: key %d of the file is %s's or was, and can be nobody else's", i+1, boxoffice.Clean(old.Owner.Name))
					}
				}
				for i, k := range keys {
					if _, ok := have[k.Fingerprint]; ok {
						fmt.Fprintf(p.out, "%s has %s already\n", boxoffice.Clean(owners[i].Name), k.Fingerprint)
						continue
					}
					if err := p.enrol(c.Context(), h, by, owners[i], keys[i:i+1]); err != nil {
						return fmt.Errorf("key %d of the file: %w; those before it were added", i+1, err)
					}
				}
				return nil
			})
		},
	}
}

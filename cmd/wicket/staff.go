package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

func (p *program) staffCommand() *cobra.Command {
	return group("staff", "who works here", p.staffAdd(), p.staffList(), p.staffRole(),
		p.staffPresence("leave", "let somebody go: they can do nothing any more, at once", false),
		p.staffPresence("return", "let somebody who left work here again", true),
		p.staffPIN(), p.staffPermit(true), p.staffPermit(false), p.staffPermissions(),
		p.staffKeyCommand(), p.staffAuthorityCommand(), p.staffPrincipals())
}

func (p *program) staffAdd() *cobra.Command {
	var role, keyFile string
	c := &cobra.Command{
		Use: "add NAME", Short: "take somebody on", Args: oneArg("name"),
		Long: "Takes somebody on. The PIN is asked for, or taken from WICKET_PIN; without one they sign in by name alone.",
	}
	c.Flags().StringVar(&role, "role", string(boxoffice.Clerk), "clerk, supervisor, manager, door or viewer")
	c.Flags().StringVar(&keyFile, "key", "", "the `FILE` of the public key they come in by over SSH")
	c.RunE = func(c *cobra.Command, args []string) error {
		var keys []boxoffice.PublicKey
		if keyFile != "" {
			var err error
			if keys, err = p.readKeys(c.Context(), keyFile); err != nil {
				return err
			}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			pin, err := p.newPIN(c.Context(), args[0])
			if err != nil {
				return err
			}
			s, err := h.office.AddStaff(c.Context(), boxoffice.NewCommandID(), by, args[0], boxoffice.Role(role), pin)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "%s works here now, as %s\n", s.Name, s.Role)
			return p.enrol(c.Context(), h, by, s, keys)
		})
	}
	return c
}

type staffJSON struct {
	Name   string `json:"name"`
	Role   string `json:"role"`
	PIN    bool   `json:"pin"`
	Active bool   `json:"active"`
}

func (p *program) staffList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "list who works here", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			all, err := h.office.AllStaff(c.Context())
			if err != nil {
				return err
			}
			out := make([]staffJSON, len(all))
			for i, s := range all {
				out[i] = staffJSON{s.Name, string(s.Role), s.PIN != "", s.Active}
			}
			if asJSON {
				return printJSON(p.out, out)
			}
			for _, s := range out {
				note := ""
				if !s.PIN {
					note = "  no PIN"
				}
				if !s.Active {
					note += "  gone"
				}
				line := boxoffice.Pad(boxoffice.Clean(s.Name), 24) + "  " + boxoffice.Pad(s.Role, 10) + note
				fmt.Fprintln(p.out, strings.TrimRight(line, " "))
			}
			return nil
		})
	}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

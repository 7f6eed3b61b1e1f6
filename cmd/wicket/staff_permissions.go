package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// staffPermit is a command that changes what a role may do.
func (p *program) staffPermit(allowed bool) *cobra.Command {
	use, short, word := "permit ROLE PERMISSION", "let a role do something", "may"
	if !allowed {
		use, short, word = "forbid ROLE PERMISSION", "let a role no longer do something", "may not"
	}
	return &cobra.Command{
		Use: use, Short: short, Long: "The permission is written in words, in quotes: wicket staff permissions lists them.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &usageError{fmt.Errorf("%s needs a role, and a permission in quotes", c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				permission, err := boxoffice.ParsePermission(args[1])
				if err != nil {
					return err
				}
				role := boxoffice.Role(strings.ToLower(args[0]))
				if err := h.office.Permit(c.Context(), boxoffice.NewCommandID(), by, role, permission, allowed); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "a %s %s %s now\n", role, word, permission)
				return nil
			})
		},
	}
}

type permissionJSON struct {
	Permission string          `json:"permission"`
	Roles      map[string]bool `json:"roles"`
}

func (p *program) staffPermissions() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "permissions", Short: "show which role may do what", Args: noArgs}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			table, err := h.office.Permissions(c.Context())
			if err != nil {
				return err
			}
			if !asJSON {
				p.permissionTable(table)
				return nil
			}
			out := make([]permissionJSON, 0, len(boxoffice.AllPermissions()))
			for _, permission := range boxoffice.AllPermissions() {
				row := permissionJSON{string(permission), map[string]bool{}}
				for _, role := range boxoffice.AllRoles() {
					row.Roles[string(role)] = table.Allows(role, permission)
				}
				out = append(out, row)
			}
			return printJSON(p.out, out)
		})
	}
	return c
}

// permissionTable writes the table, a line a permission and a column a role.
func (p *program) permissionTable(table boxoffice.Permissions) {
	const wide = 30
	line := boxoffice.Pad("", wide)
	for _, role := range boxoffice.AllRoles() {
		line += "  " + string(role)
	}
	fmt.Fprintln(p.out, line)
	for _, permission := range boxoffice.AllPermissions() {
		line := boxoffice.Pad(string(permission), wide)
		for _, role := range boxoffice.AllRoles() {
			mark := "-"
			if table.Allows(role, permission) {
				mark = "yes"
			}
			line += "  " + boxoffice.Pad(mark, len(role))
		}
		fmt.Fprintln(p.out, strings.TrimRight(line, " "))
	}
}

// staffPIN gives somebody another PIN.
func (p *program) staffPIN() *cobra.Command {
	return &cobra.Command{
		Use: "pin NAME", Short: "give somebody another PIN", Args: oneArg("name"),
		Long: "Gives somebody another PIN, asked for or taken from WICKET_PIN. An empty one, typed, takes it away.",
		RunE: func(c *cobra.Command, args []string) error {
			if p.env("WICKET_PIN") == "" && !p.hasTerminal() {
				return errors.New("there is no terminal to ask for a PIN at; set WICKET_PIN")
			}
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				who, err := h.office.PersonByName(c.Context(), args[0])
				if err != nil {
					return err
				}
				pin, err := p.newPIN(c.Context(), who.Name)
				if err != nil {
					return err
				}
				if err := h.office.SetPIN(c.Context(), boxoffice.NewCommandID(), by, who.ID, pin); err != nil {
					return err
				}
				said := "has a new PIN"
				if pin == "" {
					said = "has no PIN any more"
				}
				fmt.Fprintln(p.out, boxoffice.Clean(who.Name), said)
				return nil
			})
		},
	}
}

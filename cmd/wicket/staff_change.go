package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// staffRole is «wicket staff role NAME ROLE».
func (p *program) staffRole() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "role NAME ROLE", Short: "give somebody another role",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &usageError{fmt.Errorf("%s needs a name and a role", c.CommandPath())}
			}
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`, for the journal")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.changeStaff(c, args[0], reason, func(s boxoffice.Staff) boxoffice.Staff {
			s.Role = boxoffice.Role(args[1])
			return s
		})
	}
	return c
}

// staffPresence is a command by which somebody leaves for good or comes back.
func (p *program) staffPresence(name, short string, active bool) *cobra.Command {
	var reason string
	c := &cobra.Command{Use: name + " NAME", Short: short, Args: oneArg("name")}
	c.Flags().StringVar(&reason, "reason", "", "`WHY`, for the journal")
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.changeStaff(c, args[0], reason, func(s boxoffice.Staff) boxoffice.Staff {
			s.Active = active
			return s
		})
	}
	return c
}

func (p *program) changeStaff(c *cobra.Command, name, reason string, change func(boxoffice.Staff) boxoffice.Staff) error {
	return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
		who, err := h.office.PersonByName(c.Context(), name)
		if err != nil {
			return err
		}
		who = change(who)
		if err := h.office.ChangeStaff(c.Context(), boxoffice.NewCommandID(), by, who.ID, who.Role, who.Active, reason); err != nil {
			return err
		}
		here := "works here"
		if !who.Active {
			here = "works here no longer"
		}
		fmt.Fprintf(p.out, "%s %s, as %s\n", boxoffice.Clean(who.Name), here, who.Role)
		return nil
	})
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// guestRoot is what people can ask for over SSH: reports, as the person they came
// as, and nothing that changes anything.
func (p *program) guestRoot() *cobra.Command {
	root := &cobra.Command{
		Use: "wicket", Short: "reports of a box office",
		Long:        "Reports, for who may see them. Without a command, ssh -t HOST is a counter.",
		Example:     "  ssh HOST sales --today --json\n  ssh HOST house p3\n  ssh HOST order 1042",
		Annotations: map[string]string{cobra.CommandDisplayNameAnnotation: "ssh HOST"},
		Args:        func(_ *cobra.Command, args []string) error { return knownWord(args) },
	}
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		need := boxoffice.SeeReports
		if c.Name() == "journal" { // who did what, and for whom
			need = boxoffice.WatchEvening
		}
		return p.guest.house.office.Allowed(c.Context(), p.guest.by, need)
	}
	performances := p.performanceList()
	performances.Use = "performances"
	order := p.orderShow()
	order.Use = "order NUMBER"
	root.AddCommand(p.salesCommand(), p.ticketCountCommand(), performances, order, p.journalCommand(), p.verifyCommand())
	return root
}

// guestWords are the commands over SSH.
var guestWords = []string{"sales", "house", "performances", "order", "journal", "verify", "help"}

// knownWord returns an error for a first word that is no command over SSH.
func knownWord(args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") || slices.Contains(guestWords, args[0]) {
		return nil
	}
	return &usageError{fmt.Errorf("there is no command «%s» here; there are %s", boxoffice.Shorten(boxoffice.Clean(args[0]), 40), strings.Join(guestWords, ", "))}
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

// saleLineTopic is «wicket help sale-line»: what can be typed at the counter.
func saleLineTopic() *cobra.Command {
	rules := saleline.Grammar()
	form, meaning := 0, 0
	for _, r := range rules {
		form, meaning = max(form, boxoffice.Width(r.Form)), max(meaning, boxoffice.Width(r.Meaning))
	}
	var b strings.Builder
	b.WriteString("What can be typed at the counter, and an example of each:\n\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "  %s  %s  %s\n", boxoffice.Pad(r.Form, form), boxoffice.Pad(r.Meaning, meaning), r.Example)
	}
	// A command that cannot be run is a topic of the help.
	return &cobra.Command{Use: "sale-line", Short: "what can be typed at the counter", Long: strings.TrimRight(b.String(), "\n")}
}

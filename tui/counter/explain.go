package counter

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

// works are the commands of the sale line that do something here.
var works = []string{
	"help", "performances", "orders", "holds", "find", "park", "parked", "resume", "give", "hold", "type", "renew", "drop",
	"retry", "void", "block", "unblock", "kill", "revive", "stop", "open", "cancel", "pay", "quit",
	"live", "lock", "switch", "tell", "requests",
}

// Explain returns what the sale line understands: examples from the house on
// screen, then the commands.
func (c *Counter) Explain() [][2]string {
	var forms [][2]string
	if ctx := c.context(); ctx.Plan != nil && len(ctx.Prices.Types) > 0 {
		for _, r := range saleline.Examples(ctx) {
			forms = append(forms, [2]string{boxoffice.Clean(r.Example), boxoffice.Clean(r.Meaning)})
		}
	}
	rules := saleline.Grammar()
	for i, name := range saleline.Commands() {
		if slices.Contains(works, name) {
			r := rules[len(rules)-len(saleline.Commands())+i]
			forms = append(forms, [2]string{boxoffice.Clean(r.Form), boxoffice.Clean(r.Meaning)})
		}
	}
	return forms
}

// complete finishes the word that is being typed, and says what else it could be.
func (c *Counter) complete() tea.Cmd {
	if word, _, more := strings.Cut(strings.TrimSpace(c.line.Value())+" ", " "); more && strings.EqualFold(word, "tell") {
		return c.completeAddressee()
	}
	c.completeIn(c.context())
	return nil
}

// completeIn is complete against ctx.
func (c *Counter) completeIn(ctx saleline.Context) {
	completed, candidates := saleline.Complete(c.line.Value(), ctx)
	if completed != c.line.Value() {
		c.line.Set(completed)
	}
	if len(candidates) > 1 {
		c.say(told, boxoffice.Clean(strings.Join(candidates[:min(len(candidates), 12)], ", ")))
	}
}

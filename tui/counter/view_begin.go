package counter

import "wicket/tui/screen"

// beginView says in a house without a performance how it gets one; nothing while
// there is one to show.
func (c *Counter) beginView(w int) []string {
	if !c.nowhere() {
		return nil
	}
	th := c.desk.Theme
	lines := []string{""}
	say := func(words, command string) {
		for _, l := range screen.Wrap(words, w-4, 3) {
			lines = append(lines, "  "+th.Text.Paint(l))
		}
		if command != "" {
			lines = append(lines, "    "+th.Accent.Paint(command))
		}
		lines = append(lines, "")
	}
	say("From another terminal, bring the hall:", "wicket plan import FILE")
	say("… and what is played in it:", "wicket programme load FILE")
	say("Or begin with a small hall and a show tonight:", "wicket programme example")
	say("It stands here as soon as it is loaded.", "")
	return lines
}

package counter

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// everybody are the words for a message that is for all.
var everybody = []string{"all", "everybody"}

// tell sends a message: what stands first names who it is for, a terminal, a person or
// all, the rest is what is told.
func (c *Counter) tell(line string) tea.Cmd {
	office, by, typed := c.desk.Office, c.desk.Actor, c.line.Value()
	return c.act(func(ctx context.Context, cmd boxoffice.CommandID) (func() tea.Cmd, error) {
		present, err := office.AtWork(ctx)
		if err != nil {
			return nil, err
		}
		to, said, ok := addressee(line, present)
		if !ok {
			return nil, &boxoffice.InvalidError{Words: "nobody at work is called so; there are " + strings.Join(addresses(present), ", ")}
		}
		return func() tea.Cmd {
			c.remember(typed)
			whom := to
			if to == "" {
				whom = "everybody"
			}
			c.say(done, "Told "+boxoffice.Clean(whom)+".")
			return nil
		}, office.Tell(ctx, cmd, by, to, said)
	}, nil)
}

// completeAddressee finishes the name of who is told, of those who are at work now.
func (c *Counter) completeAddressee() tea.Cmd {
	office := c.desk.Office
	return c.act(func(ctx context.Context, _ boxoffice.CommandID) (func() tea.Cmd, error) {
		present, err := office.AtWork(ctx)
		return func() tea.Cmd {
			ctx := c.context()
			ctx.Addressees = []string{everybody[0]}
			for _, at := range present {
				for _, name := range []string{boxoffice.Clean(at.Terminal), boxoffice.Clean(at.Staff.Name)} {
					if !slices.Contains(ctx.Addressees, name) {
						ctx.Addressees = append(ctx.Addressees, name)
					}
				}
			}
			c.completeIn(ctx)
			return nil
		}, err
	}, nil)
}

// addressee splits a line into who it is for and what is told. The longest name counts:
// «window 12» is not «window 1».
func addressee(line string, present []boxoffice.AtWork) (to, said string, ok bool) {
	longest := 0
	try := func(name, is string) {
		rest, found := cutName(line, name)
		if found && len(name) > longest {
			to, said, ok, longest = is, rest, true, len(name)
		}
	}
	for _, at := range present {
		try(at.Terminal, at.Terminal)
		try(at.Staff.Name, at.Staff.Name)
	}
	for _, word := range everybody {
		try(word, "")
	}
	return to, said, ok
}

// cutName cuts a name, whatever its case, off the front of a line.
func cutName(line, name string) (rest string, ok bool) {
	name = boxoffice.Clean(name)
	if name == "" || len(line) < len(name) || !strings.EqualFold(line[:len(name)], name) {
		return "", false
	}
	rest = line[len(name):]
	if rest != "" && !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, ":") {
		return "", false
	}
	return strings.TrimSpace(strings.TrimPrefix(rest, ":")), true
}

// addresses are who can be told something.
func addresses(present []boxoffice.AtWork) []string {
	names := []string{"all"}
	for _, at := range present {
		if len(names) == 7 {
			return append(names, "…")
		}
		names = append(names, boxoffice.Shorten(boxoffice.Clean(at.Terminal), 20))
	}
	return names
}

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/boxoffice/programmefile"
	"wicket/tui/screen"
)

func (p *program) programmeCommand() *cobra.Command {
	return group("programme", "what the house plays", p.programmeLoad(), p.programmeExample())
}

func (p *program) programmeLoad() *cobra.Command {
	return &cobra.Command{
		Use: "load FILE", Short: "load events, performances and prices from a file", Args: oneArg("file"),
		Long: "Loads a programme (YAML, see docs/programme.md; «-» is the standard input), all of it or nothing.\nLoading it again changes nothing.",
		RunE: func(c *cobra.Command, args []string) error {
			return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
				var r io.Reader = typed{c.Context(), p.in}
				if args[0] != "-" {
					f, err := os.Open(args[0])
					if err != nil {
						return fmt.Errorf("read programme: %w", err)
					}
					defer f.Close()
					r = f
				}
				s, err := h.office.House(c.Context())
				if err != nil {
					return err
				}
				programme, err := programmefile.Read(args[0], r, s.Location(), s.Currency)
				if err != nil {
					return err
				}
				done, err := p.load(c.Context(), h, by, programme)
				if err != nil {
					return err
				}
				p.sayLoaded(done)
				return nil
			})
		},
	}
}

// load loads a programme, all of it or nothing.
func (p *program) load(ctx context.Context, h *house, by boxoffice.Actor, programme boxoffice.Programme) (boxoffice.Loaded, error) {
	done, err := h.office.LoadProgramme(ctx, boxoffice.NewCommandID(), by, programme)
	if err != nil {
		return done, fmt.Errorf("nothing was loaded: %w", err)
	}
	return done, nil
}

// sayLoaded says what loading did.
func (p *program) sayLoaded(done boxoffice.Loaded) {
	fmt.Fprintf(p.out, "added or changed: %s, %s, %s; %d put on sale; %d unchanged\n", screen.Count(done.PriceTypes, "price type"),
		screen.Count(done.Events, "event"), screen.Count(done.Performances, "performance"), done.OnSale, done.Unchanged)
	if n := len(done.Past); n > 0 {
		some := strings.Join(done.Past[:min(n, 5)], ", ")
		if n > 5 {
			some += fmt.Sprintf(" and %d more", n-5)
		}
		p.complain("on sale though the curtain has risen already: " + some + "\n  look at the dates; who is not to be sold to: wicket performance stop KEY --reason TEXT")
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// verifier is a store that can recount itself.
type verifier interface {
	Verify(ctx context.Context) ([]boxoffice.Break, error)
}

func (p *program) verifyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "verify", Short: "recount everything in the house and list what does not add up", Args: noArgs,
		Long: "Recounts the whole store on one snapshot: tickets against the journal, the journal's chain,\norders against their lines and tenders. Selling goes on meanwhile. Ends with code 1 if anything breaks.",
		RunE: func(c *cobra.Command, _ []string) error {
			if p.guest != nil {
				return p.verify(c.Context(), p.guest.house, asJSON)
			}
			h, err := p.openHouse(c.Context())
			if err != nil {
				return err
			}
			return errors.Join(p.verify(c.Context(), h, asJSON), h.close())
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// verifyJSON is what a recount found. Tickets and entries are counted where nothing
// breaks.
type verifyJSON struct {
	Clean   bool        `json:"clean"`
	Tickets *int        `json:"tickets,omitempty"`
	Entries *int64      `json:"entries,omitempty"`
	Breaks  []breakJSON `json:"breaks"`
}

type breakJSON struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

func (p *program) verify(ctx context.Context, h *house, asJSON bool) error {
	v, ok := h.store.(verifier)
	if !ok {
		return errors.New("this kind of store cannot recount itself")
	}
	breaks, err := v.Verify(ctx)
	if err != nil {
		return cannotRecount(h.path, err)
	}
	out := verifyJSON{Clean: len(breaks) == 0, Breaks: []breakJSON{}}
	for _, b := range breaks {
		out.Breaks = append(out.Breaks, breakJSON(b))
		if !asJSON {
			fmt.Fprintf(p.out, "%s: %s\n", boxoffice.Clean(b.Where), boxoffice.Clean(b.What))
		}
	}
	if len(breaks) > 0 {
		if asJSON {
			if err := printJSON(p.out, out); err != nil {
				return err
			}
		}
		return fmt.Errorf("%s; nothing was changed: keep a copy of %s before anything else", screen.Count(len(breaks), "break"), h.path)
	}
	return h.store.View(ctx, func(r boxoffice.Reader) error {
		tickets, err := countTickets(r)
		if err != nil {
			return err
		}
		head, _, err := r.Head()
		if err != nil {
			return err
		}
		if asJSON {
			out.Tickets, out.Entries = &tickets, &head
			return printJSON(p.out, out)
		}
		fmt.Fprintf(p.out, "clean: %d tickets, %d entries\n", tickets, head)
		return nil
	})
}

// cannotRecount says why a recount came to no end, and what to do.
func cannotRecount(path string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("it could not be recounted: %s; nothing was changed\n  try again; if it stays so, keep a copy of %s and see wicket doctor", plainly(err), path)
}

// countTickets counts the live tickets of the house.
func countTickets(r boxoffice.Reader) (int, error) {
	all, err := r.Performances(time.Time{}, time.Time{})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, perf := range all {
		places, err := r.Places(perf.ID)
		if err != nil {
			return 0, err
		}
		n += len(places)
	}
	return n, nil
}

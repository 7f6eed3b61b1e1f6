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
	return &cobra.Command{
		Use: "verify", Short: "recount everything in the house and list what does not add up", Args: noArgs,
		Long: "Recounts the whole store on one snapshot: tickets against the journal, the journal's chain,\norders against their lines and tenders. Selling goes on meanwhile. Ends with code 1 if anything breaks.",
		RunE: func(c *cobra.Command, _ []string) error {
			if p.guest != nil {
				return p.verify(c.Context(), p.guest.house)
			}
			h, err := p.openHouse(c.Context())
			if err != nil {
				return err
			}
			return errors.Join(p.verify(c.Context(), h), h.close())
		},
	}
}

func (p *program) verify(ctx context.Context, h *house) error {
	v, ok := h.store.(verifier)
	if !ok {
		return errors.New("this kind of store cannot recount itself")
	}
	breaks, err := v.Verify(ctx)
	if err != nil {
		return err
	}
	for _, b := range breaks {
		fmt.Fprintf(p.out, "%s: %s\n", boxoffice.Clean(b.Where), boxoffice.Clean(b.What))
	}
	if len(breaks) > 0 {
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
		fmt.Fprintf(p.out, "clean: %d tickets, %d entries\n", tickets, head)
		return nil
	})
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

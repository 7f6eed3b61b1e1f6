package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

func (p *program) houseKey() *cobra.Command {
	var isNew bool
	c := &cobra.Command{
		Use: "key", Short: "say whether the key of the barcodes is in its place, or make a new one", Args: noArgs,
		Long: `The barcodes of all tickets hang on a key that lies beside the house's file. Back it
up with the house: without it, printed tickets cannot be scanned.

A house that has sold tickets and lost its key gets no new one by itself. --new makes
one: tickets printed before, with another key, are then strangers for ever.`,
	}
	c.Flags().BoolVar(&isNew, "new", false, "make a new key where there is none")
	c.RunE = func(c *cobra.Command, _ []string) (err error) {
		h, err := p.openHouse(c.Context())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, h.close()) }()
		path := keyPath(h.path)
		switch {
		case !isNew && h.keyless:
			return errors.New(keylessWords(h.path))
		case !isNew:
			fmt.Fprintf(p.out, "%s is in its place; back it up together with the house\n", path)
			return nil
		case !h.keyless:
			return fmt.Errorf("%s is there, and tickets may be printed with it: no new key was made\n  to part with it all the same, move it away first and keep it", path)
		}
		made, err := makeKey(path)
		if err == nil && !made {
			err = fs.ErrExist // somebody was quicker
		}
		if err != nil {
			return fmt.Errorf("make the key %s: %w", path, err)
		}
		h.log.Warn("new key for barcodes", "file", path)
		fmt.Fprintf(p.out, "made %s; counters and servers that are open must be opened again\n", path)
		sold, err := h.hasSold(c.Context())
		if sold {
			fmt.Fprintln(p.out, "tickets printed before are no longer recognised: find those by their orders")
		}
		return err
	}
	return c
}

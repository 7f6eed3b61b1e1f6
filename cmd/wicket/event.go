package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

func (p *program) eventCommand() *cobra.Command {
	return group("event", "the shows", p.eventAdd(), p.eventList())
}

func (p *program) eventAdd() *cobra.Command {
	var title, subtitle string
	var asJSON bool
	c := &cobra.Command{Use: "add KEY", Short: "add an event, or change its title", Args: oneArg("key")}
	c.Flags().StringVar(&title, "title", "", "its `TITLE`")
	c.Flags().StringVar(&subtitle, "subtitle", "", "its `SUBTITLE`")
	c.Flags().BoolVar(&asJSON, "json", false, "say it as JSON")
	c.RunE = func(c *cobra.Command, args []string) error {
		if title == "" {
			return &usageError{errors.New("an event needs --title")}
		}
		return p.within(c.Context(), func(h *house, by boxoffice.Actor) error {
			e := boxoffice.ProgrammeEvent{Key: args[0], Title: title, Subtitle: subtitle, TaxIncluded: true}
			done, err := p.load(c.Context(), h, by, boxoffice.Programme{Events: []boxoffice.ProgrammeEvent{e}})
			if err != nil {
				return err
			}
			if !asJSON {
				p.sayLoaded(done)
				return nil
			}
			added, err := findEvent(c.Context(), h, e.Key)
			if err != nil {
				return err
			}
			return printJSON(p.out, eventJSON{added.Key, added.Title, added.Subtitle})
		})
	}
	return c
}

type eventJSON struct {
	Key      string `json:"key"`
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
}

func (p *program) eventList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "list", Short: "list the events", Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			events, err := h.office.Events(c.Context())
			if err != nil {
				return err
			}
			out := make([]eventJSON, len(events))
			for i, e := range events {
				out[i] = eventJSON{e.Key, e.Title, e.Subtitle}
			}
			if asJSON {
				return printJSON(p.out, out)
			}
			for _, e := range out {
				fmt.Fprintf(p.out, "%s  %s\n", boxoffice.Pad(boxoffice.Clean(e.Key), 20), boxoffice.Clean(e.Title+" "+e.Subtitle))
			}
			return nil
		})
	}}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

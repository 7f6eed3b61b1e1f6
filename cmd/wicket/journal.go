package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/tui/words"
)

// page is how many entries are read at once.
const page = 500

func (p *program) journalCommand() *cobra.Command {
	var form reportForm
	var since int64
	c := &cobra.Command{Use: "journal", Short: "what was done, by whom and where", Args: noArgs}
	form.flags(c)
	c.Flags().Lookup("json").Usage = "as JSON, one entry a line"
	c.Flags().Int64Var(&since, "since", 0, "only entries after the one numbered `SEQ`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := form.check(); err != nil {
			return err
		}
		return p.within(c.Context(), func(h *house, _ boxoffice.Actor) error {
			return p.journal(c.Context(), h, since, form)
		})
	}
	return c
}

type entryJSON struct {
	Seq         int64   `json:"seq"`
	At          *string `json:"at"`
	Verb        string  `json:"verb"`
	Staff       string  `json:"staff,omitempty"`
	Terminal    string  `json:"terminal,omitempty"`
	Drawer      string  `json:"drawer,omitempty"`
	Channel     string  `json:"channel,omitempty"`
	Performance int64   `json:"performance,omitempty"`
	Basket      int64   `json:"basket,omitempty"`
	Hold        int64   `json:"hold,omitempty"`
	Order       int64   `json:"order,omitempty"`
	Amount      int64   `json:"amount,omitempty"`
	Note        string  `json:"note,omitempty"`
	Changes     string  `json:"changes,omitempty"`
	Hash        string  `json:"hash"`
	Words       string  `json:"words"`
}

func (p *program) journal(ctx context.Context, h *house, since int64, form reportForm) error {
	settings, err := h.office.House(ctx)
	if err != nil {
		return err
	}
	zone := settings.Location()
	if form.csv {
		if err := writeCSV(p.out, [][]string{entryColumns}); err != nil {
			return err
		}
	}
	for {
		got, err := h.office.Journal(ctx, since, page)
		if err != nil || len(got.Entries) == 0 {
			return err
		}
		book := words.Book{Currency: settings.Currency, Zone: zone, Names: got.Names, Performance: titles(ctx, h.store)}
		var records [][]string
		for _, e := range got.Entries {
			since = e.Seq
			said := words.Entry(e, book)
			switch entry := entryOf(e, got.Names[e.Actor.Staff], said, zone); {
			case form.json:
				if err := printLine(p.out, entry); err != nil {
					return err
				}
				continue
			case form.csv:
				records = append(records, entry.record(plainMoney(settings.Currency, e.Amount)))
				continue
			}
			at := e.At.In(zone).Format(time.DateTime)
			if e.Actor.Terminal != "" {
				said += " (" + boxoffice.Clean(e.Actor.Terminal) + ")"
			}
			if _, err := fmt.Fprintf(p.out, "%6d  %s  %s\n", e.Seq, at, said); err != nil {
				return err
			}
		}
		if err := writeCSV(p.out, records); err != nil {
			return err
		}
	}
}

// entryColumns name the fields of an entry's record.
var entryColumns = []string{
	"seq", "at", "verb", "staff", "terminal", "drawer", "channel", "performance", "basket", "hold", "order", "amount", "note", "changes", "hash", "words",
}

// record is an entry for a spreadsheet, with its amount as programs read it.
func (e entryJSON) record(amount string) []string {
	if e.Amount == 0 {
		amount = ""
	}
	return []string{
		csvNumber(e.Seq), csvInstant(e.At), e.Verb, csvText(e.Staff), csvText(e.Terminal), csvText(e.Drawer), e.Channel,
		csvNumber(e.Performance), csvNumber(e.Basket), csvNumber(e.Hold), csvNumber(e.Order), amount, csvText(e.Note),
		csvText(e.Changes), e.Hash, csvText(e.Words),
	}
}

func entryOf(e boxoffice.Entry, staff, said string, zone *time.Location) entryJSON {
	return entryJSON{
		Seq: e.Seq, At: stamp(e.At, zone), Verb: string(e.Verb), Staff: staff, Terminal: e.Actor.Terminal, Drawer: e.Actor.Drawer,
		Channel: string(e.Actor.Channel), Performance: int64(e.Performance), Basket: int64(e.Basket), Hold: int64(e.Hold),
		Order: int64(e.Order), Amount: int64(e.Amount), Note: e.Note, Changes: e.Changes.String(),
		Hash: hex.EncodeToString(e.Hash[:]), Words: said,
	}
}

// titles looks performances up, each once.
func titles(ctx context.Context, store boxoffice.Store) func(boxoffice.PerformanceID) (string, *boxoffice.Plan) {
	type known struct {
		title string
		plan  *boxoffice.Plan
	}
	seen := map[boxoffice.PerformanceID]known{}
	return func(id boxoffice.PerformanceID) (string, *boxoffice.Plan) {
		k, ok := seen[id]
		if !ok {
			// What cannot be found has no title, and its places no names.
			_ = store.View(ctx, func(r boxoffice.Reader) error {
				perf, err := r.Performance(id)
				if err != nil {
					return err
				}
				k.title = perf.Key
				k.plan, err = r.Plan(perf.Plan)
				return err
			})
			seen[id] = k
		}
		return k.title, k.plan
	}
}

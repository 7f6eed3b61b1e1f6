package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
)

// hostile is text as nobody should have let it in: what a terminal would obey, what
// hides it in broken UTF-8, what turns and hides what stands beside it.
const hostile = "x\x1b[2J\x1b]52;c;eA==\a\x1b]8;;https://evil.example\x1b\\y\u009b31m\x9b31m\xc3\x1b[31mz\b\r\n\v\f\x7f\x00\u0085\u2028\u202eabc\u2066\u200b\ufeff\U000e0041"

// TestCommandsPrintNothingATerminalObeys: what stands in the store, however it got
// there, and what stands in files goes to the terminal as text.
func TestCommandsPrintNothingATerminalObeys(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "house.wicket")
	clock := boxoffice.SystemClock{}
	var out, errs bytes.Buffer
	p := func() *program {
		out.Reset()
		errs.Reset()
		return &program{out: &out, err: &errs, environ: []string{"WICKET_HOUSE=" + path}, clock: clock}
	}
	fillHostileHouse(t, ctx, p(), path)
	files := map[string]string{
		"plan.csv":  "section,row,seat,zone,flags\n" + strings.ReplaceAll(hostile, "\n", "") + ",A,1,Z" + hostile[:20] + ",nonsense" + "\x1b[31m\n,,,\nS,A,1,Z,\nS,A,1,Z,\n",
		"plan.json": `{"name":"\u001b[2J\u009b31m\u202ename","zones":[{"name":"z\u001b]0;t\u0007","rows":[{"row_number":"\u001b[31m","seats":[{"seat_guid":"a\u001b[2J","seat_number":"1\u202e","category":"\u009b"},{"seat_guid":"a\u001b[2J","seat_number":"1\u202e"}]}]}]}`,
		"prog.yaml": "events:\n  - \"ke\\u001b[31my\": \"\\u009b31m\"\n    title: \"\\u001b[2J\\u202e\"\n" + "\x1b: x\n",
		"bad.yaml":  hostile,
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"house", "show"},
		{"staff", "list"},
		{"plan", "list"},
		{"event", "list"},
		{"performance", "list", "--all"},
		{"order", "list"},
		{"order", "show", "1001"},
		{"journal"},
		{"sales"},
		{"house"},
		{"house", hostile},
		{"verify"},
		{"plan", "check", filepath.Join(dir, "plan.csv")},
		{"plan", "check", filepath.Join(dir, "plan.json")},
		{"plan", "check", "--draw", filepath.Join(dir, "plan.json")},
		{"programme", "load", filepath.Join(dir, "prog.yaml")},
		{"programme", "load", filepath.Join(dir, "bad.yaml")},
		{"order", "show", hostile},
		{"event", "add", hostile, "--title", hostile},
		{"performance", "open", hostile},
		{"plan", "check", hostile},
		{"--staff", hostile, "performance", "open", "x"},
		{hostile},
		{"--" + hostile},
		{"order", "list", "--limit", hostile},
	} {
		code := p().run(ctx, args)
		what := strings.ToValidUTF8(strings.Join(args, " "), "?")
		if out.Len()+errs.Len() == 0 {
			t.Errorf("%q says nothing, and ends with %d", what, code)
		}
		obeyed(t, what, out.Bytes())
		obeyed(t, what, errs.Bytes())
	}
	for _, args := range [][]string{
		{"house", "show"},
		{"staff", "list"},
		{"plan", "list"},
		{"event", "list"},
		{"performance", "list", "--all"},
		{"order", "list"},
		{"order", "show", "1001"},
		{"plan", "check", filepath.Join(dir, "plan.json")},
	} {
		p().run(ctx, append(args, "--json"))
		obeyed(t, strings.Join(args, " ")+" --json", out.Bytes())
		if !json.Valid(out.Bytes()) {
			t.Errorf("%v --json is no JSON: %s", args, out.Bytes())
		}
	}
	p().run(ctx, []string{"journal", "--json"})
	obeyed(t, "journal --json", out.Bytes())
}

// obeyed fails the test where a terminal would do more with output than show it.
func obeyed(t *testing.T, what string, output []byte) {
	t.Helper()
	if !utf8.Valid(output) {
		t.Errorf("%q prints what is no UTF-8: %q", what, output)
	}
	for line := range strings.Lines(string(output)) {
		for _, r := range strings.TrimSuffix(line, "\n") {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				t.Errorf("%q prints %U in %q", what, r, line)
				break
			}
		}
	}
}

// fillHostileHouse makes a house in which every name is hostile, past all that
// cleans what comes in.
func fillHostileHouse(t *testing.T, ctx context.Context, p *program, path string) {
	t.Helper()
	h, err := p.openStore(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	update := func(fn func(boxoffice.Tx) error) {
		t.Helper()
		if err := h.store.Update(ctx, boxoffice.NewCommandID(), nil, fn); err != nil {
			t.Fatal(err)
		}
	}
	var perf boxoffice.Performance
	var staff boxoffice.Staff
	update(func(tx boxoffice.Tx) (err error) {
		house := boxoffice.House{Name: hostile, Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "UTC", Holds: boxoffice.DefaultHoldTimes()}
		if err = tx.CreateHouse(house); err != nil {
			return err
		}
		if staff, err = tx.SaveStaff(boxoffice.Staff{Name: hostile, Role: boxoffice.Manager, Active: true}); err != nil {
			return err
		}
		plan, err := planfile.Builtin("sala")
		if err != nil {
			return err
		}
		evil := *plan
		evil.Name = hostile
		evil.Zones = []boxoffice.Zone{{Name: hostile}}
		evil.Levels = []boxoffice.Level{{Name: hostile, Lines: 1, Columns: 3}}
		evil.Sections = []boxoffice.Section{{Name: hostile, Admission: boxoffice.Reserved, First: 1, Last: 3}}
		evil.Places = nil
		for i := range 3 {
			evil.Places = append(evil.Places, boxoffice.Place{No: boxoffice.PlaceNo(i + 1), Row: hostile, Seat: hostile + string(rune('1'+i)), Column: i, Key: hostile + string(rune('1'+i))})
		}
		id, err := tx.SavePlan(&evil)
		if err != nil {
			return err
		}
		event, err := tx.SaveEvent(boxoffice.Event{Key: hostile, Title: hostile, Subtitle: hostile})
		if err != nil {
			return err
		}
		perf, err = tx.SavePerformance(boxoffice.Performance{
			Event: event.ID, Key: hostile, Plan: id, Curtain: tx.Now().Add(3 * time.Hour), State: boxoffice.OnSale,
			BusinessDay: boxoffice.BusinessDay(tx.Now(), time.UTC), TaxIncluded: true, Reason: hostile,
		})
		if err != nil {
			return err
		}
		typ, err := tx.SavePriceType(boxoffice.PriceType{Code: hostile, Name: hostile, Rank: 1})
		if err != nil {
			return err
		}
		if err := tx.SavePrices(perf.ID, []boxoffice.Price{{Zone: 0, Type: typ.ID, Amount: 2400}}); err != nil {
			return err
		}
		entry := boxoffice.Entry{Verb: boxoffice.VerbOpen, Performance: perf.ID, Note: hostile, Actor: boxoffice.Actor{Staff: staff.ID, Terminal: hostile}}
		var tickets []boxoffice.Ticket
		for _, place := range evil.Places {
			ticket := boxoffice.Ticket{Performance: perf.ID, Place: place.No, State: boxoffice.Available}
			tickets = append(tickets, ticket)
			entry.Changes = append(entry.Changes, boxoffice.Diff(boxoffice.Ticket{}, ticket))
		}
		if err := tx.InsertTickets(tickets); err != nil {
			return err
		}
		return tx.Append(entry)
	})
	by := boxoffice.Actor{Staff: staff.ID, Terminal: hostile, Drawer: hostile, Channel: boxoffice.Window}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, perf.ID, []boxoffice.Pick{{Place: 1}, {Place: 2}})
	must(err)
	hold, err := h.office.HoldFor(ctx, boxoffice.NewCommandID(), by, boxoffice.Customer{Name: "Vidal"}, time.Now().Add(time.Hour))
	must(err)
	update(func(tx boxoffice.Tx) error {
		held, err := tx.Hold(hold)
		if err != nil {
			return err
		}
		c, err := tx.Customer(held.Customer)
		if err != nil {
			return err
		}
		c.Name, c.Phone, c.Email = hostile, hostile, hostile
		_, err = tx.SaveCustomer(c)
		return err
	})
	must(h.office.PickUp(ctx, boxoffice.NewCommandID(), by, hold))
	_, err = h.office.SellCash(ctx, boxoffice.NewCommandID(), by, 4800, 5000)
	must(err)
	_, err = h.office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, perf.ID, []boxoffice.Pick{{Place: 3}})
	must(err)
	must(h.office.Park(ctx, boxoffice.NewCommandID(), by, hostile))
}

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store"
	"wicket/store/storetest"
	"wicket/tui/tuitest"
)

// scripted is an evening that is the same each time: two performances of Macbeth
// in a small house, orders for one and for both, comps, a void, a hold, a block, a
// killed seat, and one sale the day before.
type scripted struct {
	*storetest.Evening
	t      testing.TB
	second boxoffice.PerformanceID
	comp   boxoffice.PriceTypeID
}

func newScripted(t testing.TB) *scripted {
	clock := storetest.NewClock(storetest.Curtain.Add(-26 * time.Hour))
	kept, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	s := &scripted{Evening: storetest.NewEvening(t, kept, clock, storetest.Rows(4, 8, 6), 2), t: t}
	ana, ben := s.Staff[0], s.Staff[1]
	_, err = s.Office.LoadProgramme(context.Background(), boxoffice.NewCommandID(), ana, boxoffice.Programme{
		PriceTypes: []boxoffice.PriceType{{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}, {Code: "k", Name: "Comp"}},
		Events: []boxoffice.ProgrammeEvent{{
			Key: "macbeth", Title: "Macbeth", Plan: s.Plan.Name, TaxPPM: 100_000, TaxIncluded: true,
			Prices: []boxoffice.ProgrammePrice{
				{Zone: "*", Type: "a", Amount: 2400}, {Zone: "Back", Type: "a", Amount: 1600}, {Zone: "*", Type: "c", Amount: 900}, {Zone: "*", Type: "k"},
			},
			Performances: []boxoffice.ProgrammePerformance{
				{Key: "macbeth-1", Curtain: storetest.Curtain, OnSale: true},
				{Key: "macbeth-2", Curtain: storetest.Curtain.Add(25 * time.Hour), OnSale: true},
			},
		}},
	})
	s.must(err)
	second, err := s.Office.PerformanceByKey(context.Background(), "macbeth-2")
	s.must(err)
	s.second = second.ID
	types, err := s.Office.PriceTypes(context.Background())
	s.must(err)
	s.comp = types[2].ID

	s.hold(ana, s.Performance, s.Adult, 9) // the day before
	s.sell(ana, 2400)
	clock.Move(24 * time.Hour)
	s.hold(ana, s.Performance, s.Adult, 1, 2)
	s.hold(ana, s.Performance, s.Child, 3)
	s.sell(ana, 10000)
	clock.Move(3 * time.Minute)
	s.hold(ben, s.Performance, s.Adult, 17, 18) // both performances
	s.hold(ben, s.second, s.Adult, 1)
	s.sell(ben, 5600)
	clock.Move(2 * time.Minute)
	s.hold(ben, s.Performance, s.comp, 4, 5)
	s.sell(ben, 0)
	s.hold(ben, s.Performance, s.Child, 33, 34)
	wrong := s.sell(ben, 2000)
	clock.Move(4 * time.Minute)
	s.must(s.Office.Void(context.Background(), boxoffice.NewCommandID(), ana, wrong, "=wrong evening"))
	s.must(s.Office.Kill(context.Background(), boxoffice.NewCommandID(), ana, s.Performance, []boxoffice.PlaceNo{8}, "broken"))
	s.must(s.Office.Block(context.Background(), boxoffice.NewCommandID(), ana, s.Performance, "M", []boxoffice.PlaceNo{31, 32}, time.Time{}))
	s.hold(ana, s.Performance, s.Adult, 35)
	return s
}

func (s *scripted) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *scripted) hold(by boxoffice.Actor, perf boxoffice.PerformanceID, typ boxoffice.PriceTypeID, places ...boxoffice.PlaceNo) {
	s.t.Helper()
	var picks []boxoffice.Pick
	for _, no := range places {
		picks = append(picks, boxoffice.Pick{Place: no, Type: typ})
	}
	_, err := s.Office.HoldPlaces(context.Background(), boxoffice.NewCommandID(), by, perf, picks)
	s.must(err)
}

func (s *scripted) sell(by boxoffice.Actor, given boxoffice.Money) boxoffice.OrderID {
	s.t.Helper()
	basket, err := s.Office.Basket(context.Background(), by.Staff)
	s.must(err)
	sale, err := s.Office.SellCash(context.Background(), boxoffice.NewCommandID(), by, basket.Total, given)
	s.must(err)
	return sale.Order
}

// run is a command in the evening's house, and how it ended.
func (s *scripted) run(by boxoffice.Actor, words ...string) (out, complaint string, code int) {
	var stdout, stderr bytes.Buffer
	p := &program{out: &stdout, err: &stderr, clock: s.Clock, guest: &guest{&house{store: s.Store, office: s.Office}, by}}
	code = p.run(context.Background(), words)
	return stdout.String(), stderr.String(), code
}

// chained matches the hash of an entry.
var chained = regexp.MustCompile("[0-9a-f]{64}")

func TestReportsOfAnEvening(t *testing.T) {
	s := newScripted(t)
	for name, words := range map[string][]string{
		"sales":             {"sales"},
		"sales-day":         {"sales", "--day", "2026-11-26"},
		"sales-quiet":       {"sales", "--day", "2026-11-20"},
		"sales-performance": {"sales", "--performance", "macbeth-1"},
		"sales-csv":         {"sales", "--csv"},
		"sales-json":        {"sales", "--today", "--json"},
		"house":             {"house"},
		"house-one":         {"house", "p1"},
		"house-csv":         {"house", "macbeth-2", "--csv"},
		"house-json":        {"house", "P2", "--json"},
		"performances-csv":  {"performances", "--csv"},
		"journal-csv":       {"journal", "--csv"},
		"order-csv":         {"order", "1002", "--csv"},
		"verify-json":       {"verify", "--json"},
	} {
		t.Run(name, func(t *testing.T) {
			out, complaint, code := s.run(s.Staff[0], words...)
			if code != codeDone || complaint != "" {
				t.Fatalf("wicket %s ended with %d: %s", strings.Join(words, " "), code, complaint)
			}
			for line := range strings.Lines(out) {
				if !strings.Contains(name, "csv") && boxoffice.Width(strings.TrimSuffix(line, "\n")) > reportWidth {
					t.Errorf("wider than %d cells: %s", reportWidth, line)
				}
			}
			switch {
			case strings.HasSuffix(name, "-csv"):
				if _, err := csv.NewReader(strings.NewReader(out)).ReadAll(); err != nil {
					t.Error(err)
				}
			case strings.HasSuffix(name, "-json"):
				if !json.Valid([]byte(out)) {
					t.Error("that is no JSON")
				}
			}
			out = chained.ReplaceAllString(out, "…") // another in each house
			tuitest.Golden(t, "reports/"+name, strings.TrimSuffix(out, "\n"))
		})
	}
}

func TestReportsRefuse(t *testing.T) {
	s := newScripted(t)
	cases := []struct {
		words []string
		code  int
		says  string
	}{
		{[]string{"sales", "--json", "--csv"}, codeUsage, "exclude each other"},
		{[]string{"sales", "--today", "--day", "2026-11-26"}, codeUsage, "exclude each other"},
		{[]string{"sales", "--day", "yesterday"}, codeUsage, "write it like 2026-11-28"},
		{[]string{"sales", "--day", "2026-11-31"}, codeUsage, "write it like 2026-11-28"},
		{[]string{"sales", "tonight"}, codeUsage, "«tonight»"},
		{[]string{"sales", "--performance", "hamlet"}, codeRefused, "there is no performance hamlet"},
		{[]string{"performances", "--json", "--csv"}, codeUsage, "exclude each other"},
		{[]string{"journal", "--json", "--csv"}, codeUsage, "exclude each other"},
		{[]string{"order", "1002", "--json", "--csv"}, codeUsage, "exclude each other"},
		{[]string{"house", "p3"}, codeRefused, "there are 2"},
		{[]string{"house", "p0"}, codeRefused, "there are 2"},
		{[]string{"house", "creat"}, codeRefused, "lists tonight's"},
		{[]string{"house", "p1", "p2"}, codeUsage, "«p2» is too much"},
	}
	for _, c := range cases {
		out, complaint, code := s.run(s.Staff[0], c.words...)
		if code != c.code || !strings.Contains(complaint, c.says) || out != "" {
			t.Errorf("wicket %s ended with %d and said %q; want %d and «%s»", strings.Join(c.words, " "), code, complaint, c.code, c.says)
		}
	}
}

// TestReportsNeedAPermission lets clerks see no reports any more.
func TestReportsNeedAPermission(t *testing.T) {
	s := newScripted(t)
	eve, err := s.Office.AddStaff(context.Background(), boxoffice.NewCommandID(), s.Staff[0], "Eve", boxoffice.Clerk, "")
	s.must(err)
	by := boxoffice.Actor{Staff: eve.ID, Terminal: "window 3"}
	reports := [][]string{{"sales"}, {"house"}, {"house", "p1"}, {"performances"}, {"order", "1002"}, {"verify"}}
	for _, words := range reports {
		if _, complaint, code := s.run(by, words...); code != codeDone {
			t.Errorf("a clerk may not see %q: %s", words, complaint)
		}
	}
	s.must(s.Store.Update(context.Background(), boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
		return tx.SavePermit(boxoffice.Permit{Role: boxoffice.Clerk, Permission: boxoffice.SeeReports})
	}))
	for _, words := range reports {
		out, complaint, code := s.run(by, words...)
		if code != codeRefused || out != "" || !strings.Contains(complaint, "Eve may not see reports; a viewer can") {
			t.Errorf("%q ended with %d: %s%s", words, code, out, complaint)
		}
	}
}

// TestGuestsReadBarcodesOnlyIfTheySell: who has a barcode can go in by it.
func TestGuestsReadBarcodesOnlyIfTheySell(t *testing.T) {
	s := newScripted(t)
	for role, reads := range map[boxoffice.Role]bool{boxoffice.Clerk: true, boxoffice.Viewer: false} {
		who, err := s.Office.AddStaff(context.Background(), boxoffice.NewCommandID(), s.Staff[0], string(role), role, "")
		s.must(err)
		for _, words := range [][]string{{"order", "1002"}, {"order", "1002", "--json"}, {"order", "1002", "--csv"}} {
			out, complaint, code := s.run(boxoffice.Actor{Staff: who.ID, Terminal: "ssh 1"}, words...)
			if code != codeDone || !strings.Contains(out, "Macbeth") {
				t.Fatalf("%q by a %s ended with %d: %s", words, role, code, complaint)
			}
			if got := strings.Contains(out, "T-0") || strings.Contains(out, `"barcode"`) || strings.Contains(out, ",T0"); got != reads {
				t.Errorf("%q by a %s shows barcodes: %v\n%s", words, role, got, out)
			}
		}
	}
}

// TestGuestsCannotChangeAnything: over SSH there are reports and nothing else.
func TestGuestsCannotChangeAnything(t *testing.T) {
	s := newScripted(t)
	for _, c := range (&program{}).root().Commands() {
		if slices.Contains(guestWords, c.Name()) {
			continue
		}
		if out, complaint, code := s.run(s.Staff[0], c.Name()); code != codeUsage || out != "" || !strings.Contains(complaint, "ssh HOST help") {
			t.Errorf("a guest's «%s» ended with %d: %s%s", c.Name(), code, out, complaint)
		}
	}
	for _, words := range [][]string{{"house", "set", "--ttl", "window=1h"}, {"house", "create"}, {"performances", "stop", "macbeth-1"}, {"order", "list"}, {"sales", "--staff", "Manager"}} {
		if out, _, code := s.run(s.Staff[0], words...); code == codeDone {
			t.Errorf("a guest's %q was carried out: %s", words, out)
		}
	}
}

// TestSalesReadsEveryOrder sells more orders than a report reads at once.
func TestSalesReadsEveryOrder(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	kept, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	const orders = 501
	s := &scripted{Evening: storetest.NewEvening(t, kept, clock, storetest.Rows(1, 2, orders), 1), t: t}
	for i := range orders {
		s.hold(s.Staff[0], s.Performance, s.Adult, boxoffice.PlaceNo(3+i))
		s.sell(s.Staff[0], 2000)
	}
	report, err := s.Office.Sales(context.Background(), s.Staff[0], boxoffice.SalesOf{})
	s.must(err)
	s.must(report.Check())
	if report.Total.Orders != orders || report.Total.Taken() != 1600*orders || report.Change != 400*orders {
		t.Errorf("%d orders come to %+v", orders, report.Total)
	}
	if !slices.Equal(report.ByTender, []boxoffice.Takings{{Name: "cash", Orders: orders, Sold: 1600 * orders}}) {
		t.Errorf("by tender: %+v", report.ByTender)
	}
}

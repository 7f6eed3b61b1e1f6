package programmefile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/programmefile"
)

var euro = boxoffice.Currency{Code: "EUR", Digits: 2}

func madrid(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestExample(t *testing.T) {
	f, err := os.Open("../../docs/programme.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := programmefile.Read("programme.example.yaml", f, madrid(t), euro)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.PriceTypes) != 4 || p.PriceTypes[1] != (boxoffice.PriceType{Code: "c", Name: "Child", Rank: 2}) {
		t.Errorf("price types %+v", p.PriceTypes)
	}
	m := p.Events[0]
	if m.Key != "macbeth" || m.Title != "Macbeth" || m.Plan != "Teatro Leal" || m.TaxPPM != 100_000 || !m.TaxIncluded || len(m.Prices) != 8 {
		t.Errorf("event %+v", m)
	}
	if m.Prices[0] != (boxoffice.ProgrammePrice{Line: m.Prices[0].Line, Zone: "Zone 1", Type: "a", Amount: 3200}) {
		t.Errorf("price %+v", m.Prices[0])
	}
	want := boxoffice.ProgrammePerformance{
		Line: p.Events[1].Performances[0].Line, Key: "drums-1128", OnSale: true,
		Curtain: time.Date(2026, 11, 28, 21, 30, 0, 0, time.UTC),
		Doors:   time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC),
		Ends:    time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC),
	}
	if got := p.Events[1].Performances[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("performance\n got %+v\nwant %+v", got, want)
	}
}

// TestGuardedPriceType: a price type can be more than its name.
func TestGuardedPriceType(t *testing.T) {
	p, err := programmefile.Read("p.yaml", strings.NewReader("price-types:\n  a: Adult\n  p: {name: Press, guarded: true}\n  s:\n    name: Staff\n"), madrid(t), euro)
	want := []boxoffice.PriceType{{Code: "a", Name: "Adult", Rank: 1}, {Code: "p", Name: "Press", Rank: 2, Guarded: true}, {Code: "s", Name: "Staff", Rank: 3}}
	if err != nil || !reflect.DeepEqual(p.PriceTypes, want) {
		t.Errorf("price types %+v, %v", p.PriceTypes, err)
	}
}

// TestRefusals: what is wrong is said with its line, and nothing is returned.
func TestRefusals(t *testing.T) {
	const head = "events:\n  - key: m\n    title: M\n    performances:\n      - key: m-1\n"
	for name, test := range map[string]struct{ file, says string }{
		"empty":                {"", "is empty"},
		"tab":                  {"events:\n\t- key: m\n", "line 2: it begins with a tab"},
		"Latin-1":              {"events:\n  - key: m\n    title: M\xfcller\n", "line 3: the text is not UTF-8"},
		"a slip in a price":    {"events:\n  - key: m\n    title: M\n    prices:\n      A: {a: 20.005}\n", "line 5: «20.005» can be read in two ways: write 20.00 with its 2 digits behind the point, or 20005"},
		"comment only":         {"# nothing\n", "is empty"},
		"a word":               {"hello", "should be lines of «key: value», not «hello»"},
		"unknown key":          {"events:\n  - key: m\n    tiltle: M\n", "line 3: «tiltle» is no key of an event"},
		"key twice":            {"events:\n  - key: m\n    title: M\n    title: N\n", "line 4: "},
		"no title":             {"events:\n  - key: m\n", "line 2: an event needs a key and a title"},
		"no list":              {"events: {key: m}\n", "events should be a list"},
		"no curtain":           {head, "line 5: a performance needs a curtain"},
		"no date":              {head + "        curtain: tomorrow\n", "line 6: curtain: «tomorrow» is no date and time"},
		"30 February":          {head + "        curtain: 2026-02-30 20:00\n", "is no date and time"},
		"skipped hour":         {head + "        curtain: 2026-03-29 02:30\n", "there is no 2026-03-29 02:30 in Europe/Madrid"},
		"hour that comes back": {head + "        curtain: 2026-10-25 02:30\n", "say which: «2026-10-25 02:30 +02:00» or «2026-10-25 02:30 +01:00»"},
		"wrong offset":         {head + "        curtain: 2026-10-25 02:30 +05:00\n", "do not show"},
		"year":                 {head + "        curtain: 1026-10-25 12:30\n", "cannot be meant"},
		"doors late":           {head + "        curtain: 2026-11-27 20:00\n        doors: 2026-11-27 21:00\n", "doors should be within a few hours before"},
		"amount":               {"events:\n  - key: m\n    title: M\n    prices:\n      Zone 1: {a: 12.345.1}\n", "line 5: «12.345.1» is no amount"},
		"negative":             {"events:\n  - key: m\n    title: M\n    prices: {\"*\": {a: -1}}\n", "is no amount"},
		"guarded perhaps":      {"price-types: {p: {name: Press, guarded: perhaps}}\n", "guarded should be yes or no"},
		"guarded, no name":     {"price-types: {p: {guarded: yes}}\n", "needs a name"},
		"long code":            {"price-types: {adult: Adult}\n", "should be one or two letters"},
		"code twice":           {"price-types:\n  a: Adult\n  a: Other\n", "line 3: "},
		"tax":                  {"events:\n  - key: m\n    title: M\n    tax: 10\n", "tax should be a rate like 10%"},
		"tax too high":         {"events:\n  - key: m\n    title: M\n    tax: 101%\n", "at most 100%"},
		"key with spaces":      {"events:\n  - key: m n\n    title: M\n", "should be letters"},
		"event twice":          {"events:\n  - {key: m, title: M}\n  - {key: m, title: N}\n", "line 3: the event m stands in the file twice, first in line 2"},
		"performance twice":    {head + "        curtain: 2026-11-27 20:00\n      - key: m-1\n        curtain: 2026-11-28 20:00\n", "the performance m-1 stands in the file twice"},
		"alias":                {"events: &a\n  - key: m\nprice-types: *a\n", "anchors and aliases"},
		"star without quotes":  {"events:\n  - key: m\n    prices:\n      *: {a: 1}\n", "line 4: "},
		"tag":                  {"events: !!binary aGk=\n", "tags"},
		"two documents":        {"events: []\n---\nevents: []\n", "a second document"},
		"not YAML":             {"events: [\n", "not YAML"},
		"deep":                 {"events: " + strings.Repeat("[", 100_000), "too deep"},
		"deep list":            {strings.Repeat("- ", 100_000), "too deep"},
		"many keys":            {"events:\n" + manyKeys("  ", ": 1\n"), "more than 1000 keys"},
		"many keys in braces":  {"events: {" + manyKeys("", ": 1, ") + "}", "more than 1000 keys"},
		"more closed":          {strings.Repeat("]", 100_000) + strings.Repeat("[", 100_000), "too deep"},
		"too large":            {"# " + strings.Repeat("x", 1<<20), "larger than 1 MiB"},
		"escape sequences":     {"events:\n  - key: m\n    \"\\e[2Jx\": 1\n", "line 3: «x» is no key"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := programmefile.Read("p.yaml", strings.NewReader(test.file), madrid(t), euro)
			if boxoffice.KindOf(err) != boxoffice.KindInvalid || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v, want «%s»", err, test.says)
			}
			if !reflect.DeepEqual(p, boxoffice.Programme{}) {
				t.Errorf("refused, and yet returned %+v", p)
			}
		})
	}
}

func manyKeys(before, after string) string {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "%sk%d%s", before, i, after)
	}
	return b.String()
}

// TestManyPerformances: the limits leave room for a large programme.
func TestManyPerformances(t *testing.T) {
	var b strings.Builder
	b.WriteString("events:\n  - key: m\n    title: M\n    performances:\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "      - key: m-%d\n        curtain: 2026-11-27 20:00\n        prices: {Zone 1: {a: 10, c: 5}}\n", i)
	}
	p, err := programmefile.Read("p", strings.NewReader(b.String()), madrid(t), euro)
	if err != nil || len(p.Events[0].Performances) != 5000 {
		t.Errorf("%v", err)
	}
	b.WriteString("      - {key: one-more, curtain: 2026-11-27 20:00}\n")
	if _, err = programmefile.Read("p", strings.NewReader(b.String()), madrid(t), euro); err == nil || !strings.Contains(err.Error(), "at most 5000") {
		t.Errorf("5001 performances: %v", err)
	}
}

func TestTimes(t *testing.T) {
	zone := madrid(t)
	for words, want := range map[string]string{
		"2026-11-27 20:00":        "2026-11-27T19:00:00Z",
		"2026-07-01T20:00":        "2026-07-01T18:00:00Z",
		"2026-10-25 02:30 +02:00": "2026-10-25T00:30:00Z",
		"2026-10-25 02:30 +01:00": "2026-10-25T01:30:00Z",
		"2026-03-29 03:00":        "2026-03-29T01:00:00Z",
	} {
		got, err := programmefile.Instant(words, zone)
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v; want %s", words, got, err, want)
		}
	}
}

func TestNamesAreCleaned(t *testing.T) {
	p, err := programmefile.Read("p", strings.NewReader("events:\n  - key: M-1\n    title: \"  Mac\\tbeth\\e[31m \\u202e\"\n"), madrid(t), euro)
	if err != nil {
		t.Fatal(err)
	}
	if e := p.Events[0]; e.Key != "m-1" || e.Title != "Mac beth" {
		t.Errorf("%q %q", e.Key, e.Title)
	}
}

func TestAmounts(t *testing.T) {
	yen, err := boxoffice.ParseCurrency("JPY")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		words string
		cur   boxoffice.Currency
		want  boxoffice.Money
	}{
		{"24", euro, 2400}, {"24.5", euro, 2450}, {"24,50", euro, 2450}, {"1,234.50", euro, 123450}, {"1200.00", euro, 120000}, {"1,200", yen, 1200}, {"0", euro, 0},
	} {
		if got, err := programmefile.Amount(test.words, test.cur); err != nil || got != test.want {
			t.Errorf("%s %s: %d, %v; want %d", test.words, test.cur.Code, got, err, test.want)
		}
	}
	for _, words := range []string{"1.250", "20,005", "1,234", "-1", "", "1.2345"} {
		if got, err := programmefile.Amount(words, euro); err == nil {
			t.Errorf("%q is %d", words, got)
		}
	}
}

// TestSavedElsewhere: editors put a byte order mark before a text, and end lines in
// their own way.
func TestSavedElsewhere(t *testing.T) {
	const text = "events:\n  - key: m\n    title: Müller\n"
	for name, file := range map[string]string{"mark": "\ufeff" + text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n")} {
		p, err := programmefile.Read("p", strings.NewReader(file), madrid(t), euro)
		if err != nil || len(p.Events) != 1 || p.Events[0].Title != "Müller" {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestReaderTroubleIsReturned(t *testing.T) {
	gone := errors.New("gone")
	_, err := programmefile.Read("p", io.MultiReader(strings.NewReader("events"), brokenReader{gone}), madrid(t), euro)
	if !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}

type brokenReader struct{ err error }

func (b brokenReader) Read([]byte) (int, error) { return 0, b.err }

func FuzzRead(f *testing.F) {
	example, err := os.ReadFile("../../docs/programme.example.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	f.Add("events: [{key: a, title: b, prices: {'*': {a: 1}}}]")
	f.Add("a: |\n  x\n- b")
	zone := madrid(f)
	f.Fuzz(func(t *testing.T, file string) {
		p, err := programmefile.Read("fuzz", strings.NewReader(file), zone, euro)
		if err != nil {
			if boxoffice.KindOf(err) != boxoffice.KindInvalid {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		for _, e := range p.Events {
			if e.Key == "" || boxoffice.Clean(e.Title) != e.Title || e.TaxPPM < 0 || e.TaxPPM > 1_000_000 {
				t.Fatalf("accepted %+v", e)
			}
			for _, perf := range e.Performances {
				if perf.Key == "" || perf.Curtain.IsZero() || perf.Doors.After(perf.Curtain) {
					t.Fatalf("accepted %+v", perf)
				}
			}
		}
	})
}

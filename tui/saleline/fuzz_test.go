package saleline_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

// Any text is read without harm, to the same end each time, and what is said of
// it can be shown.
func FuzzParse(f *testing.F) {
	for _, lines := range readings {
		for _, r := range lines {
			f.Add(r.line)
		}
	}
	for _, r := range saleline.Grammar() {
		f.Add(r.Example)
	}
	for _, s := range []string{"B12-B", "5-", "r5 ", "2a1", "]Q1", "#", ",,,", "+;", "\x1b[31m2a", "2á", "B\u030112", "ß12", "İ3-4", "z99999999999", "k1-24,1", "1-1-1-1", "..", "row ", "seat", "a-", "/3"} {
		f.Add(s)
	}
	all := houses()
	f.Fuzz(func(t *testing.T, line string) {
		for house, ctx := range all {
			i := saleline.Parse(line, ctx)
			if again := saleline.Parse(line, ctx); !reflect.DeepEqual(i, again) {
				t.Fatalf("%s: %q is %+v and then %+v", house, line, i, again)
			}
			if w := i.Words(); w != boxoffice.Clean(w) {
				t.Fatalf("%s: %q has the words %q", house, line, w)
			}
			checkIntent(t, ctx, line, i)
			checkComplete(t, ctx, line)
		}
	})
}

func checkIntent(t *testing.T, ctx saleline.Context, line string, i saleline.Intent) {
	t.Helper()
	switch i := i.(type) {
	case saleline.Empty:
		if boxoffice.Clean(line) != "" {
			t.Fatalf("%q is nothing", line)
		}
	case saleline.Best:
		if n := i.Count(); n < 1 || n > saleline.MaxPlaces || i.Wheelchairs+i.Companions > n || i.Companions < 0 {
			t.Fatalf("%q is %+v", line, i)
		}
	case saleline.Places:
		seen := map[boxoffice.PlaceNo]bool{}
		for _, no := range i.Places {
			if _, ok := ctx.Plan.Place(no); !ok || seen[no] {
				t.Fatalf("%q is %+v", line, i)
			}
			seen[no] = true
		}
		if n := len(i.Places); n < 1 || n > saleline.MaxPlaces || len(i.Types) > 1 && len(i.Types) != n {
			t.Fatalf("%q is %+v", line, i)
		}
	case saleline.Unknown:
		if i.Why == "" || i.At < 0 || i.At > max(saleline.MaxRunes, utf8.RuneCountInString(boxoffice.Clean(line))) {
			t.Fatalf("%q is %+v", line, i)
		}
	case saleline.Order:
		if i.ID < 1 {
			t.Fatalf("%q is %+v", line, i)
		}
	case saleline.Command:
		if i.Args != boxoffice.Clean(i.Args) || i.Who != boxoffice.Clean(i.Who) || i.Reason != boxoffice.Clean(i.Reason) {
			t.Fatalf("%q is %+v", line, i)
		}
	}
}

func checkComplete(t *testing.T, ctx saleline.Context, line string) {
	t.Helper()
	completed, candidates := saleline.Complete(line, ctx)
	if len(candidates) == 0 && completed != line {
		t.Fatalf("%q completes to %q without a candidate", line, completed)
	}
	if len(candidates) > 0 && strings.TrimSpace(completed) != boxoffice.Clean(completed) {
		t.Fatalf("%q completes to %q", line, completed)
	}
}

var sink saleline.Intent

func BenchmarkParse(b *testing.B) {
	ctx := tonight(plan(
		drawing{name: "Stalls", rows: rows(upTo(24), strings.Split("ABCDEFGHKLMNPRST", "")...)},
		drawing{name: "Circle", rows: rows(upTo(24), strings.Split("ABCDEFGHK", "")...)},
	))
	for _, line := range []string{"2a1c", "2a stalls", "stalls B12-15", "B12", "macbeth", "vidal", "ordres", "block H circle A1-4", "K1-24 L1-24"} {
		b.Run(line, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = saleline.Parse(line, ctx)
			}
		})
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			_ = saleline.NewIndex(ctx.Plan)
		}
	})
}

package saleline_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"wicket/boxoffice"
	"wicket/tui/saleline"
)

func kind(i saleline.Intent) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", i), "saleline.")
}

func TestReadings(t *testing.T) {
	all := houses()
	for house, lines := range readings {
		for _, r := range lines {
			i := saleline.Parse(r.line, all[house])
			if kind(i) != r.kind || i.Words() != r.words {
				t.Errorf("%s: «%s» is\n %s: %s\nwant\n %s: %s", house, r.line, kind(i), i.Words(), r.kind, r.words)
			}
		}
	}
}

// What a hint says to type must make sense.
func TestHintsAreUnderstood(t *testing.T) {
	all := houses()
	for house, lines := range readings {
		for _, r := range lines {
			u, ok := saleline.Parse(r.line, all[house]).(saleline.Unknown)
			if !ok {
				continue
			}
			if u.Why == "" || u.At < 0 || u.At > len([]rune(r.line)) {
				t.Errorf("%s: «%s»: why %q at %d", house, r.line, u.Why, u.At)
			}
			if u.Hint == "" {
				continue
			}
			if v, bad := saleline.Parse(u.Hint, all[house]).(saleline.Unknown); bad {
				t.Errorf("%s: «%s» hints «%s», which is not understood: %s", house, r.line, u.Hint, v.Why)
			}
		}
	}
}

// Letter case, accents and spaces around change nothing.
func TestCaseAndAccents(t *testing.T) {
	ctx := tonight(arena())
	want := saleline.Parse("galeria a1-3 c", ctx)
	for _, line := range []string{"GALERIA A1-3 C", "Galería a1/3 c", " galer\u00eda  a1-3  c ", "GALERI\u0301A A1–3 c", "gal a1-3 c"} {
		if got := saleline.Parse(line, ctx); !reflect.DeepEqual(got, want) {
			t.Errorf("«%s» is %+v, want %+v", line, got, want)
		}
	}
}

// Where several sections have a place, it is the one the cursor is in.
func TestCursorSection(t *testing.T) {
	ctx := tonight(theatre())
	for section, name := range []string{"Stalls", "Circle"} {
		ctx.Section = section
		p, ok := saleline.Parse("B12-15", ctx).(saleline.Places)
		if !ok || p.Section != section || len(p.Places) != 4 {
			t.Fatalf("with the cursor in %s, B12-15 is %+v", name, p)
		}
		if !strings.Contains(p.Words(), name+", where you are") {
			t.Errorf("the words do not say the section was chosen: %s", p.Words())
		}
	}
	ctx.Section = 1
	if p, ok := saleline.Parse("B20", ctx).(saleline.Places); !ok || p.Section != 0 {
		t.Errorf("B20 is only in the stalls, and was read as %+v", p)
	}
	if u := saleline.Parse("B30", ctx).(saleline.Unknown); !strings.Contains(u.Why, "Circle has no seat 30: it has seats 1–16") {
		t.Errorf("B30 with the cursor in the circle: %s", u.Why)
	}
}

func labels(p *boxoffice.Plan, i saleline.Intent) string {
	if places, ok := i.(saleline.Places); ok {
		return p.Labels(places.Places)
	}
	return i.Words()
}

// Price types stand for the places in the order both were typed.
func TestTypesInOrder(t *testing.T) {
	ctx := tonight(theatre())
	for line, want := range map[string]string{
		"2a1c L12-14":       "L12 a, L13 a, L14 c",
		"1c 2a L12-14":      "L12 c, L13 a, L14 a",
		"L12-14 2a1c":       "L12 a, L13 a, L14 c",
		"L14-12 2a1c":       "L14 a, L13 a, L12 c",
		"L12-13 a c":        "L12 a, L13 c",
		"L12,14,16 s":       "L12 s, L14 s, L16 s",
		"L12-13":            "L12 a, L13 a",
		"2c circle A1-2":    "A1 c, A2 c",
		"1a1c1a L12-14":     "L12 a, L13 c, L14 a",
		"st B12 circle S1":  "B12 a, S1 a",
		"B20,22-23 AA3 5-2": "B20 a, B22 a, B23 a, AA3 a, 5-2 a",
		"5-2,4":             "5-2 a, 5-4 a",
		"5-2,2-3":           "5-2 a, 2-3 a",
		"r5 1,3":            "5-1 a, 5-3 a",
	} {
		i, ok := saleline.Parse(line, ctx).(saleline.Places)
		if !ok {
			t.Errorf("«%s»: %s", line, saleline.Parse(line, ctx).Words())
			continue
		}
		var got []string
		for k, no := range i.Places {
			place, _ := ctx.Plan.Place(no)
			got = append(got, place.Label()+" "+i.Type(k).Code)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("«%s» is %s, want %s", line, strings.Join(got, ", "), want)
		}
	}
}

// A range goes along the chairs as they stand.
func TestRanges(t *testing.T) {
	house, odd := tonight(theatre()), tonight(paraninfo())
	for _, c := range []struct {
		ctx        saleline.Context
		line, want string
	}{
		{odd, "patio a12-16", "A12 A14 A16"},
		{odd, "patio a16-12", "A16 A14 A12"},
		{odd, "patio a4-3", "A4 A2 A1 A3"},
		{odd, "patio a3-4", "A3 A1 A2 A4"},
		{odd, "alto odd-3..7", "Odd-3 Odd-5 Odd-7"},
		{odd, "patio a12-13", "A12 A10 A8 A6 A4 A2 A1 A3 A5 A7 A9 A11 A13"},
		{house, "k1-4", "K1 K2 K3 K4"},
		{house, "k01-04", "K1 K2 K3 K4"},
		{house, "aa9-10", "AA9 AA10"},
		{house, "12-1..3", "12-1 12-2 12-3"},
	} {
		if got := labels(c.ctx.Plan, saleline.Parse(c.line, c.ctx)); got != c.want {
			t.Errorf("«%s» is %s, want %s", c.line, got, c.want)
		}
	}
}

// A number first is a quantity and a letter first a row, also where the letter is
// both.
func TestTheRule(t *testing.T) {
	ctx := tonight(theatre())
	ctx.Section = 1
	for _, code := range []string{"a", "c", "s"} {
		b, ok := saleline.Parse("2"+code, ctx).(saleline.Best)
		if !ok || b.Count() != 2 || b.Parties[0].Type.Code != code {
			t.Errorf("2%s is %+v", code, b)
		}
		p, ok := saleline.Parse(code+"2", ctx).(saleline.Places)
		if want := strings.ToUpper(code) + "2"; !ok || labels(ctx.Plan, p) != want {
			t.Errorf("%s2 is %s, want %s", code, labels(ctx.Plan, p), want)
		}
		if !ok || p.Typed || p.Types[0].Code != "a" {
			t.Errorf("%s2 has the types %v", code, p.Types)
		}
	}
}

func TestBestFields(t *testing.T) {
	ctx := tonight(theatre())
	for line, want := range map[string]string{
		"2": "2a -1 -1 0 0", "2a1c": "2a1c -1 -1 0 0", "1a1c1a": "2a1c -1 -1 0 0", "2 1c": "2a1c -1 -1 0 0",
		"2a circle": "2a 1 -1 0 0", "circle 2a": "2a 1 -1 0 0", "2a z3": "2a -1 2 0 0", "2a cir z2": "2a 1 1 0 0",
		"4a w": "4a -1 -1 1 1", "4a w stalls": "4a 0 -1 1 1", "3a 2w": "3a -1 -1 2 1", "2w": "2a -1 -1 2 0",
		"3 wheelchairs": "3a -1 -1 3 0", "3c ga": "3c 3 -1 0 0", "200": "200a -1 -1 0 0",
	} {
		b, ok := saleline.Parse(line, ctx).(saleline.Best)
		got := ""
		for _, p := range b.Parties {
			got += fmt.Sprint(p.Count, p.Type.Code)
		}
		got = strings.ReplaceAll(got, " ", "") + fmt.Sprintf(" %d %d %d %d", b.Section, b.Zone, b.Wheelchairs, b.Companions)
		if !ok || got != want {
			t.Errorf("«%s» is %s (%s), want %s", line, got, saleline.Parse(line, ctx).Words(), want)
		}
	}
}

// A line that is too long is not read at all.
func TestTooLong(t *testing.T) {
	ctx := tonight(theatre())
	for _, n := range []int{saleline.MaxRunes, saleline.MaxRunes + 1, 100_000} {
		_, unknown := saleline.Parse(strings.Repeat("é", n), ctx).(saleline.Unknown)
		if unknown != (n > saleline.MaxRunes) {
			t.Errorf("%d letters: unknown is %v", n, unknown)
		}
	}
}

// At says where, in runes.
func TestWhere(t *testing.T) {
	ctx := tonight(theatre())
	for line, at := range map[string]int{
		"2a xyz1": 3, "stalls J4": 7, "B20 B30": 4, "2a1x": 3, "Ñandú B30": 0, "L12 L12": 4, "block H J4": 8, "hold Ana 19:00": 9,
	} {
		u, ok := saleline.Parse(line, ctx).(saleline.Unknown)
		if !ok || u.At != at {
			t.Errorf("«%s» fails at %d (%s), want %d", line, u.At, u.Why, at)
		}
	}
}

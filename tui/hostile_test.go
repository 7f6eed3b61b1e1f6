package tui

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/tuitest/emulator"
)

// evils are names that mean harm: what a terminal would obey, what hides or turns
// what stands beside it, and what takes another width than it seems to.
var evils = map[string]string{
	"all of it":           "\x1b[2J\x1b]0;x\a\u202eevil\u200b\u200b 東京大劇場 e\u0301\u0301\u0301\u0301\u0301\u0301 \u2066\U0001f468\u200d\U0001f469\u200d\U0001f467 a name that goes on and on and on and on and on and on",
	"clear the screen":    "\x1b[2J\x1b[H\x1b[3J",
	"move the cursor":     "up\x1b[10Adown\x1b[10B\x1b[999C",
	"link":                "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
	"clipboard":           "\x1b]52;c;cm0gLXJmIC8K\a",
	"ask the terminal":    "\x1b[6n\x1b[c\x1bP+q544e\x1b\\",
	"C1":                  "a\u009b31mb\u009d0;title\u009cc\u0085d\u008de",
	"raw C1":              "a\x9b31mb\x9d0;title\x9cc",
	"a byte hides an esc": "a\xc3\x1b[31mred\xe2\x82\x1b[2Jb\xf0\x9f\x1b]0;t\a",
	"open sequence":       "open\x1b[",
	"backspace":           "abc\b\b\b\b\b\bxyz\r\x7f\x00\x0e\x0f",
	"lines":               "one\ntwo\r\nthree\vfour\ffive\u2028six\u2029seven\ttab",
	"bidi override":       "\u202eabc\u202d\u202b\u202a\u202c",
	"bidi isolate":        "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c",
	"zero width":          "a\u200bb\u2060c\ufeffd\u200ce\u200df\u00ad\u034f\u115f\u3164",
	"wide":                strings.Repeat("東京", 40),
	"combining flood":     "Z" + strings.Repeat("\u0335\u0301\u0489", 300),
	"mark first":          "\u0301\u20dd\ufe0fa",
	"tags":                "x\U000e0001\U000e0041\U000e0042\U000e007f",
	"families":            strings.Repeat("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 9) + "\U0001f1ea\U0001f1f8\U0001f3f4",
	"variations":          "1\ufe0f\u20e3#\ufe0f*\ufe0e\u2764\ufe0f\u263a\ufe0e",
	"prepend":             "\u0600\u06dd\u0d4e\U000110bda",
	"private":             "\ue000\U000f0000\ufdd0\uffff\ud7ff",
	"styles":              "\x1b[1;31;44mred\x1b[8mhidden",
	"endless":             strings.Repeat("endless", 2000),
	"spaces":              " \u00a0\u2003\u3000  \u2800 ",
}

// hostileHouse is a house in which everything has an evil name, as if it had been
// written straight into the store.
func hostileHouse(t *testing.T, evil string) *screentest.House {
	t.Helper()
	h := screentest.New(t)
	h.Clear()
	h.Evil = evil
	for i, name := range []string{"leal", "sala"} {
		plan, err := planfile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		copied := *plan
		copied.Name = evil
		copied.Sections, copied.Zones, copied.Levels = slices.Clone(plan.Sections), slices.Clone(plan.Zones), slices.Clone(plan.Levels)
		copied.Places = slices.Clone(plan.Places)
		for s := range copied.Sections { // scenes name sections by how they begin
			copied.Sections[s].Name += evil
		}
		for z := range copied.Zones {
			copied.Zones[z].Name = evil
		}
		for l := range copied.Levels {
			copied.Levels[l].Name = evil
		}
		for p := range copied.Places {
			if pl := &copied.Places[p]; pl.Row == "A" || pl.Row == "G" { // no scene needs these rows
				pl.Row = evil
			}
		}
		h.AddPlan(&copied, boxoffice.Performance{
			ID: boxoffice.PerformanceID(i + 1), Key: "evil", Title: evil, State: boxoffice.OnSale, Reason: evil,
			Curtain: screentest.Evening.Add(time.Hour), TaxPPM: 100_000, TaxIncluded: true,
		})
	}
	h.Fill(1)
	return h
}

// TestEverySceneFitsEverySize: no size breaks a layout, with names that mean
// harm.
func TestEverySceneFitsEverySize(t *testing.T) {
	for name, play := range scenes {
		for _, size := range [][2]int{{80, 24}, {81, 25}, {95, 24}, {96, 33}, {119, 34}, {120, 24}, {200, 60}} {
			d := open(t, hostileHouse(t, evils["all of it"]), theme.Look{Depth: theme.Colours256}, size[0], size[1])
			play(d)
			if err := tuitest.Fits(d.app.View(), size[0], size[1]); err != nil {
				t.Errorf("%s at %d×%d: %v\n%s", name, size[0], size[1], err, d.app.View())
			}
		}
	}
}

// TestHostileNamesLeaveTheLayout shows hostile texts on every screen: each text on
// every other one, at one of three sizes.
func TestHostileNamesLeaveTheLayout(t *testing.T) {
	sizes := [][2]int{{80, 24}, {100, 30}, {120, 40}}
	for i, what := range slices.Sorted(maps.Keys(evils)) {
		t.Run(what, func(t *testing.T) {
			for j, name := range slices.Sorted(maps.Keys(scenes)) {
				if (i+j)%2 != 0 {
					continue
				}
				size := sizes[(i+j)/2%len(sizes)]
				d := open(t, hostileHouse(t, evils[what]), theme.Look{Depth: theme.Colours256}, size[0], size[1])
				scenes[name](d)
				if err := tuitest.Fits(d.app.View(), size[0], size[1]); err != nil {
					t.Errorf("%s at %d×%d: %v", name, size[0], size[1], err)
					continue
				}
				framed(t, name, d.app.View(), size[0], size[1])
			}
		})
	}
}

// framed fails the test unless a terminal that wraps shows the view line by line,
// nothing of it obeyed, and the frame's lines meet.
func framed(t *testing.T, name, view string, w, h int) {
	t.Helper()
	term := emulator.New(w, h)
	if _, err := term.Write([]byte(strings.ReplaceAll(view, "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	if strange, asked := term.Unknown(), term.Asked(); len(strange)+len(asked) > 0 {
		t.Errorf("%s: the terminal was sent %v and asked %v", name, strange, asked)
	}
	s := term.Screen()
	if s.Title != "" || s.Alternate || s.BracketedPaste {
		t.Errorf("%s: the terminal obeyed: title «%s»", name, s.Title)
	}
	for y, want := range strings.Split(emulator.Parse(view, w, h).Text(), "\n") {
		if got := s.LineText(y); got != want {
			t.Errorf("%s: line %d shows «%s», not «%s»", name, y+1, got, want)
		}
	}
	for x := range w {
		for top := range h {
			if s.At(x, top).Text != "┬" {
				continue
			}
			y := top + 1
			for y < h && (s.At(x, y).Text == "│" || s.At(x, y).Text == "┼") {
				y++
			}
			if end := s.At(x, y).Text; end != "┴" && end != "─" { // a dialog begins with a rule of its own
				t.Errorf("%s: the frame at column %d ends on line %d in «%s»:\n%s", name, x+1, y+1, end, s.Text())
			}
		}
	}
}

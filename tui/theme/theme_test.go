package theme

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"wicket/tui/tuitest/emulator"
)

func looks() map[string]Look {
	return map[string]Look{
		"dark":     {Depth: Colours256},
		"light":    {Depth: Colours256, Light: true},
		"dark 16":  {Depth: Colours16},
		"light 16": {Depth: Colours16, Light: true},
		"mono":     {Depth: Mono},
		"plain":    {Depth: Plain},
		"ascii":    {Depth: Colours256, ASCII: true},
	}
}

// inks returns every ink of a theme by its name.
func inks(th *Theme) map[string]SGR {
	all := map[string]SGR{}
	v := reflect.ValueOf(th.Inks)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(SGR)
	}
	return all
}

func TestNewWritesAndAsksNothing(t *testing.T) {
	var out bytes.Buffer
	th := FromEnv([]string{"TERM=xterm-256color"}, &out)
	th.Style(th.Accent).Render("x")
	th.Renderer().HasDarkBackground()
	th.Renderer().ColorProfile()
	if out.Len() > 0 {
		t.Errorf("wrote %q", out.String())
	}
}

func TestInksByDepth(t *testing.T) {
	for name, look := range looks() {
		th := New(io.Discard, look)
		for ink, sgr := range inks(th) {
			style := emulator.Parse(sgr.Paint("x"), 2, 1).At(0, 0).Style
			n, coloured := style.FG.Index()
			switch {
			case style.BG != 0:
				t.Errorf("%s: %s sets a background", name, ink)
			case look.Depth == Plain && sgr != "":
				t.Errorf("%s: %s is %q", name, ink, sgr)
			case look.Depth == Mono && coloured:
				t.Errorf("%s: %s has a colour: %s", name, ink, style)
			case look.Depth == Colours16 && coloured && n > 15:
				t.Errorf("%s: %s is not one of sixteen: %s", name, ink, style)
			}
		}
		if look.Depth >= Mono {
			for _, must := range []string{"Cursor", "Strong", "Accent", "Mine", "Error", "Warn"} {
				if inks(th)[must] == "" {
					t.Errorf("%s: %s does not show", name, must)
				}
			}
		}
		if th.Mine != th.Accent {
			t.Errorf("%s: there are two accents", name)
		}
	}
}

func TestStyleLooksAsTheInk(t *testing.T) {
	for name, look := range looks() {
		th := New(io.Discard, look)
		all := inks(th)
		all["Zone"] = th.Zone(3)
		for ink, sgr := range all {
			want := emulator.Parse(sgr.Paint("x"), 2, 1).At(0, 0).Style
			got := emulator.Parse(th.Style(sgr).Render("x"), 2, 1).At(0, 0).Style
			if got != want {
				t.Errorf("%s: lipgloss draws %s as %s, want %s", name, ink, got, want)
			}
		}
	}
}

func TestZonesCycle(t *testing.T) {
	th := New(io.Discard, Look{Depth: Colours256})
	if th.Zone(8) != th.Zone(0) || th.Zone(7) == th.Zone(0) || th.Zone(-1) != th.Zone(0) {
		t.Error("the eight hues do not start over at the ninth zone")
	}
}

// TestOpenPlacesOfZonesDiffer: by a hue, or else by a character that says nothing else on a
// map.
func TestOpenPlacesOfZonesDiffer(t *testing.T) {
	for name, look := range looks() {
		th := New(io.Discard, look)
		g := th.Glyphs
		said := g.Mine + g.Others + g.Sold + g.Killed + g.Wheelchair + g.Companion
		seen := map[string]bool{}
		for i := range 5 {
			glyph, hue := th.Open(i)
			if seen[hue.Paint(glyph)] || strings.Contains(said, glyph) {
				t.Errorf("%s: an open place of zone %d is drawn as %q", name, i, hue.Paint(glyph))
			}
			seen[hue.Paint(glyph)] = true
			if numbered := glyph != g.Open; numbered != (look.Depth < Colours16) {
				t.Errorf("%s: an open place of zone %d is %q", name, i, glyph)
			}
		}
		for i := range zoneMarks {
			if glyph, _ := th.Open(i); strings.Contains(asciiGlyphs.Others+asciiGlyphs.Killed+said, glyph) {
				t.Errorf("%s: %q says something else, too", name, glyph)
			}
		}
		if glyph, _ := th.Open(len(zoneMarks)); glyph != g.Open {
			t.Errorf("%s: beyond the last mark stands %q", name, glyph)
		}
	}
}

func TestGlyphsTakeOneCell(t *testing.T) {
	for name, g := range map[string]Glyphs{"unicode": unicodeGlyphs, "ascii": asciiGlyphs} {
		v := reflect.ValueOf(g)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			glyphs := []string{}
			if f := v.Field(i); f.Kind() == reflect.Array {
				for j := range f.Len() {
					glyphs = append(glyphs, f.Index(j).String())
				}
			} else {
				glyphs = append(glyphs, f.String())
			}
			for _, glyph := range glyphs {
				isKey := field == "Enter" || field == "Tab" || field == "Arrows"
				if n := ansi.StringWidth(glyph); n != 1 && !isKey {
					t.Errorf("%s: %s «%s» takes %d cells", name, field, glyph, n)
				}
				if name == "ascii" && strings.Trim(glyph, " !\"#$%&'()*+,-./0123456789:;<=>?@[]^_`{|}~abcdefghijklmnopqrstuvwxyz") != "" {
					t.Errorf("%s «%s» is not ASCII", field, glyph)
				}
			}
		}
		states := map[string]string{}
		for state, glyph := range map[string]string{
			"open": g.Open, "mine": g.Mine, "others": g.Others, "sold": g.Sold, "killed": g.Killed,
			"wheelchair": g.Wheelchair, "companion": g.Companion,
		} {
			if other, ok := states[glyph]; ok {
				t.Errorf("%s: %s and %s share «%s»", name, state, other, glyph)
			}
			states[glyph] = state
		}
	}
}

func TestBar(t *testing.T) {
	tests := []struct {
		fraction       float64
		unicode, ascii string
	}{
		{0, "    ", "----"},
		{0.0001, "▏   ", "#---"},
		{0.25, "█   ", "#---"},
		{0.5, "██  ", "##--"},
		{0.53, "██▏ ", "##--"},
		{0.68, "██▊ ", "###-"},
		{0.9999, "███▉", "###-"},
		{1, "████", "####"},
		{1.7, "████", "####"},
		{-1, "    ", "----"},
	}
	for _, test := range tests {
		if got := unicodeGlyphs.Bar(test.fraction, 4); got != test.unicode {
			t.Errorf("a bar of %v is «%s», want «%s»", test.fraction, got, test.unicode)
		}
		if got := asciiGlyphs.Bar(test.fraction, 4); got != test.ascii {
			t.Errorf("in ASCII a bar of %v is «%s», want «%s»", test.fraction, got, test.ascii)
		}
	}
	th := New(io.Discard, Look{Depth: Colours256})
	for cells := range 40 {
		for f := -0.1; f < 1.1; f += 0.013 {
			if n := ansi.StringWidth(th.Bar(f, cells)); n != cells {
				t.Fatalf("a bar of %v in %d cells takes %d", f, cells, n)
			}
		}
	}
}

func TestPenWritesRuns(t *testing.T) {
	th := New(io.Discard, Look{Depth: Colours256})
	var p Pen
	p.Write(th.Zone(0), "·")
	p.Gap(1)
	p.Write(th.Zone(0), "·")
	p.Gap(1)
	p.Write(th.Sold, "■")
	p.Gap(2)
	p.Write(th.Cursor, "·")
	p.Gap(1)
	p.Write(th.Mine, "●")
	p.Write("", "x")
	p.Line()
	p.Write("", "plain")
	want := "\x1b[38;5;110m· · \x1b[38;5;240m■  \x1b[m\x1b[7m·\x1b[m \x1b[1;38;5;220m●\x1b[mx\nplain"
	if got := p.String(); got != want {
		t.Errorf("the pen wrote %q, want %q", got, want)
	}
}

// TestPenAllocates holds the budget of a seat map: a line of the house is
// written without allocating anything but the text itself.
func TestPenAllocates(t *testing.T) {
	th := New(io.Discard, Look{Depth: Colours256})
	n := testing.AllocsPerRun(20, func() {
		var p Pen
		p.Grow(8 << 10)
		for line := range 26 {
			for seat := range 36 {
				p.Write(th.Zone(line/7), th.Glyphs.Open)
				p.Gap(1 + seat%2)
			}
			p.Line()
		}
		_ = p.String()
	})
	if n > 1 {
		t.Errorf("a map of 936 seats allocates %v times", n)
	}
}

func TestLookOf(t *testing.T) {
	tests := map[string]Look{
		"TERM=xterm-256color":                     {Depth: Colours256},
		"TERM=xterm-256color COLORTERM=truecolor": {Depth: Colours256},
		"TERM=xterm":                              {Depth: Colours16},
		"TERM=xterm COLORTERM=truecolor":          {Depth: Colours256},
		"TERM=xterm-kitty":                        {Depth: Colours256},
		"TERM=tmux-256color":                      {Depth: Colours256},
		"TERM=screen":                             {Depth: Colours16},
		"TERM=linux":                              {Depth: Colours16, ASCII: true},
		"TERM=vt220":                              {Depth: Mono},
		"TERM=dumb":                               {Depth: Plain},
		"TERM=dumb COLORTERM=truecolor":           {Depth: Plain},
		"":                                        {Depth: Plain},
		"TERM=xterm-256color NO_COLOR=1":          {Depth: Mono},
		"TERM=xterm-256color NO_COLOR=":           {Depth: Colours256},
		"TERM=xterm-256color WICKET_THEME=light":  {Depth: Colours256, Light: true},
		"TERM=xterm-256color WICKET_THEME=dark COLORFGBG=0;15":    {Depth: Colours256},
		"TERM=xterm-256color COLORFGBG=0;15":                      {Depth: Colours256, Light: true},
		"TERM=xterm-256color COLORFGBG=0;default;15":              {Depth: Colours256, Light: true},
		"TERM=xterm-256color COLORFGBG=15;0":                      {Depth: Colours256},
		"TERM=xterm-256color WICKET_ASCII=1":                      {Depth: Colours256, ASCII: true},
		"TERM=xterm-256color LANG=C":                              {Depth: Colours256},
		"TERM=xterm-256color LANG=es_ES.UTF-8":                    {Depth: Colours256},
		"TERM=xterm-256color LANG=es_ES.ISO-8859-15@euro":         {Depth: Colours256, ASCII: true},
		"TERM=xterm-256color LC_ALL=de_DE.utf8 LANG=de.ISO8859-1": {Depth: Colours256},
	}
	for env, want := range tests {
		if got := lookOf(strings.Fields(env), "linux"); got != want {
			t.Errorf("%s gives %+v, want %+v", env, got, want)
		}
	}
	if got := lookOf(nil, "windows"); got.Depth != Colours256 {
		t.Errorf("a Windows console gets %+v", got)
	}
}

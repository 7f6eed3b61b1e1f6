package boxoffice

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// nasty is what people, files and gateways have put into names.
var nasty = []struct{ name, in, want string }{
	{"nothing", "", ""},
	{"plain", "Ana Souza", "Ana Souza"},
	{"only spaces", " \t\r\n ", ""},
	{"spaces fold", "  two \t lines\r\nhere  ", "two lines here"},
	{"no-break and wide spaces", "a\u00a0b\u3000c\u2009d", "a b c d"},
	{"line and paragraph separators", "a\u2028b\u2029c\u0085d\ve\ff", "a b c d e f"},
	{"colour", "\x1b[31mred\x1b[0m", "red"},
	{"clear screen", "a\x1b[2J\x1b[Hb", "ab"},
	{"escape alone at the end", "a\x1b", "a"},
	{"escape cut short", "a\x1b[31", "a"},
	{"escape behind a broken lead byte", "a\xe6\x1b[2Jb", "a\ufffdb"},
	{"C1 control sequence introducer", "a\u009b2Jb", "a2Jb"},
	{"C1 operating system command", "a\u009d0;title\u009cb", "a0;titleb"},
	{"raw C1 byte", "a\x9b2Jb", "a\ufffd2Jb"},
	{"link (OSC 8)", "\x1b]8;;https://example.org\x1b\\press\x1b]8;;\x1b\\", "press"},
	{"clipboard (OSC 52)", "x\x1b]52;c;cm0gLXJm\ay", "xy"},
	{"title (OSC 0)", "\x1b]0;owned\ahello", "hello"},
	{"device control (DCS)", "a\x1bP+q544e\x1b\\b", "ab"},
	{"bell", "a\ab", "ab"},
	{"backspace", "paid\b\b\b\bfree", "paidfree"},
	{"delete", "a\x7fb", "ab"},
	{"shift out and in", "a\x0eb\x0fc", "abc"},
	{"null", "a\x00b", "ab"},
	{"carriage return overwrites", "50.00\r 5.00", "50.00 5.00"},
	{"bidi override", "abc\u202etxt.exe", "abctxt.exe"},
	{"bidi isolates and marks", "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061cd", "abcd"},
	{"zero width", "a\u200bb\u2060c\u00add", "abcd"},
	{"byte order mark", "\ufeffAna", "Ana"},
	{"tag characters", "flag\U000e0067\U000e0062\U000e007f", "flag"},
	{"invisible letters", "a\u3164b\u115f\uffa0\u2800c", "ab c"},
	{"private use and noncharacters", "a\ue000b\U0010ffffc\ufffed", "abcd"},
	{"unassigned", "a\u0378b", "a\ufffdb"},
	{"joiner between Latin letters", "a\u200db\u200cc", "abc"},
	{"joiners in a row, at the ends", "\u200d\u200cب\u200d", "ب"},
	{"non-joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
	{"joiner in Sinhala", "ශ්\u200dරී", "ශ්\u200dරී"},
	{"family", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
	{"woman in a field of health", "👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"},
	{"non-joiner between pictures", "👨\u200c👩", "👨👩"},
	{"200 combining marks", "e" + strings.Repeat("\u0336", 200) + "x", "e\u0336\u0336\u0336\u0336x"},
	{"mark with nothing under it", "\u0301a \u0301b", "a b"},
	{"mark behind an invisible letter", "\u200b\u0301a", "a"},
	{"composed", "Amélie", "Amélie"},
	{"keycap", "#\ufe0f\u20e3", "#\u20e3"},
	{"leaning letter with nothing behind it", "\u0d4e", ""},
	{"leaning letter", "\u0d4eക", "\u0d4eക"},
	{"leaning letter before another script", "\u0d4ea東", "a東"},
	{"wide", "東京オペラ", "東京オペラ"},
	{"invalid bytes", "caf\xe9 \xff\xfe", "caf\ufffd \ufffd"},
	{"surrogates in UTF-8", "a\xed\xa0\x80b", "a\ufffdb"},
}

func TestCleanMakesTextSafe(t *testing.T) {
	for _, c := range nasty {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%+q) = %+q, want %+q", c.in, got, c.want)
			}
			checkText(t, c.in)
		})
	}
}

func TestCleanLeavesPlainTextAlone(t *testing.T) {
	const name = "Macbeth, Fri 27 Nov 20:00"
	if n := testing.AllocsPerRun(100, func() { Clean(name) }); n != 0 {
		t.Errorf("Clean of plain text allocates %v times", n)
	}
}

func TestWidthCountsCells(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0336": 1, "東京": 4, "👨\u200d👩\u200d👧": 2, "❤\ufe0f": 2, "■·◌×": 4, "…": 1, "\ufffd": 1,
	} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestWidthCountsAsTheRenderer: what is counted quickly is counted the same, alone and
// beside whatever else is.
func TestWidthCountsAsTheRenderer(t *testing.T) {
	same := func(s string) {
		t.Helper()
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Errorf("%q takes %d cells, the renderer counts %d", s, got, want)
		}
	}
	for r := range rune(0x3000) {
		same(string(r))
		same("a" + string(r) + "b")
		same(string(r) + "\ufe0f")
		same("■" + string(r) + "\u0301")
		same("\u200d" + string(r) + "\u200d" + string(r))
	}
	for _, s := range []string{
		"\x1b[1;38;5;12mB12\x1b[m x", "\x1b[38;5;12", "\x1b[2Kx", "\x1b]0;t\ax", "\x1b", "\x1b[", "\x1b[m", "a\x1b[mb\x1b[4m", "\xff\xfe", "e\u0301", "日本", "👩‍👩‍👧",
	} {
		same(s)
		same("■ " + s + "│")
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in    string
		cells int
		want  string
	}{
		{"Macbeth", 7, "Macbeth"},
		{"Macbeth", 6, "Macbe…"},
		{"Much ado", 6, "Much…"},
		{"Macbeth", 1, "…"},
		{"Macbeth", 0, ""},
		{"Macbeth", -1, ""},
		{"", 0, ""},
		{"東京オペラ", 10, "東京オペラ"},
		{"東京オペラ", 6, "東京…"},
		{"東京オペラ", 5, "東京…"},
		{"東", 1, "…"},
		{"e\u0336e\u0336e\u0336", 2, "e\u0336…"},
		{"👨\u200d👩\u200d👧 and all", 4, "👨\u200d👩\u200d👧…"},
	} {
		if got := Shorten(c.in, c.cells); got != c.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.in, c.cells, got, c.want)
		}
	}
}

func TestPad(t *testing.T) {
	for _, c := range []struct {
		in          string
		cells       int
		left, right string
	}{
		{"Ana", 5, "Ana  ", "  Ana"},
		{"Ana", 3, "Ana", "Ana"},
		{"Ana", 2, "A…", "A…"},
		{"Ana", 0, "", ""},
		{"Ana", -3, "", ""},
		{"東京", 5, "東京 ", " 東京"},
		{"東京", 3, "東…", "東…"},
		{"東京", 2, "… ", " …"},
	} {
		if got := Pad(c.in, c.cells); got != c.left {
			t.Errorf("Pad(%q, %d) = %q, want %q", c.in, c.cells, got, c.left)
		}
		if got := PadLeft(c.in, c.cells); got != c.right {
			t.Errorf("PadLeft(%q, %d) = %q, want %q", c.in, c.cells, got, c.right)
		}
	}
}

func TestCleanHoldsForAnyText(t *testing.T) {
	word := rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SampledFrom(nasty), func(c struct{ name, in, want string }) string { return c.in }),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }),
		rapid.Map(rapid.RuneFrom(nil, unicode.M, unicode.Cf, unicode.Zs, unicode.So, unicode.Malayalam), func(r rune) string { return string(r) }),
	)
	rapid.Check(t, func(t *rapid.T) {
		checkText(t, strings.Join(rapid.SliceOfN(word, 0, 6).Draw(t, "words"), ""))
	})
}

func FuzzClean(f *testing.F) {
	for _, c := range nasty {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) { checkText(t, s) })
}

// checkText holds what Clean promises, and that what is clean can be laid out.
func checkText(t rapid.TB, s string) {
	t.Helper()
	clean := Clean(s)
	if again := Clean(clean); again != clean {
		t.Errorf("Clean(%+q) = %+q, and cleaned again %+q", s, clean, again)
	}
	if !utf8.ValidString(clean) || !norm.NFC.IsNormalString(clean) {
		t.Errorf("Clean(%+q) = %+q is not UTF-8 in NFC", s, clean)
	}
	if strings.TrimSpace(clean) != clean || strings.Contains(clean, "  ") {
		t.Errorf("Clean(%+q) = %+q has loose spaces", s, clean)
	}
	marks := 0
	for _, r := range clean {
		if r != ' ' && !isJoiner(r) && (!unicode.IsGraphic(r) || unicode.In(r, unseen...) || unicode.IsSpace(r)) {
			t.Errorf("Clean(%+q) = %+q still has %U", s, clean, r)
		}
		if unicode.IsMark(r) {
			marks++
		} else if !isJoiner(r) {
			marks = 0
		}
		if marks > maxMarks {
			t.Errorf("Clean(%+q) = %+q has more than %d marks in a row", s, clean, maxMarks)
		}
	}
	width := Width(clean)
	if got := Width("│ " + clean + " │ " + clean); got != 2*width+5 {
		t.Errorf("%+q takes %d cells alone, but two of them in a line of 5 more take %d", clean, width, got)
	}
	for _, cells := range []int{0, 1, 2, 3, width - 1, width, width + 1, 20} {
		if cells < 0 {
			continue
		}
		if short := Shorten(clean, cells); Width(short) > cells || Clean(short) != short {
			t.Errorf("Shorten(%+q, %d) = %+q takes %d cells, or is not clean", clean, cells, short, Width(short))
		}
		if got := Pad(clean, cells); Width(got) != cells {
			t.Errorf("Pad(%+q, %d) = %+q takes %d cells", clean, cells, got, Width(got))
		}
		if got := PadLeft(clean, cells); Width(got) != cells {
			t.Errorf("PadLeft(%+q, %d) = %+q takes %d cells", clean, cells, got, Width(got))
		}
	}
}

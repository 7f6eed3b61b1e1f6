package emulator_test

import (
	"strings"
	"testing"

	"wicket/tui/tuitest/emulator"
)

func TestTerminalShowsWhatWasWritten(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"lines":                         {"ab\r\ncd", "ab/cd//"},
		"line feed keeps the column":    {"ab\ncd", "ab/  cd//"},
		"wraps":                         {"abcdefghij", "abcdefgh/ij//"},
		"full line, then a new one":     {"abcdefgh\r\nij", "abcdefgh/ij//"},
		"erase in a full line":          {"abcdefgh\x1b[K", "abcdefg///"},
		"scrolls":                       {"1\r\n2\r\n3\r\n4\r\n5", "2/3/4/5"},
		"cursor home and over":          {"abcd\x1b[Hxy", "xycd///"},
		"cursor position":               {"\x1b[3;4Hx", "//   x/"},
		"cursor up, left, right, down":  {"\x1b[2;3Ha\x1b[Ab\x1b[3Dc\x1b[Bd\x1b[2Ce", " c b/  d  e//"},
		"column":                        {"abcdef\x1b[3Gx", "abxdef///"},
		"erase right":                   {"abcdef\x1b[4D\x1b[K", "ab///"},
		"erase left":                    {"abcdef\x1b[4D\x1b[1K", "   def///"},
		"erase line":                    {"abcdef\x1b[2K", "///"},
		"erase below":                   {"1\r\n2\r\n3\x1b[2;1H\x1b[J", "1///"},
		"erase above":                   {"1\r\n22\r\n3\x1b[2;1H\x1b[1J", "/ 2/3/"},
		"erase all":                     {"1\r\n2\x1b[2J", "///"},
		"insert and delete lines":       {"1\r\n2\r\n3\x1b[2;1H\x1b[Lx\x1b[1;1H\x1b[M", "x/2/3/"},
		"scrolling region":              {"1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx", "1/3/x/4"},
		"the region holds the cursor":   {"\x1b[2;3r\x1b[2;1H\x1b[9Bx\x1b[9Ay", "/ y/x/"},
		"reverse index":                 {"1\r\n2\x1b[H\x1bMx", "x/1/2/"},
		"insert and delete characters":  {"abcdef\x1b[2G\x1b[2P\x1b[1@", "a def///"},
		"backspace, tab":                {"ab\bc\r\n\tx", "ac/       x//"},
		"the alternate screen":          {"main\x1b[?1049h\x1b[Halt", "alt///"},
		"and back":                      {"main\x1b[?1049h\x1b[Halt\x1b[?1049l!", "main!///"},
		"wide":                          {"a東京b", "a東京b///"},
		"wide at the edge":              {"abcdefg東", "abcdefg/東//"},
		"half of a wide one over":       {"東京\x1b[2Gx", " x京///"},
		"marks":                         {"Rene\u0301e", "Rene\u0301e///"},
		"a family is one picture":       {"👨\u200d👩\u200d👧x", "👨\u200d👩\u200d👧x///"},
		"title":                         {"\x1b]2;Macbeth\x07a", "a///"},
		"title ended the other way":     {"\x1b]0;Macbeth\x1b\\a", "a///"},
		"save and restore":              {"ab\x1b7cd\x1b8x", "abxd///"},
		"hidden cursor, paste and sync": {"\x1b[?25l\x1b[?2004h\x1b[?2026hok", "ok///"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			whole := emulator.New(8, 4)
			whole.Write([]byte(test.in))
			if got := slashes(whole); got != test.want {
				t.Errorf("shows %q, want %q", got, test.want)
			}
			if len(whole.Unknown()) > 0 {
				t.Errorf("did not know %v", whole.Unknown())
			}
			bits := emulator.New(8, 4)
			for i := range len(test.in) {
				bits.Write([]byte{test.in[i]})
			}
			if got := slashes(bits); got != test.want {
				t.Errorf("a byte at a time it shows %q, want %q", got, test.want)
			}
		})
	}
}

func slashes(t *emulator.Terminal) string {
	return strings.ReplaceAll(t.Screen().Text(), "\n", "/")
}

func TestStyles(t *testing.T) {
	tests := map[string]string{
		"":                           "plain",
		"\x1b[1;38;5;220m":           "fg 220 bold",
		"\x1b[93m":                   "fg 11",
		"\x1b[33;44m":                "fg 3 bg 4",
		"\x1b[7m":                    "reverse",
		"\x1b[1;2m\x1b[22m":          "plain",
		"\x1b[4:3m":                  "underline",
		"\x1b[4m\x1b[4:0m":           "plain",
		"\x1b[38;2;255;135;0m":       "fg #ff8700",
		"\x1b[48;5;7m\x1b[49;3m":     "italic",
		"\x1b[1;31m\x1b[m":           "plain",
		"\x1b[1;31m\x1b[;4m":         "underline",
		"\x1b[38;5;75m\x1b[38;5;43m": "fg 43",
	}
	for in, want := range tests {
		screen := emulator.Parse(in+"x", 3, 1)
		if got := screen.At(0, 0).Style.String(); got != want {
			t.Errorf("after %q the style is %s, want %s", in, got, want)
		}
	}
}

func TestTerminalAnswers(t *testing.T) {
	var answers strings.Builder
	term := emulator.New(20, 5)
	term.Answers = &answers
	term.Write([]byte("\x1b[3;4H\x1b[6n\x1b]11;?\x07\x1b[c"))
	want := "\x1b[3;4R" + "\x1b]11;rgb:1616/1818/2020\x1b\\" + "\x1b[?62;22c"
	if answers.String() != want {
		t.Errorf("answered %q, want %q", answers.String(), want)
	}
	if got := strings.Join(term.Asked(), " "); got != "cursor colours identity" {
		t.Errorf("was asked %s", got)
	}
}

func TestTerminalCountsWhatItDoesNotKnow(t *testing.T) {
	term := emulator.New(20, 5)
	term.Write([]byte("\x1b[5z\x1b[?9999h\x1b[99m"))
	for _, want := range []string{"CSI z", "mode 9999", "SGR 99"} {
		if term.Unknown()[want] != 1 {
			t.Errorf("%s is not counted: %v", want, term.Unknown())
		}
	}
}

func TestResize(t *testing.T) {
	term := emulator.New(8, 4)
	term.Write([]byte("12345678\r\nb\r\nc\r\nd"))
	term.Resize(4, 2)
	if got := slashes(term); got != "c/d" {
		t.Errorf("smaller it shows %q", got)
	}
	term.Resize(6, 3)
	term.Write([]byte("!"))
	if got := slashes(term); got != "c/d!/" {
		t.Errorf("larger it shows %q", got)
	}
}

func TestParse(t *testing.T) {
	screen := emulator.Parse("ab\n\x1b[1mcdefgh\x1b[m\n3\n4", 4, 3)
	if got := screen.Text(); got != "ab\ncdef\n3" {
		t.Errorf("shows %q", got)
	}
	if c := screen.At(3, 1); c.Text != "f" || !c.Bold {
		t.Errorf("the last cell that fits is %q, %s", c.Text, c.Style)
	}
	if x, y, ok := screen.Find("ef"); !ok || x != 2 || y != 1 {
		t.Errorf("found at %d, %d, %v", x, y, ok)
	}
}

// FuzzTerminal: whatever is written, nothing panics, lines keep their shape, and
// a screen written out and read again is the same screen.
func FuzzTerminal(f *testing.F) {
	f.Add("\x1b[1;31mab\x1b[7mc東\x1b[m\r\n\x1b[2;3r\x1b[K\x1b[5Lx\x1b[?1049h\x1b[3P")
	f.Add("000東000\x1b[0r0\x1b[3P")
	f.Add("👨\u200d👩e\u0301\x1b[2Gx\x1b[48;5;7m\x1b[J")
	f.Fuzz(func(t *testing.T, in string) {
		term := emulator.New(7, 3)
		term.Write([]byte(in))
		screen := term.Screen()
		for y, line := range screen.Cells {
			width := 0
			for _, c := range line {
				width += c.Width
			}
			if len(line) != 7 || width != 7 {
				t.Fatalf("line %d has %d cells of width %d: %+v", y, len(line), width, line)
			}
		}
		view := screen.ANSI()
		if again := emulator.Parse(view, 7, 3).ANSI(); again != view {
			t.Fatalf("%q reads back as %q", view, again)
		}
	})
}

package tuitest

import (
	"strings"
	"testing"
)

func TestDifferenceNamesTheCell(t *testing.T) {
	tests := map[string]struct{ want, got, says string }{
		"text":   {"a\nb", "a\nc", "line 2\n    want │b│\n    got  │c│"},
		"style":  {"\x1b[1mab\x1b[m", "\x1b[1ma\x1b[m\x1b[38;5;75mb\x1b[m", "column 2, «b»: want bold, got fg 75"},
		"bytes":  {"\x1b[1ma\x1b[m", "\x1b[1ma\x1b[0m", "looks the same, written otherwise"},
		"length": {"a", "a\nb", "2 lines, want 1"},
	}
	for name, test := range tests {
		if got := difference(test.want, test.got); !strings.Contains(got, test.says) {
			t.Errorf("%s: the difference reads\n%s\nwant in it\n%s", name, got, test.says)
		}
	}
}

func TestFits(t *testing.T) {
	tests := map[string]struct{ view, says string }{
		"fits":            {"\x1b[1mab\x1b[m\n東", ""},
		"too few lines":   {"ab", "1 lines"},
		"too many lines":  {"ab\n\n", "3 lines"},
		"too wide":        {"ab\n東京", "line 2 is 4 cells wide"},
		"a style open":    {"\x1b[1mab\n", "line 1 leaves a style open"},
		"a tab":           {"\t\n", "control character"},
		"a cursor move":   {"\x1b[2Aa\n", "control character"},
		"a carriage back": {"a\r\n", "control character"},
		"C1":              {"\u009b\n", "control character"},
		"turned text":     {"\u202ea\n", "turns or hides"},
		"broken text":     {"a\xc3\n", "no UTF-8"},
	}
	for name, test := range tests {
		err := Fits(test.view, 3, 2)
		if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%s: got %v, want %q", name, err, test.says)
		}
	}
}

func TestGolden(t *testing.T) {
	Golden(t, "golden", "plain\n\x1b[1;38;5;220mgold\x1b[m")
}

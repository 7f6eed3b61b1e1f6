package tuitest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"wicket/tui/tuitest/emulator"
)

// Screen checks that a view fits a terminal of w × h cells ([Fits]) and returns
// it as the terminal shows it.
func Screen(t testing.TB, view string, w, h int) *emulator.Screen {
	t.Helper()
	if err := Fits(view, w, h); err != nil {
		t.Errorf("the view does not fit %d×%d: %v\n%s", w, h, err, ansi.Strip(view))
	}
	return emulator.Parse(view, w, h)
}

// isUnseen reports whether a terminal may obey r, or draw it by turning or hiding
// what stands beside it. Joiners belong to words and pictures.
func isUnseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d'
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// Fits reports what keeps a view from being shown on a terminal of w × h cells:
// it must have exactly h lines, none wider than w, each of them text and SGR
// sequences only, each closing the styles it opens, for any line may be sent
// alone.
func Fits(view string, w, h int) error {
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		return fmt.Errorf("it has %d lines", len(lines))
	}
	for i, line := range lines {
		if n := ansi.StringWidth(line); n > w {
			return fmt.Errorf("line %d is %d cells wide", i+1, n)
		}
		if !utf8.ValidString(line) {
			return fmt.Errorf("line %d is no UTF-8", i+1)
		}
		for _, r := range sgr.ReplaceAllString(line, "") {
			if isUnseen(r) {
				return fmt.Errorf("line %d has a control character, or one that turns or hides, %q", i+1, r)
			}
		}
		all := sgr.FindAllString(line, -1)
		if n := len(all); n > 0 && all[n-1] != "\x1b[m" && all[n-1] != "\x1b[0m" {
			return fmt.Errorf("line %d leaves a style open: %q", i+1, all[n-1])
		}
	}
	return nil
}

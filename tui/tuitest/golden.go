package tuitest

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	_ "github.com/charmbracelet/x/exp/golden" // has the flag -update; a second one would clash

	"wicket/tui/tuitest/emulator"
)

// Golden compares a view, colours included, with testdata/<name>.golden, and
// says what differs: the text of a line, or the style of a cell. With -update it
// writes the file instead.
func Golden(t testing.TB, name, view string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if updating() {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(view+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no %s; make it with -update and look at it:\n%s", file, view)
	}
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSuffix(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	if want != view {
		t.Errorf("the view is not what %s has (-update takes it over):\n%s", file, difference(want, view))
	}
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// difference says line by line how got differs from want.
func difference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	var b strings.Builder
	if len(wants) != len(gots) {
		fmt.Fprintf(&b, "  %d lines, want %d\n", len(gots), len(wants))
	}
	for i := range max(len(wants), len(gots)) {
		var w, g string
		if i < len(wants) {
			w = wants[i]
		}
		if i < len(gots) {
			g = gots[i]
		}
		if w == g {
			continue
		}
		fmt.Fprintf(&b, "  line %d\n", i+1)
		if ansi.Strip(w) != ansi.Strip(g) {
			fmt.Fprintf(&b, "    want │%s│\n    got  │%s│\n", ansi.Strip(w), ansi.Strip(g))
			continue
		}
		fmt.Fprintf(&b, "         │%s│\n    %s\n", ansi.Strip(w), restyled(w, g))
	}
	return b.String()
}

// restyled says where two lines of the same text first differ in style.
func restyled(want, got string) string {
	width := ansi.StringWidth(want)
	w, g := emulator.Parse(want, width, 1), emulator.Parse(got, width, 1)
	for x := range width {
		if a, b := w.At(x, 0), g.At(x, 0); a.Style != b.Style {
			return fmt.Sprintf("column %d, «%s»: want %s, got %s", x+1, a.Text, a.Style, b.Style)
		}
	}
	return fmt.Sprintf("looks the same, written otherwise: want %q, got %q", want, got)
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPicturesAreDrawnAndChecked(t *testing.T) {
	folder := t.TempDir()
	view, list := filepath.Join(folder, "view.golden"), filepath.Join(folder, "list.txt")
	write(t, view, "\x1b[1mMacbeth\x1b[m\n")
	write(t, list, "# a list\n\nmacbeth.svg "+filepath.ToSlash(view)+" 20x3 light Wicket · tonight\n")

	if err := run(list, true, ""); err == nil {
		t.Error("a picture that is not there passes the check")
	}
	if err := run(list, false, ""); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(folder, "macbeth.svg"))
	if err != nil || !strings.Contains(string(b), ">Macbeth</text>") || !strings.Contains(string(b), "Wicket · tonight") {
		t.Errorf("the picture is not the view: %v\n%s", err, b)
	}
	if err := run(list, true, ""); err != nil {
		t.Errorf("a fresh picture does not pass the check: %v", err)
	}
	write(t, view, "Hamlet\n")
	if err := run(list, true, ""); err == nil || !strings.Contains(err.Error(), "make pictures") {
		t.Errorf("an old picture passes the check: %v", err)
	}
}

func TestParseListSaysWhichLineIsWrong(t *testing.T) {
	for _, line := range []string{"a.svg b.golden 80x24", "a.svg b.golden 80 dark", "a.svg b.golden 80x24 pink", "a.svg b.golden 0x1 dark"} {
		if _, err := parseList("# list\n" + line); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q gives %v", line, err)
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

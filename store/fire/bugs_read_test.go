//go:build bugs

package fire_test

import (
	"strings"
	"testing"
)

// bug is a mistake that is made on purpose, in the text of the shipped code, to see it
// caught. The changed text asks bug(name), so that one binary has them all.
type bug struct {
	name   string
	what   string // is wrong
	caught string // by which rules of the history's judge
	two    bool   // it takes two processes
	edits  []edit
}

// edit is one change. The text before it stands exactly once in its file.
type edit struct{ file, before, after string }

// readBugs reads the bugs: a name, what is wrong, how it is caught and where, and the
// changes as a patch has them, without line numbers. A file named again with @@ is
// changed in another place.
func readBugs(t *testing.T) []bug {
	t.Helper()
	var bugs []bug
	for part := range strings.SplitSeq("\n"+read(t, "testdata/bugs/bugs.txt"), "\n# ") {
		lines := strings.Split(strings.TrimRight(part, "\n"), "\n")
		if len(lines) < 5 {
			continue // what stands before the first
		}
		rules, ok := strings.CutPrefix(lines[2], "caught by ")
		if !ok {
			t.Fatalf("«%s» does not say how it is caught", lines[0])
		}
		b := bug{name: lines[0], what: lines[1], caught: rules, two: lines[3] == "in two processes"}
		for _, line := range lines[4:] {
			if file, begins := strings.CutPrefix(line, "--- "); begins {
				b.edits = append(b.edits, edit{file: file})
				continue
			}
			e := &b.edits[len(b.edits)-1]
			switch sign, text := cutSign(line); sign {
			case '@':
				b.edits = append(b.edits, edit{file: e.file})
			case '-':
				e.before += text
			case '+':
				e.after += text
			default:
				e.before, e.after = e.before+text, e.after+text
			}
		}
		bugs = append(bugs, b)
	}
	if len(bugs) < 10 {
		t.Fatalf("%d bugs found", len(bugs))
	}
	return bugs
}

// cutSign returns the sign that a line of a patch begins with, and the line.
func cutSign(line string) (sign byte, text string) {
	if line == "" {
		return ' ', "\n"
	}
	return line[0], line[1:] + "\n"
}

//go:build linux

package bench_test

import (
	"fmt"
	"strings"
	"time"
)

// table is what is printed in the end.
type table struct {
	machine *machine
	rows    []row
	notes   []string
}

// row is one line of it: a figure of ours, and where there is one that of a peer in the
// same run.
type row struct {
	what, target, figure, peer, ratio string
	verdict                           verdict
}

// verdict says whether a figure meets its target.
type verdict string

const (
	untold verdict = "" // there is no target
	met    verdict = "met"
	missed verdict = "MISSED"
)

// meets is the verdict on a figure that has a target.
func meets(ok bool) verdict {
	if ok {
		return met
	}
	return missed
}

// add adds a row, and logs it for those who wait.
func (s *section) add(r row) {
	s.Helper()
	s.table.rows = append(s.table.rows, r)
	s.Log(r.text())
}

// note adds a line of what must be known to read the table, once.
func (t *table) note(format string, args ...any) {
	words := fmt.Sprintf(format, args...)
	for _, n := range t.notes {
		if n == words {
			return
		}
	}
	t.notes = append(t.notes, words)
}

// failed adds that a section ended with an error.
func (t *table) failed(section, words string) {
	t.rows = append(t.rows, row{what: section, figure: "FAILED: " + strings.Join(strings.Fields(words), " "), verdict: missed})
}

func (r row) text() string {
	return "| " + strings.Join([]string{r.what, r.target, r.figure, r.peer, r.ratio, string(r.verdict)}, " | ") + " |"
}

// text is the table as it stands in the documentation.
func (t *table) text() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%s\n\n", t.machine.text())
	out.WriteString("| what | target | Wicket | the other | ratio | |\n|---|---|---|---|---|---|\n")
	for _, r := range t.rows {
		fmt.Fprintln(&out, r.text())
	}
	for _, n := range t.notes {
		fmt.Fprintf(&out, "\n- %s", n)
	}
	return out.String()
}

// span writes a duration with three digits, as a person reads it.
func span(d time.Duration) string {
	switch {
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d.Nanoseconds())
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%.2f µs", float64(d.Nanoseconds())/1e3)
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1e3)
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
	case d < 10*time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// thousands writes a number with its thousands apart.
func thousands(n float64) string {
	s := fmt.Sprintf("%.0f", n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// crowdOf writes how many callers there are.
func crowdOf(n int) string {
	if n == 1 {
		return "one caller"
	}
	return fmt.Sprintf("%d callers", n)
}

package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
)

// reportWidth is how many cells a report as text may take.
const reportWidth = 80

// reportForm is how a report is written: as text without either.
type reportForm struct{ json, csv bool }

func (f *reportForm) flags(c *cobra.Command) {
	c.Flags().BoolVar(&f.json, "json", false, "as JSON")
	c.Flags().BoolVar(&f.csv, "csv", false, "as CSV, for a spreadsheet")
}

func (f *reportForm) check() error {
	if f.json && f.csv {
		return &usageError{errors.New("--json and --csv exclude each other")}
	}
	return nil
}

// reportTable is columns of text: the first to the left, the others, numbers, to
// the right. Rows may be indented and set apart.
type reportTable struct {
	head []string
	rows [][]string
}

func (t *reportTable) add(cells ...string) { t.rows = append(t.rows, cells) }

// apart leaves a line free.
func (t *reportTable) apart() { t.rows = append(t.rows, nil) }

// write writes the table, no wider than reportWidth: the first column gives way.
func (t *reportTable) write(w io.Writer) error {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], boxoffice.Width(cell))
		}
	}
	left := reportWidth
	for _, n := range widths[1:] {
		left -= n + 2
	}
	widths[0] = min(widths[0], max(left, 8))
	var b strings.Builder
	for _, row := range append([][]string{t.head}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			if i == 0 {
				line.WriteString(boxoffice.Pad(cell, widths[0]))
				continue
			}
			line.WriteString("  " + boxoffice.PadLeft(cell, widths[i]))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCSV writes records for a spreadsheet.
func writeCSV(w io.Writer, records [][]string) error {
	out := csv.NewWriter(w)
	if err := out.WriteAll(records); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// csvText is text from outside in a spreadsheet: one that begins like a formula
// would be computed there.
func csvText(s string) string {
	s = boxoffice.Clean(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// csvNumber is a number that names something; nothing where it is zero.
func csvNumber(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// csvInstant is an instant as [stamp] writes it; nothing for none.
func csvInstant(at *string) string {
	if at == nil {
		return ""
	}
	return *at
}

// plainMoney is an amount as programs read it: «1234.50».
func plainMoney(cur boxoffice.Currency, m boxoffice.Money) string {
	return strings.ReplaceAll(cur.Format(m), ",", "")
}

// performanceNamed finds a performance by its key, or as at the counter by its
// number in tonight's list: «p3».
func (p *program) performanceNamed(c *cobra.Command, h *house, name string) (boxoffice.Performance, error) {
	perf, err := h.office.PerformanceByKey(c.Context(), name)
	number, found := strings.CutPrefix(strings.ToLower(name), "p")
	if n, errNumber := strconv.Atoi(number); boxoffice.IsNotFound(err) && found && errNumber == nil {
		tonight, err := h.office.Tonight(c.Context(), p.clock.Now())
		if err != nil {
			return perf, err
		}
		if n < 1 || n > len(tonight) {
			return perf, fmt.Errorf("there is no performance P%d tonight or this week; there are %d", n, len(tonight))
		}
		return tonight[n-1].Performance, nil
	}
	return perf, err
}

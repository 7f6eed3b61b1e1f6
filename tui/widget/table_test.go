package widget_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/widget"
)

func dark() *theme.Theme { return theme.New(io.Discard, theme.Look{Depth: theme.Colours256}) }

func orders(th *theme.Theme, n int) *widget.Table {
	t := widget.NewTable(th,
		widget.Column{Title: "Order", Width: 5, Align: widget.Right, Ink: th.Strong},
		widget.Column{Title: "Customer", Width: 8, Grow: 2},
		widget.Column{Title: "Places", Width: 7, Grow: 1, Ink: th.Dim, Leave: 1},
		widget.Column{Title: "State", Width: 8, Leave: 2},
		widget.Column{Title: "Total", Width: 8, Align: widget.Right},
	)
	t.Empty = "no orders yet"
	names := []string{"Muñoz Pérez, Begoña", "Ólafsdóttir, Þóra", "山田 太郎", "Smith, A.", "van der Meer, Johanna Wilhelmina"}
	var rows []widget.Row
	for i := range n {
		row := widget.Row{
			Key:   fmt.Sprint(1042 + i),
			Cells: []string{fmt.Sprint(1042 + i), names[i%5], fmt.Sprintf("B%d B%d", i+1, i+2), "paid", fmt.Sprintf("%d.00", 24*(i+1))},
			Fresh: i == 2,
		}
		if i%4 == 3 {
			row.Cells[3] = "void"
			row.Inks = []theme.SGR{3: th.Warn}
		}
		rows = append(rows, row)
	}
	t.SetRows(rows)
	return t
}

func TestTableViews(t *testing.T) {
	ascii := theme.New(io.Discard, theme.Look{Depth: theme.Plain, ASCII: true})
	tests := map[string]struct {
		theme *theme.Theme
		rows  int
		w, h  int
		do    func(*widget.Table)
	}{
		"whole":     {dark(), 5, 64, 8, func(t *widget.Table) { t.Move(1) }},
		"window":    {dark(), 30, 64, 8, func(t *widget.Table) { t.Move(11) }},
		"end":       {dark(), 30, 64, 8, func(t *widget.Table) { t.Last() }},
		"filter":    {dark(), 30, 64, 8, func(t *widget.Table) { t.SetFilter("MUNOZ be") }},
		"no-match":  {dark(), 30, 64, 4, func(t *widget.Table) { t.SetFilter("xyz") }},
		"empty":     {dark(), 0, 64, 4, func(*widget.Table) {}},
		"narrow":    {dark(), 30, 34, 6, func(*widget.Table) {}},
		"ascii":     {ascii, 30, 44, 6, func(t *widget.Table) { t.Move(5) }},
		"two-lines": {dark(), 30, 64, 2, func(t *widget.Table) { t.Move(5) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			table := orders(test.theme, test.rows)
			table.View(test.w, test.h) // as it stood before
			test.do(table)
			view := table.View(test.w, test.h)
			tuitest.Screen(t, view, test.w, test.h)
			tuitest.Golden(t, "table-"+name, view)
		})
	}
}

func TestTableFitsAnySize(t *testing.T) {
	for _, n := range []int{0, 1, 4, 30} {
		table := orders(dark(), n)
		for w := range 90 {
			for h := 1; h < 12; h++ {
				table.Move(7)
				if err := tuitest.Fits(table.View(w, h), w, h); err != nil {
					t.Fatalf("%d rows in %d×%d: %v", n, w, h, err)
				}
			}
		}
	}
}

func TestTableCursorIsAlwaysInSight(t *testing.T) {
	table := orders(dark(), 30)
	for _, n := range []int{0, 1, 7, -2, 20, 3, 100, -1, -5, -100, 12} {
		table.Move(n)
		for h := 1; h < 8; h++ {
			row, _ := table.Selected()
			if _, _, ok := tuitest.Screen(t, table.View(64, h), 64, h).Find("▸"); !ok {
				t.Fatalf("the cursor on %s is out of sight in %d lines:\n%s", row.Key, h, table.View(64, h))
			}
		}
	}
}

func TestTableCursorStaysOnItsRow(t *testing.T) {
	table := orders(dark(), 30)
	table.Move(6) // 1048, van der Meer is 1046, Ólafsdóttir 1048
	selected := func() string {
		row, _ := table.Selected()
		return row.Key
	}
	table.SetFilter("olafs")
	if selected() != "1048" {
		t.Errorf("after a filter that matches it the cursor is on %s", selected())
	}
	table.SetFilter("")
	if selected() != "1048" {
		t.Errorf("without the filter the cursor is on %s", selected())
	}
	table.SetRows([]widget.Row{{Key: "9"}, {Key: "1048"}, {Key: "8"}})
	if selected() != "1048" {
		t.Errorf("after new rows the cursor is on %s", selected())
	}
	table.SetRows([]widget.Row{{Key: "9"}, {Key: "8"}})
	if selected() != "8" {
		t.Errorf("when its row has gone the cursor is on %s", selected())
	}
	table.SetFilter("nothing")
	if _, ok := table.Selected(); ok {
		t.Errorf("a row is selected where none matches")
	}
	table.Move(1)
	table.SetRows(nil)
	if _, ok := table.Selected(); ok {
		t.Errorf("a row is selected where there is none")
	}
	table.SetFilter("")
	table.SetRows([]widget.Row{{Key: "9"}, {Key: "8"}})
	if !table.Select("8") || selected() != "8" || table.Select("7") {
		t.Errorf("selecting by key puts the cursor on %s", selected())
	}
}

// TestTableRowStaysInItsLine: what comes in above the cursor moves nothing under the
// eye of who reads, as long as there is more than has room.
func TestTableRowStaysInItsLine(t *testing.T) {
	rows := func(from, to int) (rows []widget.Row) {
		for i := from; i >= to; i-- {
			rows = append(rows, widget.Row{Key: fmt.Sprint(i), Cells: []string{fmt.Sprint(i)}})
		}
		return rows
	}
	line := func(table *widget.Table, h int) int {
		_, y, ok := tuitest.Screen(t, table.View(40, h), 40, h).Find("▸")
		if !ok {
			t.Fatalf("no cursor:\n%s", table.View(40, h))
		}
		return y
	}
	table := widget.NewTable(dark(), widget.Column{Title: "Order", Width: 5})
	table.SetRows(rows(1050, 1001))
	for _, move := range []int{0, 3, 20} {
		table.Move(move)
		before := line(table, 10)
		row, _ := table.Selected()
		table.SetRows(rows(1060+move, 1001))
		if now, _ := table.Selected(); line(table, 10) != before || now.Key != row.Key {
			t.Errorf("%d further down, the cursor on %s went from line %d to %d, on %s", move, row.Key, before, line(table, 10), now.Key)
		}
	}
	if !strings.Contains(table.View(40, 10), "more") {
		t.Error("it does not say what came in above")
	}
	table.First()
	table.SetRows(rows(1004, 1001))
	table.SetRows(rows(1006, 1001))
	if line(table, 10) != 3 || !strings.Contains(table.View(40, 10), "1006") {
		t.Errorf("a list that has room for all hides some:\n%s", table.View(40, 10))
	}
}

func TestTablePages(t *testing.T) {
	table := orders(dark(), 30)
	table.View(64, 8) // titles, six rows, the last line
	table.Page(1)
	if row, _ := table.Selected(); row.Key != "1048" {
		t.Errorf("a page on the cursor is on %s", row.Key)
	}
	table.Page(-1)
	if row, _ := table.Selected(); row.Key != "1042" {
		t.Errorf("a page back the cursor is on %s", row.Key)
	}
}

func BenchmarkTableView(b *testing.B) {
	table := orders(dark(), 1000)
	b.ReportAllocs()
	for b.Loop() {
		table.Move(1)
		table.View(120, 40)
	}
}

// TestTableGivesRoomByNeed: no cell is cut while another column has room that none
// of its own cells needs.
func TestTableGivesRoomByNeed(t *testing.T) {
	table := widget.NewTable(dark(),
		widget.Column{Title: "What", Width: 20, Grow: 3},
		widget.Column{Title: "Customer", Width: 10, Grow: 1},
		widget.Column{Title: "Total", Width: 6, Align: widget.Right},
	)
	const what, who = "Macbeth · B11 B12 B13 B14", "Johanna Wilhelmina"
	for _, test := range []struct {
		what, who string
		w         int
	}{{what, "", 45}, {"C1", who, 35}, {what, who, 54}} {
		table.SetRows([]widget.Row{{Key: "1", Cells: []string{test.what, test.who, "80.00"}}})
		plain := tuitest.Screen(t, table.View(test.w, 4), test.w, 4).Text()
		if !strings.Contains(plain, test.what) || !strings.Contains(plain, test.who) || !strings.Contains(plain, "80.00") {
			t.Errorf("in %d cells «%s» and «%s» are cut though there is room:\n%s", test.w, test.what, test.who, plain)
		}
	}
}

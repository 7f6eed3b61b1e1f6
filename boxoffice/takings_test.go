package boxoffice

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestTallySpreadsTenders counts an order for two performances that was paid in two
// ways, for one of them.
func TestTallySpreadsTenders(t *testing.T) {
	order := Order{
		ID: 1001, State: OrderPaid, Staff: 1, Drawer: "window 1",
		Lines:   []OrderLine{{ID: 1, Performance: 1, Amount: 1000}, {ID: 2, Performance: 2, Amount: 2001}},
		Tenders: []Tender{{ID: 1, Kind: Cash, Amount: 2000, Tendered: 5000, Change: 3000}, {ID: 2, Kind: "card", Amount: 1001, Tendered: 1001}},
	}
	for _, c := range []struct {
		only       PerformanceID
		cash, card Money
	}{{0, 2000, 1001}, {1, 666, 334}, {2, 1334, 667}} {
		tally := newTally(SalesReport{Performance: Performance{ID: c.only}}, map[StaffID]string{1: "Ana"})
		tally.add(order, func(id PerformanceID) string { return string(rune('0' + id)) })
		got := tally.done(nil)
		if err := got.Check(); err != nil {
			t.Error(err)
		}
		if got.ByTender[1].Name != "cash" || got.ByTender[1].Sold != c.cash || got.ByTender[0].Sold != c.card {
			t.Errorf("of performance %d: %+v; want cash %d, card %d", c.only, got.ByTender, c.cash, c.card)
		}
	}
}

func TestTakingsAreInReadingOrder(t *testing.T) {
	rows := map[string]*Takings{}
	want := []string{"ana", "Window", "window 2", "Window 2", "window 03", "window 10", "Zoë", "99999999999999999999", "window x"}
	for _, name := range want {
		called(rows, name)
	}
	want = []string{"99999999999999999999", "ana", "Window", "Window 2", "window 2", "window 03", "window 10", "window x", "Zoë"}
	for i, got := range sorted(rows, byName) {
		if got.Name != want[i] {
			t.Errorf("place %d has %s, want %s", i+1, got.Name, want[i])
		}
	}
}

// TestTallyAddsUp holds reports on any orders to their own check.
func TestTallyAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tally := newTally(SalesReport{Performance: Performance{ID: PerformanceID(rapid.IntRange(0, 2).Draw(t, "only"))}}, map[StaffID]string{1: "Ana", 2: "Ben"})
		for range rapid.IntRange(0, 8).Draw(t, "orders") {
			tally.add(anyOrder(t), func(id PerformanceID) string { return string(rune('0' + id)) })
		}
		if err := tally.done(map[string]time.Time{}).Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func anyOrder(t *rapid.T) Order {
	o := Order{State: OrderPaid, Staff: StaffID(rapid.IntRange(1, 2).Draw(t, "staff")), Drawer: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "drawer")}
	for i := range rapid.IntRange(1, 5).Draw(t, "lines") {
		l := OrderLine{ID: LineID(i + 1), Performance: PerformanceID(rapid.IntRange(1, 3).Draw(t, "perf")), Amount: Money(rapid.IntRange(0, 5000).Draw(t, "amount"))}
		o.Lines, o.Total = append(o.Lines, l), o.Total+l.Amount
	}
	first := Money(rapid.Int64Range(0, int64(o.Total)).Draw(t, "first"))
	o.Tenders = []Tender{{ID: 1, Kind: Cash, Amount: first, Tendered: first}, {ID: 2, Kind: "card", Amount: o.Total - first, Tendered: o.Total - first}}
	if rapid.Bool().Draw(t, "void") {
		o.State = OrderVoided
		lines, tenders := len(o.Lines), len(o.Tenders)
		for _, l := range o.Lines[:lines] {
			l.Reverses, l.Amount = l.ID, -l.Amount
			o.Lines = append(o.Lines, l)
		}
		for _, d := range o.Tenders[:tenders] {
			d.Reverses, d.Amount = d.ID, -d.Amount
			o.Tenders = append(o.Tenders, d)
		}
	}
	return o
}

// TestSalesReportSaysWhatDoesNotAddUp spoils reports.
func TestSalesReportSaysWhatDoesNotAddUp(t *testing.T) {
	sound := func() SalesReport {
		one := []Takings{{Name: "x", Sold: 500, Voided: 100}}
		r := SalesReport{Total: Takings{Sold: 500, Voided: 100}, Tenders: 400, Lines: 400}
		r.ByTender, r.ByClerk = one, one
		r.ByDrawer, r.ByPerformance = one, one
		return r
	}
	if err := sound().Check(); err != nil {
		t.Error(err)
	}
	for says, spoil := range map[string]func(*SalesReport){
		"tenders come to":     func(r *SalesReport) { r.Tenders++ },
		"takings by tender":   func(r *SalesReport) { r.ByTender = nil },
		"takings by clerk":    func(r *SalesReport) { r.ByClerk = []Takings{{Sold: 401}} },
		"takings by drawer":   func(r *SalesReport) { r.ByDrawer = nil },
		"the tickets come to": func(r *SalesReport) { r.Lines++; r.Tenders++ },
	} {
		r := sound()
		spoil(&r)
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("a report that does not add up says %v, want «%s»", err, says)
		}
	}
}

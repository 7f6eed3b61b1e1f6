package widget_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/widget"
)

func TestSeatMapViews(t *testing.T) {
	for _, name := range []string{"leal", "sala", "teatro-mixto"} {
		for _, size := range [][2]int{{54, 16}, {80, 24}, {120, 30}} {
			for _, zoom := range []string{"seats", "overview"} {
				w, h := size[0], size[1]
				golden := fmt.Sprintf("seatmap-%s-%s-%dx%d", name, zoom, w, h)
				t.Run(golden, func(t *testing.T) {
					m := seatMap(t, dark(), name)
					if zoom == "overview" {
						m.ToggleZoom()
					}
					checkView(t, golden, m, w, h)
				})
			}
		}
	}
}

// TestSeatMapLooks draws one house in which everything is to be seen at once:
// states, a preview, a range, what others changed.
func TestSeatMapLooks(t *testing.T) {
	looks := map[string]theme.Look{
		"dark": {Depth: theme.Colours256}, "light": {Depth: theme.Colours256, Light: true}, "named": {Depth: theme.Colours16},
		"mono": {Depth: theme.Mono}, "plain": {Depth: theme.Plain}, "ascii": {Depth: theme.Plain, ASCII: true},
	}
	for name, look := range looks {
		t.Run(name, func(t *testing.T) {
			checkView(t, "seatmap-busy-"+name, busy(t, look), 60, 22)
		})
	}
	for name, look := range looks {
		t.Run("compact "+name, func(t *testing.T) {
			checkView(t, "seatmap-busy-compact-"+name, busy(t, look), 36, 12)
		})
	}
}

func busy(t testing.TB, look theme.Look) *widget.SeatMap {
	m := seatMap(t, theme.New(io.Discard, look), "leal")
	before := house(t, "leal")
	after := *before
	held := map[boxoffice.PlaceNo]boxoffice.PlaceState{}
	for _, label := range []string{"C6", "C8"} {
		held[place(t, before, "Stalls", label)] = boxoffice.PlaceState{State: boxoffice.Held, Hold: bens, Until: evening.Add(time.Minute).UnixMilli()}
	}
	after.Places = before.Places.With(held)
	m.SetPicture(&after)
	m.Highlight([]boxoffice.PlaceNo{place(t, before, "Stalls", "F8"), place(t, before, "Stalls", "F9"), place(t, before, "Stalls", "H2")})
	m.SetCursor(place(t, before, "Stalls", "E9"))
	m.Extend(3, 0)
	return m
}

func TestSeatMapScrolledViews(t *testing.T) {
	tests := map[string]struct {
		name string
		w, h int
		do   func(*widget.SeatMap)
	}{
		"middle":    {"leal", 54, 12, func(m *widget.SeatMap) { m.Move(0, 8) }},
		"end":       {"leal", 54, 12, func(m *widget.SeatMap) { m.Move(0, 20) }},
		"sideways":  {"leal", 24, 12, func(m *widget.SeatMap) { m.Move(2, 5) }},
		"circle":    {"leal", 54, 16, func(m *widget.SeatMap) { m.NextLevel(1) }},
		"boxes":     {"leal", 54, 16, func(m *widget.SeatMap) { m.NextLevel(2) }},
		"rectangle": {"leal", 54, 16, func(m *widget.SeatMap) { m.Move(0, 5); m.Extend(7, 3) }},
		"area":      {"teatro-mixto", 54, 16, func(m *widget.SeatMap) { m.Move(0, 1) }},
		"balcony":   {"teatro-mixto", 54, 16, func(m *widget.SeatMap) { m.NextLevel(1) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := seatMap(t, dark(), test.name)
			m.View(test.w, test.h)
			test.do(m)
			checkView(t, "seatmap-"+name, m, test.w, test.h)
		})
	}
}

func TestSeatMapLegend(t *testing.T) {
	m := seatMap(t, dark(), "leal")
	var lines []string
	for _, w := range []int{80, 60, 30, 8, 0} {
		line := m.Legend(w, 1)
		if err := full(strings.Join(line, "\n"), w, 1); err != nil {
			t.Errorf("a legend in %d: %v", w, err)
		}
		lines = append(lines, line...)
	}
	tuitest.Golden(t, "seatmap-legend", strings.Join(lines, "\n"))
}

// TestSeatMapOfOneZoneShowsNoNumbers: there is nothing to tell apart.
func TestSeatMapOfOneZoneShowsNoNumbers(t *testing.T) {
	plan, err := planfile.Builtin("leal")
	if err != nil {
		t.Fatal(err)
	}
	one := *plan
	one.Zones = []boxoffice.Zone{{Name: "All"}}
	one.Places = slices.Clone(plan.Places)
	for i := range one.Places {
		one.Places[i].Zone = 0
	}
	m := widget.NewSeatMap(theme.New(io.Discard, theme.Look{ASCII: true}))
	m.SetCurrency(euro)
	m.SetPicture(performance(&one, states(&one)))
	if got := strings.TrimRight(m.Legend(80, 1)[0], " "); got != " . All 24.00" {
		t.Errorf("the legend is %q", got)
	}
}

// TestSeatMapLegendMakesRoom: shorter gaps, then names without the word they share,
// then a second line; every price stays as long as one of these holds it.
func TestSeatMapLegendMakesRoom(t *testing.T) {
	plan, err := planfile.Builtin("leal")
	if err != nil {
		t.Fatal(err)
	}
	wide := *plan
	wide.Zones = []boxoffice.Zone{{Name: "Zone 1"}, {Name: "Zone 2"}, {Name: "Zone 3"}, {Name: "Zone 4"}}
	m := widget.NewSeatMap(theme.New(io.Discard, theme.Look{ASCII: true}))
	m.SetCurrency(euro)
	m.SetPicture(performance(&wide, states(&wide)))
	for _, test := range []struct {
		w, most int
		want    []string
	}{
		{80, 1, []string{" 1 Zone 1 24.00   2 Zone 2 20.00   3 Zone 3 16.00   4 Zone 4 12.00"}},
		{64, 1, []string{" 1 Zone 1 24.00  2 Zone 2 20.00  3 Zone 3 16.00  4 Zone 4 12.00"}},
		{60, 2, []string{" 1 1 24.00   2 2 20.00   3 3 16.00   4 4 12.00"}},
		{34, 2, []string{" 1 Zone 1 24.00   2 Zone 2 20.00", " 3 Zone 3 16.00   4 Zone 4 12.00"}},
		{24, 2, []string{" 1 1 24.00   2 2 20.00", " 3 3 16.00   4 4 12.00"}},
		{24, 1, []string{" 1 1 24.00  2 2 20.00  ~"}},
	} {
		got := m.Legend(test.w, test.most)
		for i, line := range got {
			got[i] = strings.TrimRight(line, " ")
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("in %d cells and %d lines: %q, want %q", test.w, test.most, got, test.want)
		}
	}
}

func checkView(t *testing.T, golden string, m *widget.SeatMap, w, h int) {
	t.Helper()
	view := m.View(w, h)
	if err := full(view, w, h); err != nil {
		t.Errorf("in %d×%d: %v\n%s", w, h, err, view)
	}
	tuitest.Golden(t, golden, view)
}

// full reports what keeps a view from filling exactly w × h cells.
func full(view string, w, h int) error {
	if err := tuitest.Fits(view, w, h); err != nil {
		return err
	}
	for i, line := range strings.Split(view, "\n") {
		if n := boxoffice.Width(line); n != w {
			return fmt.Errorf("line %d has %d cells", i+1, n)
		}
	}
	return nil
}

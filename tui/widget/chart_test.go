package widget

import (
	"io"
	"strconv"
	"strings"
	"testing"

	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

func chartOf(look theme.Look, values ...int) *Chart {
	c := NewChart(theme.New(io.Discard, look))
	c.From = func(steps int) string { return strconv.Itoa(steps) + " ago" }
	c.To = "now"
	c.Set(values)
	return c
}

func TestChart(t *testing.T) {
	for name, c := range map[string]struct {
		look   theme.Look
		values []int
		w, h   int
		want   string
	}{
		"columns": {theme.Look{}, []int{0, 1, 2, 4, 8, 12, 6, 3, 0, 1, 2, 4}, 30, 6, "" +
			" 12 ┤     █\n    │    ▅█\n  6 ┤   ▃███    ▃\n    │ ▃▅█████ ▃▅█\n  0 ┼────────────\n     12 ago   now"},
		"the latest that have room": {theme.Look{}, []int{9, 9, 9, 1, 2, 3, 4, 0, 0, 4}, 11, 4, " 4 ┤  ▄█  █\n   │▄███  █\n 0 ┼───────"},
		"nothing sold":              {theme.Look{}, make([]int, 12), 30, 4, " 4 ┤\n   │\n 0 ┼────────────\n    12 ago   now"},
		"ascii":                     {theme.Look{ASCII: true}, []int{0, 1, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4}, 30, 4, " 4 |   #########\n   | :##########\n 0 +------------\n    12 ago   now"},
	} {
		t.Run(name, func(t *testing.T) {
			view := chartOf(c.look, c.values...).View(c.w, c.h)
			if err := tuitest.Fits(view, c.w, c.h); err != nil {
				t.Error(err)
			}
			text := tuitest.Screen(t, view, c.w, c.h).Text()
			if got := strings.TrimRight(text, "\n "); got != c.want {
				t.Errorf("drawn:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// TestChartScale: the largest number always has room, half of it is a whole number.
func TestChartScale(t *testing.T) {
	for most := range 5000 {
		if top := scale(most); top < most || top%2 != 0 || most > 10 && top > 2*most {
			t.Fatalf("%d stands on a scale of %d", most, top)
		}
	}
}

// TestChartFitsEverySize: no size breaks it.
func TestChartFitsEverySize(t *testing.T) {
	c := chartOf(theme.Look{Depth: theme.Colours256}, 1, 2, 3, 500, 0, 7)
	for w := range 30 {
		for h := range 12 {
			if err := tuitest.Fits(c.View(w, h), w, max(1, h)); err != nil {
				t.Errorf("%d×%d: %v", w, h, err)
			}
		}
	}
}

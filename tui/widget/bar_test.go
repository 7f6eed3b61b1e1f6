package widget_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"wicket/tui/theme"
	"wicket/tui/tuitest"
	"wicket/tui/widget"
)

func TestBarSaysHowMuch(t *testing.T) {
	tests := []struct {
		part, whole int
		want        string
	}{
		{0, 603, "0 %"}, {1, 603, "<1 %"}, {412, 603, "68 %"}, {602, 603, "99 %"}, {603, 603, "100 %"}, {604, 603, "100 %"}, {0, 0, "0 %"}, {3, 0, "0 %"},
	}
	bar := widget.NewBar(dark())
	for _, test := range tests {
		bar.Set(test.part, test.whole)
		if got := bar.Percent(); got != test.want {
			t.Errorf("%d of %d is %s, want %s", test.part, test.whole, got, test.want)
		}
	}
}

func TestBarViews(t *testing.T) {
	var lines []string
	for _, look := range []theme.Look{{Depth: theme.Colours256}, {Depth: theme.Plain}, {Depth: theme.Plain, ASCII: true}} {
		bar := widget.NewBar(theme.New(io.Discard, look))
		for _, part := range []int{0, 1, 412, 602, 603} {
			bar.Set(part, 603)
			lines = append(lines, bar.View(32, 1))
		}
		bar.Set(412, 603)
		for _, w := range []int{12, 8, 3, 2} {
			lines = append(lines, bar.View(w, 1))
		}
	}
	tuitest.Golden(t, "bar", strings.Join(lines, "\n"))
}

func TestCountdownViews(t *testing.T) {
	var lines []string
	for _, look := range []theme.Look{{Depth: theme.Colours256}, {Depth: theme.Plain, ASCII: true}} {
		c := widget.NewCountdown(theme.New(io.Discard, look), "yours for")
		for _, left := range []time.Duration{
			2*time.Hour + 3*time.Second, 7*time.Minute + 42*time.Second, time.Minute, 59 * time.Second, time.Second / 2, 0, -time.Hour,
		} {
			c.Set(left)
			lines = append(lines, c.View(22, 1))
		}
		c.Set(42 * time.Second)
		lines = append(lines, c.View(12, 1), c.View(7, 1), c.View(5, 1), c.View(3, 1))
	}
	tuitest.Golden(t, "countdown", strings.Join(lines, "\n"))
}

func TestBarAndCountdownFitAnySize(t *testing.T) {
	bar, c := widget.NewBar(dark()), widget.NewCountdown(dark(), "yours for")
	for w := range 50 {
		for h := 1; h < 3; h++ {
			bar.Set(w*12, 603)
			c.Set(time.Duration(w*3-20) * time.Second)
			for name, view := range map[string]string{"bar": bar.View(w, h), "countdown": c.View(w, h)} {
				if err := tuitest.Fits(view, w, h); err != nil {
					t.Fatalf("a %s in %d×%d: %v", name, w, h, err)
				}
			}
		}
	}
}

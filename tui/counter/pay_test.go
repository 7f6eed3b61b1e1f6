package counter

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

func TestSuggestions(t *testing.T) {
	for total, want := range map[boxoffice.Money]string{
		4800: "5 5000, 6 6000, 1 10000",
		4100: "4 4500, 5 5000, 6 6000, 1 10000",
		800:  "9 900, 1 1000, 2 2000",
		2400: "2 2500, 3 3000, 4 4000, 5 5000",
		1000: "1 1100, 2 2000",
		0:    "",
	} {
		var said []string
		for _, s := range suggestions(total) {
			said = append(said, fmt.Sprintf("%c %d", s.digit, s.amount))
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("for %d: %s, want %s", total, got, want)
		}
	}
}

func TestSuggestionsAreMoreThanTheTotalAndToldApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := boxoffice.Money(rapid.Int64Range(0, 9_999_999_99).Draw(t, "total"))
		seen := map[rune]bool{}
		for _, s := range suggestions(total) {
			if s.amount <= total || seen[s.digit] || s.digit < '1' || s.digit > '9' {
				t.Fatalf("for %d: %c %d", total, s.digit, s.amount)
			}
			seen[s.digit] = true
		}
	})
}

func TestLargeDigitsStandInColumns(t *testing.T) {
	for _, amount := range []string{"0.00", "1,234.56", "-78.90"} {
		lines := large(amount)
		if n := utf8.RuneCountInString(lines[0]); n != utf8.RuneCountInString(lines[1]) || n != utf8.RuneCountInString(lines[2]) {
			t.Errorf("%s:\n%s", amount, strings.Join(lines[:], "\n"))
		}
	}
}

func TestPercent(t *testing.T) {
	for ppm, want := range map[int64]string{100_000: "10 %", 55_000: "5.5 %", 210_000: "21 %", 1: "0.0001 %", 0: "0 %"} {
		if got := percent(ppm); got != want {
			t.Errorf("%d: %s, want %s", ppm, got, want)
		}
	}
}

package saleline

import (
	"slices"
	"strconv"
	"strings"
)

// runs writes labels of seats or rows in few words: «1–24», «A–H, K–M»,
// «1–23 odd». Labels that count are put in their order first.
func runs(labels []string) string {
	var numbers []int
	var others []string
	for _, l := range labels {
		if n := number(l); n >= 0 {
			numbers = append(numbers, n)
		} else if l != "" {
			others = append(others, l)
		}
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	slices.SortFunc(others, func(a, b string) int {
		if d := len(a) - len(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})

	var parts []string
	if step, ok := evenStep(numbers); ok {
		parts = append(parts, span(numbers[0], numbers[len(numbers)-1])+step)
	} else {
		parts = append(parts, numberRuns(numbers)...)
	}
	parts = append(parts, letterRuns(others)...)
	if len(parts) > 8 {
		parts = append(parts[:7], "…")
	}
	return strings.Join(parts, ", ")
}

// evenStep reports whether the numbers are all odd or all even ones of a run.
func evenStep(n []int) (string, bool) {
	if len(n) < 3 {
		return "", false
	}
	for i := 1; i < len(n); i++ {
		if n[i]-n[i-1] != 2 {
			return "", false
		}
	}
	if n[0]%2 == 0 {
		return " even", true
	}
	return " odd", true
}

func numberRuns(n []int) []string {
	var parts []string
	for i := 0; i < len(n); {
		j := i
		for j+1 < len(n) && n[j+1] == n[j]+1 {
			j++
		}
		parts = append(parts, span(n[i], n[j]))
		i = j + 1
	}
	return parts
}

func span(a, b int) string {
	switch {
	case a == b:
		return strconv.Itoa(a)
	case b == a+1:
		return strconv.Itoa(a) + ", " + strconv.Itoa(b)
	}
	return strconv.Itoa(a) + "–" + strconv.Itoa(b)
}

func letterRuns(l []string) []string {
	next := func(a, b string) bool {
		if len(a) != len(b) || a[:len(a)-1] != b[:len(b)-1] {
			return false
		}
		x, y := a[len(a)-1], b[len(b)-1]
		return x < 0x80 && y < 0x80 && y == x+1
	}
	var parts []string
	for i := 0; i < len(l); {
		j := i
		for j+1 < len(l) && next(l[j], l[j+1]) {
			j++
		}
		switch {
		case j == i:
			parts = append(parts, l[i])
		case j == i+1:
			parts = append(parts, l[i], l[j])
		default:
			parts = append(parts, l[i]+"–"+l[j])
		}
		i = j + 1
	}
	return parts
}

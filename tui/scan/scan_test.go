package scan_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/scan"
)

const code = "T0000F2801AG78PWRP"

// keys reads text as keys, a rune at a time; control characters are the keys that
// send them.
func keys(text string) []tea.KeyMsg {
	var out []tea.KeyMsg
	for _, r := range text {
		switch {
		case r == ' ':
			out = append(out, tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{r}})
		case r < ' ':
			out = append(out, tea.KeyMsg{Type: tea.KeyType(r)})
		default:
			out = append(out, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	return out
}

func TestAhead(t *testing.T) {
	for _, c := range []struct {
		keys string
		want scan.Verdict
		code string
		left string // what waits behind it
	}{
		{code + "\r", scan.Ended, code, ""},
		{code + "\t", scan.Ended, code, ""},
		{code + "\n", scan.Ended, code, ""},
		{code + "\r2a\r", scan.Ended, code, "2a\r"},
		{code + "\r" + code + "\r", scan.Ended, code, code + "\r"},
		{strings.ToLower(code) + "\r", scan.Ended, strings.ToLower(code), ""},
		{"]Q1" + code + "\r", scan.Ended, "]Q1" + code, ""},
		{"\x02" + code + "\r", scan.Ended, code, ""},
		{"\x02]C0" + code + "\r", scan.Ended, "]C0" + code, ""},
		{"\x025901234123457\r", scan.Ended, "5901234123457", ""}, // a bar of chocolate
		{code, scan.Whole, code, ""},
		{"\x02", scan.Marked, "", ""},
		{"\x0259", scan.Marked, "", ""},
		{"\x02" + code, scan.Whole, code, ""},
		{"T", scan.Begun, "", ""},
		{"t", scan.Begun, "", ""},
		{"]", scan.Begun, "", ""},
		{"]Q1", scan.Begun, "", ""},
		{"]Q1T0", scan.Begun, "", ""},
		{code[:17], scan.Begun, "", ""},
		{"", scan.Key, "", ""},
		{"2a", scan.Key, "", ""},
		{"T12\r", scan.Key, "", ""},
		{"T\r", scan.Key, "", ""},
		{"T\x1b", scan.Key, "", ""},
		{"tu", scan.Key, "", ""},
		{"t-", scan.Key, "", ""},
		{"t 1", scan.Key, "", ""},
		{code[:17] + "X\r", scan.Key, "", ""}, // the check character is wrong
		{code[:17] + "X", scan.Key, "", ""},
		{code + "0\r", scan.Key, "", ""},
		{code[:17] + "\r", scan.Key, "", ""},
		{"T-0000-F280-1AG7-8PWR-P\r", scan.Key, "", ""}, // nobody's scanner: typed
		{"5901234123457\r", scan.Key, "", ""},
		{"\x02\x1b", scan.Key, "", ""},
	} {
		got, n, v := scan.Ahead(keys(c.keys))
		if v != c.want || got != c.code {
			t.Errorf("%q is %q, verdict %d; want %q, %d", c.keys, got, v, c.code, c.want)
			continue
		}
		if all := len(keys(c.keys)); v == scan.Ended && all-n != len(keys(c.left)) {
			t.Errorf("%q: %d keys are left, want %q", c.keys, all-n, c.left)
		}
	}
}

func TestAheadOfAPaste(t *testing.T) {
	paste := func(text string) []tea.KeyMsg {
		return []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}}
	}
	for text, want := range map[string]scan.Verdict{
		code: scan.Ended, "T-0000-F280-1AG7-8PWR-P": scan.Ended, "]Q1" + code: scan.Ended,
		"2a stalls": scan.Key, code[:17] + "X": scan.Key, "T": scan.Key,
	} {
		if _, _, v := scan.Ahead(paste(text)); v != want {
			t.Errorf("a paste of %q: verdict %d, want %d", text, v, want)
		}
	}
}

// FuzzAhead: whatever waits, no more is taken than there is, and a scan is at least
// one key.
func FuzzAhead(f *testing.F) {
	for _, s := range []string{code + "\r", "\x02" + code, "]Q1" + code + "\t\n", "T12\r", "t-0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := keys(s)
		_, n, v := scan.Ahead(all)
		if n < 0 || n > len(all) || v == scan.Ended && n == 0 {
			t.Fatalf("%q: %d of %d keys, verdict %d", s, n, len(all), v)
		}
	})
}

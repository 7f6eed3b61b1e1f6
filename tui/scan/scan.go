// Package scan tells a scanner from a typist. A scanner at the counter is a
// keyboard: it types a ticket's barcode and ends with Enter, faster than anybody
// can, into whatever happens to be on screen.
//
// What is taken for a scan: a whole barcode of the right check character, in runes
// that came one behind the other; a paste that is one; and whatever comes behind
// STX (ctrl+b), which scanners can be told to send first and no key of Wicket is.
// The end may be Enter, with a line feed behind it, or Tab.
package scan

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// How long keys that may become a scan are waited for, from the last that came. A
// person who types a T sees it appear no later than that.
const (
	gap       = 40 * time.Millisecond  // between two characters
	endGap    = 400 * time.Millisecond // once all of a barcode is there
	markedGap = 2 * time.Second        // behind STX: nobody types that
)

// maxRunes is how long what stands behind STX may be.
const maxRunes = 64

// Verdict says what the keys that wait begin with.
type Verdict uint8

// The verdicts.
const (
	Key    Verdict = iota // a key like any other
	Begun                 // what may become a scan: keys like any other, unless more comes
	Marked                // the same behind STX
	Whole                 // a scan without an end so far: one as it is, unless more comes
	Ended                 // a scan
)

// Wait returns how long to wait for more, from the last key that came.
func (v Verdict) Wait() time.Duration {
	return [...]time.Duration{Begun: gap, Marked: markedGap, Whole: endGap, Ended: 0}[v]
}

// Ahead looks at what waits, each rune a key of its own. For a scan it returns what
// was scanned and how many keys that was.
func Ahead(keys []tea.KeyMsg) (code string, n int, v Verdict) {
	if len(keys) == 0 {
		return "", 0, Key
	}
	stx := keys[0].Type == tea.KeyCtrlB
	if stx {
		n = 1
	}
	if n < len(keys) && keys[n].Paste {
		text := string(keys[n].Runes)
		if _, err := boxoffice.SpellBarcode(text); err != nil && !stx {
			return "", 0, Key
		}
		return text, n + 1, Ended
	}
	var typed strings.Builder
	for n < len(keys) && isText(keys[n]) && (typed.Len() < maxRunes) {
		typed.WriteString(string(keys[n].Runes))
		n++
	}
	code = typed.String()
	open := n == len(keys)
	switch {
	case stx && open:
		if _, err := boxoffice.SpellBarcode(code); err != nil {
			return "", 0, Marked
		}
		return code, n, Whole
	case stx:
	case begins(code) && open:
		return "", 0, Begun
	default:
		if _, err := boxoffice.SpellBarcode(code); err != nil || strings.ContainsAny(code, " -") {
			return "", 0, Key
		}
		if open {
			return code, n, Whole
		}
	}
	if !IsEnd(keys[n]) {
		return "", 0, Key
	}
	return code, n + 1, Ended
}

func isText(k tea.KeyMsg) bool {
	return (k.Type == tea.KeyRunes || k.Type == tea.KeySpace) && !k.Alt && !k.Paste
}

// IsEnd reports whether a key ends a scan.
func IsEnd(k tea.KeyMsg) bool {
	return k.Type == tea.KeyEnter || k.Type == tea.KeyTab || IsLineFeed(k)
}

// IsLineFeed reports whether a key is a line feed: right behind a scan it belongs
// to its end.
func IsLineFeed(k tea.KeyMsg) bool { return k.Type == tea.KeyCtrlJ }

// length is how many characters a barcode has.
const length = 18

// begins reports whether text may be the first characters of a barcode, and not
// yet all of them.
func begins(text string) bool {
	if text != "" && text[0] == ']' {
		if len(text) <= 3 {
			return true
		}
		text = text[3:]
	}
	if text == "" || len(text) >= length || text[0] != 'T' && text[0] != 't' {
		return false
	}
	for i := range len(text) {
		b := text[i] | 0x20 // a letter in lower case; a digit stays one
		if (b < 'a' || b > 'z' || b == 'u') && (text[i] < '0' || text[i] > '9') {
			return false
		}
	}
	return true
}

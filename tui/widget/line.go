package widget

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// maxLine and maxPast bound what a line holds and remembers.
const maxLine, maxPast = 200, 100

// Line is an editor of one line of text, with a history. Its cursor stands
// between characters as they are seen: an accent goes with its letter.
type Line struct {
	// Placeholder stands dim in an empty line.
	Placeholder string

	theme *theme.Theme
	runes []rune
	at    int // the cursor, index into runes
	off   int // the first rune in sight
	past  []string
	back  int    // which of past is shown; len(past) for what is being typed
	draft string // what was being typed when the history was entered
}

// NewLine returns an empty line.
func NewLine(th *theme.Theme) *Line { return &Line{theme: th} }

// Value returns the text as it was typed. Only [Line.Paste] cleans.
func (l *Line) Value() string { return string(l.runes) }

// Empty reports whether nothing is typed.
func (l *Line) Empty() bool { return len(l.runes) == 0 }

// Set replaces the text and puts the cursor behind it. It leaves the history.
func (l *Line) Set(s string) {
	l.replace(s)
	l.back = len(l.past)
}

func (l *Line) replace(s string) {
	l.runes, l.at, l.off = l.runes[:0], 0, 0
	l.Insert(s)
}

// Insert adds typed text at the cursor, as far as there is room for it: the line
// holds 200 characters. What cannot be seen is left out.
func (l *Line) Insert(s string) {
	var typed []rune
	last := ' '
	if l.at > 0 {
		last = l.runes[l.at-1]
	}
	for _, r := range s {
		switch {
		case r == '\t', r == '\u00a0':
			r = ' '
		case r == ' ':
		case r == '\u200c', r == '\u200d': // they join, but not plain letters
			if last <= unicode.MaxASCII {
				continue
			}
		case unicode.IsMark(r) && last == ' ', unicode.IsSpace(r), !unicode.IsGraphic(r), r == unicode.ReplacementChar:
			continue
		}
		typed = append(typed, r)
		last = r
	}
	typed = typed[:min(len(typed), maxLine-len(l.runes))]
	l.runes = slices.Insert(l.runes, l.at, typed...)
	l.at += len(typed)
	for l.at < len(l.runes) && !l.boundary(l.at) {
		l.at++
	}
}

// Paste adds text from outside at the cursor, cleaned, its lines made one.
func (l *Line) Paste(s string) { l.Insert(boxoffice.Clean(s)) }

// boundary reports whether the cursor can stand before the rune at i.
func (l *Line) boundary(i int) bool {
	if i <= 0 || i >= len(l.runes) {
		return true
	}
	const joiner = '\u200d'
	return !unicode.IsMark(l.runes[i]) && l.runes[i] != joiner && l.runes[i-1] != joiner
}

// before returns the place of the cursor one character to the left of i.
func (l *Line) before(i int) int {
	for i--; i > 0 && !l.boundary(i); i-- {
	}
	return max(0, i)
}

// after returns the place of the cursor one character to the right of i.
func (l *Line) after(i int) int {
	for i++; i < len(l.runes) && !l.boundary(i); i++ {
	}
	return min(len(l.runes), i)
}

// Left moves the cursor by a character.
func (l *Line) Left() { l.at = l.before(l.at) }

// Right moves the cursor by a character.
func (l *Line) Right() { l.at = l.after(l.at) }

// Home moves the cursor before the text.
func (l *Line) Home() { l.at = 0 }

// End moves the cursor behind the text.
func (l *Line) End() { l.at = len(l.runes) }

// Backspace deletes the character before the cursor.
func (l *Line) Backspace() { l.cut(l.before(l.at), l.at) }

// Delete deletes the character under the cursor.
func (l *Line) Delete() { l.cut(l.at, l.after(l.at)) }

// DeleteToStart deletes all that stands before the cursor (ctrl+u).
func (l *Line) DeleteToStart() { l.cut(0, l.at) }

// DeleteWord deletes the word before the cursor and the spaces behind it
// (ctrl+w).
func (l *Line) DeleteWord() {
	i := l.at
	for i > 0 && l.runes[i-1] == ' ' {
		i--
	}
	for i > 0 && l.runes[i-1] != ' ' {
		i--
	}
	l.cut(i, l.at)
}

func (l *Line) cut(from, to int) {
	l.runes = slices.Delete(l.runes, from, min(to, len(l.runes)))
	l.at = from
}

// Remember adds a line to the history, which is then left. The same line twice
// running is one.
func (l *Line) Remember(s string) {
	if s != "" && (len(l.past) == 0 || l.past[len(l.past)-1] != s) {
		l.past = append(l.past, s)
		if len(l.past) > maxPast {
			l.past = slices.Delete(l.past, 0, 1)
		}
	}
	l.back = len(l.past)
}

// Up shows the line before in the history, and reports whether there is one.
func (l *Line) Up() bool {
	if l.back == 0 {
		return false
	}
	if l.back == len(l.past) {
		l.draft = l.Value()
	}
	l.back--
	l.replace(l.past[l.back])
	return true
}

// Down shows the next line of the history, at last what was being typed, and
// reports whether there is one.
func (l *Line) Down() bool {
	if l.back >= len(l.past) {
		return false
	}
	l.back++
	if l.back == len(l.past) {
		l.replace(l.draft)
	} else {
		l.replace(l.past[l.back])
	}
	return true
}

// View draws the part of the line around the cursor that fits into w cells, and
// the cursor in it. Where a style cannot show the cursor, a bar stands before its
// character.
func (l *Line) View(w int) string {
	if w < 1 {
		return ""
	}
	th := l.theme
	shown := th.Cursor != ""
	end := l.after(l.at)
	under := string(l.runes[l.at:end])
	if l.at == len(l.runes) {
		under = " "
	}
	if !shown {
		if l.at == len(l.runes) {
			under = ""
		}
		under = th.Glyphs.Wall + under
	}
	need := boxoffice.Width(under)
	if need > w {
		under, need = fit(th, under, w), w
	}
	l.off = min(l.off, l.at)
	for !l.boundary(l.off) {
		l.off--
	}
	for l.off < l.at && boxoffice.Width(string(l.runes[l.off:l.at]))+need > w {
		l.off = l.after(l.off)
	}
	// Room that has come free at the end is used.
	for l.off > 0 && l.at == len(l.runes) {
		if i := l.before(l.off); boxoffice.Width(string(l.runes[i:l.at]))+need <= w {
			l.off = i
			continue
		}
		break
	}
	head := string(l.runes[l.off:l.at])
	left := w - boxoffice.Width(head) - need
	tail := strings.TrimRight(ansi.Truncate(string(l.runes[min(end, len(l.runes)):]), left, ""), " ")
	var p theme.Pen
	p.Write(th.Text, head)
	p.Write(th.Cursor, under)
	p.Write(th.Text, tail)
	if l.Empty() && l.Placeholder != "" && left > 0 {
		p.Write(th.Dim, fit(th, l.Placeholder, left))
	}
	return p.String()
}

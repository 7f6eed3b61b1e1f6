package boxoffice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may stand on one character (Unicode
// TS 39, 5.4): more than any writing needs, too few to paint over other lines.
const maxMarks = 4

// unseen are the runes that draw nothing a reader could see, or that change how
// what stands around them is drawn.
var unseen = []*unicode.RangeTable{
	unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs,
	unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point,
}

// joining are the scripts whose letters a joiner (U+200D) or non-joiner
// (U+200C) between them spells differently.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mandaic, unicode.Mongolian,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
	unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// leaning are the letters that share a cell with whatever follows them
// (Grapheme_Cluster_Break=Prepend).
var leaning = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0d4e, Hi: 0x0d4e, Stride: 1}},
	R32: []unicode.Range32{
		{Lo: 0x111c2, Hi: 0x111c3, Stride: 1},
		{Lo: 0x1193f, Hi: 0x11941, Stride: 2},
		{Lo: 0x11a3a, Hi: 0x11a3a, Stride: 1},
		{Lo: 0x11a84, Hi: 0x11a89, Stride: 1},
		{Lo: 0x11d46, Hi: 0x11d46, Stride: 1},
		{Lo: 0x11f02, Hi: 0x11f02, Stride: 1},
	},
}

// Clean returns text from outside as one line that is safe to show, print and
// log: valid UTF-8 in NFC, no escape sequences, control or format characters,
// nothing invisible, at most four marks on a character, single spaces and none
// at the ends. Tabs and line ends become a space; what is no text, or newer than
// this program's tables, becomes U+FFFD. Cleaning twice changes nothing.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	// A broken lead byte hides the escape behind it from Strip: mend it first.
	s = ansi.Strip(strings.ToValidUTF8(s, "\uFFFD"))
	for {
		// What goes may uncover more: an accent whose letter was invisible.
		next := norm.NFC.String(sift(s))
		if next == s {
			return s
		}
		s = next
	}
}

// isPlain reports whether s is printable ASCII with single spaces inside: nearly
// everything that is ever shown.
func isPlain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		if b := s[i]; b < ' ' || b > '~' || b == ' ' && last == ' ' {
			return false
		}
		last = s[i]
	}
	return s == "" || last != ' '
}

// sift drops and folds runes, judging each by its neighbours.
func sift(s string) string {
	kept := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u2800': // the blank of braille
			if n := len(kept); n > 0 && kept[n-1] != ' ' {
				kept = append(kept, ' ')
			}
		case isJoiner(r):
			kept = append(kept, r)
		case unicode.In(r, unseen...):
		case !unicode.IsGraphic(r):
			kept = append(kept, unicode.ReplacementChar)
		default:
			kept = append(kept, r)
		}
	}
	if n := len(kept); n > 0 && kept[n-1] == ' ' {
		kept = kept[:n-1]
	}

	var out strings.Builder
	before, marks := ' ', 0
	for i, r := range kept {
		after := ' '
		if i+1 < len(kept) {
			after = kept[i+1]
		}
		isMark := unicode.IsMark(r)
		switch {
		case isJoiner(r) && !joins(before, r, after),
			// Nothing to stand on: it would settle on what the screen shows there.
			isMark && (before == ' ' || marks == maxMarks),
			isVariation(r) && before < unicode.MaxASCII,
			unicode.Is(leaning, r) && !leans(r, after):
			continue
		}
		if isMark {
			marks++
		} else if !isJoiner(r) {
			marks = 0
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}

// leans reports whether the leaning letter r is written with the one behind it:
// only where that is of its own script. Before any other, terminals do not agree
// how many cells the two take.
func leans(r, after rune) bool {
	for _, script := range []*unicode.RangeTable{
		unicode.Malayalam, unicode.Sharada, unicode.Dives_Akuru, unicode.Zanabazar_Square, unicode.Soyombo, unicode.Masaram_Gondi, unicode.Kawi,
	} {
		if unicode.Is(script, r) {
			return unicode.Is(script, after) && unicode.IsLetter(after)
		}
	}
	return false
}

func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// isVariation reports whether r asks for a character's text or emoji form.
func isVariation(r rune) bool { return r == '\ufe0e' || r == '\ufe0f' }

// joins reports whether the joiner r means anything between its neighbours.
func joins(before, r, after rune) bool {
	if unicode.In(before, joining...) && unicode.In(after, joining...) {
		return true
	}
	// A family is drawn as one picture: man, joiner, woman, joiner, child.
	picture := unicode.Is(unicode.So, before) || before == '\ufe0f' || '\U0001f3fb' <= before && before <= '\U0001f3ff'
	return r == '\u200d' && picture && unicode.Is(unicode.So, after)
}

// Width returns how many terminal cells s takes, as the screen's renderer counts
// them. s is clean.
func Width(s string) int {
	if n, ok := plainWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// plainWidth counts what screens are made of: letters of one cell each, lines,
// blocks and marks, and the sequences that style them. It is not ok where anything
// else stands in s, which may join what is around it.
func plainWidth(s string) (cells int, ok bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case ' ' <= c && c < 0x7f:
			cells++
			i++
		case c == 0x1b:
			end := styleEnd(s[i:])
			if end == 0 {
				return 0, false
			}
			i += end
		case c < utf8.RuneSelf:
			return 0, false
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case 0xa1 <= r && r < 0x300 && r != 0xa9 && r != 0xad && r != 0xae: // Latin
			case 0x2500 <= r && r < 0x25fb: // lines, blocks, shapes
			case 0x2190 <= r && r < 0x2194: // arrows
			case r == '–' || r == '—' || r == '…' || r == '€' || r == '›' || r == '‹' || r == '✓' || r == '✗':
			default:
				return 0, false
			}
			cells++
			i += n
		}
	}
	return cells, true
}

// styleEnd returns how long the style sequence is that s begins with; 0 if it is
// none.
func styleEnd(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9' || c == ';':
		case c == 'm':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// Shorten cuts s so that it takes at most this many cells, the last of them «…»
// where something was cut. s is clean.
func Shorten(s string, cells int) string {
	switch {
	case Width(s) <= cells:
		return s
	case cells < 1:
		return ""
	}
	return strings.TrimRight(ansi.Truncate(s, cells-1, ""), " \u200c\u200d") + "…"
}

// Pad returns s with spaces behind it, or cut, to take exactly this many cells.
// s is clean.
func Pad(s string, cells int) string {
	s = Shorten(s, cells)
	return s + strings.Repeat(" ", max(0, cells-Width(s)))
}

// PadLeft returns s with spaces before it, or cut, to take exactly this many
// cells. s is clean.
func PadLeft(s string, cells int) string {
	s = Shorten(s, cells)
	return strings.Repeat(" ", max(0, cells-Width(s))) + s
}

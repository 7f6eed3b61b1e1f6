package saleline

import (
	"strings"
	"unicode"
)

// plainLetters lists what is typed for a letter with something on it.
var plainLetters = spread(map[string]string{
	"a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěǝ", "g": "ĝğġģǧ", "h": "ĥħ", "i": "ìíîïĩīĭįıǐ",
	"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏőǒ", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
	"u": "ùúûüũūŭůűųǔ", "w": "ŵ", "y": "ýÿŷ", "z": "źżž", "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ",
})

func spread(of map[string]string) map[rune]string {
	m := map[rune]string{}
	for plain, letters := range of {
		for _, r := range letters {
			m[r] = plain
		}
	}
	return m
}

// fold returns s as it is compared: lower case, without accents.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if b := s[i]; b >= 0x80 || 'A' <= b && b <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		switch p, ok := plainLetters[r]; {
		case r < 0x80:
			b.WriteByte(byte(r))
		case ok:
			b.WriteString(p)
		case unicode.IsMark(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// wordsOf splits a name into the words it can be typed by.
func wordsOf(name string) []string {
	return strings.FieldsFunc(fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || b >= 0x80 }

func digits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

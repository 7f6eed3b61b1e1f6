package saleline

import (
	"strings"
	"unicode/utf8"
)

// word is a part of the line between spaces and commas.
type word struct {
	text  string // as typed
	key   string // folded
	at    int    // where it begins, in runes
	comma bool   // a comma stands before it
}

// split takes a clean line apart. «+» and «;» separate like spaces.
func split(line string) []word {
	var out []word
	start, from, comma := -1, 0, false
	at := 0
	end := func(i int) {
		if start < 0 {
			return
		}
		text := line[start:i]
		out = append(out, word{text: text, key: wordKey(text), at: from, comma: comma})
		start, comma = -1, false
	}
	for i, r := range line {
		switch r {
		case ' ', '+', ';':
			end(i)
		case ',':
			end(i)
			comma = len(out) > 0
		default:
			if start < 0 {
				start, from = i, at
			}
		}
		at++
	}
	end(len(line))
	return out
}

var dashes = strings.NewReplacer("–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-", "…", "..")

func wordKey(text string) string {
	if utf8.RuneCountInString(text) != len(text) {
		text = dashes.Replace(text)
	}
	return fold(text)
}

// from returns the line from a word on.
func from(line string, w word) string {
	at := 0
	for i := range line {
		if at == w.at {
			return line[i:]
		}
		at++
	}
	return ""
}

package planfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"wicket/boxoffice"
)

// stageWords are what a stage is called on plans. «Palco» is not among them: it
// is a stage in Portuguese and a box in Spanish.
var stageWords = []string{
	"stage", "escenario", "escena", "bühne", "buehne", "buhne", "scène", "scene", "scena",
	"palcoscenico", "toneel", "podium", "podio",
}

// saysStage reports whether one of the words is a stage's.
func saysStage(words string) bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) }
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(words), apart), func(w string) bool {
		return slices.Contains(stageWords, w)
	}) || slices.Contains(stageWords, strings.ToLower(strings.ReplaceAll(words, " ", ""))) // «S T A G E»
}

// features reads flags, and returns the words that are none.
func features(words string) (f boxoffice.Feature, unknown []string) {
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";|,/+", r) }
	for _, w := range strings.FieldsFunc(strings.ToLower(words), apart) {
		switch w {
		case "wheelchair":
			f |= boxoffice.Wheelchair
		case "companion":
			f |= boxoffice.Companion
		case "restricted", "restricted-view", "restricted_view":
			f |= boxoffice.RestrictedView
		case "view": // of «restricted view»
		default:
			unknown = append(unknown, w)
		}
	}
	return f, unknown
}

func (r *Report) unknownFlags(unknown []string, where func() string) {
	for _, w := range unknown {
		r.note("flag nobody knows", where(), "", quote(w), "left out; the flags are wheelchair, companion and restricted")
	}
}

// capacity reads how many a GA area holds; what makes no sense is refused.
func (r *Report) capacity(words string, a *area) int {
	v, err := strconv.ParseFloat(strings.TrimSpace(words), 64)
	if err == nil && v == math.Trunc(v) && v >= 1 && v <= MaxPlaces {
		return int(v)
	}
	found := "the capacity is " + quote(words)
	if strings.TrimSpace(words) == "" {
		found = "there is no capacity"
	}
	r.refuse("capacity that makes no sense", a.where, a.name, found, fmt.Sprintf("write a whole number from 1 to %d", MaxPlaces))
	return 0
}

// ordinal returns how far from the first a row or seat is by its label: numbers
// as they count, letters A to Z and then AA; false for other names.
func ordinal(label string) (int, bool) {
	if v, err := strconv.ParseUint(label, 10, 31); err == nil {
		return int(v), true
	}
	if len(label) == 0 || len(label) > 2 {
		return 0, false
	}
	n := 0
	for _, c := range strings.ToUpper(label) {
		if c < 'A' || c > 'Z' {
			return 0, false
		}
		n = n*26 + int(c-'A') + 1
	}
	// AA follows Z, and so does the doubling of every letter: AA, BB …
	if len(label) == 2 && (label[0]|0x20) == (label[1]|0x20) {
		n = 26 + int(label[0]|0x20-'a') + 1
	}
	return n, true
}

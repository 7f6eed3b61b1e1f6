package saleline

import "strings"

func newName(text string) name {
	w := wordsOf(text)
	return name{text: text, whole: strings.Join(w, " "), words: w}
}

// How well typed words name something, best first.
const (
	wholeName  = 3 // all of it
	nameStart  = 2 // the first letters of its first words
	nameInside = 1 // the first letters of later words
	noName     = 0
)

// match says how well the typed words name n. Each is the beginning of a word of
// the name, one after the other; a number is the whole of one.
func (n name) match(typed []word) int {
	best := noName
	for start := 0; start+len(typed) <= len(n.words); start++ {
		if start > 0 && len(typed[0].key) < 2 {
			break
		}
		ok, all := true, start == 0 && len(typed) == len(n.words)
		for i, w := range typed {
			of := n.words[start+i]
			switch {
			case w.key == of:
			case w.key != "" && !isDigit(w.key[0]) && strings.HasPrefix(of, w.key):
				all = false
			default:
				ok = false
			}
			if !ok {
				break
			}
		}
		switch {
		case ok && all:
			return wholeName
		case ok && start == 0:
			best = nameStart
		case ok && best == noName:
			best = nameInside
		}
	}
	return best
}

// matches returns the names that the typed words name best, and how well.
func matches(names []name, typed []word) (found []int, how int) {
	for i := range names {
		switch m := names[i].match(typed); {
		case m == noName || m < how:
		case m > how:
			found, how = append(found[:0], i), m
		default:
			found = append(found, i)
		}
	}
	return found, how
}

// longest finds the most words at the start of typed that name something.
func longest(names []name, typed []word) (found []int, how, used int) {
	for k := min(len(typed), 6); k > 0; k-- {
		if found, how = matches(names, typed[:k]); how != noName {
			return found, how, k
		}
	}
	return nil, noName, 0
}

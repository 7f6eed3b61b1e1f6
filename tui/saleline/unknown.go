package saleline

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// trouble is why a reading failed.
type trouble struct {
	why     string
	at      int
	hint    string
	strange bool // a word means nothing here: another reading may know it
}

func (t trouble) intent() Intent {
	why, hint := boxoffice.Clean(t.why), boxoffice.Clean(t.hint)
	said := why
	if hint != "" {
		said += " · try «" + hint + "»"
	}
	return Unknown{words: words(said), Why: why, At: t.at, Hint: hint}
}

// strange says that the i-th word means nothing.
func (p *parser) strange(i int) *trouble {
	if i >= len(p.words) {
		return &trouble{why: fmt.Sprintf("«%s» says nothing", p.line), strange: true}
	}
	w := p.words[i]
	t := &trouble{why: fmt.Sprintf("«%s» is no place, section, command or performance", w.text), at: w.at, strange: true}
	if near := p.nearest(w.key); near != "" {
		t.hint = p.instead(w, near)
	}
	return t
}

// instead returns the line with something else in the place of a word.
func (p *parser) instead(w word, with string) string {
	rest := from(p.line, w)
	return p.line[:len(p.line)-len(rest)] + with + rest[len(w.text):]
}

// nearest returns the command, section or performance that looks most like key,
// empty where none does.
func (p *parser) nearest(key string) string {
	if len(key) < 3 || len(key) > 40 || strings.ContainsAny(key, "0123456789") {
		return ""
	}
	best, found := 1+len(key)/5, "" // one letter wrong in three, two in five …
	try := func(typed, as string) {
		if d := distance(key, typed, best); d <= best && (found == "" || d < best) && d > 0 {
			best, found = d, as
		}
	}
	for i := range verbs {
		try(verbs[i].name, verbs[i].name)
		for _, alias := range verbs[i].aliases {
			try(alias, alias)
		}
	}
	if x := p.index(); x != nil {
		for _, s := range x.sections {
			if len(s.words) > 0 {
				try(s.whole, s.whole)
				try(s.words[0], s.whole)
			}
		}
	}
	for i := range p.ctx.Performances {
		t := p.title(i)
		if len(t.words) > 0 {
			try(t.whole, t.whole)
			try(t.words[0], t.whole)
		}
	}
	return found
}

// distance returns how many letters must be put in, taken out, changed or
// swapped with the next one to make b of a; more than limit where it is more.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit || len(b) > 60 {
		return limit + 1
	}
	var rows [3][61]int
	before, last, this := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}

package saleline

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCandidates is how many candidates are worth listing.
const maxCandidates = 24

// Complete finishes the word at the end of the line. It returns the line with as
// much more as is certain, and what the last word could be: commands, sections
// and performances by their first letters, price codes and zones behind a number,
// seats behind a row. Where nothing fits, the line comes back as it was.
func Complete(text string, ctx Context) (completed string, candidates []string) {
	line, ok := clean(text)
	if !ok || line == "" {
		return text, nil
	}
	if strings.HasSuffix(text, " ") {
		line += " "
	}
	c := &completer{parser: parser{ctx: ctx, line: line, words: split(line)}}
	if len(c.words) == 0 {
		return text, nil
	}
	found := c.candidates()
	if len(found) == 0 {
		return text, nil
	}
	for _, f := range found {
		if f.from == found[0].from && !slices.Contains(candidates, f.text) && len(candidates) < maxCandidates {
			candidates = append(candidates, f.text)
		}
	}
	completed = line[:found[0].from] + common(candidates)
	if utf8.RuneCountInString(completed) < utf8.RuneCountInString(line) {
		completed = line
	}
	if len(candidates) == 1 && found[0].more && !strings.HasSuffix(completed, " ") {
		completed += " "
	}
	if utf8.RuneCountInString(completed) > MaxRunes {
		return text, nil
	}
	return completed, candidates
}

// common returns what all of them begin with, letter case aside.
func common(of []string) string {
	runes := []rune(of[0])
	for _, s := range of[1:] {
		i := 0
		for _, r := range s {
			if i == len(runes) || unicode.ToLower(runes[i]) != unicode.ToLower(r) {
				break
			}
			i++
		}
		runes = runes[:i]
	}
	return strings.TrimRight(string(runes), " ")
}

// candidate is what could stand at the end of the line.
type candidate struct {
	from int    // where it begins in the line, in bytes
	text string // as it is typed
	more bool   // something can follow
}

type completer struct {
	parser
	found []candidate
}

// tail returns the word being typed and where it begins; empty behind a space.
func (c *completer) tail() (word, int) {
	if last := c.words[len(c.words)-1]; strings.HasSuffix(c.line, last.text) {
		return last, len(c.line) - len(last.text)
	}
	return word{}, len(c.line)
}

func (c *completer) add(from int, text string, more bool) {
	c.found = append(c.found, candidate{from, text, more})
}

func (c *completer) candidates() []candidate {
	w, at := c.tail()
	before := c.words
	if w.key != "" {
		before = before[:len(before)-1]
	}
	if len(before) == 0 {
		c.commands(w, at)
	} else if v := verbOf(before[0].key); v != nil && v.take != nil {
		if c.arguments(v, before, w, at); len(c.found) > 0 {
			return c.found
		}
		switch v.name {
		case "block", "unblock", "kill", "revive", "type":
		default:
			return nil
		}
	}
	if c.codes(w, at); len(c.found) > 0 {
		return c.found
	}
	c.names(before)
	c.zones(before, w, at)
	if len(c.found) == 0 && w.key != "" {
		c.seats(w, at)
	}
	return c.found
}

func (c *completer) commands(w word, at int) {
	for i := range verbs {
		if strings.HasPrefix(verbs[i].name, w.key) {
			c.add(at, verbs[i].name, verbs[i].take != nil)
		}
	}
}

// arguments completes what only stands behind a command.
func (c *completer) arguments(v *verb, before []word, w word, at int) {
	if v.name == "tell" {
		c.addressees()
	}
	if len(before) > 1 {
		return
	}
	switch v.name {
	case "help":
		c.commands(w, at)
	case "type":
		for _, t := range c.ctx.types() {
			if strings.HasPrefix(fold(t.Code), w.key) {
				c.add(at, t.Code, true)
			}
		}
	case "block":
		for _, code := range []string{"H", "P", "M", "T"} {
			if strings.HasPrefix(fold(code), w.key) {
				c.add(at, code, true)
			}
		}
	}
}

// addressees completes whom a message is for: what stands behind «tell», spaces and
// all, is the beginning of a name.
func (c *completer) addressees() {
	rest, at := "", len(c.line)
	if len(c.words) > 1 {
		rest = from(c.line, c.words[1])
		at -= len(rest)
	}
	typed := fold(rest)
	for _, name := range c.ctx.Addressees {
		if strings.HasPrefix(fold(name), typed) {
			c.add(at, name, true)
		}
	}
}

// codes completes «2» to «2a», «2a1» to «2a1c».
func (c *completer) codes(w word, at int) {
	if !isQuantity(w.key) || len(w.key) != len(w.text) {
		return
	}
	i := strings.LastIndexAny(w.key, "0123456789") + 1
	for _, t := range c.ctx.types() {
		if t.Code != "" && strings.HasPrefix(fold(t.Code), w.key[i:]) {
			c.add(at, w.text[:i]+t.Code, true)
		}
	}
}

// names completes sections, and titles where the line is nothing else. As many
// words as fit are one name.
func (c *completer) names(before []word) {
	x := c.index()
	for k := range len(c.words) {
		w := c.words[k]
		rest := from(c.line, w)
		typed, at := fold(rest), len(c.line)-len(rest)
		if x != nil {
			for _, s := range x.sections {
				if strings.HasPrefix(fold(s.text), typed) {
					c.add(at, s.text, true)
				}
			}
		}
		if k == 0 && len(typed) > 1 {
			for i, f := range c.ctx.Performances {
				if strings.HasPrefix(fold(f.Title), typed) || strings.HasPrefix(c.title(i).whole, typed) {
					c.add(at, f.Title, false)
				} else if len(before) == 0 && strings.HasPrefix(fold(f.Key), typed) {
					c.add(at, f.Key, false)
				}
			}
		}
		if len(c.found) > 0 {
			return
		}
	}
	if w, at := c.tail(); w.key == "" && x != nil && isQuantity(c.words[len(c.words)-1].key) {
		for _, s := range x.sections {
			c.add(at, s.text, true)
		}
	}
}

// zones completes «z» behind a quantity.
func (c *completer) zones(before []word, w word, at int) {
	if len(before) == 0 || !isQuantity(before[0].key) || c.ctx.Plan == nil {
		return
	}
	for i := range c.ctx.Plan.Zones {
		if z := "z" + strconv.Itoa(i+1); strings.HasPrefix(z, w.key) {
			c.add(at, z, true)
		}
	}
}

// seats completes «B» and «B1» to the seats of the row, «B12-» to those behind
// seat 12.
func (c *completer) seats(w word, at int) {
	x := c.index()
	if x == nil || len(w.key) != len(w.text) {
		return
	}
	from := strings.TrimRight(w.key, "0123456789")
	typed := w.key[len(from):]
	rowKey := strings.TrimRight(from, "-./")
	first := ""
	if i := strings.IndexAny(rowKey, "0123456789"); i > 0 && len(x.rows[rowKey]) == 0 {
		rowKey, first = rowKey[:i], rowKey[i:]
	} else if from == rowKey && typed != "" && isDigit(from[max(len(from)-1, 0):][0]) {
		return
	}
	sep := ""
	for _, r := range c.inSection(x.rows[rowKey]) {
		start := 0
		if first != "" {
			i, ok := r.bySeat[first]
			if !ok {
				continue
			}
			start = i + 1
		}
		if label := c.labelOf(r.seats[0]); from == rowKey && strings.Contains(label, "-") {
			sep = "-"
		}
		for _, no := range r.seats[start:] {
			seat := c.ctx.Plan.Places[no-1].Seat
			if strings.HasPrefix(fold(seat), typed) {
				c.add(at, w.text[:len(from)]+sep+seat, false)
			}
		}
		return
	}
}

// inSection puts the row of the section on the line, or where the cursor is, first.
func (c *completer) inSection(rows []*row) []*row {
	section := c.ctx.Section
	for i := range c.words {
		if found, how, _ := longest(c.idx.sections, c.words[i:]); how >= nameStart && len(found) == 1 && len(c.words[i].key) > 1 {
			section = found[0]
		}
	}
	for _, r := range rows {
		if r.section == section {
			return []*row{r}
		}
	}
	return rows
}

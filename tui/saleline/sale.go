package saleline

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// sale is what was read of a line that asks for places, in the order typed.
type sale struct {
	parties   []Party
	bare      bool // the last quantity had no code, and a code may stand behind it
	lone      []boxoffice.PriceType
	loneAt    int
	asks      []ask
	section   int  // the last typed, -1 for none
	used      bool // by a place behind it
	sectionAt word
	zone      int
	zoneAt    int
	wheels    int
	wheelsAt  int
	rules     []string
}

// sale reads the whole line as places, quantities and a part of the house.
func (p *parser) sale() (Intent, *trouble) {
	s, _, t := p.read(p.words)
	if t != nil {
		return nil, t
	}
	places, t := p.resolve(s)
	switch {
	case t != nil:
		return nil, t
	case len(places) > 0:
		return p.places(s, places)
	case len(s.parties) > 0:
		return p.best(s)
	case len(s.lone) > 0:
		code := s.lone[0].Code
		return nil, &trouble{why: fmt.Sprintf("%s is the price code of %s: say how many", code, s.lone[0].Name), at: s.loneAt, hint: "1" + code}
	case s.zone >= 0 || s.section < 0:
		return nil, &trouble{why: "say how many", at: 0, hint: "1 " + p.line}
	}
	return Look{words: words("show " + p.idx.sections[s.section].text), Section: s.section}, nil
}

// read takes the words one after the other. Where one means nothing, it returns
// what it has, how many words that was, and a trouble.
func (p *parser) read(typed []word) (*sale, int, *trouble) {
	s := &sale{section: -1, zone: -1}
	for i := 0; i < len(typed); {
		n, t := p.step(s, typed[i:])
		if t != nil {
			return s, i, t
		}
		i += n
	}
	return s, len(typed), nil
}

// step reads what stands first, and returns how many words that was.
func (p *parser) step(s *sale, typed []word) (int, *trouble) {
	w := typed[0]
	if w.key == "" {
		return 1, nil
	}
	if a, ok := p.goesOn(s, w); ok {
		s.asks = append(s.asks, a)
		return 1, nil
	}
	switch {
	case isQuantity(w.key):
		return 1, p.quantity(s, w)
	case isDigit(w.key[0]):
		a, ok := p.splitPlace(w.key)
		if !ok {
			return 1, p.strangeWord(w)
		}
		if a.rule == "" {
			a.rule = numberedRule(a)
		}
		return 1, s.ask(a, w)
	}
	if n, t := p.spelt(s, typed); n > 0 || t != nil {
		return n, t
	}
	if strings.ContainsAny(w.key, "0123456789") {
		return p.letterFirst(s, typed)
	}
	return p.plain(s, typed)
}

// plain reads a word without digits: a price code, a wheelchair, a section, a
// zone.
func (p *parser) plain(s *sale, typed []word) (int, *trouble) {
	w := typed[0]
	x := p.index()
	code, coded := p.ctx.code(w.key)
	if coded && s.bare && !w.comma && len(s.parties) > 0 {
		s.parties[len(s.parties)-1].Type = code
		s.bare = false
		if x != nil {
			if found, how := matches(x.sections, typed[:1]); how >= nameStart {
				s.rules = append(s.rules, fmt.Sprintf("%s behind a number is its price code (%s is written in full)", w.key, p.idx.sections[found[0]].text))
			}
		}
		return 1, nil
	}
	switch {
	case len(s.parties) > 0 && (w.key == "w" || w.key == "wc" || w.key == "wheelchair"):
		s.wheels++
		s.wheelsAt = w.at
		return 1, nil
	case len(s.parties) > 0 && w.key == "wheelchairs":
		s.wheels += s.parties[len(s.parties)-1].Count
		s.wheelsAt = w.at
		return 1, nil
	}
	if w.key == "ga" && x != nil && len(x.ga) > 0 && !coded {
		return 1, p.generalAdmission(s, w)
	}
	if coded && len(s.parties) == 0 {
		if p.isCode(s, typed) {
			s.lone, s.loneAt = append(s.lone, code), w.at
			return 1, nil
		}
		if len(typed) > 1 {
			s.rules = append(s.rules, fmt.Sprintf("%s is a section before its places (the price code of %s stands behind them)", w.key, code.Name))
		}
	}
	if len(p.words) == 1 && len(w.key) == 1 && x != nil && len(x.rows[w.key]) > 0 {
		return 1, p.bareRow(w)
	}
	if n, t := p.section(s, typed); n > 0 || t != nil {
		return n, t
	}
	switch {
	case w.key == "ga":
		return 1, p.generalAdmission(s, w)
	case coded:
		return 1, &trouble{why: fmt.Sprintf("%s stands without its number", w.text), at: w.at, hint: p.instead(w, "1"+w.key)}
	}
	if n, t := p.zoneWords(s, typed); n > 0 || t != nil {
		return n, t
	}
	if x != nil && len(x.rows[w.key]) > 0 {
		return 1, p.bareRow(w)
	}
	return 1, p.strangeWord(w)
}

// bareRow says what a row without a seat lacks.
func (p *parser) bareRow(w word) *trouble {
	r := p.idx.rows[w.key][0]
	for _, q := range p.idx.rows[w.key] {
		if q.section == p.ctx.Section {
			r = q
		}
	}
	label := p.ctx.Plan.Places[r.seats[0]-1].Label()
	if len(p.idx.rows[w.key]) > 1 {
		label = p.sectionKey(r.section) + " " + label
	}
	return &trouble{
		why:  fmt.Sprintf("%s has seats %s; the seat is written behind it without a space", p.rowName(r), p.idx.seatWords(r)),
		at:   w.at,
		hint: p.instead(w, label),
	}
}

// isCode reports whether a word that is a price code is meant as one: behind
// places always, before them unless a section begins like it. Alone on the line,
// a single letter is rather a code.
func (p *parser) isCode(s *sale, typed []word) bool {
	x := p.index()
	if x == nil || len(s.asks) > 0 {
		return true
	}
	found, how, _ := longest(x.sections, typed)
	return how < nameStart || len(found) > 1 || how != wholeName && len(typed) == 1 && len(typed[0].key) == 1
}

func (p *parser) strangeWord(w word) *trouble {
	for i := range p.words {
		if p.words[i].at == w.at {
			return p.strange(i)
		}
	}
	return p.strange(0)
}

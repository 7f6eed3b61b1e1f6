package saleline

import (
	"fmt"
	"strings"

	"wicket/boxoffice"
)

// maxQuantity is the largest number that can be a quantity; a longer one is
// rather an order.
const maxQuantity = 999

// isQuantity reports whether a word is one: digits first, then letters and digits.
func isQuantity(key string) bool {
	if key == "" || !isDigit(key[0]) {
		return false
	}
	for i := range len(key) {
		if !isDigit(key[i]) && !isLetter(key[i]) {
			return false
		}
	}
	return true
}

// quantity reads «2a1c» into the sale.
func (p *parser) quantity(s *sale, w word) *trouble {
	s.bare = false
	for rest, at := w.key, w.at; rest != ""; {
		i := 0
		for i < len(rest) && isDigit(rest[i]) {
			i++
		}
		j := i
		for j < len(rest) && !isDigit(rest[j]) {
			j++
		}
		n, code := number(rest[:i]), rest[i:j]
		switch {
		case n == 0:
			return &trouble{why: "nought places", at: at}
		case n < 0 || n > maxQuantity:
			t := &trouble{why: fmt.Sprintf("%s places are too many for one line: %d at most", rest[:i], MaxPlaces), at: at}
			if digits(w.key) && len(w.key) < 16 && len(p.words) == 1 {
				t.why += "; an order begins with #"
				t.hint = "#" + w.key
			}
			return t
		}
		kind, ok := p.ctx.defaultType(), true
		switch {
		case code == "":
			s.bare = true
		default:
			kind, ok = p.ctx.code(code)
			if !ok && (code == "w" || code == "wc") {
				s.wheels += n
				s.wheelsAt = at
				kind, ok = p.ctx.defaultType(), true
				if len(s.parties) > 0 { // some of those already counted
					rest, at = rest[j:], at+j
					s.bare = false
					continue
				}
			} else if ok {
				s.bare = false
			}
			if !ok {
				if rest[j:] == "" && code == "ga" {
					s.add(p.ctx.defaultType(), n)
					return p.generalAdmission(s, w)
				}
				return p.noCode(w, code, at+i)
			}
			s.bare = false
		}
		s.add(kind, n)
		rest, at = rest[j:], at+j
	}
	return nil
}

// add appends to the parties in the order typed.
func (s *sale) add(t boxoffice.PriceType, n int) { s.parties = append(s.parties, Party{t, n}) }

// noCode says that code is no price code, and which there are.
func (p *parser) noCode(w word, code string, at int) *trouble {
	types := p.ctx.types()
	if len(types) == 0 {
		return &trouble{why: "there are no prices here, so no price codes either", at: at, strange: true}
	}
	var list []string
	hint := ""
	for _, t := range types {
		list = append(list, t.Code+" "+t.Name)
		if hint == "" && code != "" && t.Code != "" && (strings.HasPrefix(fold(t.Name), code) || t.Code[0] == code[0]) {
			hint = t.Code
		}
	}
	if len(list) > 6 {
		list = append(list[:6], "…")
	}
	t := &trouble{why: fmt.Sprintf("«%s» is no price code (%s)", code, strings.Join(list, ", ")), at: at, strange: true}
	i := strings.Index(w.key, code)
	if i >= 0 && len(w.key) == len(w.text) {
		if x := p.index(); x != nil && i > 0 && i+len(code) == len(w.key) && len(code) > 1 {
			if found, how := matches(x.sections, []word{{key: code}}); how >= nameStart && len(found) == 1 {
				t.hint = p.instead(w, w.key[:i]+" "+w.key[i:])
				return t
			}
		}
		if hint != "" {
			t.hint = p.instead(w, w.key[:i]+hint+w.key[i+len(code):])
		}
	}
	return t
}

// generalAdmission reads «ga»: the section that has no seats.
func (p *parser) generalAdmission(s *sale, w word) *trouble {
	x := p.index()
	if x == nil || len(x.ga) == 0 {
		return &trouble{why: "there is no general admission here", at: w.at, strange: true}
	}
	k, t := p.oneSection(w, "ga", x.ga)
	if t != nil {
		t.hint = p.instead(w, strings.TrimSuffix(w.key, "ga")+" "+strings.ToLower(x.sections[x.ga[0]].text))
		return t
	}
	return s.setSection(k, w)
}

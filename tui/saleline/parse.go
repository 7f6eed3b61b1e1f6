package saleline

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wicket/boxoffice"
)

// Parse reads a line. It never returns nil.
func Parse(text string, ctx Context) Intent {
	line, ok := clean(text)
	if !ok {
		return trouble{why: fmt.Sprintf("the line is too long: %d characters at most", MaxRunes), at: MaxRunes}.intent()
	}
	if line == "" {
		return Empty{}
	}
	p := &parser{ctx: ctx, line: line, words: split(line)}
	if len(p.words) == 0 {
		return p.strange(0).intent()
	}
	return p.parse()
}

// clean returns the line as it is read, and whether it is short enough to be. What
// is too long to be a line is not looked at.
func clean(text string) (string, bool) {
	if len(text) > 8*MaxRunes {
		return "", false
	}
	line := boxoffice.Clean(text)
	return line, utf8.RuneCountInString(line) <= MaxRunes
}

// parser reads one line.
type parser struct {
	ctx   Context
	line  string
	words []word

	looked bool
	idx    *Index
	titles []name // of the performances, once needed
}

// index returns the index of the plan on screen, nil where there is none.
func (p *parser) index() *Index {
	if !p.looked {
		p.idx, p.looked = p.ctx.index(), true
	}
	return p.idx
}

// parse tries the readings in their order. What changes nothing goes first where
// two are left.
func (p *parser) parse() Intent {
	if code, ok := barcode(p.line); ok {
		return Scan{words: words("ticket " + boxoffice.GroupBarcode(code)), Code: code}
	}
	if strings.HasPrefix(p.line, "#") {
		return p.order()
	}
	if v := verbOf(p.words[0].key); v != nil && (v.take != nil || len(p.words) == 1) {
		if len(p.words) > 1 {
			if s, t := p.performance(); t == nil && s != nil {
				return *s
			}
		}
		return p.command(v)
	}
	if s, t := p.moment(); t != nil {
		return t.intent()
	} else if s != nil {
		return *s
	}

	intent, t := p.sale()
	if t == nil {
		return intent
	}
	s, u := p.performance()
	switch {
	case s != nil:
		return *s
	case u != nil && t.strange:
		return u.intent()
	case t.strange && isName(p.line):
		return p.find(p.line)
	}
	return t.intent()
}

// barcode returns a ticket's code, and whether the line is one, or was meant to
// be. A name as long as a code has no digits; a title has none in second place.
func barcode(line string) (string, bool) {
	code, err := boxoffice.SpellBarcode(line)
	if err == nil {
		return code, strings.ContainsAny(line, "0123456789")
	}
	var wrong *boxoffice.BarcodeError
	mistyped := errors.As(err, &wrong) && wrong.Fault == boxoffice.BarcodeMistyped
	second := strings.TrimLeft(line[1:], " -")
	return line, line[0] == ']' && len(line) > 3 || mistyped && second != "" && isDigit(second[0])
}

func (p *parser) order() Intent {
	id, t := p.orderID(p.words[0])
	if t == nil && len(p.words) > 1 {
		t = &trouble{why: "an order stands alone on the line", at: p.words[1].at, hint: p.words[0].text}
	}
	if t != nil {
		return t.intent()
	}
	return Order{words: words(fmt.Sprintf("order %d", id)), ID: id}
}

// orderID reads «#1042» or «1042».
func (p *parser) orderID(w word) (boxoffice.OrderID, *trouble) {
	n, err := strconv.ParseInt(strings.TrimPrefix(w.key, "#"), 10, 64)
	if err != nil || n < 1 || !digits(strings.TrimPrefix(w.key, "#")) {
		return 0, &trouble{why: fmt.Sprintf("«%s» is no order; write its number, like #1042", w.text), at: w.at}
	}
	return boxoffice.OrderID(n), nil
}

// isName reports whether the line can be somebody's name, or an address.
func isName(line string) bool {
	n := 0
	for _, r := range line {
		switch {
		case unicode.IsLetter(r):
			n++
		case unicode.IsDigit(r) && !strings.Contains(line, "@"):
			return false
		}
	}
	return n > 1
}

func (p *parser) find(name string) Intent {
	said := "find «" + name + "»"
	if near := p.nearest(p.words[0].key); near != "" && len(p.words) == 1 {
		said += " · or " + near + "?"
	}
	return Find{words: words(said), Name: name}
}

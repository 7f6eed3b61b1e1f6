package saleline

import (
	"fmt"
	"strings"
)

// goesOn reads the seats behind a comma: «B12,14-16».
func (p *parser) goesOn(s *sale, w word) (ask, bool) {
	if !w.comma || len(s.asks) == 0 || !isDigit(w.key[0]) {
		return ask{}, false
	}
	before := s.asks[len(s.asks)-1]
	if before.from == "" {
		return ask{}, false
	}
	hyphen := strings.ContainsAny(w.key, "-/") && !strings.Contains(w.key, "..")
	if hyphen && before.row != "" && isDigit(before.row[len(before.row)-1]) {
		return ask{}, false // 5-12,6-3 is another row
	}
	from, to, ok := splitSeats(w.key, before.row)
	if !ok || !digits(from) && !p.seatExists(before.row, from) {
		return ask{}, false
	}
	return ask{row: before.row, from: from, to: to, section: before.section, w: w}, true
}

// ask appends what was typed, in the section before it.
func (s *sale) ask(a ask, w word) *trouble {
	a.w, a.section = w, s.section
	s.used = s.used || s.section >= 0
	s.asks = append(s.asks, a)
	s.bare = false
	return nil
}

func numberedRule(a ask) string {
	if a.from == a.to {
		return fmt.Sprintf("row %s, seat %s (numbered rows are written %s-%s)", a.row, a.from, a.row, a.from)
	}
	return fmt.Sprintf("row %s, seats %s to %s (numbered rows are written %s-%s..%s)", a.row, a.from, a.to, a.row, a.from, a.to)
}

// spelt reads places with their words: «row 5 12-15», «r5 12-15», «row B»,
// «seat 3».
func (p *parser) spelt(s *sale, typed []word) (int, *trouble) {
	x := p.index()
	if x == nil {
		return 0, nil
	}
	w := typed[0]
	seatsAt := func(i int, row string) (from, to string, n int) {
		if i < len(typed) && (typed[i].key == "seat" || typed[i].key == "seats") {
			i++
		}
		if i < len(typed) && !typed[i].comma && isDigit(typed[i].key[0]) {
			if from, to, ok := splitSeats(typed[i].key, row); ok && digits(from) {
				return from, to, i + 1
			}
		}
		return "", "", 0
	}
	switch {
	case w.key == "row" && len(typed) > 1 && len(x.rows[typed[1].key]) > 0:
		row := typed[1].key
		from, to, n := seatsAt(2, row)
		return max(n, 2), s.ask(ask{row: row, from: from, to: to}, w)
	case w.key == "row" && len(typed) > 1:
		_ = s.ask(ask{row: typed[1].key}, typed[1])
		return 1, p.noSuch(&s.asks[len(s.asks)-1], nil)
	case len(w.key) > 1 && w.key[0] == 'r' && digits(w.key[1:]) && len(x.rows["r"]) == 0 && len(x.rows[w.key[1:]]) > 0:
		row := w.key[1:]
		from, to, n := seatsAt(1, row)
		if n == 0 {
			return 1, &trouble{why: fmt.Sprintf("which seats of row %s? The whole of it is «row %s»", row, row), at: w.at, hint: p.instead(w, "row "+row)}
		}
		return n, s.ask(ask{row: row, from: from, to: to}, w)
	case w.key == "seat" || w.key == "seats":
		if from, to, n := seatsAt(0, ""); n > 0 {
			return n, s.ask(ask{from: from, to: to}, w)
		}
	}
	return 0, nil
}

// letterFirst reads «B12-15» and «z1».
func (p *parser) letterFirst(s *sale, typed []word) (int, *trouble) {
	w := typed[0]
	if n, ok := strings.CutPrefix(w.key, "z"); ok && digits(n) {
		if p.seatExists("z", n) {
			if len(s.parties) > 0 {
				s.rules = append(s.rules, fmt.Sprintf("zone %s (a seat of row Z is written row z %s)", n, n))
				return 1, p.setZone(s, number(n)-1, w)
			}
		} else if p.ctx.Plan != nil && len(p.index().rows["z"]) == 0 {
			return 1, p.setZone(s, number(n)-1, w)
		}
	}
	a, ok := p.splitPlace(w.key)
	if x := p.index(); x != nil && (!ok || len(x.rows[a.row]) == 0) {
		if n, t := p.section(s, typed); n > 0 || t != nil {
			return n, t
		}
	}
	if !ok {
		return 1, p.strangeWord(w)
	}
	if _, code := p.ctx.code(a.row); code && a.from == a.to && a.rule == "" && digits(a.from) && len(p.ctx.types()) > 0 {
		t, _ := p.ctx.code(a.row)
		a.rule = fmt.Sprintf("row %s, seat %s (%s %s is written %s%s)", strings.ToUpper(a.row), a.from, a.from, t.Name, a.from, a.row)
	}
	if a.row == "p" && a.from == a.to && len(p.words) == 1 && number(a.from) > 0 && number(a.from) <= len(p.ctx.Performances) {
		a.rule = fmt.Sprintf("row P, seat %s (performance %s is written p %s)", a.from, a.from, a.from)
	}
	return 1, s.ask(a, w)
}

package saleline

import (
	"fmt"
	"slices"
	"strings"

	"wicket/boxoffice"
)

// ask is one place, one range or one row as it was typed.
type ask struct {
	row      string // folded; empty for a seat without a row
	from, to string // seats, folded; both empty for the whole row
	section  int    // -1 where none was typed
	w        word
	rule     string
}

// words says what was asked for, as it is typed.
func (a *ask) words() string {
	switch {
	case a.from == "":
		return "row " + strings.ToUpper(a.row)
	case a.row == "" && a.from == a.to:
		return "seat " + a.from
	case a.row == "":
		return "seats " + a.from + " to " + a.to
	case len(a.row) > 2:
		return a.w.text
	}
	return strings.ToUpper(a.w.key)
}

// splitPlace takes «b12-15», «5-12..15», «aa/3» apart, and reports whether the
// word is of that shape. A row that the plan has decides where it could be cut in
// two ways.
func (p *parser) splitPlace(key string) (a ask, ok bool) {
	known := func(row string) bool {
		x := p.index()
		return x != nil && row != "" && len(x.rows[row]) > 0
	}
	for i := 1; i < len(key); i++ {
		if key[i] != '-' && key[i] != '/' {
			continue
		}
		row := key[:i]
		if !known(row) && row[0] == 'r' && known(row[1:]) && digits(row[1:]) {
			row = row[1:]
		}
		if !known(row) {
			continue
		}
		if from, to, ok := splitSeats(key[i+1:], row); ok {
			a = ask{row: row, from: from, to: to, section: -1}
			if last := row[len(row)-1]; isDigit(last) && isLetter(row[0]) && known(strings.TrimRight(row, "0123456789")) {
				a.rule = fmt.Sprintf("row %s, seat %s (a range is written with two points: %s..%s)", strings.ToUpper(row), from, row, from)
			}
			return a, true
		}
	}
	i := 0
	for i < len(key) && isLetter(key[i]) {
		i++
	}
	switch {
	case i == 0: // a number: its row ends at the first sign
		if j := strings.IndexAny(key, "-/"); j > 0 && isQuantity(key[:j]) {
			if from, to, ok := splitSeats(key[j+1:], key[:j]); ok {
				return ask{row: key[:j], from: from, to: to, section: -1}, true
			}
		}
		return ask{}, false
	case i < len(key) && (key[i] == '-' || key[i] == '/'):
		from, to, ok := splitSeats(key[i+1:], key[:i])
		return ask{row: key[:i], from: from, to: to, section: -1}, ok
	}
	from, to, ok := splitSeats(key[i:], key[:i])
	return ask{row: key[:i], from: from, to: to, section: -1}, ok
}

// splitSeats takes «12», «12-15», «12..15», «12-b15» apart.
func splitSeats(key, row string) (from, to string, ok bool) {
	from, to = key, key
	if i := strings.Index(key, ".."); i >= 0 {
		from, to = key[:i], key[i+2:]
	} else if i := strings.IndexByte(key, '-'); i >= 0 {
		from, to = key[:i], key[i+1:]
	}
	if from != key && row != "" {
		if rest, ok := strings.CutPrefix(to, row); ok && rest != "" && (!isDigit(row[len(row)-1]) || !isDigit(rest[0])) {
			to = strings.TrimLeft(rest, "-/")
		}
	}
	return from, to, isSeat(from) && isSeat(to)
}

// isSeat reports whether key looks like a seat: a number, perhaps a letter behind.
func isSeat(key string) bool {
	n := len(strings.TrimRight(key, "abcdefghijklmnopqrstuvwxyz"))
	return n > 0 && n <= 6 && digits(key[:n]) && len(key)-n <= 1
}

// resolve turns what was asked for into places. Each stands once.
func (p *parser) resolve(s *sale) ([]boxoffice.PlaceNo, *trouble) {
	if len(s.asks) == 0 {
		return nil, nil
	}
	if p.index() == nil {
		return nil, &trouble{why: "no house is on screen, so there are no seats to name", at: s.asks[0].w.at}
	}
	if s.section >= 0 && !s.used { // a section behind the places it is of
		for i := range s.asks {
			if s.asks[i].section < 0 {
				s.asks[i].section, s.used = s.section, true
			}
		}
	}
	var places []boxoffice.PlaceNo
	last := -1
	for i := range s.asks {
		a := &s.asks[i]
		r, t := p.find1(a, last)
		if t != nil {
			return nil, t
		}
		last = r.section
		span := r.seats
		if a.from != "" {
			span = r.span(a.from, a.to)
			if n := number(a.to) - number(a.from); number(a.from) >= 0 && number(a.to) >= 0 && max(n, -n)+1 != len(span) {
				a.rule = fmt.Sprintf("seats %s to %s as they stand in the row", a.from, a.to)
			}
		}
		if a.rule != "" && !slices.Contains(s.rules, a.rule) {
			s.rules = append(s.rules, a.rule)
		}
		for _, no := range span {
			if slices.Contains(places, no) {
				return nil, &trouble{why: fmt.Sprintf("%s stands twice on the line", p.labelOf(no)), at: a.w.at}
			}
			places = append(places, no)
			if len(places) > MaxPlaces {
				return nil, tooMany(len(places), a.w.at)
			}
		}
	}
	return places, nil
}

func tooMany(n, at int) *trouble {
	if n <= MaxPlaces {
		return nil
	}
	return &trouble{why: fmt.Sprintf("%d places are too many for one line: %d at most", n, MaxPlaces), at: at}
}

// find1 returns the row an ask is in. Where several sections have it, it is the
// section of the place before, or where the cursor is; otherwise it says so.
func (p *parser) find1(a *ask, last int) (*row, *trouble) {
	var with, rows []*row
	for _, r := range p.idx.rows[a.row] {
		if a.section >= 0 && r.section != a.section {
			continue
		}
		rows = append(rows, r)
		if a.from == "" || r.has(a.from) && r.has(a.to) {
			with = append(with, r)
		}
	}
	switch len(with) {
	case 0:
		return nil, p.noSuch(a, rows)
	case 1:
		return with[0], nil
	}
	for _, prefer := range []int{last, p.ctx.Section} {
		for _, r := range with {
			if r.section != prefer {
				continue
			}
			if a.rule == "" && prefer != last {
				a.rule = fmt.Sprintf("%s, where you are (%s has it too)", p.idx.sections[r.section].text, p.otherSections(with, r.section))
			}
			return r, nil
		}
	}
	names := make([]string, len(with))
	for i, r := range with {
		names[i] = p.idx.sections[r.section].text
	}
	return nil, &trouble{
		why:  fmt.Sprintf("%s is in %s: say which", a.words(), list(names)),
		at:   a.w.at,
		hint: p.instead(a.w, p.sectionKey(with[0].section)+" "+a.w.text),
	}
}

func (p *parser) otherSections(rows []*row, but int) string {
	var names []string
	for _, r := range rows {
		if r.section != but {
			names = append(names, p.idx.sections[r.section].text)
		}
	}
	return list(names)
}

// sectionKey returns how a section is typed.
func (p *parser) sectionKey(section int) string {
	return strings.ToLower(p.idx.sections[section].text)
}

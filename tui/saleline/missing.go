package saleline

import (
	"fmt"
	"strings"
)

// noSuch says which row or seat there is not. Rows are those of the right name.
func (p *parser) noSuch(a *ask, rows []*row) *trouble {
	t := &trouble{at: a.w.at}
	section := a.section
	if section < 0 && len(p.idx.sections) > 0 {
		section = max(p.ctx.Section, 0)
		if len(rows) > 0 {
			section = rows[0].section
		} else if section >= len(p.idx.order) || len(p.idx.order[section]) == 0 {
			section = p.firstSeated()
		}
		for i := 0; i < len(p.idx.order) && a.row != "" && isDigit(a.row[0]) && len(rows) == 0; i++ {
			if r := p.idx.order[i]; len(r) > 0 && number(r[0].name) >= 0 {
				section = i
				break
			}
		}
	}
	if len(rows) > 0 {
		r := rows[0]
		for _, q := range rows {
			if q.section == p.ctx.Section {
				r = q
			}
		}
		missing := a.from
		if r.has(missing) {
			missing = a.to
		}
		t.why = fmt.Sprintf("%s has no seat %s: it has seats %s", p.rowName(r), missing, p.idx.seatWords(r))
		return t
	}
	if section < 0 || len(p.idx.order[section]) == 0 {
		t.why = "there are no rows here; a number first is a quantity"
		if n := p.asQuantity(a); n != "" {
			t.hint = p.instead(a.w, n)
		}
		return t
	}
	name := p.idx.sections[section].text
	switch {
	case a.row == "":
		t.why = fmt.Sprintf("seats in %s have rows (%s)", name, p.idx.rowWords(section))
		return t
	case p.idx.rowWords(section) == "":
		t.why = fmt.Sprintf("%s has no rows: its seats are %s", name, p.idx.seatWords(p.idx.order[section][0]))
		t.hint = strings.TrimSpace(p.sectionKey(section) + " seat " + a.from)
		if !p.idx.order[section][0].has(a.from) {
			t.hint = ""
		}
		return t
	}
	t.why = fmt.Sprintf("no row %s in %s (rows %s)", strings.ToUpper(a.row), name, p.idx.rowWords(section))
	if isDigit(a.row[0]) {
		t.why += "; a number, a hyphen and a number are a row and its seat"
	}
	if n := p.asQuantity(a); n != "" {
		t.hint = p.instead(a.w, n)
	}
	return t
}

// asQuantity returns «2a» for «A2», where a is a price code.
func (p *parser) asQuantity(a *ask) string {
	if _, ok := p.ctx.code(a.row); ok && a.from == a.to && digits(a.from) && number(a.from) > 0 && number(a.from) <= MaxPlaces {
		return a.from + a.row
	}
	return ""
}

func (p *parser) firstSeated() int {
	for i, rows := range p.idx.order {
		if len(rows) > 0 {
			return i
		}
	}
	return -1
}

func (p *parser) rowName(r *row) string {
	if r.name == "" {
		return p.idx.sections[r.section].text
	}
	if len(p.idx.sections) == 1 {
		return "row " + r.name
	}
	return "row " + r.name + " of " + p.idx.sections[r.section].text
}

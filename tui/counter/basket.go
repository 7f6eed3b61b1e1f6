package counter

import (
	"strconv"

	"wicket/boxoffice"
)

func itoa(n int) string { return strconv.Itoa(n) }

// group is what the basket has of one performance.
type group struct {
	performance boxoffice.PerformanceID
	title       string
	rows        []row
}

// row is one place of the basket, or several general admission places alike.
type row struct {
	label   string // empty for general admission
	section string
	typ     boxoffice.PriceType
	count   int
	amount  boxoffice.Money
}

// name names the row's places: «B12», «3 Floor».
func (r row) name() string {
	switch {
	case r.label != "":
		return r.label
	case r.count == 1:
		return r.section
	}
	return itoa(r.count) + " " + r.section
}

// groups puts the basket's lines together as they are shown.
func (c *Counter) groups() []group { return grouped(c.basket.Lines) }

func grouped(lines []boxoffice.BasketLine) []group {
	var out []group
	for _, l := range lines {
		at := -1
		for i := range out {
			if out[i].performance == l.Performance {
				at = i
			}
		}
		if at < 0 {
			out = append(out, group{performance: l.Performance, title: boxoffice.Clean(l.Title)})
			at = len(out) - 1
		}
		g := &out[at]
		r := row{label: boxoffice.Clean(l.Label), section: boxoffice.Clean(l.Section), typ: l.Type, count: 1, amount: l.Amount}
		merged := false
		for i := range g.rows {
			have := &g.rows[i]
			if r.label == "" && have.label == "" && have.section == r.section && have.typ.ID == r.typ.ID && have.amount == r.amount*boxoffice.Money(have.count) {
				have.count++
				have.amount += r.amount
				merged = true
				break
			}
		}
		if !merged {
			g.rows = append(g.rows, r)
		}
	}
	return out
}

// words says what is in a group: «Macbeth: B12 B13», «Comedy Night: 3 Floor».
func (g group) words() string {
	said := g.title + ":"
	standing := map[string]int{}
	for _, r := range g.rows {
		if r.label == "" {
			standing[r.section] += r.count
		}
	}
	for _, r := range g.rows {
		switch n := standing[r.section]; {
		case r.label != "":
			said += " " + r.label
		case n > 0:
			said += " " + itoa(n) + " " + r.section
			standing[r.section] = 0
		}
	}
	return boxoffice.Clean(said)
}

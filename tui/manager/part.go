package manager

import (
	"slices"

	"wicket/tui/widget"
)

// part is one piece of the view, drawn anew only where what it shows is another than
// the last time. B is all that it shows.
type part[B comparable] struct {
	of    B
	drawn bool
	text  string
}

// view returns the piece as it shows of.
func (p *part[B]) view(of B, draw func() string) string {
	if !p.drawn || p.of != of {
		p.of, p.drawn, p.text = of, true, draw()
	}
	return p.text
}

// filling is the rows of a list, each made anew only where what it says is another. B
// is all that a row says.
type filling[B comparable] struct {
	says, next []B
	rows       []widget.Row
}

// begin returns an empty list for what the rows are to say.
func (f *filling[B]) begin() []B { return f.next[:0] }

// fill gives the table its rows, the i-th made by row where it says something new.
func (f *filling[B]) fill(t *widget.Table, says []B, row func(i int) widget.Row) {
	f.next = says
	if f.rows != nil && slices.Equal(f.says, says) {
		return
	}
	rows := make([]widget.Row, len(says))
	for i, b := range says {
		if have := slices.Index(f.says, b); have >= 0 {
			rows[i] = f.rows[have]
		} else {
			rows[i] = row(i)
		}
	}
	f.says, f.next, f.rows = says, f.says, rows
	t.SetRows(rows)
}

package planfile

import "fmt"

// mostCells bounds the map of a level: every screen that shows it keeps a cell
// for each.
const mostCells = 4_000_000

// lay gives the seats of the level their lines and columns. A drawing too
// scattered for a map is laid out by row order instead; if that is too large as
// well, the plan is refused.
func (l *level) lay(report *Report) {
	if len(l.sections) == 0 {
		return
	}
	l.stack()
	l.grid()
	if l.lines*l.columns > mostCells {
		report.repair("drawing too scattered", l.sections[0].where, l.name, fmt.Sprintf("the map would be %d lines by %d columns", l.lines, l.columns), "laid out by row and number")
		for _, s := range l.sections {
			s.loose = true
			s.lineUp()
		}
		l.stack()
		l.grid()
	}
	if l.lines*l.columns > mostCells {
		report.refuse("map too large", l.sections[0].where, l.name, fmt.Sprintf("the map is %d lines by %d columns", l.lines, l.columns), "split the house into several plans")
	}
}

// stack draws loose sections one below the other, under what has positions.
func (l *level) stack() {
	var placed []*row
	for _, s := range l.sections {
		if !s.loose {
			placed = append(placed, s.rows...)
		}
	}
	p, x, y := 1.0, 0.0, 0.0
	if len(placed) > 0 {
		p = pitch(placed)
		b := around(placed)
		x, _ = b.middle()
		y = b.bottom + 2*unit(placed)
	}
	for _, s := range l.sections {
		if !s.loose {
			continue
		}
		s.lineUp()
		s.each(func(q *seat) { q.x, q.y = x+p*q.x, y+p*q.y })
		y += p * float64(len(s.rows)+1)
	}
}

// grid turns positions into lines and columns.
func (l *level) grid() {
	var rows []*row
	var blocks []*block
	for _, s := range l.sections {
		rows = append(rows, s.rows...)
		blocks = append(blocks, s.blocksOf()...)
	}
	p := pitch(rows)
	gap, ok := rowGap(rows)
	if !ok {
		gap = p
	}
	var strips []*strip
	for _, b := range settle(blocks, p, gap) {
		strips = append(strips, b.strips...)
	}
	lines := intoLines(strips, p, gap)
	cut := make([][]*run, len(lines))
	for n, line := range lines {
		cut[n] = runs(line, p)
		for _, r := range cut[n] {
			for _, q := range r.seats {
				q.line = n
			}
		}
	}
	l.lines, l.columns = len(lines), setColumns(cut, p)
}

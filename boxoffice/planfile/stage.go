package planfile

import (
	"math"

	"wicket/boxoffice"
)

// findStage settles at which edge of the drawing the stage is: as the file says,
// or where it draws something called a stage, or where the first rows are.
func (d *draft) findStage(report *Report) boxoffice.Edge {
	const topic = "stage"
	if d.stageSaid {
		return d.stage
	}
	var rows []*row
	for _, s := range d.sections {
		if !s.loose {
			rows = append(rows, s.rows...)
		}
	}
	if len(d.stages) > 0 {
		m := d.stages[0]
		edge, words := m.edge(rows)
		report.note(topic, m.where, "", quote(m.words)+" "+words, "drawn "+edgeWords(edge))
		return edge
	}
	if edge := d.guessStage(); edge != boxoffice.EdgeNone {
		report.note(topic, "", "", "the file does not say where the stage is; the first rows are nearest the "+string(edge), "drawn "+edgeWords(edge))
		return edge
	}
	if len(d.sections) > 0 {
		report.note(topic, "", "", "the file does not say where the stage is, and the rows do not tell", "drawn nowhere")
	}
	return boxoffice.EdgeNone
}

func edgeWords(e boxoffice.Edge) string {
	if e == boxoffice.EdgeNone {
		return "nowhere"
	}
	return "at the " + string(e)
}

// edge returns the edge of the seats that the mark is at.
func (m mark) edge(rows []*row) (boxoffice.Edge, string) {
	if !m.placed || len(rows) == 0 {
		if m.after {
			return boxoffice.EdgeBottom, "stands after everything else"
		}
		return boxoffice.EdgeTop, "stands before everything else"
	}
	b := around(rows)
	margin := (b.bottom - b.top) / 10
	switch {
	case m.y <= b.top+margin:
		return boxoffice.EdgeTop, "is above the seats"
	case m.y >= b.bottom-margin:
		return boxoffice.EdgeBottom, "is below the seats"
	case m.x < b.left || m.x > b.right:
		return boxoffice.EdgeNone, "is beside the seats"
	default:
		return boxoffice.EdgeNone, "is amid the seats"
	}
}

// guessStage asks every section on which side its first row is; they must agree
// by three quarters of their seats.
func (d *draft) guessStage() boxoffice.Edge {
	var top, all float64
	for _, s := range d.sections {
		tilt, ok := s.tilt()
		if !ok {
			continue
		}
		n := float64(s.count())
		if all += n; tilt > 0 {
			top += n
		}
	}
	switch {
	case all == 0:
		return boxoffice.EdgeNone
	case top >= 0.75*all:
		return boxoffice.EdgeTop
	case top <= 0.25*all:
		return boxoffice.EdgeBottom
	default:
		return boxoffice.EdgeNone
	}
}

// tilt returns how rows are counted down the drawing: above zero where the first
// is at the top. False where their names do not count, or not downwards.
func (s *section) tilt() (float64, bool) {
	var ns, ys []float64
	for _, r := range s.rows {
		n, ok := ordinal(r.label)
		if !ok {
			continue
		}
		y := 0.0
		for _, p := range r.seats {
			y += p.y
		}
		ns, ys = append(ns, float64(n)), append(ys, y/float64(len(r.seats)))
	}
	if len(ns) < 2 {
		return 0, false
	}
	c := correlation(ns, ys)
	return c, math.Abs(c) > 0.6
}

func correlation(a, b []float64) float64 {
	mean := func(v []float64) float64 {
		sum := 0.0
		for _, x := range v {
			sum += x
		}
		return sum / float64(len(v))
	}
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

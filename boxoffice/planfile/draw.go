package planfile

import (
	"fmt"
	"slices"
	"strings"

	"wicket/boxoffice"
)

// Draw returns a level of the plan as plain text, to look at: a seat is «·», a
// wheelchair space w, a companion's seat c, a restricted view r. At the left of
// a line is the name of its first row, at its right that of its last, and in an
// aisle that of the row behind it where the section changes. It is empty for a
// level the plan does not have.
func Draw(p *boxoffice.Plan, level int) string {
	if level < 0 || level >= len(p.Levels) {
		return ""
	}
	l := p.Levels[level]
	lines := make([][]boxoffice.Place, l.Lines)
	margin := 0
	var standing []string
	for _, s := range p.Sections {
		if s.Level != level {
			continue
		}
		if s.Admission == boxoffice.GeneralAdmission {
			zone := p.Zones[p.Places[s.First-1].Zone].Name
			standing = append(standing, fmt.Sprintf("[ %s: general admission, %d places, %s ]", s.Name, s.Capacity(), zone))
			continue
		}
		for no := s.First; no <= s.Last; no++ {
			q := p.Places[no-1]
			lines[q.Line] = append(lines[q.Line], q)
			margin = max(margin, boxoffice.Width(q.Row))
		}
	}
	var b strings.Builder
	width := 2*l.Columns - 1
	stage := func(at boxoffice.Edge) {
		if p.Stage == at {
			const words = "S T A G E"
			b.WriteString(strings.Repeat(" ", margin+2+max(0, (width-len(words))/2)) + words + "\n")
		}
	}
	stage(boxoffice.EdgeTop)
	for _, line := range lines {
		b.WriteString(drawLine(line, margin, width) + "\n")
	}
	for _, words := range standing {
		b.WriteString(strings.Repeat(" ", margin+2) + words + "\n")
	}
	stage(boxoffice.EdgeBottom)
	return b.String()
}

// drawLine draws the seats of one line.
func drawLine(line []boxoffice.Place, margin, width int) string {
	slices.SortFunc(line, func(a, b boxoffice.Place) int { return a.Column - b.Column })
	byColumn := make([]*boxoffice.Place, (width+1)/2)
	for i := range line {
		byColumn[line[i].Column] = &line[i]
	}
	var b strings.Builder
	var first, last *boxoffice.Place
	at := 0
	for c, q := range byColumn {
		if q == nil {
			continue
		}
		if first == nil {
			first = q
		}
		gap := 2*c - at
		name := ""
		if last != nil && last.Section != q.Section && last.Row != q.Row && q.Row != line[len(line)-1].Row && boxoffice.Width(q.Row)+2 <= gap {
			name = q.Row
		}
		b.WriteString(strings.Repeat(" ", max(0, gap-boxoffice.Width(name)-1)) + name)
		if gap > 0 {
			b.WriteString(" ")
		}
		b.WriteString(glyph(*q))
		at, last = 2*c+1, q
	}
	if first == nil {
		return ""
	}
	text := boxoffice.PadLeft(first.Row, margin) + "  " + b.String()
	return strings.TrimRight(text+strings.Repeat(" ", width-at)+"  "+last.Row, " ")
}

func glyph(q boxoffice.Place) string {
	switch {
	case q.Features.Has(boxoffice.Wheelchair):
		return "w"
	case q.Features.Has(boxoffice.Companion):
		return "c"
	case q.Features.Has(boxoffice.RestrictedView):
		return "r"
	default:
		return "·"
	}
}

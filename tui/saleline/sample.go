package saleline

import (
	"strconv"
	"strings"

	"wicket/boxoffice"
)

// sample is what examples are made of: a row of the house on screen and its
// seats, the prices, the performances. What is missing makes empty examples.
type sample struct {
	ctx     Context
	p       *parser
	section string // as it is typed
	row     *row   // not a numbered one
	at      int    // a seat near its middle
	boxes   *row   // a numbered one
}

func newSample(ctx Context) *sample {
	ctx.Index = ctx.index()
	s := &sample{ctx: ctx, p: &parser{ctx: ctx}}
	x := s.p.index()
	if x == nil {
		return s
	}
	seated := func(k int) bool { return k >= 0 && k < len(x.order) && len(x.order[k]) > 0 }
	k := ctx.Section
	if !seated(k) || isDigit(x.order[k][0].name[max(0, len(x.order[k][0].name)-1):][0]) {
		for k = 0; k < len(x.order) && !seated(k); k++ {
		}
	}
	for i := range x.order {
		for _, r := range x.order[i] {
			if r.name != "" && isDigit(r.name[len(r.name)-1]) && s.boxes == nil && len(r.seats) > 2 {
				s.boxes = r
			}
		}
	}
	if !seated(k) {
		if len(x.sections) > 0 {
			s.section = s.p.sectionKey(0)
		}
		return s
	}
	s.section = s.p.sectionKey(k)
	rows := x.order[k]
	s.row = rows[min(1, len(rows)-1)]
	if s.row.name == "" || isDigit(s.row.name[len(s.row.name)-1]) {
		s.row = nil
		return s
	}
	s.at = max(0, len(s.row.seats)/2-1)
	return s
}

func (s *sample) code(i int) string {
	if t := s.ctx.types(); i >= 0 && i < len(t) {
		return t[i].Code
	}
	return ""
}

// glue joins what there is, and nothing where a part is missing.
func glue(parts ...string) string {
	for _, p := range parts {
		if p == "" {
			return ""
		}
	}
	return strings.Join(parts, " ")
}

func (s *sample) quantities() string {
	if s.code(1) == "" {
		return ""
	}
	return "2" + s.code(0) + "1" + s.code(1)
}

func (s *sample) inZone() string {
	if s.ctx.Plan == nil || len(s.ctx.Plan.Zones) == 0 {
		return ""
	}
	return "2" + s.code(0) + " z" + strconv.Itoa(min(2, len(s.ctx.Plan.Zones)))
}

func (s *sample) standing() string {
	x := s.p.index()
	switch {
	case x == nil || len(x.ga) == 0:
		return ""
	case len(x.ga) == 1:
		return "3 ga"
	}
	return "3 " + s.p.sectionKey(x.ga[0])
}

func (s *sample) wheelchair() string {
	if s.ctx.Plan == nil {
		return ""
	}
	for i := range s.ctx.Plan.Places {
		if s.ctx.Plan.Places[i].Features.Has(boxoffice.Wheelchair) {
			return "4" + s.code(0) + " w"
		}
	}
	return ""
}

// seat returns the i-th seat from the one near the middle.
func (s *sample) seat(i int) string {
	if s.row == nil || s.at+i >= len(s.row.seats) {
		return ""
	}
	return s.ctx.Plan.Places[s.row.seats[s.at+i]-1].Seat
}

// place names a seat, with its section where the row is in several.
func (s *sample) place(i int) string {
	if s.seat(i) == "" {
		return ""
	}
	label := s.p.labelOf(s.row.seats[s.at+i])
	if len(s.p.idx.rows[fold(s.row.name)]) > 1 {
		return s.section + " " + label
	}
	return label
}

func (s *sample) span() string {
	if s.seat(3) == "" {
		return ""
	}
	return s.place(0) + "-" + s.seat(3)
}

func (s *sample) two() string {
	if s.seat(2) == "" {
		return ""
	}
	return s.place(0) + "," + s.seat(2)
}

func (s *sample) elsewhere() string {
	if s.seat(0) == "" || len(s.p.idx.sections) < 2 {
		return ""
	}
	return s.section + " " + s.p.labelOf(s.row.seats[s.at])
}

func (s *sample) priced() string { return glue(s.place(0), s.code(min(1, len(s.ctx.types())-1))) }

func (s *sample) pricedSpan() string {
	if s.seat(2) == "" {
		return ""
	}
	return glue(s.quantities(), s.place(0)+"-"+s.seat(2))
}

func (s *sample) numbered() string {
	if s.boxes == nil {
		return ""
	}
	return s.box() + s.boxes.name + "-" + s.boxSeat(2)
}

func (s *sample) numberedSpan() string {
	if s.boxes == nil {
		return ""
	}
	return s.box() + s.boxes.name + "-" + s.boxSeat(0) + ".." + s.boxSeat(2)
}

func (s *sample) box() string {
	if len(s.p.idx.rows[fold(s.boxes.name)]) > 1 {
		return s.p.sectionKey(s.boxes.section) + " "
	}
	return ""
}

func (s *sample) boxSeat(i int) string { return s.ctx.Plan.Places[s.boxes.seats[i]-1].Seat }

func (s *sample) wholeRow() string {
	if s.row == nil {
		return ""
	}
	return s.section + " row " + s.row.name
}

// other returns the second performance, or the only one.
func (s *sample) other() (boxoffice.Performance, bool) {
	f := s.ctx.Performances
	if len(f) == 0 {
		return boxoffice.Performance{}, false
	}
	return f[min(1, len(f)-1)], true
}

func (s *sample) byNumber() string {
	if n := len(s.ctx.Performances); n > 0 {
		return s.p.numberOf(min(1, n-1))
	}
	return ""
}

func (s *sample) byTime() string { return s.when("15:04") }
func (s *sample) byDay() string  { return s.when("Mon 15:04") }

func (s *sample) when(layout string) string {
	f, ok := s.other()
	if !ok {
		return ""
	}
	return strings.ToLower(s.ctx.local(f.Curtain).Format(layout))
}

func (s *sample) byTitle() string {
	f, ok := s.other()
	if !ok {
		return ""
	}
	if w := wordsOf(f.Title); len(w) > 0 {
		return w[0]
	}
	return f.Key
}

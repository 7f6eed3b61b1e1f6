package seating

import (
	"strings"
	"testing"

	"wicket/boxoffice"
)

// drawing is a house drawn in a test, a row a line, the stage above:
//
//	. free   x taken   r restricted view   w c wheelchair space, companion place
//	W C the same, taken   n a seat the basket has   space: no seat
//
// A line «=» starts another section, «==» another level, «zone» another zone,
// and «standing» followed by dots and x is a GA section.
type drawing struct {
	plan *boxoffice.Plan
	free []bool
	near []boxoffice.PlaceNo
	rows []string
	at   map[[2]int]boxoffice.PlaceNo // row of the drawing and column
}

func draw(rows ...string) *drawing {
	d := &drawing{plan: &boxoffice.Plan{Stage: boxoffice.EdgeTop}, rows: rows, at: map[[2]int]boxoffice.PlaceNo{}}
	level, zone, line := 0, 0, 0
	open := false
	section := func(admission boxoffice.Admission) {
		d.plan.Sections = append(d.plan.Sections, boxoffice.Section{Level: level, Admission: admission, First: boxoffice.PlaceNo(len(d.plan.Places) + 1)})
	}
	for i, text := range rows {
		switch {
		case text == "=":
			open = false
			continue
		case text == "==":
			level++
			line, open = 0, false
			continue
		case text == "zone":
			zone++
			continue
		case strings.HasPrefix(text, "standing "):
			section(boxoffice.GeneralAdmission)
			open = false
		case !open:
			section(boxoffice.Reserved)
			open = true
		}
		last := &d.plan.Sections[len(d.plan.Sections)-1]
		for column, glyph := range text {
			if !strings.ContainsRune(".xrwcWCn", glyph) || strings.HasPrefix(text, "standing ") && column < 9 {
				continue
			}
			no := boxoffice.PlaceNo(len(d.plan.Places) + 1)
			p := boxoffice.Place{No: no, Section: len(d.plan.Sections) - 1, Zone: zone}
			if last.Admission == boxoffice.Reserved {
				p.Row, p.Line, p.Column = string(rune('A'+line)), line, column
			}
			switch glyph {
			case 'w', 'W':
				p.Features = boxoffice.Wheelchair
			case 'c', 'C':
				p.Features = boxoffice.Companion
			case 'r':
				p.Features = boxoffice.RestrictedView
			case 'n':
				d.near = append(d.near, no)
			}
			d.plan.Places = append(d.plan.Places, p)
			d.free = append(d.free, strings.ContainsRune(".rwc", glyph))
			d.at[[2]int{i, column}] = no
			last.Last = no
		}
		if last.Admission == boxoffice.Reserved {
			line++
		}
	}
	for range level + 1 {
		d.plan.Levels = append(d.plan.Levels, boxoffice.Level{Lines: line, Columns: 80})
	}
	d.plan.Zones = make([]boxoffice.Zone, zone+1)
	return d
}

// with is the drawing with the chosen places as «#».
func (d *drawing) with(places []boxoffice.PlaceNo) string {
	rows := make([]string, len(d.rows))
	for i, text := range d.rows {
		b := []byte(text)
		for column := range b {
			for _, no := range places {
				if d.at[[2]int{i, column}] == no {
					b[column] = '#'
				}
			}
		}
		rows[i] = string(b)
	}
	return strings.Join(rows, "\n")
}

func (d *drawing) best(req Request, most int) []Choice {
	req.Near = d.near
	return Prepare(d.plan).Best(d.free, req, most)
}

// anywhere asks for seats in any zone and section.
func anywhere(seats int) Request { return Request{Seats: seats, Zone: -1, Section: -1} }

// rule is a house, a question and the answer: a drawing with # where the best
// choice is, or none.
type rule struct {
	name string
	rows []string
	req  Request
	want []string
	why  string
}

func check(t *testing.T, rules []rule) {
	t.Helper()
	for _, c := range rules {
		t.Run(c.name, func(t *testing.T) {
			d := draw(c.rows...)
			got := d.best(c.req, 1)
			if len(c.want) == 0 {
				if len(got) != 0 {
					t.Fatalf("got\n%s\n(%s), want none", d.with(got[0].Places), got[0].Why)
				}
				return
			}
			if len(got) == 0 {
				t.Fatalf("got none, want\n%s", strings.Join(c.want, "\n"))
			}
			if drawn, want := d.with(got[0].Places), strings.Join(c.want, "\n"); drawn != want {
				t.Errorf("got\n%s\n(%s)\nwant\n%s", drawn, got[0].Why, want)
			}
			if c.why != "" && got[0].Why != c.why {
				t.Errorf("why is %q, want %q", got[0].Why, c.why)
			}
		})
	}
}

package planfile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// level is a part of the house that is shown at a time.
type level struct {
	name     string
	said     bool // the name is the file's
	sections []*section
	areas    []*area
	names    []string     // of what is on it, as the file has them
	has      map[int]bool // by index of section

	lines, columns int
}

func (l *level) add(i int, name string) {
	if l.has == nil {
		l.has = map[int]bool{}
	}
	l.has[i] = true
	if !slices.Contains(l.names, name) {
		l.names = append(l.names, name)
	}
}

// levels puts sections that were drawn on top of each other on different levels,
// and numbers the levels in the order of the file.
func (d *draft) levels(report *Report) []*level {
	var levels []*level
	named := func(name string) *level {
		for _, l := range levels {
			if l.said && l.name == name {
				return l
			}
		}
		l := &level{name: name, said: name != ""}
		levels = append(levels, l)
		return l
	}
	over := d.overlaps()
	loose := 0
	for i, s := range d.sections {
		var l *level
		switch {
		case s.level != "":
			l = named(s.level)
		case s.loose && loose < mostLoose:
			loose++
			l = named("")
		case s.loose:
			l = levels[len(levels)-1]
		default:
			if l = freeLevel(levels, over[i]); l == nil {
				l = named("")
			}
		}
		l.sections = append(l.sections, s)
		l.add(i, s.drawn)
	}
	var standing *level
	for _, a := range d.areas {
		l := standing
		if a.level != "" {
			l = named(a.level)
		} else if l == nil {
			l = named("")
			standing = l
		}
		l.areas = append(l.areas, a)
		l.add(-1, a.name)
	}
	if len(levels) > mostLevels {
		report.refuse("too many levels", "", "", fmt.Sprintf("the plan has %d levels; the most is %d", len(levels), mostLevels), "check what says the level, and what lies on top of each other")
		return nil
	}
	d.nameLevels(levels)
	var drawn []string
	for n, l := range levels {
		for _, s := range l.sections {
			s.upTo = n
		}
		for _, a := range l.areas {
			a.upTo = n
		}
		if !l.said && len(l.sections) > 0 && !l.sections[0].loose {
			drawn = append(drawn, quote(l.name))
		}
	}
	if len(drawn) > 1 {
		report.note("levels", "", "", "parts of the house are drawn on top of each other", fmt.Sprintf("made %d levels of them: %s", len(drawn), strings.Join(drawn, ", ")))
	}
	return levels
}

// Loose sections make levels of their own up to mostLoose; the rest share the
// last. No screen has room for more tabs than mostLevels.
const (
	mostLoose  = 24
	mostLevels = 100
)

// freeLevel returns the first level that has nothing in the way, nil if none.
func freeLevel(levels []*level, inTheWay []int) *level {
	for _, l := range levels {
		if l.said || len(l.sections) == 0 || l.sections[0].loose {
			continue
		}
		if !slices.ContainsFunc(inTheWay, func(i int) bool { return l.has[i] }) {
			return l
		}
	}
	return nil
}

// nameLevels names the levels that the file does not: by what is on them.
func (d *draft) nameLevels(levels []*level) {
	taken := map[string]bool{}
	for _, l := range levels {
		if l.said {
			taken[l.name] = true
		}
	}
	next := naming{}
	for _, l := range levels {
		if l.said {
			continue
		}
		name := join(l.names, len(l.names))
		if len(l.names) > 1 && len(name) > 32 {
			name = l.names[0] + " + " + strconv.Itoa(len(l.names)-1) + " more"
			if len(l.names) == 2 && len(l.names[0])+len(l.names[1]) < nameLength-3 {
				name = l.names[0] + " + " + l.names[1]
			}
		}
		l.name = next.counted(tidy(name, nameLength), nameLength, taken)
		taken[l.name] = true
	}
}

// join lists the first few words.
func join(words []string, few int) string {
	list := ""
	for i, w := range words {
		if i == few {
			return list + fmt.Sprintf(" and %d more", len(words)-few)
		}
		if i > 0 {
			list += " + "
		}
		list += w
	}
	return list
}

// overlaps returns for each section those before it that it is drawn on top of:
// that have seats closer than three quarters of a seat to a twentieth of its own.
func (d *draft) overlaps() [][]int {
	over := make([][]int, len(d.sections))
	var all []*row
	for _, s := range d.sections {
		if !s.loose {
			all = append(all, s.rows...)
		}
	}
	if len(all) == 0 {
		return over
	}
	near := 0.75 * pitch(all)
	type spot struct {
		p       *seat
		section int
	}
	net := map[cell][]spot{}
	for i, s := range d.sections {
		if s.loose {
			continue
		}
		hits := map[int]int{}
		s.each(func(p *seat) {
			c := cellOf(p, near)
			var touched []int
			for dx := int64(-1); dx <= 1; dx++ {
				for dy := int64(-1); dy <= 1; dy++ {
					for _, t := range net[cell{c.x + dx, c.y + dy}] {
						if t.section != i && !slices.Contains(touched, t.section) && distance(p, t.p) < near {
							touched = append(touched, t.section)
						}
					}
				}
			}
			for _, j := range touched {
				hits[j]++
			}
			if len(net[c]) < crowd {
				net[c] = append(net[c], spot{p, i})
			}
		})
		for _, j := range slices.Sorted(maps.Keys(hits)) {
			if hits[j]*20 >= min(s.count(), d.sections[j].count()) {
				over[i] = append(over[i], j)
			}
		}
	}
	return over
}

package planfile

import (
	"fmt"
	"strconv"
	"strings"

	"wicket/boxoffice"
)

// naming finds names that are still free. It remembers how far it has counted,
// so that a thousand seats of one number do not try a thousand names each.
type naming map[string]int

// another returns a label like old that is not taken: C becomes C2, 5 becomes
// 5.2, and with letters 12 becomes 12b, as chair numbers do. It counts for each
// row by itself.
func (next naming) another(row, old string, letters bool, taken func(string) bool) string {
	base := boxoffice.Shorten(old, labelLength-5)
	digit := base != "" && base[len(base)-1] >= '0' && base[len(base)-1] <= '9'
	count := row + "\x00" + base
	for n := max(next[count], 2); ; n++ {
		name := base + strconv.Itoa(n)
		if digit && letters && n <= 26 {
			name = base + string(rune('a'+n-1))
		} else if digit {
			name = base + "." + strconv.Itoa(n)
		}
		if name = boxoffice.Clean(name); !taken(name) {
			next[count] = n + 1
			return name
		}
	}
}

// counted returns name, or name with the first number that makes it free.
func (next naming) counted(name string, length int, taken map[string]bool) string {
	if !taken[name] {
		return name
	}
	base := boxoffice.Shorten(name, length-6)
	for n := max(next[base], 2); ; n++ {
		if name = boxoffice.Clean(base + " " + strconv.Itoa(n)); !taken[name] {
			next[base] = n + 1
			return name
		}
	}
}

// uniqueSections gives every section and GA area a name of its own: by its
// level where that tells them apart, by a number where it does not.
func (d *draft) uniqueSections(report *Report) {
	taken := map[string]bool{}
	next := naming{}
	rename := func(where, name, level string) string {
		free := name
		if taken[free] && level != "" && level != name {
			free = tidy(level+" "+name, nameLength)
		}
		free = next.counted(free, nameLength, taken)
		if taken[free] = true; free != name {
			report.repair("two sections of one name", where, name, "another section has this name", "named "+quote(free))
		}
		return free
	}
	for _, s := range d.sections {
		s.name = rename(s.rows[0].seats[0].where(), s.name, s.level)
	}
	for _, a := range d.areas {
		a.name = rename(a.where, a.name, a.level)
	}
}

// uniqueKeys gives every seat a key of its own: the file's, or where that is
// missing or used before, section-row-seat.
func (d *draft) uniqueKeys(report *Report) {
	type owner struct {
		section *section
		seat    *seat
	}
	first := map[string]owner{}
	for _, s := range d.sections {
		s.each(func(p *seat) {
			if p.key != "" && first[p.key].seat == nil {
				first[p.key] = owner{s, p}
			}
		})
	}
	next := naming{}
	d.keys = make(map[string]bool, len(first))
	for k := range first {
		d.keys[k] = true
	}
	for _, s := range d.sections {
		s.each(func(p *seat) {
			o := first[p.key]
			if o.seat == p {
				return
			}
			old := p.key
			p.key = next.counted(strings.Join([]string{s.name, p.row.label, p.number}, "-"), keyLength, d.keys)
			d.keys[p.key] = true
			if old != "" {
				report.repair("seat id used before", p.where(), p.place(s), fmt.Sprintf("the id %s is that of %s", quote(old), o.seat.place(o.section)), "given the id "+quote(p.key))
			}
		})
	}
}

// mostSections is more than any stadium has, and fewer than a file has whose
// columns were mixed up.
const mostSections = 2000

// limit refuses a house too large to keep.
func (d *draft) limit(report *Report) {
	n := 0
	for _, s := range d.sections {
		n += s.count()
	}
	for _, a := range d.areas {
		n += a.capacity
	}
	if sections := len(d.sections) + len(d.areas); sections > mostSections {
		report.refuse("too many sections", "", "", fmt.Sprintf("the plan has %d sections; the most is %d", sections, mostSections), "check which column or key names the section")
	}
	if n > MaxPlaces {
		report.refuse("too many places", "", "", fmt.Sprintf("the plan has %d places; the most is %d", n, MaxPlaces), "split the house into several plans")
	}
}

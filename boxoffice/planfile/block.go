package planfile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"wicket/boxoffice"
)

// reaches are how far apart, in seats, the rows of one block may be, tried from
// the far end: as few blocks as tell all seats apart.
var reaches = []float64{8, 6, 4, 3, 2.5, 2.2, 2, 1.8, 1.6, 1.4, 1.25}

// splitBlocks makes sections of their own of the blocks of a section that names
// the same row and seat more than once: «B12» must be one chair.
func (d *draft) splitBlocks(report *Report) {
	var split []*section
	taken := map[string]bool{}
	for _, s := range d.sections {
		taken[s.name] = true
	}
	for _, s := range d.sections {
		blocks := s.blocks()
		if len(blocks) < 2 {
			split = append(split, s)
			continue
		}
		n := 0
		for _, rows := range blocks {
			b := &section{where: s.where, drawn: s.drawn, level: s.level, rows: rows}
			base := boxoffice.Shorten(s.name, nameLength-5)
			for n++; taken[boxoffice.Clean(base+" "+strconv.Itoa(n))]; n++ {
			}
			b.name = boxoffice.Clean(base + " " + strconv.Itoa(n))
			split = append(split, b)
		}
		report.repair("blocks with the same rows", s.where, s.name, "rows and seats repeat from block to block",
			fmt.Sprintf("made %d sections of it, %s to %s, from the top left", len(blocks), quote(split[len(split)-len(blocks)].name), quote(split[len(split)-1].name)))
	}
	d.sections = split
}

// blocks returns the blocks of a section that needs them, in reading order; one
// or none where it does not, or where blocks would not help.
func (s *section) blocks() [][]*row {
	repeats := repeated(s.rows)
	if repeats == 0 || s.loose {
		return nil
	}
	rows := s.pieces()
	u := unit(rows)
	var best [][]*row
	fewest := repeats
	for _, reach := range reaches {
		groups := clusters(rows, reach*u)
		left := 0
		for _, g := range groups {
			left += repeated(g)
		}
		if left < fewest {
			best, fewest = groups, left
		}
		if left == 0 {
			break
		}
	}
	// A split that leaves most of the trouble is only more trouble.
	if fewest*2 > repeats {
		return nil
	}
	for _, r := range rows {
		for _, p := range r.seats {
			p.row = r
		}
	}
	s.rows = rows
	return inReadingOrder(best)
}

// pieces takes rows apart that hold several seats of one number, where they are
// drawn apart.
func (s *section) pieces() []*row {
	var rows []*row
	p := pitch(s.rows)
	for _, r := range s.rows {
		if repeated([]*row{r}) == 0 {
			rows = append(rows, r)
			continue
		}
		single := make([]*row, len(r.seats))
		for i, q := range r.seats {
			single[i] = &row{seats: []*seat{q}}
		}
		for _, group := range clusters(single, 1.6*p) {
			part := &row{where: r.where, label: r.label}
			for _, one := range group {
				part.seats = append(part.seats, one.seats[0])
			}
			part.inOrder()
			rows = append(rows, part)
		}
	}
	return rows
}

// repeated counts the seats that have row and number of another.
func repeated(rows []*row) int {
	type name struct{ label, number string }
	n := 0
	taken := map[name]bool{}
	for _, r := range rows {
		for _, p := range r.seats {
			if taken[name{r.label, p.number}] {
				n++
			}
			taken[name{r.label, p.number}] = true
		}
	}
	return n
}

// inReadingOrder sorts blocks as a page is read: bands from the top, each from
// the left.
func inReadingOrder(blocks [][]*row) [][]*row {
	type placed struct {
		rows   []*row
		box    box
		band   int
		bottom float64 // of the band's first block
	}
	all := make([]placed, len(blocks))
	for i, rows := range blocks {
		b := around(rows)
		all[i] = placed{rows: rows, box: b, bottom: b.bottom}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.box.top, b.box.top) })
	for i := 1; i < len(all); i++ {
		all[i].band, all[i].bottom = all[i-1].band, all[i-1].bottom
		if _, y := all[i].box.middle(); y > all[i].bottom {
			all[i].band, all[i].bottom = all[i].band+1, all[i].box.bottom
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.band, b.band), cmp.Compare(a.box.left, b.box.left))
	})
	sorted := make([][]*row, len(all))
	for i, p := range all {
		sorted[i] = p.rows
	}
	return sorted
}

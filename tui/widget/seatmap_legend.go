package widget

import (
	"strings"

	"wicket/boxoffice"
)

// zoneEntry is a zone as the legend names it.
type zoneEntry struct {
	zone        int
	name, price string
}

func (e zoneEntry) width() int {
	n := 2 + boxoffice.Width(e.name)
	if e.price != "" {
		n += 1 + boxoffice.Width(e.price)
	}
	return n
}

// Legend names the zones with their prices, in as few lines of exactly w cells as
// hold them all, at most so many. Where there is little room the gaps get shorter,
// then the word that all names begin with goes («Zone 1» is «1»); what even then has
// no room ends in an ellipsis.
func (m *SeatMap) Legend(w, most int) []string {
	if w = max(w, 0); m.house == nil {
		return []string{strings.Repeat(" ", w)}
	}
	long := make([]zoneEntry, len(m.house.plan.Zones))
	for i, z := range m.house.plan.Zones {
		long[i] = zoneEntry{i, z.Name, m.tariff[i]}
	}
	short := withoutCommonWord(long)
	for lines := 1; lines <= most; lines++ {
		for _, try := range []struct {
			entries []zoneEntry
			gap     int
		}{{long, 3}, {long, 2}, {short, 3}, {short, 2}} {
			if rows, all := rowsOf(try.entries, w, try.gap, lines); all {
				return m.drawLegend(rows, w, try.gap, false)
			}
		}
	}
	rows, _ := rowsOf(short, w-2, 2, most)
	return m.drawLegend(rows, w, 2, true)
}

// rowsOf puts entries into so many lines, and reports whether all have room.
func rowsOf(entries []zoneEntry, w, gap, lines int) (rows [][]zoneEntry, all bool) {
	rows = make([][]zoneEntry, 1, max(1, lines))
	x := 1
	for _, e := range entries {
		if x+e.width() > w && x > 1 && len(rows) < lines {
			rows, x = append(rows, nil), 1
		}
		if x+e.width() > w {
			return rows, false
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], e)
		x += e.width() + gap
	}
	return rows, true
}

func (m *SeatMap) drawLegend(rows [][]zoneEntry, w, gap int, more bool) []string {
	th := m.theme
	c := canvas{theme: th}
	lines := make([]string, len(rows))
	for i, row := range rows {
		c.clear(w)
		x := 1
		for _, e := range row {
			glyph, ink := m.zoneGlyph(e.zone)
			c.glyph(x, ink, glyph)
			c.text(x+2, th.Dim, e.name)
			c.text(x+3+boxoffice.Width(e.name), th.Text, e.price)
			x += e.width() + gap
		}
		if more && i == len(rows)-1 && x < w {
			c.text(x, th.Dim, th.Glyphs.Ellipsis)
		}
		lines[i] = c.String()
	}
	return lines
}

// withoutCommonWord leaves out the word that all names begin with, where something
// is left of each.
func withoutCommonWord(entries []zoneEntry) []zoneEntry {
	if len(entries) < 2 {
		return entries
	}
	word, _, ok := strings.Cut(entries[0].name, " ")
	short := make([]zoneEntry, len(entries))
	for i, e := range entries {
		rest, found := strings.CutPrefix(e.name, word+" ")
		if rest = strings.TrimSpace(rest); !ok || !found || rest == "" {
			return entries
		}
		e.name = rest
		short[i] = e
	}
	return short
}

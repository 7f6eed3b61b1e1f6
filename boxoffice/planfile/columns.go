package planfile

import (
	"bytes"
	"slices"
	"strings"

	"wicket/boxoffice"
)

// column is what a column of a CSV file holds.
type column int

const (
	colSection column = iota
	colRow
	colSeat
	colX
	colY
	colZone
	colFlags
	colLevel
	colCapacity
	colID
)

// columns says which field of a line holds what.
type columns map[column]int

// columnNames are the names that a column may have; the first is its own.
var columnNames = [...][]string{
	colSection:  {"section", "block", "seccion", "sección", "sector", "bloque", "bereich", "bloc"},
	colRow:      {"row", "fila", "reihe", "rang", "rangee", "rangée"},
	colSeat:     {"seat", "seat number", "number", "asiento", "butaca", "platz", "sitz", "siege", "siège", "place"},
	colX:        {"x"},
	colY:        {"y"},
	colZone:     {"zone", "category", "price category", "zona", "categoria", "categoría", "kategorie", "catégorie", "categorie"},
	colFlags:    {"flags", "features"},
	colLevel:    {"level", "floor", "nivel", "planta", "ebene", "niveau"},
	colCapacity: {"capacity", "aforo", "capacidad", "kapazität", "kapazitaet", "capacité", "capacite"},
	colID:       {"id", "key", "guid", "seat guid", "uuid"},
}

// header reads the line that names the columns; nil where it names no seats.
func (r *Report) header(names []string) columns {
	found := columns{}
	for i, raw := range names {
		if raw == "" {
			continue
		}
		name := strings.ToLower(boxoffice.Clean(strings.NewReplacer("_", " ", "-", " ").Replace(raw)))
		c := slices.IndexFunc(columnNames[:], func(known []string) bool { return slices.Contains(known, name) })
		if c < 0 {
			if name != "" {
				r.note("column that is not read", "line 1", "", "the column "+quote(raw), "left out")
			}
			continue
		}
		if _, twice := found[column(c)]; twice {
			r.refuse("the same column twice", "line 1", "", quote(raw)+" is the second column of its kind ("+columnNames[c][0]+")",
				"keep one of the two")
			continue
		}
		found[column(c)] = i
	}
	_, seats := found[colSeat]
	_, areas := found[colCapacity]
	if !seats && !areas {
		r.refuse("no column names", "line 1", "", "the first line names no column seat or capacity",
			"its first line must name the columns: section,row,seat,x,y,zone,flags")
		return nil
	}
	return found
}

// separator returns what stands most often in the first line: a comma, a
// semicolon, a tab or a bar.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

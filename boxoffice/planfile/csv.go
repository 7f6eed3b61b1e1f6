package planfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// readCSV reads a table with one seat, GA area or stage a line; nil where it is
// no such table.
func (r *Report) readCSV(data []byte) *draft {
	t := &table{report: r, draft: &draft{}, sections: map[[2]string]*section{}, rows: map[rowKey]*row{}}
	t.csv = csv.NewReader(bytes.NewReader(data))
	t.csv.Comma = separator(data)
	t.csv.LazyQuotes = true
	t.csv.FieldsPerRecord = -1
	t.csv.ReuseRecord = true
	header, err := t.csv.Read()
	if err != nil {
		r.refuse("not a plan file", "line 1", "", "the first line cannot be read", "its first line must name the columns: section,row,seat,x,y,zone,flags")
		return nil
	}
	if t.columns = r.header(header); t.columns == nil {
		return nil
	}
	for {
		fields, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.refuse("broken CSV", "", "", tidy(err.Error(), 120), "save the table again")
			return nil
		}
		if slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(f, "\n") }) {
			// It would swallow seats until the next one, and nobody would miss them.
			r.refuse("broken CSV", t.where(), "", "a text runs over several lines", "look for a quotation mark without its partner")
			return nil
		}
		if t.record(fields); r.Count(Refused) >= mostRefusals {
			r.refuse("too much is wrong", t.where(), "", errTooMuch.Error(), "check that it is the right file")
			return nil
		}
		if t.places > MaxPlaces {
			r.refuse("too many places", fmt.Sprintf("line %d", t.line()), "", errEnough.Error(), "split the house into several plans")
			return nil
		}
	}
	if len(t.draft.sections)+len(t.draft.areas) == 0 && r.Count(Refused) == 0 {
		r.refuse("no places", "", "", "there is no seat and no GA area in the file", "add a line for each seat")
	}
	return t.draft
}

// table is a CSV file being read.
type table struct {
	csv      *csv.Reader
	report   *Report
	draft    *draft
	columns  columns
	fields   []string
	places   int
	commas   bool // a decimal comma was met
	sections map[[2]string]*section
	rows     map[rowKey]*row
}

type rowKey struct {
	section *section
	label   string
}

func (t *table) line() int {
	line, _ := t.csv.FieldPos(0)
	return line
}

func (t *table) where() string { return fmt.Sprintf("line %d", t.line()) }

// get returns the field of the column; empty where the file or the line has none.
func (t *table) get(c column) string {
	if i, ok := t.columns[c]; ok && i < len(t.fields) {
		return strings.TrimSpace(t.fields[i])
	}
	return ""
}

func (t *table) text(c column, length int) string {
	s := t.get(c)
	if s == "" || len(s) <= labelLength && plain(s) {
		return s
	}
	return t.report.tidied(s, length, t.where)
}

// plain reports whether a short text is fit for the plan as it is; most are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func (t *table) record(fields []string) {
	t.fields = fields
	empty := true
	for _, f := range fields {
		empty = empty && strings.TrimSpace(f) == ""
	}
	if empty {
		return
	}
	number, name, label := t.text(colSeat, labelLength), t.text(colSection, nameLength), t.text(colRow, labelLength)
	category, capacity := t.text(colZone, nameLength), t.get(colCapacity)
	x, y, placed := t.position()
	switch {
	case number == "" && capacity != "":
		a := &area{where: t.where(), name: name, category: category, level: t.text(colLevel, nameLength)}
		a.capacity = t.report.capacity(capacity, a)
		t.draft.areas = append(t.draft.areas, a)
	case number == "" && (saysStage(name) || saysStage(label) || saysStage(category)):
		t.draft.stages = append(t.draft.stages, mark{
			where: t.where(), words: firstOf(name, label, category), x: x, y: y, placed: placed,
			after: len(t.draft.sections)+len(t.draft.areas) > 0,
		})
	case number == "" && !placed:
		t.report.refuse("line that is nothing", t.where(), "", "the line has neither a seat nor a capacity",
			"write the seat's number, or how many a GA area holds, or take the line out")
	default:
		if capacity != "" && capacity != "1" {
			t.report.note("capacity of a seat", t.where(), "", "a seat has the capacity "+quote(capacity), "a seat is one place")
		}
		t.places++
		s := t.section(t.text(colLevel, nameLength), name)
		r := t.rows[rowKey{s, label}]
		if r == nil {
			r = &row{label: label}
			t.rows[rowKey{s, label}] = r
			s.rows = append(s.rows, r)
		}
		q := &seat{row: r, at: t.line(), number: number, category: category, x: x, y: y, placed: placed, key: t.text(colID, keyLength)}
		var unknown []string
		q.features, unknown = features(t.get(colFlags))
		t.report.unknownFlags(unknown, t.where)
		r.seats = append(r.seats, q)
	}
}

// section returns the section of the name on the level. A name may stand on two
// levels: «left» of the stalls, «left» of the circle.
func (t *table) section(level, name string) *section {
	key := [2]string{level, name}
	s := t.sections[key]
	if s == nil {
		s = &section{where: t.where(), name: name, level: level}
		t.sections[key] = s
		t.draft.sections = append(t.draft.sections, s)
	}
	return s
}

func (t *table) position() (x, y float64, placed bool) {
	x, hasX := t.coordinate(colX)
	y, hasY := t.coordinate(colY)
	return x, y, hasX && hasY
}

func (t *table) coordinate(c column) (float64, bool) {
	words := t.get(c)
	if words == "" {
		return 0, false
	}
	if t.csv.Comma != ',' && strings.Count(words, ",") == 1 && !strings.Contains(words, ".") {
		words = strings.Replace(words, ",", ".", 1)
		if !t.commas {
			t.commas = true
			t.report.note("decimal comma", t.where(), "", "numbers are written with a comma", "read as decimals")
		}
	}
	v, err := strconv.ParseFloat(words, 64)
	if err != nil || !sane(v) {
		t.report.repair("position that is none", t.where(), "", quote(words)+" is no place on a drawing", "left out")
		return 0, false
	}
	return v, true
}

package planfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"wicket/boxoffice"
)

// labels lists a plan's seats as people name them.
func labels(p *boxoffice.Plan) string {
	words := make([]string, len(p.Places))
	for i, q := range p.Places {
		words[i] = p.Sections[q.Section].Name + " " + q.Label()
	}
	return strings.Join(words, ", ")
}

func zoneNames(p *boxoffice.Plan) string {
	words := make([]string, len(p.Places))
	for i, q := range p.Places {
		words[i] = p.Zones[q.Zone].Name
	}
	return strings.Join(words, ", ")
}

func keys(p *boxoffice.Plan) string {
	words := make([]string, len(p.Places))
	for i, q := range p.Places {
		words[i] = q.Key
	}
	return strings.Join(words, ", ")
}

func cells(p *boxoffice.Plan) string {
	words := make([]string, len(p.Places))
	for i, q := range p.Places {
		words[i] = fmt.Sprintf("%s@%d.%d", q.Label(), q.Line, q.Column)
	}
	return strings.Join(words, " ")
}

func levelNames(p *boxoffice.Plan) string {
	words := make([]string, len(p.Levels))
	for i, l := range p.Levels {
		words[i] = l.Name
	}
	return strings.Join(words, ", ")
}

func stage(p *boxoffice.Plan) string { return string(p.Stage) }

// pretixSeat is a seat of the editor's.
func pretixSeat(id, number string, x, y float64, category string) string {
	return fmt.Sprintf(`{"seat_guid":%q,"seat_number":%q,"position":{"x":%g,"y":%g},"category":%q}`, id, number, x, y, category)
}

func pretixRow(label string, seats ...string) string {
	return fmt.Sprintf(`{"row_number":%q,"position":{"x":0,"y":0},"seats":[%s]}`, label, strings.Join(seats, ","))
}

func pretixPlan(more string, rows ...string) string {
	return fmt.Sprintf(`{"name":"House","categories":[{"name":"One","color":"#fff"},{"name":"Two","color":"#000"}],%s
"zones":[{"name":"Stalls","position":{"x":0,"y":0},"rows":[%s]}]}`, more, strings.Join(rows, ",\n"))
}

const a1a2 = "section,row,seat,x,y,zone\nS,A,1,0,0,Z\nS,A,2,20,0,Z\n"

func TestDirtIsRepaired(t *testing.T) {
	one := pretixSeat("a1", "1", 0, 0, "One")
	two := pretixSeat("a2", "2", 20, 0, "One")
	for _, c := range []struct {
		name, text string
		severity   Severity
		topic      string
		where      string
		see        func(*boxoffice.Plan) string
		want       string
	}{
		{
			"duplicate ids", pretixPlan("", pretixRow("A", one, pretixSeat("a1", "2", 20, 0, "One"))),
			Repaired, "seat id used before", "zones[0].rows[0].seats[1]", keys, "a1, Stalls-A-2",
		},
		{
			"missing id is the name of another's", pretixPlan("", pretixRow("A", pretixSeat("Stalls-A-2", "1", 0, 0, "One"), pretixSeat("", "2", 20, 0, "One"))),
			Note, "stage", "", keys, "Stalls-A-2, Stalls-A-2 2",
		},
		{
			"the same chair twice", pretixPlan("", pretixRow("A", one, two, two)),
			Repaired, "the same seat twice", "zones[0].rows[0].seats[2]", labels, "Stalls A1, Stalls A2",
		},
		{
			"the same line twice", "section,row,seat\nS,A,1\nS,A,2\nS,A,1\n",
			Repaired, "the same seat twice", "line 4", cells, "A1@0.0 A2@0.1",
		},
		{
			"one number for two chairs", pretixPlan("", pretixRow("A", one, two, pretixSeat("a3", "2", 40, 0, "One"), pretixSeat("a4", "4", 60, 0, "One"))),
			Repaired, "two seats of one number", "zones[0].rows[0].seats[2]", labels, "Stalls A1, Stalls A2, Stalls A2b, Stalls A4",
		},
		{
			"one letter for two rows", pretixPlan("", pretixRow("A", one, two),
				pretixRow("A", pretixSeat("b1", "1", 0, 20, "One"), pretixSeat("b2", "2", 20, 20, "One")),
				pretixRow("B", pretixSeat("c1", "1", 0, 40, "One"), pretixSeat("c2", "2", 20, 40, "One"))),
			Repaired, "two rows of one name", "zones[0].rows[1].seats[0]", labels, "Stalls A1, Stalls A2, Stalls A2-1, Stalls A2-2, Stalls B1, Stalls B2",
		},
		{
			"blocks in one section of a table", "section,row,seat,x,y\nS,A,1,0,0\nS,A,2,20,0\nS,A,1,200,0\nS,A,2,220,0\n",
			Repaired, "blocks with the same rows", "line 2", labels, "S 1 A1, S 1 A2, S 2 A1, S 2 A2",
		},
		{
			"number without quotes", pretixPlan("", pretixRow("A", one, `{"seat_guid":"a2","seat_number":2.0,"position":{"x":20,"y":0},"category":"One"}`)),
			Repaired, "number where text belongs", "zones[0].rows[0].seats[1].seat_number", labels, "Stalls A1, Stalls A2",
		},
		{
			"position in quotes", pretixPlan("", pretixRow("A", one, `{"seat_guid":"a2","seat_number":"2","position":{"x":"20.0","y":0},"category":"One"}`)),
			Repaired, "text where a number belongs", "zones[0].rows[0].seats[1].position.x", cells, "A1@0.0 A2@0.1",
		},
		{
			"huge position", pretixPlan("", pretixRow("A", one, two, `{"seat_guid":"a3","seat_number":"3","position":{"x":1e999,"y":0},"category":"One"}`)),
			Repaired, "position that is none", "zones[0].rows[0].seats[2].position.x", cells, "A1@0.0 A2@0.1 A3@0.2",
		},
		{
			"NaN and Inf", a1a2 + "S,A,3,NaN,Inf,Z\n",
			Repaired, "position that is none", "line 4", cells, "A1@0.0 A2@0.1 A3@0.2",
		},
		{
			"seat without position", "section,row,seat,x,y\nS,A,1,,\nS,A,2,20,0\nS,A,3,40,0\nS,A,4,60,0\n",
			Repaired, "seat without a position", "line 2", cells, "A1@0.0 A2@0.1 A3@0.2 A4@0.3",
		},
		{
			"row without positions", "section,row,seat,x,y\nS,A,1,0,0\nS,A,2,20,0\nS,B,1,,\nS,B,2,,\n",
			Repaired, "row without positions", "line 4", cells, "A1@0.0 A2@0.1 B1@1.0 B2@1.1",
		},
		{
			"all on one spot", "section,row,seat,x,y\nS,A,1,0,0\nS,A,2,0,0\nS,B,1,0,0\nS,B,2,0,0\n",
			Repaired, "seats on one spot", "line 2", cells, "A1@0.0 A2@0.1 B1@1.0 B2@1.1",
		},
		{
			"seat without number", a1a2 + "S,A,,40,0,Z\n",
			Repaired, "seat without a number", "line 4", labels, "S A1, S A2, S A3",
		},
		{
			"rows without name that repeat", pretixPlan("", pretixRow("", one, two), pretixRow("", pretixSeat("b1", "1", 0, 20, "One"))),
			Repaired, "rows without a name", "zones[0].rows[0].seats[0]", labels, "Stalls 1-1, Stalls 1-2, Stalls 2-1",
		},
		{
			"row without name", pretixPlan("", pretixRow("", one, two)),
			Note, "rows without a name", "zones[0].rows[0].seats[0]", labels, "Stalls 1, Stalls 2",
		},
		{
			"tables without rows", "section,seat,x,y\nS,1,0,0\nS,2,20,0\nS,3,0,20\nS,4,20,20\n",
			Note, "rows without a name", "line 2", cells, "1@0.0 2@0.1 3@1.0 4@1.1",
		},
		{
			"row without seats", pretixPlan("", pretixRow("A", one, two), pretixRow("B")),
			Note, "row without seats", "zones[0].rows[1]", labels, "Stalls A1, Stalls A2",
		},
		{
			"neither rows nor numbers", pretixPlan("", pretixRow("", pretixSeat("a", "", 0, 0, "One"), pretixSeat("b", "", 20, 0, "One"))),
			Note, "seats without row and number", "zones[0]", labels, "Stalls , Stalls ",
		},
		{
			"category nobody declared", pretixPlan("", pretixRow("A", one, pretixSeat("a2", "2", 20, 0, "Gold"))),
			Repaired, "category that is not declared", "zones[0].rows[0].seats[1]", zoneNames, "One, Gold",
		},
		{
			"category nobody has", pretixPlan("", pretixRow("A", one, two)),
			Note, "category without places", "categories", zoneNames, "One, One",
		},
		{
			"seat without category", pretixPlan("", pretixRow("A", one, pretixSeat("a2", "2", 20, 0, ""))),
			Repaired, "seat without a category", "zones[0].rows[0].seats[1]", zoneNames, "One, One",
		},
		{
			"section without category", "section,row,seat,zone\nS,A,1,Z\nT,A,1,\n",
			Note, "no categories", "line 3", zoneNames, "Z, T",
		},
		{
			"no categories at all", "section,row,seat\nS,A,1\nT,A,1\n",
			Note, "no categories", "", zoneNames, "S, T",
		},
		{
			"no categories, many sections", manyLines("section,row,seat\n", "S%d,A,1\n", manyZones+1),
			Note, "no categories", "", func(p *boxoffice.Plan) string { return fmt.Sprint(p.Zones) }, "[{All seats}]",
		},
		{
			"no section names", "row,seat\nA,1\nA,2\n",
			Repaired, "section without a name", "line 2", labels, "House A1, House A2",
		},
		{
			"one section name on two levels", "level,section,row,seat\nStalls,left,A,1\nCircle,left,A,1\n",
			Repaired, "two sections of one name", "line 3", labels, "left A1, Circle left A1",
		},
		{
			"extra keys", pretixPlan(`"segment_breaks":[1,{"deep":[2]}],`, pretixRow("A", one, two)),
			Note, "key that is not read", "segment_breaks", labels, "Stalls A1, Stalls A2",
		},
		{
			"fractions where whole numbers belong", pretixPlan(`"size":{"width":970.5,"height":730},`, pretixRow("A", one, two)),
			Note, "fraction where a whole number belongs", "size.width", labels, "Stalls A1, Stalls A2",
		},
		{
			"wheelchairs in extra keys", pretixPlan("", pretixRow("A", `{"seat_number":"1","position":{"x":0,"y":0},"category":"One","wheelchair":true}`, two)),
			Note, "wheelchair space without a companion", "", labels, "Stalls A1, Stalls A2",
		},
		{
			"flags nobody knows", "section,row,seat,flags\nS,A,1,wheelchair;sofa\nS,A,2,companion|restricted\n",
			Note, "flag nobody knows", "line 2", func(p *boxoffice.Plan) string {
				return fmt.Sprint(p.Places[0].Features == boxoffice.Wheelchair, p.Places[1].Features == boxoffice.Companion|boxoffice.RestrictedView)
			}, "true true",
		},
		{
			"escape sequences", "section,row,seat\n\"Sta\x1b[31mlls\a\",A,1\n",
			Repaired, "text that does not show as written", "line 2", labels, "Stalls A1",
		},
		{
			"text that turns around", pretixPlan("", pretixRow("A\u202e", one, two)),
			Repaired, "text that does not show as written", "zones[0].rows[0].row_number", labels, "Stalls A1, Stalls A2",
		},
		{
			"another character set", "section,row,seat\nB\xfchne links,A,1\n",
			Repaired, "another character set", "", labels, "Bühne links A1",
		},
		{
			"UTF-16", utf16LE("section;row;seat\r\nParterre;A;1\r\n"),
			Note, "another character set", "", labels, "Parterre A1",
		},
		{
			"byte order mark, line ends, semicolons and decimal commas", "\ufeffseat;row;section;x;y\r\n1;A;S;0,5;0\r\n2;A;S;20,5;0\r\n\r\n;;;;\r\n",
			Note, "decimal comma", "line 2", cells, "A1@0.0 A2@0.1",
		},
		{
			"column nobody knows", "section,row,seat,price\nS,A,1,20\n",
			Note, "column that is not read", "line 1", labels, "S A1",
		},
		{
			"sorted as text", "section,row,seat\nS,A,1\nS,A,10\nS,A,2\nS,A,3\n",
			Note, "order of the file", "line 2", cells, "A1@0.0 A2@0.1 A3@0.2 A10@0.3",
		},
		{
			"odd numbers, then even", "section,row,seat\nS,A,1\nS,A,3\nS,A,5\nS,A,2\nS,A,4\n",
			Note, "order of the file", "line 2", cells, "A4@0.0 A2@0.1 A1@0.2 A3@0.3 A5@0.4",
		},
		{
			"no positions", "section,row,seat\nS,A,4\nS,A,2\nS,A,1\nS,A,3\nT,A,1\n",
			Note, "no positions", "line 2", func(p *boxoffice.Plan) string { return cells(p) + "; " + levelNames(p) }, "A4@0.0 A2@0.1 A1@0.2 A3@0.3 A1@0.0; S, T",
		},
		{
			"levels drawn over each other", "section,row,seat,x,y\nS,A,1,0,0\nS,A,2,20,0\nT,A,1,5,5\nT,A,2,25,5\n",
			Note, "levels", "", levelNames, "S, T",
		},
		{
			"level of no zone", pretixPlan(`"wicket":{"levels":{"Stall":"Down"}},`, pretixRow("A", one, two)),
			Note, "level of no zone", "wicket.levels.Stall", levelNames, "Stalls",
		},
		{
			"stage by the first rows", "section,row,seat\nS,C,1\nS,B,1\nS,A,1\n",
			Note, "stage", "", stage, "bottom",
		},
		{
			"stage by a text in the drawing", strings.Replace(pretixPlan("", pretixRow("A", one, two)), `"rows"`,
				`"areas":[{"shape":"text","position":{"x":10,"y":90},"text":{"text":"B Ü H N E","position":{"x":0,"y":0}}}],"rows"`, 1),
			Note, "stage", "zones[0].areas[0]", stage, "bottom",
		},
		{
			"stage by a zone", strings.Replace(pretixPlan("", pretixRow("A", one, two)), `"zones":[`,
				`"zones":[{"name":"Escenario","position":{"x":0,"y":-50},"rows":[]},`, 1),
			Note, "stage", "zones[0]", stage, "top",
		},
		{
			"stage in a table, after the seats", "section,row,seat,capacity\nFloor,,,400\nStage,,,\n",
			Note, "stage", "line 3", stage, "bottom",
		},
		{
			"stage that is no edge", pretixPlan(`"wicket":{"stage":"left"},`, pretixRow("A", one, two)),
			Repaired, "stage nobody knows", "wicket.stage", stage, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan, report := mustRead(t, "house", c.text)
			if got := c.see(plan); got != c.want {
				t.Errorf("the plan has\n  %s, want\n  %s", got, c.want)
			}
			if !slices.ContainsFunc(report.Findings, func(f Finding) bool {
				return f.Severity == c.severity && f.Topic == c.topic && f.Where == c.where
			}) {
				t.Errorf("no finding %s %q at %q in\n%s", c.severity, c.topic, c.where, strings.Join(report.Lines(9), "\n"))
			}
		})
	}
}

func utf16LE(s string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestWhatCannotBeRepairedIsRefused(t *testing.T) {
	one := pretixSeat("a1", "1", 0, 0, "One")
	for _, c := range []struct{ name, text, topic, where, words string }{
		{"empty", " \r\n", "empty file", "", "the file is empty"},
		{"spreadsheet", "PK\x03\x04...", "not a plan file", "", "save the plan as"},
		{"web page", "<!doctype html>", "not a plan file", "", "a web page"},
		{"not text", "a\x00b", "not a plan file", "", "not text"},
		{"another table", "name,mail,phone\nAna,a@b.c,1\n", "no column names", "line 1", "names no column seat"},
		{"two columns of a kind", "seat,number,row\n1,1,A\n", "the same column twice", "line 1", "keep one"},
		{"header alone", "section,row,seat\n", "no places", "", "no seat"},
		{"a line that is nothing", "section,row,seat\nS,A,1\nS,A,\n", "line that is nothing", "line 3", "neither a seat nor a capacity"},
		{"a quotation mark without its partner", "section,row,seat\nS,A,1\n\"S,A,2\nS,A,3\n", "broken CSV", "line 3", "runs over several lines"},
		{"capacity zero", "section,seat,capacity\nFloor,,0\n", "capacity that makes no sense", "line 2", "«0»"},
		{"capacity of millions", "section,seat,capacity\nFloor,,99999999\n", "capacity that makes no sense", "line 2", "1 to 100000"},
		{"half a place", pretixPlan(`"wicket":{"ga":[{"name":"Floor","capacity":0.5}]},`, pretixRow("A", one)), "capacity that makes no sense", "wicket.ga[0]", "«0.5»"},
		{"no capacity", pretixPlan(`"wicket":{"ga":[{"name":"Floor"}]},`, pretixRow("A", one)), "capacity that makes no sense", "wicket.ga[0]", "no capacity"},
		{"together too many", "section,seat,capacity\nFloor,,60000\nRing,,60000\n", "too many places", "", "120000 places"},
		{"broken JSON", "{\n \"name\": \"x\",,\n}", "broken JSON", "line 2, column 13", "invalid character"},
		{"half a file", `{"name":"x","zones":[{"name":"a"`, "broken JSON", "line 1, column 32", "ends in the middle"},
		{"something behind it", `{"zones":[]} {}`, "broken JSON", "line 1, column 14", "follows the end"},
		{"a list", `[1,2]`, "value of the wrong kind", "the whole file", "a list stands where an object"},
		{"rows that are none", `{"zones":[{"name":"S","rows":"A"}]}`, "value of the wrong kind", "zones[0].rows", "the text «A» stands where a list"},
		{"deep nesting", `{"x":` + strings.Repeat("[", 100_000), "broken JSON", "line 1, column 69", "nested too deep"},
		{"other JSON", `{"name":"an event","date":"2026-11-27"}`, "no zones", "zones", "not an event"},
		{"no seats", pretixPlan("", pretixRow("A")), "no places", "", "no seat"},
		{"seats twice in a row", `{"zones":[{"rows":[{"row_number":"A","seats":[],"seats":[]}]}]}`, "the same key twice", "zones[0].rows[0].seats", "keep one"},
		{"too many seats", "section,row,seat\n" + strings.Repeat("S,A,1\n", MaxPlaces+1), "too many places", fmt.Sprintf("line %d", MaxPlaces+2), "more than 100000"},
		{"too many rows", `{"zones":[{"rows":[` + strings.Repeat("{},", MaxPlaces+1) + `{}]}]}`, "too many places", fmt.Sprintf("zones[0].rows[%d]", MaxPlaces), "more than 100000"},
		{"a section a line", manyLines("section,row,seat\n", "S%d,A,1\n", 3000), "too many sections", "", "3000 sections"},
		{"nothing but mistakes", "section,row,seat\n" + strings.Repeat("S,A,\n", 5000), "too much is wrong", "line 1001", "right file"},
		{"a zone a line", manyLines("section,row,seat,zone\n", "S,A,%[1]d,Z%[1]d\n", 300), "too many zones", "", "300 zones"},
		{"a level a line", manyLines("section,level,capacity\n", "S%[1]d,L%[1]d,1\n", 150), "too many levels", "", "150 levels"},
		{"a map for nobody", manyLines("section,row,seat,x,y\n", "S,A,%[1]d,%[1]d,0\n", 3000) + manyLines("", "S,B%[1]d,1,0,%[1]d0\n", 3000), "map too large", "line 2", "split the house"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan, report, err := Read("house", strings.NewReader(c.text))
			var refused *RefusedError
			if plan != nil || !errors.As(err, &refused) || boxoffice.KindOf(err) != boxoffice.KindInvalid {
				t.Fatalf("Read = %v, %v; want it refused", plan, err)
			}
			if !slices.ContainsFunc(refused.Refusals, func(f Finding) bool {
				return f.Topic == c.topic && f.Where == c.where && strings.Contains(f.Error(), c.words)
			}) {
				t.Errorf("no refusal %q at %q with %q in\n%v", c.topic, c.where, c.words, err)
			}
			if report.Count(Refused) != len(refused.Refusals) {
				t.Errorf("the report has %d refusals, the error %d", report.Count(Refused), len(refused.Refusals))
			}
		})
	}
}

func manyLines(header, line string, n int) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		fmt.Fprintf(&b, line, i+1)
	}
	return b.String()
}

// A file may be endless; reading must not be.
func TestReadingIsBounded(t *testing.T) {
	endless := &endlessReader{}
	_, _, err := Read("200 MB", endless)
	if err == nil || !strings.Contains(err.Error(), "larger than 32 MiB") {
		t.Errorf("Read = %v, want that the file is too large", err)
	}
	if endless.read > MaxBytes+1<<20 {
		t.Errorf("%d bytes were read", endless.read)
	}
}

type endlessReader struct{ read int }

func (r *endlessReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	r.read += len(p)
	return len(p), nil
}

func TestEveryRefusalIsTold(t *testing.T) {
	_, _, err := Read("house.csv", strings.NewReader(manyLines("section,seat,capacity\n", "Floor %d,,none\n", 5)))
	var refused *RefusedError
	if !errors.As(err, &refused) || len(refused.Refusals) != 5 {
		t.Fatalf("Read = %v, want five refusals", err)
	}
	var one Finding
	if !errors.As(err, &one) || one.Where != "line 2" {
		t.Errorf("the first wrapped refusal is %v", one)
	}
	if words := err.Error(); !strings.HasPrefix(words, "cannot read house.csv as a seating plan") || !strings.HasSuffix(words, "and 2 more") {
		t.Errorf("the error says %q", words)
	}
}

func TestManyFindingsAreSummedUp(t *testing.T) {
	var seats []string
	for i := range 315 {
		seats = append(seats, pretixSeat("same", fmt.Sprint(i+1), float64(i)*20, 0, "One"))
	}
	_, report := mustRead(t, "house", pretixPlan("", pretixRow("A", seats...)))
	lines := strings.Join(report.Lines(2), "\n")
	for _, want := range []string{
		"repaired  seat id used before: 314 times\n",
		"zones[0].rows[0].seats[1] (Stalls, row A, seat 2): the id «same» is that of Stalls, row A, seat 1; given the id «Stalls-A-2»",
		"and 312 more",
	} {
		if !strings.Contains(lines, want) {
			t.Errorf("there is no %q in\n%s", want, lines)
		}
	}
	if report.Count(Repaired) != 314 || len(report.Findings) < 314 {
		t.Errorf("%d repairs are counted, %d findings listed", report.Count(Repaired), len(report.Findings))
	}
}

func TestGAAndLevels(t *testing.T) {
	plan, _ := mustRead(t, "house", pretixPlan(`"wicket":{"stage":"top","levels":{"Stalls":"Upstairs"},
		"ga":[{"name":"Floor","zone":"Standing","capacity":3,"level":"Downstairs"},{"name":"Ring","zone":"One","capacity":2,"level":"Upstairs"}]},`,
		pretixRow("A", pretixSeat("a1", "1", 0, 0, "Two"))))
	if got := levelNames(plan); got != "Upstairs, Downstairs" {
		t.Errorf("levels are %s", got)
	}
	if got := zoneNames(plan); got != "Two, Standing, Standing, Standing, One, One" {
		t.Errorf("zones are %s", got)
	}
	if plan.Stage != boxoffice.EdgeTop {
		t.Errorf("stage is at %q", plan.Stage)
	}
	floor := plan.Sections[1]
	if floor.Name != "Floor" || floor.Admission != boxoffice.GeneralAdmission || floor.Capacity() != 3 || floor.First != 2 {
		t.Errorf("the floor is %+v", floor)
	}
}

package seating

import (
	"testing"

	"wicket/boxoffice"
)

func TestTogether(t *testing.T) {
	check(t, []rule{
		{
			"the middle, a little back",
			[]string{"........", "........", "........", "........", "........"},
			anywhere(2),
			[]string{"........", "...##...", "........", "........", "........"},
			"together, row centre, no single left",
		},
		{"together at the side before apart in the middle", []string{"..xx.x.x..."}, anywhere(3), []string{"..xx.x.x###"}, "together, fills a gap, no single left"},
		{
			"together at the back before across an aisle in front",
			[]string{"... ..x", "xxx xxx", "xxx xxx", "xxxxxxx", "...xxxx"},
			anywhere(3),
			[]string{"### ..x", "xxx xxx", "xxx xxx", "xxxxxxx", "...xxxx"},
			"",
		},
		{"one", []string{"x.x.....x"}, anywhere(1), []string{"x.x#....x"}, "one seat, row centre, no single left"},
		{"restricted view last", []string{"..rr.."}, anywhere(2), []string{"##rr.."}, ""},
		{"none", []string{"x..x"}, anywhere(3), nil, ""},
		{"more than the house", []string{".."}, anywhere(3), nil, ""},
	})
}

func TestOrphans(t *testing.T) {
	check(t, []rule{
		{"off the middle so that none is left", []string{"x.....x"}, anywhere(3), []string{"x###..x"}, "together, row centre, no single left"},
		{"a wall and an aisle are ends", []string{"... ..."}, anywhere(2), []string{".## ..."}, "together, leaves one single (no better left)"},
		{"fill a gap in the next row", []string{"x..x..x", "x...xxx"}, anywhere(2), []string{"x##x..x", "x...xxx"}, ""},
		{"relaxes", []string{"x...x"}, anywhere(2), []string{"x##.x"}, "together, row centre, leaves one single (no better left)"},
		{"both sides", []string{"x....x", "xxxxxx"}, anywhere(2), []string{"x##..x", "xxxxxx"}, ""},
		{"a row back without before a row here with", []string{"x...x", "x..xx"}, anywhere(2), []string{"x...x", "x##xx"}, ""},
		{"a wheelchair place is a wall", []string{"wc....", "xx...."}, anywhere(3), []string{"wc###.", "xx...."}, "together, row centre, leaves one single (no better left)"},
		{"zone before orphan", []string{"x...x", "zone", "x....x"}, anywhere(2), []string{"x.##x", "zone", "x....x"}, ""},
		{"a seat already alone is no new orphan", []string{"x.x..x.x"}, anywhere(2), []string{"x.x##x.x"}, "together, row centre, fills a gap, no single left"},
	})
}

func TestAcrossAnAisle(t *testing.T) {
	check(t, []rule{
		{"across before behind", []string{"x... ..x", "x... xxx"}, anywhere(5), []string{"x### ##x", "x... xxx"}, "3 + 2 across an aisle in row A, no single left"},
		{"even", []string{"..... ....."}, anywhere(6), []string{"..### ###.."}, ""},
		{"orphan before even", []string{".... ...."}, anywhere(6), []string{"#### ##.."}, ""},
		{"two singles", []string{"x. .x", "xxxxx"}, anywhere(2), []string{"x# #x", "xxxxx"}, "two singles across an aisle in row A, no single left"},
		{"nobody alone", []string{"x... .xxx", "xxxxxxxxx", "x..x..xxx"}, anywhere(4), []string{"x... .xxx", "xxxxxxxxx", "x##x##xxx"}, "2 + 2 in row C, nothing together left"},
		{"not over a hall", []string{"..      ..", "xx        ", "..        "}, anywhere(4), []string{"##      ..", "xx        ", "##        "}, ""},
	})
}

func TestNeighbouringRows(t *testing.T) {
	check(t, []rule{
		{"seven as 4 + 3", []string{"x....x", "x...xx", "x.x.x."}, anywhere(7), []string{"x####x", "x###xx", "x.x.x."}, "4 + 3 in rows A and B, one behind the other, no single left"},
		{
			"before scattered singles in front",
			[]string{".x.x.x.x.x.x.", "xx....xxxxxxx", "xxx...xxxxxxx"},
			anywhere(7),
			[]string{".x.x.x.x.x.x.", "xx####xxxxxxx", "xxx###xxxxxxx"},
			"",
		},
		{"overlapping before apart", []string{"xx..xxxx", "....xxx.", "xxxxxxx."}, anywhere(6), []string{"xx##xxxx", "####xxx.", "xxxxxxx."}, ""},
		{"three rows for nine", []string{"x...x", "x...x", "x...x"}, anywhere(9), []string{"x###x", "x###x", "x###x"}, "3 + 3 + 3 in rows A, B and C, nothing together left"},
		{"two behind each other before two in the same row", []string{"x.x.x", "x.xxx"}, anywhere(2), []string{"x#x.x", "x#xxx"}, "two singles in rows A and B, one behind the other, no single left"},
	})
}

func TestScattered(t *testing.T) {
	check(t, []rule{
		{"two singles", []string{"x.x.xxx"}, anywhere(2), []string{"x#x#xxx"}, "two singles in row A, nothing together left"},
		{"the nearest", []string{".x.x.xxxxxx.x.xxxxxx.xxx."}, anywhere(2), []string{".x.x.xxxxxx#x#xxxxxx.xxx."}, ""},
		{"a pair before singles", []string{"x.x.x.x..x"}, anywhere(3), []string{"x.x.x#x##x"}, ""},
		{"all that is left", []string{".x", "x.", "=", ".x"}, anywhere(3), []string{"#x", "x#", "=", "#x"}, ""},
	})
}

func TestZonesAndSections(t *testing.T) {
	house := []string{"x..x", "zone", "....", "==", "zone", "...."}
	in := func(seats, zone, section int, zones ...bool) Request {
		return Request{Seats: seats, Zone: zone, Section: section, Zones: zones}
	}
	check(t, []rule{
		{"the first zone", house, in(2, -1, -1), []string{"x##x", "zone", "....", "==", "zone", "...."}, ""},
		{"the zone asked for", house, in(2, 1, -1), []string{"x..x", "zone", "##..", "==", "zone", "...."}, ""},
		{"the section asked for", house, in(2, -1, 1), []string{"x..x", "zone", "....", "==", "zone", "##.."}, ""},
		{"both, which no place is", house, in(2, 1, 1), nil, ""},
		{"a zone with a price", house, in(2, -1, -1, false, false, true), []string{"x..x", "zone", "....", "==", "zone", "##.."}, ""},
		{"no prices said for the last zone", house, in(4, -1, -1, false, true), []string{"x..x", "zone", "####", "==", "zone", "...."}, ""},
		{"a zone without a price, asked for", house, in(2, 0, -1, false, true), nil, ""},
		{"no such zone", house, in(2, 7, -1), nil, ""},
		{"together in a later zone before apart in the first", house, in(4, -1, -1), []string{"x..x", "zone", "####", "==", "zone", "...."}, ""},
		{"zone never relaxed", house, in(3, 0, -1), nil, ""},
		{"levels in order", []string{"xxx..x", "==", "......"}, in(2, -1, -1), []string{"xxx##x", "==", "......"}, ""},
	})
}

func TestStanding(t *testing.T) {
	check(t, []rule{
		{"in order", []string{"standing x.x..."}, anywhere(3), []string{"standing x#x##."}, "standing"},
		{"the first section with room", []string{"standing x.x", "standing ...."}, anywhere(2), []string{"standing x.x", "standing ##.."}, "standing"},
		{"a seat before standing", []string{"standing ...", "...."}, anywhere(2), []string{"standing ...", "##.."}, ""},
		{"standing before seats apart", []string{".x.x.", "standing ..."}, anywhere(2), []string{".x.x.", "standing ##."}, "standing"},
		{"the two sections left", []string{"standing x..", "standing .."}, anywhere(4), []string{"standing x##", "standing ##"}, ""},
		{"too few", []string{"standing x.."}, anywhere(3), nil, ""},
	})
}

func TestWheelchairs(t *testing.T) {
	party := Request{Seats: 4, Wheelchairs: 1, Companions: 1, Zone: -1, Section: -1}
	check(t, []rule{
		{"a space, its companion and two nearest", []string{"........", "wc......", "........"}, party, []string{"........", "####....", "........"}, "wheelchair space, companion beside, all side by side"},
		{"the space whose companion is free", []string{"wCx.....cw"}, party, []string{"wCx...####"}, ""},
		{"on both sides", []string{"x.wc.x", "......"}, party, []string{"x####x", "......"}, ""},
		{"nearest together where none is beside", []string{"wcxx....", "x..xx..."}, party, []string{"##xx....", "x##xx..."}, "wheelchair space, companion beside, two nearest"},
		{"the companion place at the side of the rest", []string{"cwc..x"}, party, []string{"c####x"}, ""},
		{"singly", []string{"wcx.x.xx"}, party, []string{"##x#x#xx"}, ""},
		{"an ordinary seat is no companion place", []string{"wC......"}, party, nil, ""},
		{"a companion place is no ordinary seat", []string{"wccc"}, party, nil, ""},
		{"the rest standing", []string{"wc", "standing x..."}, party, []string{"##", "standing x##."}, "wheelchair space, companion beside, the rest standing"},
		{"never for others", []string{"wcx.", "wc.."}, anywhere(4), nil, ""},
		{"never for others, however near", []string{"x.wc.x", "x....x"}, anywhere(2), []string{"x.wc.x", "x##..x"}, ""},
		{"two companions", []string{"wcc.", "...."}, Request{Seats: 3, Wheelchairs: 1, Companions: 2, Zone: -1, Section: -1}, []string{"###.", "...."}, "wheelchair space, two companions beside"},
		{"two spaces", []string{"wcxxcw", "wc...."}, Request{Seats: 4, Wheelchairs: 2, Companions: 2, Zone: -1, Section: -1}, []string{"##xxcw", "##...."}, ""},
		{"alone", []string{"wc..", "...."}, Request{Seats: 1, Wheelchairs: 1, Zone: -1, Section: -1}, []string{"#c..", "...."}, "wheelchair space"},
		{"a companion place by itself", []string{"wc..", "...."}, Request{Seats: 1, Companions: 1, Zone: -1, Section: -1}, []string{"w#..", "...."}, "companion place"},
		{"in the zone asked for", []string{"wc..", "zone", "wc.."}, Request{Seats: 3, Wheelchairs: 1, Companions: 1, Zone: 1, Section: -1}, []string{"wc..", "zone", "###."}, ""},
		{"a companion elsewhere where no other is left", []string{"wx", "xx", "xc"}, Request{Seats: 2, Wheelchairs: 1, Companions: 1, Zone: -1, Section: -1}, []string{"#x", "xx", "x#"}, "wheelchair space, companion not beside (no better left)"},
	})
}

func TestBesideTheBasket(t *testing.T) {
	check(t, []rule{
		{"beside", []string{"........", "..nn....", "........"}, anywhere(1), []string{"........", "..nn#...", "........"}, "one seat, row centre, beside the others, no single left"},
		{"beside, even in another zone", []string{"....", "....", "zone", "nn.x", "...."}, anywhere(1), []string{"....", "....", "zone", "nn#x", "...."}, ""},
		{"across the aisle or behind", []string{"......", "xxx...", "nn xx.", "..x..."}, anywhere(2), []string{"......", "xxx...", "nn xx.", "##x..."}, ""},
		{"same section", []string{"....", "=", "n xxxxxxxx..", "xxxxxxxxxxxx"}, anywhere(2), []string{"....", "=", "n xxxxxxxx##", "xxxxxxxxxxxx"}, ""},
		{"a basket elsewhere", []string{"....", "standing nx."}, anywhere(2), []string{"##..", "standing nx."}, ""},
	})
	d := draw("....")
	for _, near := range [][]boxoffice.PlaceNo{{0}, {-1}, {99}} {
		req := anywhere(2)
		req.Near = near
		if got := Prepare(d.plan).Best(d.free, req, 1); len(got) != 1 {
			t.Errorf("a basket with %v: %v", near, got)
		}
	}
}

func TestUprightRows(t *testing.T) {
	plan := &boxoffice.Plan{Sections: []boxoffice.Section{{Admission: boxoffice.Reserved, First: 1, Last: 8}}, Zones: make([]boxoffice.Zone, 1), Levels: make([]boxoffice.Level, 1)}
	for i := range 8 {
		row := string(rune('L' + i/4))
		plan.Places = append(plan.Places, boxoffice.Place{No: boxoffice.PlaceNo(i + 1), Row: row, Line: i % 4, Column: i/4*9 + i%2})
	}
	free := []bool{true, true, true, true, false, true, true, false}
	got := Prepare(plan).Best(free, anywhere(2), 3)
	want := [][]boxoffice.PlaceNo{{1, 2}, {6, 7}, {3, 4}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i].Places[0] != want[i][0] || got[i].Places[1] != want[i][1] {
			t.Errorf("choice %d is %v (%s), want %v", i, got[i].Places, got[i].Why, want[i])
		}
	}
}

func TestAlternatives(t *testing.T) {
	d := draw("......", "......", "standing ......", "standing ..")
	got := d.best(anywhere(2), 20)
	if len(got) != 8 {
		t.Fatalf("%d choices, want six pairs of seats and two places to stand: %v", len(got), got)
	}
	seen := map[boxoffice.PlaceNo]bool{}
	for _, c := range got {
		for _, no := range c.Places {
			if seen[no] {
				t.Errorf("%d is in two choices", no)
			}
			seen[no] = true
		}
	}
	if len(d.best(anywhere(2), 0)) != 0 || len(d.best(anywhere(0), 3)) != 0 || len(d.best(anywhere(-1), 3)) != 0 {
		t.Error("nothing asked for, something given")
	}
}

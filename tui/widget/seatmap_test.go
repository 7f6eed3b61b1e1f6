package widget_test

import (
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/tuitest/emulator"
	"wicket/tui/widget"
)

// under names the place under the cursor.
func under(m *widget.SeatMap, p *boxoffice.Picture) string {
	no, ok := m.Cursor()
	if !ok {
		return ""
	}
	return p.Plan.Labels([]boxoffice.PlaceNo{no})
}

func TestSeatMapCursorWalksSeats(t *testing.T) {
	p := house(t, "leal")
	tests := []struct {
		from   string
		dx, dy int
		want   string
	}{
		{"D6", 1, 0, "D7"},
		{"D6", 20, 0, "D22"},
		{"D2", -1, 0, "D1"},
		{"D1", -1, 0, "D1"},
		{"D1", 0, -3, "A1"},  // row A begins three seats further in
		{"T7", 0, -1, "S7"},  // rows keep to columns
		{"S11", 0, 1, "T8"},  // into the gap at the back: the nearest seat
		{"A5", 0, -1, "A5"},  // no further than the first row
		{"T1", 0, 1, "T1"},   // nor the last
		{"S10", 2, 1, "T10"}, // both
		{"H1", 0, 100, "T1"}, // far beyond
	}
	for _, test := range tests {
		m := seatMap(t, dark(), "leal")
		m.SetCursor(place(t, p, "Stalls", test.from))
		m.Move(test.dx, test.dy)
		if got := under(m, p); got != test.want {
			t.Errorf("from %s by %d, %d the cursor comes to %s, want %s", test.from, test.dx, test.dy, got, test.want)
		}
	}
}

func TestSeatMapCursorKeepsItsColumn(t *testing.T) {
	p := house(t, "leal")
	m := seatMap(t, dark(), "leal")
	m.SetCursor(place(t, p, "Stalls", "D1"))
	m.Move(0, -3)
	m.Move(0, 3)
	if got := under(m, p); got != "D1" {
		t.Errorf("up and down again the cursor is on %s, want D1", got)
	}
}

func TestSeatMapLevelsAndAreas(t *testing.T) {
	p := house(t, "teatro-mixto")
	m := seatMap(t, dark(), "teatro-mixto")
	m.SetCursor(place(t, p, "Platform", "P2"))
	m.Move(0, 1)
	section, ok := m.Area()
	if !ok || p.Plan.Sections[section].Name != "Floor" {
		t.Fatalf("below the seats the cursor is not on the area Floor: %d, %v", section, ok)
	}
	if got := m.Selection(); len(got) != 1 || got[0] != p.Plan.Sections[section].First {
		t.Errorf("on an area the selection is %v", got)
	}
	m.Extend(1, 0)
	m.Move(0, -1)
	if got := under(m, p); got != "P2" {
		t.Errorf("back from the area the cursor is on %s", got)
	}
	if _, ok := m.Area(); ok {
		t.Error("a seat is an area")
	}
	m.NextLevel(-1)
	if m.Level() != 1 {
		t.Errorf("before the first level comes %d", m.Level())
	}
	m.NextLevel(1)
	if m.Level() != 0 || under(m, p)[:1] != "P" {
		t.Errorf("level %d has its cursor on %s", m.Level(), under(m, p))
	}
	last := p.Plan.Sections[section].Last
	m.SetCursor(last)
	if no, _ := m.Cursor(); no != p.Plan.Sections[section].First {
		t.Errorf("a cursor set on an area's last place is on %d", no)
	}
}

func TestSeatMapRange(t *testing.T) {
	p := house(t, "leal")
	m := seatMap(t, dark(), "leal")
	labels := func() string { return p.Plan.Labels(m.Selection()) }
	m.SetCursor(place(t, p, "Stalls", "E5"))
	if got := labels(); got != "E5" {
		t.Errorf("without a range %s is selected", got)
	}
	m.Extend(2, 0) // over the aisle
	if got := labels(); got != "E5 E6 E7" {
		t.Errorf("two to the right %s is selected", got)
	}
	m.Extend(-3, 0)
	if got := labels(); got != "E4 E5" {
		t.Errorf("back over the anchor %s is selected", got)
	}
	m.Extend(0, 1)
	if got := labels(); got != "E4 E5 F4 F5" {
		t.Errorf("over two rows %s is selected", got)
	}
	m.ClearSelection()
	if got := labels(); got != "F4" {
		t.Errorf("after clearing %s is selected", got)
	}
	m.Extend(1, 0)
	m.Move(0, 1)
	if got := labels(); got != "G5" {
		t.Errorf("after a move %s is selected", got)
	}
	m.Extend(1, 0)
	m.SetPicture(house(t, "leal"))
	if got := labels(); got != "G5 G6" {
		t.Errorf("after a new picture %s is selected", got)
	}
}

func TestSeatMapOverviewWalksSections(t *testing.T) {
	p := house(t, "teatro-mixto")
	m := seatMap(t, dark(), "teatro-mixto")
	m.SetCursor(place(t, p, "Balcony", "C12"))
	m.NextLevel(-1)
	m.ToggleZoom()
	if !m.Zoom() || m.Selection() != nil {
		t.Errorf("zoomed out %v, selected %v", m.Zoom(), m.Selection())
	}
	m.Move(0, 1)
	if _, ok := m.Area(); !ok || len(m.Selection()) != 1 {
		t.Errorf("the second section is no area that can be selected")
	}
	m.Move(0, 5)
	m.ToggleZoom()
	if got := under(m, p); m.Level() != 1 || got != "C12" {
		t.Errorf("zoomed in on the balcony the cursor is on %s of level %d", got, m.Level())
	}
}

// TestSeatMapAt: wherever a seat is drawn, a click finds it.
func TestSeatMapAt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {54, 12}, {40, 10}, {24, 8}} {
		p := house(t, "leal")
		m := seatMap(t, dark(), "leal")
		for _, label := range []string{"A1", "H1", "T22", "L12"} {
			if label == "T22" {
				label = "T16"
			}
			want := place(t, p, "Stalls", label)
			m.SetCursor(want)
			screen := emulator.Parse(m.View(size[0], size[1]), size[0], size[1])
			found := 0
			for y := range size[1] {
				for x := range size[0] {
					if no, ok := m.At(x, y); ok && no == want {
						found++
						if !screen.At(x, y).Style.Reverse {
							t.Errorf("in %v %s is at %d,%d, but the cursor is not", size, label, x, y)
						}
					}
				}
			}
			if found != 1 {
				t.Errorf("in %v %s is found at %d cells", size, label, found)
			}
		}
	}
	m := seatMap(t, dark(), "sala")
	m.View(54, 16)
	if no, ok := m.At(5, 5); !ok || no != 901 {
		t.Errorf("a click on the second area gives %d, %v", no, ok)
	}
	if level, ok := m.TabAt(2, 0); !ok || level != 0 {
		t.Errorf("a click on the tab gives %d, %v", level, ok)
	}
	if _, ok := m.At(5, 15); ok {
		t.Error("there is a place in an empty line")
	}
}

func TestSeatMapMarksWhatOthersChange(t *testing.T) {
	p := house(t, "leal")
	change := func(label string, state boxoffice.PlaceState) *boxoffice.Picture {
		q := *p
		q.Places = p.Places.With(map[boxoffice.PlaceNo]boxoffice.PlaceState{place(t, p, "Stalls", label): state})
		return &q
	}
	marked := func(m *widget.SeatMap) bool { return strings.Contains(m.View(60, 22), "▎") }
	sold := boxoffice.PlaceState{State: boxoffice.Confirmed, Order: 1043}
	m := seatMap(t, dark(), "leal")
	if marked(m) {
		t.Fatal("a first picture has marks")
	}
	m.SetPicture(change("K5", sold))
	if !marked(m) {
		t.Error("what others sold is not marked")
	}
	m.SetNow(evening.Add(1999 * time.Millisecond))
	if !marked(m) {
		t.Error("the mark went too soon")
	}
	m.SetNow(evening.Add(2 * time.Second))
	if marked(m) {
		t.Error("the mark stays after two seconds")
	}
	own := boxoffice.PlaceState{State: boxoffice.Held, Hold: mine, Until: evening.Add(time.Minute).UnixMilli()}
	m.SetPicture(change("K5", own))
	m.SetMine(77)
	m.SetPicture(change("K6", boxoffice.PlaceState{State: boxoffice.Held, Hold: 78, Until: own.Until}))
	m.SetMine(78)
	m.SetNow(evening.Add(5 * time.Second))
	if marked(m) {
		t.Error("what this terminal took is marked")
	}
}

func TestSeatMapLapsedHoldsAreOpen(t *testing.T) {
	m := seatMap(t, dark(), "leal")
	before := m.View(60, 22)
	if !strings.Contains(before, "◌ ◌") {
		t.Fatal("Ben's basket is not to be seen")
	}
	m.SetNow(evening.Add(190 * time.Second))
	line := func(view string) string { return strings.Split(view, "\n")[4] }
	if after := m.View(60, 22); strings.Contains(line(after), "◌") {
		t.Errorf("a lapsed basket is still drawn: %s", line(after))
	}
}

// TestSeatMapStartsOnAnOpenPlace: where the middle of the first row is sold, the
// cursor starts beside it; where the row is, in the next; where the level is, on the
// next level. Once it stands, it stays.
func TestSeatMapStartsOnAnOpenPlace(t *testing.T) {
	sell := func(p *boxoffice.Picture, sold func(boxoffice.Place) bool) *boxoffice.Picture {
		q := *p
		places := make([]boxoffice.PlaceState, p.Places.Len())
		for i := range places {
			places[i] = boxoffice.PlaceState{State: boxoffice.Available}
			if sold(p.Plan.Places[i]) {
				places[i] = boxoffice.PlaceState{State: boxoffice.Confirmed, Order: 1043}
			}
		}
		q.Places = boxoffice.NewPlaces(places)
		return &q
	}
	p := house(t, "leal")
	for name, test := range map[string]struct {
		sold  func(boxoffice.Place) bool
		want  string
		level int
	}{
		"all open":      {func(boxoffice.Place) bool { return false }, "A9", 0},
		"middle sold":   {func(p boxoffice.Place) bool { return p.Row == "A" && p.Seat != "4" && p.Seat != "16" }, "A4", 0},
		"row sold":      {func(p boxoffice.Place) bool { return p.Row == "A" }, "B10", 0},
		"stalls sold":   {func(q boxoffice.Place) bool { return p.Plan.Sections[q.Section].Level == 0 }, "", 1},
		"house is sold": {func(boxoffice.Place) bool { return true }, "A9", 0},
	} {
		t.Run(name, func(t *testing.T) {
			pic := sell(p, test.sold)
			m := widget.NewSeatMap(dark())
			m.SetNow(evening)
			m.SetPicture(pic)
			if got := under(m, pic); test.want != "" && got != test.want || m.Level() != test.level {
				t.Errorf("the cursor starts at %s on level %d", got, m.Level())
			}
			no, _ := m.Cursor()
			if open := pic.Places.At(no).State == boxoffice.Available; !open && name != "house is sold" {
				t.Errorf("the cursor starts on place %d, which is sold", no)
			}
			m.SetPicture(sell(p, func(q boxoffice.Place) bool { return q.No == no }))
			if after, _ := m.Cursor(); after != no {
				t.Errorf("the cursor went from %d to %d when its place was sold", no, after)
			}
		})
	}
}

func TestSeatMapOfAnotherPerformanceStartsAnew(t *testing.T) {
	m := seatMap(t, dark(), "leal")
	m.NextLevel(2)
	m.Extend(1, 1)
	other := house(t, "leal")
	other.Performance.ID = 2
	m.SetPicture(other)
	if got := under(m, other); m.Level() != 0 || got != "A7" || len(m.Selection()) != 1 {
		t.Errorf("it starts on level %d at %s with %d places selected", m.Level(), got, len(m.Selection()))
	}
	m.SetPicture(nil)
	if _, ok := m.Cursor(); ok || m.Selection() != nil || full(m.View(40, 5), 40, 5) != nil {
		t.Error("without a house there is a cursor")
	}
	m.Move(1, 1)
	m.Extend(1, 1)
	m.NextLevel(1)
	m.Highlight([]boxoffice.PlaceNo{1, 9999, -3})
	m.SetPicture(other)
	m.Highlight([]boxoffice.PlaceNo{1, 9999, -3})
	m.SetCursor(9999)
	other = house(t, "leal")
	other.Places = boxoffice.Places{}
	m.SetPicture(other)
	if err := full(m.View(54, 16), 54, 16); err != nil {
		t.Errorf("not on sale yet: %v", err)
	}
}

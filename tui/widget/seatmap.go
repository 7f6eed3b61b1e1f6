package widget

import (
	"slices"
	"time"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// freshFor is how long a place that others changed is marked.
const freshFor = 2 * time.Second

// SeatMap shows a performance's house, one level at a time: its seats as they
// stand, with a cursor that walks them, and its general admission areas as
// counters. Zoomed out it shows the sections of the whole house with how full
// they are.
//
// It is a picture of a picture: it sells nothing and knows no clock but the one
// it is told ([SeatMap.SetNow]).
type SeatMap struct {
	theme    *theme.Theme
	currency boxoffice.Currency
	picture  *boxoffice.Picture
	house    *houseLayout // of the picture's plan
	houses   *Houses      // where it is found

	mine    boxoffice.HoldID
	now     int64 // Unix milliseconds
	preview []boxoffice.PlaceNo

	looks    []look        // by PlaceNo-1
	fresh    map[int]int64 // by PlaceNo-1: until when a place is marked as changed
	due      int64         // when looks change by the passing of time
	sections []tally
	zones    []tally
	levels   []tally
	total    tally
	counted  bool     // sections, zones, levels and total count the looks
	prices   []string // by section
	tariff   []string // by zone

	level    int
	overview bool
	cursors  []boxoffice.PlaceNo // by level
	anchor   boxoffice.PlaceNo   // where a range began; zero without one
	wish     int                 // the column that walking up and down keeps to; -1: the cursor's

	spots  []spot // how far each level is scrolled
	listed int    // how far the overview is scrolled

	stale bool
	drawn drawn // the last view
}

// NewSeatMap returns a map without a house.
func NewSeatMap(th *theme.Theme) *SeatMap {
	return &SeatMap{theme: th, houses: &Houses{}, currency: boxoffice.Currency{Digits: 2}, wish: -1, stale: true}
}

// Share makes the map find the layouts of plans among those that others use, too.
func (m *SeatMap) Share(h *Houses) { m.houses = h }

// SetCurrency says how prices are written. Until then they have two decimals.
func (m *SeatMap) SetCurrency(c boxoffice.Currency) {
	if m.currency != c {
		m.currency = c
		m.reprice()
	}
}

// SetPicture shows another picture; nil shows none. A new picture of the same
// performance keeps level, cursor, range and scroll, and marks for two seconds
// from the last SetNow the places whose state others changed. Another
// performance starts on the first level with an open place, at the one nearest the
// middle of the row nearest the stage that has one.
func (m *SeatMap) SetPicture(p *boxoffice.Picture) {
	if p == m.picture {
		return
	}
	before := m.picture
	m.picture, m.stale = p, true
	if p == nil {
		m.house, m.looks, m.fresh, m.anchor = nil, nil, nil, 0
		return
	}
	same := before != nil && before.Performance.ID == p.Performance.ID && len(before.Plan.Places) == len(p.Plan.Places)
	other := m.house == nil || m.house.from != p.Plan
	if other {
		m.house = m.houses.Of(p.Plan, layHouse)
		m.drawn = drawn{}
		same = same && len(m.cursors) == len(p.Plan.Levels)
	}
	switch {
	case !same:
		m.start()
		m.relook(nil)
	default:
		if other {
			m.uncount()
		}
		m.relook(before)
	}
	if other || before == nil || before.Prices != p.Prices {
		m.reprice()
	}
}

// start forgets where the last performance's cursor stood.
func (m *SeatMap) start() {
	plan := m.picture.Plan
	m.looks = make([]look, len(plan.Places))
	m.fresh = map[int]int64{}
	m.cursors = make([]boxoffice.PlaceNo, len(plan.Levels))
	m.spots = make([]spot, len(plan.Levels))
	m.uncount()
	m.level, m.listed, m.anchor, m.wish, m.preview = 0, 0, 0, -1, nil
	found := false
	for i := range m.cursors {
		no, isFree := m.house.levels[i].first(plan, m.open)
		m.cursors[i] = no
		if isFree && !found {
			m.level, found = i, true
		}
	}
}

// open reports whether a place can be sold, or will be: before a performance is on
// sale all of them.
func (m *SeatMap) open(no boxoffice.PlaceNo) bool {
	return int(no) > m.picture.Places.Len() || m.picture.Places.At(no).Free(m.now)
}

// SetMine says which hold is this terminal's basket: places under it are yours.
func (m *SeatMap) SetMine(h boxoffice.HoldID) {
	if m.mine == h {
		return
	}
	m.mine, m.stale = h, true
	if m.picture == nil {
		return
	}
	for i := range m.fresh {
		if h != 0 && m.picture.Places.At(boxoffice.PlaceNo(i+1)).Hold == h {
			delete(m.fresh, i) // it was us
		}
	}
	m.relook(nil)
}

// Mine returns the hold whose places are yours.
func (m *SeatMap) Mine() boxoffice.HoldID { return m.mine }

// SetNow tells the time. Holds that have ended by then are drawn as open, and
// marks of changes go when their time is over.
func (m *SeatMap) SetNow(t time.Time) {
	now := t.UnixMilli()
	back := now < m.now
	m.now = now
	if m.picture != nil && (back || now >= m.due) {
		m.relook(nil)
		m.stale = true
	}
}

// Highlight shows which open places a sale would take. The next call replaces
// them; nil shows none.
func (m *SeatMap) Highlight(places []boxoffice.PlaceNo) {
	if slices.Equal(m.preview, places) {
		return
	}
	m.preview, m.stale = slices.Clone(places), true
	if m.picture != nil {
		m.relook(nil)
	}
}

// Stale reports whether the next view may be another one than the last.
func (m *SeatMap) Stale() bool { return m.stale }

// Level returns which of the plan's levels is shown.
func (m *SeatMap) Level() int { return m.level }

// NextLevel shows the level d further, and from the last goes on with the first.
func (m *SeatMap) NextLevel(d int) {
	if m.house == nil || len(m.house.levels) == 0 {
		return
	}
	n := len(m.house.levels)
	m.level = ((m.level+d)%n + n) % n
	m.anchor, m.wish, m.stale = 0, -1, true
}

// Zoom reports whether the overview of sections stands in place of the seats.
func (m *SeatMap) Zoom() bool { return m.overview }

// ToggleZoom changes between the seats and the overview.
func (m *SeatMap) ToggleZoom() {
	m.overview = !m.overview
	m.anchor, m.stale = 0, true
}

// reprice writes the prices that stand beside sections and zones: what the
// default price type pays.
func (m *SeatMap) reprice() {
	m.stale = true
	if m.picture == nil {
		return
	}
	p := m.picture
	m.tariff = make([]string, len(p.Plan.Zones))
	amounts := make([]boxoffice.Money, len(p.Plan.Zones))
	for i := range m.tariff {
		amount, ok := defaultPrice(p, i)
		if ok {
			m.tariff[i], amounts[i] = m.currency.Format(amount), amount
		}
	}
	m.prices = make([]string, len(p.Plan.Sections))
	for i, s := range p.Plan.Sections {
		low, high := -1, -1
		for no := s.First; no <= s.Last; no++ {
			z := p.Plan.Places[no-1].Zone
			if m.tariff[z] == "" {
				continue
			}
			if low < 0 || amounts[z] < amounts[low] {
				low = z
			}
			if high < 0 || amounts[z] > amounts[high] {
				high = z
			}
		}
		if low >= 0 {
			m.prices[i] = m.tariff[low]
			if amounts[low] != amounts[high] {
				m.prices[i] += m.theme.Glyphs.Dash + m.tariff[high]
			}
		}
	}
}

// defaultPrice returns what the default price type pays in a zone.
func defaultPrice(p *boxoffice.Picture, zone int) (boxoffice.Money, bool) {
	if p.Prices == nil {
		return 0, false
	}
	amount, err := p.Prices.Price(zone, p.Prices.Default().ID)
	return amount, err == nil
}

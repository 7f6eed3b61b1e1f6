package widget

import (
	"math"

	"wicket/boxoffice"
	"wicket/tui/theme"
)

// look is how a place is drawn: its state, a detail of it (a zone, a block's
// letter), and what lies over it. Places with the same look are the same cell.
type look uint32

// The states, in the low byte.
const (
	closedLook look = iota // not on sale
	openLook
	wheelchairLook
	companionLook
	mineLook
	othersLook
	soldLook
	blockedLook
	killedLook
)

// What lies over a state.
const (
	freshLook    look = 1 << (16 + iota) // others changed it just now
	previewLook                          // a sale would take it
	selectedLook                         // it is in the range, or under the cursor
	cursorLook
)

const stateBits look = 0xff

func (l look) detail() int { return int(l>>8) & 0xff }
func (l look) kind() look  { return l & stateBits }

// state returns what others can change.
func (l look) state() look { return l & 0xffff }

// previewGlyphs stand on places a sale would take.
const previewGlyph, previewASCII = "◎", "*"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// tally is how many places stand how, and how many of them are this sale's.
type tally struct {
	boxoffice.Fill
	mine, preview int
}

// count adds so many places of a look.
func (t *tally) count(l look, n int) {
	switch l.kind() {
	case closedLook:
		return
	case mineLook:
		t.mine += n
		t.Held += n
	case othersLook:
		t.Held += n
	case soldLook:
		t.Sold += n
	case blockedLook:
		t.Blocked += n
	case killedLook:
		t.Killed += n
	default:
		t.Open += n
	}
	t.Places += n
}

// uncount makes everything as if no place had been looked at.
func (m *SeatMap) uncount() {
	plan := m.picture.Plan
	m.sections = make([]tally, len(plan.Sections))
	m.zones = make([]tally, len(plan.Zones))
	m.levels = make([]tally, len(plan.Levels))
	m.total = tally{}
	m.counted = false
}

// relook computes every place's look, and counts anew where one has changed. Against
// the picture before, where there is one, the places others changed are marked.
func (m *SeatMap) relook(before *boxoffice.Picture) {
	p := m.picture
	m.due = math.MaxInt64
	for i := range m.looks {
		l, old := closedLook, m.looks[i].state()
		no, place := boxoffice.PlaceNo(i+1), &p.Plan.Places[i]
		if before != nil && m.counted && p.Places.Rests(no, before.Places) {
			m.looks[i] = old
			continue
		}
		if i < p.Places.Len() {
			state := p.Places.At(no)
			l = m.lookOf(&state, place)
			if state.State == boxoffice.Held && state.Until > m.now {
				m.due = min(m.due, state.Until)
			}
		}
		m.looks[i] = l
		if l == old && m.counted {
			continue
		}
		for _, t := range []*tally{&m.sections[place.Section], &m.zones[place.Zone], &m.levels[p.Plan.Sections[place.Section].Level], &m.total} {
			if m.counted {
				t.count(old, -1)
			}
			t.count(l, 1)
		}
		if l != old && before != nil && i < before.Places.Len() && !m.byMe(before, no) {
			m.fresh[i] = m.now + freshFor.Milliseconds()
		}
	}
	m.counted = true
	for i, until := range m.fresh {
		if until <= m.now {
			delete(m.fresh, i)
			continue
		}
		m.looks[i] |= freshLook
		m.due = min(m.due, until)
	}
	for i := range m.sections {
		m.sections[i].preview = 0
	}
	for _, no := range m.preview {
		if no < 1 || int(no) > len(m.looks) {
			continue
		}
		if k := m.looks[no-1].kind(); k >= openLook && k <= companionLook {
			m.looks[no-1] |= previewLook
			m.sections[p.Plan.Places[no-1].Section].preview++
		}
	}
}

// byMe reports whether a place changed to or from this terminal's basket.
func (m *SeatMap) byMe(before *boxoffice.Picture, no boxoffice.PlaceNo) bool {
	return m.mine != 0 && (before.Places.At(no).Hold == m.mine || m.picture.Places.At(no).Hold == m.mine)
}

func (m *SeatMap) lookOf(p *boxoffice.PlaceState, place *boxoffice.Place) look {
	switch {
	case p.State == boxoffice.Confirmed:
		return soldLook
	case p.State == boxoffice.Processing || p.State == boxoffice.Held && p.Until > m.now:
		if m.mine != 0 && p.Hold == m.mine {
			return mineLook
		}
		return othersLook
	case p.Block == boxoffice.KillCode:
		return killedLook
	case p.Block != "":
		return blockedLook | look(p.Block[0])<<8
	}
	l := openLook
	switch {
	case place.Features.Has(boxoffice.Wheelchair):
		l = wheelchairLook
	case place.Features.Has(boxoffice.Companion):
		l = companionLook
	}
	return l | look(min(place.Zone, 0xff))<<8
}

// zoneGlyph returns what an open place of a zone is drawn with. Where there is one zone only,
// there is nothing to tell apart.
func (m *SeatMap) zoneGlyph(zone int) (string, theme.SGR) {
	if len(m.house.plan.Zones) < 2 {
		return m.theme.Glyphs.Open, m.theme.Zone(zone)
	}
	return m.theme.Open(zone)
}

// glyph returns what a look is drawn with.
func (m *SeatMap) glyph(l look) (string, theme.SGR) {
	th := m.theme
	g := &th.Glyphs
	if l&previewLook != 0 {
		if th.Look.ASCII {
			return previewASCII, th.Accent
		}
		return previewGlyph, th.Accent
	}
	switch l.kind() {
	case openLook:
		return m.zoneGlyph(l.detail())
	case wheelchairLook:
		return g.Wheelchair, th.Zone(l.detail())
	case companionLook:
		return g.Companion, th.Zone(l.detail())
	case mineLook:
		return g.Mine, th.Mine
	case othersLook:
		return g.Others, th.Others
	case soldLook:
		return g.Sold, th.Sold
	case killedLook:
		return g.Killed, th.Killed
	case blockedLook:
		if i := l.detail() - 'A'; i >= 0 && i < len(letters) {
			return letters[i : i+1], th.Blocked
		}
		return "?", th.Blocked
	}
	return g.Open, th.Dim
}

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

// relook computes every place's look and counts them.
func (m *SeatMap) relook() {
	p := m.picture
	clear(m.sections)
	clear(m.zones)
	clear(m.levels)
	m.total = tally{}
	m.due = math.MaxInt64
	for i := range m.looks {
		place := &p.Plan.Places[i]
		l := closedLook
		if i < len(p.Places) {
			state := &p.Places[i]
			l = m.lookOf(state, place)
			if state.State == boxoffice.Held && state.Until > m.now {
				m.due = min(m.due, state.Until)
			}
			for _, t := range []*tally{&m.sections[place.Section], &m.zones[place.Zone], &m.levels[p.Plan.Sections[place.Section].Level], &m.total} {
				t.Count(*state, m.now)
				if l.kind() == mineLook {
					t.mine++
				}
			}
		}
		if m.fresh[i] > m.now {
			l |= freshLook
			m.due = min(m.due, m.fresh[i])
		}
		m.looks[i] = l
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
		return g.Open, th.Zone(l.detail())
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

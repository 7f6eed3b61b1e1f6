package counter

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// space takes what is pointed at, or gives it back where it is in the basket. Of an
// area it takes one place. In the overview it goes to the section.
func (c *Counter) space() tea.Cmd {
	if c.picture == nil || c.picture.Places.Len() == 0 {
		return nil
	}
	section, area := c.seats.Area()
	switch {
	case c.seats.Zoom() && !area:
		c.seats.ToggleZoom()
		return nil
	case area && len(c.freeIn(section)) == 0:
		f := c.picture.Sections[section]
		c.say(failed, boxoffice.Clean(c.picture.Plan.Sections[section].Name)+" has no place open: "+itoa(f.Held)+" held, "+itoa(f.Sold)+" sold.")
		return nil
	}
	switch at := c.sorted(c.pointed()); {
	case len(at.free) > 0:
		return c.take(picksOf(at.free))
	case len(at.own) > 0:
		return c.giveBack(at.own)
	case len(at.blocked) > 0 && len(at.others) == 0:
		return c.take(picksOf(at.blocked)) // it is refused, with a way to have them all the same
	case len(at.others) > 0:
		c.say(failed, screen.Sentence(c.explain(at.others[0]).String()))
	}
	return nil
}

// sorted are places of the performance on screen by what can be done with them here.
type sorted struct{ free, own, blocked, others []boxoffice.PlaceNo }

func (c *Counter) sorted(places []boxoffice.PlaceNo) sorted {
	var s sorted
	now := c.desk.Now().UnixMilli()
	for _, no := range places {
		switch {
		case c.isMine(no):
			s.own = append(s.own, no)
		case int(no) > c.picture.Places.Len(): // not on sale yet
			s.others = append(s.others, no)
		case c.picture.Places.At(no).Free(now):
			s.free = append(s.free, no)
		case c.blocked(no):
			s.blocked = append(s.blocked, no)
		default:
			s.others = append(s.others, no)
		}
	}
	return s
}

// spaceWords says what space does to what is pointed at; nothing where it does nothing.
func (c *Counter) spaceWords() string {
	if c.picture == nil || c.picture.Places.Len() == 0 {
		return ""
	}
	_, area := c.seats.Area()
	if c.seats.Zoom() && !area {
		return "show it"
	}
	at := c.sorted(c.pointed())
	switch {
	case len(at.free) > 0 && area:
		return "take one"
	case len(at.free) > 0:
		return "take"
	case len(at.own) > 0:
		return "give back"
	}
	return ""
}

// spanKey says what Enter does to the range that is drawn: «take 2 places».
func (c *Counter) spanKey() string {
	at := c.sorted(c.span())
	n := len(at.free)
	if n == 0 {
		n = len(at.own)
	}
	if n == 0 {
		return ""
	}
	return c.spaceWords() + " " + screen.Count(n, "place")
}

// spanWords says in so many cells which places of the range Enter acts on, and what
// they cost: «2 of 4 places open: B3 B4 · 48.00».
func (c *Counter) spanWords(cells int) string {
	all := c.span()
	at := c.sorted(all)
	of, tail, places := screen.Count(len(all), "place"), "", all
	switch {
	case len(at.free) > 0:
		places = at.free
		if sum, ok := c.amountOf(picksOf(at.free)); ok {
			tail = " " + c.desk.Theme.Glyphs.Dot + " " + c.desk.Money(sum)
		}
		if len(at.free) < len(all) {
			of = fmt.Sprintf("%d of %s open", len(at.free), of)
		}
	case len(at.own) > 0:
		places, of = at.own, fmt.Sprintf("%d of %s yours", len(at.own), of)
	default:
		of = "none of " + of + " open"
	}
	return boxoffice.Shorten(of+": "+c.labels(places), cells-boxoffice.Width(tail)) + tail
}

// span returns the range that shift and arrows drew; nothing where there is none.
func (c *Counter) span() []boxoffice.PlaceNo {
	if places := c.seats.Selection(); len(places) > 1 {
		return places
	}
	return nil
}

// pointed returns what space acts on: the range, the cursor's seat, or one free
// place of the cursor's area.
func (c *Counter) pointed() []boxoffice.PlaceNo {
	if places := c.span(); len(places) > 0 {
		return places
	}
	if section, ok := c.seats.Area(); ok {
		return c.freeIn(section)
	}
	if no, ok := c.seats.Cursor(); ok && !c.seats.Zoom() {
		return []boxoffice.PlaceNo{no}
	}
	return nil
}

// freeIn returns one free place of a general admission area, nothing if there is
// none.
func (c *Counter) freeIn(section int) []boxoffice.PlaceNo {
	s, now := c.picture.Plan.Sections[section], c.desk.Now().UnixMilli()
	for no := s.First; no <= s.Last; no++ {
		if c.picture.Places.At(no).Free(now) && !c.isMine(no) {
			return []boxoffice.PlaceNo{no}
		}
	}
	return nil
}

// ownPointed returns what Delete gives back: the cursor's seat if it is in the
// basket, or the last place the basket has of the cursor's area.
func (c *Counter) ownPointed() []boxoffice.PlaceNo {
	section, ok := c.seats.Area()
	if !ok || c.picture == nil {
		return c.sorted(c.pointed()).own
	}
	var own []boxoffice.PlaceNo
	for _, no := range c.near() {
		if c.picture.Plan.Sections[section].Has(no) {
			own = []boxoffice.PlaceNo{no}
		}
	}
	return own
}

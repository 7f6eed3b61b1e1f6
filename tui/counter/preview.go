package counter

import (
	"slices"
	"strings"

	"wicket/boxoffice"
	"wicket/tui/saleline"
	"wicket/tui/screen"
	"wicket/tui/widget"
)

// preview is what Enter would do with the line as it stands, in words.
type preview struct {
	typed  string
	words  string
	level  level
	enter  string // what Enter does, for the keys at the foot
	places []boxoffice.PlaceNo
	lost   string // what happened to places that were shown here before
	plan   *boxoffice.Plan
}

// context is what the line is read against.
func (c *Counter) context() saleline.Context {
	ctx := saleline.Context{
		Performances: c.performances(), Section: -1, Location: c.desk.Zone, Now: c.desk.Now(), Currency: c.desk.House.Currency,
	}
	if c.picture == nil {
		return ctx
	}
	ctx.Plan, ctx.Prices, ctx.Index = c.picture.Plan, c.picture.Prices, c.index
	if no, ok := c.seats.Cursor(); ok {
		ctx.Section = c.picture.Plan.Places[no-1].Section
	}
	return ctx
}

func (c *Counter) parse() saleline.Intent { return saleline.Parse(c.line.Value(), c.context()) }

// refresh reads the line anew, and says so where places that were shown have gone
// meanwhile.
func (c *Counter) refresh() {
	before := c.preview
	typed := c.line.Value()
	c.preview = preview{typed: typed, plan: before.plan}
	if typed == before.typed {
		c.preview.lost = before.lost
		if gone := c.gone(before.places); gone != "" {
			c.preview.lost = gone
		}
	}
	if typed != "" {
		c.describe(c.parse())
	}
	if c.instead == nil {
		c.seats.Highlight(c.preview.places)
	}
}

// gone says which of the places somebody else has taken.
func (c *Counter) gone(places []boxoffice.PlaceNo) string {
	if c.picture == nil || c.picture.Places.Len() == 0 {
		return ""
	}
	now := c.desk.Now().UnixMilli()
	for _, no := range places {
		if int(no) > c.picture.Places.Len() {
			return ""
		}
		p := c.picture.Places.At(no)
		if p.Free(now) || c.isMine(no) {
			continue
		}
		said := c.labels([]boxoffice.PlaceNo{no}) + " just went"
		if h, ok := c.picture.Holds[p.Hold]; ok && p.State == boxoffice.Held {
			said += " to " + boxoffice.Clean(h.Who())
		}
		return said + ". "
	}
	return ""
}

func (c *Counter) describe(in saleline.Intent) {
	p := &c.preview
	p.words = boxoffice.Clean(in.Words())
	if c.nowhere() && sells(in) {
		p.level, p.words, p.enter = failed, nothingToSell, "nothing yet"
		return
	}
	switch in := in.(type) {
	case saleline.Best:
		p.enter = "take " + screen.Count(in.Count(), "place")
		c.describeBest(in)
	case saleline.Places:
		p.enter = "take " + screen.Count(len(in.Places), "place")
		c.describePlaces(in)
	case saleline.Look:
		p.enter = "show it"
	case saleline.Switch:
		p.enter = "show it"
		p.words = "To " + c.title(in.Performance) + "."
	case saleline.Order:
		p.enter = "show the order"
	case saleline.Find:
		p.enter = "look it up"
	case saleline.Scan:
		p.enter = "show its order"
		if _, err := boxoffice.SpellBarcode(in.Code); err != nil {
			p.level, p.words = failed, screen.Explain(err)
		}
	case saleline.Command:
		if p.enter = in.Name; !slices.Contains(works, in.Name) {
			p.level, p.words, p.enter = failed, notHere(in), "nothing yet"
		} else if slices.Contains([]string{"give", "hold", "park", "pay"}, in.Name) && c.basket.Empty() && len(c.basket.Lost) == 0 {
			p.level, p.words, p.enter = failed, basketEmpty, "nothing yet"
		} else if in.Name == "hold" && in.Until.IsZero() {
			p.words += " " + c.desk.Theme.Glyphs.Dot + " until " + c.desk.When(c.collectBy())
		}
	case saleline.Unknown:
		p.level, p.words = failed, c.unknown(in)
		p.enter = "nothing yet"
	}
}

// basketEmpty is said of a command that is about what is in the basket.
const basketEmpty = "The basket is empty: take places first."

// nothingToSell is said of a sale in a house without a performance.
const nothingToSell = "There is no performance to sell yet. Bring one first: what to type in another terminal stands above."

// sells reports whether a line is a sale, or meant to be one.
func sells(in saleline.Intent) bool {
	switch in.(type) {
	case saleline.Best, saleline.Places, saleline.Look, saleline.Switch, saleline.Unknown:
		return true
	}
	return false
}

// unknown says what was not understood, and what might be meant.
func (c *Counter) unknown(in saleline.Unknown) string {
	if c.picture == nil && c.showing != 0 {
		return "The house is not read yet. Your line stands; press Enter again."
	}
	said := screen.Sentence(in.Why)
	if in.Hint != "" {
		said += " Try «" + boxoffice.Clean(in.Hint) + "»."
	}
	return said
}

// describeBest says which places best available would take, why, and for what.
func (c *Counter) describeBest(in saleline.Best) {
	p := &c.preview
	if c.picture == nil {
		return
	}
	q := request(in)
	offers, err := c.desk.Office.Offers(c.picture, c.desk.Now().UnixMilli(), q, c.near(), 1)
	if err != nil || len(offers) == 0 {
		p.level, p.words = failed, "There are not enough places."
		if err != nil {
			p.words = screen.Explain(err)
		}
		return
	}
	p.places = offers[0].Places
	said := []string{partyWords(in.Parties), c.labels(p.places)}
	if sum, ok := c.amountOf(q.Assign(c.picture.Plan, c.picture.Prices, p.places)); ok {
		said = append(said, c.desk.Money(sum))
	}
	p.words = strings.Join(said, " "+c.desk.Theme.Glyphs.Dot+" ")
	if why := boxoffice.Clean(offers[0].Why); why != "" {
		p.words += ": " + why
	}
}

func partyWords(parties []saleline.Party) string {
	var said []string
	for _, p := range parties {
		name := p.Type.Name
		if name == "" {
			name = "place"
		}
		said = append(said, itoa(p.Count)+" "+boxoffice.Clean(name))
	}
	return strings.Join(said, " + ")
}

// describePlaces says how named places stand, and what they cost.
func (c *Counter) describePlaces(in saleline.Places) {
	p := &c.preview
	if c.picture == nil || c.picture.Places.Len() == 0 {
		return
	}
	now := c.desk.Now()
	picks, changes := c.parts(in)
	for _, pick := range picks {
		if at := c.picture.Places.At(pick.Place); !at.Free(now.UnixMilli()) {
			p.level, p.words, p.enter = failed, screen.Sentence(c.explain(pick.Place).String()), "the next best"
			switch {
			case at.State != boxoffice.Available || at.Block == boxoffice.KillCode:
			case c.desk.May(boxoffice.SellFromBlock):
				p.enter = "sell from the block"
			default:
				p.enter = "ask for it"
			}
			return
		}
	}
	p.places = in.Places
	switch {
	case len(changes) == 0 && len(picks) == 0:
		p.enter, p.words = "nothing yet", "In the basket already. A price code behind it changes the price type."
		return
	case len(changes) > 0:
		p.enter = "change " + screen.Count(len(changes), "price type")
		if len(picks) > 0 {
			p.enter += ", take " + itoa(len(picks))
		}
		if _, ok := c.amountOf(changes); !ok {
			p.level = failed
			p.words += ": no such price there."
			return
		}
	default:
		p.enter = "take " + screen.Count(len(picks), "place")
	}
	if len(picks) == 0 {
		return
	}
	if sum, ok := c.amountOf(picks); ok {
		p.words += " " + c.desk.Theme.Glyphs.Dot + " " + c.desk.Money(sum)
	} else {
		p.level = failed
		p.words += ": no such price there."
	}
}

// explain says how a place of the performance on screen stands.
func (c *Counter) explain(no boxoffice.PlaceNo) widget.Explanation {
	if c.picture == nil || c.picture.Places.Len() == 0 {
		return widget.Explanation{}
	}
	return widget.Explain(c.picture, no, c.seats.Mine(), c.desk.Now(), c.desk.Zone, c.desk.House.Currency)
}

// title names a performance: «Macbeth · Fri 27 Nov 20:00».
func (c *Counter) title(p boxoffice.Performance) string {
	name, when := c.nameAndTime(p)
	return name + when
}

// nameAndTime is a title in two: «Macbeth», « · Fri 27 Nov 20:00».
func (c *Counter) nameAndTime(p boxoffice.Performance) (name, when string) {
	if p.ID == 0 {
		return "no performance", ""
	}
	if !p.Curtain.IsZero() {
		when = " " + c.desk.Theme.Glyphs.Dot + " " + c.desk.DayOf(p.Curtain) + " " + c.desk.TimeOf(p.Curtain)
	}
	return boxoffice.Clean(p.Title), when
}

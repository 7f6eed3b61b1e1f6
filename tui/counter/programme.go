package counter

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

const (
	past    = 12 * time.Hour            // performances that began so long ago are still listed
	ahead   = 20 * 365 * 24 * time.Hour // and those that begin within this time
	refresh = 5 * time.Second           // how often the list is read again while others sell
)

// programme is the list of performances.
type programme struct {
	list    []boxoffice.PerformanceView // by curtain
	known   bool                        // it was read, or could not be
	read    time.Time
	reading bool
	due     bool // something happened that the list does not show
}

// houseMsg is the list as it was read.
type houseMsg struct {
	list []boxoffice.PerformanceView
	err  error
}

func (c *Counter) readHouse() tea.Cmd {
	if c.house.reading {
		return nil
	}
	now := c.desk.Now()
	c.house.reading, c.house.due, c.house.read = true, false, now
	office := c.desk.Office
	return c.desk.Do(func(ctx context.Context) tea.Msg {
		list, err := office.Performances(ctx, now.Add(-past), now.Add(ahead))
		return houseMsg{list, err}
	})
}

func (c *Counter) houseRead(m houseMsg) tea.Cmd {
	c.house.reading, c.house.known = false, true
	if m.err != nil {
		c.house.due = true
		c.say(failed, screen.Explain(m.err))
		return nil
	}
	list := slices.Clone(m.list)
	slices.SortStableFunc(list, func(a, b boxoffice.PerformanceView) int {
		return cmp.Or(a.Performance.Curtain.Compare(b.Performance.Curtain), cmp.Compare(a.Performance.ID, b.Performance.ID))
	})
	c.house.list, c.tape.stale = list, true
	if c.showing == 0 {
		c.show(c.house.next(c.desk.Now()))
	}
	c.refresh()
	return nil
}

// overdue reads the list again where it is behind, but not too often.
func (p *programme) overdue(c *Counter) tea.Cmd {
	if p.due && c.desk.Now().Sub(p.read) >= refresh {
		return c.readHouse()
	}
	return nil
}

// next returns the performance to sell first: the next on sale that has not long
// begun; zero where there is none.
func (p *programme) next(now time.Time) boxoffice.PerformanceID {
	for _, v := range p.list {
		if v.Performance.Selling() && v.Performance.Curtain.After(now.Add(-time.Hour)) {
			return v.Performance.ID
		}
	}
	if len(p.list) > 0 {
		return p.list[0].Performance.ID
	}
	return 0
}

// at returns where in the list a performance is, -1 if it is not.
func (p *programme) at(id boxoffice.PerformanceID) int {
	return slices.IndexFunc(p.list, func(v boxoffice.PerformanceView) bool { return v.Performance.ID == id })
}

// performance returns what is known of a performance.
func (c *Counter) performance(id boxoffice.PerformanceID) boxoffice.Performance {
	if c.picture != nil && c.picture.Performance.ID == id {
		return c.picture.Performance
	}
	if i := c.house.at(id); i >= 0 {
		return c.house.list[i].Performance
	}
	return boxoffice.Performance{ID: id}
}

// performances returns the list as the sale line wants it.
func (c *Counter) performances() []boxoffice.Performance {
	out := make([]boxoffice.Performance, len(c.house.list))
	for i, v := range c.house.list {
		out[i] = v.Performance
	}
	return out
}

// walk shows the performance d further in the list.
func (c *Counter) walk(d int) {
	n := len(c.house.list)
	if n == 0 {
		return
	}
	i := max(0, min(c.house.at(c.showing)+d, n-1))
	c.show(c.house.list[i].Performance.ID)
}

// show brings a performance on screen.
func (c *Counter) show(id boxoffice.PerformanceID) {
	if id == 0 || id == c.showing {
		return
	}
	c.showing, c.asked = id, c.desk.Now()
	c.picture, c.choice = nil, choice{}
	c.seats.Highlight(nil)
	c.seats.SetPicture(nil)
	c.follow()
	c.look()
}

// follow tells the feed what is on screen: this performance and the basket's.
func (c *Counter) follow() {
	if c.desk.Live == nil || c.showing == 0 {
		return
	}
	shown := []boxoffice.PerformanceID{c.showing}
	for _, l := range c.basket.Lines {
		if !slices.Contains(shown, l.Performance) {
			shown = append(shown, l.Performance)
		}
	}
	c.desk.Show(screen.Counter, shown...)
}

// look takes over the latest picture.
func (c *Counter) look() {
	c.seats.SetNow(c.desk.Now())
	if c.desk.Live == nil || c.showing == 0 {
		return
	}
	pic := c.desk.Live.Picture(c.showing)
	if pic == nil || pic == c.picture {
		return
	}
	before := c.picture
	c.picture = pic
	c.tape.show(c.showing, pic.Plan)
	if c.index == nil || c.preview.plan != pic.Plan {
		c.index = c.desk.Shelf.Index(pic.Plan)
		c.preview.plan = pic.Plan
	}
	c.seats.SetPicture(pic)
	c.seats.SetMine(c.basket.Hold.ID)
	if i := c.house.at(c.showing); i >= 0 {
		c.house.list[i].Performance = pic.Performance
		if pic.Places.Len() > 0 {
			c.house.list[i].Total = pic.Total
		}
	}
	c.sayLost(before)
	c.refresh()
}

// sayLost says so where somebody else just took the seat under the cursor, or one of
// the range.
func (c *Counter) sayLost(before *boxoffice.Picture) {
	if before == nil || before.Plan != c.picture.Plan || before.Places.Len() != c.picture.Places.Len() {
		return
	}
	if _, area := c.seats.Area(); area || c.stage != choosing || c.instead != nil || c.note.level == failed {
		return
	}
	now := c.desk.Now().UnixMilli()
	for _, no := range c.seats.Selection() {
		p := c.picture.Places.At(no)
		h, held := c.picture.Holds[p.Hold]
		mine := c.isMine(no) || held && h.Staff == c.desk.Actor.Staff
		if !before.Places.At(no).Free(now) || p.Free(now) || mine || p.State == boxoffice.Confirmed && c.busy {
			continue
		}
		said := c.labels([]boxoffice.PlaceNo{no}) + " just went"
		if held && p.State == boxoffice.Held {
			said += " to " + boxoffice.Clean(h.Who())
		}
		c.say(warned, said+".")
		return
	}
}

// news takes over what happened.
func (c *Counter) news(m screen.NewsMsg) tea.Cmd {
	if !m.Hidden {
		c.look()
	}
	plans := c.heard(m.Entries)
	for _, e := range m.Entries {
		if e.Verb == boxoffice.VerbOpen && e.Performance == c.note.shut {
			c.note = note{} // it is true no more
		}
	}
	if m.Resync {
		c.house.due = true
		return tea.Batch(plans, c.readBasket(), c.readLately(), c.house.overdue(c))
	}
	read := false
	for _, e := range m.Entries {
		if e.Performance != 0 && e.Performance != c.showing || e.Verb == boxoffice.VerbPerformance {
			c.house.due = true
		}
		if c.mine.has(e.Command) {
			continue
		}
		c.sayTaken(e)
		own := e.Actor.Staff == c.desk.Actor.Staff && e.Actor.Staff != 0
		if own || e.Basket != 0 && e.Basket == c.basket.Basket.ID || e.Hold != 0 && e.Hold == c.basket.Hold.ID {
			read = true
		}
	}
	cmds := []tea.Cmd{plans}
	if read {
		cmds = append(cmds, c.readBasket())
	}
	return tea.Batch(append(cmds, c.house.overdue(c))...)
}

// sayTaken tells the clerk that somebody else freed the basket in hand, or took it over.
func (c *Counter) sayTaken(e boxoffice.Entry) {
	if e.Basket == 0 || e.Basket != c.basket.Basket.ID || e.Actor.Staff == c.desk.Actor.Staff {
		return
	}
	name := boxoffice.Clean(c.tape.names[e.Actor.Staff])
	if name == "" {
		name = "Somebody"
	}
	said, reason := "", ""
	switch e.Verb {
	case boxoffice.VerbFree:
		said, reason = " released your basket", strings.TrimPrefix(e.Note, c.desk.Staff.Name+"'s")
	case boxoffice.VerbTakeOver:
		said, reason = " took your basket over", strings.TrimPrefix(e.Note, "from "+c.desk.Staff.Name)
	default:
		return
	}
	c.desk.Notice(boxoffice.Shorten(name+" ("+boxoffice.Clean(e.Actor.Terminal)+")", 40) + said + boxoffice.Clean(reason) + ".")
}

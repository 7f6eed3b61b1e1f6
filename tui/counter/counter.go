package counter

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/saleline"
	"wicket/tui/screen"
	"wicket/tui/widget"
)

// stage is how far the sale in hand is.
type stage uint8

const (
	choosing stage = iota // places for the basket
	paying
	paid // the change stands until the next customer
)

// patience is how long keys wait for the first picture of a house.
const patience = 3 * time.Second

// Counter is the screen tickets are sold on.
type Counter struct {
	desk  *screen.Desk
	line  *widget.Line // the sale line
	given *widget.Line // the line of a payment
	seats *widget.SeatMap

	stage   stage
	showing boxoffice.PerformanceID
	asked   time.Time // when the picture of showing was first waited for
	picture *boxoffice.Picture
	index   *saleline.Index
	house   programme
	tape    tape

	basket  boxoffice.BasketView
	known   bool // the basket was read
	lapsed  string
	warned  time.Time // the end of the hold that was warned of
	sale    boxoffice.Sale
	sold    string // what the sale was, in words
	choice  choice
	instead *screen.Dialog // asks whether other places will do; they are highlighted
	preview preview
	note    note

	busy  bool
	gen   int  // counts what changed the basket: answers from before are stale
	again bool // the basket is to be read once the answer is here
	mine  commands
	mapAt origin
	drawn int // bytes of the last view
}

// New returns a counter. It shows nothing until it is entered.
func New(desk *screen.Desk) *Counter {
	c := &Counter{
		desk:  desk,
		line:  widget.NewLine(desk.Theme),
		given: widget.NewLine(desk.Theme),
		seats: widget.NewSeatMap(desk.Theme),
	}
	c.seats.SetCurrency(desk.House.Currency)
	c.seats.Share(&desk.Shelf.Houses)
	return c
}

// Enter brings the counter to the front. About may be the performance to show.
func (c *Counter) Enter(about any) tea.Cmd {
	if perf, ok := about.(boxoffice.PerformanceID); ok {
		c.show(perf)
	}
	c.look()
	return tea.Batch(c.readHouse(), c.readBasket(), c.readLately())
}

// Busy reports whether the next key depends on an answer that is still out: that
// of a use case, or the first ones, which say what is sold here and what is in the
// basket.
func (c *Counter) Busy() bool {
	if c.busy || !c.known || !c.house.known {
		return true
	}
	return c.showing != 0 && c.picture == nil && c.desk.Now().Sub(c.asked) < patience
}

// nowhere reports whether the house has no performance to show.
func (c *Counter) nowhere() bool { return c.showing == 0 && c.house.known }

// Idle reports whether nothing is in hand: no place in the basket, nothing typed. The
// change of the last sale may still stand.
func (c *Counter) Idle() bool {
	return !c.Busy() && c.stage != paying && c.basket.Empty() && len(c.basket.Lost) == 0 && c.line.Empty()
}

// Left returns how much longer the places in the basket are kept, 0 without any.
func (c *Counter) Left() time.Duration {
	if c.basket.Empty() {
		return 0
	}
	return max(0, c.basket.Hold.ExpiresAt.Sub(c.desk.Now()))
}

// Still reports whether a second that passes changes nothing of the view: no basket
// whose time runs, and the cursor on no place that is held for a while.
func (c *Counter) Still() bool {
	if !c.basket.Empty() || c.seats.Stale() {
		return false
	}
	no, ok := c.seats.Cursor()
	return !ok || c.picture == nil || c.picture.Places.At(no).Hold == 0
}

// Update takes one message.
func (c *Counter) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return c.key(msg)
	case screen.ScanMsg:
		return c.scan(msg.Code)
	case tea.MouseMsg:
		return c.mouse(msg)
	case screen.TickMsg:
		return c.tick()
	case screen.NewsMsg:
		return c.news(msg)
	case answer:
		return c.answered(msg)
	case basketMsg:
		return c.basketRead(msg)
	case houseMsg:
		return c.houseRead(msg)
	case latelyMsg:
		c.tape.knowAll(c.desk.Shelf.Names(msg.Names))
		return c.heard(msg.Entries)
	case planMsg:
		c.planRead(msg)
	}
	return nil
}

// tick lets time pass: a basket that ends is looked at again.
func (c *Counter) tick() tea.Cmd {
	now := c.desk.Now()
	c.seats.SetNow(now)
	if !c.busy {
		c.seats.SetMine(c.basket.Hold.ID)
	}
	if c.picture == nil {
		c.look()
	}
	if c.basket.Empty() {
		return c.house.overdue(c)
	}
	left := c.basket.Hold.ExpiresAt.Sub(now)
	switch {
	case left <= 0 && !c.busy:
		return c.readBasket()
	case left < time.Minute && left > 0 && !c.warned.Equal(c.basket.Hold.ExpiresAt) && c.note.level != failed:
		c.warned = c.basket.Hold.ExpiresAt
		c.say(warned, "The basket ends in a minute: ^R keeps it.")
	}
	return c.house.overdue(c)
}

// level says how a note is meant.
type level uint8

const (
	told level = iota
	done
	warned
	failed
)

// note stands in the place of the preview until the next key.
type note struct {
	level level
	words string
	shut  boxoffice.PerformanceID // whose sales are not open, where that is what it says
}

func (c *Counter) say(l level, words string) { c.note = note{level: l, words: words} }

// commands remembers the last few command ids of this counter, so that news of
// them is no news.
type commands struct {
	ids  [32]boxoffice.CommandID
	next int
}

func (m *commands) add(id boxoffice.CommandID) {
	m.ids[m.next%len(m.ids)] = id
	m.next++
}

func (m *commands) has(id boxoffice.CommandID) bool {
	for _, own := range m.ids {
		if id != "" && own == id {
			return true
		}
	}
	return false
}

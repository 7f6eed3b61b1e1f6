package screentest

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/boxoffice/seating"
	"wicket/tui/screen"
)

// Evening is when tests begin: a Friday, 19:12:04 in Madrid.
var Evening = time.Date(2026, 11, 27, 18, 12, 4, 0, time.UTC)

// Clock is a clock that tests move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the instant the clock stands at.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// The people of the house, and the hold of the basket under test.
const (
	Ana boxoffice.StaffID = 1
	Ben boxoffice.StaffID = 2

	MyHold   boxoffice.HoldID   = 7
	MyBasket boxoffice.BasketID = 3
	BensHold boxoffice.HoldID   = 8
)

// House is a box office in memory.
type House struct {
	screen.Office // what is not made here fails the test that asks for it

	Clock *Clock
	TTL   time.Duration
	// Fail is what every use case answers, where set.
	Fail error
	// Unread is what every look at the basket, the lists and the programme answers,
	// where set.
	Unread error
	// Dark is set while the feed has no picture yet.
	Dark bool
	// Behind is set while the feed has no newer pictures than those it gave.
	Behind bool
	// Role is Ana's; a supervisor's where empty.
	Role boxoffice.Role
	// OnSale is told of each sale, where set.
	OnSale func()
	// PINs, Roles and Gone say who works here, and how they sign in.
	PINs  map[boxoffice.StaffID]string
	Roles map[boxoffice.StaffID]boxoffice.Role
	Gone  map[boxoffice.StaffID]bool
	// Desks is who is at work, by terminal.
	Desks map[string]boxoffice.StaffID
	// Calls are the use cases that ran, by name.
	Calls []string
	// PlansRead counts the plans that were asked for.
	PlansRead int
	// Evil is part of every name, label and reason of the house, where set.
	Evil string
	// TaxAdded is what each ticket comes to beyond its price.
	TaxAdded boxoffice.Money
	// Waits is what waits too long, but for baskets and requests.
	Waits []boxoffice.Attention

	mu      sync.Mutex
	shows   []*show
	basket  boxoffice.BasketView
	orders  []boxoffice.OrderView
	named   []boxoffice.NamedView
	parked  []boxoffice.ParkedView
	seen    map[boxoffice.CommandID]bool
	seq     int64 // of the pictures
	sold    int
	journal []boxoffice.Entry
	finder  *boxoffice.Office
	codes   boxoffice.Barcodes
	subs    []*subscription
	asked   []boxoffice.Approval
	wrong   int // PINs in a row
	locked  time.Time
}

// show is one performance.
type show struct {
	perf   boxoffice.Performance
	plan   *boxoffice.Plan
	prices *boxoffice.PriceList
	places []boxoffice.PlaceState
	holds  map[boxoffice.HoldID]boxoffice.HoldView
	pic    *boxoffice.Picture
}

// New returns a house that plays Macbeth tonight and a concert without seats
// tomorrow.
func New(t testing.TB) *House {
	t.Helper()
	h := &House{Clock: &Clock{now: Evening}, TTL: 8 * time.Minute, seen: map[boxoffice.CommandID]bool{}}
	h.PINs, h.Roles, h.Gone, h.Desks = usualPINs(), map[boxoffice.StaffID]boxoffice.Role{}, map[boxoffice.StaffID]bool{}, map[string]boxoffice.StaffID{}
	h.finder = boxoffice.NewOffice(nil, &seating.Finder{}, nil)
	codes, err := boxoffice.NewBarcodes(make([]byte, boxoffice.BarcodeKeySize))
	if err != nil {
		t.Fatal(err)
	}
	h.codes = codes
	h.Add(t, "leal", boxoffice.Performance{ID: 1, Key: "macbeth", Title: "Macbeth", Curtain: Evening.Add(47*time.Minute + 56*time.Second), State: boxoffice.OnSale, TaxPPM: 100_000, TaxIncluded: true})
	h.Add(t, "sala", boxoffice.Performance{ID: 2, Key: "comedy", Title: "Comedy Night", Curtain: Evening.Add(25*time.Hour + 17*time.Minute + 56*time.Second), State: boxoffice.OnSale, TaxPPM: 210_000, TaxIncluded: true})
	return h
}

// Add adds a performance on a built-in plan.
func (h *House) Add(t testing.TB, plan string, perf boxoffice.Performance) {
	t.Helper()
	p, err := planfile.Builtin(plan)
	if err != nil {
		t.Fatal(err)
	}
	h.AddPlan(p, perf)
}

// AddPlan adds a performance on a plan.
func (h *House) AddPlan(p *boxoffice.Plan, perf boxoffice.Performance) {
	list := &boxoffice.PriceList{Types: []boxoffice.PriceType{
		{ID: 1, Code: "a", Name: "Adult" + h.Evil, Rank: 1}, {ID: 2, Code: "c", Name: "Child" + h.Evil, Rank: 2},
	}}
	for z := range p.Zones {
		amount := boxoffice.Money(2400 - 400*min(z, 4))
		if p.Sections[0].Admission == boxoffice.GeneralAdmission {
			amount = 1500
		}
		list.Prices = append(list.Prices,
			boxoffice.Price{Zone: z, Type: 1, Amount: amount},
			boxoffice.Price{Zone: z, Type: 2, Amount: amount - 400})
	}
	s := &show{perf: perf, plan: p, prices: list, holds: map[boxoffice.HoldID]boxoffice.HoldView{}}
	s.places = make([]boxoffice.PlaceState, len(p.Places))
	for i := range s.places {
		s.places[i] = boxoffice.PlaceState{Ticket: boxoffice.TicketID(i + 1), State: boxoffice.Available, Version: 1}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shows = append(h.shows, s)
	h.draw(s)
}

// Staff is who uses the screen under test.
func (h *House) Staff() boxoffice.Staff {
	role := h.Role
	if role == "" {
		role = boxoffice.Supervisor
	}
	return boxoffice.Staff{ID: Ana, Name: "Ana" + h.Evil, Role: role, Active: true}
}

// Actor is where.
func (h *House) Actor() boxoffice.Actor {
	return boxoffice.Actor{Staff: Ana, Terminal: "window 2" + h.Evil, Drawer: "till 2", Channel: boxoffice.Window}
}

// Settings are the house's own.
func (h *House) Settings() boxoffice.House {
	return boxoffice.House{
		Name: "Teatro Leal" + h.Evil, Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid",
		Holds: boxoffice.DefaultHoldTimes(),
	}
}

// Fill sells and holds part of a performance as by a busy evening.
func (h *House) Fill(perf boxoffice.PerformanceID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.show(perf)
	for i := range s.places {
		p := &s.places[i]
		place := s.plan.Places[i]
		switch {
		case (i*7+place.Line*5)%11 < 4 && place.Line%3 != 1:
			p.State, p.Order = boxoffice.Confirmed, 1001
			p.Price, _ = s.prices.Price(place.Zone, 1)
		case i%97 == 13:
			p.Block = boxoffice.KillCode
		case place.Line == 3 && place.Column > 14 && place.Column < 20:
			p.Block = "H"
		}
	}
	h.draw(s)
}

// Take gives places of a performance to Ben for so long, as if he had just taken
// them.
func (h *House) Take(perf boxoffice.PerformanceID, until time.Duration, places ...boxoffice.PlaceNo) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.show(perf)
	end := h.Clock.Now().Add(until)
	s.holds[BensHold] = boxoffice.HoldView{Hold: boxoffice.Hold{
		ID: BensHold, Kind: boxoffice.BasketHold, State: boxoffice.HoldActive, Staff: Ben, Terminal: "window 4", ExpiresAt: end,
	}, StaffName: "Ben" + h.Evil, Basket: 4}
	entry := boxoffice.Entry{Actor: boxoffice.Actor{Staff: Ben, Terminal: "window 4" + h.Evil, Channel: boxoffice.Window}, Verb: boxoffice.VerbHold, Performance: perf, Basket: 4, Hold: BensHold}
	for _, no := range places {
		p := &s.places[no-1]
		p.State, p.Hold, p.Until = boxoffice.Held, BensHold, end.UnixMilli()
		entry.Changes = append(entry.Changes, boxoffice.Change{Place: no, From: boxoffice.Available, To: boxoffice.Held})
	}
	h.note(entry)
	h.draw(s)
}

// TakeUnseen is Take without a new picture: the screen still shows the places as
// they were.
func (h *House) TakeUnseen(perf boxoffice.PerformanceID, until time.Duration, places ...boxoffice.PlaceNo) {
	h.mu.Lock()
	pic := h.show(perf).pic
	h.mu.Unlock()
	h.Take(perf, until, places...)
	h.mu.Lock()
	h.show(perf).pic = pic
	h.mu.Unlock()
}

// Place returns the number of a place by its section and label.
func (h *House) Place(perf boxoffice.PerformanceID, section, label string) boxoffice.PlaceNo {
	s := h.show(perf)
	for _, p := range s.plan.Places {
		if strings.HasPrefix(s.plan.Sections[p.Section].Name, section) && p.Label() == label {
			return p.No
		}
	}
	panic("no place " + section + " " + label)
}

// Lapse lets the basket's time run out.
func (h *House) Lapse() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.basket.Lost, h.basket.Lines = h.basket.Lines, nil
	h.basket.Total, h.basket.Tax = 0, 0
	for _, l := range h.basket.Lost {
		p := &h.show(l.Performance).places[l.Place-1]
		*p = boxoffice.PlaceState{Ticket: p.Ticket, State: boxoffice.Available}
	}
	h.basket.Hold.State = boxoffice.HoldLapsed
	for _, s := range h.shows {
		h.draw(s)
	}
	h.note(boxoffice.Entry{Verb: boxoffice.VerbLapse, Hold: MyHold, Basket: MyBasket})
}

// Orders returns what was sold.
func (h *House) Orders() []boxoffice.OrderView {
	h.mu.Lock()
	defer h.mu.Unlock()
	orders := slices.Clone(h.orders)
	for i := range orders {
		orders[i].Lines = slices.Clone(orders[i].Lines) // whoever reads an order does not see what becomes of it
	}
	return orders
}

func (h *House) show(id boxoffice.PerformanceID) *show {
	for _, s := range h.shows {
		if s.perf.ID == id {
			return s
		}
	}
	panic("no such performance")
}

// draw makes a new picture.
func (h *House) draw(s *show) {
	h.seq++
	s.pic = boxoffice.NewPicture(s.perf, s.plan, s.prices, h.seq, boxoffice.NewPlaces(s.places), cloneHolds(s.holds), h.Clock.Now())
	h.wake()
}

func cloneHolds(m map[boxoffice.HoldID]boxoffice.HoldView) map[boxoffice.HoldID]boxoffice.HoldView {
	out := make(map[boxoffice.HoldID]boxoffice.HoldView, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// Clear takes every performance away.
func (h *House) Clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shows = nil
}

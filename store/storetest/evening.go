package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/seating"
)

// Clock is a clock that stands until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at t.
func NewClock(t time.Time) *Clock { return &Clock{now: t} }

// Now returns where the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move moves the clock by d, back for a negative one.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Curtain is when the evening's performance begins.
var Curtain = time.Date(2026, 11, 27, 19, 0, 0, 0, time.UTC)

// Evening is a house with one performance on sale and some staff: what tests of
// use cases start from.
type Evening struct {
	Office      *boxoffice.Office
	Store       boxoffice.Store
	Clock       *Clock
	Plan        *boxoffice.Plan
	Performance boxoffice.PerformanceID
	Adult       boxoffice.PriceTypeID
	Child       boxoffice.PriceTypeID
	Staff       []boxoffice.Actor // managers, each with a window of their own
}

// plainPINs keeps PINs as they are: tests need no hashing.
type plainPINs struct{}

func (plainPINs) Hash(pin string) (string, error) { return "plain:" + pin, nil }
func (plainPINs) Check(hash, pin string) bool     { return hash == "plain:"+pin }

// NewOffice returns an office as tests need it: without hashing, with a key that
// everybody knows.
func NewOffice(store boxoffice.Store) *boxoffice.Office {
	codes, err := boxoffice.NewBarcodes(make([]byte, boxoffice.BarcodeKeySize))
	if err != nil {
		panic(err) // its size is right
	}
	return boxoffice.NewOffice(store, &seating.Finder{}, plainPINs{}, boxoffice.WithBarcodes(codes))
}

// Rows returns a plan of one reserved section with so many rows of so many seats,
// an aisle in the middle, and a standing area of capacity ga.
func Rows(rows, seats, ga int) *boxoffice.Plan {
	plan := &boxoffice.Plan{
		Name: "Test house", Stage: boxoffice.EdgeTop, Zones: []boxoffice.Zone{{Name: "Front"}, {Name: "Back"}},
		Levels: []boxoffice.Level{{Name: "Floor", Lines: rows, Columns: seats + 1}},
	}
	add := func(p boxoffice.Place) {
		p.No = boxoffice.PlaceNo(len(plan.Places) + 1)
		p.Key = fmt.Sprint(p.No)
		plan.Places = append(plan.Places, p)
	}
	for r := range rows {
		for s := range seats {
			column := s
			if s >= seats/2 {
				column++
			}
			zone := 0
			if r >= (rows+1)/2 {
				zone = 1
			}
			add(boxoffice.Place{Row: string(rune('A' + r%26)), Seat: fmt.Sprint(s + 1), Line: r, Column: column, Zone: zone})
		}
	}
	plan.Sections = []boxoffice.Section{{Name: "Stalls", Admission: boxoffice.Reserved, First: 1, Last: boxoffice.PlaceNo(rows * seats)}}
	if ga > 0 {
		first := boxoffice.PlaceNo(len(plan.Places) + 1)
		for range ga {
			add(boxoffice.Place{Section: 1, Zone: 1})
		}
		plan.Sections = append(plan.Sections, boxoffice.Section{Name: "Standing", Admission: boxoffice.GeneralAdmission, First: first, Last: boxoffice.PlaceNo(len(plan.Places))})
	}
	return plan
}

// NewEvening makes a house with plan on sale in store, and so many staff. The
// clock stands two hours before the curtain.
func NewEvening(t testing.TB, store boxoffice.Store, clock *Clock, plan *boxoffice.Plan, staff int) *Evening {
	t.Helper()
	ctx := context.Background()
	e := &Evening{Store: store, Clock: clock, Office: NewOffice(store)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	house := boxoffice.House{Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid"}
	boss, err := e.Office.CreateHouse(ctx, boxoffice.NewCommandID(), house, "Manager", "1234")
	must(err)
	by := boxoffice.Actor{Staff: boss.ID, Terminal: "office", Drawer: "office", Channel: boxoffice.Window}
	for i := range staff {
		name := fmt.Sprintf("Clerk %d", i+1)
		_, err := e.Office.AddStaff(ctx, boxoffice.NewCommandID(), by, name, boxoffice.Manager, "")
		must(err)
	}
	_, err = e.Office.ImportPlan(ctx, boxoffice.NewCommandID(), by, plan)
	must(err)
	_, err = e.Office.LoadProgramme(ctx, boxoffice.NewCommandID(), by, boxoffice.Programme{
		PriceTypes: []boxoffice.PriceType{{Code: "a", Name: "Adult"}, {Code: "c", Name: "Child"}},
		Events: []boxoffice.ProgrammeEvent{{
			Key: "macbeth", Title: "Macbeth", Plan: plan.Name, TaxPPM: 100_000, TaxIncluded: true,
			Prices: []boxoffice.ProgrammePrice{
				{Zone: "*", Type: "a", Amount: 2400}, {Zone: "Back", Type: "a", Amount: 1600}, {Zone: "*", Type: "c", Amount: 900},
			},
			Performances: []boxoffice.ProgrammePerformance{{Key: "macbeth-1", Curtain: Curtain, OnSale: true}},
		}},
	})
	must(err)
	opened, err := Reopen(store, clock)
	must(err)
	return opened
}

// Reopen returns the evening that stands in a store already.
func Reopen(store boxoffice.Store, clock *Clock) (*Evening, error) {
	ctx := context.Background()
	e := &Evening{Store: store, Clock: clock, Office: NewOffice(store)}
	perf, err := e.Office.PerformanceByKey(ctx, "macbeth-1")
	if err != nil {
		return nil, err
	}
	staff, err := e.Office.AllStaff(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range staff {
		var n int
		if _, err := fmt.Sscanf(s.Name, "Clerk %d", &n); err == nil {
			window := fmt.Sprintf("window %d", n)
			e.Staff = append(e.Staff, boxoffice.Actor{Staff: s.ID, Terminal: window, Drawer: window, Channel: boxoffice.Window})
		}
	}
	e.Performance = perf.ID
	return e, store.View(ctx, func(r boxoffice.Reader) error {
		if e.Plan, err = r.Plan(perf.Plan); err != nil {
			return err
		}
		types, err := r.PriceTypes()
		if err != nil {
			return err
		}
		e.Adult, e.Child = types[0].ID, types[1].ID
		return nil
	})
}

// Places returns the state of every place of the evening's performance.
func (e *Evening) Places(t testing.TB) []boxoffice.PlaceState {
	t.Helper()
	var places []boxoffice.PlaceState
	if err := e.Store.View(context.Background(), func(r boxoffice.Reader) error {
		var err error
		places, err = r.Places(e.Performance)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return places
}

// Fill counts the house as it stands now.
func (e *Evening) Fill(t testing.TB) boxoffice.Fill {
	t.Helper()
	var fill boxoffice.Fill
	for _, p := range e.Places(t) {
		fill.Count(p, e.Clock.Now().UnixMilli())
	}
	return fill
}

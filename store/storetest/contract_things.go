package storetest

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

func testGuards(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var hold boxoffice.Hold
	var basket boxoffice.Basket
	var stale []boxoffice.Ticket
	b.update(func(tx boxoffice.Tx) (err error) {
		if stale, err = tx.Tickets(b.perf.ID, []boxoffice.PlaceNo{1}); err != nil {
			return err
		}
		if hold, err = b.hold(tx, 1); err != nil {
			return err
		}
		basket, err = tx.SaveBasket(boxoffice.Basket{Staff: b.staff.ID, State: boxoffice.BasketOpen, Hold: hold.ID})
		return err
	})
	b.update(func(tx boxoffice.Tx) error { // everything moves on by one version
		if _, err := tx.SaveHold(hold); err != nil {
			return err
		}
		if _, err := tx.SaveBasket(basket); err != nil {
			return err
		}
		if _, err := tx.SaveStaff(b.staff); err != nil {
			return err
		}
		if _, err := tx.SavePerformance(b.perf); err != nil {
			return err
		}
		house, err := tx.House()
		if err != nil {
			return err
		}
		return tx.SaveHouse(house)
	})
	for what, save := range map[string]func(boxoffice.Tx) error{
		"hold":        func(tx boxoffice.Tx) error { _, err := tx.SaveHold(hold); return err },
		"basket":      func(tx boxoffice.Tx) error { _, err := tx.SaveBasket(basket); return err },
		"staff":       func(tx boxoffice.Tx) error { _, err := tx.SaveStaff(b.staff); return err },
		"performance": func(tx boxoffice.Tx) error { _, err := tx.SavePerformance(b.perf); return err },
		"house":       func(tx boxoffice.Tx) error { return tx.SaveHouse(boxoffice.House{Name: "x", Version: 1}) },
		"ticket": func(tx boxoffice.Tx) error {
			taken, err := stale[0].Reserve(tx.Now(), hold, b.typ.ID, boothPrice)
			if err != nil {
				return err
			}
			return tx.SaveTickets(stale, []boxoffice.Ticket{taken})
		},
	} {
		isKind(t, "a stale "+what, b.refused(what, save), boxoffice.KindConflict)
	}
}

// testProgramme saves what a programme is made of a second time.
func testProgramme(t *testing.T, open Opener) {
	b := newBooth(t, open)
	b.update(func(tx boxoffice.Tx) error {
		event, err := tx.EventByKey("macbeth")
		if err != nil {
			return err
		}
		event.Key, event.Title, event.Subtitle = "macbeth-2", "Macbeth again", "in three acts"
		if _, err = tx.SaveEvent(event); err != nil {
			return err
		}
		typ := b.typ
		typ.Code, typ.Name, typ.Rank, typ.Guarded = "n", "Normal", 7, true
		if _, err = tx.SavePriceType(typ); err != nil {
			return err
		}
		perf := b.perf
		perf.Title, perf.Key, perf.Doors, perf.Ends = event.Title, "macbeth-3", Curtain.Add(-time.Hour), Curtain.Add(3*time.Hour)
		if perf, err = tx.SavePerformance(perf); err != nil {
			return err
		}
		prices := []boxoffice.Price{{Zone: 0, Type: typ.ID, Amount: 3100}}
		if err = tx.SavePrices(perf.ID, prices); err != nil {
			return err
		}
		kept, err := tx.Event(event.ID)
		if err != nil {
			return err
		}
		same(t, "changed event", kept, event)
		types, err := tx.PriceTypes()
		if err != nil {
			return err
		}
		same(t, "changed price types", types, []boxoffice.PriceType{typ})
		moved, err := tx.Performance(perf.ID)
		if err != nil {
			return err
		}
		same(t, "changed performance", moved, perf)
		list, err := tx.PriceList(perf.ID)
		if err == nil {
			same(t, "changed prices", list.Prices, prices)
		}
		if err != nil {
			return err
		}
		_, err = tx.SaveTimedBlock(boxoffice.TimedBlock{Performance: perf.ID, Code: "H", Places: []boxoffice.PlaceNo{7}, ReleaseAt: Curtain})
		return err
	})
}

func testSettings(t *testing.T, open Opener) {
	b := newBooth(t, open)
	isKind(t, "a second house", b.refused("a second house", func(tx boxoffice.Tx) error { return tx.CreateHouse(boxoffice.House{Name: "x"}) }), boxoffice.KindState)
	isKind(t, "a second ANA", b.refused("a second ANA", func(tx boxoffice.Tx) error {
		_, err := tx.SaveStaff(boxoffice.Staff{Name: "ANA", Role: boxoffice.Clerk})
		return err
	}), boxoffice.KindState)
	b.view(func(r boxoffice.Reader) error {
		house, err := r.House()
		if err != nil {
			return err
		}
		same(t, "house", boxoffice.House{
			Name: house.Name, Currency: house.Currency, TimeZone: house.TimeZone, Holds: house.Holds, Version: house.Version,
		}, boxoffice.House{
			Name: "Teatro Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid", Holds: boxoffice.DefaultHoldTimes(), Version: 1,
		})
		ana, err := r.StaffByName("aNA")
		if err != nil {
			return err
		}
		same(t, "staff", ana, b.staff)
		perf, err := r.PerformanceByKey("macbeth-1")
		if err != nil {
			return err
		}
		same(t, "performance", perf, b.perf)
		if perf.Title != "Macbeth" || !perf.Ends.IsZero() || !perf.Curtain.Equal(Curtain) {
			t.Errorf("performance is %+v", perf)
		}
		for _, c := range []struct {
			from, to time.Time
			want     int
		}{
			{time.Time{}, time.Time{}, 1},
			{Curtain, time.Time{}, 1},
			{time.Time{}, Curtain, 0},
			{Curtain.Add(1), time.Time{}, 0},
			{Curtain, Curtain.Add(1), 1},
		} {
			found, err := r.Performances(c.from, c.to)
			if err != nil || len(found) != c.want {
				t.Errorf("performances in [%s, %s): %d (%v), want %d", c.from, c.to, len(found), err, c.want)
			}
		}
		list, err := r.PriceList(perf.ID)
		if err != nil {
			return err
		}
		same(t, "prices", *list, boxoffice.PriceList{Types: []boxoffice.PriceType{b.typ}, Prices: []boxoffice.Price{{Type: b.typ.ID, Amount: boothPrice}}})
		for what, err := range map[string]error{
			"staff": second(r.Staff(99)), "plan": second(r.Plan(99)), "plan by name": second(r.PlanByName("x")), "event": second(r.Event(99)),
			"event by key": second(r.EventByKey("x")), "performance": second(r.Performance(99)), "performance by key": second(r.PerformanceByKey("x")),
			"tickets": second(r.Tickets(b.perf.ID, []boxoffice.PlaceNo{99})), "ticket": second(r.Ticket(99)), "hold": second(r.Hold(99)),
			"basket": second(r.Basket(99)), "open basket": second(r.OpenBasket(99)), "basket of": second(r.BasketOf(99)),
			"customer": second(r.Customer(99)), "key": second(r.Key("SHA256:x")), "authority": second(r.Authority("SHA256:x")), "request": second(r.Approval(99)),
			"order": second(r.Order(99)), "open shift": second(r.OpenShift("x")),
		} {
			isKind(t, "a missing "+what, err, boxoffice.KindNotFound)
		}
		return nil
	})
}

func second[T any](_ T, err error) error { return err }

func testPlan(t *testing.T, open Opener) {
	b := newBooth(t, open)
	b.view(func(r boxoffice.Reader) error {
		plan, err := r.PlanByName(b.plan.Name)
		if err != nil {
			return err
		}
		want := *b.plan
		want.ID = b.perf.Plan
		same(t, "plan", *plan, want)
		heads, err := r.Plans()
		same(t, "plans", heads, []boxoffice.PlanHead{{ID: want.ID, Name: want.Name, Places: len(want.Places)}})
		return err
	})
	// A plan that was rolled back leaves nothing behind, not even in a cache.
	other := Rows(1, 3, 0)
	other.Name = "Other"
	var lost boxoffice.PlanID
	b.refused("lost plan", func(tx boxoffice.Tx) error {
		var err error
		if lost, err = tx.SavePlan(other); err != nil {
			return err
		}
		if _, err := tx.Plan(lost); err != nil {
			return err
		}
		return errNo
	})
	b.view(func(r boxoffice.Reader) error {
		isKind(t, "the lost plan", second(r.Plan(lost)), boxoffice.KindNotFound)
		return nil
	})
	b.update(func(tx boxoffice.Tx) error {
		again := Rows(1, 4, 0)
		again.Name = b.plan.Name
		id, err := tx.SavePlan(again)
		if err != nil {
			return err
		}
		newest, err := tx.PlanByName(b.plan.Name)
		if err == nil && (newest.ID != id || len(newest.Places) != 4) {
			t.Errorf("the newest plan is %d with %d places", newest.ID, len(newest.Places))
		}
		return err
	})
}

func testTickets(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var hold boxoffice.Hold
	b.update(func(tx boxoffice.Tx) (err error) { hold, err = b.hold(tx, 2, 5); return err })
	b.view(func(r boxoffice.Reader) error {
		tickets, err := r.Tickets(b.perf.ID, []boxoffice.PlaceNo{5, 1, 2})
		if err != nil {
			return err
		}
		for i, no := range []boxoffice.PlaceNo{5, 1, 2} {
			if tickets[i].Place != no {
				t.Errorf("ticket %d is for place %d, want %d", i, tickets[i].Place, no)
			}
		}
		same(t, "ticket", tickets[0], boxoffice.Ticket{
			ID: tickets[0].ID, Performance: b.perf.ID, Place: 5, State: boxoffice.Held, Hold: hold.ID, HeldAt: hold.CreatedAt, ExpiresAt: hold.ExpiresAt,
			Type: b.typ.ID, Price: boothPrice, Version: 2,
		})
		byID, err := r.Ticket(tickets[0].ID)
		if err != nil {
			return err
		}
		same(t, "ticket by id", byID, tickets[0])
		under, err := r.TicketsOf(hold.ID)
		if err != nil {
			return err
		}
		same(t, "tickets of the hold", under, []boxoffice.Ticket{tickets[2], tickets[0]})
		places, err := r.Places(b.perf.ID)
		if err != nil {
			return err
		}
		if len(places) != len(b.plan.Places) {
			t.Fatalf("%d places, want %d", len(places), len(b.plan.Places))
		}
		same(t, "place", places[4], boxoffice.PlaceState{
			Ticket: tickets[0].ID, State: boxoffice.Held, Hold: hold.ID, Until: hold.ExpiresAt.UnixMilli(), Type: b.typ.ID, Price: boothPrice, Version: 2,
		})
		same(t, "open place", places[0], boxoffice.PlaceState{Ticket: tickets[1].ID, State: boxoffice.Available, Version: 1})
		return nil
	})
	// What a transaction saved, it sees; and what it did not commit, nobody does.
	for range 2 {
		b.refused("rolled back", func(tx boxoffice.Tx) error {
			places, err := tx.Places(b.perf.ID)
			if err != nil {
				return err
			}
			if places[0].State != boxoffice.Available {
				t.Errorf("place 1 is %s", places[0].State)
			}
			if _, err := b.hold(tx, 1); err != nil {
				return err
			}
			after, err := tx.Places(b.perf.ID)
			if err != nil {
				return err
			}
			if places[0].State != boxoffice.Available || after[0].State != boxoffice.Held {
				t.Errorf("place 1 was %s and is %s, want available and reserved", places[0].State, after[0].State)
			}
			return errNo
		})
	}
	b.update(func(tx boxoffice.Tx) error {
		planned, err := tx.SavePerformance(boxoffice.Performance{Event: b.perf.Event, Key: "later", Plan: b.perf.Plan, Curtain: Curtain, State: boxoffice.Planned})
		if err != nil {
			return err
		}
		if places, err := tx.Places(planned.ID); places != nil || err != nil {
			t.Errorf("a planned performance has places %v (%v)", places, err)
		}
		return nil
	})
	isKind(t, "a second live ticket", b.refused("a second live ticket", func(tx boxoffice.Tx) error {
		return tx.InsertTickets([]boxoffice.Ticket{{Performance: b.perf.ID, Place: 1, State: boxoffice.Available}})
	}), boxoffice.KindInternal)
	// A lapsed hold's places can be taken over; one that lasts cannot.
	b.refused("taken from a hold that lasts", func(tx boxoffice.Tx) error { _, err := b.hold(tx, 2); return err })
	b.clock.Move(time.Hour)
	b.update(func(tx boxoffice.Tx) error { _, err := b.hold(tx, 2); return err })
}

func testHolds(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var first, later boxoffice.Hold
	b.view(func(r boxoffice.Reader) error {
		if next, err := r.NextExpiry(); err != nil || !next.IsZero() {
			t.Errorf("nothing ends, but next is %s (%v)", next, err)
		}
		return nil
	})
	b.update(func(tx boxoffice.Tx) (err error) { first, err = b.hold(tx, 1, 2); return err })
	b.clock.Move(time.Minute)
	release := b.clock.Now().Add(time.Minute)
	b.update(func(tx boxoffice.Tx) (err error) {
		if later, err = b.hold(tx, 3); err != nil {
			return err
		}
		vidal, err := tx.SaveCustomer(boxoffice.Customer{Name: "Mrs Vidal"})
		if err != nil {
			return err
		}
		if later, err = later.Name(tx.Now(), tx.Now().Add(24*time.Hour), vidal.ID); err != nil {
			return err
		}
		if later, err = tx.SaveHold(later); err != nil {
			return err
		}
		if _, err := tx.SaveBasket(boxoffice.Basket{Staff: b.staff.ID, State: boxoffice.BasketOpen, Hold: first.ID}); err != nil {
			return err
		}
		_, err = tx.SaveTimedBlock(boxoffice.TimedBlock{Performance: b.perf.ID, Code: "H", Places: []boxoffice.PlaceNo{7, 8, 9, 12}, ReleaseAt: release})
		return err
	})
	b.view(func(r boxoffice.Reader) error {
		live, err := r.LiveHolds(b.perf.ID)
		if err != nil {
			return err
		}
		if len(live) != 2 || live[0].Who() != "Ana (window 1)" || live[1].Who() != "Ana, for Mrs Vidal" {
			t.Errorf("live holds are %+v", live)
		}
		named, err := r.NamedHolds()
		if err != nil {
			return err
		}
		if len(named) != 1 || named[0].ID != later.ID {
			t.Errorf("named holds are %+v", named)
		}
		next, err := r.NextExpiry()
		if err != nil {
			return err
		}
		same(t, "next expiry", next, release)
		due, err := r.DueBlocks(release, 10)
		if err != nil {
			return err
		}
		if len(due) != 1 || len(due[0].Places) != 4 || due[0].Places[3] != 12 {
			t.Errorf("due blocks are %+v", due)
		}
		standing, err := r.TimedBlocks(b.perf.ID)
		if err != nil {
			return err
		}
		same(t, "timed blocks", standing, due)
		if other, err := r.TimedBlocks(b.perf.ID + 1); err != nil || len(other) > 0 {
			t.Errorf("another performance has timed blocks %+v (%v)", other, err)
		}
		for _, c := range []struct {
			at   time.Time
			want int
		}{{first.ExpiresAt.Add(-time.Millisecond), 0}, {first.ExpiresAt, 1}, {later.ExpiresAt, 2}} {
			lapsed, err := r.LapsedHolds(c.at, 10)
			if err != nil || len(lapsed) != c.want {
				t.Errorf("at %s %d holds have lapsed (%v), want %d", c.at, len(lapsed), err, c.want)
			}
		}
		return nil
	})
	b.update(func(tx boxoffice.Tx) error { // a transaction sees them as a reader does
		inside, err := tx.LiveHolds(b.perf.ID)
		if err != nil {
			return err
		}
		b.view(func(r boxoffice.Reader) error {
			outside, err := r.LiveHolds(b.perf.ID)
			same(t, "live holds", inside, outside)
			return err
		})
		return nil
	})
	b.update(func(tx boxoffice.Tx) error { // one that ended stands no more
		standing, err := tx.TimedBlocks(b.perf.ID)
		if err != nil {
			return err
		}
		ended := standing[0]
		ended.Places, ended.ReleasedAt = nil, tx.Now()
		if _, err := tx.SaveTimedBlock(ended); err != nil {
			return err
		}
		standing, err = tx.TimedBlocks(b.perf.ID)
		same(t, "timed blocks", standing, nil)
		return err
	})
	lapse := boxoffice.Lapse{Hold: first.ID, Performance: b.perf.ID, Place: 2, Type: b.typ.ID, At: first.ExpiresAt}
	b.update(func(tx boxoffice.Tx) error { return tx.SaveLapses([]boxoffice.Lapse{lapse, lapse}) })
	b.view(func(r boxoffice.Reader) error {
		lapses, err := r.Lapses(first.ID)
		same(t, "lapses", lapses, []boxoffice.Lapse{lapse})
		return err
	})
	b.update(func(tx boxoffice.Tx) error {
		if err := tx.ClearLapses(first.ID); err != nil {
			return err
		}
		lapses, err := tx.Lapses(first.ID)
		same(t, "lapses", lapses, nil)
		return err
	})
}

func testBaskets(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var parked, opened boxoffice.Basket
	b.update(func(tx boxoffice.Tx) (err error) {
		parked, err = tx.SaveBasket(boxoffice.Basket{Staff: b.staff.ID, State: boxoffice.BasketOpen})
		if err != nil {
			return err
		}
		parked.State, parked.ParkedAt, parked.Label = boxoffice.BasketParked, tx.Now(), "the lady in green"
		if parked, err = tx.SaveBasket(parked); err != nil {
			return err
		}
		opened, err = tx.SaveBasket(boxoffice.Basket{Staff: b.staff.ID, State: boxoffice.BasketOpen})
		return err
	})
	b.refused("a second open basket", func(tx boxoffice.Tx) error {
		_, err := tx.SaveBasket(boxoffice.Basket{Staff: b.staff.ID, State: boxoffice.BasketOpen})
		return err
	})
	b.view(func(r boxoffice.Reader) error {
		for _, staff := range []boxoffice.StaffID{0, b.staff.ID} {
			baskets, err := r.ParkedBaskets(staff)
			if err != nil {
				return err
			}
			same(t, "parked baskets", baskets, []boxoffice.Basket{parked})
		}
		if baskets, err := r.ParkedBaskets(99); err != nil || len(baskets) != 0 {
			t.Errorf("nobody parked %v (%v)", baskets, err)
		}
		mine, err := r.OpenBasket(b.staff.ID)
		same(t, "open basket", mine, opened)
		return err
	})
}

package evening

import (
	"context"
	"fmt"
	"time"

	"wicket/boxoffice"
	"wicket/store/sqlite"
)

// zone is where the house stands.
func (e *Evening) zone() *time.Location { return e.location }

// open opens the house: processes come, clerks sit down, what will happen is noted.
func (e *Evening) open() {
	for i := range weighed(e.dice, often[int]{80, 2}, often[int]{20, 3}) {
		p := &process{name: fmt.Sprintf("process %d", i+1), down: true}
		e.processes = append(e.processes, p)
		e.come(p)
	}
	e.learn(e.processes[0])
	for _, c := range e.told.clerks {
		if e.dice.chance(70) {
			give(e, c, true, "sits down", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
				return o.EnterDesk(ctx, id, c.at)
			}))
		}
	}
	e.arrivals()
	e.oversight()
	e.weather()
	for _, p := range e.processes {
		e.after(e.dice.seconds(0, 60), func() { e.sweeping(p) })
	}
	for at := 10 * time.Minute; at < curtain+30*time.Minute; at += 10 * time.Minute {
		e.after(at, e.agree)
	}
	e.after(curtain+25*time.Minute, func() { e.closed = true })
}

// learn reads what the house is like.
func (e *Evening) learn(p *process) {
	ctx := context.Background()
	e.told.head = start // the house was set up then
	staff, err := p.office.AllStaff(ctx)
	e.must("read staff", err)
	for i, s := range staff {
		at := boxoffice.Actor{Staff: s.ID, Terminal: fmt.Sprintf("window %d", i), Drawer: fmt.Sprintf("window %d", i), Channel: boxoffice.Window}
		if i%5 == 4 {
			at.Channel = boxoffice.Phone
		}
		c := &clerk{name: s.Name, role: s.Role, at: at}
		if s.Role == boxoffice.Manager {
			e.boss = c
			continue
		}
		e.told.clerks = append(e.told.clerks, c)
	}
	house, err := p.office.House(ctx)
	e.must("read house", err)
	e.location = house.Location()
	e.view(p, func(r boxoffice.Reader) error {
		types, err := r.PriceTypes()
		if err != nil {
			return err
		}
		e.types = priceTypes{types[0].ID, types[1].ID, types[2].ID}
		for i, key := range keys {
			perf, err := r.PerformanceByKey(key)
			if err != nil {
				return err
			}
			plan, err := r.Plan(perf.Plan)
			if err != nil {
				return err
			}
			e.told.shows = append(e.told.shows, &show{at: i, id: perf.ID, plan: plan, state: perf.State, ends: perf.Curtain, places: make([]place, len(plan.Places))})
		}
		return nil
	})
}

// agree holds every place of the house to what was told.
func (e *Evening) agree() {
	e.out.Views++
	e.view(e.someProcess(), func(r boxoffice.Reader) error {
		now := e.now()
		for _, s := range e.told.shows {
			places, err := r.Places(s.id)
			if err != nil {
				return err
			}
			if len(places) != len(s.places) {
				return fmt.Errorf("performance %d has %d places", s.id, len(places))
			}
			for i, have := range places {
				if err := s.places[i].agrees(have, now); err != nil {
					return fmt.Errorf("place %d of performance %d: %w", i+1, s.id, err)
				}
			}
		}
		return nil
	})
}

// agrees holds one place of the store to what was told of it.
func (p *place) agrees(have boxoffice.PlaceState, now time.Time) error {
	state := have.State
	if state == boxoffice.Held && have.Until <= now.UnixMilli() {
		state = boxoffice.Available // swept or not
	}
	want := boxoffice.Available
	switch {
	case p.sale != nil:
		want = boxoffice.Confirmed
	case p.held(now):
		want = boxoffice.Held
	}
	switch {
	case state != want || have.Block != p.block:
		return fmt.Errorf("it is %s %s; told was %s %s", state, have.Block, want, p.block)
	case want == boxoffice.Confirmed && have.Order != p.sale.id:
		return fmt.Errorf("it belongs to order %d; told was order %d", have.Order, p.sale.id)
	case want == boxoffice.Held && have.Until != p.keep.expires.UnixMilli():
		return fmt.Errorf("it is held until %s; told was %s", stamp(time.UnixMilli(have.Until)), stamp(p.keep.expires))
	}
	return nil
}

// close ends the evening: all it was told must be in the store, and nothing else.
func (e *Evening) close() {
	for _, p := range e.processes {
		if p.down {
			e.come(p)
		}
	}
	p := e.someProcess()
	e.agree()
	e.books(p)
	e.holds(p)
	breaks, err := p.line.Store.(*sqlite.Store).Verify(context.Background())
	e.must("verify", err)
	for _, b := range breaks {
		e.wrong("verify: %s: %s", b.Where, b.What)
	}
	e.view(p, func(r boxoffice.Reader) (err error) {
		e.out.Seq, e.out.Journal, err = r.Head()
		return err
	})
	e.trace.Sum(e.out.Trace[:0])
	for _, p := range e.processes {
		e.leave(p)
	}
}

// books holds every sale and the money to what was told.
func (e *Evening) books(p *process) {
	var all, today boxoffice.Money
	for _, want := range e.told.sold {
		var have boxoffice.Order
		e.view(p, func(r boxoffice.Reader) (err error) {
			have, err = r.Order(want.id)
			return err
		})
		n := 0
		for _, l := range have.Lines {
			if l.Reverses == 0 {
				n++
			}
		}
		if have.Total != want.total || n != len(want.places) || (have.State == boxoffice.OrderVoided) != want.voided {
			e.wrong("order %d is %s, %d tickets for %d; told was %d tickets for %d, voided %v", want.id, have.State, n, have.Total, len(want.places), want.total, want.voided)
		}
		if want.voided {
			continue
		}
		all += want.total
		if want.day == e.day() {
			today += want.total
		}
	}
	e.out.Takings = all
	report, err := p.office.Sales(context.Background(), e.boss.at, boxoffice.SalesOf{})
	e.must("report", err)
	if err := report.Check(); err != nil || report.Total.Taken() != all {
		e.wrong("the report has takings of %d; told was %d (%v)", report.Total.Taken(), all, err)
	}
	evening, err := p.office.Evening(context.Background(), e.boss.at, e.now())
	e.must("the manager's evening", err)
	if evening.Total() != today {
		e.wrong("the evening has takings of %d; told was %d", evening.Total(), today)
	}
}

// holds holds the places that are reserved to the holds that reserve them.
func (e *Evening) holds(p *process) {
	e.view(p, func(r boxoffice.Reader) error {
		for _, s := range e.told.shows {
			places, err := r.Places(s.id)
			if err != nil {
				return err
			}
			reserved := 0
			for _, p := range places {
				if p.State == boxoffice.Held {
					reserved++
				}
			}
			holds, err := r.LiveHolds(s.id)
			if err != nil {
				return err
			}
			under := 0
			for _, h := range holds {
				tickets, err := r.TicketsOf(h.ID)
				if err != nil {
					return err
				}
				for _, t := range tickets {
					if !t.ExpiresAt.Equal(h.ExpiresAt) {
						return fmt.Errorf("place %d is held until %s, its hold %d until %s", t.Place, stamp(t.ExpiresAt), h.ID, stamp(h.ExpiresAt))
					}
					if t.Performance == s.id {
						under++
					}
				}
			}
			if under != reserved {
				return fmt.Errorf("%d places of %d are reserved, %d stand under holds", reserved, s.id, under)
			}
		}
		return nil
	})
}

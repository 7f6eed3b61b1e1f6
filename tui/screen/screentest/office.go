package screentest

import (
	"context"
	"slices"
	"time"

	"wicket/boxoffice"
)

// did runs one use case: once for each command.
func (h *House) did(name string, cmd boxoffice.CommandID, fn func() error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Calls = append(h.Calls, name)
	if h.Fail != nil {
		return h.Fail
	}
	if h.seen[cmd] {
		return nil
	}
	if err := fn(); err != nil {
		return err
	}
	h.seen[cmd] = true
	return nil
}

// HoldPlaces takes places into the basket.
func (h *House) HoldPlaces(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, picks []boxoffice.Pick) (boxoffice.Taken, error) {
	t := boxoffice.Taken{Performance: perf, Picks: picks}
	err := h.did("hold", cmd, func() error { return h.hold(cmd, by, perf, picks) })
	return t, err
}

func (h *House) hold(cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, picks []boxoffice.Pick) error {
	s, now := h.show(perf), h.Clock.Now()
	if s.perf.State == boxoffice.Stopped {
		return &boxoffice.StateError{Words: "sales of " + s.perf.Title + " are stopped: " + s.perf.Reason, Shut: perf}
	}
	taken := &boxoffice.TakenError{}
	for _, p := range picks {
		state := s.places[p.Place-1]
		if !state.Free(now.UnixMilli()) {
			place, _ := s.plan.Place(p.Place)
			hold := s.holds[state.Hold]
			one := boxoffice.TakenPlace{Place: p.Place, Label: s.plan.Labels([]boxoffice.PlaceNo{p.Place}), Area: place.Label() == "", State: state.State, Block: state.Block}
			if hold.ID != 0 {
				one.By, one.Until = hold.Who(), hold.ExpiresAt
			}
			taken.Places = append(taken.Places, one)
		}
	}
	if len(taken.Places) > 0 {
		return taken
	}
	end := now.Add(h.TTL)
	if h.basket.Empty() {
		h.basket = boxoffice.BasketView{
			Lost:   h.basket.Lost,
			Basket: boxoffice.Basket{ID: MyBasket, Staff: by.Staff, State: boxoffice.BasketOpen, Hold: MyHold},
			Hold:   boxoffice.Hold{ID: MyHold, Kind: boxoffice.BasketHold, State: boxoffice.HoldActive, Staff: by.Staff, LatestAt: now.Add(30 * time.Minute)},
		}
	}
	h.basket.Hold.ExpiresAt = end
	s.holds[MyHold] = boxoffice.HoldView{Hold: h.basket.Hold, StaffName: "Ana" + h.Evil, Basket: MyBasket}
	entry := boxoffice.Entry{Command: cmd, Actor: by, Verb: boxoffice.VerbHold, Performance: perf, Basket: MyBasket, Hold: MyHold}
	for _, p := range picks {
		typ := s.prices.Default()
		if p.Type != 0 {
			typ = s.prices.Type(p.Type)
		}
		place, _ := s.plan.Place(p.Place)
		price, err := s.prices.Price(place.Zone, typ.ID)
		if err != nil {
			return err
		}
		state := &s.places[p.Place-1]
		state.State, state.Hold, state.Until, state.Type, state.Price = boxoffice.Held, MyHold, end.UnixMilli(), typ.ID, price
		h.basket.Lines = append(h.basket.Lines, boxoffice.BasketLine{
			Performance: perf, Title: s.perf.Title, Curtain: s.perf.Curtain, Place: p.Place, Label: place.Label(),
			Section: s.plan.Sections[place.Section].Name, Zone: s.plan.Zones[place.Zone].Name,
			Type: typ, Price: price, Amount: price, TaxPPM: s.perf.TaxPPM, TaxIncluded: true,
		})
		entry.Changes = append(entry.Changes, boxoffice.Change{Place: p.Place, From: boxoffice.Available, To: boxoffice.Held, Type: typ.ID, Price: price})
	}
	h.sum()
	h.note(entry)
	h.draw(s)
	return nil
}

// sum adds the basket up.
func (h *House) sum() {
	h.basket.Total, h.basket.Tax = 0, 0
	lines := make([]boxoffice.Taxed, len(h.basket.Lines))
	for i, l := range h.basket.Lines {
		h.basket.Total += l.Amount
		lines[i] = boxoffice.Taxed{Amount: l.Price, PPM: l.TaxPPM, Included: l.TaxIncluded}
	}
	for _, tax := range boxoffice.Taxes(lines) {
		h.basket.Tax += tax
	}
}

// HoldBest takes the best available places into the basket.
func (h *House) HoldBest(ctx context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, q boxoffice.Request) (boxoffice.Taken, error) {
	h.mu.Lock()
	pic := h.show(perf).pic
	h.mu.Unlock()
	offers, err := h.Offers(pic, h.Clock.Now().UnixMilli(), q, nil, 3)
	if err != nil {
		return boxoffice.Taken{}, err
	}
	t, err := h.HoldPlaces(ctx, cmd, by, perf, q.Assign(pic.Plan, pic.Prices, offers[0].Places))
	t.Why, t.Others = offers[0].Why, offers[1:]
	return t, err
}

// Offers is the office's own.
func (h *House) Offers(pic *boxoffice.Picture, now int64, q boxoffice.Request, near []boxoffice.PlaceNo, limit int) ([]boxoffice.Offer, error) {
	return h.finder.Offers(pic, now, q, near, limit)
}

// Release gives places back.
func (h *House) Release(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor, perf boxoffice.PerformanceID, places []boxoffice.PlaceNo) error {
	return h.did("release", cmd, func() error {
		h.release(perf, places)
		return nil
	})
}

func (h *House) release(perf boxoffice.PerformanceID, places []boxoffice.PlaceNo) {
	s := h.show(perf)
	for _, no := range places {
		p := &s.places[no-1]
		*p = boxoffice.PlaceState{Ticket: p.Ticket, State: boxoffice.Available}
	}
	h.basket.Lines = slices.DeleteFunc(h.basket.Lines, func(l boxoffice.BasketLine) bool {
		return l.Performance == perf && slices.Contains(places, l.Place)
	})
	h.sum()
	h.draw(s)
}

// Swap gives places back and takes others.
func (h *House) Swap(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, give []boxoffice.PlaceNo, picks []boxoffice.Pick) (boxoffice.Taken, error) {
	err := h.did("swap", cmd, func() error {
		if err := h.hold(cmd, by, perf, picks); err != nil {
			return err
		}
		h.release(perf, give)
		return nil
	})
	return boxoffice.Taken{Performance: perf, Picks: picks}, err
}

// ChangeTypes changes price types in the basket and takes more, or neither.
func (h *House) ChangeTypes(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, perf boxoffice.PerformanceID, changes, more []boxoffice.Pick) (boxoffice.Taken, error) {
	err := h.did("types", cmd, func() error {
		if len(more) > 0 {
			if err := h.hold(cmd, by, perf, more); err != nil {
				return err
			}
		}
		s := h.show(perf)
		for _, p := range changes {
			for i := range h.basket.Lines {
				l := &h.basket.Lines[i]
				if l.Performance == perf && l.Place == p.Place {
					l.Type = s.prices.Type(p.Type)
					l.Price, _ = s.prices.Price(s.plan.Places[l.Place-1].Zone, p.Type)
					l.Amount = l.Price
					s.places[l.Place-1].Type, s.places[l.Place-1].Price = l.Type.ID, l.Price
				}
			}
		}
		h.sum()
		return nil
	})
	return boxoffice.Taken{Performance: perf, Picks: more}, err
}

// Drop gives everything back.
func (h *House) Drop(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor) error {
	return h.did("drop", cmd, func() error {
		for _, l := range slices.Clone(h.basket.Lines) {
			h.release(l.Performance, []boxoffice.PlaceNo{l.Place})
		}
		h.basket.Lost = nil
		return nil
	})
}

// Renew gives the basket its full time again.
func (h *House) Renew(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor) (boxoffice.Hold, error) {
	err := h.did("renew", cmd, func() error {
		h.basket.Hold.ExpiresAt = h.Clock.Now().Add(h.TTL)
		return nil
	})
	return h.basket.Hold, err
}

// Retake takes what lapsed again.
func (h *House) Retake(_ context.Context, cmd boxoffice.CommandID, by boxoffice.Actor, rest bool) ([]boxoffice.Taken, error) {
	var taken []boxoffice.Taken
	err := h.did("retake", cmd, func() error {
		lost := h.basket.Lost
		byShow := map[boxoffice.PerformanceID][]boxoffice.Pick{}
		for _, l := range lost {
			if rest && !h.show(l.Performance).places[l.Place-1].Free(h.Clock.Now().UnixMilli()) {
				continue
			}
			byShow[l.Performance] = append(byShow[l.Performance], boxoffice.Pick{Place: l.Place, Type: l.Type.ID})
		}
		for perf, picks := range byShow {
			if err := h.hold(cmd, by, perf, picks); err != nil {
				return err
			}
			taken = append(taken, boxoffice.Taken{Performance: perf, Picks: picks})
		}
		h.basket.Lost = nil
		return nil
	})
	return taken, err
}

// Forget forgets what lapsed.
func (h *House) Forget(_ context.Context, cmd boxoffice.CommandID, _ boxoffice.Actor) error {
	return h.did("forget", cmd, func() error {
		h.basket.Lost = nil
		return nil
	})
}

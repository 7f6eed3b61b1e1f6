package boxoffice

import (
	"context"
	"time"
)

// Evening returns the business day that t belongs to, as it stands: one snapshot.
// [Evening.Apply] keeps it up to date.
func (o *Office) Evening(ctx context.Context, by Actor, t time.Time) (*Evening, error) {
	return view(ctx, o, func(r Reader) (*Evening, error) {
		if _, err := allow(r, by, WatchEvening); err != nil {
			return nil, err
		}
		house, err := r.House()
		if err != nil {
			return nil, err
		}
		revision, _, err := r.Head()
		if err != nil {
			return nil, err
		}
		people, err := names(r)
		if err != nil {
			return nil, err
		}
		e := NewEvening(house, people, t, revision)
		if e.Takings, err = r.TendersTaken(e.From, e.To); err != nil {
			return nil, err
		}
		for i := range e.Takings {
			e.Takings[i].Name = e.names[e.Takings[i].Staff]
		}
		if e.sold, err = r.SoldSince(r.Now().Add(-chart * time.Minute).Truncate(time.Minute)); err != nil {
			return nil, err
		}
		coming, err := r.Performances(e.From, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, perf := range coming {
			e.Coming[perf.ID] = perf
			if !perf.Curtain.Before(e.To) {
				continue
			}
			if e.SoldFor[perf.ID], err = r.SoldFor(perf.ID); err != nil {
				return nil, err
			}
		}
		if e.Waiting, err = waiting(r); err != nil {
			return nil, err
		}
		return e, e.gather(r)
	})
}

// gather adds the baskets that have places.
func (e *Evening) gather(r Reader) error {
	baskets, err := r.FullBaskets()
	if err != nil {
		return err
	}
	for _, b := range baskets {
		h, err := r.Hold(b.Hold)
		if err != nil {
			return err
		}
		if h.State != HoldActive {
			continue
		}
		tickets, err := r.TicketsOf(h.ID)
		if err != nil {
			return err
		}
		in := BasketInHand{
			Basket: b.ID, Hold: h.ID, Staff: b.Staff, Name: e.names[b.Staff], Terminal: h.Terminal, Channel: h.Channel, Places: len(tickets),
			Since: h.CreatedAt, Until: h.ExpiresAt, Latest: h.LatestAt, Parked: b.State == BasketParked,
		}
		if in.Places > 0 {
			e.insert(in)
		}
	}
	return nil
}

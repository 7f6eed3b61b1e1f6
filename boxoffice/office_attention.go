package boxoffice

import "context"

// Attention returns every state that is not final and has waited too long, the longest
// first: baskets in hand for more than ten minutes, parked ones and named holds whose
// time is over, what lapsed and was not swept, requests without an answer, money on
// its way for long, and a store that is not well.
func (o *Office) Attention(ctx context.Context, by Actor) ([]Attention, error) {
	list, err := view(ctx, o, func(r Reader) ([]Attention, error) {
		if _, err := allow(r, by, WatchEvening); err != nil {
			return nil, err
		}
		now := r.Now()
		e := &Evening{}
		var err error
		if e.names, err = names(r); err != nil {
			return nil, err
		}
		if err := e.gather(r); err != nil {
			return nil, err
		}
		list := e.attention(now)
		parked, err := lapsedParked(r)
		if err != nil {
			return nil, err
		}
		list = append(list, parked...)
		named, err := r.NamedHolds()
		if err != nil {
			return nil, err
		}
		for _, h := range named {
			if h.ExpiresAt.Add(sweptAfter).Before(now) {
				list = append(list, Attention{
					Kind: AttentionNamed, Since: h.ExpiresAt, Hold: h.ID, Words: "the hold of " + h.Who() + " is over, and not cleared away",
				})
			}
		}
		requests, err := waiting(r)
		if err != nil {
			return nil, err
		}
		for _, v := range requests {
			list = append(list, v.attention())
		}
		paying, err := r.ProcessingTickets()
		if err != nil {
			return nil, err
		}
		for _, t := range paying {
			if t.HeldAt.Add(stuckAfter).After(now) {
				continue
			}
			p, err := describeTaken(r, t)
			if err != nil {
				return nil, err
			}
			list = append(list, Attention{Kind: AttentionProcessing, Since: t.HeldAt, Ticket: t.ID, Hold: t.Hold, Words: p.Label + " is being paid for"})
		}
		return oldestFirst(list), nil
	})
	if health := o.store.Health(); health != nil && KindOf(err) != KindNotAllowed {
		// A store that is not well may still be read, or not: this much is known.
		return append([]Attention{{Kind: AttentionStore, Words: health.Error(), Err: health}}, list...), nil
	}
	return list, err
}

// lapsedParked returns the parked baskets that have lapsed and were cleared away: they
// remember what they lost until somebody takes them up or frees them.
func lapsedParked(r Reader) ([]Attention, error) {
	baskets, err := r.ParkedBaskets(0)
	if err != nil {
		return nil, err
	}
	var list []Attention
	for _, b := range baskets {
		if b.Hold == 0 {
			continue
		}
		h, err := r.Hold(b.Hold)
		if err != nil {
			return nil, err
		}
		if h.State == HoldActive {
			continue
		}
		owner, err := r.Staff(b.Staff)
		if err != nil {
			return nil, err
		}
		list = append(list, Attention{
			Kind: AttentionParked, Since: h.ExpiresAt, Basket: b.ID, Hold: h.ID, Words: "a basket that " + owner.Name + " parked is over",
		})
	}
	return list, nil
}

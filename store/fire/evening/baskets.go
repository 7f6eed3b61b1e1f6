package evening

import (
	"context"
	"fmt"
	"slices"
	"time"

	"wicket/boxoffice"
)

// seen looks at a clerk's basket after a command: mostly where it changed something.
func (e *Evening) seen(c *clerk, done bool) {
	if done && e.dice.chance(80) || e.dice.chance(25) {
		e.look(c)
	}
}

// look reads a clerk's basket, and holds it to what they were told: what is in it, until
// when, what it lost.
func (e *Evening) look(c *clerk) boxoffice.BasketView {
	e.out.Views++
	v, err := e.processOf(c).office.Basket(context.Background(), c.at.Staff)
	e.must("look at the basket of "+c.name, err)
	now := e.now()
	var want, lost []seat
	if c.keep.alive(now) {
		want = c.keep.places
		if len(want) > 0 && !v.Hold.ExpiresAt.Equal(c.keep.expires) {
			e.wrong("%s has the basket until %s; told was %s", c.name, stamp(v.Hold.ExpiresAt), stamp(c.keep.expires))
		}
		if v.Total != c.keep.total(&e.types) {
			e.wrong("the basket of %s comes to %d; it should be %d", c.name, v.Total, c.keep.total(&e.types))
		}
	}
	lost = c.keep.gone(now)
	e.same(c, "has in the basket", v.Lines, want)
	e.same(c, "lost from the basket", v.Lost, lost)
	return v
}

func (e *Evening) same(c *clerk, what string, lines []boxoffice.BasketLine, want []seat) {
	want = compact(want)
	var have []seat
	for _, l := range lines {
		have = append(have, seat{e.show(l.Performance), l.Place})
	}
	have = compact(have)
	ok := len(have) == len(want)
	for _, s := range want {
		ok = ok && slices.Contains(have, s)
	}
	if !ok {
		e.wrong("%s %s %s; told was %s", c.name, what, list(have), list(want))
	}
}

func list(seats []seat) (words string) {
	for _, s := range seats {
		words += fmt.Sprintf("%d/%d ", s.show.id, s.no)
	}
	if words == "" {
		return "nothing"
	}
	return words
}

func (e *Evening) park(c *clerk) {
	k := e.full(c)
	basket := e.look(c).Basket.ID
	_, done := give(e, c, k != nil, "parks the basket", plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Park(ctx, id, c.at, "lady in red")
	}))
	if done {
		e.told.setAside(c, basket, e.now())
	}
	e.look(c)
}

func (e *Evening) resume(c *clerk, k *keep) {
	mine := e.look(c).Basket.ID
	ok := slices.Contains(e.told.parked, k) && (k.owner == c || c.role != boxoffice.Clerk)
	_, done := give(e, c, ok, fmt.Sprintf("takes up basket %d", k.basket), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.Resume(ctx, id, c.at, k.basket)
	}))
	if done {
		e.told.setAside(c, mine, e.now())
		e.told.bring(c, k)
	}
	e.look(c)
}

func (e *Evening) handOver(c, to *clerk) {
	k := e.full(c)
	basket := e.look(c).Basket.ID
	_, done := give(e, c, k != nil && c != to, "hands the basket to "+to.name, plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.HandOver(ctx, id, c.at, to.at.Staff)
	}))
	if done {
		c.keep, k.owner = nil, to
		if to.keep == nil {
			to.keep = k
		} else {
			k.basket = basket
			e.told.parked = append(e.told.parked, k)
		}
	}
	e.look(c)
	e.look(to)
}

func (e *Evening) takeOver(c, from *clerk) {
	k := e.full(from)
	mine := e.look(c).Basket.ID
	_, done := give(e, c, k != nil && c != from && c.role != boxoffice.Clerk, "takes over from "+from.name, plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.TakeOver(ctx, id, c.at, from.at.Staff, "line dropped")
	}))
	if done {
		e.told.setAside(c, mine, e.now())
		from.keep = nil
		e.told.bring(c, k)
	}
	e.look(c)
	e.look(from)
}

// freeBasket frees a basket that is stuck: somebody's in hand, or a parked one.
func (e *Evening) freeBasket(c *clerk, k *keep) {
	basket := k.basket
	if k.owner.keep == k {
		basket = e.look(k.owner).Basket.ID
	}
	_, done := give(e, c, c.role != boxoffice.Clerk, fmt.Sprintf("frees basket %d", basket), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.FreeBasket(ctx, id, c.at, basket, "stuck")
	}))
	if done {
		e.told.clear(k)
		e.told.parked = without(e.told.parked, k)
		if k.owner.keep == k {
			k.owner.keep = nil
		}
	}
	e.look(k.owner)
}

// holdFor keeps the basket for somebody who comes back.
func (e *Evening) holdFor(c *clerk, until time.Time) *keep {
	k := e.full(c)
	until = until.Truncate(time.Second)
	ok := k != nil && until.After(e.now())
	if k != nil {
		for _, s := range k.places {
			ok = ok && !until.After(s.show.ends)
		}
	}
	hold, done := give(e, c, ok, "keeps the basket until "+stamp(until), func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) (boxoffice.HoldID, error) {
		return o.HoldFor(ctx, id, c.at, boxoffice.Customer{Name: "Vidal", Phone: "600 123 456"}, until)
	})
	if !done {
		e.look(c)
		return nil
	}
	k.hold, k.expires, k.latest, k.lost = hold, until, until, nil
	e.told.named = append(e.told.named, k)
	c.keep = nil
	e.look(c)
	return k
}

func (e *Evening) pickUp(c *clerk, k *keep) {
	mine := e.look(c).Basket.ID
	ok := slices.Contains(e.told.named, k) && k.alive(e.now())
	_, done := give(e, c, ok, fmt.Sprintf("picks up hold %d", k.hold), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.PickUp(ctx, id, c.at, k.hold)
	}))
	if done {
		e.told.setAside(c, mine, e.now())
		e.told.bring(c, k)
		k.expires, k.latest = e.now().Add(c.times().TTL), e.now().Add(c.times().Max)
	}
	e.look(c)
}

func (e *Evening) dropNamed(c *clerk, k *keep) {
	ok := slices.Contains(e.told.named, k) && k.alive(e.now())
	_, done := give(e, c, ok, fmt.Sprintf("drops hold %d", k.hold), plain(func(ctx context.Context, o *boxoffice.Office, id boxoffice.CommandID) error {
		return o.DropNamed(ctx, id, c.at, k.hold, "called off")
	}))
	if done {
		e.told.clear(k)
		e.told.named = without(e.told.named, k)
	}
}

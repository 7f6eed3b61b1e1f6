package evening

import (
	"slices"
	"time"

	"wicket/boxoffice"
)

// told is the house by what people were told: who has which place, what was sold. It is
// as plain as it can be said, and what the store holds must agree with it.
type told struct {
	head   time.Time // the instant of the journal's last entry
	shows  []*show
	clerks []*clerk
	parked []*keep
	named  []*keep
	timed  []*timedBlock
	sold   []*sale
}

// show is one performance of the evening.
type show struct {
	at     int // its index
	id     boxoffice.PerformanceID
	plan   *boxoffice.Plan
	state  boxoffice.PerformanceState
	ends   time.Time // its curtain: no hold for a name lasts longer
	places []place   // by PlaceNo-1
}

type place struct {
	keep  *keep // the last that had it; it may be over
	sale  *sale // it is sold
	block boxoffice.BlockCode
	typ   boxoffice.PriceTypeID
}

// seat is one place of one performance.
type seat struct {
	show *show
	no   boxoffice.PlaceNo
}

func (s seat) place() *place { return &s.show.places[s.no-1] }

// keep is a basket or a named hold, and what it keeps.
type keep struct {
	basket          boxoffice.BasketID
	hold            boxoffice.HoldID // of a named one
	owner           *clerk
	places          []seat
	lost            []seat // lapsed from it before
	expires, latest time.Time
}

type sale struct {
	id     boxoffice.OrderID
	by     *clerk
	day    string // business day
	places []seat
	total  boxoffice.Money
	voided bool
}

type timedBlock struct {
	show   *show
	places []boxoffice.PlaceNo
	until  time.Time
}

// alive reports whether a keep has its places still, at now.
func (k *keep) alive(now time.Time) bool { return k != nil && k.expires.After(now) }

// renew gives the keep its full time again.
func (k *keep) renew(now time.Time, times boxoffice.HoldTime) {
	until := now.Add(times.TTL)
	if until.After(k.latest) {
		until = k.latest
	}
	if until.After(k.expires) {
		k.expires = until
	}
}

// held reports whether somebody has the place in a basket or under a name.
func (p *place) held(now time.Time) bool { return p.keep.alive(now) }

// free reports whether anybody may take the place.
func (p *place) free(now time.Time) bool { return p.sale == nil && p.block == "" && !p.held(now) }

// open reports whether the place may be kept back: nobody has it.
func (p *place) open(now time.Time) bool { return p.sale == nil && !p.held(now) }

func (s *show) all(picks []boxoffice.Pick, is func(*place) bool) bool {
	return !slices.ContainsFunc(picks, func(p boxoffice.Pick) bool { return !is(&s.places[p.Place-1]) })
}

// price is what a place costs.
func (s seat) price(types *priceTypes) boxoffice.Money {
	switch s.place().typ {
	case types.child:
		return 900
	case types.press:
		return 0
	}
	if s.show.plan.Zones[s.show.plan.Places[s.no-1].Zone].Name == "Back" {
		return 1600
	}
	return 2400
}

type priceTypes struct{ adult, child, press boxoffice.PriceTypeID }

// total is what a keep comes to.
func (k *keep) total(types *priceTypes) (sum boxoffice.Money) {
	for _, s := range k.places {
		sum += s.price(types)
	}
	return sum
}

// take puts places into a clerk's basket.
func (t *told) take(c *clerk, s *show, picks []boxoffice.Pick, now time.Time) {
	t.basket(c, now)
	for _, p := range picks {
		at := seat{s, p.Place}
		at.place().keep, at.place().typ = c.keep, p.Type
		c.keep.places = append(c.keep.places, at)
	}
}

// basket gives a clerk a basket that lives, or the one they have its full time.
func (t *told) basket(c *clerk, now time.Time) {
	if c.keep.alive(now) {
		c.keep.renew(now, c.times())
		return
	}
	k := &keep{owner: c, expires: now.Add(c.times().TTL), latest: now.Add(c.times().Max)}
	if old := c.keep; old != nil {
		k.lost = old.gone(now)
		t.clear(old)
	}
	c.keep = k
}

// gone is what a keep lost so far.
func (k *keep) gone(now time.Time) []seat {
	if k == nil || k.alive(now) {
		if k == nil {
			return nil
		}
		return k.lost
	}
	return append(slices.Clone(k.places), k.lost...)
}

// clear takes a keep off the places it is still on.
func (t *told) clear(k *keep) {
	if k == nil {
		return
	}
	for _, s := range k.places {
		if s.place().keep == k {
			s.place().keep = nil
		}
	}
}

// give gives some of a keep's places back.
func (k *keep) give(places []seat) {
	for _, s := range places {
		s.place().keep = nil
	}
	k.places = slices.DeleteFunc(k.places, func(s seat) bool { return slices.Contains(places, s) })
}

// setAside is what becomes of the basket in hand when another comes: it is parked where
// it lives.
func (t *told) setAside(c *clerk, id boxoffice.BasketID, now time.Time) {
	if k := c.keep; k.alive(now) {
		k.renew(now, c.times())
		k.basket = id
		t.parked = append(t.parked, k)
	} else {
		t.clear(k)
	}
	c.keep = nil
}

// bring brings a keep into a clerk's hand.
func (t *told) bring(c *clerk, k *keep) {
	t.parked = without(t.parked, k)
	t.named = without(t.named, k)
	k.owner, c.keep = c, k
}

func without[T comparable](list []T, one T) []T {
	return slices.DeleteFunc(list, func(have T) bool { return have == one })
}

// keepBack puts places under a code, or none, and out of the timed block they were in.
func (t *told) keepBack(s *show, code boxoffice.BlockCode, places []boxoffice.PlaceNo) {
	for _, no := range places {
		s.places[no-1].block, s.places[no-1].keep = code, nil
	}
	for _, b := range t.timed {
		if b.show == s {
			b.places = slices.DeleteFunc(b.places, func(no boxoffice.PlaceNo) bool { return slices.Contains(places, no) })
		}
	}
	t.timed = slices.DeleteFunc(t.timed, func(b *timedBlock) bool { return len(b.places) == 0 })
}

// sweep ends the timed blocks whose time has come.
func (t *told) sweep(now time.Time) {
	t.timed = slices.DeleteFunc(t.timed, func(b *timedBlock) bool {
		if b.until.After(now) {
			return false
		}
		for _, no := range b.places {
			b.show.places[no-1].block = ""
		}
		return true
	})
}

// void frees what an order still has.
func (t *told) void(o *sale) {
	o.voided = true
	for _, s := range o.places {
		if s.place().sale == o {
			s.place().sale = nil
		}
	}
}

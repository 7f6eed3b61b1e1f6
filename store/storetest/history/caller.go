package history

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"wicket/boxoffice"
)

// caller works at random, on few places that everybody wants.
type caller struct {
	*desk
	other *desk // for what is sent twice at once
	by    boxoffice.Actor
	rng   *rand.Rand
	mine  []boxoffice.PlaceNo // what it believes to have in hand
}

// step does one thing, or a few that belong together.
func (c *caller) step() {
	if c.rng.IntN(10) == 0 {
		c.crowd.Clock.Move(time.Duration(c.rng.IntN(5000)) * time.Millisecond)
	}
	switch n := c.rng.IntN(100); {
	case n < 24:
		c.hold(Operation{What: Hold, Places: c.places(3)})
	case n < 28:
		c.hold(Operation{What: HoldBest, Count: 1 + c.rng.IntN(3)})
	case n < 40:
		c.sell()
	case n < 44:
		c.use(Operation{What: Renew})
	case n < 49:
		c.release()
	case n < 52:
		if op := c.use(Operation{What: Drop}); op.Answer.Refusal == "" {
			c.mine = nil
		}
	case n < 58:
		c.swap()
	case n < 63:
		c.use(Operation{What: Block, Code: boxoffice.BlockCode("HPM"[c.rng.IntN(3)]), Places: c.places(2)})
	case n < 65:
		c.use(Operation{What: Kill, Places: c.places(1)})
	case n < 86:
		c.tidy()
	case n < 88:
		c.send(Operation{What: Sweep, By: c.by, Count: 1 + c.rng.IntN(4)})
	case n < 93:
		c.send(Operation{What: ReadInWrite, By: c.by, Places: c.places(4), Count: c.rng.IntN(2) * c.rng.IntN(2000)})
	case n < 97:
		c.send(Operation{What: ReadPlaces, By: c.by, Places: c.places(4)})
	default:
		c.look()
	}
}

// places are some, up to n.
func (c *caller) places(n int) []boxoffice.PlaceNo {
	var places []boxoffice.PlaceNo
	for range 1 + c.rng.IntN(n) {
		no := boxoffice.PlaceNo(1 + c.rng.IntN(len(c.evening.Plan.Places)))
		if !slices.Contains(places, no) {
			places = append(places, no)
		}
	}
	return places
}

// use sends a use case; some are sent twice: at once, afterwards, or by somebody else.
func (c *caller) use(op Operation) *Operation {
	op.By, op.Command = c.by, boxoffice.NewCommandID()
	switch n := c.rng.IntN(100); {
	case n < 3:
		var wg sync.WaitGroup
		wg.Go(func() { c.other.send(op) })
		first := c.send(op)
		wg.Wait()
		return first
	case n < 6:
		first := c.send(op)
		c.other.send(op)
		return first
	case n < 12 && c.crowd.Elsewhere != nil:
		c.crowd.Elsewhere(op)
	}
	return c.send(op)
}

func (c *caller) hold(op Operation) {
	if op := c.use(op); op.Answer.Refusal == "" {
		c.mine = append(c.mine, op.Answer.Picks...)
	}
}

func (c *caller) look() *Operation {
	op := c.send(Operation{What: ReadBasket, By: c.by})
	c.mine = op.Answer.Lines
	return op
}

// sell sells what it believes to have; where that is not so, it looks.
func (c *caller) sell() {
	var total boxoffice.Money
	if len(c.mine) == 0 && c.rng.IntN(8) > 0 {
		c.hold(Operation{What: HoldBest, Count: 1 + c.rng.IntN(2)})
		return
	}
	if c.rng.IntN(3) == 0 {
		total = c.look().Answer.Total
	} else {
		total = c.crowd.Start.total(c.mine)
	}
	op := c.use(Operation{What: Sell, Expect: total})
	if op.Answer.Refusal != "" {
		c.look()
		return
	}
	c.mine = nil
	if c.rng.IntN(4) == 0 {
		c.send(Operation{What: ReadOrder, By: c.by, Order: op.Answer.Sale.Order})
	}
	if c.rng.IntN(3) == 0 {
		c.use(Operation{What: Void, Order: op.Answer.Sale.Order})
	}
}

func (c *caller) release() {
	places := c.places(1)
	if len(c.mine) > 0 {
		places = slices.Clone(c.mine[:1+c.rng.IntN(len(c.mine))])
	}
	if op := c.use(Operation{What: Release, Places: places}); op.Answer.Refusal == "" {
		c.mine = slices.DeleteFunc(slices.Clone(c.mine), func(no boxoffice.PlaceNo) bool { return slices.Contains(places, no) })
	}
}

func (c *caller) swap() {
	if len(c.mine) == 0 {
		c.hold(Operation{What: Hold, Places: c.places(2)})
		return
	}
	give := slices.Clone(c.mine[:1])
	if op := c.use(Operation{What: Swap, Give: give, Places: c.places(2)}); op.Answer.Refusal == "" {
		c.mine = append(slices.Clone(c.mine[1:]), op.Answer.Picks...)
	}
}

// tidy looks at a few places, and opens one of them again that is sold or kept back.
func (c *caller) tidy() {
	places := c.places(6)
	for _, s := range c.send(Operation{What: ReadPlaces, By: c.by, Places: places}).Answer.Seen {
		op := Operation{Places: []boxoffice.PlaceNo{s.Place}}
		switch {
		case s.State == boxoffice.Confirmed && c.rng.IntN(3) == 0:
			op.What, op.Order, op.Places = Void, s.Order, nil
		case s.State == boxoffice.Confirmed:
			op.What, op.Order = Cancel, s.Order
			op.Ticket = s.Ticket
		case s.Block == boxoffice.KillCode:
			op.What = Revive
		case s.Block != "":
			op.What = Unblock
		default:
			continue
		}
		c.use(op)
		return
	}
}

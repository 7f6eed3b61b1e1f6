package history

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

func TestSearchTellsWhatCanBe(t *testing.T) {
	for name, c := range map[string]struct {
		can    bool
		change func(*past)
	}{
		"as it was":      {true, func(*past) {}},
		"side by side":   {true, func(p *past) { p.ops[benRefused].Invoked, p.ops[benRefused].Returned = 1, 6 }},
		"the same again": {true, func(p *past) { p.again(anaSells) }},
		"refused, and free": {false, func(p *past) {
			p.ops[benRefused].Places, p.ops[benRefused].Answer.Taken[0].Place = []boxoffice.PlaceNo{3}, 3
		}},
		"said to be free, and held":    {false, func(p *past) { p.ops[benRefused].Places = []boxoffice.PlaceNo{1, 2} }},
		"read as open, and sold":       {false, func(p *past) { p.ops[benReads].Answer.Seen[0] = Seen{Place: 1, State: boxoffice.Available} }},
		"read of another order":        {false, func(p *past) { p.ops[benReads].Answer.Seen[0].Order++ }},
		"taken, and sold to another":   {false, func(p *past) { p.ops[benHolds].Answer.Picks = []boxoffice.PlaceNo{1} }},
		"a clock that goes back":       {false, func(p *past) { p.ops[anaSells].Now = 0 }},
		"sold after the basket's time": {false, func(p *past) { p.ops[anaSells].Now += 3_600_000; p.ops[benReads].Now += 3_600_000 }},
		"read before it was sold": {false, func(p *past) {
			p.ops[benReads].Invoked, p.ops[benReads].Returned = 1, 2
			p.ops[anaHolds].Invoked, p.ops[anaHolds].Returned = 7, 8
		}},
	} {
		p := newPast()
		c.change(p)
		faults, unknown := Search(p.start, p.ops, time.Minute)
		if (len(faults) == 0) != c.can || unknown > 0 {
			t.Errorf("%s: found %v, %d unknown; can be: %v", name, faults, unknown, c.can)
		}
	}
}

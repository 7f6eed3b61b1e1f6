package history

import (
	"testing"
	"time"

	"wicket/boxoffice"
)

// past is a history that can be, to be spoiled.
type past struct {
	start   Start
	ops     []Operation
	journal []boxoffice.Entry
}

// ana and ben work at the house.
var ana, ben = boxoffice.Actor{Staff: 1, Drawer: "a"}, boxoffice.Actor{Staff: 2, Drawer: "b"}

// Positions in the past that newPast returns.
const (
	anaHolds = iota
	benRefused
	anaSells
	benReads
	benHolds
	sweepsBen
	anaVoids
	anaReads
)

// newPast is a past in which Ana holds two places that Ben cannot have, sells them,
// and voids the order; and in which a hold of Ben's lapses.
func newPast() *past {
	p := &past{start: Start{
		Performance: 1, Type: 1, Prices: []boxoffice.Money{2400, 2400, 1600, 1600}, Zone: time.UTC,
		Times: boxoffice.HoldTime{TTL: time.Minute, Max: 150 * time.Second}, Seq: 10, At: 1_000_000, LastOrder: 1000,
	}}
	begin, tick, clock := p.start.Seq, int64(0), p.start.At
	op := func(op Operation, entries ...boxoffice.Entry) {
		op.Invoked, op.Returned, op.Ran, op.Write = tick+1, tick+2, true, !op.What.isReading()
		op.ClockBefore, op.Now, op.ClockAfter, op.Seq = clock, clock, clock, begin
		for _, e := range entries {
			begin++
			e.Seq, e.At, e.Command, e.Performance = begin, time.UnixMilli(clock), op.Command, 1
			if e.Verb != boxoffice.VerbLapse {
				e.Actor = op.By
			}
			p.journal = append(p.journal, e)
		}
		tick += 2
		clock += 1000
		p.ops = append(p.ops, op)
	}
	changes := func(s string) boxoffice.Changes {
		c, err := boxoffice.ParseChanges(s)
		if err != nil {
			panic(err)
		}
		return c
	}
	places := []boxoffice.PlaceNo{1, 2}
	op(Operation{What: Hold, Command: "1", By: ana, Places: places, Answer: Answer{Picks: places}},
		boxoffice.Entry{Verb: boxoffice.VerbHold, Hold: 1, Changes: changes("1-2:ar1@2400")})
	op(Operation{What: Hold, Command: "2", By: ben, Places: []boxoffice.PlaceNo{2, 3}, Answer: Answer{
		Refusal: boxoffice.KindTaken, Taken: []boxoffice.TakenPlace{{Place: 2, State: boxoffice.Held, Until: time.UnixMilli(1_060_000)}},
	}})
	op(Operation{What: Sell, Command: "3", By: ana, Expect: 4800, Answer: Answer{Sale: boxoffice.Sale{Order: 1001, Total: 4800, Given: 4800, Tickets: 2}}},
		boxoffice.Entry{Verb: boxoffice.VerbSell, Hold: 1, Order: 1001, Amount: 4800, Changes: changes("1-2:rc1@2400")})
	op(Operation{What: ReadPlaces, By: ben, Places: []boxoffice.PlaceNo{1}, Answer: Answer{
		Seen: []Seen{{Place: 1, State: boxoffice.Confirmed, Order: 1001, Price: 2400}},
	}})
	op(Operation{What: Hold, Command: "4", By: ben, Places: []boxoffice.PlaceNo{3}, Answer: Answer{Picks: []boxoffice.PlaceNo{3}}},
		boxoffice.Entry{Verb: boxoffice.VerbHold, Hold: 2, Changes: changes("3:ar1@1600")})
	clock += 70_000
	op(Operation{What: Sweep, Command: "5", Count: 4, Answer: Answer{Swept: 1}},
		boxoffice.Entry{Verb: boxoffice.VerbLapse, Hold: 2, Changes: changes("3:ra")})
	op(Operation{What: Void, Command: "6", By: ana, Order: 1001},
		boxoffice.Entry{Verb: boxoffice.VerbVoid, Order: 1001, Amount: -4800, Changes: changes("1-2:ca")})
	op(Operation{What: ReadBasket, By: ana})
	return p
}

// again adds the same command sent once more at the end, answered from what was kept.
func (p *past) again(of int) *Operation {
	op, last := p.ops[of], p.ops[len(p.ops)-1]
	op.Invoked, op.Returned, op.Ran = last.Returned+1, last.Returned+2, false
	p.ops = append(p.ops, op)
	return &p.ops[len(p.ops)-1]
}

func TestWitnessBelievesWhatCanBe(t *testing.T) {
	for name, change := range map[string]func(*past){
		"as it was":                       func(*past) {},
		"the same again":                  func(p *past) { p.again(anaSells) },
		"a sale that nobody heard of":     func(p *past) { p.ops[anaSells].Returned = 0 },
		"that one, told when asked again": func(p *past) { p.again(anaSells); p.ops[anaSells].Returned = 0 },
		"refused, sent again, and done by one who died": func(p *past) {
			first, then := p.ops[anaHolds], &p.ops[anaSells]
			first.What, first.Command, first.Expect, first.Answer = Sell, then.Command, then.Expect, Answer{Refusal: boxoffice.KindState}
			then.Returned = 0
			p.ops = append([]Operation{first}, p.ops...)
		},
		"a call that came to nothing":      func(p *past) { p.ops = append(p.ops, Operation{What: Drop, Command: "9", By: ana, Invoked: 100}) },
		"calls side by side, in any order": func(p *past) { p.ops[benRefused].Invoked, p.ops[benRefused].Returned = 1, 100 },
		"a reading of before, by one who began before": func(p *past) {
			p.ops[anaReads] = Operation{
				What: ReadPlaces, By: ana, Invoked: 3, Returned: 100, ClockBefore: 1_000_000, ClockAfter: 2_000_000, Ran: true, Seq: 11, Now: 1_000_000,
				Answer: Answer{Seen: []Seen{{Place: 1, State: boxoffice.Held, Hold: 1, Until: 1_060_000, Price: 2400}}},
			}
		},
	} {
		p := newPast()
		change(p)
		for _, f := range Witness(p.start, p.ops, p.journal).Faults {
			t.Errorf("%s: %s", name, f)
		}
	}
}

func TestWitnessFindsWhatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		rule   Rule
		change func(*past)
	}{
		"acknowledged and lost": {Lost, func(p *past) { p.journal = p.journal[:5-1] }},
		"an entry is missing":   {Lost, func(p *past) { p.journal = append(p.journal[:1:1], p.journal[2:]...) }},
		"nobody asked":          {Ghost, func(p *past) { p.ops[anaVoids].Command = "other" }},
		"refused, and it happened": {Ghost, func(p *past) {
			p.ops[anaVoids].Answer.Refusal = boxoffice.KindState
		}},
		"done twice": {Twice, func(p *past) { op := p.again(anaSells); op.Ran, op.Seq = true, 15 }},
		"done twice, with two entries": {Twice, func(p *past) {
			e := p.journal[4]
			e.Seq, e.Command = 16, "1"
			p.journal = append(p.journal, e)
		}},
		"two answers":              {Twice, func(p *past) { p.again(anaSells).Answer.Sale.Order++ }},
		"answered, and nobody did": {Twice, func(p *past) { p.ops[anaSells].Ran = false }},
		"before what was answered": {Order, func(p *past) {
			p.ops[anaHolds].Invoked, p.ops[anaHolds].Returned = 5, 6
			p.ops[anaSells].Invoked, p.ops[anaSells].Returned = 1, 2
		}},
		"after what was not asked":   {Order, func(p *past) { p.ops[benReads].Seq = 15 }},
		"an older state":             {Order, func(p *past) { p.ops[benReads].Seq = 11 }},
		"not where it ran":           {Order, func(p *past) { p.ops[anaSells].Seq = 10 }},
		"beyond the journal":         {Order, func(p *past) { p.ops[anaReads].Seq = 16 }},
		"a late clock":               {Time, func(p *past) { p.ops[anaSells].Now -= 1500 }},
		"a clock ahead":              {Time, func(p *past) { p.ops[benRefused].Now++ }},
		"time goes back":             {Time, func(p *past) { p.journal[3].At = p.journal[0].At }},
		"of another instant":         {Time, func(p *past) { p.journal[1].At = p.journal[1].At.Add(time.Millisecond) }},
		"refused after what follows": {Time, func(p *past) { op := &p.ops[benRefused]; op.Now, op.ClockAfter = op.Now+1500, op.ClockAfter+1500 }},
		"another hold":               {Effect, func(p *past) { p.journal[1].Hold = 2 }},
		"another price":              {Effect, func(p *past) { p.journal[1].Changes[0].Price = 2300 }},
		"a place is missing":         {Effect, func(p *past) { p.journal[4].Changes = p.journal[4].Changes[:1] }},
		"lapsed too early": {Effect, func(p *past) {
			p.journal[3].At = p.journal[2].At
			p.ops[sweepsBen].Now = p.ops[benHolds].Now
			p.ops[sweepsBen].ClockBefore = 0
		}},
		"sold after it lapsed": {Effect, func(p *past) {
			for i := range p.ops[anaSells:] {
				op := &p.ops[anaSells+i]
				op.Now, op.ClockBefore, op.ClockAfter = op.Now+60_000, op.ClockBefore+60_000, op.ClockAfter+60_000
			}
			for i := range p.journal[1:] {
				p.journal[1+i].At = p.journal[1+i].At.Add(time.Minute)
			}
		}},
		"told another total":            {Effect, func(p *past) { p.ops[anaSells].Answer.Sale.Total = 2400 }},
		"told of other places":          {Effect, func(p *past) { p.ops[anaHolds].Answer.Picks = []boxoffice.PlaceNo{1, 3} }},
		"a sweep tells another number":  {Effect, func(p *past) { p.ops[sweepsBen].Answer.Swept = 2 }},
		"taken, and it was free":        {Effect, func(p *past) { p.journal[2].Changes[0].Place = 1; p.ops[benHolds].Places = []boxoffice.PlaceNo{1} }},
		"refused what was free":         {Refusal, func(p *past) { p.ops[benRefused].Places = []boxoffice.PlaceNo{3, 4} }},
		"refused for another place":     {Refusal, func(p *past) { p.ops[benRefused].Answer.Taken[0].Place = 3 }},
		"refused until another instant": {Refusal, func(p *past) { p.ops[benRefused].Answer.Taken[0].Until = time.UnixMilli(1) }},
		"refused for another reason":    {Refusal, func(p *past) { p.ops[benRefused].Answer.Refusal = boxoffice.KindState }},
		"nothing to sweep, and there was": {Refusal, func(p *past) {
			op := p.ops[sweepsBen]
			op.Command, op.Answer, op.Write = "", Answer{}, false
			op.Invoked, op.Returned, op.Seq = 100, 101, 13
			p.ops, p.journal = append(p.ops[:sweepsBen:sweepsBen], op), p.journal[:3]
		}},
		"read what was sold as open":  {Reading, func(p *past) { p.ops[benReads].Answer.Seen[0] = Seen{Place: 1, State: boxoffice.Available} }},
		"read a basket that is empty": {Reading, func(p *past) { p.ops[anaReads].Answer.Lines = []boxoffice.PlaceNo{1} }},
		"read half a transaction": {Reading, func(p *past) {
			places := []boxoffice.PlaceNo{4}
			op := &p.ops[sweepsBen]
			op.What, op.By, op.Places, op.Answer = Hold, ben, places, Answer{Picks: places}
			took := p.journal[3]
			took.Seq, took.Verb, took.Actor, took.Hold = 15, boxoffice.VerbHold, ben, 3
			took.Changes = boxoffice.Changes{{Place: 4, From: boxoffice.Available, To: boxoffice.Held, Type: 1, Price: 1600}}
			p.journal, p.ops = append(p.journal[:4:4], took), p.ops[:anaVoids]
			between := p.ops[benReads]
			between.Answer, between.Seq, between.Invoked, between.Returned, between.ClockAfter = Answer{}, 14, op.Invoked, 100, op.Now
			between.Now = op.Now
			p.ops = append(p.ops, between)
		}},
		"our own mistake": {Trouble, func(p *past) { p.ops[benRefused].Answer.Refusal = boxoffice.KindInternal }},
	} {
		p := newPast()
		c.change(p)
		r := Witness(p.start, p.ops, p.journal)
		if len(r.Faults) == 0 || !hasRule(r.Faults, c.rule) {
			t.Errorf("%s: want a fault of %s, got %v", name, c.rule, r.Faults)
		}
	}
}

func hasRule(faults []Fault, rule Rule) bool {
	for _, f := range faults {
		if f.Rule == rule {
			return true
		}
	}
	return false
}

package history

import (
	"cmp"
	"fmt"
	"slices"

	"wicket/boxoffice"
)

// Rule names what a history breaks.
type Rule string

// The rules.
const (
	Lost    Rule = "lost"    // acknowledged, and not in the journal
	Ghost   Rule = "ghost"   // in the journal, and nobody asked for it, or it was refused
	Twice   Rule = "twice"   // one command was done more than once, or answered in two ways
	Order   Rule = "order"   // the order of the journal is not that of the calls
	Time    Rule = "time"    // an instant is not that of the clock, or goes back
	Effect  Rule = "effect"  // the house, as it stood, does not come to this
	Refusal Rule = "refusal" // the house, as it stood, did not refuse this, or not so
	Reading Rule = "reading" // the house did not stand as it was read
	Trouble Rule = "trouble" // an error that no use of a box office should meet
)

// Fault is one thing that cannot be.
type Fault struct {
	Rule  Rule
	Words string
}

func (f Fault) String() string { return string(f.Rule) + ": " + f.Words }

// Report is what a judge found.
type Report struct {
	Faults []Fault
	// Entries of the journal, and of the operations how many changed the house, were
	// refused, only read, were answered from what was kept, or never.
	Entries, Done, Refused, Read, Again, Unanswered int
	Lapsed                                          int // holds
}

// maxFaults is how many are reported: one fault begets others.
const maxFaults = 10

// witness judges one history by its journal.
type witness struct {
	Report
	start    Start
	ops      []Operation
	journal  []boxoffice.Entry
	commands map[boxoffice.CommandID]*command
	groups   []*command // by place in the journal
}

// command is all that has one command id.
type command struct {
	ops     []*Operation
	entries []boxoffice.Entry
	done    *Operation // the call that did it
	first   int64      // when it was first asked for, in ticks
}

// doer is the call that did what is in the journal: where that was never answered, it is
// none of those that were refused.
func (c *command) doer() *Operation {
	if c.done != nil {
		return c.done
	}
	return c.ops[max(0, slices.IndexFunc(c.ops, func(op *Operation) bool { return op.Returned == 0 || op.Answer.Refusal == "" }))]
}

func (c *command) last() int64 { return c.entries[len(c.entries)-1].Seq }

// Witness judges a history by the order that its journal tells: journal has the
// entries after start.Seq, ops all that callers did meanwhile, in any order. It takes
// O(n log n).
//
// A reading's instant may be after that of a transaction that was under way as it was
// read: a snapshot keeps no writer from committing.
func Witness(start Start, ops []Operation, journal []boxoffice.Entry) Report {
	w := &witness{start: start, ops: ops, journal: journal, commands: make(map[boxoffice.CommandID]*command, len(ops))}
	w.Entries = len(journal)
	w.gather()
	w.readJournal()
	w.account()
	w.checkOrder()
	w.checkTime()
	if len(w.Faults) == 0 {
		w.replay()
	}
	for i := range w.ops {
		if op := &w.ops[i]; op.isTrouble() {
			w.fault(Trouble, "%s", op)
		}
	}
	return w.Report
}

func (w *witness) fault(rule Rule, format string, args ...any) {
	if len(w.Faults) < maxFaults {
		w.Faults = append(w.Faults, Fault{rule, fmt.Sprintf(format, args...)})
	}
}

// gather sorts the operations by command.
func (w *witness) gather() {
	for i := range w.ops {
		op := &w.ops[i]
		switch {
		case op.Returned == 0:
			w.Unanswered++
		case op.Answer.Refusal != "":
			w.Refused++
		case op.What.isReading():
			w.Read++
		}
		if op.Command == "" {
			continue
		}
		c := w.commands[op.Command]
		if c == nil {
			c = &command{first: op.Invoked}
			w.commands[op.Command] = c
		}
		c.ops = append(c.ops, op)
		c.first = min(c.first, op.Invoked)
	}
}

// readJournal sorts the entries by command, and holds the journal to its own form.
func (w *witness) readJournal() {
	at := w.start.At
	var last *command
	for i, e := range w.journal {
		if e.Seq != w.start.Seq+int64(i)+1 {
			w.fault(Lost, "entry %d stands where entry %d should", e.Seq, w.start.Seq+int64(i)+1)
			return
		}
		if e.At.UnixMilli() < at {
			w.fault(Time, "entry %d is of %d, the one before of %d", e.Seq, e.At.UnixMilli(), at)
		}
		at = e.At.UnixMilli()
		if e.Verb == boxoffice.VerbLapse {
			w.Lapsed++
		}
		c := w.commands[e.Command]
		if c == nil {
			w.fault(Ghost, "entry %d (%s %s) is of the command %q, which nobody sent", e.Seq, e.Verb, e.Changes, e.Command)
			continue
		}
		if c != last && c.entries != nil {
			w.fault(Twice, "%s\nmade entry %d, and entry %d apart from it", c.ops[0], c.entries[0].Seq, e.Seq)
		}
		if c.entries == nil {
			w.groups = append(w.groups, c)
		}
		c.entries = append(c.entries, e)
		last = c
	}
}

// account holds what was answered to what is in the journal, command by command.
func (w *witness) account() {
	for _, c := range w.commands {
		var told, unheard *Operation
		for _, op := range c.ops {
			switch {
			case op.Returned == 0:
				unheard = op
				continue
			case op.Answer.Refusal != "":
				continue
			}
			switch {
			case op.Ran && c.done != nil:
				w.fault(Twice, "%s\nwas done again: %s", c.done, op)
			case op.Ran:
				c.done = op
			default:
				w.Again++
			}
			if told != nil && !sameAnswer(told.Answer, op.Answer) {
				w.fault(Twice, "%s\nanswered otherwise: %s", told, op)
			}
			told = op
		}
		switch {
		case c.entries != nil && told == nil && unheard == nil:
			w.fault(Ghost, "%s\nis in the journal: entry %d (%s %s)", c.ops[0], c.entries[0].Seq, c.entries[0].Verb, c.entries[0].Changes)
		case c.entries == nil && told != nil && told.What != Sweep:
			w.fault(Lost, "%s\nis not in the journal", told)
		case told != nil && c.done == nil && unheard == nil:
			w.fault(Twice, "%s\nwas answered as if it had been done, and no call did it", told)
		}
		if c.entries == nil {
			continue
		}
		w.Done++
		if c.done != nil && c.done.Seq+1 != c.entries[0].Seq {
			w.fault(Order, "%s\nis in the journal as entry %d", c.done, c.entries[0].Seq)
		}
	}
}

// sameAnswer reports whether two answers to one command are equal.
func sameAnswer(a, b Answer) bool {
	return slices.Equal(a.Picks, b.Picks) && a.Until == b.Until && a.Sale == b.Sale && a.Swept == b.Swept
}

// position is where an operation stands in the journal: after which entry, and the
// entry it began after. It is not known of a call that never reached a transaction.
func (w *witness) position(op *Operation) (begin, end int64, known bool) {
	c := w.commands[op.Command]
	if op.Command != "" && op.Answer.Refusal == "" && c.entries != nil {
		if op == c.done || c.done == nil && op.Returned == 0 && op.Invoked == c.first {
			return c.entries[0].Seq - 1, c.last(), true
		}
		return 0, c.last(), op.Returned != 0 // done by then, by another call
	}
	return op.Seq, op.Seq, op.Ran && op.Returned != 0
}

// checkOrder holds the journal's order to that of the calls: what had been answered
// when a call began stands before it, and nothing that was asked for after its end.
func (w *witness) checkOrder() {
	asked := make([]int64, len(w.journal)+1) // by entries: the latest call for any of so many
	for i, e := range w.journal {
		asked[i+1] = asked[i]
		if c := w.commands[e.Command]; c != nil {
			asked[i+1] = max(asked[i], c.first)
		}
	}
	begun := make([]*Operation, len(w.ops))
	for i := range w.ops {
		begun[i] = &w.ops[i]
	}
	ended := slices.DeleteFunc(slices.Clone(begun), func(op *Operation) bool { return op.Returned == 0 })
	slices.SortFunc(begun, func(a, b *Operation) int { return cmp.Compare(a.Invoked, b.Invoked) })
	slices.SortFunc(ended, func(a, b *Operation) int { return cmp.Compare(a.Returned, b.Returned) })
	floor, by, next := w.start.Seq, (*Operation)(nil), 0
	for _, op := range begun {
		for ; next < len(ended) && ended[next].Returned < op.Invoked; next++ {
			if _, end, known := w.position(ended[next]); known && end > floor {
				floor, by = end, ended[next]
			}
		}
		begin, end, known := w.position(op)
		if !known {
			continue
		}
		if begin != 0 && begin < floor {
			w.fault(Order, "%s\nstands after entry %d, and began after this had been answered: %s", op, begin, by)
		}
		switch n := end - w.start.Seq; {
		case n < 0 || n > int64(len(w.journal)):
			w.fault(Order, "%s\nstands after entry %d, and the journal ends with %d", op, end, w.start.Seq+int64(len(w.journal)))
		case asked[n] >= op.Returned && op.Returned != 0:
			w.fault(Order, "%s\nstands after entry %d, which was asked for later", op, end)
		}
	}
}

// checkTime holds instants to the clock and to each other.
func (w *witness) checkTime() {
	at := func(seq int64) int64 {
		if n := seq - w.start.Seq; n > 0 && n <= int64(len(w.journal)) {
			return w.journal[n-1].At.UnixMilli()
		}
		return w.start.At
	}
	for i := range w.ops {
		op := &w.ops[i]
		if !op.Ran || op.Returned == 0 {
			continue
		}
		if op.Now < op.ClockBefore || op.Now > op.ClockAfter {
			w.fault(Time, "%s\nis not of its time", op)
		}
		if op.Now < at(op.Seq) {
			w.fault(Time, "%s\nis of before what it knows: entry %d is of %d", op, op.Seq, at(op.Seq))
		}
		if next := op.Seq + 1; op.Write && next <= w.start.Seq+int64(len(w.journal)) && op.Now > at(next) {
			w.fault(Time, "%s\nis of after what follows: entry %d is of %d", op, next, at(next))
		}
		if c := w.commands[op.Command]; op.Command != "" && c.done == op && c.entries != nil && c.entries[0].At.UnixMilli() != op.Now {
			w.fault(Time, "%s\nis in the journal as of %d", op, c.entries[0].At.UnixMilli())
		}
	}
}

// replay does everything to a house in the journal's order.
func (w *witness) replay() {
	h := newHouse(w.start)
	var seeing []*Operation // what has an answer and no entry
	for i := range w.ops {
		op := &w.ops[i]
		_, _, known := w.position(op)
		wrote := op.Command != "" && op.Answer.Refusal == "" && w.commands[op.Command].entries != nil
		switch {
		case wrote || op.isTrouble():
		case known:
			seeing = append(seeing, op)
		case op.Returned != 0 && op.Answer.Refusal != boxoffice.KindStore && op.What != Sweep:
			w.fault(Trouble, "%s\nreached no transaction", op)
		}
	}
	slices.SortFunc(seeing, func(a, b *Operation) int { return cmp.Compare(a.Seq, b.Seq) })
	seq, next := w.start.Seq, 0
	for g := 0; ; g++ {
		for ; next < len(seeing) && seeing[next].Seq <= seq; next++ {
			op := seeing[next]
			rule := Refusal
			if op.What.isReading() {
				rule = Reading
			}
			if op.Seq < seq {
				w.fault(rule, "%s\nis in the middle of a transaction, which ends with entry %d", op, seq)
			} else if err := h.observe(op); err != nil {
				w.fault(rule, "%s\n%v", op, err)
			}
		}
		if g == len(w.groups) || len(w.Faults) > 0 {
			return
		}
		c := w.groups[g]
		op := c.doer()
		if err := h.perform(op, c.entries); err != nil {
			w.fault(Effect, "%s\n%v (entry %d)", op, err, c.entries[0].Seq)
			return
		}
		seq = c.last()
	}
}

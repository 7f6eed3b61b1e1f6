package boxoffice

import (
	"fmt"
	"strconv"
	"strings"
)

// Change is what one entry of the journal did to one place: its live ticket went
// from one state to another. A cancelled ticket's place goes from Confirmed to
// Available, for the new ticket that took it.
type Change struct {
	Place PlaceNo
	From  State // empty where the place had no ticket before
	To    State
	// Type and Price are the ticket's after the change, where To is reserved or
	// confirmed.
	Type  PriceTypeID
	Price Money
	// Block is the ticket's block code after the change.
	Block BlockCode
}

// Changes are the changes of one entry, in one performance.
type Changes []Change

// Diff returns the change from before to after, two versions of a place's live
// ticket; a zero before means the place had none.
func Diff(before, after Ticket) Change {
	return Change{Place: after.Place, From: before.State, To: after.State, Type: after.Type, Price: after.Price, Block: after.Block}
}

// letters abbreviate states in the journal.
var letters = map[State]byte{"": '-', Available: 'a', Held: 'r', Processing: 'p', Confirmed: 'c', Cancelled: 'x'}

var statesByLetter = map[byte]State{'-': "", 'a': Available, 'r': Held, 'p': Processing, 'c': Confirmed, 'x': Cancelled}

// String writes the changes as the journal stores them: space-separated items
// «places:from-to», with «type@price» and «/block» where they apply, and runs of
// places that change alike as one. «12-13:ar1@2400» reserved two places for
// price type 1 at 24.00; «40-43:aa/H» blocked four.
func (c Changes) String() string {
	var b strings.Builder
	for i := 0; i < len(c); {
		j := i + 1
		for j < len(c) && c[j].follows(c[j-1]) {
			j++
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(int(c[i].Place)))
		if j-i > 1 {
			b.WriteByte('-')
			b.WriteString(strconv.Itoa(int(c[j-1].Place)))
		}
		b.WriteByte(':')
		b.WriteByte(letters[c[i].From])
		b.WriteByte(letters[c[i].To])
		if c[i].Type != 0 {
			b.WriteString(strconv.FormatInt(int64(c[i].Type), 10))
			b.WriteByte('@')
			b.WriteString(strconv.FormatInt(int64(c[i].Price), 10))
		}
		if c[i].Block != "" {
			b.WriteByte('/')
			b.WriteString(string(c[i].Block))
		}
		i = j
	}
	return b.String()
}

// follows reports whether c is prev's change, on the next place.
func (c Change) follows(prev Change) bool {
	prev.Place++
	return c == prev
}

// ParseChanges reads what String wrote.
func ParseChanges(s string) (Changes, error) {
	var changes Changes
	for item := range strings.FieldsSeq(s) {
		places, what, ok := strings.Cut(item, ":")
		if !ok || len(what) < 2 {
			return nil, fmt.Errorf("read changes: %q is no change", item)
		}
		from, okFrom := statesByLetter[what[0]]
		to, okTo := statesByLetter[what[1]]
		if !okFrom || !okTo {
			return nil, fmt.Errorf("read changes: %q has no such state", item)
		}
		change := Change{From: from, To: to}
		price, block, _ := strings.Cut(what[2:], "/")
		change.Block = BlockCode(block)
		if price != "" {
			typ, amount, _ := strings.Cut(price, "@")
			t, errType := strconv.ParseInt(typ, 10, 64)
			a, errAmount := strconv.ParseInt(amount, 10, 64)
			if errType != nil || errAmount != nil || t < 1 {
				return nil, fmt.Errorf("read changes: %q has no price", item)
			}
			change.Type, change.Price = PriceTypeID(t), Money(a)
		}
		firstText, lastText, isRun := strings.Cut(places, "-")
		if !isRun {
			lastText = firstText
		}
		first, errFirst := strconv.ParseInt(firstText, 10, 32)
		last, errLast := strconv.ParseInt(lastText, 10, 32)
		if errFirst != nil || errLast != nil || first < 1 || last < first || last-first > 1_000_000 {
			return nil, fmt.Errorf("read changes: %q names no places", item)
		}
		for no := first; no <= last; no++ {
			change.Place = PlaceNo(no)
			changes = append(changes, change)
		}
	}
	return changes, nil
}

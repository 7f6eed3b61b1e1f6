package sqlite

import (
	"cmp"
	"slices"
	"sync"

	"wicket/boxoffice"
)

// deed is what one use case left: its journal entries, and how the places that it changed
// stand since. It never changes.
type deed struct {
	entries []boxoffice.Entry
	changes []placeChange
}

func (d deed) last() *boxoffice.Entry { return &d.entries[len(d.entries)-1] }

// recent are the deeds of this process that were committed last, each of which follows
// the one before: whoever watches the house need not read them from the store. That they
// are those a snapshot has is seen by the hash of its last entry, which is made of all
// before it. They are kept while somebody watches.
type recent struct {
	mu    sync.Mutex
	deeds []deed // only ever appended to, or replaced
}

// maxRecent is how many deeds are kept, at least; up to twice as many are. One that
// changed more than maxChanges places is not.
const maxRecent, maxChanges = 1024, 1024

// add adds the deeds of a group that was committed; those there were are of no use any
// more where none are kept.
func (r *recent) add(deeds []deed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(deeds) == 0 {
		r.deeds = nil
	}
	for _, d := range deeds {
		switch n := len(r.deeds); {
		case len(d.entries) == 0 && len(d.changes) == 0:
			continue
		case len(d.entries) == 0 || len(d.changes) > maxChanges:
			// Without a word in the journal, nobody could tell it from the one before.
			r.deeds = nil
			continue
		case n > 0 && r.deeds[n-1].last().Hash != d.entries[0].Prev:
			r.deeds = nil // another process wrote between
		case n >= 2*maxRecent:
			r.deeds = slices.Clone(r.deeds[n-maxRecent:])
		}
		r.deeds = append(r.deeds, d)
	}
}

// until returns the deeds that end where a snapshot does, nothing where it has others.
func (r *recent) until(h head) []deed {
	r.mu.Lock()
	deeds := r.deeds
	r.mu.Unlock()
	i, found := slices.BinarySearchFunc(deeds, h.seq, func(d deed, seq int64) int { return cmp.Compare(d.last().Seq, seq) })
	if !found || deeds[i].last().Hash != h.hash {
		return nil
	}
	return deeds[:i+1]
}

// entriesAfter returns up to limit of the entries that deeds made after one, unless there
// are some that others made.
func entriesAfter(deeds []deed, after int64, limit int) (entries []boxoffice.Entry, complete bool) {
	if len(deeds) == 0 || deeds[0].entries[0].Seq > after+1 {
		return nil, false
	}
	i, _ := slices.BinarySearchFunc(deeds, after+1, func(d deed, seq int64) int { return cmp.Compare(d.last().Seq, seq) })
	if n := min(limit, int(deeds[len(deeds)-1].last().Seq-after)); n > 0 {
		entries = make([]boxoffice.Entry, 0, n)
	}
	for _, d := range deeds[i:] {
		for j := range d.entries {
			if e := &d.entries[j]; e.Seq > after && len(entries) < limit {
				entries = append(entries, *e)
			}
		}
	}
	return entries, true
}

// placesAfter returns how those of some places stand that the deeds changed.
func placesAfter(deeds []deed, id boxoffice.PerformanceID, places []boxoffice.PlaceNo) map[boxoffice.PlaceNo]boxoffice.PlaceState {
	wanted := make(map[boxoffice.PlaceNo]bool, len(places))
	for _, no := range places {
		wanted[no] = true
	}
	stand := make(map[boxoffice.PlaceNo]boxoffice.PlaceState, len(places))
	for _, d := range slices.Backward(deeds) {
		for _, c := range slices.Backward(d.changes) {
			if c.performance == id && wanted[c.place] {
				delete(wanted, c.place)
				stand[c.place] = c.state
			}
		}
		if len(wanted) == 0 {
			break
		}
	}
	return stand
}

// record notes what the use case under way leaves.
func (t *tx) record() {
	if t.writer.keeps {
		t.writer.deeds = append(t.writer.deeds, deed{t.entries, t.changes})
	}
}

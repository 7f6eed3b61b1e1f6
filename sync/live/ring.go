package live

import "wicket/boxoffice"

// kept is how many entries a looker may fall behind before it has to look at
// everything again.
const kept = 2048

// ring holds the last entries of the journal that were read, at least the last kept.
// Entries are counted from 1 as they come in, whatever their numbers in the journal.
// What was given out is never written to again: all lookers share it.
type ring struct {
	entries []boxoffice.Entry
	count   uint64 // entries ever added
}

func (r *ring) add(entries []boxoffice.Entry) {
	if len(r.entries)+len(entries) > cap(r.entries) {
		last := r.entries[max(0, len(r.entries)-kept):]
		r.entries = append(make([]boxoffice.Entry, 0, len(last)+max(3*kept, len(entries))), last...)
	}
	r.entries = append(r.entries, entries...)
	r.count += uint64(len(entries))
}

// since returns the entries after the first n, oldest first, and whether they are
// all still there.
func (r *ring) since(n uint64) ([]boxoffice.Entry, bool) {
	missing := r.count - n
	switch {
	case missing > kept:
		return nil, false
	case missing == 0:
		return nil, true
	}
	all := len(r.entries)
	return r.entries[all-int(missing) : all : all], true
}

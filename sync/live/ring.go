package live

import "wicket/boxoffice"

// kept is how many entries a looker may fall behind before it has to look at
// everything again.
const kept = 512

// ring holds the last entries of the journal that were read. Entries are counted
// from 1 as they come in, whatever their numbers in the journal.
type ring struct {
	entries [kept]boxoffice.Entry
	count   uint64 // entries ever added
}

func (r *ring) add(entries []boxoffice.Entry) {
	for _, e := range entries {
		r.entries[r.count%kept] = e
		r.count++
	}
}

// since returns the entries after the first n, oldest first, and whether they are
// all still there.
func (r *ring) since(n uint64) ([]boxoffice.Entry, bool) {
	if r.count-n > kept {
		return nil, false
	}
	if r.count == n {
		return nil, true
	}
	entries := make([]boxoffice.Entry, 0, r.count-n)
	for i := n; i < r.count; i++ {
		entries = append(entries, r.entries[i%kept])
	}
	return entries, true
}

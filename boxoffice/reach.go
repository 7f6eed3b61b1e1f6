package boxoffice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Reach is how far a journal goes. By it copies of a house are told from each
// other: they have the first entry in common, and the longer journal goes through
// the end of the shorter.
type Reach struct {
	First [sha256.Size]byte // the hash of the first entry: which house it is
	Seq   int64             // the number of the last entry
	Hash  [sha256.Size]byte // its hash
	At    time.Time         // its instant
}

// Mark is a short name of the house that the journal is of: eight letters and
// digits, the same for all its copies.
func (r Reach) Mark() string { return hex.EncodeToString(r.First[:4]) }

// ReachOf returns how far the journal goes. One without an entry is a
// *NotFoundError: no house was set up.
func ReachOf(r Reader) (Reach, error) {
	first, err := r.Journal(0, 1)
	if err != nil {
		return Reach{}, err
	}
	last, err := r.LastEntries(1)
	if err != nil {
		return Reach{}, err
	}
	if len(first) == 0 || len(last) == 0 {
		return Reach{}, NotFound("house", "")
	}
	return Reach{First: first[0].Hash, Seq: last[0].Seq, Hash: last[0].Hash, At: last[0].At}, nil
}

// GoesThrough reports whether the journal has the entry that another one ends with:
// whether nothing is in that other which is not in this.
func GoesThrough(r Reader, other Reach) (bool, error) {
	entry, err := r.Journal(other.Seq-1, 1)
	if err != nil {
		return false, fmt.Errorf("compare journals: %w", err)
	}
	return len(entry) == 1 && entry[0].Seq == other.Seq && entry[0].Hash == other.Hash, nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"wicket/boxoffice"
	"wicket/store"
	"wicket/tui/screen"
)

// occupant is what is at the place that a backup is to come to.
type occupant struct {
	path  string
	there bool // a house, or what is left of one
	read  bool // it can be looked at
	reach boxoffice.Reach
}

// whatStands looks at the place of the house at path, without a change.
func (p *program) whatStands(ctx context.Context, path string) (s occupant, err error) {
	s.path = path
	for _, ext := range []string{"", "-wal", "-shm"} {
		switch _, err := os.Lstat(path + ext); {
		case err == nil:
			s.there = true
		case !errors.Is(err, fs.ErrNotExist):
			return s, fmt.Errorf("%s cannot be looked at, nothing was changed: %w\n  let this account into its folder, or name another place with --house", path, reason(err))
		}
	}
	if !s.there {
		return s, nil
	}
	r, err := store.OpenReading(path, p.clock)
	if err != nil {
		return s, nil //nolint:nilerror // a house that cannot be read is why backups come back
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	read := r.View(ctx, func(r boxoffice.Reader) (err error) {
		s.reach, err = boxoffice.ReachOf(r)
		return err
	})
	s.read = read == nil
	return s, nil
}

// lostBy says, a line each, what of the house that stands is not in a backup.
func (s occupant) lostBy(ctx context.Context, u unpacked, clock boxoffice.Clock) (lines []string, err error) {
	switch {
	case !s.there:
		return nil, nil
	case !s.read:
		return []string{fmt.Sprintf("what stands at %s cannot be read: what of it would be lost is not known", s.path)}, nil
	case s.reach.First != u.reach.First:
		return []string{fmt.Sprintf("another house stands at %s: all of it would go aside", s.path)}, nil
	}
	r, err := store.OpenReading(s.path, clock)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	err = r.View(ctx, func(r boxoffice.Reader) error {
		same, err := boxoffice.GoesThrough(r, u.reach)
		if err != nil {
			return err
		}
		if !same {
			lines = []string{"it is a backup of this house, but not of what was done here: the house that stands has gone another way"}
			return nil
		}
		lines, err = entriesAfter(r, u.reach, u.house)
		return err
	})
	if err != nil {
		lines, err = []string{fmt.Sprintf("what of the house that stands would be lost cannot be read: %v", err)}, nil
	}
	return lines, err
}

// entriesAfter says what the journal has after a backup ends.
func entriesAfter(r boxoffice.Reader, reach boxoffice.Reach, house boxoffice.House) ([]string, error) {
	count, sales, voids := 0, 0, 0
	var taken boxoffice.Money
	var last boxoffice.Entry
	for after := reach.Seq; ; after = last.Seq {
		entries, err := r.Journal(after, page)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			count++
			switch e.Verb {
			case boxoffice.VerbSell:
				sales++
			case boxoffice.VerbVoid, boxoffice.VerbCancel:
				voids++
			}
			taken += e.Amount
		}
		last = entries[len(entries)-1]
	}
	if count == 0 {
		return []string{"the house that stands has nothing that is not in it"}, nil
	}
	lines := []string{fmt.Sprintf("the house that stands goes on to entry %d of %s", last.Seq, instant(last.At, house))}
	if sales+voids > 0 {
		lines = append(lines, fmt.Sprintf("not in it: %s and %s, %s in all", screen.Count(sales, "sale"), screen.Count(voids, "cancellation"), house.Currency.Format(taken)))
	}
	return append(lines, fmt.Sprintf("not in it: %d of the journal's entries", count)), nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"wicket/boxoffice"
)

// keeping is which backups stay: the newest few and the young ones. What neither
// keeps goes. A zero keeping keeps them all.
type keeping struct {
	count int
	days  int
}

func (k keeping) goes(place int, at, now time.Time) bool {
	if k.count == 0 && k.days == 0 {
		return false
	}
	young := k.days > 0 && now.Sub(at) < time.Duration(k.days)*24*time.Hour
	return place >= max(k.count, 1) && !young
}

// tidy removes the backups of this very house in folder that are kept no longer,
// after m was made.
func (k keeping) tidy(ctx context.Context, h *house, folder string, m made, clock boxoffice.Clock) (removed []string, err error) {
	all, err := backupsOf(folder, m.reach.Mark())
	if err != nil {
		return nil, fmt.Errorf("the backup was made, but older ones were not looked through: %w", err)
	}
	own, err := os.Stat(m.path)
	if err != nil {
		return nil, err
	}
	now := clock.Now()
	for i, old := range all[ahead(all, now):] { // of a clock that was ahead: they take no place, and stay until then
		info, err := os.Stat(old.path)
		if err != nil || os.SameFile(own, info) || !k.goes(i, old.at, now) {
			continue
		}
		through := func(reach boxoffice.Reach) (bool, error) { return h.goesThrough(ctx, reach) }
		if ours, err := isBackupOf(old, clock, through); err != nil || !ours {
			continue // whatever it is, it is not ours to remove
		}
		if err := errors.Join(os.Remove(old.path), removeIfThere(sumPath(old.path))); err != nil {
			return removed, fmt.Errorf("the backup was made, but an older one was not removed: %w", err)
		}
		removed = append(removed, old.path)
	}
	return removed, nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

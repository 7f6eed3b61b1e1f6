package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
)

// TestManners lets a reading work for so long while others write, or do not.
func TestManners(t *testing.T) {
	began := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	rests := func(worked, writtenAgo time.Duration) time.Duration {
		m := manners{since: began}
		now := began.Add(worked)
		return m.rest(now, now.Add(-writtenAgo))
	}
	for _, c := range []struct {
		worked, writtenAgo, want time.Duration
	}{
		{portion / 2, 0, 0},
		{2 * time.Millisecond, 0, restTimes * 2 * time.Millisecond},
		{2 * time.Millisecond, lately / 2, restTimes * 2 * time.Millisecond},
		{2 * time.Millisecond, lately, 0},
		{time.Second, time.Hour, 0},
		{time.Second, 0, longestRest},
	} {
		if got := rests(c.worked, c.writtenAgo); got != c.want {
			t.Errorf("worked %s, log written %s ago: rests %s, want %s", c.worked, c.writtenAgo, got, c.want)
		}
	}

	// However much others write, it comes to an end, and what it rests is no work.
	m, now := manners{since: began}, began
	rested := time.Duration(0)
	for range 1000 {
		now = now.Add(5 * time.Millisecond)
		rest := m.rest(now, now)
		now = now.Add(rest)
		rested += rest
	}
	if rested != mostRest {
		t.Errorf("it rested %s in all, want %s", rested, mostRest)
	}
}

// TestGiveWayEndsWithItsContext: a reading that has to rest is stopped at once, and a
// transaction never rests.
func TestGiveWayEndsWithItsContext(t *testing.T) {
	store, err := Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	ctx, stop := context.WithCancel(context.Background())
	err = store.View(ctx, func(r boxoffice.Reader) error {
		if err := r.GiveWay(); err != nil {
			t.Errorf("before its context has ended: %v", err)
		}
		stop()
		return r.GiveWay()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a reading whose context has ended: %v", err)
	}
	err = store.Update(context.Background(), "", nil, func(tx boxoffice.Tx) error { return tx.GiveWay() })
	if err != nil {
		t.Error(err)
	}
}

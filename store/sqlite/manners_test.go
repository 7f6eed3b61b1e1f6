package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
)

// TestPace lets a reading work for so long while others write, or do not.
func TestPace(t *testing.T) {
	began := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	rests := func(worked, writtenAgo time.Duration) time.Duration {
		p := pace{since: began, worked: atOnce}
		now := began.Add(worked)
		return p.rest(now, now.Add(-writtenAgo))
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
	p, now := pace{since: began}, began
	rested, worked := time.Duration(0), time.Duration(0)
	for range 1000 {
		now, worked = now.Add(5*time.Millisecond), worked+5*time.Millisecond
		rest := p.rest(now, now)
		if rest > 0 && worked <= atOnce {
			t.Errorf("it rested after %s of work", worked)
		}
		now = now.Add(rest)
		rested += rest
	}
	if rested != mostRest {
		t.Errorf("it rested %s in all, want %s", rested, mostRest)
	}
}

// TestManners: readings one after the other leave those who write most of the time,
// however short each is, and owe nothing where nobody writes.
func TestManners(t *testing.T) {
	began := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	for _, takes := range []time.Duration{100 * time.Microsecond, time.Millisecond, 30 * time.Millisecond, 120 * time.Millisecond} {
		var m manners
		now, worked := began, time.Duration(0)
		for range 100 {
			now = now.Add(m.wait(now, now))
			p := pace{since: now}
			for left := takes; left > 0; left -= time.Millisecond {
				now = now.Add(min(left, time.Millisecond))
				now = now.Add(p.rest(now, now))
			}
			worked += takes
			m.owe(now, p.owes(now))
		}
		now = now.Add(m.wait(now, now))
		if part := float64(worked) / float64(now.Sub(began)); part > 1.0/restTimes {
			t.Errorf("readings of %s each read %.3f of the time, want at most one in %d", takes, part, restTimes)
		}
	}

	var m manners
	m.owe(began, time.Hour)
	if wait := m.wait(began, began); wait != mostRest {
		t.Errorf("the next waits %s, want %s", wait, mostRest)
	}
	if wait := m.wait(began, began.Add(-lately)); wait != 0 {
		t.Errorf("where nobody writes the next waits %s", wait)
	}
	if wait := m.wait(began, began); wait != 0 {
		t.Errorf("what is forgiven is owed again: %s", wait)
	}
}

// TestASurveyWaitsForNobodyWhoDoesNotWrite: it begins at once, and ends with its context.
func TestASurveyWaitsForNobodyWhoDoesNotWrite(t *testing.T) {
	store, err := Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	log := store.path + "-wal"
	looked := 0
	survey := func(ctx context.Context) error {
		return store.Survey(ctx, func(r boxoffice.Reader) error { looked++; return r.GiveWay() })
	}

	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(log, long, long); err != nil {
		t.Fatal(err)
	}
	store.manners.owe(time.Now(), time.Hour)
	if err := survey(context.Background()); err != nil || looked != 1 {
		t.Fatalf("it looked %d times: %v", looked, err)
	}

	// Somebody writes all the time: who is not to wait any longer is let go.
	soon := time.Now().Add(time.Hour)
	if err := os.Chtimes(log, soon, soon); err != nil {
		t.Fatal(err)
	}
	store.manners.owe(time.Now(), time.Hour)
	ctx, stop := context.WithTimeout(context.Background(), time.Millisecond)
	defer stop()
	if err := survey(ctx); !errors.Is(err, context.DeadlineExceeded) || looked != 1 {
		t.Errorf("it looked %d times: %v", looked, err)
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

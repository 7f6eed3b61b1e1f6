package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"wicket/boxoffice"
)

func testUpdate(t *testing.T, open Opener) {
	ctx := context.Background()
	t.Run("AllOrNothing", func(t *testing.T) {
		b := newBooth(t, open)
		err := b.store.Update(ctx, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
			if _, err := b.hold(tx, 1, 2); err != nil {
				return err
			}
			if _, err := tx.SaveStaff(boxoffice.Staff{Name: "Ben", Role: boxoffice.Clerk}); err != nil {
				return err
			}
			return errNo
		})
		if err != errNo { //nolint:errorlint // it comes back as it is
			t.Errorf("got «%v», want the function's own error", err)
		}
		b.view(func(r boxoffice.Reader) error {
			tickets, err := r.Tickets(b.perf.ID, []boxoffice.PlaceNo{1, 2})
			for _, ticket := range tickets {
				if ticket.State != boxoffice.Available || ticket.Version != 1 {
					t.Errorf("place %d is %s", ticket.Place, ticket.State)
				}
			}
			_, missing := r.StaffByName("Ben")
			isKind(t, "staff", missing, boxoffice.KindNotFound)
			return err
		})
	})
	t.Run("OneFailsAlone", func(t *testing.T) {
		b := newBooth(t, open)
		var wg sync.WaitGroup
		var want []string
		for i := range 100 {
			words := fmt.Sprintf("call %d", i)
			if i%3 != 0 {
				want = append(want, words)
			}
			wg.Go(func() {
				err := b.store.Update(ctx, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
					if err := note(tx, words); err != nil {
						return err
					}
					switch {
					case i%6 == 0:
						panic(words)
					case i%3 == 0:
						return errNo
					}
					return nil
				})
				switch {
				case i%6 == 0:
					isKind(t, words, err, boxoffice.KindInternal)
				case i%3 == 0 && !errors.Is(err, errNo), i%3 != 0 && err != nil:
					t.Errorf("%s: %v", words, err)
				}
			})
		}
		wg.Wait()
		got := b.notes()
		slices.Sort(got)
		slices.Sort(want)
		same(t, "notes", got, want)
	})
	t.Run("CallerThatGaveUp", func(t *testing.T) {
		b := newBooth(t, open)
		running, free := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			b.update(func(boxoffice.Tx) error { close(running); <-free; return nil })
		})
		<-running
		waiting, cancel := context.WithCancel(ctx)
		cancel()
		queued, cancelQueued := context.WithTimeout(ctx, time.Millisecond)
		defer cancelQueued()
		for _, gone := range []context.Context{waiting, queued} {
			err := b.store.Update(gone, boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error { return note(tx, "too late") })
			if !errors.Is(err, gone.Err()) {
				t.Errorf("got «%v», want what ended the wait", err)
			}
		}
		close(free)
		wg.Wait()
		b.update(func(tx boxoffice.Tx) error { return note(tx, "next") })
		same(t, "notes", b.notes(), []string{"next"})
	})
}

func testCommands(t *testing.T, open Opener) {
	ctx := context.Background()
	type answer struct {
		Order boxoffice.OrderID
		Words []string
	}
	b := newBooth(t, open)
	cmd := boxoffice.NewCommandID()

	var failed answer
	if err := b.store.Update(ctx, cmd, &failed, func(boxoffice.Tx) error { return errNo }); !errors.Is(err, errNo) {
		t.Fatal(err)
	}
	runs := 0
	do := func(a *answer) func(boxoffice.Tx) error {
		return func(tx boxoffice.Tx) error {
			runs++
			a.Order, a.Words = 7, []string{"a", "b"}
			return note(tx, "done")
		}
	}
	var first answer
	if err := b.store.Update(ctx, cmd, &first, do(&first)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var again answer
		if err := b.store.Update(ctx, cmd, &again, do(&again)); err != nil {
			t.Fatal(err)
		}
		same(t, "answer", again, first)
	}
	if err := b.store.Update(ctx, cmd, nil, func(boxoffice.Tx) error { return errNo }); err != nil {
		t.Errorf("the command sent again without an answer: %v", err)
	}
	if runs != 1 {
		t.Errorf("the command was done %d times", runs)
	}
	same(t, "notes", b.notes(), []string{"done"})

	// Both of a doubled key may wait at once.
	twice := boxoffice.NewCommandID()
	var wg sync.WaitGroup
	answers := make([]int, 8)
	for i := range answers {
		wg.Go(func() {
			if err := b.store.Update(ctx, twice, &answers[i], func(tx boxoffice.Tx) error {
				answers[i] = 42
				return note(tx, "twice")
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	same(t, "answers", answers, []int{42, 42, 42, 42, 42, 42, 42, 42})
	same(t, "notes", b.notes(), []string{"done", "twice"})
}

func testSnapshot(t *testing.T, open Opener) {
	b := newBooth(t, open)
	b.view(func(r boxoffice.Reader) error {
		seq, _, err := r.Head()
		if err != nil {
			return err
		}
		// A reader makes no writer wait, and sees nothing of what it commits.
		b.update(func(tx boxoffice.Tx) error { _, err := b.hold(tx, 3); return err })
		tickets, err := r.Tickets(b.perf.ID, []boxoffice.PlaceNo{3})
		if err != nil {
			return err
		}
		if tickets[0].State != boxoffice.Available {
			t.Errorf("the snapshot moved: place 3 is %s", tickets[0].State)
		}
		entries, err := r.Journal(seq, 10)
		if len(entries) > 0 {
			t.Errorf("the snapshot moved: %d new entries", len(entries))
		}
		return err
	})
	// A view inside a view, and one while a writer is at work.
	b.update(func(tx boxoffice.Tx) error {
		if err := note(tx, "under way"); err != nil {
			return err
		}
		b.view(func(boxoffice.Reader) error {
			same(t, "notes", b.notes(), nil)
			return nil
		})
		return nil
	})
	if err := b.store.View(context.Background(), func(boxoffice.Reader) error { return errNo }); err != errNo { //nolint:errorlint // as it is
		t.Errorf("got «%v», want the function's own error", err)
	}
	isKind(t, "panic", b.store.View(context.Background(), func(boxoffice.Reader) error { panic("no") }), boxoffice.KindInternal)
	same(t, "notes", b.notes(), []string{"under way"})
}

func testWatch(t *testing.T, open Opener) {
	b := newBooth(t, open)
	ctx, cancel := context.WithCancel(context.Background())
	one, other := b.store.Watch(ctx), b.store.Watch(context.Background())
	for range 3 {
		b.update(func(tx boxoffice.Tx) error { return note(tx, "x") })
		<-one
		<-other
	}
	cancel()
	for range one { //nolint:revive // until it is closed
	}
	b.update(func(tx boxoffice.Tx) error { return note(tx, "x") })
	<-other
	if err := b.store.Close(); err != nil {
		t.Fatal(err)
	}
	for range other { //nolint:revive // until it is closed
	}
	for range b.store.Watch(context.Background()) {
		t.Error("a closed store signals")
	}
}

func testNow(t *testing.T, open Opener) {
	b := newBooth(t, open)
	var last time.Time
	for _, step := range []time.Duration{0, time.Second + 1234, -time.Hour, time.Minute, 2 * time.Hour, -24 * time.Hour} {
		b.clock.Move(step)
		b.update(func(tx boxoffice.Tx) error {
			now := tx.Now()
			if now.Before(last) {
				t.Errorf("time went back from %s to %s", last, now)
			}
			if step > time.Hour && !now.Equal(b.clock.Now().Truncate(time.Millisecond)) {
				t.Errorf("now is %s, the clock says %s", now, b.clock.Now())
			}
			if now.Location() != time.UTC || now.Nanosecond()%1_000_000 != 0 {
				t.Errorf("%s is not UTC in whole milliseconds", now)
			}
			last = now
			return note(tx, "tick")
		})
		b.view(func(r boxoffice.Reader) error {
			if r.Now().Before(last) {
				t.Errorf("a reader's time went back from %s to %s", last, r.Now())
			}
			return nil
		})
	}
}

func testClose(t *testing.T, open Opener) {
	b := newBooth(t, open)
	if err := b.store.Health(); err != nil {
		t.Errorf("a store that is well says %v", err)
	}
	for range 2 {
		if err := b.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	isKind(t, "update", b.store.Update(context.Background(), boxoffice.NewCommandID(), nil, func(boxoffice.Tx) error { return nil }), boxoffice.KindStore)
	isKind(t, "view", b.store.View(context.Background(), func(boxoffice.Reader) error { return nil }), boxoffice.KindStore)
	isKind(t, "health", b.store.Health(), boxoffice.KindStore)
}

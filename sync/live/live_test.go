package live_test

import (
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"wicket/boxoffice"
	"wicket/sync/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// settle waits until nothing moves, the hub's rests included.
func settle() {
	time.Sleep(10 * live.LongBreath)
	synctest.Wait()
}

func TestPictureFollowsTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(100, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		pic := sub.Picture(1)
		if pic == nil || pic.Total.Open != 100 || pic.Revision != 0 {
			t.Fatalf("first picture: %+v", pic)
		}
		first := pic.Places
		f.hold(7, 1, time.Now().Add(time.Hour), 3, 4)
		settle()
		<-sub.Changed()
		pic = sub.Picture(1)
		if pic.Total.Held != 2 || pic.Revision != 1 || pic.Holds[7].StaffName != "Ben" {
			t.Fatalf("after the hold: %+v revision %d", pic.Total, pic.Revision)
		}
		if first.At(3).State != boxoffice.Available {
			t.Error("the first picture changed under its reader")
		}
		if got := f.count(&f.houses); got != 1 {
			t.Errorf("the whole house was read %d times, want once", got)
		}
		f.mu.Lock()
		want, _ := reader{f: f}.Places(1)
		f.mu.Unlock()
		if !reflect.DeepEqual(pic.Places, boxoffice.NewPlaces(want)) {
			t.Error("patched places differ from the store's")
		}
	})
}

// TestARushIsDrawnFromWhatChanged: also where much changed since the last picture.
func TestARushIsDrawnFromWhatChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1000, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		var half []boxoffice.PlaceNo
		for no := range boxoffice.PlaceNo(500) {
			half = append(half, 2*no+1)
		}
		f.hold(7, 1, time.Now().Add(time.Hour), half...)
		settle()
		if got := sub.Picture(1).Total.Held; got != len(half) {
			t.Errorf("%d held, want %d", got, len(half))
		}
		if got := f.count(&f.houses); got != 1 {
			t.Errorf("the whole house was read %d times, want once", got)
		}
	})
}

// TestRenewedHoldMovesAllItsPlaces: the journal does not name the places that a
// renewal moved, not even those of another performance.
func TestRenewedHoldMovesAllItsPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1, 2)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		f.hold(7, 1, time.Now().Add(time.Minute), 3)
		settle()
		until := time.Now().Add(time.Hour)
		f.commit(func() []boxoffice.Entry {
			h := f.holds[7]
			h.ExpiresAt = until
			f.holds[7] = h
			f.tickets[1][2].ExpiresAt = until
			return []boxoffice.Entry{{Verb: boxoffice.VerbHold, Performance: 2, Hold: 7}}
		})
		settle()
		if got := sub.Picture(1).Places.At(3).Until; got != until.UnixMilli() {
			t.Errorf("ends at %d, want %d", got, until.UnixMilli())
		}
	})
}

func TestJournalThatDoesNotFitReadsTheWholeHouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		f.commit(func() []boxoffice.Entry {
			f.tickets[1][0].State = boxoffice.Confirmed
			return []boxoffice.Entry{{
				Verb: boxoffice.VerbSell, Performance: 1,
				Changes: boxoffice.Changes{{Place: 1, From: boxoffice.Held, To: boxoffice.Confirmed}},
			}}
		})
		settle()
		if got := sub.Picture(1).Total.Sold; got != 1 {
			t.Errorf("%d sold, want 1", got)
		}
		if got := f.count(&f.houses); got != 2 {
			t.Errorf("the whole house was read %d times, want 2", got)
		}
	})
}

func TestLapseIsCountedWithoutTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		f.hold(7, 1, time.Now().Add(5*time.Minute), 3, 4)
		settle()
		views := f.count(&f.views)
		f.breakWith(errors.New("gone"))
		if got := sub.Picture(1).Total; got.Held != 2 || got.Open != 8 {
			t.Fatalf("before: %+v", got)
		}
		for len(sub.Changed()) > 0 {
			<-sub.Changed()
		}
		before := time.Now()
		<-sub.Changed()
		if waited := time.Since(before); waited > 5*time.Minute {
			t.Errorf("told after %v", waited)
		}
		if got := sub.Picture(1).Total; got.Held != 0 || got.Open != 10 {
			t.Errorf("after: %+v", got)
		}
		if got := f.count(&f.views); got != views {
			t.Errorf("the store was read %d times for it", got-views)
		}
	})
}

func TestTroubleShowsAndNothingIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		sub.News()
		f.breakWith(errors.New("disk gone"))
		f.hold(7, 1, time.Now().Add(time.Hour), 1)
		settle()
		if sub.Err() == nil {
			t.Fatal("trouble does not show")
		}
		f.hold(8, 1, time.Now().Add(time.Hour), 2)
		time.Sleep(time.Minute)
		f.breakWith(nil)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if err := sub.Err(); err != nil {
			t.Errorf("still in trouble: %v", err)
		}
		if got := sub.Picture(1).Total.Held; got != 2 {
			t.Errorf("%d held, want 2", got)
		}
		if news, resync := sub.News(); len(news) != 2 || resync {
			t.Errorf("news: %d entries, resync %v", len(news), resync)
		}
	})
}

func TestNewsIsCompleteOrSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1)
		hub := open(f)
		early := hub.Subscribe()
		defer early.Close()
		start(t, hub)
		settle()
		if _, resync := early.News(); !resync {
			t.Error("what came before the first read cannot be known: want resync")
		}
		late := hub.Subscribe()
		defer late.Close()
		for range 100 {
			f.append(boxoffice.Entry{Verb: boxoffice.VerbRenew})
		}
		settle()
		news, resync := late.News()
		if len(news) != 100 || resync || news[0].Seq != 1 || news[99].Seq != 100 {
			t.Errorf("%d entries, resync %v", len(news), resync)
		}
		for range live.Kept/20 + 5 {
			f.append(make([]boxoffice.Entry, 20)...)
			settle()
		}
		if news, resync := late.News(); news != nil || !resync {
			t.Errorf("more than is kept behind: %d entries, resync %v", len(news), resync)
		}
		if news, resync := late.News(); news != nil || resync {
			t.Errorf("resync said twice: %d, %v", len(news), resync)
		}
		f.append(make([]boxoffice.Entry, live.Kept+88)...)
		settle()
		if _, resync := late.News(); !resync {
			t.Error("more than is kept at once: want resync")
		}
	})
}

// TestClockBehindTheJournalIsToldHowFar: from the first look on, and until it has
// caught up; an old entry is none that it is behind.
func TestClockBehindTheJournalIsToldHowFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1)
		is := func(what string, hub *live.Hub, want time.Duration) {
			t.Helper()
			settle()
			if got := hub.Behind().Round(time.Minute); got != want {
				t.Errorf("%s: %s behind, want %s", what, got, want)
			}
		}
		hub := run(t, f)
		is("an empty journal", hub, 0)
		f.append(boxoffice.Entry{At: time.Now().Add(time.Hour)}, boxoffice.Entry{At: time.Now().Add(2 * time.Hour)})
		is("entries of two hours on", hub, 2*time.Hour)
		is("another that opens then", run(t, f), 2*time.Hour)
		time.Sleep(90 * time.Minute)
		is("90 minutes later", hub, 30*time.Minute)
		time.Sleep(time.Hour)
		is("caught up", hub, -30*time.Minute)
	})
}

func TestPicturesAreKeptOnlyWhileShownAndShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(10, 1, 2)
		hub := run(t, f)
		a, b := hub.Subscribe(), hub.Subscribe()
		a.Show(1, 2, 1, 99)
		settle()
		b.Show(1)
		if a.Picture(1) == nil || a.Picture(1) != b.Picture(1) {
			t.Error("not one picture for both")
		}
		if len(b.Changed()) != 1 {
			t.Error("b is not told that the picture is there")
		}
		if a.Picture(99) != nil || b.Picture(2) != nil {
			t.Error("a picture of what is not shown")
		}
		a.Close()
		a.Close()
		if hub.Pictures() != 1 {
			t.Errorf("%d pictures kept, want 1", hub.Pictures())
		}
		b.Show()
		if hub.Pictures() != 0 {
			t.Errorf("%d pictures kept, want none", hub.Pictures())
		}
		b.Close()
		for range a.Changed() { // ends: it is closed
		}
	})
}

func TestChangedIsMergedAndNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1000, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		views := f.count(&f.views)
		for no := range 500 {
			f.hold(boxoffice.HoldID(no+1), 1, time.Now().Add(time.Hour), boxoffice.PlaceNo(no+1))
		}
		settle()
		settle()
		if got := sub.Picture(1).Total.Held; got != 500 {
			t.Errorf("%d held, want 500", got)
		}
		if len(sub.Changed()) != 1 {
			t.Errorf("%d values wait, want 1", len(sub.Changed()))
		}
		if got := f.count(&f.views) - views; got > 3 {
			t.Errorf("500 changes in one instant were read in %d goes", got)
		}
	})
}

// TestPicturesTakeTheirShare: where reading takes long, changes are shown less often, up
// to a bound, so that who sells has most of the machine.
func TestPicturesTakeTheirShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1000, 1)
		var takes atomic.Int64
		f.reading = func() { time.Sleep(time.Duration(takes.Load())) }
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		settle()
		for _, c := range []struct{ takes, every time.Duration }{
			{0, live.Breath},
			{time.Millisecond / 2, live.Breath + time.Millisecond/2},
			{2 * time.Millisecond, live.LongBreath + 2*time.Millisecond},
			{50 * time.Millisecond, live.LongBreath + 50*time.Millisecond},
		} {
			takes.Store(int64(c.takes))
			settle()
			before := f.count(&f.views)
			for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(time.Millisecond) {
				f.append(boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: 1})
			}
			got, want := f.count(&f.views)-before, int(10*time.Second/c.every)
			if got < want*9/10 || got > want*11/10 {
				t.Errorf("where one takes %s, there are %d in ten seconds, want about %d", c.takes, got, want)
			}
		}
	})
}

// TestNowAndThenIsShownAtOnce: who has rested is not tired by one picture, and what comes
// soon after it need not wait for longer than ever.
func TestNowAndThenIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1000, 1)
		takes := 5 * time.Millisecond
		f.reading = func() { time.Sleep(takes) }
		sub := run(t, f).Subscribe()
		defer sub.Close()
		sub.Show(1)
		for range 20 {
			time.Sleep(time.Second)
			for len(sub.Changed()) > 0 {
				<-sub.Changed()
			}
			for range 2 {
				f.append(boxoffice.Entry{Verb: boxoffice.VerbHold, Performance: 1})
				began := time.Now()
				<-sub.Changed()
				if took := time.Since(began); took > takes+time.Millisecond {
					t.Errorf("a change is shown after %s", took)
				}
				time.Sleep(live.Breath + time.Millisecond)
			}
		}
	})
}

func TestStoreClosedEndsTheFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1, 1)
		sub := run(t, f).Subscribe()
		defer sub.Close()
		settle()
		f.shut()
		synctest.Wait()
		if sub.Err() == nil {
			t.Error("the feed stands still and does not say so")
		}
	})
}

// TestStoreClosedInTroubleEndsTheFeed: who tries again and again gives up once there is
// nothing to try.
func TestStoreClosedInTroubleEndsTheFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1, 1)
		f.breakWith(errors.New("gone"))
		ended := make(chan error, 1)
		hub := open(f)
		go func() { ended <- hub.Run(t.Context()) }()
		settle()
		f.shut()
		synctest.Wait()
		select {
		case err := <-ended:
			if err == nil {
				t.Error("it does not say why it ended")
			}
		default:
			t.Error("it goes on with a store that is closed")
			hub.Close()
		}
	})
}

// TestManyLookersAtOnce is for the race detector.
func TestManyLookersAtOnce(t *testing.T) {
	f := newFake(200, 1, 2)
	hub := run(t, f)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 50 {
				sub := hub.Subscribe()
				sub.Show(boxoffice.PerformanceID(1+(i+n)%2), 1)
				if pic := sub.Picture(1); pic != nil && pic.Total.Places != 200 {
					t.Errorf("a picture of %d places", pic.Total.Places)
				}
				sub.News()
				sub.Show(2)
				_ = sub.Err()
				sub.Close()
			}
		})
	}
	for no := range 200 {
		f.hold(boxoffice.HoldID(no+1), 1, time.Now().Add(time.Hour), boxoffice.PlaceNo(no+1))
	}
	all.Wait()
	sub := hub.Subscribe()
	defer sub.Close()
	sub.Show(1)
	for pic := sub.Picture(1); pic == nil || pic.Total.Held != 200; pic = sub.Picture(1) {
		<-sub.Changed()
	}
}

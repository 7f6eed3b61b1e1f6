package main

import (
	"context"
	"io"
	"reflect"
	"testing"
	"time"

	"wicket/boxoffice"
)

// openDemo makes the demo's house in a folder of the test's, at work.
func openDemo(t *testing.T, seed uint64) *demoHouse {
	t.Helper()
	clock := boxoffice.SystemClock{}
	p := &program{out: io.Discard, err: io.Discard, clock: clock}
	h, err := p.openStore(t.Context(), t.TempDir()+"/house.wicket")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	d := &demoHouse{house: h, now: clock.Now(), seed: seed}
	if err := d.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.work(t.Context(), clock)
	return d
}

// TestPicturesAreAsTheStore: pictures that were patched while colleagues worked
// are what a fresh look at the store gives.
func TestPicturesAreAsTheStore(t *testing.T) {
	d := openDemo(t, 7)
	sub := d.feed.Subscribe()
	defer sub.Close()
	var ids []boxoffice.PerformanceID
	for _, p := range d.perfs {
		ids = append(ids, p.ID)
	}
	sub.Show(ids...)
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	d.clerksAtWork(ctx, boxoffice.SystemClock{}, 4)()

	// One more entry, of a performance that is shown: once it is in the picture,
	// everything before it is.
	if err := d.office.StopSales(t.Context(), boxoffice.NewCommandID(), d.actor("Marta", 0), ids[0], "test"); err != nil {
		t.Fatal(err)
	}
	for pic := sub.Picture(ids[0]); pic == nil || pic.Performance.State != boxoffice.Stopped; pic = sub.Picture(ids[0]) {
		<-sub.Changed()
	}
	if err := d.store.View(t.Context(), func(r boxoffice.Reader) error {
		for _, id := range ids {
			want, err := r.Places(id)
			if err != nil {
				return err
			}
			pic := sub.Picture(id)
			for i := range want {
				if got := pic.Places.At(boxoffice.PlaceNo(i + 1)); got != want[i] {
					t.Errorf("performance %d place %d:\n picture %+v\n   store %+v", id, i+1, got, want[i])
				}
			}
			holds, err := r.LiveHolds(id)
			if err != nil {
				return err
			}
			for _, h := range holds {
				if got := pic.Holds[h.ID]; got.Who() != h.Who() || !got.ExpiresAt.Equal(h.ExpiresAt) {
					t.Errorf("performance %d hold %d: picture %+v, store %+v", id, h.ID, got, h)
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestColleaguesAreAtWork: whoever watches the evening sees who sells as at work, and
// gone home after it.
func TestColleaguesAreAtWork(t *testing.T) {
	d := openDemo(t, 7)
	sub := d.feed.Subscribe()
	defer sub.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	wait := d.clerksAtWork(ctx, boxoffice.SystemClock{}, 4)
	atWork := func() int {
		all, err := d.office.AtWork(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	for atWork() < 4 {
		<-sub.Changed()
	}
	stop()
	wait()
	if n := atWork(); n != 0 {
		t.Errorf("after the evening %d are at work", n)
	}
}

func TestDemoIsTheSameForTheSameSeed(t *testing.T) {
	sold := func() map[string]int {
		d := openDemo(t, 42)
		views, err := d.office.Performances(t.Context(), time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		n := map[string]int{}
		for _, v := range views {
			n[v.Performance.Key] = v.Total.Sold
		}
		return n
	}
	if a, b := sold(), sold(); !reflect.DeepEqual(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
}

func TestTonight(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{
		"2026-11-27 10:00": "2026-11-27 20:00",
		"2026-11-27 17:59": "2026-11-27 20:00",
		"2026-11-27 18:01": "2026-11-27 20:30",
		"2026-11-27 23:10": "2026-11-28 01:30",
		"2026-11-28 03:00": "2026-11-28 05:00",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := tonight(at, zone).In(zone).Format("2006-01-02 15:04"); got != want {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}

// TestTonightIsToday: at whatever hour the demo begins, what is played tonight is of the
// business day that has begun, and two hours ahead.
func TestTonightIsToday(t *testing.T) {
	for _, month := range []time.Month{time.January, time.July} {
		for minute := range 24 * 60 {
			now := time.Date(2026, month, 15, 0, minute, 0, 0, time.UTC)
			zone, err := time.LoadLocation(demoZone(now))
			if err != nil {
				t.Fatal(err)
			}
			curtain := tonight(now, zone)
			if today, played := boxoffice.BusinessDay(now, zone), boxoffice.BusinessDay(curtain, zone); today != played || curtain.Sub(now) < 2*time.Hour {
				t.Errorf("at %s in %s the curtain is %s", now.In(zone), zone, curtain.In(zone))
			}
			for _, when := range shows[0].dates {
				if start := when.start(curtain, zone); boxoffice.BusinessDay(start, zone) < boxoffice.BusinessDay(now, zone) != (when.day < 0) {
					t.Errorf("at %s in %s, what is played %d days from tonight begins at %s", now.In(zone), zone, when.day, start)
				}
			}
		}
	}
}

package main

import (
	"context"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
	"wicket/sync/live"
)

// TestPicturesAreAsTheStoreIs does random evenings of every use case while somebody
// looks at the house.
func TestPicturesAreAsTheStoreIs(t *testing.T) {
	houses, rounds := 0, storetest.Rounds(t, 10, 100)
	rapid.Check(t, func(rt *rapid.T) {
		if houses++; houses > rounds { // rapid would go on
			return
		}
		clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
		store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), sqlite.Options{Clock: clock})
		if err != nil {
			rt.Fatal(err)
		}
		defer store.Close()
		evening := storetest.NewEvening(t, store, clock, storetest.Rows(4, 5, 4), 3)
		look, end := followed(t, store, clock, evening.Performance)
		defer end()
		look(rt) // from here on it hears of every entry
		actions := evening.Machine()
		actions["look at the picture"] = look
		rt.Repeat(actions)
		look(rt)
	})
}

// followed shows a performance as a terminal does, until end is called. look compares
// the picture, which is brought in step change by change, with the store.
func followed(t testing.TB, store *sqlite.Store, clock boxoffice.Clock, id boxoffice.PerformanceID) (look func(*rapid.T), end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	hub := live.New(store, clock, slog.New(slog.DiscardHandler))
	var running sync.WaitGroup
	running.Go(func() { _ = hub.Run(ctx) })
	view := hub.Subscribe()
	view.Show(id)
	known, first := int64(0), true
	look = func(rt *rapid.T) {
		var head int64
		var perf boxoffice.Performance
		var places []boxoffice.PlaceState
		holds := map[boxoffice.HoldID]boxoffice.HoldView{}
		err := store.View(ctx, func(r boxoffice.Reader) (err error) {
			if head, _, err = r.Head(); err != nil {
				return err
			}
			if perf, err = r.Performance(id); err != nil {
				return err
			}
			if places, err = r.Places(id); err != nil {
				return err
			}
			live, err := r.LiveHolds(id)
			for _, h := range live {
				holds[h.ID] = h
			}
			return err
		})
		if err != nil {
			rt.Fatal(err)
		}
		late := time.After(time.Minute)
		for known < head {
			news, _ := view.News()
			switch pic := view.Picture(id); {
			case pic == nil:
			case len(news) > 0:
				known = news[len(news)-1].Seq
			default:
				known = max(known, pic.Revision)
			}
			if known >= head {
				break
			}
			select {
			case <-view.Changed():
			case <-late:
				rt.Fatalf("the journal is at %d, the pictures at %d after a minute: %v", head, known, view.Err())
			}
		}
		if first {
			_, _ = view.News() // what was before it began nobody can tell
			first = false
		}
		pic := view.Picture(id)
		if pic.Performance != perf {
			rt.Fatalf("the picture's performance is not the store's:\n%+v\n%+v", pic.Performance, perf)
		}
		want := boxoffice.NewPicture(pic.Performance, pic.Plan, pic.Prices, pic.Revision, boxoffice.NewPlaces(places), holds, pic.CountedAt)
		if got := maps.Collect(pic.Places.All()); !maps.Equal(got, maps.Collect(want.Places.All())) {
			rt.Fatalf("the picture's places are not the store's:\n%+v\n%+v", got, places)
		}
		if !maps.Equal(pic.Holds, want.Holds) {
			rt.Fatalf("the picture's holds are not the store's:\n%+v\n%+v", pic.Holds, want.Holds)
		}
		if pic.Total != want.Total || !slices.Equal(pic.Sections, want.Sections) || !slices.Equal(pic.Zones, want.Zones) {
			rt.Fatalf("the picture counts %+v %+v %+v, the places are %+v %+v %+v", pic.Total, pic.Sections, pic.Zones, want.Total, want.Sections, want.Zones)
		}
	}
	return look, func() {
		view.Close()
		stop()
		running.Wait()
	}
}

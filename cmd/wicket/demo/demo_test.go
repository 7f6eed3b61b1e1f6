package demo_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/seating"
	"wicket/cmd/wicket/demo"
	"wicket/store/sqlite"
)

type noPINs struct{}

func (noPINs) Hash(string) (string, error) { return "none", nil }
func (noPINs) Check(_, _ string) bool      { return false }

// TestDemoHouseStandsAndAddsUp builds the demo, lets its clerks work, and recounts.
func TestDemoHouseStandsAndAddsUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "demo.wicket"), sqlite.Options{Clock: boxoffice.SystemClock{}})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	office := boxoffice.NewOffice(store, &seating.Finder{}, noPINs{})
	house, err := demo.Build(ctx, office, time.Now(), 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	if house.Newcomer.Name != "Ana" || len(house.Clerks) != 4 || len(house.Tonight) != 3 {
		t.Errorf("made %+v", house)
	}
	sold, err := office.FindOrders(ctx, "", 10)
	if err != nil || len(sold) != 10 {
		t.Fatalf("orders sold at the start: %d, %v", len(sold), err)
	}

	// Its clerks go on: the journal grows until we have seen enough of it.
	done := make(chan struct{})
	go func() {
		defer close(done)
		house.Work(ctx, office, 4, 1, slog.New(slog.DiscardHandler))
	}()
	watch := store.Watch(ctx)
	for seen := 0; seen < 3; seen++ {
		<-watch
	}
	cancel()
	<-done
	breaks, err := store.Verify(context.Background())
	if err != nil || len(breaks) > 0 {
		t.Fatalf("verify: %v, %v", breaks, err)
	}
}

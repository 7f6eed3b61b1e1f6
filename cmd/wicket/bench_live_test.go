package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/store/sqlite"
	"wicket/store/storetest"
	"wicket/sync/live"
	"wicket/tui"
	"wicket/tui/theme"
)

// BenchmarkSellingWatched sells in two houses by turns: in one nobody watches, in the
// other so many managers have the live view open, in the seller's own process. What it
// reports as watched/alone is how much longer a sale takes there; where it is below
// 1.05 selling does not slow down.
func BenchmarkSellingWatched(b *testing.B) {
	const block = 20 // sales before it is the other house's turn
	for _, views := range []int{0, 1, 10} {
		b.Run(fmt.Sprint(views, "-views"), func(b *testing.B) {
			alone, watched := openWatched(b, 0), openWatched(b, views)
			if 2*b.N > len(alone.Plan.Places) {
				b.Skip("more sales than seats: use -benchtime 4000x")
			}
			var took [2][]time.Duration // by house, of each block
			b.ResetTimer()
			for sold := 0; sold < b.N; sold += block {
				n := min(block, b.N-sold)
				// Who begins changes, too: the second finds the machine warm.
				for turn := range 2 {
					which := (turn + sold/block) % 2
					h := []*watchedHouse{alone, watched}[which]
					began := time.Now()
					for i := range n {
						h.sell(b, sold+i)
					}
					took[which] = append(took[which], time.Since(began)/time.Duration(n))
				}
			}
			// Of the blocks the one in the middle: a machine that stalls is no view's doing.
			slices.Sort(took[0])
			slices.Sort(took[1])
			half := len(took[0]) / 2
			b.ReportMetric(float64(took[1][half])/float64(took[0][half]), "watched/alone")
			b.ReportMetric(float64(took[0][half].Microseconds()), "µs/sale-alone")
			b.ReportMetric(float64(took[1][half].Microseconds()), "µs/sale-watched")
			b.ReportMetric(0, "ns/op") // of both houses: it says nothing
		})
	}
}

// watchedHouse is a house of 20,000 seats with a counter open, and live views.
type watchedHouse struct{ *storetest.Evening }

func openWatched(b *testing.B, views int) *watchedHouse {
	b.Helper()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "house.wicket"), sqlite.Options{Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	h := &watchedHouse{storetest.NewEvening(b, store, clock, storetest.Rows(100, 200, 0), views+2)}
	feed := live.New(store, clock, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = feed.Run(ctx) })
	b.Cleanup(func() {
		stop()
		running.Wait()
		_ = store.Close()
	})
	h.open(ctx, b, &running, feed, 1, "", "Stalls")
	for i := range views {
		h.open(ctx, b, &running, feed, i+2, "\x1b[15~", "Sold per minute") // F5
	}
	return h
}

// open opens a terminal, types keys, and waits until it shows words.
func (h *watchedHouse) open(ctx context.Context, b *testing.B, running *sync.WaitGroup, feed boxoffice.Feed, who int, keys, words string) {
	b.Helper()
	house, err := h.Office.House(ctx)
	if err != nil {
		b.Fatal(err)
	}
	by := h.Staff[who]
	staff, err := h.Office.Person(ctx, by.Staff)
	if err != nil {
		b.Fatal(err)
	}
	glass := &glass{words: []byte(words), shown: make(chan struct{})}
	app := tui.New(tui.Options{
		Office: h.Office, Feed: feed, Actor: by, Staff: staff, House: house, Clock: h.Clock,
		Theme: theme.New(io.Discard, theme.Look{Depth: theme.Colours256}), LockAfter: -1,
	})
	hands := &hands{keys: keys, over: ctx.Done()}
	running.Go(func() {
		_ = app.Run(ctx, tea.WithInput(hands), tea.WithOutput(glass), func(p *tea.Program) { hands.program = p })
	})
	select {
	case <-glass.shown:
	case <-time.After(time.Minute):
		b.Fatalf("a terminal never showed «%s»", words)
	}
}

// sell sells two seats for cash.
func (h *watchedHouse) sell(b *testing.B, n int) {
	b.Helper()
	ctx, by := context.Background(), h.Staff[0]
	picks := []boxoffice.Pick{{Place: boxoffice.PlaceNo(2*n + 1), Type: h.Adult}, {Place: boxoffice.PlaceNo(2*n + 2), Type: h.Adult}}
	if _, err := h.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, h.Performance, picks); err != nil {
		b.Fatal(err)
	}
	total := boxoffice.Money(4800)
	if 2*n >= len(h.Plan.Places)/2 {
		total = 3200
	}
	if _, err := h.Office.SellCash(ctx, boxoffice.NewCommandID(), by, total, total); err != nil {
		b.Fatal(err)
	}
}

// hands type keys once the program runs, and rest until it is over.
type hands struct {
	program *tea.Program
	keys    string
	over    <-chan struct{}
	begun   bool
}

func (h *hands) Read(p []byte) (int, error) {
	if !h.begun {
		h.begun = true
		go h.program.Send(tea.WindowSizeMsg{Width: 120, Height: 40})
		if h.keys != "" {
			return copy(p, h.keys), nil
		}
	}
	<-h.over
	return 0, io.EOF
}

// glass is a screen that says when it first shows words.
type glass struct {
	words []byte
	shown chan struct{}
	seen  bool
}

func (g *glass) Write(p []byte) (int, error) {
	if !g.seen && bytes.Contains(p, g.words) {
		g.seen = true
		close(g.shown)
	}
	return len(p), nil
}

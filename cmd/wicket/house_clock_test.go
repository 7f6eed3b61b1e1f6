package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestScreensSayThatTheClockIsBehind: where it was ahead when something was written
// down, and was set right since, no hold ends until it has caught up.
func TestScreensSayThatTheClockIsBehind(t *testing.T) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain)
	p := &program{house: filepath.Join(t.TempDir(), "house.wicket"), out: io.Discard, err: io.Discard, clock: clock}
	at := boxoffice.House{Name: "Leal", Currency: boxoffice.Currency{Code: "EUR", Digits: 2}, TimeZone: "Europe/Madrid"}
	if _, err := p.createHouse(ctx, at, "Marta", "", false); err != nil {
		t.Fatal(err)
	}
	h, err := p.openToSell(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	h.work(ctx, clock)
	feed := h.feed.Subscribe()
	t.Cleanup(feed.Close)
	told := 0
	tell := func() {
		t.Helper()
		deadline := time.After(time.Minute)
		for words := ""; ; {
			if words == "" {
				told++
				words = fmt.Sprintf("doors open %d", told)
				if err := h.office.Tell(ctx, boxoffice.NewCommandID(), boxoffice.Actor{Staff: 1, Terminal: "office"}, "", words); err != nil {
					t.Fatal(err)
				}
			}
			entries, resync := feed.News()
			switch {
			case slices.ContainsFunc(entries, func(e boxoffice.Entry) bool { return strings.Contains(e.Note, words) }):
				return
			case resync: // the feed begins here: what was told before, it may not show
				words = ""
				continue
			}
			select {
			case <-feed.Changed():
			case <-deadline:
				t.Fatal("the feed does not show the message")
			}
		}
	}
	says := func(what, want string) {
		t.Helper()
		if got := h.state(); got != want {
			t.Errorf("%s: the state is «%s», want «%s»", what, got, want)
		}
	}
	tell()
	says("as it should be", "")
	clock.Move(-2 * time.Second)
	says("two seconds back", "")
	clock.Move(24*time.Hour + 2*time.Second)
	says("a day ahead", "")
	tell()
	clock.Move(-24 * time.Hour)
	says("set right", "the clock is behind")
	tell() // selling goes on
	says("still", "the clock is behind")
	clock.Move(24 * time.Hour)
	says("a day later", "")
}

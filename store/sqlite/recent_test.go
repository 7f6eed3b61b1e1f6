package sqlite

import (
	"context"
	"maps"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestWhoWatchesNeedNotRead sells, cancels and blocks while somebody watches, and has
// another process write between: what is not read from the store must be what is in it.
func TestWhoWatchesNeedNotRead(t *testing.T) {
	h := newGlimpsed(t)
	sell := func(first boxoffice.PlaceNo) boxoffice.OrderID {
		picks := []boxoffice.Pick{{Place: first, Type: h.evening.Adult}, {Place: first + 1, Type: h.evening.Child}}
		if _, err := h.evening.Office.HoldPlaces(t.Context(), boxoffice.NewCommandID(), h.by, h.evening.Performance, picks); err != nil {
			t.Fatal(err)
		}
		basket, err := h.evening.Office.Basket(t.Context(), h.by.Staff)
		if err != nil {
			t.Fatal(err)
		}
		sale, err := h.evening.Office.SellCash(t.Context(), boxoffice.NewCommandID(), h.by, basket.Total, basket.Total)
		if err != nil {
			t.Fatal(err)
		}
		return sale.Order
	}
	var order boxoffice.OrderID
	for _, step := range []struct {
		what   string
		do     func()
		spared bool
	}{
		{"a sale", func() { order = sell(1) }, true},
		{"cancelled", func() {
			if err := h.evening.Office.Void(t.Context(), boxoffice.NewCommandID(), h.by, order, "changed their mind"); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"one that fails", func() { h.note(t, h.store, boxoffice.NotFound("reason", 1)); sell(3) }, true},
		{"another process", func() { h.note(t, h.other, nil) }, false},
		{"another process between", func() { sell(5); h.note(t, h.other, nil); sell(7) }, false},
		{"a sale after", func() { sell(9) }, true},
		{"nobody watches", func() { h.leave(); h.note(t, h.store, nil) }, false},
	} {
		after := h.head(t)
		step.do()
		if spared := h.same(t, after); spared != step.spared {
			t.Errorf("%s: it was told without reading: %v, want %v", step.what, spared, step.spared)
		}
	}
	if h.store.recent.deeds != nil {
		t.Errorf("%d deeds are kept for nobody", len(h.store.recent.deeds))
	}
}

// TestNotAllIsKept makes more use cases than are kept, and one that is too large.
func TestNotAllIsKept(t *testing.T) {
	h := newGlimpsed(t)
	first := h.head(t)
	for range 2*maxRecent + 1 {
		h.note(t, h.store, nil)
	}
	if h.same(t, first) {
		t.Error("what is not kept any more was told")
	}
	if last := h.head(t) - maxRecent; !h.same(t, last) {
		t.Error("what is kept was read")
	}
	err := h.store.look(t.Context(), func(r *reader) error {
		if r.recent == nil || h.store.recent.until(head{seq: r.head.seq}) != nil {
			t.Error("another history was taken for this one")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.store.recent.add([]deed{{changes: make([]placeChange, maxChanges+1), entries: []boxoffice.Entry{{}}}})
	if n := len(h.store.recent.deeds); n != 0 {
		t.Errorf("%d deeds are kept after one that is too large", n)
	}
}

// glimpsed is a store that somebody watches, in an evening, and another on the same file.
type glimpsed struct {
	store, other *Store
	evening      *storetest.Evening
	by           boxoffice.Actor
	leave        func() // watches no longer
}

func newGlimpsed(t *testing.T) *glimpsed {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	path := filepath.Join(t.TempDir(), "house.wicket")
	open := func() *Store {
		s, err := Open(context.Background(), path, Options{Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	h := &glimpsed{store: open(), other: open()}
	ctx, leave := context.WithCancel(context.Background())
	gone := h.store.Watch(ctx)
	h.leave = func() {
		leave()
		for range gone { // until it is closed
		}
	}
	h.evening = storetest.NewEvening(t, h.store, clock, storetest.Rows(4, 5, 4), 1)
	h.by = h.evening.Staff[0]
	return h
}

// note makes an entry, unless it is to fail.
func (h *glimpsed) note(t testing.TB, store *Store, fails error) {
	err := store.Update(context.Background(), boxoffice.NewCommandID(), nil, func(tx boxoffice.Tx) error {
		if err := tx.Append(boxoffice.Entry{Verb: boxoffice.VerbTell, Note: "words"}); err != nil {
			return err
		}
		return fails
	})
	if boxoffice.KindOf(err) != boxoffice.KindOf(fails) {
		t.Fatal(err)
	}
}

func (h *glimpsed) head(t testing.TB) (seq int64) {
	err := h.store.look(context.Background(), func(r *reader) error { seq = r.head.seq; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// same holds what is kept to what is read, and reports whether the journal after an
// entry, and each place, could be told without reading.
func (h *glimpsed) same(t testing.TB, after int64) (spared bool) {
	err := h.store.look(context.Background(), func(r *reader) error {
		stored := *r
		stored.recent = nil
		entries, complete := entriesAfter(r.recent, after, 1000)
		want, err := stored.Journal(after, 1000)
		if err != nil {
			return err
		}
		if complete && len(entries) != len(want) {
			t.Fatalf("%d entries are kept after %d, the store has %d", len(entries), after, len(want))
		}
		for i := range entries {
			if !reflect.DeepEqual(entries[i], want[i]) {
				t.Fatalf("kept is %+v, stored %+v", entries[i], want[i])
			}
		}
		places, err := stored.Places(h.evening.Performance)
		if err != nil {
			return err
		}
		var all []boxoffice.PlaceNo
		for i := range places {
			all = append(all, boxoffice.PlaceNo(i+1))
		}
		kept := placesAfter(r.recent, h.evening.Performance, all)
		for no := range maps.Keys(kept) {
			if kept[no] != places[no-1] {
				t.Fatalf("place %d is kept as %+v, stored as %+v", no, kept[no], places[no-1])
			}
		}
		states, err := r.PlaceStates(h.evening.Performance, all)
		for _, no := range all {
			if err == nil && states[no] != places[no-1] {
				t.Fatalf("place %d is told as %+v, stored as %+v", no, states[no], places[no-1])
			}
		}
		spared = complete && len(entries) > 0
		for _, e := range entries {
			for _, change := range e.Changes {
				if _, ok := kept[change.Place]; !ok && e.Performance == h.evening.Performance {
					t.Errorf("place %d was changed by what is kept, and must be read", change.Place)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return spared
}

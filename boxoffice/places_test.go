package boxoffice_test

import (
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wicket/boxoffice"
)

// TestPlacesNeverChange: after any series of changes they are what a list is to which the
// same was done, and those they were made of are still as they were.
func TestPlacesNeverChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := rapid.Custom(func(t *rapid.T) boxoffice.PlaceState {
			return boxoffice.PlaceState{
				Ticket: boxoffice.TicketID(rapid.IntRange(1, 999).Draw(t, "ticket")), Version: int64(rapid.IntRange(1, 9).Draw(t, "version")),
				State: rapid.SampledFrom([]boxoffice.State{boxoffice.Available, boxoffice.Held, boxoffice.Confirmed}).Draw(t, "state"),
				Hold:  boxoffice.HoldID(rapid.IntRange(0, 3).Draw(t, "hold")),
			}
		})
		size := rapid.OneOf(rapid.SampledFrom([]int{15, 16, 17, 32}), rapid.IntRange(0, 70)).Draw(t, "size")
		list := rapid.SliceOfN(state, size, size).Draw(t, "house")
		places := boxoffice.NewPlaces(list)
		type was struct {
			places boxoffice.Places
			list   []boxoffice.PlaceState
		}
		all := []was{{places, slices.Clone(list)}}
		if len(list) > 0 { // what they were made of is not theirs
			list[0] = state.Draw(t, "another")
			places = places.With(map[boxoffice.PlaceNo]boxoffice.PlaceState{1: list[0]})
			all = append(all, was{places, slices.Clone(list)})
		}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			before := rapid.SampledFrom(all).Draw(t, "before")
			changed := map[boxoffice.PlaceNo]boxoffice.PlaceState{}
			if len(before.list) > 0 {
				changed = rapid.MapOfN(rapid.Map(rapid.IntRange(1, len(before.list)), func(i int) boxoffice.PlaceNo { return boxoffice.PlaceNo(i) }), state, 0, 20).Draw(t, "changed")
			}
			list := slices.Clone(before.list)
			for no, s := range changed {
				list[no-1] = s
			}
			all = append(all, was{before.places.With(changed), list})
		}
		before := rapid.SampledFrom(all).Draw(t, "compared with")
		for _, a := range all {
			if a.places.Len() != len(a.list) {
				t.Fatalf("%d places, want %d", a.places.Len(), len(a.list))
			}
			var walked []boxoffice.PlaceState
			for no, s := range a.places.All() {
				if int(no) != len(walked)+1 {
					t.Fatalf("place %d comes after %d others", no, len(walked))
				}
				walked = append(walked, s)
			}
			if !slices.Equal(walked, a.list) {
				t.Fatalf("places:\n%+v\nwant\n%+v", walked, a.list)
			}
			for i, want := range a.list {
				no := boxoffice.PlaceNo(i + 1)
				if got := a.places.At(no); got != want {
					t.Fatalf("place %d is %+v, want %+v", no, got, want)
				}
				if got, rests := a.places.Rests(no, before.places), want.Hold == 0 && want.Version == before.list[i].Version; got != rests {
					t.Fatalf("place %d rests: %v, want %v", no, got, rests)
				}
			}
			holds := map[boxoffice.HoldID]bool{0: true, 1: true, 3: true}
			var under []boxoffice.PlaceNo
			for i, want := range a.list {
				if want.Hold != 0 && holds[want.Hold] {
					under = append(under, boxoffice.PlaceNo(i+1))
				}
			}
			if got := a.places.Under(holds); !slices.Equal(got, under) {
				t.Fatalf("under the holds are %v, want %v", got, under)
			}
			for _, no := range []boxoffice.PlaceNo{-1, 0, boxoffice.PlaceNo(len(a.list) + 1), 9999} {
				if got := a.places.At(no); got != (boxoffice.PlaceState{}) || got.Free(0) || a.places.Rests(no, before.places) {
					t.Fatalf("there is a place %d: %+v", no, got)
				}
			}
		}
	})
}

// TestPlacesOfNoNumberCannotChange: what does not exist does not come about, not even in
// the last run, where there is room.
func TestPlacesOfNoNumberCannotChange(t *testing.T) {
	places := boxoffice.NewPlaces(make([]boxoffice.PlaceState, 20))
	for _, no := range []boxoffice.PlaceNo{-1, 0, 21, 33} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("place %d of 20 was changed", no)
				}
			}()
			places.With(map[boxoffice.PlaceNo]boxoffice.PlaceState{no: {}})
		}()
	}
}

// TestPlacesShareWhatDidNotChange holds what a picture of a big house costs: the places
// that changed and their neighbours.
func TestPlacesShareWhatDidNotChange(t *testing.T) {
	places := boxoffice.NewPlaces(make([]boxoffice.PlaceState, 10_000))
	sold := map[boxoffice.PlaceNo]boxoffice.PlaceState{5_000: {State: boxoffice.Confirmed}, 5_001: {State: boxoffice.Confirmed}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		places.With(sold)
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / 100; got > 16<<10 {
		t.Errorf("a sale of two of 10,000 places copies %d bytes", got)
	}
}

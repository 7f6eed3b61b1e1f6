package sqlite_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestOpeningsAreInStep sells, releases, blocks and lets holds lapse, on a clock that
// is set back now and then: what the writer remembers of what is open is what the
// places say.
func TestOpeningsAreInStep(t *testing.T) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
	e := storetest.NewEvening(t, store, clock, storetest.Rows(4, 6, 6), 3)
	dice := rand.New(rand.NewPCG(7, 7))
	cmd := boxoffice.NewCommandID
	held := 0
	for step := range 600 {
		by := e.Staff[dice.IntN(len(e.Staff))]
		place := boxoffice.PlaceNo(dice.IntN(len(e.Plan.Places)) + 1)
		var err error
		switch dice.IntN(10) {
		case 0, 1, 2:
			q := boxoffice.Request{Parties: []boxoffice.Party{{Count: 1 + dice.IntN(3)}}, Section: -1, Zone: -1}
			var taken boxoffice.Taken
			if taken, err = e.Office.HoldBest(ctx, cmd(), by, e.Performance, q); err == nil {
				held += len(taken.Picks)
			}
		case 3:
			_, err = e.Office.HoldPlaces(ctx, cmd(), by, e.Performance, []boxoffice.Pick{{Place: place}})
		case 4:
			err = e.Office.Release(ctx, cmd(), by, e.Performance, []boxoffice.PlaceNo{place})
		case 5:
			err = e.Office.Drop(ctx, cmd(), by)
		case 6:
			clock.Move(time.Duration(dice.IntN(400)-20) * time.Second)
		case 7:
			_, err = e.Office.Sweep(ctx, 10)
		case 8:
			err = e.Office.Block(ctx, cmd(), by, e.Performance, "H", []boxoffice.PlaceNo{place}, time.Time{})
		case 9:
			err = e.Office.Unblock(ctx, cmd(), by, e.Performance, []boxoffice.PlaceNo{place})
		}
		if boxoffice.KindOf(err) == boxoffice.KindInternal || boxoffice.KindOf(err) == boxoffice.KindStore {
			t.Fatal(err)
		}
		if dice.IntN(3) > 0 {
			continue // more than one change between two looks
		}
		err = store.Update(ctx, "", nil, func(tx boxoffice.Tx) error {
			open, err := tx.Openings(e.Performance)
			if err != nil {
				return err
			}
			places, err := tx.Places(e.Performance)
			if err != nil {
				return err
			}
			want := make([]bool, len(places))
			for i, p := range places {
				want[i] = p.Free(tx.Now().UnixMilli())
			}
			if !slices.Equal(open.Free(), want) {
				t.Errorf("step %d: open is %v, the places say %v", step, open.Free(), want)
			}
			return nil
		})
		if err != nil || t.Failed() {
			t.Fatal(err)
		}
	}
	if held == 0 {
		t.Error("nobody got a seat")
	}
}

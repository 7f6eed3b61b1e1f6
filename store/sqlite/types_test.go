package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestChangeTypesIsAllOrNothing: where a further place is gone, the price types stay
// as they were; where all is well, both happen in one step.
func TestChangeTypesIsAllOrNothing(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	store := openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock)
	e := storetest.NewEvening(t, store, clock, storetest.Rows(4, 5, 4), 2)
	ana, ben := e.Staff[0], e.Staff[1]
	hold := func(by boxoffice.Actor, places ...boxoffice.PlaceNo) {
		t.Helper()
		picks := make([]boxoffice.Pick, len(places))
		for i, no := range places {
			picks[i] = boxoffice.Pick{Place: no, Type: e.Adult}
		}
		if _, err := e.Office.HoldPlaces(t.Context(), boxoffice.NewCommandID(), by, e.Performance, picks); err != nil {
			t.Fatal(err)
		}
	}
	types := func() map[boxoffice.PlaceNo]boxoffice.PriceTypeID {
		t.Helper()
		b, err := e.Office.Basket(t.Context(), ana.Staff)
		if err != nil {
			t.Fatal(err)
		}
		out := map[boxoffice.PlaceNo]boxoffice.PriceTypeID{}
		for _, l := range b.Lines {
			out[l.Place] = l.Type.ID
		}
		return out
	}
	hold(ana, 1, 2)
	hold(ben, 3)

	changes := []boxoffice.Pick{{Place: 1, Type: e.Child}, {Place: 2, Type: e.Child}}
	change := func(more ...boxoffice.Pick) error {
		_, err := e.Office.ChangeTypes(t.Context(), boxoffice.NewCommandID(), ana, e.Performance, changes, more)
		return err
	}
	if err := change(boxoffice.Pick{Place: 3, Type: e.Child}); boxoffice.KindOf(err) != boxoffice.KindTaken {
		t.Errorf("a place of Ben's: %v", err)
	}
	if got := types(); len(got) != 2 || got[1] != e.Adult || got[2] != e.Adult {
		t.Errorf("after the refusal the basket is %v", got)
	}
	if err := change(boxoffice.Pick{Place: 4, Type: e.Adult}); err != nil {
		t.Error(err)
	}
	if got := types(); len(got) != 3 || got[1] != e.Child || got[2] != e.Child || got[4] != e.Adult {
		t.Errorf("after the change the basket is %v", got)
	}
	clean(t, store)
}

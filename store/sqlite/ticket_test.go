package sqlite

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestTicketsAreAsTheyWouldBeRead holds, sells, voids, blocks and lets holds lapse: the
// tickets that a use case gets from what the writer remembers, in the midst of its own
// changes too, are those that stand in the store.
func TestTicketsAreAsTheyWouldBeRead(t *testing.T) {
	ctx := context.Background()
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	s, err := Open(ctx, filepath.Join(t.TempDir(), "house.wicket"), Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e := storetest.NewEvening(t, s, clock, storetest.Rows(16, 2*placesAtOnce/16, 0), 3)
	dice := rand.New(rand.NewPCG(5, 5))
	cmd := boxoffice.NewCommandID
	var sold []int // places that are sold, all over the house
	for i := 10; i < len(e.Plan.Places); i += 25 {
		sold = append(sold, i)
	}
	same := func(tx boxoffice.Tx) error {
		for _, no := range append(dice.Perm(len(e.Plan.Places))[:8], sold...) {
			place := []boxoffice.PlaceNo{boxoffice.PlaceNo(no + 1)}
			got, err := tx.Tickets(e.Performance, place)
			if err != nil {
				return err
			}
			want, err := (&tx.(*overheard).tx.reader).Tickets(e.Performance, place)
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("remembered: %+v, read: %+v", got, want)
			}
		}
		return nil
	}
	office := boxoffice.NewOffice(overhearing{s, same}, nil, nil)
	sales := 0
	for range 300 {
		by := e.Staff[dice.IntN(len(e.Staff))]
		place := boxoffice.PlaceNo(sold[dice.IntN(len(sold))] + 1)
		switch dice.IntN(8) {
		case 0, 1, 2:
			_, err = office.HoldPlaces(ctx, cmd(), by, e.Performance, []boxoffice.Pick{{Place: place, Type: e.Adult}})
		case 3:
			var b boxoffice.BasketView
			if b, err = office.Basket(ctx, by.Staff); err == nil && len(b.Lines) > 0 {
				var sale boxoffice.Sale
				if sale, err = office.SellCash(ctx, cmd(), by, b.Total, b.Total); err == nil {
					if sales++; dice.IntN(2) == 0 {
						err = office.Void(ctx, cmd(), by, sale.Order, "wrong seats")
					}
				}
			}
		case 4:
			err = office.Drop(ctx, cmd(), by)
		case 5:
			clock.Move(time.Duration(dice.IntN(400)) * time.Second)
		case 6:
			err = office.Block(ctx, cmd(), by, e.Performance, "H", []boxoffice.PlaceNo{place}, time.Time{})
		case 7:
			err = office.Unblock(ctx, cmd(), by, e.Performance, []boxoffice.PlaceNo{place})
		}
		if kind := boxoffice.KindOf(err); kind == boxoffice.KindInternal || kind == boxoffice.KindStore || t.Failed() {
			t.Fatal(err)
		}
	}
	if sales == 0 {
		t.Error("nothing was sold")
	}
	if s.writer.memory.houses[e.Performance] == nil {
		t.Error("the house is not remembered, however often its tickets are read")
	}
}

// TestAHouseIsReadOverManyGroups: who shares a commit with many others does not wait until
// a large house is read that they all ask for.
func TestAHouseIsReadOverManyGroups(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "house.wicket"), Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const portions = 3*portionsAtOnce - 1
	e := storetest.NewEvening(t, s, clock, storetest.Rows(16, portions*placesAtOnce/16, 0), 1)
	for group := 1; group <= 3; group++ {
		inside(t, s, func(tx *tx) {
			for range 1024 {
				if _, err := tx.Tickets(e.Performance, []boxoffice.PlaceNo{1}); err != nil {
					t.Error(err)
					return
				}
			}
			if read := len(tx.memory.houses[e.Performance]); read > 0 != (group == 3) {
				t.Errorf("in group %d, %d places of %d are remembered", group, read, len(e.Plan.Places))
			}
		})
	}
}

// TestPlacesStandAlikeHoweverManyAreAskedFor: few are read one by one, many with the whole
// house.
func TestPlacesStandAlikeHoweverManyAreAskedFor(t *testing.T) {
	ctx, clock := context.Background(), storetest.NewClock(storetest.Curtain.Add(-2*time.Hour))
	s, err := Open(ctx, filepath.Join(t.TempDir(), "house.wicket"), Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e := storetest.NewEvening(t, s, clock, storetest.Rows(16, 4*placesAtOnce/16, 0), 1)
	var all, some []boxoffice.PlaceNo
	for i := range e.Plan.Places {
		no := boxoffice.PlaceNo(i + 1)
		all = append(all, no)
		if i%5 == 0 {
			some = append(some, no)
		}
	}
	_, err = e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), e.Staff[0], e.Performance, []boxoffice.Pick{{Place: 3, Type: e.Adult}, {Place: 6, Type: e.Adult}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(ctx, func(r boxoffice.Reader) error {
		places, err := r.Places(e.Performance)
		if err != nil {
			return err
		}
		for _, asked := range [][]boxoffice.PlaceNo{nil, some, all} {
			states, err := r.PlaceStates(e.Performance, asked)
			if err != nil || len(states) != len(asked) {
				t.Errorf("%d of %d places are told, %v", len(states), len(asked), err)
			}
			for _, no := range asked {
				if states[no] != places[no-1] {
					t.Errorf("of %d, place %d is told as %+v, and stands as %+v", len(asked), no, states[no], places[no-1])
				}
			}
		}
		if _, err := r.PlaceStates(e.Performance, append(all, boxoffice.PlaceNo(len(all)+1))); boxoffice.KindOf(err) != boxoffice.KindNotFound {
			t.Errorf("a place that is not there is told: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// overhearing is a store that looks at each use case's transaction whenever it has
// saved tickets, and at its end.
type overhearing struct {
	*Store
	look func(boxoffice.Tx) error
}

func (s overhearing) Update(ctx context.Context, cmd boxoffice.CommandID, answer any, fn func(boxoffice.Tx) error) error {
	return s.Store.Update(ctx, cmd, answer, func(under boxoffice.Tx) error {
		o := &overheard{under.(*tx), s.look}
		if err := fn(o); err != nil {
			return err
		}
		return s.look(o)
	})
}

type overheard struct {
	*tx
	look func(boxoffice.Tx) error
}

func (o *overheard) SaveTickets(before, after []boxoffice.Ticket) error {
	if err := o.tx.SaveTickets(before, after); err != nil {
		return err
	}
	return o.look(o)
}

package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/store/storetest"
)

// TestAScanFindsItsTicket: a barcode leads to its ticket for as long as the house
// stands; what has become of the ticket is said.
func TestAScanFindsItsTicket(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	e := storetest.NewEvening(t, openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock), clock, storetest.Rows(2, 6, 0), 1)
	ctx, by := context.Background(), e.Staff[0]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sell := func(places ...boxoffice.PlaceNo) boxoffice.OrderView {
		t.Helper()
		var picks []boxoffice.Pick
		for _, no := range places {
			picks = append(picks, boxoffice.Pick{Place: no, Type: e.Adult})
		}
		_, err := e.Office.HoldPlaces(ctx, boxoffice.NewCommandID(), by, e.Performance, picks)
		must(err)
		b, err := e.Office.Basket(ctx, by.Staff)
		must(err)
		sale, err := e.Office.SellCash(ctx, boxoffice.NewCommandID(), by, b.Total, b.Total)
		must(err)
		order, err := e.Office.Order(ctx, sale.Order)
		must(err)
		return order
	}
	scan := func(l boxoffice.OrderLineView, wantDead string) {
		t.Helper()
		got, err := e.Office.Scan(ctx, l.Barcode)
		must(err)
		want := boxoffice.Scanned{Order: l.Line.Order, Ticket: l.Ticket.ID, Copy: 1, Title: "Macbeth", Section: "Stalls", Label: l.Label, Dead: wantDead}
		if got != want {
			t.Errorf("%s found %+v, want %+v", l.Barcode, got, want)
		}
	}
	first, second := sell(1, 2), sell(3, 4)
	scan(first.Lines[1], "")
	scan(second.Lines[0], "")

	must(e.Office.CancelTickets(ctx, boxoffice.NewCommandID(), by, second.Order.ID, []boxoffice.TicketID{second.Lines[0].Ticket.ID}, "broken chair"))
	scan(second.Lines[0], "cancelled")
	scan(second.Lines[1], "")

	must(e.Office.Void(ctx, boxoffice.NewCommandID(), by, first.Order.ID, "wrong show"))
	scan(first.Lines[0], "voided")
	again := sell(1)
	if again.Lines[0].Barcode == first.Lines[0].Barcode {
		t.Error("the place was sold again under a dead barcode")
	}
	scan(again.Lines[0], "")
	scan(first.Lines[0], "voided")
}

// TestAScanThatFindsNothing: a code that is right but leads nowhere is no ticket
// of somebody else.
func TestAScanThatFindsNothing(t *testing.T) {
	clock := storetest.NewClock(storetest.Curtain.Add(-2 * time.Hour))
	e := storetest.NewEvening(t, openAt(t, filepath.Join(t.TempDir(), "house.wicket"), clock), clock, storetest.Rows(2, 6, 0), 1)
	codes, err := boxoffice.NewBarcodes(make([]byte, boxoffice.BarcodeKeySize)) // the evening's own
	if err != nil {
		t.Fatal(err)
	}
	fifth, err := e.Office.PlaceHistory(context.Background(), e.Performance, 5)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]boxoffice.Kind{
		codes.Of(fifth.Tickets[0].ID, 1): boxoffice.KindState, // on sale, and not sold
		codes.Of(99_999, 1):              boxoffice.KindNotFound,
		"T0000F2801AG78PWRP":             boxoffice.KindInvalid, // of another house
		"2a":                             boxoffice.KindInvalid,
	} {
		if got, err := e.Office.Scan(context.Background(), code); boxoffice.KindOf(err) != want || got != (boxoffice.Scanned{}) {
			t.Errorf("%s: found %+v, %v", code, got, err)
		}
	}
}

package tui

import (
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
)

// TestTheListInHandIsMarkedWhereItIsEmpty: at its name, since it has no row.
func TestTheListInHandIsMarkedWhereItIsEmpty(t *testing.T) {
	d := openAt(t, 120, 40)
	d.app.desk.Staff.Role = boxoffice.Manager
	d.h.Take(1, 8*time.Minute, 4, 5)
	d.send(feedMsg{})
	d.press("f5")
	d.has("Nothing waits.")
	d.hasNot("▸Waits too long")
	d.press("tab")
	d.has("▸Waits too long")
	d.press("tab")
	d.has("▸Ben  ")
	d.hasNot("▸Waits too long")
}

// TestSalesOfOtherNightsAreNamed: by title and day.
func TestSalesOfOtherNightsAreNamed(t *testing.T) {
	d := openLive(t, 120, 40)
	ben := boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}
	d.h.Sells(2, ben, 2)
	d.send(feedMsg{})
	d.has("Ben sold 2, Comedy Night Sat 28 Nov, ")
	d.press("esc", "f5") // read from the journal, too
	d.has("Ben sold 2, Comedy Night Sat 28 Nov, ")
}

// TestNothingIsSaidToBeInHandThatWasTakenOver: what the counter said of it goes, too.
func TestNothingIsSaidToBeInHandThatWasTakenOver(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.has("✓ Took E11 E12")
	if err := d.h.Drop(t.Context(), "elsewhere", d.h.Actor()); err != nil {
		t.Fatal(err)
	}
	maria := boxoffice.Actor{Staff: screentest.Maria, Terminal: "window 1"}
	d.h.Journal(boxoffice.Entry{Actor: maria, Verb: boxoffice.VerbTakeOver, Basket: screentest.MyBasket, Note: "from Ana: she waits here"})
	d.send(feedMsg{})
	d.has("took your basket over")
	d.hasNot("Took E11 E12")
}

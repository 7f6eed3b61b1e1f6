package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

// keys counts the keys of a sale as a clerk presses them.
func keys(s string) int { return len([]rune(s)) }

// TestOpenedSalesClearTheRefusal: once sales are open again the counter does not go on
// saying that they are stopped; what else it says stays.
func TestOpenedSalesClearTheRefusal(t *testing.T) {
	d := openAt(t, 80, 24)
	turn := func(stop bool, perf boxoffice.PerformanceID) {
		t.Helper()
		by, id := boxoffice.Actor{Staff: screentest.Maria, Terminal: "window 1"}, boxoffice.NewCommandID()
		do := func() error { return d.h.OpenSales(t.Context(), id, by, perf) }
		if stop {
			do = func() error { return d.h.StopSales(t.Context(), id, by, perf, "smoke") }
		}
		if err := do(); err != nil {
			t.Fatal(err)
		}
		d.send(feedMsg{})
	}
	const shown = 1
	turn(true, shown)
	d.press("2a\r")
	d.has("are stopped: smoke")
	turn(false, 2)
	d.has("are stopped: smoke") // another performance's
	turn(false, shown)
	d.hasNot("are stopped")
	d.h.Fail = errors.New("the disk is full")
	d.press("\r")
	d.has("The disk is full")
	d.h.Fail = nil
	turn(false, shown)
	d.has("The disk is full")
}

func (d *desk) sold() []boxoffice.OrderView { return d.h.Orders() }

func TestTwoAdultsForExactCashAreFiveKeys(t *testing.T) {
	d := openAt(t, 80, 24)
	sale := "2a\r\r\r"
	if n := keys(sale); n > 5 {
		t.Errorf("the sale takes %d keys", n)
	}
	for _, k := range strings.Split(sale, "") {
		d.press(k)
	}
	if n := len(d.sold()); n != 1 {
		t.Fatalf("%d orders", n)
	}
	if o := d.sold()[0].Order; o.Total != 4800 || o.Tenders[0].Change != 0 || len(d.sold()[0].Lines) != 2 {
		t.Errorf("sold %+v", o)
	}
	d.has("✓ Sold 2 tickets, Macbeth E11 E12, 48.00, order 1042.")
	// No key stands between this customer and the next.
	d.press("1a\r")
	d.has("Basket          24.00")
}

func TestGeneralAdmissionForFiftyIsEightKeys(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("pgdown")
	d.has("Comedy Night")
	sale := "2a1c\r\r5\r"
	if n := keys(sale); n > 8 {
		t.Errorf("the sale takes %d keys", n)
	}
	d.press(sale)
	if n := len(d.sold()); n != 1 {
		t.Fatalf("%d orders", n)
	}
	if o := d.sold()[0].Order; o.Total != 4100 || o.Tenders[0].Tendered != 5000 || o.Tenders[0].Change != 900 {
		t.Errorf("sold %+v", o)
	}
	d.has("Change", "▀▀█", "order 1042")
	d.press("2")
	d.has("› 2", "2 Adult")
	d.hasNot("Change")
}

// TestOneReadSells: what comes in one read is handled key by key, and keys typed
// ahead of an answer wait for it.
func TestOneReadSells(t *testing.T) {
	d := openAt(t, 80, 24)
	d.late = true
	d.press("2a\r\r\r")
	if len(d.sold()) != 0 || len(d.app.queue) != 2 {
		t.Fatalf("%d orders, %d keys wait", len(d.sold()), len(d.app.queue))
	}
	d.answer()
	if n := len(d.sold()); n != 1 {
		t.Errorf("%d orders", n)
	}
}

func TestADoubledEnterSellsOnce(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r\r")
	d.late = true
	d.press("\r\r\r\r")
	d.answer()
	if n := len(d.sold()); n != 1 {
		t.Errorf("%d orders", n)
	}
	if n := slices.Index(d.h.Calls, "sell"); n < 0 || slices.Contains(d.h.Calls[n+1:], "sell") {
		t.Errorf("the office was asked %v", d.h.Calls)
	}
}

// TestARefusalDropsWhatWasTypedAhead: a clerk who types on must not pay a basket
// that lacks what was refused.
func TestARefusalDropsWhatWasTypedAhead(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("1a\r")
	d.h.Fail = &boxoffice.StoreError{Words: "the disk is full", Err: errors.New("full")}
	d.late = true
	d.press("2a\r\r\r")
	d.answer()
	if n := len(d.sold()); n != 0 {
		t.Errorf("%d orders", n)
	}
	d.has("✗ The disk is full.", "› 2a", "Basket          24.00")
}

// TestWhatWasJustSoldIsNobodyElses: until the feed has seen the sale, the house says
// what it said before it.
func TestWhatWasJustSoldIsNobodyElses(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.h.Behind = true
	d.press("\r\r")
	d.has("order 1042", "E11 · Stalls · Zone 1 · yours until")
	d.hasNot("held by")
	d.h.Behind = false
	d.send(feedMsg{})
	d.has("E11 · Stalls · Zone 1 · Adult 24.00 · sold, order 1042")
}

func TestPasteIsText(t *testing.T) {
	d := openAt(t, 80, 24)
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("2a\r\n\x1b[31mstalls\n")})
	d.has("› 2a stalls")
	if len(d.h.Calls) != 0 {
		t.Errorf("the office was asked %v", d.h.Calls)
	}
}

func TestASeatTakenMeanwhile(t *testing.T) {
	d := openAt(t, 80, 24)
	b := d.h.Place(1, "Stalls", "B12")
	d.press("stalls B11-12")
	d.has("B11-12")
	d.h.TakeUnseen(1, 3*time.Minute+10*time.Second, b)
	d.press("\r\r\r")
	d.has("! B12 is held by Ben (window 4) for 03:10 more. Nothing was taken.", "instead", "^N others", "esc take nothing")
	if slices.Contains(d.h.Calls, "sell") {
		t.Error("typed-ahead keys answered the dialog")
	}
	d.h.Clock.Add(time.Second)
	first := d.text()
	d.press("ctrl+n")
	if d.text() == first {
		t.Error("^N shows the same choice")
	}
	d.press("enter")
	d.has("✓ Took", "48.00")
}

// TestTypingOnIsNoAnswer: a clerk who types the next line without a look at the
// question takes nothing by it.
func TestTypingOnIsNoAnswer(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("stalls B11-12")
	d.h.TakeUnseen(1, 3*time.Minute, d.h.Place(1, "Stalls", "B12"))
	d.press("\r")
	d.has("esc take nothing")
	d.h.Clock.Add(time.Second)
	d.press("p3\r")
	if n := len(basket(d).Lines); n != 0 {
		t.Errorf("%d places in the basket", n)
	}
	d.hasNot("esc take nothing")
	d.has("› stalls B11-12p3")
}

// TestDialogsThatOpenByThemselvesAreDeafAtFirst: keys meant for the screen do not
// answer them.
func TestDialogsThatOpenByThemselvesAreDeafAtFirst(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.h.Lapse()
	d.send(feedMsg{})
	d.has("The basket's time was over: E11 E12 went back.", "r take them again")
	for range 7 { // a clerk who types on
		d.h.Clock.Add(200 * time.Millisecond)
		d.press("r")
	}
	if slices.Contains(d.h.Calls, "retake") {
		t.Fatal("the dialog took a key that was meant for the line")
	}
	d.h.Clock.Add(425 * time.Millisecond)
	d.press("r")
	if !slices.Contains(d.h.Calls, "retake") {
		t.Error("the dialog does not listen")
	}
	d.has("Took 2 places again.", "Basket          48.00")
}

func TestALapsedBasketCanBeTakenLater(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.h.Lapse()
	d.send(feedMsg{})
	d.h.Clock.Add(time.Second)
	d.press("esc")
	d.has("lapsed", "^R takes them again")
	d.press("ctrl+r")
	d.has("Basket          48.00")
}

func TestWarnsBeforeTheEnd(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r", "esc")
	d.wait(7*time.Minute + 5*time.Second)
	d.has("! The basket ends in a minute: ^R keeps it.", "! 00:55")
	d.press("ctrl+r")
	d.has("Yours until 19:27:09.", "08:00")
}

// TestWarnsOverAReceipt: a clerk who does not press a key is warned all the same.
func TestWarnsOverAReceipt(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.has("✓ Took")
	d.wait(7*time.Minute + 5*time.Second)
	d.has("! The basket ends in a minute: ^R keeps it.")
	d.press("\r")
	d.wait(2 * time.Second)
	d.hasNot("ends in a minute") // once is enough
}

// TestASeatLostUnderTheCursor is said at once; one's own is no loss.
func TestASeatLostUnderTheCursor(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("down", "right")
	d.has("B10 · Stalls")
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "B10"))
	d.send(feedMsg{})
	d.has("! B10 just went to Ben (window 4).", "B10 · Stalls")
	d.press("right", "shift+right", "shift+right")
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "B12"))
	d.send(feedMsg{})
	d.has("! B12 just went to Ben (window 4).")
	d.press("esc", "down", "space", "left")
	d.hasNot("just went")
}

// TestLapsedPlacesBesideANewBasket: ^R keeps the new one; the lost ones stay in
// reach.
func TestLapsedPlacesBesideANewBasket(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.h.Lapse()
	d.send(feedMsg{})
	d.h.Clock.Add(time.Second)
	d.press("esc", "stalls B12\r")
	d.has("lapsed E11 E12", "«retry» takes them")
	d.h.Calls = nil
	d.press("ctrl+r")
	d.has("Yours until")
	d.press("retry\r")
	d.has("Took 2 places again.", "72.00")
	if want := []string{"renew", "retake"}; !slices.Equal(d.h.Calls, want) {
		t.Errorf("the office was asked %v, want %v", d.h.Calls, want)
	}
}

func TestOtherChoice(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r", "ctrl+n")
	d.has("✓ Instead ")
	d.hasNot("E11 Stalls")
	d.press("ctrl+n", "ctrl+n")
	d.has("E11 Stalls", "Basket          48.00")
}

func basket(d *desk) boxoffice.BasketView {
	b, _ := d.h.Basket(context.Background(), 0)
	return b
}

func TestNewsOfPlacesInThePreview(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a")
	d.has("E11 E12")
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "E11"))
	d.send(feedMsg{})
	d.has("! E11 just went to Ben (window 4).", "2 Adult")
	d.hasNot("· E11 E12")
}

func TestTooFewPlacesInWords(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("190a")
	d.press("\r")
	d.press("esc", "199 stalls\r")
	d.press("esc", "200a circle\r")
	d.has("✗", "open")
}

func TestPaymentSaysWhatIsMissing(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r\r")
	d.has("To pay", "⏎ exact", "5 50.00", "6 60.00", "1 100.00", "⏎ sell 2 tickets")
	d.press("20\r")
	d.has("✗ 20.00 given for 48.00: 28.00 is missing.")
	d.hasNot("⏎ sell")
	d.press("esc", "esc")
	d.has("S T A G E", "⏎ pay 48.00")
	d.press("\r60\r")
	if o := d.sold(); len(o) != 1 || o[0].Order.Tenders[0].Change != 1200 {
		t.Errorf("sold %+v", o)
	}
}

func TestWordsOfTheLine(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r", "park red hat\r")
	d.has("Parked. F4 finds it.")
	d.press("f4")
	d.has("Holds and parked baskets", "red hat", "Macbeth: E11 E12", "48.00")
	d.press("enter")
	d.has("Basket          48.00", "for red hat")
	d.press("hold Vidal")
	d.has("hold «Vidal» · until 19:30") // half an hour before the curtain
	d.press(" until 19:45\r")
	d.has("Held for Vidal until 19:45")
	d.press("f4", "enter")
	d.has("Basket          48.00", "for Vidal")
	d.press("hold Vidal until 19:45\r")
	d.hasNot("for Vidal \n")
	d.press("2a\r\r\r", "#1042\r")
	d.has("Order 1042", "Sold by Ana at window 2", "What happened", "Ana sold 2, Macbeth")
	d.press("v")
	d.has("Void order 1042, 48.00?", "esc keep the sale")
	d.press("wrong day", "enter")
	if slices.Contains(d.h.Calls, "void") {
		t.Fatal("Enter voided")
	}
	d.press("ctrl+v")
	d.has("Voided order 1042. Give 48.00 back.", "void since", "Ana voided")
	d.press("esc", "esc")
	d.has("S T A G E")
}

func TestThePayWordOpensThePayment(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("pay\r")
	d.has("✗ The basket is empty: take places first.")
	d.press("esc", "2a\r", "pay\r")
	d.has("To pay", "⏎ sell 2 tickets")
	d.press("\r")
	if n := len(d.sold()); n != 1 {
		t.Errorf("%d orders", n)
	}
}

func TestLeavingAsksFirst(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f10", "enter", "esc")
	if d.left {
		t.Fatal("it left")
	}
	d.press("f10", "y")
	if !d.left {
		t.Error("it did not leave")
	}
}

func TestSuspendIsDropped(t *testing.T) {
	if filter(nil, tea.SuspendMsg{}) != nil {
		t.Error("a suspend goes through")
	}
}

func TestKeysDoNotCollide(t *testing.T) {
	d := openAt(t, 120, 40)
	for _, stage := range []string{"", "2a", "\r", "\r", "\r"} {
		d.press(stage)
		seen := map[string]string{}
		for _, b := range d.app.screens[d.app.front].Keys() {
			if !b.Enabled() {
				continue
			}
			for _, k := range b.Keys() {
				if other, ok := seen[k]; ok {
					t.Errorf("after %q, %s is both «%s» and «%s»", stage, k, other, b.Help().Desc)
				}
				seen[k] = b.Help().Desc
			}
		}
	}
}

func TestTheViewIsKept(t *testing.T) {
	d := openAt(t, 120, 40)
	first := d.app.View()
	if n := testing.AllocsPerRun(10, func() { _ = d.app.View() }); n > 0 {
		t.Errorf("an unchanged view costs %v allocations", n)
	}
	if d.app.View() != first {
		t.Error("the view changed by itself")
	}
}

func TestWithoutAPerformance(t *testing.T) {
	h := newEmpty(t)
	d := open(t, h, theme.Look{}, 80, 24)
	d.has("There is no performance to sell yet.", "wicket plan import FILE", "wicket programme load FILE", "wicket programme example")
	d.press("2a\r", "space", "up", "tab", "ctrl+o", "ctrl+n", "pgdown", "f1", "esc", "f2")
	d.has("There is no performance yet.")
}

func TestHelpShowsWhatWorksNow(t *testing.T) {
	d := openAt(t, 120, 40)
	d.press("f1")
	d.has("Keys that work now", "What the line understands", "2a1c")
	d.hasNot("pay 0.00", "renew the basket")
	d.press("f1", "2a\r", "f1")
	d.has("renew the basket", "pay 48.00")
	d.press("x")
	d.has("S T A G E")
}

func TestCancelTicketsNeedsItsOwnKey(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r\r\r", "#1042\r", "c")
	d.has("Cancel both tickets of order 1042, 48.00?", "esc keep them")
	d.press("enter", "y", "esc")
	d.has("Order 1042", "✓ paid")
}

// TestALineOfSeveralPartsIsOneStep: new price types for places of the basket and
// new places are one use case, and a refusal leaves the basket as it was.
func TestALineOfSeveralPartsIsOneStep(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("stalls B12-13\r")
	d.h.Calls = nil
	d.press("stalls B12 a, B13 c")
	d.has("change 2 price types")
	d.press("\r")
	d.has("✓ Changed the price type of 2 places.", "Basket          44.00")
	d.press("stalls B12 c, B11 c")
	d.has("change 1 price type, take 1")
	d.h.TakeUnseen(1, time.Minute, d.h.Place(1, "Stalls", "B11"))
	d.press("\r")
	d.has("✗ B11 is held by Ben (window 4) for 01:00 more. The basket is as it was.", "Basket          44.00")
	if want := []string{"types", "types"}; !slices.Equal(d.h.Calls, want) {
		t.Errorf("the office was asked %v, want %v", d.h.Calls, want)
	}
	d.press("esc", "stalls B12")
	d.has("In the basket already.")
}

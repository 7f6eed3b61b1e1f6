package tui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// codes returns the barcodes of the house's tickets, in the order of their sale.
func (d *desk) codes() []string {
	var codes []string
	for _, o := range d.h.Orders() {
		for _, l := range o.Lines {
			codes = append(codes, l.Barcode)
		}
	}
	return codes
}

// sell opens a counter and sells two orders of two tickets.
func sell(t *testing.T) (*desk, []string) {
	t.Helper()
	d := openAt(t, 80, 24)
	d.press("2a\r\r\r", "2a circle\r\r\r")
	d.hasNot("Basket          ")
	codes := d.codes()
	if len(codes) != 4 || slices.Contains(codes, "") {
		t.Fatalf("the tickets have the barcodes %v", codes)
	}
	return d, codes
}

func foreign(t *testing.T) string {
	t.Helper()
	other, err := boxoffice.NewBarcodes(slices.Repeat([]byte{7}, boxoffice.BarcodeKeySize))
	if err != nil {
		t.Fatal(err)
	}
	return other.Of(9000, 1)
}

// TestAScanOpensItsOrder: however the scanner is set up, and however its keys come.
func TestAScanOpensItsOrder(t *testing.T) {
	for name, press := range map[string]func(d *desk, code string){
		"one read":          func(d *desk, code string) { d.press(code + "\r") },
		"rune by rune":      func(d *desk, code string) { d.slowly(code + "\r") },
		"with CR LF":        func(d *desk, code string) { d.press(code+"\r", "\n") },
		"with tab":          func(d *desk, code string) { d.press(code + "\t") },
		"with STX":          func(d *desk, code string) { d.slowly("\x02" + code + "\r") },
		"with AIM":          func(d *desk, code string) { d.press("]Q1" + code + "\r") },
		"with STX and AIM":  func(d *desk, code string) { d.press("\x02]C0" + code + "\r\n") },
		"without an end":    func(d *desk, code string) { d.press(code) },
		"with a late end":   func(d *desk, code string) { d.press(code, "\r") },
		"caps lock":         func(d *desk, code string) { d.press(strings.ToLower(code) + "\r") },
		"a paste":           func(d *desk, code string) { d.paste(code + "\r\n") },
		"a paste, grouped":  func(d *desk, code string) { d.paste(boxoffice.GroupBarcode(code)) },
		"typed":             func(d *desk, code string) { d.typed(boxoffice.GroupBarcode(code) + "\r") },
		"typed in one word": func(d *desk, code string) { d.typed(strings.ToLower(code) + "\r") },
	} {
		t.Run(name, func(t *testing.T) {
			d, codes := sell(t)
			press(d, codes[3])
			order := d.sold()[1]
			d.has("Order 1043", "› "+order.Lines[1].Label, "sold, and good", "barcode of "+order.Lines[1].Label+"  "+boxoffice.GroupBarcode(codes[3]))
			press(d, codes[0]) // with an order open
			if name == "typed" || name == "typed in one word" {
				return // an open order has no line to type in
			}
			d.has("Order 1042", "barcode of E11  "+boxoffice.GroupBarcode(codes[0]))
		})
	}
}

// slowly sends runes one by one, each before the pause that follows the one before.
func (d *desk) slowly(keys string) {
	d.t.Helper()
	for _, r := range keys {
		d.read(string(r))
	}
}

// typed sends runes one by one, each after a pause.
func (d *desk) typed(keys string) {
	d.t.Helper()
	for _, r := range keys {
		d.press(string(r))
	}
}

func (d *desk) paste(text string) {
	d.t.Helper()
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(text)})
	d.send(pauseMsg(d.app.came))
}

// TestAScanIsNoAmount: while money is asked for, a scan is dropped, with a word.
func TestAScanIsNoAmount(t *testing.T) {
	for name, press := range map[string]func(d *desk, code string){
		"one read":     func(d *desk, code string) { d.press(code + "\r") },
		"with CR LF":   func(d *desk, code string) { d.press("\x02"+code+"\r", "\n") },
		"rune by rune": func(d *desk, code string) { d.slowly(code + "\r") },
		"a late end":   func(d *desk, code string) { d.press(code, "\r", "\n") },
		"a paste":      func(d *desk, code string) { d.paste(code) },
		"paste, enter": func(d *desk, code string) { d.paste(code); d.press("\r") },
		"typed":        func(d *desk, code string) { d.typed(code + "\r") },
		"chocolate":    func(d *desk, _ string) { d.press("\x025901234123457\r") },
	} {
		t.Run(name, func(t *testing.T) {
			d, codes := sell(t)
			d.press("1a\r\r")
			d.has("To pay")
			press(d, codes[0])
			d.has("To pay", "✗ That is a ticket's barcode, not an amount. Nothing was sold.")
			if n := len(d.sold()); n != 2 {
				t.Fatalf("%d orders", n)
			}
			d.press("50\r")
			if n := len(d.sold()); n != 3 || d.sold()[2].Order.Tenders[0].Tendered != 5000 {
				t.Errorf("%d orders, the last %+v", n, d.sold()[n-1].Order)
			}
		})
	}
}

// TestAScanAnswersNoOverlay: it is no filter, no reason, no answer and no key.
func TestAScanAnswersNoOverlay(t *testing.T) {
	for name, c := range map[string]struct{ open, stays []string }{
		"performances": {[]string{"f2"}, []string{"Performances", "type to filter"}},
		"help":         {[]string{"f1"}, []string{"Keys that work now"}},
		"leave":        {[]string{"f10"}, []string{"Leave Wicket?"}},
		"void":         {[]string{"#1042\r", "v"}, []string{"Void order 1042", "esc keep the sale"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, codes := sell(t)
			d.press(c.open...)
			d.has(c.stays...)
			before := d.text()
			d.press(codes[0] + "\r")
			d.has(append(c.stays, "✗ That was a ticket's barcode.")...)
			d.hasNot(codes[0])
			if slices.Contains(d.h.Calls, "void") || d.left {
				t.Error("the scan answered")
			}
			d.press("up")
			if d.text() != before {
				t.Errorf("the word stays:\n%s", d.text())
			}
		})
	}
}

// TestAScanFromTheLists: it is no filter of the orders or the holds.
func TestAScanFromTheLists(t *testing.T) {
	for _, list := range []string{"f3", "f4"} {
		d, codes := sell(t)
		d.press(list)
		d.press(codes[1] + "\r")
		d.has("Order 1042", "› E12", "sold, and good")
		d.press("esc")
		d.has("Orders", "1043")
		d.hasNot(codes[1])
		d.press(foreign(t) + "\r")
		d.has("✗ This barcode is not from this house", "1043", "1042")
		d.typed(codes[2] + "\r")
		d.has("Order 1043")
	}
}

func TestAScanThatLeadsNowhere(t *testing.T) {
	d, codes := sell(t)
	d.press("1a\r", "2a")
	d.press(foreign(t) + "\r")
	d.has("✗ This barcode is not from this house; find the ticket by its order.", "› 2a", "Basket          24.00")
	d.press("esc")
	d.press("\x025901234123457\r")
	d.has("✗ That is not a ticket's barcode.", "Basket          24.00")
	wrong := []byte(boxoffice.GroupBarcode(codes[0]))
	wrong[12] ^= 1 // another character of the same kind, or none at all
	if wrong[12] < '0' || wrong[12] > 'Z' {
		t.Fatalf("%s", wrong)
	}
	d.typed(string(wrong))
	d.has("✗ One character or more of this barcode is wrong", "› T-")
	d.press("\r")
	d.has("✗ One character or more of this barcode is wrong", "› T-", "Basket          24.00")
}

// TestADeadBarcode: what was voided is found, and said to be dead.
func TestADeadBarcode(t *testing.T) {
	d, codes := sell(t)
	d.press("#1042\r", "v", "wrong show", "ctrl+v", "esc", "esc")
	d.press(codes[1] + "\r")
	d.has("Order 1042", "✗ Scanned E12 Stalls: voided. Its barcode is dead.", "› E12", boxoffice.GroupBarcode(codes[1])+"  dead")
}

// TestTheOrderShowsEachBarcode: that of the ticket under the cursor, also where
// tickets without a seat share a line.
func TestTheOrderShowsEachBarcode(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("pgdown", "3a1c\r\r\r", "#1042\r")
	for i, code := range d.codes() {
		if i > 0 {
			d.press("down")
		}
		d.has(boxoffice.GroupBarcode(code))
	}
	d.press("down", "up")
	d.has(boxoffice.GroupBarcode(d.codes()[2]), "barcode of ticket 3 of 4")
}

// TestAScanWaitsItsTurn: it comes after the answer that was waited for, and typed
// keys around it stay what they are.
func TestAScanWaitsItsTurn(t *testing.T) {
	d, codes := sell(t)
	d.late = true
	d.press("1a\r")
	d.press(codes[0] + "\r")
	d.answer()
	d.has("Order 1042")
	d.press("esc", "esc")
	d.has("Basket          24.00")
	d.press("3a" + codes[0] + "\r")
	d.press("esc", "esc")
	d.has("› 3a")
}

// TestAScanThatBreaksOff: what came of it is text, and what follows, too.
func TestAScanThatBreaksOff(t *testing.T) {
	d, codes := sell(t)
	d.press("\x02" + codes[0][:9])
	d.has("› " + codes[0][:9])
	d.press(codes[0][9:] + "\r")
	d.has("Order 1042", "sold, and good")
}

// TestTypedLettersAreNotKept: what only begins like a barcode appears after a
// moment, in order.
func TestTypedLettersAreNotKept(t *testing.T) {
	d := openAt(t, 80, 24)
	d.slowly("t12")
	d.hasNot("› t12")
	d.send(pauseMsg(d.app.came - 1))
	d.hasNot("› t12")
	d.send(pauseMsg(d.app.came))
	d.has("› t12")
	d.slowly("t")
	d.slowly("u")
	d.has("› t12tu")
	d.press("esc")
	d.slowly("T7\r") // an end makes it clear at once
	d.has("T7")
	if len(d.app.queue) != 0 {
		t.Errorf("%d keys wait", len(d.app.queue))
	}
}

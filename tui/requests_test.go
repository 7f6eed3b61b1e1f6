package tui

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

// refused is Ben's terminal, where he was refused the void of Ana's sale.
func refused(t *testing.T) *desk {
	t.Helper()
	d := openAt(t, 80, 24)
	benIsRefused(d)
	return d
}

func benIsRefused(d *desk) {
	d.press("2a\r\r\r", "f8", "ben\r", "2222\r", "#1042\r", "v", "wrong night", "ctrl+v")
	d.h.Clock.Add(time.Second)
}

func (d *desk) maria(allowed bool, reason string) {
	d.t.Helper()
	by := boxoffice.Actor{Staff: screentest.Maria, Terminal: "window 1"}
	if err := d.h.Answer(d.t.Context(), boxoffice.NewCommandID(), by, 1, allowed, reason); err != nil {
		d.t.Fatal(err)
	}
	d.send(feedMsg{})
}

// TestAskAndGoOn: a clerk asks, sells on while they wait, and is told; what was allowed
// is done.
func TestAskAndGoOn(t *testing.T) {
	d := refused(t)
	d.has("Ben may not void somebody else's sale; a supervisor can.", "a ask a supervisor", "p a supervisor's PIN here")
	d.press("a")
	d.has("why › wrong night")
	d.press("\r")
	d.has("Waiting 00:00 for an answer: void order 1042, 48.00", "F9 shows it")
	d.wait(42 * time.Second)
	d.has("Waiting 00:42")
	d.press("esc", "esc", "1a circle\r")
	d.has("✓ Took", "Waiting")
	d.maria(true, "")
	d.has("▸ Maria allowed it, and it is done: void order 1042, 48.00.")
	d.hasNot("Waiting")
	if o := d.sold()[0].Order; o.State != boxoffice.OrderVoided {
		t.Errorf("the order is %s", o.State)
	}
	d.wait(2 * time.Second)
	d.press("esc")
	d.hasNot("allowed it")
}

// TestWhatWaitsForOthersIsSaid: who may not answer what waits reads who can.
func TestWhatWaitsForOthersIsSaid(t *testing.T) {
	h := screentest.New(t)
	h.Role = boxoffice.Clerk
	d := open(t, h, theme.Look{}, 120, 40)
	d.press("f9")
	d.has("Nothing waits for anybody's leave.")
	h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1042, Reason: "wrong night"})
	d.send(feedMsg{})
	d.wait(2 * time.Second)
	d.press("x", "backspace", "f9")
	d.has("Ben (window 4) asks: void order 1042, 48.00, «wrong night».", "You may not answer it; a supervisor can.")
	d.hasNot("Nothing waits")
	h.AskAs(boxoffice.Actor{Staff: screentest.Maria, Terminal: "ssh 3"}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1043})
	d.send(feedMsg{})
	d.wait(2 * time.Second)
	d.press("x", "backspace", "f9")
	d.has("2 requests wait; the first: Ben (window 4) asks")
}

func TestAskedAndRefused(t *testing.T) {
	d := refused(t)
	d.press("a", "\r")
	d.maria(false, "it was the right night")
	d.has("✗ Maria refused: void order 1042, 48.00. «it was the right night»")
	if o := d.sold()[0].Order; o.State != boxoffice.OrderPaid {
		t.Errorf("the order is %s", o.State)
	}
}

func TestWithdraw(t *testing.T) {
	d := refused(t)
	d.press("a", "\r", "f9")
	d.has("You asked: void order 1042, 48.00", "esc go on waiting")
	d.press("esc")
	d.has("Waiting")
	d.press("f9", "w")
	d.has("Withdrawn: void order 1042")
	d.hasNot("Waiting", "You asked")
}

// TestARequestOutlivesTheLine: who comes back sees that it waits; what nobody answers
// goes by itself, and is told.
func TestARequestOutlivesTheLine(t *testing.T) {
	d := refused(t)
	d.press("a", "\r")
	h := d.h
	back := openAs(t, h, screentest.Ben, "ssh 7")
	back.has("Waiting 00:00 for an answer: void order 1042")
	back.wait(10 * time.Minute)
	back.press("2222\r") // it has locked meanwhile
	back.hasNot("Waiting")
	back.has("Nobody answered in time: void order 1042")
}

// TestAnAnswerOutlivesTheLine: who was away when it was given is told once they are
// back, and never again once they have taken it away; nobody else is.
func TestAnAnswerOutlivesTheLine(t *testing.T) {
	for want, answer := range map[string]func(d *desk){
		"Maria refused: void order 1042, 48.00. «it was the right night»": func(d *desk) { d.maria(false, "it was the right night") },
		"Maria allowed it, and it is done: void order 1042, 48.00.":       func(d *desk) { d.maria(true, "") },
	} {
		d := refused(t)
		d.press("a", "\r")
		h := d.h
		d.app.Close() // the line is down
		answer(openAs(t, h, screentest.Maria, "window 1"))
		openAs(t, h, screentest.Ana, "window 3").hasNot(want[:12])
		openAs(t, h, screentest.Ben, "ssh 6").has(want) // goes down, too, before it is read
		back := openAs(t, h, screentest.Ben, "ssh 7")
		back.has(want)
		back.wait(2 * time.Second)
		back.press("esc")
		back.hasNot(want[:12])
		openAs(t, h, screentest.Ben, "ssh 8").hasNot(want[:12])
	}
}

// TestTwoAskAtOneTerminal: who sits down after a colleague asks for what they need,
// while the other's request waits.
func TestTwoAskAtOneTerminal(t *testing.T) {
	d := refused(t)
	d.press("a", "\r", "esc", "esc")
	d.h.Change(screentest.Ana, boxoffice.Clerk, true)
	d.press("f8", "ana\r")
	d.has("Ana · window 2")
	d.hasNot("Waiting")
	by := boxoffice.Actor{Staff: screentest.Ana, Terminal: "window 2"}
	if _, err := d.h.Ask(t.Context(), "hers", by, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1001}); err != nil {
		t.Fatal(err)
	}
	d.send(feedMsg{})
	d.has("Waiting 00:00 for an answer: void order 1001")
}

// openAs is another terminal of the same house.
func openAs(t *testing.T, h *screentest.House, who boxoffice.StaffID, terminal string) *desk {
	t.Helper()
	staff, err := h.Person(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	return openFor(t, h, staff, boxoffice.Actor{Staff: who, Terminal: terminal, Channel: boxoffice.Window})
}

// TestAllowedByAPINHere: a supervisor types theirs at the clerk's terminal. A wrong one
// makes no request.
func TestAllowedByAPINHere(t *testing.T) {
	d := refused(t)
	d.press("p")
	d.has("The PIN of a supervisor allows it. Who is here?", "Maria")
	d.hasNot("Ben  ")
	d.press("maria\r", "1\r")
	d.has("No such name and PIN")
	if slices.Contains(d.h.Calls, "ask") {
		t.Error("a wrong PIN asked everybody")
	}
	d.press("9999\r")
	d.has("✓ Maria allowed it, and it is done.")
	d.hasNot("Waiting", "void order 1042, 48.00.")
	if o := d.sold()[0].Order; o.State != boxoffice.OrderVoided {
		t.Errorf("the order is %s", o.State)
	}
}

// TestARequestRingsOnce: at the terminal of who may answer, with the key that opens it.
func TestARequestRingsOnce(t *testing.T) {
	d := openAt(t, 80, 24)
	var bell bytes.Buffer
	d.app.bell = &bell
	ask := func(terminal string, order boxoffice.OrderID) boxoffice.ApprovalID {
		id := d.h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: terminal}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: order, Reason: "wrong night"})
		d.send(feedMsg{})
		return id
	}
	first := ask("window 4", 1001)
	d.has("▸ Ben (window 4) asks: void order 1001, 48.00, «wrong night»", "F9 answers")
	ask("window 5", 1002)
	d.wait(5 * time.Second)
	if bell.String() != "\a\a" {
		t.Errorf("two requests rang %q", bell.String())
	}
	d.has("+1  F9 answers")

	// Keys that are meant for the sale answer nothing; Esc leaves it for later.
	d.press("y", "esc", "f9")
	d.has("Ben (window 4) asks: void order 1001, 48.00", "Why: wrong night", "it lapses in 09:55", "esc later")
	d.press("\r", "esc")
	d.has("asks:")
	if slices.Contains(d.h.Calls, "answer") {
		t.Error("it was answered")
	}

	// What is withdrawn goes away under the hands, and «y» is no answer to the next.
	d.press("f9")
	if err := d.h.Withdraw(t.Context(), "w", d.h.Actor(), first); err != nil {
		t.Fatal(err)
	}
	d.send(feedMsg{})
	d.hasNot("void order 1001")
	d.press("y")
	if slices.Contains(d.h.Calls, "answer") {
		t.Error("it answered another request")
	}
	d.press("esc", "f9", "n")
	d.has("Refuse Ben (window 5): void order 1002, 48.00?")
	d.press("\r")
	d.has("say why first")
	d.press("no\r")
	d.has("✓ Refused: void order 1002, 48.00.")
	d.hasNot("asks:")
}

// TestAPlaceInABlock: a clerk may ask for it, who may sells it at once.
func TestAPlaceInABlock(t *testing.T) {
	d := openAt(t, 80, 24)
	var place string
	for _, p := range []string{"D15", "D16", "D17"} {
		d.press("stalls " + p)
		if text := d.text(); strings.Contains(text, "blocked H") {
			place = p
		}
		d.press("esc")
		if place != "" {
			break
		}
	}
	d.press("C2")
	d.has("⏎ the next best")
	d.press("esc", "stalls "+place)
	d.has("✗", "⏎ sell from the block")
	d.press("\r")
	d.h.Clock.Add(time.Second)
	d.has(place+" is blocked H", "⏎ sell from the block")
	d.press("\r")
	d.has("✓ Took " + place)

	d = openAt(t, 80, 24)
	d.press("f8", "ben\r", "2222\r", "stalls "+place)
	d.has("✗", "⏎ ask for it")
	d.press("\r")
	d.has("Ben may not sell from a block; a supervisor can.")
	d.h.Clock.Add(time.Second)
	d.press("a", "for the press\r")
	d.has("for an answer: sell from a block: Macbeth")
	d.hasNot("› stalls", "✗")
	d.wait(time.Second)
	d.press("stalls " + place + "\r")
	d.h.Clock.Add(time.Second)
	d.press("esc")
	d.has("✗ "+place+" is blocked H", "› stalls "+place)
}

package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/boxoffice/planfile"
	"wicket/tui/screen"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

// busyEvening lets an hour of selling go by, with things that wait, and opens the live
// view.
func busyEvening(d *desk) {
	d.t.Helper()
	d.app.desk.Staff.Role = boxoffice.Manager
	plan, err := planfile.Builtin("sala")
	if err != nil {
		d.t.Fatal(err)
	}
	d.h.AddPlan(plan, boxoffice.Performance{
		ID: 3, Key: "late", Title: "Late Night Comedy" + d.h.Evil, Curtain: screentest.Evening.Add(78 * time.Minute), State: boxoffice.OnSale,
		TaxPPM: 210_000, TaxIncluded: true,
	})
	d.h.AddPlan(plan, boxoffice.Performance{
		ID: 4, Key: "tango", Title: "Tango" + d.h.Evil, Curtain: screentest.Evening.Add(3 * time.Hour), State: boxoffice.Stopped, Reason: "the lift is out" + d.h.Evil,
		TaxPPM: 210_000, TaxIncluded: true,
	})
	d.h.Rush(1, 3)
	now := d.h.Clock.Now()
	d.send(feedMsg{})
	d.h.Waits = []boxoffice.Attention{{
		Kind: boxoffice.AttentionNamed, Since: now.Add(-26 * time.Minute), Hold: 99, Words: "the hold of Ana, for Mrs Vidal" + d.h.Evil + " is over, and not cleared away",
	}}
	d.press("f5")
}

func init() {
	scenes["live"] = busyEvening
	scenes["live-empty"] = func(d *desk) {
		d.h.Clear()
		d.press("f5")
	}
	scenes["live-release"] = func(d *desk) {
		busyEvening(d)
		d.press("tab", "down", "r", "gone home")
	}
	scenes["live-work"] = func(d *desk) {
		busyEvening(d)
		d.press("tab", "tab", "tab", "space")
	}
	scenes["live-chart"] = func(d *desk) {
		busyEvening(d)
		d.press("tab", "tab", "tab", "tab")
	}
}

// openLive opens the live view of a busy evening.
func openLive(t *testing.T, w, h int) *desk {
	t.Helper()
	d := openAt(t, w, h)
	busyEvening(d)
	return d
}

// did reports whether a use case ran.
func (d *desk) did(call string) bool { return slices.Contains(d.h.Calls, call) }

func TestTheWordOpensTheLiveView(t *testing.T) {
	d := openAt(t, 120, 40)
	d.press("live\r")
	d.has("Live", "At work", "Waits too long", "Sold per minute")
	d.press("esc")
	d.has("Type how many")
}

// TestWhoMayNotWatchIsTold: the box office itself refuses, and the way back is open.
func TestWhoMayNotWatchIsTold(t *testing.T) {
	h := screentest.New(t)
	h.Role = boxoffice.Clerk
	d := open(t, h, theme.Look{}, 80, 24)
	d.press("f5")
	d.has("may not watch the evening", "esc back to the counter")
	d.press("r", "s", "m", "tab", "enter", "space")
	if d.press("esc"); d.app.front != "counter" {
		t.Error("esc does not lead back")
	}
}

// TestKeysAreThoseOneMayUse: a supervisor watches, and does not stop sales.
func TestKeysAreThoseOneMayUse(t *testing.T) {
	d := openLive(t, 120, 40)
	d.has("s stop sales", "c cancel it")
	d.app.desk.Staff.Role = boxoffice.Supervisor
	d.press("down")
	d.hasNot("s stop sales", "c cancel it")
	d.has("e tell all")
}

// TestEnterOpensTheHouse: the counter shows the performance under the cursor.
func TestEnterOpensTheHouse(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("down", "enter")
	d.has("Late Night Comedy · Fri 27 Nov 20:30")
	d.press("f5")
	d.press("tab", "down", "enter") // Ben's basket is Macbeth's
	d.has("Macbeth · Fri 27 Nov 20:00")
}

// TestSalesOfOthersShow: a sale anywhere moves the takings, the fill and the stream,
// without a look at the store.
func TestSalesOfOthersShow(t *testing.T) {
	d := openLive(t, 120, 40)
	d.has("7,392.00 taken", "64/1200")
	before := len(d.h.Calls)
	d.h.Clock.Add(time.Second)
	d.h.Sells(3, boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}, 2)
	d.send(feedMsg{})
	d.has("7,422.00 taken", "66/1200", "19:12:05  Ben sold 2, Late Night Comedy", "104 tickets    1,970.00", "+15")
	if asked := d.h.Calls[before:]; len(asked) > 0 {
		t.Errorf("a sale made the live view ask for %v", asked)
	}
	if !strings.Contains(d.text(), "▎20:30") {
		t.Error("the row that changed is not marked")
	}
	d.wait(3 * time.Second)
	d.hasNot("▎20:30", "▎19:12")
}

// TestSoldForIsWhatOrdersCameTo: taxes that are added to prices are in it.
func TestSoldForIsWhatOrdersCameTo(t *testing.T) {
	h := screentest.New(t)
	h.TaxAdded = 100
	d := open(t, h, theme.Look{}, 120, 40)
	busyEvening(d)
	d.has("64/1200     +13          1,024.00")
	d.h.Clock.Add(time.Second)
	d.h.Sells(3, boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}, 2)
	d.send(feedMsg{})
	d.has("66/1200     +15          1,056.00")
}

// TestAQuietSecondChangesNothing: no line is drawn anew for a tick, nothing is asked.
func TestAQuietSecondChangesNothing(t *testing.T) {
	d := openLive(t, 120, 40)
	view, asked := d.app.View(), len(d.h.Calls)
	d.wait(50 * time.Second)
	if d.app.View() != view || len(d.h.Calls) != asked {
		t.Error("a second in which nothing happens changes the live view, or asks the store")
	}
	d.wait(10 * time.Second)
	if d.app.View() == view {
		t.Error("a new minute does not show")
	}
}

// TestOnlyWhatChangedIsDrawn: a redraw in which nothing changed makes next to nothing,
// and a sale only what it moves.
func TestOnlyWhatChangedIsDrawn(t *testing.T) {
	d := openLive(t, 120, 40)
	redraw := testing.AllocsPerRun(50, func() {
		d.app.Update(tea.KeyMsg{Type: tea.KeyF12})
		_ = d.app.View()
	})
	if redraw > 60 {
		t.Errorf("a redraw of the same makes %.0f things", redraw)
	}
	by := boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}
	sale := testing.AllocsPerRun(50, func() {
		d.h.Clock.Add(time.Second)
		d.h.Sells(3, by, 0)
		d.app.Update(feedMsg{})
		_ = d.app.View()
	})
	if sale > 150 { // 329 where all of it is drawn
		t.Errorf("a sale makes %.0f things", sale)
	}
}

// TestWhatIsKeptIsWhatWouldBeDrawn: whatever happens, the parts that are kept from the
// last time are what a screen that has to draw them all shows.
func TestWhatIsKeptIsWhatWouldBeDrawn(t *testing.T) {
	d := openLive(t, 120, 40)
	by := boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}
	journal := func(e boxoffice.Entry) func() {
		return func() {
			d.h.Journal(e)
			d.send(feedMsg{})
		}
	}
	keys := func(keys ...string) func() { return func() { d.press(keys...) } }
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"a sale", func() { d.h.Sells(1, by, 3); d.send(feedMsg{}) }},
		{"a free sale", func() { d.h.Sells(3, by, 0); d.send(feedMsg{}) }},
		{"sales stopped", keys("s", "smoke", "ctrl+x")},
		{"the next list", keys("tab")},
		{"the next row", keys("down")},
		{"the first row", keys("home")},
		{"no sections", keys("space")},
		{"a question", keys("e")},
		{"a message", keys("e", "hello\r")},
		{"somebody came", journal(boxoffice.Entry{Actor: boxoffice.Actor{Staff: screentest.Maria, Terminal: "window 9"}, Verb: boxoffice.VerbSignIn})},
		{"somebody left", journal(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbSignOut})},
		{"a basket renewed", journal(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbRenew, Basket: 4, Hold: screentest.BensHold})},
		{"a basket parked", journal(boxoffice.Entry{Actor: by, Verb: boxoffice.VerbPark, Basket: 4, Hold: screentest.BensHold})},
		{"a minute", func() { d.wait(time.Minute); d.h.Sells(1, by, 1); d.send(feedMsg{}) }},
		{"three seconds", func() { d.wait(3 * time.Second) }},
	} {
		d.wait(time.Second)
		_ = d.app.View() // which is what is kept
		step.do()
		kept := d.app.View()
		d.send(tea.WindowSizeMsg{Width: 101, Height: 30})
		_ = d.app.View()
		d.send(tea.WindowSizeMsg{Width: 120, Height: 40})
		if anew := d.app.View(); anew != kept {
			t.Fatalf("after %s the screen that is kept differs from one that is drawn:\n%s\n\n%s", step.what, tuitest.Screen(t, kept, 120, 40).Text(), tuitest.Screen(t, anew, 120, 40).Text())
		}
		d.press("esc")
		if d.app.front != screen.Live {
			d.press("f5")
		}
	}
}

// TestNewsAreGathered: what comes within a fifth of a second is drawn once.
func TestNewsAreGathered(t *testing.T) {
	d := openLive(t, 120, 40)
	d.h.Clock.Add(time.Second)
	sell := func() {
		d.h.Sells(3, boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}, 1)
		d.send(feedMsg{})
	}
	sell()
	view := d.app.View()
	d.late = true // what waits for its time is kept back
	for range 20 {
		sell()
	}
	if d.app.View() != view {
		t.Error("news within a fifth of a second drew the screen again")
	}
	if len(d.kept) != 1 {
		t.Errorf("%d timers run for the news of one moment", len(d.kept))
	}
	d.answer()
	d.has("85/1200")
}

// TestAStuckBasketIsReleased: only with a reason, and never by enter.
func TestAStuckBasketIsReleased(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("tab", "down")
	d.has("r release", "t take over", "m tell Ben")
	d.press("r")
	d.has("Release the basket of Ben (window 4)? 4 places in hand since 19:01.")
	d.press("enter", "ctrl+x")
	d.has("say why first")
	if d.did("free 4: ") {
		t.Fatal("a basket was freed without a reason")
	}
	d.press("customer left", "ctrl+x")
	if !d.did("free 4: customer left") {
		t.Fatalf("the basket was not freed: %v", d.h.Calls)
	}
	d.has("Released: 4 places of Ben (window 4) went back.", "Nobody has anything in hand.", "customer left")
	d.hasNot("Ben (window 4) has 4 places")
	d.press("tab", "tab", "r") // nothing is chosen any more
	d.hasNot("Release")
}

// TestWhoLeftIsNotAtTheirTerminal: a basket stays when its clerk goes; whoever sits there
// next is told nothing that was meant for them.
func TestWhoLeftIsNotAtTheirTerminal(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("tab", "down")
	d.has("Ben (window 4) has 4 places in hand.", "m tell Ben")
	at := func(who boxoffice.StaffID, terminal string, verb boxoffice.Verb) {
		d.h.Clock.Add(time.Second)
		d.h.Journal(boxoffice.Entry{Actor: boxoffice.Actor{Staff: who, Terminal: terminal}, Verb: verb})
		d.send(feedMsg{})
	}
	at(screentest.Ben, "window 4", boxoffice.VerbSignOut)
	at(screentest.Maria, "window 4", boxoffice.VerbSignIn)
	d.has("Ben (was at window 4) has 4 places in hand.", "was at window 4     4 places")
	d.hasNot("m tell") // Ben is nowhere
	d.press("r")
	d.has("Release the basket of Ben (was at window 4)?")
	d.press("esc")
	at(screentest.Ben, "ssh 2", boxoffice.VerbSignIn)
	d.has("m tell Ben")
	d.press("m")
	d.has("A message to Ben.")
	d.press("come over\r")
	if !d.did("tell «Ben»: come over") {
		t.Errorf("not told: %v", d.h.Calls)
	}
}

func TestABasketIsTakenOver(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("tab", "tab", "t", "she waits here", "ctrl+x")
	if !d.did("take over from 2: she waits here") {
		t.Fatalf("it was not taken over: %v", d.h.Calls)
	}
	d.has("Basket") // one goes on at the counter
}

func TestARequestIsAnswered(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("tab", "end", "o")
	if d.app.front != "orders" {
		t.Error("o does not open the order it is about")
	}
	d = openLive(t, 120, 40)
	d.press("tab", "end", "enter")
	d.has("Maria (ssh 3) asks: void order 1042", "Why: wrong evening")
	d.press("enter")
	if d.did("answer") {
		t.Fatal("enter answered")
	}
	if d.press("y"); !d.did("answer") {
		t.Fatalf("not answered: %v", d.h.Calls)
	}
	d.has("Allowed, and done", "Waits too long 2")
}

// TestSalesAreStoppedAndOpened: everywhere, with a reason, and never by enter.
func TestSalesAreStoppedAndOpened(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("s", "enter", "ctrl+x")
	d.has("Stop sales of Macbeth, 20:00?", "say why first")
	d.press("smoke in the foyer", "ctrl+x")
	if !d.did("stop sales: smoke in the foyer") {
		t.Fatalf("not stopped: %v", d.h.Calls)
	}
	d.has("! stopped: smoke in", "Sales of Macbeth, 20:00 are stopped.", "s open sales")
	d.press("s", "enter")
	d.has("Open sales of Macbeth, 20:00?")
	if d.did("open sales") {
		t.Fatal("enter opened sales")
	}
	d.press("ctrl+x")
	d.has("Sales of Macbeth, 20:00 are open.", "s stop sales")
}

func TestAPerformanceIsCancelled(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("c", "enter", "ctrl+x", "the tenor is ill", "esc")
	if d.did("cancel performance") {
		t.Fatal("it was cancelled without a yes")
	}
	d.press("c", "the tenor is ill", "ctrl+x")
	d.has("! cancelled: the tenor is", "Macbeth, 20:00 is cancelled.")
	d.press("s", "c")
	d.hasNot("Stop sales", "Cancel Macbeth")
}

func TestMessagesAreSent(t *testing.T) {
	d := openLive(t, 120, 40)
	d.press("m")
	d.hasNot("A message") // nobody is chosen
	d.press("e", "\r")
	d.has("write something first")
	d.press("house is open\r")
	d.has("Told everybody.")
	d.press("tab", "tab", "tab", "down", "m", "come over\r")
	if !d.did("tell «»: house is open") || !d.did("tell «window 4»: come over") {
		t.Errorf("not told: %v", d.h.Calls)
	}
}

// TestTheEveningIsAskedForAgain: where an entry does not say enough, and only then.
func TestTheEveningIsAskedForAgain(t *testing.T) {
	d := openLive(t, 120, 40)
	asked := func() int {
		return len(slices.DeleteFunc(slices.Clone(d.h.Calls), func(c string) bool { return c != "evening" }))
	}
	before := asked()
	d.press("e", "hello\r")
	if asked() != before {
		t.Error("a message made it look again")
	}
	d.press("tab", "end", "enter", "y") // who waits for an answer is not in an entry
	if asked() != before+1 {
		t.Errorf("asked %d times", asked()-before)
	}
}

// TestWhoseBasketItWasIsTold: the clerk reads who freed the basket or took it over, and
// why, on whatever screen they are; nobody else does.
func TestWhoseBasketItWasIsTold(t *testing.T) {
	maria := boxoffice.Actor{Staff: screentest.Maria, Terminal: "window 1"}
	for want, e := range map[string]boxoffice.Entry{
		"Maria (window 1) released your basket: gone home.":      {Verb: boxoffice.VerbFree, Basket: screentest.MyBasket, Note: "Ana's: gone home"},
		"Maria (window 1) took your basket over: she waits here": {Verb: boxoffice.VerbTakeOver, Basket: screentest.MyBasket, Note: "from Ana: she waits here"},
	} {
		d := openAt(t, 80, 24)
		d.press("2a\r", "f3")
		e.Actor = maria
		other := e
		other.Basket++
		d.h.Journal(other)
		d.send(feedMsg{})
		d.hasNot("your basket")
		d.h.Journal(e)
		d.send(feedMsg{})
		d.has(want)
	}
}

// TestTheHiddenCounterCatchesUp: the counter rests while another screen is in front; what
// happened meanwhile stands on it as soon as that is.
func TestTheHiddenCounterCatchesUp(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f3")
	d.h.Sells(1, boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}, 5)
	d.send(feedMsg{})
	sold := fmt.Sprint(d.h.Total(1).Sold, " sold")
	if hidden := tuitest.Screen(t, d.app.screens["counter"].View(80, 24), 80, 24).Text(); strings.Contains(hidden, sold) {
		t.Error("a counter that nobody sees draws what happens")
	}
	d.press("esc")
	d.has(sold)
}

// TestTroubleIsSaid: where a use case fails the sentence stands there, nothing closes.
func TestTroubleIsSaid(t *testing.T) {
	d := openLive(t, 80, 24)
	d.h.Fail = errors.New("the disk is full")
	d.press("s", "smoke", "ctrl+x")
	d.has("The disk is full", "s stop sales")
}

func TestLiveViewInOtherLooks(t *testing.T) {
	for name, look := range map[string]theme.Look{"ascii": {Depth: theme.Mono, ASCII: true}, "light": {Depth: theme.Colours256, Light: true}} {
		h := screentest.New(t)
		h.Fill(1)
		d := open(t, h, look, 100, 30)
		busyEvening(d)
		tuitest.Screen(t, d.app.View(), 100, 30)
		tuitest.Golden(t, "live-look-"+name, d.app.View())
	}
}

// BenchmarkLiveView draws a busy evening after a sale: all of it, and again.
func BenchmarkLiveView(b *testing.B) {
	h := screentest.New(b)
	h.Fill(1)
	desk := open(b, h, theme.Look{Depth: theme.Colours256}, 120, 40)
	busyEvening(desk)
	d := desk.app
	by := boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4", Channel: boxoffice.Window}
	b.Run("sale", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			h.Clock.Add(time.Second)
			h.Sells(1, by, 0)
			b.StartTimer()
			d.Update(feedMsg{})
			_ = d.View()
		}
	})
	b.Run("draw", func(b *testing.B) {
		for b.Loop() {
			d.Update(tea.KeyMsg{Type: tea.KeyDown})
			_ = d.View()
		}
	})
	b.Run("quiet", func(b *testing.B) {
		for b.Loop() {
			d.Update(tickMsg{})
			_ = d.View()
		}
	})
}

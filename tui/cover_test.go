package tui

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"wicket/tui/screen/screentest"
)

// TestTheLockCoversEverything: no seats, no money, nobody's name but who is locked; the
// basket is kept, and its time goes on.
func TestTheLockCoversEverything(t *testing.T) {
	d := openAt(t, 80, 24)
	d.h.PINs[screentest.Ana] = "1234"
	d.send(aroundMsg{})
	d.app.desk.Staff.PIN = "set"
	d.press("2a\r", "hold Vidal", "f7")
	text := d.text()
	for _, secret := range []string{"48.00", "E11", "Vidal", "Macbeth", "Ben", "sold"} {
		if strings.Contains(text, secret) {
			t.Errorf("the lock shows «%s»:\n%s", secret, text)
		}
	}
	d.has("Teatro Leal", "Ana", "19:12", "The basket is kept for 08:00 more.", "⏎ unlock")
	d.wait(time.Minute)
	d.has("kept for 07:00 more", "19:13")
	d.press("4321\r")
	d.has("No such name and PIN")
	d.press("esc", "f10", "f1", "f3", "y", "ctrl+c")
	if d.left {
		t.Error("a locked terminal was left")
	}
	d.press("1234\r")
	d.has("› hold Vidal", "48.00")
	if slices.Contains(d.h.Calls, "drop") || slices.Contains(d.h.Calls, "renew") {
		t.Errorf("the lock did %v", d.h.Calls)
	}
}

// TestTheLockComesByItself: after ten minutes without a key, whatever happens in the
// house meanwhile; without a PIN Enter is enough, and it says so.
func TestTheLockComesByItself(t *testing.T) {
	d := openAt(t, 80, 24)
	d.wait(9 * time.Minute)
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "E11"))
	d.send(feedMsg{})
	d.has("Macbeth")
	d.press("2")
	d.wait(10*time.Minute - time.Second)
	d.has("› 2")
	d.h.Take(1, time.Minute, d.h.Place(1, "Stalls", "E12"))
	d.wait(time.Second)
	d.has("Locked at window 2.", "No PIN is set: ⏎ is enough.")
	d.press("\r")
	d.has("› 2", "Macbeth")

	never := openAt(t, 80, 24)
	never.app.lockAfter = -1
	never.wait(time.Hour)
	never.has("Macbeth")
}

// TestSomebodyElseSitsDownAtALockedTerminal: they get their own basket.
func TestSomebodyElseSitsDownAtALockedTerminal(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r", "lock\r", "tab")
	d.has("Who is there?")
	d.press("esc")
	d.has("Locked at window 2.")
	d.press("tab", "ben\r", "2222\r")
	d.has("Ben · window 2")
	d.hasNot("48.00", "Locked")
}

// TestAPINThatIsSetUnderTheLockIsAskedFor: what Enter was enough for a moment ago needs
// the PIN.
func TestAPINThatIsSetUnderTheLockIsAskedFor(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f7")
	d.has("No PIN is set")
	d.h.PINs[screentest.Ana] = "1234"
	d.h.Change(screentest.Ana, "", true)
	d.send(feedMsg{})
	d.press("\r")
	d.has("No such name and PIN")
	d.press("1234\r")
	d.has("Macbeth")
}

// TestWhatWaitsUnderTheLock is counted, and not told.
func TestWhatWaitsUnderTheLock(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f7")
	d.h.Say("", "the safe is open")
	d.send(feedMsg{})
	d.has("1 message waits.")
	d.hasNot("the safe is open")
	d.press("\r")
	d.has("Maria (window 1): the safe is open")
}

// asleep is a machine that slept for a while: the clock on the wall went on, the time
// that the machine counts itself stood still.
type asleep struct {
	booted       time.Time
	awake, slept time.Duration
}

func (a *asleep) Now() time.Time {
	t := a.booted.Add(a.awake + a.slept)
	// There is no other way to make such an instant than to take what was slept from
	// where Go keeps the machine's count.
	type instant struct {
		wall  uint64
		count int64
	}
	(*instant)(unsafe.Pointer(&t)).count -= int64(a.slept) //nolint:gosec // see above
	return t
}

// TestTheLockComesWhileTheMachineSleeps: who opens the lid an hour later finds the
// terminal locked, and so does who finds the clock set back.
func TestTheLockComesWhileTheMachineSleeps(t *testing.T) {
	clock := &asleep{booted: time.Now()}
	before := clock.Now()
	clock.slept = time.Hour
	if after := clock.Now(); after.Sub(before) != 0 || after.Round(0).Sub(before.Round(0)) != time.Hour {
		t.Fatalf("after an hour of sleep, the instant is %s", after)
	}
	for what, slept := range map[string]time.Duration{"asleep for an hour": time.Hour, "awake, and set back by a day": -24 * time.Hour} {
		d := openAt(t, 80, 24)
		clock := &asleep{booted: time.Now()}
		d.app.desk.Clock = clock
		d.press("2")
		if clock.slept = slept; slept < 0 {
			clock.awake = 10 * time.Minute
		}
		d.send(tickMsg{})
		if d.app.cover == nil {
			t.Errorf("%s: it is not locked", what)
		}
	}
}

package tui

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
)

// start is a terminal whose first answers are at hand but have not come yet.
func start(t *testing.T, h *screentest.House) (*desk, []tea.Msg) {
	t.Helper()
	app := New(Options{
		Office: h, Feed: h, Actor: h.Actor(), Staff: h.Staff(), House: h.Settings(), Clock: h.Clock,
		Theme: theme.New(io.Discard, theme.Look{}),
	})
	answers := []tea.Msg{tea.WindowSizeMsg{Width: 80, Height: 24}}
	for _, cmd := range flat(app.Init()) {
		if msg := cmd(); msg != nil {
			answers = append(answers, msg)
		}
	}
	return &desk{t: t, app: app, h: h}, answers
}

// flat returns the commands of a batch of batches.
func flat(cmd tea.Cmd) []tea.Cmd {
	if cmd == nil {
		return nil
	}
	batch, ok := cmd().(tea.BatchMsg)
	if !ok {
		return []tea.Cmd{cmd}
	}
	var all []tea.Cmd
	for _, c := range batch {
		all = append(all, flat(c)...)
	}
	return all
}

// permute calls do with every order of n things.
func permute(n int, do func([]int)) {
	order := make([]int, 0, n)
	var next func()
	next = func() {
		if len(order) == n {
			do(order)
			return
		}
		for i := range n {
			used := false
			for _, have := range order {
				used = used || have == i
			}
			if used {
				continue
			}
			order = append(order, i)
			next()
			order = order[:len(order)-1]
		}
	}
	next()
}

// TestKeysWaitForTheFirstAnswers: what is typed before the house is there sells all
// the same, in whatever order the first answers come back.
func TestKeysWaitForTheFirstAnswers(t *testing.T) {
	for name, house := range map[string]func(*screentest.House){
		"an empty basket": func(*screentest.House) {},
		"a basket from before": func(h *screentest.House) {
			_, err := h.HoldPlaces(t.Context(), "before", h.Actor(), 1, []boxoffice.Pick{{Place: 40}})
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		tickets := 2
		if name != "an empty basket" {
			tickets = 3
		}
		_, answers := start(t, screentest.New(t))
		permute(len(answers), func(order []int) {
			for typed := range len(answers) + 1 { // after so many answers
				h := screentest.New(t)
				house(h)
				d, answers := start(t, h)
				for i, at := range order {
					if i == typed {
						d.press("2a\r\r\r")
					}
					d.send(answers[at])
				}
				if typed == len(answers) {
					d.press("2a\r\r\r")
				}
				if sold := d.sold(); len(sold) != 1 || len(sold[0].Lines) != tickets {
					t.Fatalf("%s: answers in the order %v, keys after %d: %d orders, the office was asked %v\n%s",
						name, order, typed, len(sold), h.Calls, d.text())
				}
			}
		})
	}
}

// TestKeysDoNotWaitForEver: where the first answers are no, the keys go on.
func TestKeysDoNotWaitForEver(t *testing.T) {
	h := screentest.New(t)
	h.Unread = &boxoffice.StoreError{Words: "the disk is gone"}
	d, answers := start(t, h)
	d.press("2a")
	for _, msg := range answers {
		d.send(msg)
	}
	d.has("› 2a")
}

// TestALineBeforeThePicture: a house that is long in coming is said to be, and the
// line stands.
func TestALineBeforeThePicture(t *testing.T) {
	h := screentest.New(t)
	h.Dark = true
	d, answers := start(t, h)
	for _, msg := range answers {
		d.send(msg)
	}
	d.press("2a\r")
	d.hasNot("› 2a")
	d.wait(3 * time.Second)
	d.has("› 2a", "The house is not read yet. Your line stands")
	h.Dark = false
	d.send(feedMsg{})
	d.press("\r")
	d.has("✓ Took")
}

// TestTheTapeStartsWithWhatHappenedLast: a counter that opens late says what went
// before, once, with labels and names.
func TestTheTapeStartsWithWhatHappenedLast(t *testing.T) {
	h := screentest.New(t)
	h.Take(1, time.Minute, h.Place(1, "Stalls", "B12"))
	h.Take(2, time.Minute, h.Place(2, "Floor", ""))
	d := open(t, h, theme.Look{}, 120, 40)
	d.has("19:12:04  Ben took 1, Macbeth B12", "19:12:04  Ben took 1, Comedy Night Floor")
	if h.PlansRead != 1 {
		t.Errorf("the plan of a performance that is not on screen was read %d times", h.PlansRead)
	}
	h.Take(1, time.Minute, h.Place(1, "Stalls", "B13"))
	h.Take(2, time.Minute, h.Place(2, "Floor", "")+1, h.Place(2, "Floor", "")+2)
	d.send(feedMsg{})
	d.has("Ben took 2, Comedy Night 2 Floor")
	if h.PlansRead != 1 {
		t.Errorf("a plan that was known was read again, %d times", h.PlansRead)
	}
	d.press("f3", "esc")
	if n := strings.Count(d.text(), "Macbeth B13"); n != 1 {
		t.Errorf("B13 stands on the tape %d times:\n%s", n, d.text())
	}
}

// TestACounterWithoutAPerformance: whatever sale is typed, it says what is missing,
// and no key is offered that does nothing.
func TestACounterWithoutAPerformance(t *testing.T) {
	d := open(t, newEmpty(t), theme.Look{}, 80, 24)
	d.has("wicket plan import FILE", "wicket programme example")
	d.hasNot("walk", "a range", "performances  ")
	for _, typed := range []string{"2a", "2", "B12", "p1"} {
		d.press(typed)
		d.has("✗ There is no performance to sell yet.", "› "+typed)
		d.hasNot("price codes")
		d.press("\r")
		d.has("✗ There is no performance to sell yet.", "› "+typed)
		d.press("esc")
	}
	if len(d.h.Calls) > 0 {
		t.Errorf("the office was asked: %v", d.h.Calls)
	}
	d.press("orders\r")
	d.has("No order yet.")
}

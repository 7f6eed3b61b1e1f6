package tui

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
	"unicode"

	"wicket/boxoffice"
	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
	"wicket/tui/tuitest"
)

// scenes are what the golden views show.
var scenes = map[string]func(d *desk){
	"first":   func(*desk) {},
	"preview": func(d *desk) { d.press("2a1c stalls") },
	"took":    func(d *desk) { d.press("2a\r") },
	"paying":  func(d *desk) { d.press("2a\r\r50") },
	"change":  func(d *desk) { d.press("2a\r\r50\r") },
	"taken": func(d *desk) {
		d.press("1a c1\r", "stalls B11-12")
		d.h.TakeUnseen(1, 3*time.Minute+10*time.Second, d.h.Place(1, "Stalls", "B12"))
		d.press("\r")
	},
	"lapsed": func(d *desk) {
		d.press("2a\r")
		d.h.Lapse()
		d.send(feedMsg{})
	},
	"busy": func(d *desk) {
		d.press("2a\r\r\r", "2a1c circle\r")
		d.h.Take(1, 4*time.Minute, d.h.Place(1, "Stalls", "C7"), d.h.Place(1, "Stalls", "C8"))
		d.send(feedMsg{})
		d.press("pgdown", "2a1c\r", "pgup", "4a\r", "down", "down", "left")
	},
	"full-disk": func(d *desk) {
		d.press("2a\r")
		d.fillDisk()
		d.press("\r\r")
	},
	"standing": func(d *desk) { d.press("pgdown", "2a1c\r", "2 mezz") },
	"overview": func(d *desk) { d.press("ctrl+o") },
	"unknown":  func(d *desk) { d.press("B99") },
	"help":     func(d *desk) { d.press("2a\r", "f1") },
	"shows":    func(d *desk) { d.press("f2") },
	"orders":   func(d *desk) { d.press("2a\r\r\r", "4a circle\r\r\r", "f3") },
	"order":    func(d *desk) { d.press("2a\r\r50\r", "#1042\r") },
	"void":     func(d *desk) { d.press("2a\r\r50\r", "#1042\r", "v", "wrong day") },
	"choosing": func(d *desk) { chooseOne(d) },
	"cancelling": func(d *desk) {
		chooseOne(d)
		d.press("c", "fell ill")
	},
	"part-cancelled": func(d *desk) {
		chooseOne(d)
		d.press("c", "fell ill", "ctrl+x")
	},
	"holds":  func(d *desk) { d.press("2a\r", "hold Vidal until 19:45\r", "3a\r", "park red hat\r", "f4") },
	"leave":  func(d *desk) { d.press("2a\r", "f10") },
	"switch": func(d *desk) { d.press("2a\r", "f8") },
	"locked-out": func(d *desk) {
		d.press("f8", "ben\r", "1\r", "2\r", "3\r", "4\r", "5\r")
	},
	"locked": func(d *desk) {
		d.press("f8", "ben\r", "2222\r", "2a\r", "f7")
		d.h.Say("", "the lift is out")
		d.send(feedMsg{})
	},
	"message": func(d *desk) {
		d.press("2a\r", "1c")
		d.h.Say("", "the lift is out: whoever cannot climb the stairs goes by the artists' door, where Eva waits")
		d.h.Say("window 2", "come over when you can")
		d.send(feedMsg{})
	},
	"refused":  func(d *desk) { benIsRefused(d) },
	"asking":   func(d *desk) { benIsRefused(d); d.press("a") },
	"waiting":  func(d *desk) { benIsRefused(d); d.press("a", "\r", "f9") },
	"pin-here": func(d *desk) { benIsRefused(d); d.press("p") },
	"asked": func(d *desk) {
		d.press("2a\r")
		d.h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1042, Reason: "wrong night"})
		d.send(feedMsg{})
	},
	"answer": func(d *desk) {
		for i, terminal := range []string{"window 4", "ssh 2"} {
			d.h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: terminal}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: boxoffice.OrderID(1042 + i), Reason: "wrong night"})
		}
		d.send(feedMsg{})
		d.press("f9")
	},
	"refusing": func(d *desk) {
		d.h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1042, Reason: "wrong night"})
		d.send(feedMsg{})
		d.press("f9", "n", "it was the right night")
	},
	"closing": func(d *desk) {
		d.press("2a\r")
		d.send(ClosingMsg{By: d.h.Clock.Now().Add(30 * time.Second)})
	},
}

// chooseOne chooses one ticket of an order of four.
func chooseOne(d *desk) { d.press("4a\r\r100\r", "#1042\r", "down", "space") }

func TestViews(t *testing.T) {
	for name, play := range scenes {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				d := openAt(t, size[0], size[1])
				play(d)
				view := d.app.View()
				tuitest.Screen(t, view, size[0], size[1])
				tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), view)
			})
		}
	}
}

func TestViewsInOtherLooks(t *testing.T) {
	for name, look := range map[string]theme.Look{
		"plain": {}, "mono": {Depth: theme.Mono}, "colours16": {Depth: theme.Colours16},
		"light": {Depth: theme.Colours256, Light: true}, "ascii": {Depth: theme.Mono, ASCII: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := screentest.New(t)
			h.Fill(1)
			d := open(t, h, look, 80, 24)
			d.press("2a\r", "1c")
			tuitest.Screen(t, d.app.View(), 80, 24)
			tuitest.Golden(t, "look-"+name, d.app.View())
		})
	}
}

// TestChosenInOtherLooks: what is chosen can be told without colours.
func TestChosenInOtherLooks(t *testing.T) {
	for name, look := range map[string]theme.Look{"mono": {Depth: theme.Mono}, "ascii": {Depth: theme.Mono, ASCII: true}} {
		h := screentest.New(t)
		h.Fill(1)
		d := open(t, h, look, 80, 24)
		chooseOne(d)
		tuitest.Screen(t, d.app.View(), 80, 24)
		tuitest.Golden(t, "choosing-look-"+name, d.app.View())
	}
}

func TestTooSmall(t *testing.T) {
	d := openAt(t, 60, 20)
	tuitest.Golden(t, "small-60x20", d.app.View())
	d.press("2a\r")
	if len(d.h.Calls) != 0 {
		t.Error("a screen nobody sees takes keys")
	}
	for _, size := range [][2]int{{1, 1}, {5, 2}, {79, 24}, {80, 23}} {
		d := openAt(t, size[0], size[1])
		tuitest.Screen(t, d.app.View(), size[0], size[1])
	}
}

// TestAnASCIITerminalGetsASCII on every screen: no word of ours has another character.
func TestAnASCIITerminalGetsASCII(t *testing.T) {
	all := maps.Clone(scenes)
	all["no-holds"] = func(d *desk) { d.press("f4") }
	all["history"] = func(d *desk) { d.press("2a\r\r\r", "#1042\r", "v", "for Macbeth · A2", "ctrl+v") }
	all["hold-gone"] = func(d *desk) {
		d.press("2a\r", "hold Vidal\r", "3a\r", "park red hat\r", "f4")
		if err := d.h.DropNamed(d.t.Context(), "elsewhere", d.h.Actor(), screentest.MyHold, ""); err != nil {
			d.t.Fatal(err)
		}
		d.h.Journal(boxoffice.Entry{Verb: boxoffice.VerbRelease})
		d.send(feedMsg{})
	}
	for name, play := range all {
		h := screentest.New(t)
		h.Fill(1)
		d := open(t, h, theme.Look{Depth: theme.Plain, ASCII: true}, 80, 24)
		play(d)
		for _, line := range strings.Split(d.text(), "\n") {
			if strings.ContainsFunc(line, func(r rune) bool { return r > unicode.MaxASCII }) {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
}

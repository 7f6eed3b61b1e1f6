package tui

import (
	"testing"
	"time"
)

// TestClosingEndsIdleTerminals: who has nothing in hand reads why and goes; a sale
// is finished first, its change read, and then the terminal goes by itself.
func TestClosingEndsIdleTerminals(t *testing.T) {
	idle := openAt(t, 80, 24)
	idle.wait(time.Minute)
	idle.send(ClosingMsg{})
	idle.has("Wicket is closing. Finish this sale; your basket stays.")
	idle.wait(lastLook - time.Second)
	if idle.left {
		t.Error("a terminal ends before its user can read why")
	}
	idle.wait(time.Second)
	if !idle.left {
		t.Error("an idle terminal stays while the server closes")
	}

	typing := openAt(t, 80, 24)
	typing.send(ClosingMsg{})
	typing.wait(lastLook - time.Second)
	typing.press("2")
	typing.wait(time.Minute)
	if typing.left {
		t.Error("a terminal ended while its clerk was typing")
	}
	typing.press("backspace")
	typing.wait(lastLook)
	if !typing.left {
		t.Error("the terminal stays though nothing is typed any more")
	}

	asked := openAt(t, 80, 24)
	asked.press("f10")
	asked.send(ClosingMsg{})
	asked.wait(time.Minute)
	if asked.left {
		t.Error("a terminal ended in front of a question")
	}
}

func TestClosingLetsASaleBeFinished(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	by := d.h.Clock.Now().Add(30 * time.Second)
	d.send(ClosingMsg{By: by})
	d.has("Wicket closes at " + by.In(d.app.desk.Zone).Format("15:04:05") + ". Finish this sale; your basket stays.")
	d.wait(20 * time.Second)
	d.press("\r", "50\r")
	d.has("Change", "Sold 2 tickets")
	d.wait(lastLook - time.Second)
	if d.left {
		t.Error("the terminal ended before its clerk gave the change")
	}
	d.wait(time.Second)
	if !d.left {
		t.Error("the terminal stays though the sale is done")
	}
}

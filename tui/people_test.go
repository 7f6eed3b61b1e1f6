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
)

// TestTwoClerksAtOneTerminal: a colleague sits down with their own basket, and who sat
// there before finds theirs again.
func TestTwoClerksAtOneTerminal(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.has("Ana · window 2", "Basket          48.00")
	d.press("switch\r")
	d.has("Who is there?", "Ben", "Maria")
	d.press("ben\r", "1111\r")
	d.has("No such name and PIN")
	d.press("2222\r")
	d.has("Ben · window 2")
	d.hasNot("48.00", "Ana", "Who is there?")
	if d.h.Desks["window 2"] != screentest.Ben {
		t.Errorf("at work is %v", d.h.Desks)
	}
	d.press("f8", "ana\r")
	d.has("Ana · window 2", "Basket          48.00")
	if slices.Contains(d.h.Calls, "drop") || slices.Contains(d.h.Calls, "park") {
		t.Errorf("switching did %v", d.h.Calls)
	}
}

// TestFiveWrongPINsAreSaidWithTheTimeLeft: second by second.
func TestFiveWrongPINsAreSaidWithTheTimeLeft(t *testing.T) {
	d := openAt(t, 80, 24)
	d.press("f8", "ben\r")
	for range 5 {
		d.press("1\r")
	}
	d.has("Too many wrong PINs: wait 00:30")
	d.wait(3 * time.Second)
	d.has("wait 00:27")
	d.wait(27 * time.Second)
	d.hasNot("Too many wrong PINs")
	d.press("2222\r")
	d.has("Ben · window 2")
}

// keyedDesk is a terminal whose person is known by a key; still says whether it is
// theirs.
func keyedDesk(t *testing.T, still func() error) *desk {
	t.Helper()
	d := openAt(t, 80, 24)
	d.app.stillMine = func(context.Context) error { return still() }
	return d
}

func TestNobodyElseSitsDownWhereAKeyIs(t *testing.T) {
	d := keyedDesk(t, func() error { return nil })
	d.press("f8")
	d.has("Over SSH a terminal is its key's")
	d.hasNot("Who is there?")
	d.press("f7", "tab")
	d.hasNot("Who is there?", "somebody else")
	d.wait(2 * time.Second)
	d.press("\r", "f1")
	d.hasNot("let a colleague sit down")
}

// TestWhoIsGoneSeesWhy: the terminal of somebody who left, or whose key is revoked,
// ends and says why; the basket stays.
func TestWhoIsGoneSeesWhy(t *testing.T) {
	ends := func(d *desk, want string) {
		t.Helper()
		var ended *EndedError
		if !d.left || !errors.As(d.app.ended, &ended) || !strings.Contains(ended.Words, want) {
			t.Errorf("left: %v, because %v", d.left, d.app.ended)
		}
		if slices.Contains(d.h.Calls, "drop") {
			t.Error("the basket was dropped")
		}
	}
	d := openAt(t, 80, 24)
	d.press("2a\r")
	d.h.Change(screentest.Ben, boxoffice.Clerk, false)
	d.send(feedMsg{})
	if d.left {
		t.Error("Ana's terminal ended with Ben's")
	}
	d.h.Change(screentest.Ana, boxoffice.Clerk, false)
	d.send(feedMsg{})
	ends(d, "Ana works here no longer.")

	var revoked error
	d = keyedDesk(t, func() error { return revoked })
	revoke := func() {
		d.h.Journal(boxoffice.Entry{Verb: boxoffice.VerbRevokeKey, Note: "SHA256:x"})
		d.send(feedMsg{})
	}
	revoke()
	if d.left {
		t.Error("a terminal ended with somebody else's key")
	}
	revoked = &boxoffice.StoreError{Words: "the disk is full"}
	revoke()
	if d.left {
		t.Error("a store that did not answer ended a terminal")
	}
	revoked = errors.New("your key was revoked")
	d.wait(time.Second) // it asks again by itself
	ends(d, "Your key was revoked.")
}

// TestARoleThatChangesHoldsAtOnce: what the person may answer is there, or gone, with
// the news.
func TestARoleThatChangesHoldsAtOnce(t *testing.T) {
	d := openAt(t, 80, 24)
	d.h.AskAs(boxoffice.Actor{Staff: screentest.Ben, Terminal: "window 4"}, boxoffice.Ask{Kind: boxoffice.AskVoid, Order: 1042})
	d.send(feedMsg{})
	d.has("Ben (window 4) asks: void order 1042, 48.00")
	d.h.Change(screentest.Ana, boxoffice.Clerk, true)
	d.send(feedMsg{})
	d.hasNot("asks:")
}

// TestWhatOneAskedForIsNotTheOthersAnswer: an answer that comes after a switch changes
// nothing for who sits there now.
func TestWhatOneAskedForIsNotTheOthersAnswer(t *testing.T) {
	d := openAt(t, 80, 24)
	late := d.app.desk.Do(func(context.Context) tea.Msg { return mineMsg{gone: "Ana is gone."} })
	d.press("f8", "ben\r", "2222\r")
	d.has("Ben · window 2")
	d.run(late)
	if d.left {
		t.Error("an answer to Ana ended Ben's terminal")
	}
}

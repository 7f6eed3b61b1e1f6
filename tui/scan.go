package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/scan"
	"wicket/tui/screen"
)

// listening is how far the terminal is with telling a scanner from a typist.
type listening struct {
	came  int                   // counts what was read: a pause after less is no pause
	timed int                   // what a pause is being waited for after
	quiet bool                  // nothing more came for long enough
	typed int                   // so many keys at the front of the queue are no scan
	tail  func(tea.KeyMsg) bool // what is still part of the scan before, if it comes next
}

// pauseMsg says that time has passed since the keyboard was read for the n-th time.
type pauseMsg int

// heard takes note of what was read.
func (l *listening) heard() { l.came, l.quiet = l.came+1, false }

// pause takes note that time has passed.
func (l *listening) pause(after pauseMsg) {
	if int(after) == l.came {
		l.quiet = true
	}
}

// scanned takes a scan off the front of the queue; wait is set where the keys there
// may become one. Otherwise the key in front is one like any other.
func (a *App) scanned() (code string, ok bool, wait tea.Cmd) {
	l := &a.listening
	if tail := l.tail; tail != nil {
		if l.tail = nil; tail(a.queue[0]) {
			if a.queue[0].Type == tea.KeyEnter {
				l.tail = scan.IsLineFeed
			}
			a.queue = a.queue[1:]
			return "", true, nil
		}
	}
	if l.typed > 0 {
		l.typed--
		return "", false, nil
	}
	code, n, verdict := scan.Ahead(a.queue)
	switch {
	case verdict == scan.Key:
		return "", false, nil
	case verdict == scan.Ended || verdict == scan.Whole && l.quiet:
		l.tail = scan.IsLineFeed
		if !scan.IsEnd(a.queue[n-1]) {
			l.tail = scan.IsEnd // late, it must not answer what is on screen
		}
		a.queue = a.queue[n:]
		return code, true, nil
	case l.quiet:
		l.typed = len(a.queue) - 1
		return "", false, nil
	}
	return "", false, a.waitFor(verdict.Wait())
}

// waitFor asks to be told when nothing came for a while.
func (a *App) waitFor(gap time.Duration) tea.Cmd {
	l := &a.listening
	if l.timed == l.came {
		return nop
	}
	l.timed = l.came
	return a.after(gap, pauseMsg(l.came))
}

func nop() tea.Msg { return nil }

// after returns msg once some time has passed.
func after(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}

// scan gives a scan to the screen in front. An overlay asks for something else: it
// gets nothing of it.
func (a *App) scan(code string) tea.Cmd {
	switch {
	case code == "" || a.tooSmall() || a.cover != nil:
		return nil
	case a.desk.Overlays.Top() != nil:
		a.word = "That was a ticket's barcode. This has to be answered or closed first."
		return nil
	}
	return a.screens[a.front].Update(screen.ScanMsg{Code: code})
}

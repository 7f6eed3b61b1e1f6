package tui

import (
	"fmt"
	"strings"
	"time"

	"wicket/boxoffice"
	"wicket/tui/screen"
)

// leastW and leastH are what a terminal needs.
const leastW, leastH = 80, 24

func (a *App) tooSmall() bool { return a.w < leastW || a.h < leastH }

// View draws the terminal; the same picture as before where nothing changed. Where
// Wicket paints the terminal itself, there is nothing for Bubble Tea to draw.
func (a *App) View() string {
	if a.painter != nil {
		a.paint()
		return ""
	}
	a.redraw()
	return a.view
}

// redraw brings the view up to date.
func (a *App) redraw() {
	if a.drawn == a.version {
		return
	}
	a.view, a.drawn = a.draw(), a.version
	if a.closing != nil && !a.tooSmall() {
		a.view = a.drawClosing(a.view)
	}
	a.seen = a.moment()
}

// paint gives the painter the view, where it is another one and the painter ready.
func (a *App) paint() {
	if a.drawn != a.version && !a.early() && a.painter.ready() {
		a.begun = true
		before, now := a.view, size{a.w, a.h}
		a.redraw()
		if whole := now != a.painted; whole || a.view != before {
			a.painted = now
			a.painter.paint(frame{a.view, whole})
		}
	}
	if a.fed {
		a.fed = false
		select {
		case a.shown <- struct{}{}:
		default:
		}
	}
}

// early reports whether what the first view is made of is still being read. After a
// moment without it, it is painted as it is.
func (a *App) early() bool {
	const moment = 500 * time.Millisecond
	return !a.begun && a.w > 0 && !a.tooSmall() && a.screens[a.front].Busy() && a.desk.Now().Sub(a.touched) < moment
}

// moment is what of a view changes by itself as time passes, on any screen.
type moment struct {
	minute  string
	trouble string
}

func (a *App) moment() moment { return moment{a.desk.TimeOf(a.desk.Now()), a.desk.Trouble()} }

// calm reports whether nothing stands in front of the screen or waits for it.
func (a *App) calm() bool {
	return a.desk.Overlays.Top() == nil && a.cover == nil && len(a.notices) == 0 && len(a.queue) == 0 && a.closing == nil
}

// still reports whether a second that has passed since a version of the view, which
// is the one that was drawn, has changed nothing on screen.
func (a *App) still(since uint64) bool {
	front, ok := a.screens[a.front].(interface{ Still() bool })
	return ok && front.Still() && a.drawn == since && a.calm() && a.seen == a.moment()
}

func (a *App) draw() string {
	if a.w < 1 || a.h < 1 {
		return ""
	}
	if a.tooSmall() {
		return a.drawSmall()
	}
	if a.cover != nil {
		return a.drawCover()
	}
	top := a.desk.Overlays.Top()
	notices := a.noticeLines(a.w)
	if top != nil && top.Whole() {
		lines := a.withNotices(top.Lines(a.w, a.h-1-len(notices)), notices)
		for len(lines) < a.h-1 {
			lines = append(lines, "")
		}
		foot := a.desk.Hints(a.w, top.Keys())
		if a.word != "" {
			foot = a.desk.Note(a.w, a.word, true)
		}
		return screen.Fit(append(lines[:a.h-1], foot), a.h)
	}
	view := a.screens[a.front].View(a.w, a.h-len(notices))
	if len(notices) > 0 {
		view = strings.Join(a.withNotices(strings.Split(view, "\n"), notices), "\n")
	}
	if top == nil {
		return view
	}
	return a.drawBand(view, top)
}

// drawBand lays an overlay over the foot of a view.
func (a *App) drawBand(view string, top screen.Overlay) string {
	lines := strings.Split(view, "\n")
	band := append([]string{a.desk.Rule(a.w, ""), a.desk.Note(a.w, a.word, true)}, top.Lines(a.w, a.h/2)...)
	band = append(band, "")
	from := max(0, len(lines)-max(len(band), 5))
	for i := from; i < len(lines); i++ {
		lines[i] = ""
		if i-from < len(band) {
			lines[i] = band[i-from]
		}
	}
	return strings.Join(lines, "\n")
}

// drawSmall says what the terminal needs.
func (a *App) drawSmall() string {
	words := fmt.Sprintf("Wicket needs %d by %d cells; this window has %d by %d. Make it larger. Nothing is lost.", leastW, leastH, a.w, a.h)
	lines := screen.Wrap(words, max(1, a.w-2), a.h)
	for i, l := range lines {
		lines[i] = boxoffice.Shorten(" "+l, a.w)
	}
	return screen.Fit(lines, a.h)
}

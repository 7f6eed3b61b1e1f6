package tui

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/tui/screen/screentest"
	"wicket/tui/theme"
	"wicket/tui/tuitest/emulator"
)

func TestPainterSendsWhatChanged(t *testing.T) {
	var p painter
	for _, step := range []struct {
		f    frame
		want string
	}{
		{frame{"one\ntwo\nthree", true}, "\x1b[2J\x1b[1;1Hone\x1b[2;1Htwo\x1b[3;1Hthree"},
		{frame{"one\ntwo\nthree", false}, ""},
		{frame{"one\n2\nthree", false}, "\x1b[2;1H\x1b[K2"},
		{frame{"one\n\nthree", false}, "\x1b[2;1H\x1b[K"},
		{frame{"one\ntwo\nthree", false}, "\x1b[2;1Htwo"},
		{frame{"one\ntwo\nthree", true}, "\x1b[2J\x1b[1;1Hone\x1b[2;1Htwo\x1b[3;1Hthree"},
	} {
		if got := string(p.changes(step.f)); got != step.want {
			t.Errorf("for %q it sends %q, want %q", step.f.view, got, step.want)
		}
	}
}

// TestPainterPaintsTheLastView: what is refused while it rests is asked for once it
// has, and a terminal on which nothing changes gets nothing.
func TestPainterPaintsTheLastView(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := newPainter(&out)
		ctx, stop := context.WithCancel(t.Context())
		asked := make(chan struct{})
		over := make(chan struct{})
		go func() {
			defer close(over)
			p.work(ctx, false, func() { asked <- struct{}{} })
		}()
		if p.ready() {
			t.Error("it paints before what a screen first asks for is here")
		}
		<-asked
		for i := range 5 {
			if !p.ready() {
				t.Fatal("it asks for a view and does not take it")
			}
			p.paint(frame{strings.Repeat("x", i+1), false})
			if p.ready() {
				t.Error("it takes a second view at once")
			}
			before := time.Now()
			<-asked
			if waited := time.Since(before); waited != rest {
				t.Errorf("it rests for %v", waited)
			}
		}
		painted := out.Len()
		<-time.After(time.Hour) // of the bubble
		if out.Len() != painted {
			t.Error("it writes though nothing has changed")
		}
		stop()
		<-over
		if got := out.String(); !strings.HasPrefix(got, beginPainting) || !strings.HasSuffix(got, "xxxxx"+endPainting) {
			t.Errorf("it left %q", got)
		}
	})
}

// TestAWindowIsPaintedAnew: one that was small for a moment has lost what it showed,
// though its size is the same again.
func TestAWindowIsPaintedAnew(t *testing.T) {
	d := openAt(t, 80, 24)
	p := newPainter(io.Discard)
	d.app.painter, p.working = p, false
	for range 2 {
		d.app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.app.View()
		select {
		case f := <-p.views:
			if !f.whole {
				t.Error("only what changed is painted")
			}
		default:
			t.Error("nothing is painted")
		}
		p.working = false
	}
}

// typist reads keys to a program, one when the terminal shows what comes before it.
type typist struct {
	keys chan byte
}

func (k *typist) Read(p []byte) (int, error) {
	b, ok := <-k.keys
	if !ok {
		return 0, io.EOF
	}
	p[0] = b
	return 1, nil
}

// glass is a terminal that what is painted can be seen on.
type glass struct {
	show func(text string)
	term *emulator.Terminal
}

func (g *glass) Write(b []byte) (int, error) {
	n, err := g.term.Write(b)
	g.show(g.term.Screen().Text())
	return n, err
}

// TestATerminalElsewhereIsPainted: what Wicket paints itself is what it draws, and a
// sale goes through it key by key.
func TestATerminalElsewhereIsPainted(t *testing.T) {
	h := screentest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	keys := &typist{make(chan byte, 8)}
	steps := []struct{ shows, press string }{
		{"Type how many", "2a\r"}, {"✓ Took ", "\r"}, {"To pay", "\r"}, {"✓ Sold 2 tickets", ""},
	}
	at, last := 0, ""
	g := &glass{term: emulator.New(100, 30), show: func(text string) {
		last = text
		if at < len(steps) && strings.Contains(text, steps[at].shows) {
			for _, b := range []byte(steps[at].press) {
				keys.keys <- b
			}
			if at++; at == len(steps) {
				stop()
			}
		}
	}}
	app := New(Options{
		Office: h, Feed: h, Actor: h.Actor(), Staff: h.Staff(), House: h.Settings(), Clock: h.Clock,
		Theme: theme.New(io.Discard, theme.Look{}), Out: g,
	})
	app.w, app.h = 100, 30
	if err := app.Run(ctx, tea.WithInput(keys), tea.WithOutput(g)); err != nil {
		t.Fatal(err)
	}
	close(keys.keys)
	if at != len(steps) {
		t.Errorf("it got as far as step %d:\n%s", at, last)
	}
	if s := g.term.Screen(); s.Alternate || s.CursorHidden || s.BracketedPaste {
		t.Error("it left the terminal as it was while it showed")
	}
	if len(g.term.Unknown()) > 0 {
		t.Errorf("a terminal does not know %v", g.term.Unknown())
	}
}

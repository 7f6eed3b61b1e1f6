package tui

import (
	"context"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// painter writes views to a terminal that is not this machine's own: the lines that
// changed, at once, and then nothing for a moment. It has no clock that ticks while
// nothing changes, and keeps one view. It takes the place of Bubble Tea's renderer,
// of which hundreds in one process cost more than all they draw.
type painter struct {
	out   io.Writer
	views chan frame // has one while it works

	mu      sync.Mutex
	working bool // it paints, or rests from it
	owed    bool // a view was refused meanwhile

	last string // what stands on the terminal; of its own goroutine
}

// frame is a view to paint; whole, where nothing can be taken from the last.
type frame struct {
	view  string
	whole bool
}

func newPainter(out io.Writer) *painter {
	return &painter{out: out, views: make(chan frame, 1), working: true}
}

// rest is how long it waits after a view, for what comes meanwhile to be painted
// together; firstRest before the first.
const (
	rest      = time.Second / frames
	firstRest = 80 * time.Millisecond
)

const (
	beginPainting = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l" // own screen, no cursor, pastes marked, no wrapping
	endPainting   = "\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l"
	beginMouse    = "\x1b[?1002h\x1b[?1006h"
	endMouse      = "\x1b[?1006l\x1b[?1002l"
	clearAll      = "\x1b[2J"
	clearLine     = "\x1b[K"
)

// ready reports whether a view would be painted now. Where not, it is asked for
// once it would.
func (p *painter) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.owed = p.working
	return !p.working
}

// paint takes a view; the painter is ready.
func (p *painter) paint(f frame) {
	p.mu.Lock()
	p.working, p.owed = true, false
	p.mu.Unlock()
	p.views <- f
}

// work paints until ctx ends, and asks for another view where one was refused. The
// last view is left to who watches it end.
func (p *painter) work(ctx context.Context, mouse bool, ask func()) {
	begin, end := beginPainting, endPainting
	if mouse {
		begin, end = begin+beginMouse, endMouse+end
	}
	_, _ = io.WriteString(p.out, begin)
	defer func() { _, _ = io.WriteString(p.out, end) }()
	// It begins with a rest: what a screen first asks for is here by then, and is
	// painted once.
	pause := time.NewTimer(firstRest)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		p.mu.Lock()
		owed := p.owed
		p.working, p.owed = false, false
		p.mu.Unlock()
		if owed {
			ask()
		}
		select {
		case <-ctx.Done():
			return
		case f := <-p.views:
			if changes := p.changes(f); len(changes) > 0 {
				_, _ = p.out.Write(changes)
			}
			pause.Reset(rest)
		}
	}
}

// changes returns what makes the terminal show a frame.
func (p *painter) changes(f frame) []byte {
	last := p.last
	p.last = f.view
	if f.view == last && !f.whole {
		return nil
	}
	b := make([]byte, 0, 1024)
	if f.whole {
		b, last = append(make([]byte, 0, len(f.view)+512), clearAll...), ""
	}
	rest, more, before := f.view, true, ""
	for row := 1; more; row++ {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		before, last, _ = strings.Cut(last, "\n")
		if line == before {
			continue
		}
		b = append(b, "\x1b["...)
		b = strconv.AppendInt(b, int64(row), 10)
		b = append(b, ";1H"...)
		if before != "" {
			b = append(b, clearLine...)
		}
		b = append(b, line...)
	}
	return b
}

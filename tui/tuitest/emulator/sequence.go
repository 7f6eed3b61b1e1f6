package emulator

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

func fill(cells []Cell, with Cell) {
	for i := range cells {
		cells[i] = with
	}
}

// control carries out a control character.
func (t *Terminal) control(b byte) {
	switch b {
	case '\r':
		t.x, t.wrapDue = 0, false
	case '\n', '\v', '\f':
		t.lineFeed()
	case '\b':
		t.moveTo(t.x-1, t.y)
	case '\t':
		t.moveTo((t.x/8+1)*8, t.y)
	case '\a', 0:
	default:
		t.strange(fmt.Sprintf("control %#02x", b))
	}
}

func (t *Terminal) escape(cmd ansi.Cmd) {
	switch cmd.Final() {
	case '7':
		t.saved = cursor{t.x, t.y, t.pen}
	case '8':
		t.restore(t.saved)
	case 'D':
		t.lineFeed()
	case 'E':
		t.x = 0
		t.lineFeed()
	case 'M':
		if t.y == t.top {
			t.scroll(t.top, -1)
		} else {
			t.moveTo(t.x, t.y-1)
		}
	case 'c':
		fresh := New(t.w, t.h)
		fresh.Answers, fresh.asked, fresh.unknown, fresh.parser = t.Answers, t.asked, t.unknown, t.parser
		t.lines, t.main, t.pen, t.x, t.y, t.top, t.bottom = fresh.lines, nil, Style{}, 0, 0, 0, t.h
	case '\\', '=', '>', 'B': // string end, keypads, ASCII: nothing to see
	default:
		t.strange("ESC " + string(cmd.Final()))
	}
}

func (t *Terminal) restore(c cursor) {
	t.pen = c.pen
	t.moveTo(c.x, c.y)
}

// csi carries out a control sequence.
func (t *Terminal) csi(cmd ansi.Cmd, params ansi.Params) {
	// n returns the i-th parameter; missing and zero count as one.
	n := func(i int) int {
		v, _, _ := params.Param(i, 1)
		return max(1, v)
	}
	mode, _, _ := params.Param(0, 0)
	switch {
	case cmd.Prefix() == '?' && (cmd.Final() == 'h' || cmd.Final() == 'l'):
		params.ForEach(0, func(_, p int, _ bool) { t.privateMode(p, cmd.Final() == 'h') })
		return
	case cmd.Prefix() == '>' && cmd.Final() == 'q':
		t.answer("identity", "\x1bP>|emulator\x1b\\")
		return
	case cmd.Prefix() != 0 || cmd.Intermediate() != 0:
		t.strangeCSI(cmd)
		return
	}
	switch cmd.Final() {
	case 'm':
		t.sgr(params)
	case 'A':
		t.moveUpDown(-n(0))
	case 'B', 'e':
		t.moveUpDown(n(0))
	case 'C', 'a':
		t.moveTo(t.x+n(0), t.y)
	case 'D':
		t.moveTo(t.x-n(0), t.y)
	case 'E':
		t.moveTo(0, t.y+n(0))
	case 'F':
		t.moveTo(0, t.y-n(0))
	case 'G', '`':
		t.moveTo(n(0)-1, t.y)
	case 'd':
		t.moveTo(t.x, n(0)-1)
	case 'H', 'f':
		t.moveTo(n(1)-1, n(0)-1)
	case 'J':
		t.eraseDisplay(mode)
	case 'K':
		switch mode {
		case 0:
			t.erase(t.y, t.x, t.w)
		case 1:
			t.erase(t.y, 0, t.x+1)
		case 2:
			t.erase(t.y, 0, t.w)
		}
	case 'X':
		t.erase(t.y, t.x, t.x+n(0))
	case 'L', 'M':
		if t.top <= t.y && t.y < t.bottom {
			lines := n(0)
			if cmd.Final() == 'L' {
				lines = -lines
			}
			t.scroll(t.y, lines)
		}
	case 'S':
		t.scroll(t.top, n(0))
	case 'T':
		t.scroll(t.top, -n(0))
	case 'P':
		line := t.lines[t.y]
		k := min(n(0), t.w-t.x)
		copy(line[t.x:], line[t.x+k:])
		fill(line[t.w-k:], t.erased())
		mend(line)
	case '@':
		line := t.lines[t.y]
		k := min(n(0), t.w-t.x)
		copy(line[t.x+k:], line[t.x:])
		fill(line[t.x:t.x+k], t.erased())
		mend(line)
	case 'r':
		bottom, _, _ := params.Param(1, t.h)
		if top := n(0) - 1; top < bottom && bottom <= t.h {
			t.top, t.bottom = top, bottom
			t.moveTo(0, 0)
		}
	case 's':
		t.saved = cursor{t.x, t.y, t.pen}
	case 'u':
		t.restore(t.saved)
	case 'n':
		switch mode {
		case 5:
			t.answer("status", "\x1b[0n")
		case 6:
			t.answer("cursor", fmt.Sprintf("\x1b[%d;%dR", t.y+1, t.x+1))
		}
	case 'c':
		t.answer("identity", "\x1b[?62;22c")
	case 't': // window operations: nobody's window is ours
	default:
		t.strangeCSI(cmd)
	}
}

func (t *Terminal) strangeCSI(cmd ansi.Cmd) {
	var b strings.Builder
	b.WriteString("CSI ")
	for _, c := range []byte{cmd.Prefix(), cmd.Intermediate(), cmd.Final()} {
		if c != 0 {
			b.WriteByte(c)
		}
	}
	t.strange(b.String())
}

func (t *Terminal) eraseDisplay(mode int) {
	switch mode {
	case 0:
		t.erase(t.y, t.x, t.w)
		for y := t.y + 1; y < t.h; y++ {
			t.erase(y, 0, t.w)
		}
	case 1:
		for y := range t.y {
			t.erase(y, 0, t.w)
		}
		t.erase(t.y, 0, t.x+1)
	case 2, 3:
		for y := range t.h {
			t.erase(y, 0, t.w)
		}
	}
}

func (t *Terminal) privateMode(mode int, on bool) {
	switch mode {
	case 25:
		t.hidden = !on
	case 2004:
		t.paste = on
	case 47, 1047, 1049:
		t.alternate(on)
	case 7:
		t.noWrap = !on
	case 1, 12, 1000, 1002, 1003, 1004, 1006, 1015, 2026, 2027: // keys, mouse, focus: nothing to see
	default:
		t.strange(fmt.Sprintf("mode %d", mode))
	}
}

func (t *Terminal) alternate(on bool) {
	switch {
	case on && t.main == nil:
		t.main, t.mainCur = t.lines, cursor{t.x, t.y, t.pen}
		t.lines = t.empty()
	case !on && t.main != nil:
		t.lines, t.main = t.main, nil
		t.restore(t.mainCur)
	}
}

// osc carries out an operating system command: «0;title».
func (t *Terminal) osc(cmd int, data []byte) {
	_, rest, _ := strings.Cut(string(data), ";")
	switch cmd {
	case 0, 2:
		t.title = rest
	case 10:
		if rest == "?" {
			t.answer("colours", "\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\")
		}
	case 11:
		if rest == "?" {
			t.answer("colours", "\x1b]11;rgb:1616/1818/2020\x1b\\")
		}
	case 1, 7, 8, 12, 52, 104, 110, 111, 112: // icon, folder, link, clipboard, colours back
	default:
		t.strange(fmt.Sprintf("OSC %d", cmd))
	}
}

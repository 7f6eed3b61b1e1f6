package sshd_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"wicket/tui/sshd"
)

// whoami is the one command of the house.
func whoami(ctx context.Context, at sshd.Visit, args []string, stdout, stderr io.Writer) int {
	switch args[0] {
	case "whoami":
		fmt.Fprintln(stdout, at.Staff.Name)
		return 0
	case "wait":
		fmt.Fprintln(stdout, "waiting")
		<-ctx.Done()
		return 0
	case "panic":
		panic("a mistake")
	}
	fmt.Fprintf(stderr, "no command %q\n", args)
	return 3
}

func TestCommands(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Command = whoami })
	ana := h.directory.employ(1, "Ana")
	for _, c := range []struct {
		command, out, err string
		pty               bool
		code              int
	}{
		{command: "whoami", out: "Ana\n"},
		{command: "whoami", out: "Ana\r\n", pty: true},
		{command: `sell "two words" it\'s`, err: `no command ["sell" "two words" "it's"]`, code: 3},
		{command: `sell "open`, err: "a quote in it is open", code: 2},
		{command: " ", err: "does not understand", code: 2},
		{command: "panic", err: "mistake", code: 1},
	} {
		t.Run(c.command, func(t *testing.T) {
			s := h.visit(t, ana).session()
			var out, said strings.Builder
			s.Stdout, s.Stderr = &out, &said
			if c.pty {
				if err := s.RequestPty("xterm", 24, 80, nil); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Start(c.command); err != nil {
				t.Fatal(err)
			}
			if code := s.code(); code != c.code {
				t.Errorf("exit %d, not %d", code, c.code)
			}
			if out.String() != c.out || !strings.Contains(said.String(), c.err) {
				t.Errorf("out %q, err %q", out.String(), said.String())
			}
		})
	}
}

// TestACommandEndsWithItsLine: one that nobody waits for any more is not left.
func TestACommandEndsWithItsLine(t *testing.T) {
	h := newHouse(t, func(o *sshd.Options) { o.Command = whoami })
	g := h.visit(t, h.directory.employ(1, "Ana"))
	s := g.session()
	out, _ := s.StdoutPipe()
	said := transcribe(out)
	if err := s.Start("wait"); err != nil {
		t.Fatal(err)
	}
	said.wait(t, "waiting")
	if n := h.Stats().Commands; n != 1 {
		t.Errorf("%d commands", n)
	}
	_ = g.Close()
	h.log.wait(t, `command=wait why="line dropped"`)
}

// TestWithoutATerminalIsAWord, and so is a command where none are taken.
func TestWithoutATerminalIsAWord(t *testing.T) {
	h := newHouse(t, nil)
	ana := h.directory.employ(1, "Ana")
	s := h.visit(t, ana).session()
	var said strings.Builder
	s.Stderr = &said
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	if code := s.code(); code != 2 || !strings.Contains(said.String(), "ssh -t") {
		t.Errorf("exit %d, told %q", code, said.String())
	}
	s = h.visit(t, ana).session()
	said.Reset()
	s.Stderr = &said
	if err := s.Start("sales"); err != nil {
		t.Fatal(err)
	}
	if code := s.code(); code != 2 || !strings.Contains(said.String(), "no commands") {
		t.Errorf("exit %d, told %q", code, said.String())
	}
}

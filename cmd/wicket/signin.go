package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"wicket/boxoffice"
)

// tries is how often a name and PIN are asked for.
const tries = 3

// seat is where somebody works: --terminal and --drawer.
type seat struct{ terminal, drawer string }

// actor is the person at the seat. A seat without a name is the line it is on, and
// has the drawer of its own name.
func (s seat) actor(staff boxoffice.Staff) boxoffice.Actor {
	name := boxoffice.Shorten(boxoffice.Clean(s.terminal), 30)
	if name == "" {
		name = lineName()
	}
	drawer := boxoffice.Shorten(boxoffice.Clean(s.drawer), 30)
	if drawer == "" {
		drawer = name
	}
	return boxoffice.Actor{Staff: staff.ID, Terminal: name, Drawer: drawer, Channel: boxoffice.Window}
}

// lineName names the terminal by the machine and its line: «kassa-pts3».
func lineName() string {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "window"
	}
	host, _, _ = strings.Cut(host, ".")
	if tty, err := os.Readlink("/proc/self/fd/0"); err == nil && strings.HasPrefix(tty, "/dev/") {
		host += "-" + strings.ReplaceAll(strings.TrimPrefix(filepath.Clean(tty), "/dev/"), "/", "")
	}
	return boxoffice.Shorten(boxoffice.Clean(host), 30)
}

// signIn asks who is there and returns them. --staff and WICKET_PIN answer before
// anybody is asked; who has no PIN is not asked for one.
func (p *program) signIn(ctx context.Context, h *house) (boxoffice.Staff, error) {
	pin := p.env("WICKET_PIN")
	for try := 1; ; try++ {
		name := p.staff
		if name == "" {
			var err error
			if name, err = p.ask("Name: "); err != nil {
				return boxoffice.Staff{}, errors.New("say who you are with --staff NAME")
			}
		}
		staff, err := h.office.SignIn(ctx, name, pin)
		if err == nil || boxoffice.KindOf(err) != boxoffice.KindInvalid || pin != "" || !p.hasTerminal() {
			return staff, err
		}
		// The name alone was not enough.
		typed, err := p.askPIN("PIN: ")
		if err != nil {
			return boxoffice.Staff{}, err
		}
		if staff, err = h.office.SignIn(ctx, name, typed); err == nil || boxoffice.KindOf(err) != boxoffice.KindInvalid || try == tries {
			return staff, err
		}
		fmt.Fprintln(p.err, boxoffice.Clean(err.Error()))
	}
}

// hasTerminal reports whether a person can answer.
func (p *program) hasTerminal() bool { return term.IsTerminal(int(p.in.Fd())) }

// ask reads one line from the terminal.
func (p *program) ask(prompt string) (string, error) {
	if !p.hasTerminal() {
		return "", errors.New("there is no terminal to ask at")
	}
	fmt.Fprint(p.err, prompt)
	line, err := bufio.NewReader(p.in).ReadString('\n')
	if err != nil && (!errors.Is(err, io.EOF) || line == "") {
		return "", fmt.Errorf("read the answer: %w", err)
	}
	return boxoffice.Clean(line), nil
}

// askPIN reads a PIN without showing it.
func (p *program) askPIN(prompt string) (string, error) {
	if !p.hasTerminal() {
		return "", errors.New("there is no terminal to ask for a PIN at; set WICKET_PIN")
	}
	fmt.Fprint(p.err, prompt)
	pin, err := term.ReadPassword(int(p.in.Fd()))
	fmt.Fprintln(p.err)
	if err != nil {
		return "", fmt.Errorf("read the PIN: %w", err)
	}
	return strings.TrimSpace(string(pin)), nil
}

// newPIN returns the PIN for somebody new: WICKET_PIN, or typed twice. Without
// either it is empty: who has no PIN signs in by name alone.
func (p *program) newPIN(name string) (string, error) {
	if pin := p.env("WICKET_PIN"); pin != "" {
		return pin, nil
	}
	if !p.hasTerminal() {
		return "", nil
	}
	pin, err := p.askPIN("PIN for " + boxoffice.Clean(name) + " (4 to 12 digits, Enter for none): ")
	if err != nil || pin == "" {
		return "", err
	}
	again, err := p.askPIN("The same again: ")
	if err != nil {
		return "", err
	}
	if again != pin {
		return "", errors.New("the two PINs differ; nothing was changed")
	}
	return pin, nil
}

// sameName reports whether two names are one, whatever their case.
func sameName(a, b string) bool {
	return strings.EqualFold(boxoffice.Clean(a), boxoffice.Clean(b))
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"wicket/boxoffice"
	"wicket/tui/setup"
	"wicket/tui/theme"
)

// seat is where somebody works: --terminal and --drawer.
type seat struct{ terminal, drawer string }

// actor is the person at the seat. A seat without a name is the line it is on; one
// without a drawer has the drawer of its own name.
func (s seat) actor(staff boxoffice.Staff) boxoffice.Actor {
	name := s.name()
	drawer := boxoffice.Shorten(boxoffice.Clean(s.drawer), 30)
	if drawer == "" {
		drawer = name
	}
	return boxoffice.Actor{Staff: staff.ID, Terminal: name, Drawer: drawer, Channel: boxoffice.Window}
}

// name is the seat's name.
func (s seat) name() string {
	if name := boxoffice.Shorten(boxoffice.Clean(s.terminal), 30); name != "" {
		return name
	}
	return lineName()
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

// errLeft says that somebody left before anything was done.
var errLeft = errors.New("left")

// signIn asks who is there and returns them; errLeft where they go again. --staff
// and WICKET_PIN answer before anybody is asked, and who has no PIN is not asked
// for one.
func (p *program) signIn(ctx context.Context, h *house, terminal string) (boxoffice.Staff, error) {
	if p.staff != "" {
		return p.signInAs(ctx, h, terminal, p.staff)
	}
	settings, err := h.office.House(ctx)
	if err != nil {
		return boxoffice.Staff{}, err
	}
	all, err := h.office.AllStaff(ctx)
	if err != nil {
		return boxoffice.Staff{}, err
	}
	screen := setup.NewSignIn(theme.FromEnv(p.environ, p.screen()), settings.Name, all, func(ctx context.Context, name, pin string) (boxoffice.Staff, error) {
		return h.office.SignIn(ctx, terminal, name, pin)
	})
	staff, ok, err := setup.RunSignIn(ctx, screen)
	if err == nil && !ok {
		err = errLeft
	}
	return staff, err
}

// signInAs signs a named person in; their PIN comes from WICKET_PIN or is asked
// for on one line, unless they have none.
func (p *program) signInAs(ctx context.Context, h *house, terminal, name string) (boxoffice.Staff, error) {
	pin := p.env("WICKET_PIN")
	known, err := h.office.PersonByName(ctx, name)
	if err != nil && !boxoffice.IsNotFound(err) {
		return boxoffice.Staff{}, err
	}
	if pin == "" && (err != nil || known.PIN != "") {
		if pin, err = p.askPIN(ctx, "PIN of "+boxoffice.Clean(name)+": "); err != nil {
			return boxoffice.Staff{}, err
		}
	}
	return h.office.SignIn(ctx, terminal, name, pin)
}

// hasTerminal reports whether a person can answer.
func (p *program) hasTerminal() bool { return term.IsTerminal(int(p.in.Fd())) }

// askPIN reads a PIN without showing it.
func (p *program) askPIN(ctx context.Context, prompt string) (string, error) {
	if !p.hasTerminal() {
		return "", errors.New("there is no terminal to ask for a PIN at; set WICKET_PIN")
	}
	fmt.Fprint(p.err, prompt)
	shown, err := term.GetState(int(p.in.Fd()))
	if err != nil {
		return "", fmt.Errorf("read the PIN: %w", err)
	}
	var pin []byte
	read := make(chan error, 1)
	go func() { // it ends with the line, or with the program
		var err error
		pin, err = term.ReadPassword(int(p.in.Fd()))
		read <- err
	}()
	select {
	case err = <-read:
	case <-ctx.Done():
		err = errors.Join(ctx.Err(), term.Restore(int(p.in.Fd()), shown))
	}
	fmt.Fprintln(p.err)
	if err != nil {
		return "", fmt.Errorf("read the PIN: %w", err)
	}
	return strings.TrimSpace(string(pin)), nil
}

// newPIN returns the PIN for somebody new: WICKET_PIN, or typed twice. Without
// either it is empty: who has no PIN signs in by name alone.
func (p *program) newPIN(ctx context.Context, name string) (string, error) {
	if pin := p.env("WICKET_PIN"); pin != "" {
		return pin, nil
	}
	if !p.hasTerminal() {
		return "", nil
	}
	pin, err := p.askPIN(ctx, "PIN for "+boxoffice.Clean(name)+" (4 to 12 digits, Enter for none): ")
	if err != nil || pin == "" {
		return "", err
	}
	again, err := p.askPIN(ctx, "The same again: ")
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

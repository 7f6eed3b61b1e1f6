package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
	"wicket/tui"
	"wicket/tui/sshd"
	"wicket/tui/theme"
)

// service is a house that is being served.
type service struct {
	program  *program
	house    *house
	ssh      *sshd.Server
	post     post
	channel  boxoffice.Channel
	common   *tui.Common
	look     tuiOptions
	log      *slog.Logger
	draining atomic.Bool
	backups  *schedule // nil where none are made
}

// lookUp bounds what a visit asks of the house before it begins.
const lookUp = 5 * time.Second

// directory answers the server from the house's staff.
type directory struct{ office *boxoffice.Office }

// StaffByKey implements [sshd.Directory].
func (d directory) StaffByKey(ctx context.Context, fingerprint string) (boxoffice.Staff, error) {
	return d.office.StaffByKey(ctx, fingerprint)
}

// StaffByPrincipal implements [sshd.Directory].
func (d directory) StaffByPrincipal(ctx context.Context, principals []string) (boxoffice.Staff, error) {
	return d.office.StaffByPrincipal(ctx, principals)
}

// RevokedKey implements [sshd.Directory].
func (d directory) RevokedKey(ctx context.Context, fingerprint string) (bool, error) {
	return d.office.RevokedKey(ctx, fingerprint)
}

// Authorities implements [sshd.Directory].
func (d directory) Authorities(ctx context.Context) ([][]byte, error) {
	all, err := d.office.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	keys := make([][]byte, len(all))
	for i, a := range all {
		keys[i] = a.Public
	}
	return keys, nil
}

// actor is the visitor at work. Terminals change their number with every visit;
// the drawer is the person's own.
func (s *service) actor(at sshd.Visit) boxoffice.Actor {
	return boxoffice.Actor{Staff: at.Staff.ID, Terminal: at.Terminal, Drawer: boxoffice.Shorten("ssh "+boxoffice.Clean(at.Staff.Name), 30), Channel: s.channel}
}

// open makes a visitor's terminal.
func (s *service) open(at sshd.Visit) (sshd.Terminal, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lookUp)
	defer cancel()
	if err := s.stillIn(ctx, at); err != nil {
		return nil, err
	}
	settings, err := s.house.office.House(ctx)
	if err != nil {
		return nil, err
	}
	return &terminal{out: at.Out, app: tui.New(tui.Options{
		Office: s.house.office, Feed: s.house.feed, Actor: s.actor(at), Staff: at.Staff, House: settings,
		Theme: theme.FromEnv(at.Environ, at.Out), Clock: s.program.clock, Logger: s.log, StoreState: s.house.state,
		StillMine: func(ctx context.Context) error { return s.stillIn(ctx, at) }, Bell: at.Out,
		Out: at.Out, Common: s.common, LockAfter: s.look.lockAfter(),
	})}, nil
}

// stillIn asks again whether a visitor may be here, now that the server knows of
// them: what was revoked since they proved their key ends them itself.
func (s *service) stillIn(ctx context.Context, at sshd.Visit) error {
	door, err := s.readDoor(ctx)
	if err != nil {
		return err
	}
	if words := door.shut(at); words != "" {
		return errors.New(words)
	}
	return nil
}

// command carries out the words of a visitor: reports, nothing that changes.
func (s *service) command(ctx context.Context, at sshd.Visit, args []string, stdout, stderr io.Writer) int {
	p := &program{out: stdout, err: stderr, clock: s.program.clock, guest: &guest{s.house, s.actor(at)}}
	if err := s.stillIn(ctx, at); err != nil {
		p.complain(err.Error())
		return codeRefused
	}
	if len(args) > 0 {
		args[0] = strings.TrimLeft(args[0], "_") // the command library has hidden words of its own
	}
	return p.run(ctx, args)
}

// terminal is a counter over SSH.
type terminal struct {
	app  *tui.App
	out  io.Writer
	told atomic.Bool // that the server closes
}

// Run implements [sshd.Terminal].
func (t *terminal) Run(ctx context.Context, options ...tea.ProgramOption) error {
	err := t.app.Run(ctx, append(options, tea.WithFilter(t.filter))...)
	if err == nil && t.told.Load() && ctx.Err() == nil {
		fmt.Fprint(t.out, "Wicket is closing. What was sold and held stands. Connect again in a few minutes.\r\n")
	}
	return err
}

// filter puts what the server says into the terminal's own words, and drops what
// would stop the whole process, with everybody in it.
func (t *terminal) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case sshd.ClosingMsg:
		t.told.Store(true)
		return tui.ClosingMsg{By: msg.By}
	case tea.SuspendMsg:
		return nil
	}
	return msg
}

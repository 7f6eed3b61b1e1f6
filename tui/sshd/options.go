package sshd

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wicket/boxoffice"
)

// Directory knows whose key is whose. It is asked when a key is offered and again
// when the session begins, so that what a manager changed holds at once.
type Directory interface {
	// StaffByKey returns the active person with the active key of this
	// fingerprint, «SHA256:…», or a *boxoffice.NotFoundError.
	StaffByKey(ctx context.Context, fingerprint string) (boxoffice.Staff, error)
	// StaffByPrincipal returns the one active person the principals of a
	// certificate name; an error where they name nobody, or two.
	StaffByPrincipal(ctx context.Context, principals []string) (boxoffice.Staff, error)
	// RevokedKey reports whether the key of this fingerprint was somebody's and is
	// revoked: no certificate brings it back.
	RevokedKey(ctx context.Context, fingerprint string) (bool, error)
	// Authorities returns the keys whose certificates are trusted, in wire form.
	Authorities(ctx context.Context) ([][]byte, error)
}

// Terminal is what one person sees: *tui.App.
type Terminal interface {
	// Run shows it until its user leaves or ctx ends. The options say where it
	// is; they come after its own.
	Run(ctx context.Context, options ...tea.ProgramOption) error
}

// Visit is one person at one terminal, or with one command.
type Visit struct {
	Staff       boxoffice.Staff
	Fingerprint string // of the key they proved
	Remote      string // address and port they came from
	Terminal    string // «ssh 3»: the lowest number that was free
	Environ     []string
	Width       int // 0 without a terminal
	Height      int
	Out         io.Writer // to their terminal; for its theme
	Since       time.Time
}

// Options is what a server works with. HostKey, Directory and Open are needed.
type Options struct {
	// Addr is where Serve listens if it is given no listener.
	Addr string
	// HostKey is the path of the server's own key. It is made on first start.
	HostKey string
	// Terminals is what the names of terminals begin with; «ssh » where empty. Two
	// servers on one house need different ones.
	Terminals string
	Directory Directory
	Limits    Limits
	Clock     boxoffice.Clock
	Logger    *slog.Logger
	// Open makes one person's terminal. It must not block.
	Open func(at Visit) (Terminal, error)
	// Command carries out `ssh host word word…` and returns the exit code. It ends
	// when ctx does. Without it, commands are refused.
	Command func(ctx context.Context, at Visit, args []string, stdout, stderr io.Writer) int
}

// Limits bound what others can take from the server. A zero is the default.
type Limits struct {
	Connections         int           // open at once (1024)
	Address             int           // … from one address (256)
	Handshakes          int           // open at once, without a key proved (128)
	AddressHandshakes   int           // … from one address (32)
	Handshake           time.Duration // to agree on keys, and later to ask for a terminal (15 s)
	Proof               time.Duration // to prove a key: a passphrase is typed in it (45 s)
	Failures            int           // in a row from one address until it is slowed down (10)
	Sessions            int           // at once of one person (8)
	Stall               time.Duration // that a reader may take nothing (30 s)
	Keepalive           time.Duration // between signs of life; three missed end the line (30 s)
	MaxWidth, MaxHeight int           // of a terminal, in cells (500 × 200)
}

func (l Limits) withDefaults() Limits {
	number := func(n *int, otherwise int) {
		if *n <= 0 {
			*n = otherwise
		}
	}
	span := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	number(&l.Connections, 1024)
	number(&l.Address, 256)
	number(&l.Handshakes, 128)
	number(&l.AddressHandshakes, 32)
	span(&l.Handshake, 15*time.Second)
	span(&l.Proof, 45*time.Second)
	number(&l.Failures, 10)
	number(&l.Sessions, 8)
	span(&l.Stall, 30*time.Second)
	span(&l.Keepalive, 30*time.Second)
	number(&l.MaxWidth, 500)
	number(&l.MaxHeight, 200)
	return l
}

func (o Options) withDefaults() (Options, error) {
	switch {
	case o.Directory == nil:
		return o, errors.New("a server without a directory of staff keys would be open to everybody")
	case o.Open == nil:
		return o, errors.New("a server needs terminals to open")
	case o.HostKey == "":
		return o, errors.New("a server needs a path for its host key")
	}
	o.Limits = o.Limits.withDefaults()
	o.Terminals = cmp.Or(o.Terminals, "ssh ")
	if o.Clock == nil {
		o.Clock = boxoffice.SystemClock{}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

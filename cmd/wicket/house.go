package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"wicket/boxoffice"
	"wicket/boxoffice/seating"
	"wicket/store"
	"wicket/sync/live"
	"wicket/sync/sweeper"
)

// house is an open house: its store, and what works on it.
type house struct {
	path   string
	store  boxoffice.Store
	office *boxoffice.Office
	feed   *live.Hub
	log    *slog.Logger

	keyless bool // the key of its barcodes is missing

	stop    context.CancelFunc
	workers sync.WaitGroup
	closers []func() error
}

// housePath says which file is the house: --house, WICKET_HOUSE, or a place of
// its own among the user's data. Of a link it is where that leads: the house's other
// files lie beside it by one name.
func (p *program) housePath() (string, error) {
	path, err := p.saidPath()
	if info, errLook := os.Lstat(path); err == nil && errLook == nil && info.Mode()&fs.ModeSymlink != 0 {
		if to, err := filepath.EvalSymlinks(path); err == nil {
			return to, nil
		}
	}
	return path, err
}

func (p *program) saidPath() (string, error) {
	if p.house != "" {
		return p.house, nil
	}
	if path := p.env("WICKET_HOUSE"); path != "" {
		return path, nil
	}
	data := p.env("XDG_DATA_HOME")
	if data == "" && runtime.GOOS == "windows" {
		data = p.env("LOCALAPPDATA")
	}
	if data == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", errors.New("name the house's file with --house: this account has no home folder")
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "wicket", "house.wicket"), nil
}

// openHouse opens the house there is. It makes nothing, not even a missing key.
func (p *program) openHouse(ctx context.Context) (*house, error) { return p.openThere(ctx, false) }

// openToSell opens the house there is for selling: a house that never sold a ticket
// gets its key where it has none; of one that did, it is said that the key is missing.
func (p *program) openToSell(ctx context.Context) (*house, error) {
	h, err := p.openThere(ctx, true)
	if err == nil && h.keyless {
		h.log.Warn("the key for barcodes is missing", "file", keyPath(h.path))
		p.complain(keylessWords(h.path))
	}
	return h, err
}

func (p *program) openThere(ctx context.Context, makeKey bool) (*house, error) {
	path, err := p.housePath()
	if err != nil {
		return nil, err
	}
	if err := unusable(path); err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil, noHouse(path)
	}
	if info, err := os.Stat(sumPath(path)); err == nil && info.Mode().IsRegular() { // it would not be what it was any more
		return nil, &fileError{fmt.Sprintf("%s is a backup, and was left as it is: its sum lies beside it\n  look at it elsewhere: wicket restore %s --house FILE", path, path), nil}
	}
	h, err := p.open(ctx, path, makeKey)
	if err != nil {
		return nil, err
	}
	if _, err := h.office.House(ctx); err != nil {
		h.close()
		if boxoffice.IsNotFound(err) {
			return nil, noHouse(path)
		}
		return nil, cannotOpen(path, err)
	}
	return h, nil
}

// noHouseError says that there is no house to open.
type noHouseError struct{ path string }

func (e *noHouseError) Error() string {
	return fmt.Sprintf("there is no house at %s\n  set one up: wicket house create --name NAME --manager NAME\n  or look around first: wicket demo", e.path)
}

// noHouse says that there is no house at path; where something of one lies beside it, that
// it has gone.
func noHouse(path string) error {
	if beside := remains(path); beside != "" {
		return &fileError{fmt.Sprintf("%s is not there, but %s is: the house was moved or deleted\n  put it back; if it is lost, keep what is left and bring the last backup back: wicket restore", path, beside), nil}
	}
	return &noHouseError{path}
}

// remains names a file that only a house leaves beside itself at path, if there is one.
func remains(path string) string {
	for _, ext := range []string{"-wal", ".key"} {
		if info, err := os.Stat(path + ext); err == nil && info.Size() > 0 {
			return filepath.Base(path) + ext
		}
	}
	return ""
}

// openStore opens the store at path, made where there is none, as is the key, with
// its log beside it.
func (p *program) openStore(ctx context.Context, path string) (*house, error) {
	return p.open(ctx, path, true)
}

func (p *program) open(ctx context.Context, path string, makeKey bool) (*house, error) {
	if err := unusable(path); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, &fileError{fmt.Sprintf("the folder %s cannot be made: %v\n  name another place with --house", filepath.Dir(path), reason(err)), err}
	}
	h := &house{path: path}
	log, file := openLog(path)
	h.log, h.closers = log, append(h.closers, file.Close)
	s, err := store.Open(ctx, path, store.Options{Clock: p.clock, Logger: log, Upgraded: p.sayUpgraded})
	if err != nil {
		h.close()
		return nil, cannotOpen(path, err)
	}
	h.store, h.closers = s, append(h.closers, s.Close)
	codes, err := h.openBarcodes(ctx, makeKey)
	if err != nil {
		h.close()
		return nil, fmt.Errorf("open house: %w", err)
	}
	h.office = boxoffice.NewOffice(s, &seating.Finder{}, newPINs(), boxoffice.WithBarcodes(codes))
	return h, nil
}

// sayUpgraded says where a house is kept as it was before it was brought up to date.
func (p *program) sayUpgraded(u store.Upgrade) {
	p.complain(fmt.Sprintf("the house was brought up to date (schema %d to %d); as it was, it is kept in\n  %s", u.From, u.To, u.Copy))
}

// work starts what keeps the house in step: the live feed and the sweeper.
func (h *house) work(ctx context.Context, clock boxoffice.Clock) {
	ctx, h.stop = context.WithCancel(context.WithoutCancel(ctx))
	h.feed = live.New(h.store, clock, h.log)
	h.workers.Go(func() {
		if err := h.feed.Run(ctx); err != nil {
			h.log.Error("live feed ended", "err", err)
		}
	})
	h.workers.Go(func() {
		if err := sweeper.Run(ctx, h.office, h.store, clock, h.log); err != nil {
			h.log.Error("sweeper ended", "err", err)
		}
	})
}

// state says in a few words what is wrong with the store, empty if nothing is.
func (h *house) state() string {
	if err := h.store.Health(); err != nil {
		return err.Error()
	}
	if h.feed != nil && h.feed.Behind() > clockMayBeOff {
		return "the clock is behind"
	}
	if h.keyless {
		return "no barcode key"
	}
	return ""
}

// clockMayBeOff is how far a clock may be behind the journal before it is said: those
// of a network are set right by a second or two now and then.
const clockMayBeOff = 5 * time.Second

// close ends the workers, then the store, then the log.
func (h *house) close() error {
	if h.stop != nil {
		h.stop()
		h.workers.Wait()
	}
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	h.closers = nil
	return errors.Join(errs...)
}

// guest is who a command acts for that runs in a house that is open already.
type guest struct {
	house *house
	by    boxoffice.Actor
}

// within opens the house, runs fn as who the command acts for, and closes it. A
// guest's command runs in the house that is open.
func (p *program) within(ctx context.Context, fn func(h *house, by boxoffice.Actor) error) (err error) {
	if p.guest != nil {
		return fn(p.guest.house, p.guest.by)
	}
	h, err := p.openHouse(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	by, err := p.actor(ctx, h)
	if err != nil {
		return err
	}
	return fn(h, by)
}

// actor is who a command acts for: --staff, or the first manager. Who can read
// the house's file needs no PIN for it.
func (p *program) actor(ctx context.Context, h *house) (boxoffice.Actor, error) {
	all, err := h.office.AllStaff(ctx)
	if err != nil {
		return boxoffice.Actor{}, err
	}
	by := boxoffice.Actor{Terminal: "command line", Channel: boxoffice.Window}
	for _, s := range all {
		if p.staff != "" && sameName(s.Name, p.staff) || p.staff == "" && s.Role == boxoffice.Manager && s.Active {
			by.Staff = s.ID
			return by, nil
		}
	}
	if p.staff != "" {
		return by, boxoffice.NotFound("person called", p.staff)
	}
	return by, errors.New("the house has no manager; name somebody with --staff")
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/store"
	"wicket/tui/screen"
)

func (p *program) doctorCommand() *cobra.Command {
	d := doctor{program: p}
	c := &cobra.Command{
		Use: "doctor", Short: "say in words what is wrong with a house, and what to do", Args: noArgs,
		Long: `Looks at the house's file, its folder, disk, keys, clock and backups, and says of each
whether it is well, and what to do where it is not. Counters and servers may have the
house open. It changes nothing and makes nothing. Ends with code 1 if anything is
wrong. It takes a moment; wicket verify recounts everything.`,
		Example: "  wicket doctor\n  wicket doctor --backups /mnt/backup --backup-age 8h",
	}
	c.Flags().StringVar(&d.backups, "backups", "", "the `FOLDER` of its backups (default: the one beside the house)")
	c.Flags().DurationVar(&d.backupAge, "backup-age", 26*time.Hour, "how old the newest backup may be; 0 is no matter")
	c.RunE = func(c *cobra.Command, _ []string) error {
		path, err := p.housePath()
		if err != nil {
			return err
		}
		return d.look(c.Context(), path)
	}
	return c
}

// doctor looks at a house and says how it is.
type doctor struct {
	*program
	backups   string
	backupAge time.Duration

	path  string
	wrong int

	// What was found out, where it could be.
	house boxoffice.House
	reach boxoffice.Reach
	sold  bool
}

// well says that something is as it should be, remark that it is worth knowing, ill
// that it is wrong and what to do.
func (d *doctor) well(format string, args ...any)   { d.say("well", format, args) }
func (d *doctor) remark(format string, args ...any) { d.say("note", format, args) }
func (d *doctor) ill(do string, format string, args ...any) {
	d.wrong++
	d.say("WRONG", format, args, do)
}

func (d *doctor) say(how, format string, args []any, do ...string) {
	fmt.Fprintf(d.out, "%-6s %s\n", how, boxoffice.Clean(fmt.Sprintf(format, args...)))
	for _, line := range do {
		fmt.Fprintf(d.out, "       %s\n", boxoffice.Clean(line))
	}
}

// look goes through everything. Its error says how much is wrong.
func (d *doctor) look(ctx context.Context, path string) error {
	d.path = path
	if err := unusable(path); err != nil {
		words, do, _ := strings.Cut(err.Error(), "\n")
		d.ill(strings.TrimSpace(do), "%s", words)
		return d.verdict()
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		return noHouse(path)
	}
	readable := d.open(ctx)
	d.leftLinks(info)
	d.log()
	d.logFile()
	d.processes()
	d.permissions()
	d.disk(info.Size())
	if readable {
		d.clockIsRight()
		d.barcodeKey()
	}
	d.hostKey()
	if readable {
		d.lastBackup(ctx)
		d.former()
	}
	return d.verdict()
}

func (d *doctor) verdict() error {
	if d.wrong == 0 {
		fmt.Fprintln(d.out, "nothing is wrong")
		return nil
	}
	return fmt.Errorf("%s wrong with %s; nothing was changed", screen.Count(d.wrong, "thing"), d.path)
}

// open opens the house to look at it, and reports whether it could be read.
func (d *doctor) open(ctx context.Context) (readable bool) {
	const damaged = "end what has it open, keep a copy of the file with its -wal, then bring the last backup back: wicket restore"
	r, err := store.OpenReading(d.path, d.clock)
	if err != nil {
		d.ill(damaged, "%s cannot be read: %v", d.path, plainly(err))
		return false
	}
	defer func() {
		if err := r.Close(); err != nil {
			d.remark("closing it again: %v", err)
		}
	}()
	at, known, err := r.Schema()
	switch {
	case err != nil:
		d.ill("is it the right file? see --house", "%s is no house of this program: %v", d.path, plainly(err))
		return false
	case at == 0:
		d.ill(damaged, "%s does not say which schema it has: no counter and no server opens it", d.path)
		return false
	case at > known:
		d.ill("use that version, on every counter and server", "the house was written by a newer version of this program (schema %d, this one knows %d)", at, known)
		return false
	}
	err = r.View(ctx, func(r boxoffice.Reader) (err error) {
		if d.house, err = r.House(); err != nil {
			return err
		}
		if d.reach, err = boxoffice.ReachOf(r); err != nil {
			return err
		}
		orders, err := r.Orders("", 1)
		d.sold = len(orders) > 0
		return err
	})
	if boxoffice.IsNotFound(err) {
		d.ill("set it up: wicket house create --name NAME --manager NAME", "no house was set up in %s", d.path)
		return false
	}
	if err != nil {
		d.ill(damaged, "%s cannot be read: %v", d.path, plainly(err))
		return false
	}
	d.well("%s, its journal goes to entry %d of %s", d.house.Name, d.reach.Seq, instant(d.reach.At, d.house))
	if at < known {
		d.remark("it has an older schema (%d, this program has %d): the next counter or server brings it up to date, and keeps a copy beside it first", at, known)
	}
	if err := r.CheckQuickly(ctx); err != nil {
		d.ill(damaged, "the file is damaged: %v", plainly(err))
		return true
	}
	guards, err := r.CheckSchema(ctx)
	switch {
	case err != nil:
		d.ill(damaged, "its schema cannot be read: %v", plainly(err))
	case len(guards) > 0:
		d.ill("somebody changed it with a database shell: see wicket verify, and bring the last sound backup back: wicket restore",
			"its schema is not as this program made it, it may take what it is to refuse: %s (%d in all)", guards[0].What, len(guards))
	default:
		d.well("its pages and the end of its journal are sound (wicket verify recounts everything)")
	}
	return true
}

// plainly is an error with what the store met.
func plainly(err error) string {
	var s *boxoffice.StoreError
	if errors.As(err, &s) && s.Err != nil {
		return s.Err.Error()
	}
	return err.Error()
}

// stillOpen reports whether these processes still have the house at path open, and it has
// no log still: who just opens it or has just closed it has none for a moment.
func stillOpen(path string, open []process) bool {
	time.Sleep(200 * time.Millisecond)
	_, err := os.Stat(path + "-wal")
	return errors.Is(err, fs.ErrNotExist) && slices.ContainsFunc(whoHasOpen(path), func(p process) bool { return slices.Contains(open, p) })
}

// hugeLog is how large the log beside the house may be: more than a counter lets its
// file keep.
const hugeLog = store.LongestLog + 64<<20

func (d *doctor) log() {
	info, err := os.Stat(d.path + "-wal")
	if err != nil || info.Size() <= hugeLog {
		return
	}
	d.ill("end what reads for long (a report, a copy), then open and close a counter: that folds it in; never delete it",
		"%s-wal has grown to %s: the newest part of the house is not being folded in", filepath.Base(d.path), byteCount(info.Size()))
}

func (d *doctor) processes() {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return // this system does not tell
	}
	open := whoHasOpen(d.path)
	info, err := os.Stat(d.path + "-wal")
	switch {
	case len(open) > 0 && errors.Is(err, fs.ErrNotExist) && stillOpen(d.path, open):
		d.ill("close all of them properly, not by kill -9: that brings what was sold into the file; then open them again",
			"open in %s, and its log %s-wal was deleted", processWords(open), filepath.Base(d.path))
	case len(open) == 1:
		d.well("open in one other process: %s", processWords(open))
	case len(open) > 1:
		d.well("open in %d other processes: %s", len(open), processWords(open))
	case err == nil && info.Size() > 0:
		d.remark("nobody this account can see has it open, but it was not closed: whoever opens it next takes up its log; nothing is lost")
	default:
		d.well("nobody this account can see has it open")
	}
}

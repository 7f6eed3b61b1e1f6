package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"wicket/boxoffice"
	"wicket/store"
	"wicket/tui/screen"
)

// permissions looks at who else may read or write the house.
func (d *doctor) permissions() {
	folder := filepath.Dir(d.path)
	if err := mayWrite(folder); err != nil {
		d.ill("ask who owns the folder; a house keeps files beside it", "this account may not write in %s: %v", folder, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	loose := false
	for _, ext := range []string{"", "-wal", "-shm", ".log"} {
		info, err := os.Stat(d.path + ext)
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			continue
		}
		loose = true
		d.ill("chmod 600 "+d.path+ext, "%s can be read or changed by others (mode %04o): names and addresses of customers are in it", d.path+ext, info.Mode().Perm())
	}
	if info, err := os.Stat(folder); err == nil && info.Mode()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0 {
		loose = true
		d.ill("chmod o-w "+folder, "anybody may put other files into %s (mode %04o)", folder, info.Mode().Perm())
	}
	if !loose {
		d.well("its files are for their owner alone")
	}
}

// logFile looks whether the log can be written: what goes wrong is told nowhere else.
func (d *doctor) logFile() {
	path := d.path + ".log"
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	switch {
	case err == nil:
		_ = f.Close()
	case !errors.Is(err, fs.ErrNotExist): // the first line makes it
		d.ill("let this account write it, or move it away: a new one is made", "the log %s cannot be written: %v", path, reason(err))
	}
}

// leastRoom is what a house needs of its disk besides a copy of itself.
const leastRoom = 256 << 20

func (d *doctor) disk(size int64) {
	free, err := diskRoom(filepath.Dir(d.path))
	if err != nil {
		d.remark("how full its disk is cannot be told: %v", err)
		return
	}
	if free < leastRoom+uint64(size) { //nolint:gosec // a file has no negative size
		d.ill("make room: old logs and copies, other programs' files; never the house's own -wal", "its disk is nearly full: %s free", byteCount(int64(free))) //nolint:gosec // no disk is that large
		return
	}
	d.well("%s free on its disk", byteCount(int64(free))) //nolint:gosec // no disk is that large
}

// clockIsRight compares the clock with the journal: it does not go back in time.
func (d *doctor) clockIsRight() {
	behind := d.reach.At.Sub(d.clock.Now())
	if behind > 2*time.Second {
		d.ill("set the clock (timedatectl); if it is right, it was ahead when that entry was made: it catches up by itself. Selling goes on, and until then all that is done has the instant of that entry, and no hold ends",
			"the clock is %s behind the journal's last entry", behind.Round(time.Second))
		return
	}
	d.well("the clock is not behind the journal")
}

func (d *doctor) barcodeKey() {
	path := keyPath(d.path)
	_, err := readKey(path)
	switch {
	case err == nil:
		d.well("the key of the barcodes is in its place")
	case errors.Is(err, fs.ErrNotExist) && !d.sold:
		d.remark("there is no key for barcodes yet: the first counter makes it")
	case errors.Is(err, fs.ErrNotExist):
		d.ill("bring the file back from a backup; if there is none: wicket house key --new", "the key of the barcodes, %s, is missing: no ticket has a barcode and none can be scanned", path)
	default:
		d.ill("until then no counter and no server opens the house", "the key of the barcodes: %v", err)
	}
}

func (d *doctor) hostKey() {
	folder := d.path + ".ssh"
	if runtime.GOOS == "windows" {
		return
	}
	for _, path := range []string{folder, filepath.Join(folder, "host_ed25519")} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			continue
		}
		d.ill("chmod go= "+path, "%s is open to others (mode %04o): who reads the server's key can pretend to be it", path, info.Mode().Perm())
	}
}

// lastBackup looks at the newest backup there is.
func (d *doctor) lastBackup(ctx context.Context) {
	folder, make := d.backups, "make one: wicket backup FOLDER"
	if folder == "" {
		folder, make = backupsBeside(d.path), "make one: wicket backup FOLDER; if they lie elsewhere: wicket doctor --backups FOLDER"
	}
	all, err := backupsOf(folder, d.reach.Mark())
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		d.ill("let this account look into the folder", "its backups cannot be looked at: %v", err)
		return
	case d.backupAge == 0 && len(all) == 0:
		return
	case len(all) == 0 && !d.sold:
		d.remark("there is no backup in %s, and nothing was sold yet", folder)
		return
	case len(all) == 0:
		d.ill(make, "there is no backup of this house in %s", folder)
		return
	}
	first := ahead(all, d.clock.Now())
	if first > 0 {
		d.remark("%s dated later than now: the clock was ahead, or has been set back since", screen.Count(first, "backup"))
	}
	if first == len(all) {
		d.ill(make, "when the last backup was made is not known: none is dated earlier than now")
		return
	}
	newest := all[first]
	age := d.clock.Now().Sub(newest.at)
	old := age.Round(time.Second)
	ours, err := d.isOurs(ctx, newest)
	switch {
	case err != nil || !ours:
		d.ill(make, "the newest backup, %s, is not what its name says (%v)", newest.path, errOrNone(err))
	case d.backupAge > 0 && age > d.backupAge:
		d.ill(make+"; does the server make them (wicket serve --backup)?", "the newest backup is %s old: %s", old, newest.path)
	default:
		d.well("the newest backup is %s old: %s", old, newest.path)
	}
}

func errOrNone(err error) string {
	if err == nil {
		return "it goes another way than the house"
	}
	return err.Error()
}

// isOurs reports whether a backup is one of the house that is looked at.
func (d *doctor) isOurs(ctx context.Context, file backupFile) (ours bool, err error) {
	return isBackupOf(file, d.clock, func(reach boxoffice.Reach) (ok bool, err error) {
		r, err := store.OpenReading(d.path, d.clock)
		if err != nil {
			return false, err
		}
		defer func() { err = errors.Join(err, r.Close()) }()
		err = r.View(ctx, func(r boxoffice.Reader) (err error) {
			ok, err = boxoffice.GoesThrough(r, reach)
			return err
		})
		if err != nil {
			err = fmt.Errorf("compare with the house: %w", err)
		}
		return ok, err
	})
}

// leftLinks looks for what a restore left that was killed in the middle.
func (d *doctor) leftLinks(own fs.FileInfo) {
	for _, name := range leftLinks(d.path, own) {
		d.ill("rm "+name, "a restore was killed in the middle: %s is another name of the house itself, and nobody may sell by it", name)
	}
}

// former says where the house is kept as it was before it was brought up to date.
func (d *doctor) former() {
	kept, err := store.Formers(d.path)
	if err != nil || len(kept) == 0 {
		return // who cannot look into the folder was told
	}
	d.remark("as it was before it was last brought up to date it is kept in %s (%d in all); to go back, see the runbook", kept[0], len(kept))
}

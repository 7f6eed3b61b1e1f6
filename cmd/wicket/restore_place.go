package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"wicket/store"
)

// putInPlace puts what was unpacked in the place of the house, and what stands there
// aside; it returns where that went.
func (p *program) putInPlace(u unpacked, path string, stands occupant) (aside string, err error) {
	others := stands.there && stands.read && stands.reach.First != u.reach.First // whose keys are not ours
	if err := u.keysFit(path, stands.there && others); err != nil {
		return "", err
	}
	if !stands.there {
		if err := u.placeKeys(path, ""); err != nil {
			return "", err
		}
		return "", p.settle(u, path, func() error { return moveNew(u.file(boxedHouse), path) })
	}
	aside = fmt.Sprintf("%s.replaced-%s", path, p.clock.Now().UTC().Format(backupStamp))
	if _, err := os.Lstat(aside); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is there already: nothing was changed; try again", aside)
	}
	release, err := takeAlone(path, stands)
	if err != nil {
		return "", err
	}
	if runtime.GOOS == "windows" { // what is open has no other name there
		err = release()
		release = func() error { return nil }
	}
	if err == nil {
		err = p.changePlaces(u, path, aside, others)
	}
	return aside, errors.Join(err, release())
}

// takeAlone makes sure that nobody has the house open that goes aside, as far as
// that can be known of one that cannot be read.
func takeAlone(path string, stands occupant) (release func() error, err error) {
	if open := whoHasOpen(path); len(open) > 0 {
		return nil, fmt.Errorf("%s is open in another process (%s): nothing was changed\n  end every counter and server first: systemctl stop wicket", path, processWords(open))
	}
	if !stands.read { // it is damaged: it goes with its log as they are, untouched
		return func() error { return nil }, nil
	}
	release, err = store.TakeAlone(path)
	switch {
	case err == nil:
		return release, nil
	case store.IsBusy(err):
		return nil, fmt.Errorf("%s is open in another process: nothing was changed\n  end every counter and server first: systemctl stop wicket", path)
	}
	return nil, fmt.Errorf("%s cannot be put aside, nothing was changed: %w", path, err)
}

// changePlaces puts the old house aside and the new one in its place. Where a disk
// knows second names, a house stands there at every moment.
func (p *program) changePlaces(u unpacked, path, aside string, others bool) error {
	for _, ext := range []string{"-wal", "-shm", "-journal"} { // of a damaged one: they go first, lest they be taken for the new one's
		if err := os.Rename(path+ext, aside+ext); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("put the old house aside: %w", err)
		}
	}
	keysAside := ""
	if others {
		keysAside = aside
	}
	if err := u.placeKeys(path, keysAside); err != nil {
		return err
	}
	err := os.Link(path, aside)
	if err != nil {
		if err = os.Rename(path, aside); errors.Is(err, fs.ErrNotExist) {
			err = nil // only a log was left
		}
	}
	if err != nil {
		return fmt.Errorf("put the old house aside: %w", err)
	}
	return p.settle(u, path, func() error { return os.Rename(u.file(boxedHouse), path) })
}

// settle moves the house in and brings it to disk.
func (p *program) settle(u unpacked, path string, move func() error) error {
	release, err := store.TakeAlone(u.file(boxedHouse)) // one file is all there is of it
	if err != nil {
		return fmt.Errorf("close the backup: %w", err)
	}
	if err := errors.Join(release(), syncPath(u.file(boxedHouse))); err != nil {
		return fmt.Errorf("close the backup: %w", err)
	}
	if err := move(); err != nil {
		return fmt.Errorf("put the house in its place: %w", err)
	}
	return store.SyncFolder(filepath.Dir(path))
}

// keyPlaces is where the keys of a house at path belong.
func keyPlaces(path string) map[string]string {
	return map[string]string{boxedKey: keyPath(path), boxedHostKey: filepath.Join(path+".ssh", "host_ed25519")}
}

// keysFit refuses where other keys lie than those in the backup, unless they are
// another house's and go aside with it: no key is ever written over.
func (u unpacked) keysFit(path string, goAside bool) error {
	for name, at := range keyPlaces(path) {
		lies, err := os.ReadFile(at)
		if errors.Is(err, fs.ErrNotExist) || goAside {
			continue
		}
		if err != nil {
			return err
		}
		if !u.has(name) {
			continue
		}
		comes, err := os.ReadFile(u.file(name))
		if err != nil {
			return err
		}
		if !bytes.Equal(lies, comes) {
			return fmt.Errorf("%s is another key than the one in the backup: nothing was changed\n  move it away and keep it, then restore again", at)
		}
	}
	return nil
}

// placeKeys puts the keys of the backup where they belong; those that lie there go
// to aside, if that is named.
func (u unpacked) placeKeys(path, aside string) error {
	for name, at := range keyPlaces(path) {
		if aside != "" {
			to := keyPlaces(aside)[name]
			if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
				return err
			}
			if err := os.Rename(at, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("put the old key aside: %w", err)
			}
		}
		if !u.has(name) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			return err
		}
		if err := moveNew(u.file(name), at); err != nil && !errors.Is(err, fs.ErrExist) { // the same one, keysFit saw
			return fmt.Errorf("put the key in its place: %w", err)
		}
	}
	return nil
}

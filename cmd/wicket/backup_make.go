package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"filippo.io/age"

	"wicket/boxoffice"
	"wicket/store"
)

// copier is a store that can copy itself while it is in use.
type copier interface {
	Backup(ctx context.Context, path string) error
}

// backup is how the backups of a house are made.
type backup struct {
	clock boxoffice.Clock
	keys  bool            // with its keys, in the clear
	to    []age.Recipient // encrypted to these, with its keys
	keep  keeping
}

// made is a backup that was made, opened and found right.
type made struct {
	path    string
	size    int64
	reach   boxoffice.Reach
	house   boxoffice.House
	breaks  []boxoffice.Break // that the house itself has
	keys    bool              // its keys are in it
	keyless string            // the barcode key that was to be in it and is missing
	removed []string          // older ones
}

// make makes a backup of h in a folder: as file, or where that is empty under a name
// of its own. It counts once it was opened and compared with the house; older ones
// go after that. What went wrong leaves nothing that looks like a backup.
func (b backup) make(ctx context.Context, h *house, folder, file string) (m made, err error) {
	if err := isFolder(folder); err != nil {
		return m, err
	}
	now := b.clock.Now()
	sweepParts(folder, now)
	staging := folder
	if len(b.to) > 0 {
		staging = filepath.Dir(h.path) // in the clear only where the house is in the clear
		sweepParts(staging, now)
	}
	part, err := emptyPart(staging)
	if err != nil {
		return m, cannotCopy(staging, err)
	}
	defer os.Remove(part)
	if m, err = b.copyHouse(ctx, h, part); err != nil {
		return m, cannotCopy(staging, err)
	}
	if b.keys || len(b.to) > 0 {
		box, err := b.packPart(h, part, folder, &m)
		if err != nil {
			return m, cannotCopy(folder, err)
		}
		defer os.Remove(box)
		part = box
	}
	named := file != ""
	if !named {
		file = backupName{plainName(m.house.Name), m.reach.Mark(), now, b.keys || len(b.to) > 0, len(b.to) > 0}.String()
	}
	m.path = filepath.Join(folder, file)
	if m.size, err = place(part, m.path); err != nil {
		return m, cannotCopy(folder, err)
	}
	if !named && len(m.breaks) == 0 { // a file of its own is no matter of keeping
		m.removed, err = b.keep.tidy(ctx, h, folder, m, b.clock)
	}
	return m, err
}

// copyHouse copies the house to part and compares: the copy is whole, its journal's
// chain holds, and its end is an entry of the house.
func (b backup) copyHouse(ctx context.Context, h *house, part string) (m made, err error) {
	c, ok := h.store.(copier)
	if !ok {
		return m, errors.New("this kind of store has backups of its own")
	}
	if err := c.Backup(ctx, part); err != nil {
		return m, err
	}
	r, err := store.OpenReading(part, b.clock)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	breaks, err := r.Verify(ctx)
	if err != nil {
		return m, err
	}
	for _, br := range breaks {
		if br.Where == "the file" || strings.HasPrefix(br.Where, "journal entry") {
			return m, &unsoundError{br}
		}
	}
	m.breaks = breaks
	err = r.View(ctx, func(r boxoffice.Reader) (err error) {
		if m.house, err = r.House(); err != nil {
			return err
		}
		m.reach, err = boxoffice.ReachOf(r)
		return err
	})
	if err != nil {
		return m, err
	}
	same, err := h.goesThrough(ctx, m.reach)
	if err == nil && !same {
		err = &unsoundError{boxoffice.Break{Where: fmt.Sprintf("journal entry %d", m.reach.Seq), What: "the house has another one of this number"}}
	}
	return m, err
}

// goesThrough reports whether the house has all that a journal of that reach has.
func (h *house) goesThrough(ctx context.Context, reach boxoffice.Reach) (ok bool, err error) {
	err = h.store.View(ctx, func(r boxoffice.Reader) (err error) {
		ok, err = boxoffice.GoesThrough(r, reach)
		return err
	})
	return ok, err
}

// unsoundError says that a copy is not what the house is.
type unsoundError struct{ what boxoffice.Break }

func (e *unsoundError) Error() string {
	return fmt.Sprintf("the copy is not sound, %s: %s", e.what.Where, e.what.What)
}

// packPart packs the copy and the keys into a new part in folder, and reads it
// back: what comes out is what went in.
func (b backup) packPart(h *house, part, folder string, m *made) (path string, err error) {
	files := []boxed{{boxedHouse, part}}
	keys, missing := keyFiles(h.path)
	files = append(files, keys...)
	m.keys, m.keyless = len(keys) > 0 && missing == "", missing
	to, ids := b.to, []age.Identity(nil)
	if len(to) > 0 {
		recipient, id, err := witness(to)
		if err != nil {
			return "", err
		}
		to, ids = append([]age.Recipient{recipient}, to...), []age.Identity{id}
	}
	if path, err = emptyPart(folder); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return path, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	trickle := store.NewTrickle(f)
	defer trickle.Stop()
	if err := pack(f, files, to); err != nil {
		return path, err
	}
	if err := trickle.Settle(); err != nil {
		return path, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return path, err
	}
	left := map[string]string{}
	for _, b := range files {
		left[b.name] = b.file
	}
	err = unpack(f, ids, func(name string, r io.Reader) error {
		got, err := sumOf(r)
		if err != nil {
			return err
		}
		want, err := sumOfFile(left[name])
		if err == nil && !bytes.Equal(got, want) {
			err = fmt.Errorf("%s came back otherwise than it was written", name)
		}
		delete(left, name)
		return err
	})
	if err == nil && len(left) > 0 {
		err = errors.New("not all that was written came back")
	}
	return path, err
}

// cannotCopy says why there is no backup, in words for who is to mend it.
func cannotCopy(dir string, err error) error {
	say := func(format string, args ...any) error { return &fileError{fmt.Sprintf(format, args...), err} }
	var unsound *unsoundError
	var file *fileError
	var store *boxoffice.StoreError
	if errors.As(err, &file) || errors.Is(err, context.Canceled) {
		return err
	}
	switch {
	case isDiskFull(dir, err):
		return say("the disk of %s is full: no backup was made, older ones are as they were\n  make room there, or name another folder", dir)
	case errors.Is(err, fs.ErrExist):
		return say("a backup of this very second is there already; none was written over\n  try again")
	case errors.Is(err, fs.ErrPermission):
		return say("this account may not write in %s: no backup was made\n  ask who owns it, or name another folder", dir)
	case errors.Is(err, syscall.EROFS):
		return say("the disk of %s can only be read: no backup was made\n  mount it for writing, or name another folder", dir)
	case errors.As(err, &unsound):
		return say("no backup was made: %v\n  older ones are as they were, keep them all; see what wicket verify says of the house", unsound)
	case errors.As(err, &store) && store.Err == nil: // it says itself what to do
		return say("no backup was made, older ones are as they were: %s", store.Words)
	case errors.As(err, &store):
		return say("no backup was made, older ones are as they were: %s (%v)\n  look at both disks, then at wicket verify", store.Words, store.Err)
	}
	return say("no backup was made, older ones are as they were: %v\n  see wicket doctor", err)
}

// isDiskFull reports whether err comes of a disk without room: it says so, or the
// disk of dir has none.
func isDiskFull(dir string, err error) bool {
	var store *boxoffice.StoreError
	if errors.Is(err, syscall.ENOSPC) || errors.As(err, &store) && strings.Contains(store.Words, "is full") {
		return true
	}
	return store != nil && errors.Is(writeBeside(filepath.Join(dir, "x")), syscall.ENOSPC)
}

// reachOfFile returns how far the house in a file goes that nobody has open.
func reachOfFile(path string, clock boxoffice.Clock) (reach boxoffice.Reach, err error) {
	r, err := store.OpenReading(path, clock)
	if err != nil {
		return reach, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	err = r.View(context.Background(), func(r boxoffice.Reader) (err error) {
		reach, err = boxoffice.ReachOf(r)
		return err
	})
	return reach, err
}

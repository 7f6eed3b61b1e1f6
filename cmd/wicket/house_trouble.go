package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"wicket/boxoffice"
	"wicket/store"
)

// fileError says why a house's file cannot be opened, and what to do about it.
// Nothing was changed.
type fileError struct {
	words string
	err   error
}

func (e *fileError) Error() string        { return e.words }
func (e *fileError) Unwrap() error        { return e.err }
func (e *fileError) Kind() boxoffice.Kind { return boxoffice.KindStore }

const onlyRead = "the disk of %s can only be read\n  mount it for writing, or name another file with --house"

// unusable looks at the house's file before it is opened: what is no house is not
// touched. A file that is not there, or is empty, is nil.
func unusable(path string) error {
	say := func(err error, format string, args ...any) error {
		return &fileError{fmt.Sprintf(format, args...), err}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return say(err, "%s cannot be looked at: %v\n  let this account into its folder, or name another file with --house", path, reason(err))
	case info.IsDir():
		return say(nil, "%s is a folder, not a house\n  name a file in it: --house %s", path, filepath.Join(path, "house.wicket"))
	case !info.Mode().IsRegular():
		return say(nil, "%s is no plain file\n  name another one with --house", path)
	}
	if names := namesOf(info); names > 1 && (isAside.MatchString(path) || names > 1+uint64(len(leftLinks(path, info)))) {
		return say(nil, "%s has %d names (hard links): opened by two of them, each has a log of its own, and what is sold is lost\n  remove the others (find DISK -samefile %s shows them), or open a copy", path, names, path)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, syscall.EROFS):
		return say(err, onlyRead, path)
	case err != nil:
		return say(err, "%s cannot be written by this account: %v\n  selling needs that: ask who owns it, or name another file with --house", path, reason(err))
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return say(err, "%s cannot be read: %v\n  look at its disk; a copy of the house opens with --house", path, reason(err))
	}
	if n > 0 && !bytes.Equal(head, []byte(magic)) {
		return say(nil, "%s is no house: it is not a SQLite file, and was left alone\n  name another file with --house, or bring this one back from a copy", path)
	}
	return nil
}

// isAside is how the name ends of a house that a restore put aside.
var isAside = regexp.MustCompile(`\.replaced-[0-9]{8}T[0-9]{6}Z$`)

// leftLinks are other names of the house at path that a restore left which was killed
// in the middle: nobody opens it by those.
func leftLinks(path string, own fs.FileInfo) (left []string) {
	dir := globbed(filepath.Dir(path))
	for _, pattern := range []string{globbed(path) + ".replaced-*", filepath.Join(dir, partName+"*"), filepath.Join(dir, partName+"*", boxedHouse)} {
		found, _ := filepath.Glob(pattern) // a bad pattern has no match
		for _, name := range found {
			if info, err := os.Lstat(name); err == nil && os.SameFile(own, info) {
				left = append(left, name)
			}
		}
	}
	return left
}

// cannotOpen says why the store at path did not open: it looks at the folder, the
// disk and the file.
func cannotOpen(path string, err error) error {
	dir := filepath.Dir(path)
	say := func(format string, args ...any) error { return &fileError{fmt.Sprintf(format, args...), err} }
	var upgrade *store.UpgradeError
	if errors.As(err, &upgrade) {
		return say("%s was not opened, nothing in it changed: %s\n  %s", path, upgrade.Words, upgrade.Do)
	}
	switch at := writeBeside(path); {
	case errors.Is(at, syscall.ENOSPC):
		return say("the disk of %s is full\n  free some space, then try again", path)
	case errors.Is(at, syscall.EROFS):
		return say(onlyRead, path)
	case errors.Is(at, fs.ErrPermission):
		return say("this account may not write in %s, and a house keeps files beside it\n  ask who owns the folder, or name another file with --house", dir)
	case at != nil:
		return say("nothing can be written in %s: %v\n  mend that, or name another file with --house", dir, reason(at))
	}
	var trouble *boxoffice.StoreError
	switch {
	case !errors.As(err, &trouble):
		return say("%s cannot be opened, and was left as it is: %v\n  see wicket doctor; if somebody changed it with a database shell, bring the last backup back: wicket restore", path, err)
	case trouble.Err == nil: // the store looked, and found what it does not know
		return say("%s was left alone: %s\n  open it with what wrote it, or name another file with --house", path, trouble.Words)
	}
	words, _, _ := strings.Cut(trouble.Words, ":") // what follows is about selling
	return say("%s cannot be opened: %s (%v)\n  try again; if it stays so, keep the file as it is and see wicket doctor; the last backup comes back by wicket restore, to another place with --house", path, words, trouble.Err)
}

// writeBeside tries what the store does: to keep some pages beside the file.
func writeBeside(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".wicket-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 256<<10))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// reason is what the system said, without the call and the path.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wicket/store"
	"wicket/store/fault"
)

// place gives a finished part its name, never that of a file that is there, with
// its sum beside it, all of it on disk.
func place(part, path string) (size int64, err error) {
	info, err := os.Stat(part)
	if err != nil {
		return 0, err
	}
	sum, err := sumOfFile(part)
	if err != nil {
		return 0, err
	}
	sums, err := emptyPart(filepath.Dir(path))
	if err != nil {
		return 0, err
	}
	defer func() { _ = removeIfThere(sums) }()
	text := fmt.Sprintf("%x  %s\n", sum, filepath.Base(path))
	if err := errors.Join(os.WriteFile(sums, []byte(text), 0o600), syncPath(sums)); err != nil {
		return 0, err
	}
	fault.Point("backup placed")
	// All is written that can find the disk full.
	if err := moveNew(part, path); err != nil {
		return 0, err
	}
	fault.Point("backup summed")
	if err := os.Rename(sums, sumPath(path)); err != nil {
		return 0, err
	}
	return info.Size(), store.SyncFolder(filepath.Dir(path))
}

// moveNew renames a file to a name that no file has.
func moveNew(from, to string) error {
	switch err := os.Link(from, to); {
	case err == nil:
		return os.Remove(from)
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// A disk that knows no second name of a file, like a USB stick's.
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(&fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}, err)
	}
	return os.Rename(from, to)
}

// emptyPart makes an empty file in dir that is its owner's alone.
func emptyPart(dir string) (string, error) {
	f, err := os.CreateTemp(dir, partName+"*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

func sumPath(path string) string { return path + ".sha256" }

func sumOf(r io.Reader) ([]byte, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return h.Sum(nil), err
}

func sumOfFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sumOf(f)
}

func syncPath(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// backupPlace says which folder a backup goes to that is to be at where, and under
// which name if that is no folder.
func backupPlace(where string) (folder, file string, err error) {
	info, err := os.Stat(where)
	switch {
	case err == nil && info.IsDir():
		return where, "", nil
	case err == nil:
		return "", "", &fileError{fmt.Sprintf("%s is there already: no backup is written over\n  name another file, or a folder", where), fs.ErrExist}
	case strings.HasSuffix(where, "/") || strings.HasSuffix(where, string(filepath.Separator)):
		return "", "", isFolder(where)
	}
	folder, file = filepath.Split(where)
	folder = filepath.Clean(folder)
	return folder, file, errors.Join(isFolder(folder), notOwn(file))
}

// notOwn refuses names of files that a store has beside itself: SQLite takes them for its
// own, and removes them.
func notOwn(file string) error {
	for _, ext := range []string{"-wal", "-shm", "-journal", "-next", "-turn", ".key", ".log"} {
		if strings.HasSuffix(file, ext) {
			return &fileError{fmt.Sprintf("a name that ends in %s is of a house's own files: no backup was made\n  name another file, or a folder", ext), nil}
		}
	}
	return nil
}

// isFolder refuses what is no folder to keep backups in.
func isFolder(path string) error {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fileError{fmt.Sprintf("%s is no folder: no backup was made\n  name the folder of the backups", path), nil}
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{fmt.Sprintf("there is no folder %s: no backup was made\n  is its disk mounted? otherwise make it: mkdir -m 700 %s", path, path), err}
	default:
		return &fileError{fmt.Sprintf("%s cannot be looked at: %v; no backup was made\n  let this account into it, or name another folder", path, reason(err)), err}
	}
}

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
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
	if err := moveNew(part, path); err != nil {
		return 0, err
	}
	text := fmt.Sprintf("%x  %s\n", sum, filepath.Base(path))
	if err := os.WriteFile(sumPath(path), []byte(text), 0o600); err != nil {
		return 0, err
	}
	return info.Size(), errors.Join(syncPath(sumPath(path)), syncFolder(filepath.Dir(path)))
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

// syncFolder brings the names in a folder to disk, where the system can.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err = f.Sync(); errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // some network disks
	}
	return errors.Join(err, f.Close())
}

// backupPlace says which folder a backup goes to, and under which name if it has
// one already.
func backupPlace(where string) (folder, file string, err error) {
	say := func(err error, format string, args ...any) (string, string, error) {
		return "", "", &fileError{fmt.Sprintf(format, args...), err}
	}
	info, err := os.Stat(where)
	switch {
	case err == nil && info.IsDir():
		return where, "", nil
	case err == nil:
		return say(fs.ErrExist, "%s is there already: no backup is written over\n  name another file, or a folder", where)
	case !errors.Is(err, fs.ErrNotExist):
		return say(err, "%s cannot be looked at: %v\n  no backup was made", where, reason(err))
	case strings.HasSuffix(where, string(filepath.Separator)) || strings.HasSuffix(where, "/"):
		return say(err, "there is no folder %s: no backup was made\n  is its disk mounted? otherwise make it: mkdir -m 700 %s", where, where)
	}
	folder, file = filepath.Split(where)
	folder = filepath.Clean(folder)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return say(err, "there is no folder %s: no backup was made\n  is its disk mounted? otherwise make it: mkdir -m 700 %s", folder, folder)
	}
	return folder, file, nil
}

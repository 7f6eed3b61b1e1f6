//go:build unix

package main

import (
	"io/fs"
	"syscall"

	"golang.org/x/sys/unix"
)

// diskRoom returns how many bytes this account may still write to the disk of path.
func diskRoom(path string) (free uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil //nolint:gosec,unconvert // its type differs by system
}

// namesOf returns how many names (hard links) a file has.
func namesOf(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink) //nolint:unconvert // its type differs by system
	}
	return 1
}

// mayWrite returns nil if this account may make files in a folder.
func mayWrite(folder string) error { return unix.Access(folder, unix.W_OK|unix.X_OK) }

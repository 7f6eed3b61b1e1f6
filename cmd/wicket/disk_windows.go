package main

import "golang.org/x/sys/windows"

// diskRoom returns how many bytes this account may still write to the disk of path.
func diskRoom(path string) (free uint64, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return free, err
}

// mayWrite is not known before it is tried.
func mayWrite(string) error { return nil }

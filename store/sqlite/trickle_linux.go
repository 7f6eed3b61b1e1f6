package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush has so many bytes of a file written to disk, and waits for them. Where the file
// system knows no such thing it does nothing: the end of the file's writing does.
func flush(f *os.File, from, bytes int64) error {
	err := unix.SyncFileRange(int(f.Fd()), from, bytes, unix.SYNC_FILE_RANGE_WAIT_BEFORE|unix.SYNC_FILE_RANGE_WRITE|unix.SYNC_FILE_RANGE_WAIT_AFTER)
	for _, unknown := range []error{unix.ENOSYS, unix.EINVAL, unix.ESPIPE, unix.EOPNOTSUPP} {
		if errors.Is(err, unknown) {
			return nil
		}
	}
	if err != nil {
		return &os.PathError{Op: "write to disk", Path: f.Name(), Err: err}
	}
	return nil
}

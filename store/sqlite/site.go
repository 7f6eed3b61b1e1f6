package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"wicket/boxoffice"
)

// site is where the files of an open store are to stay. Moved away, or with another in
// its place, the store would still take what is written, and nobody would find it again
// there; and who opened it by its name would have another log.
type site struct {
	path string
	file fs.FileInfo
	logs [2]atomic.Pointer[fs.FileInfo] // of logFiles, once they are known

	longest atomic.Int64 // that the log was seen
	doubted atomic.Bool  // the log was seen shorter, or by nobody yet: the writer has to look
	cut     atomic.Bool  // somebody else has cut it short
}

// logFiles are the log and its index, by what comes after the name of the store.
var logFiles = [2]string{"-wal", "-shm"}

func newSite(path string) (*site, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the store: %w", err)
	}
	return &site{path: path, file: info}, nil
}

// sawLog notes which log c writes to. It stays as long as c is open, and longer.
func (s *site) sawLog(c *conn) {
	if _, err := c.number("PRAGMA schema_version"); err != nil { // it opens the log
		c.trouble = nil // whoever writes meets it
		return
	}
	for i, ext := range logFiles {
		if info, err := os.Stat(s.path + ext); err == nil {
			s.logs[i].Store(&info)
		}
	}
	s.doubted.Store(true)
}

// forgetLog is for before the log is closed: SQLite may remove it, and the next one may be
// another file.
func (s *site) forgetLog() {
	for i := range s.logs {
		s.logs[i].Store(nil)
	}
	s.longest.Store(0)
	s.doubted.Store(false)
}

// left returns an error if the file is there no more, or its log. A disk that does not
// tell is taken at its word by whoever reads or writes next.
func (s *site) left() error {
	if err := s.moved(); err != nil {
		return err
	}
	for i, ext := range logFiles {
		name := boxoffice.Clean(filepath.Base(s.path + ext))
		if i == 0 && s.cut.Load() {
			return &boxoffice.StoreError{Words: "the file " + name + " was cut short, and the last sales went with it: close every counter and server of the house, then open them again"}
		}
		was := s.logs[i].Load()
		if was == nil {
			continue
		}
		now, gone, other := nowAt(s.path+ext, *was)
		if (gone || other) && s.logs[i].Load() == was { // forgotten meanwhile, it went because this process closed it
			return &boxoffice.StoreError{Words: "the file " + name + " was deleted or replaced while the house is open: close every counter and server of it, then open them again"}
		}
		if i == 0 && now != nil {
			s.sawLength(now.Size())
		}
	}
	return nil
}

// sawLength notes how long the log is. Where it was longer, one may have let it begin again
// as it should: this process, another, or a shell of the database.
func (s *site) sawLength(n int64) {
	switch was := s.longest.Load(); {
	case n < was:
		s.doubted.Store(true)
	case n > was:
		s.longest.Store(n)
	}
}

// moved returns an error if the store's own file is there no more.
func (s *site) moved() error {
	_, gone, other := nowAt(s.path, s.file)
	name := boxoffice.Clean(filepath.Base(s.path))
	switch {
	case gone:
		return &boxoffice.StoreError{Words: "the file " + name + " was moved or deleted: put it back, and selling goes on"}
	case other:
		return &boxoffice.StoreError{Words: "the file " + name + " was replaced by another file: put the one back that was there"}
	}
	return nil
}

// hasLog reports whether what this process has for the log is still all there is of it:
// once another one has begun, folding this one in would undo what stands in that.
func (s *site) hasLog() bool {
	if s.moved() != nil || s.cut.Load() {
		return false
	}
	for i, ext := range logFiles {
		if was := s.logs[i].Load(); was != nil {
			if _, _, other := nowAt(s.path+ext, *was); other {
				return false
			}
		}
	}
	return true
}

// nowAt returns what is at path now, nil where nobody can tell, and reports whether it is
// gone, or another file than was there.
func nowAt(path string, was fs.FileInfo) (now fs.FileInfo, gone, other bool) {
	now, err := os.Stat(path)
	if err != nil {
		return nil, errors.Is(err, fs.ErrNotExist), false
	}
	return now, false, !os.SameFile(was, now)
}

package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"wicket/boxoffice"
)

// site is where the file of an open store is to stay. Moved away, or with another in its
// place, it would still take what is written, and nobody would find it again there; and
// who opened the store by its name would have its log with another file.
type site struct {
	path string
	file fs.FileInfo
}

func newSite(path string) (site, error) {
	info, err := os.Stat(path)
	if err != nil {
		return site{}, fmt.Errorf("look at the store: %w", err)
	}
	return site{path, info}, nil
}

// left returns an error if the file is there no more. A disk that does not tell is
// taken at its word by whoever reads or writes next.
func (s site) left() error {
	info, err := os.Stat(s.path)
	name := boxoffice.Clean(filepath.Base(s.path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &boxoffice.StoreError{Words: "the file " + name + " was moved or deleted: put it back, and selling goes on"}
	case err == nil && !os.SameFile(s.file, info):
		return &boxoffice.StoreError{Words: "the file " + name + " was replaced by another file: put the one back that was there"}
	}
	return nil
}

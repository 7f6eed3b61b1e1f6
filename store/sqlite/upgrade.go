package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"wicket/boxoffice"
	"wicket/store/fault"
)

// Upgrade is what opening a store of an earlier schema did to it.
type Upgrade struct {
	From, To int64
	Copy     string // the store as it was before

	looked bool // whether there was anything to copy
}

// UpgradeError says why a store was not brought up to date. Nothing in it changed.
type UpgradeError struct {
	Words string // what is wrong
	Do    string // what to do about it
	Err   error
}

func (e *UpgradeError) Error() string { return e.Words + ": " + e.Do }
func (e *UpgradeError) Unwrap() error { return e.Err }

// Kind returns KindStore.
func (e *UpgradeError) Kind() boxoffice.Kind { return boxoffice.KindStore }

// keptFormers is how many copies from before an upgrade stay beside a store.
const keptFormers = 3

const formerStamp = "20060102T150405Z"

var formerForm = regexp.MustCompile(`\.before-[0-9]+-([0-9]{8}T[0-9]{6}Z)$`)

// Formers returns the copies beside the store at path that were kept before it was
// brought up to date, the newest first.
func Formers(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), filepath.Base(path))
		if m := formerForm.FindStringSubmatch(rest); ok && m != nil && m[0] == rest && e.Type().IsRegular() {
			found = append(found, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	stamp := func(file string) string { return formerForm.FindStringSubmatch(file)[1] }
	slices.SortFunc(found, func(a, b string) int { return strings.Compare(stamp(b), stamp(a)) })
	return found, nil
}

// keepFormer copies the store at path to a file beside it, before it is brought to
// the schema to, and returns where that is: empty for a store without content, or
// one that somebody else brought up to date meanwhile. Where the very content was
// copied already, by another process or before a power cut, that copy will do.
// Nobody writes while it copies.
func keepFormer(ctx context.Context, path string, to int64, now time.Time) (kept string, err error) {
	c, err := connect(path, fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if _, err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return "", err
	}
	defer c.rollback()
	is, err := headOfAny(c)
	if err != nil || is.seq == 0 {
		return "", err
	}
	at, err := c.number("SELECT max(version_id) FROM " + migrationTable + " WHERE is_applied")
	if err != nil || at >= to {
		return "", err
	}
	size, err := c.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
	if err != nil {
		return "", err
	}
	refuse := func(err error) error { return cannotKeep(path, at, to, size, err) }
	formers, err := Formers(path)
	if err != nil {
		return "", refuse(err)
	}
	for _, former := range formers {
		if soundAt(ctx, former, is) == nil {
			return former, nil
		}
	}
	part := path + ".before-part"
	if err := removeFormer(part); err != nil {
		return "", refuse(err)
	}
	if err := writeFormer(ctx, path, part, is); err != nil {
		return "", refuse(errors.Join(err, removeFormer(part)))
	}
	for kept == "" {
		name := fmt.Sprintf("%s.before-%d-%s", path, to, now.UTC().Format(formerStamp))
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			kept = name
		}
		now = now.Add(time.Second)
	}
	fault.Point("former named")
	if err := errors.Join(os.Rename(part, kept), SyncFolder(filepath.Dir(path))); err != nil {
		return "", refuse(err)
	}
	for i, old := range formers {
		if i >= keptFormers-1 {
			if err := removeFormer(old); err != nil {
				return "", refuse(err)
			}
		}
	}
	return kept, nil
}

// headOfAny returns the end of the journal of a store of whatever schema; nothing
// for one that has none yet.
func headOfAny(c *conn) (head, error) {
	n, err := c.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'journal'")
	if err != nil || n == 0 {
		return head{}, err
	}
	return readHead(c)
}

// writeFormer copies the store to part, brings it to disk and looks at it.
func writeFormer(ctx context.Context, path, part string, is head) error {
	if err := create(part); err != nil {
		return err
	}
	fault.Point("former copied")
	if err := copyStore(ctx, path, part, nil); err != nil {
		return err
	}
	return soundAt(ctx, part, is)
}

// soundAt returns an error unless a copy is whole and its journal ends as is.
func soundAt(ctx context.Context, path string, is head) (err error) {
	c, err := connectAs(path, toReadStill)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	has, err := headOfAny(c)
	if err != nil {
		return err
	}
	if has.seq != is.seq || has.hash != is.hash {
		return fmt.Errorf("the copy ends at entry %d, not %d", has.seq, is.seq)
	}
	return checkQuickly(ctx, c)
}

// removeFormer removes a copy and what SQLite left beside it.
func removeFormer(path string) error {
	for _, ext := range []string{"-journal", "-wal", "-shm", ""} {
		if err := os.Remove(path + ext); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// cannotKeep says why no copy could be kept, and what to do.
func cannotKeep(path string, at, to, size int64, err error) error {
	var store *boxoffice.StoreError
	var file *fs.PathError
	said := func(words, do string) error {
		return &UpgradeError{fmt.Sprintf("a copy of it is kept beside it before it is brought up to date (schema %d to %d), and %s", at, to, words), do, err}
	}
	switch {
	case isBusy(err):
		return err
	case isFull(err) || errors.Is(err, syscall.ENOSPC):
		return said(fmt.Sprintf("the disk has no room for that: %.1f MB", float64(size)/1e6),
			"make room there, then try again; until then the version that wrote it opens it")
	case errors.As(err, &store) && store.Err != nil:
		err = store.Err
	case errors.As(err, &file):
		err = file.Err
	}
	return said("that failed: "+err.Error(), fmt.Sprintf("mend that in %s, then try again; until then the version that wrote it opens it", filepath.Dir(path)))
}

package main

import (
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
	"github.com/spf13/cobra"

	"wicket/boxoffice"
	"wicket/store"
	"wicket/tui/screen"
)

// restoreOptions is how a backup comes back.
type restoreOptions struct {
	identities []string
	replace    bool
	withBreaks bool
}

func (p *program) restoreCommand() *cobra.Command {
	var o restoreOptions
	c := &cobra.Command{
		Use: "restore BACKUP", Short: "bring a house back from a backup", Args: oneArg("backup"),
		Long: `Brings the house back from a backup, to --house. The backup is unpacked beside that
place, opened and recounted first; only what adds up is put in place, in one step.

Where a house stands, nothing is changed: it says how far the backup goes and what of
the house would be lost. With --replace it takes the place, and the old house is kept
aside under a name with the date; end every counter and server before.`,
		Example: "  wicket restore /mnt/backup/teatro-leal-8f3a2c1d-20261123T193012Z.wicket --house /tmp/look.wicket\n  wicket restore BACKUP.wicket.tar.age --identity ~/age.key --replace",
	}
	c.Flags().StringArrayVarP(&o.identities, "identity", "i", nil, "the `FILE` of an age identity, for an encrypted backup")
	c.Flags().BoolVar(&o.replace, "replace", false, "take the place of the house that stands; it is kept aside")
	c.Flags().BoolVar(&o.withBreaks, "with-breaks", false, "put it in place although it does not add up")
	c.RunE = func(c *cobra.Command, args []string) error {
		identities, err := identitiesIn(o.identities)
		if err != nil {
			return &usageError{err}
		}
		return p.restore(c.Context(), args[0], identities, o)
	}
	return c
}

// unpacked is a backup that lies unpacked, opened and recounted.
type unpacked struct {
	dir   string
	reach boxoffice.Reach
	house boxoffice.House
}

func (u unpacked) file(name string) string { return filepath.Join(u.dir, filepath.FromSlash(name)) }

func (u unpacked) has(name string) bool {
	_, err := os.Stat(u.file(name))
	return err == nil
}

func (p *program) restore(ctx context.Context, from string, identities []age.Identity, o restoreOptions) error {
	path, err := p.housePath()
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return unusable(path)
	}
	stands, err := p.whatStands(ctx, path)
	if err != nil {
		return err
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("nothing was changed: the folder %s cannot be made: %w\n  name another place with --house", folder, reason(err))
	}
	sweepParts(folder, p.clock.Now())
	dir, err := os.MkdirTemp(folder, partName+"*")
	if err != nil {
		return cannotRestore(from, folder, err)
	}
	defer os.RemoveAll(dir)
	u, err := p.unpackBackup(ctx, from, dir, identities, o.withBreaks)
	if err != nil {
		return cannotRestore(from, folder, err)
	}
	fmt.Fprintf(p.out, "%s: the backup is sound, and goes to entry %d of %s\n", boxoffice.Clean(u.house.Name), u.reach.Seq, instant(u.reach.At, u.house))
	lost, err := stands.lostBy(ctx, u, p.clock)
	if err != nil {
		return err
	}
	for _, line := range lost {
		fmt.Fprintln(p.out, "  "+line)
	}
	if stands.there && !o.replace {
		return fmt.Errorf("a house stands at %s: nothing was changed\n  name another place with --house, or end every counter and server and say --replace", path)
	}
	hadKey := u.has(boxedKey)
	aside, err := p.putInPlace(u, path, stands)
	if err != nil {
		return err
	}
	if aside != "" {
		fmt.Fprintf(p.out, "the old house is kept as %s\n", aside)
	}
	fmt.Fprintf(p.out, "restored to %s; see wicket doctor before you sell\n", path)
	if _, err := os.Stat(keyPath(path)); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(p.out, "  the key of the barcodes was not in the backup: bring %s back, no printed ticket can be scanned without it\n", keyPath(path))
	} else if !hadKey {
		fmt.Fprintf(p.out, "  the key of the barcodes was not in the backup; %s was left as it is\n", keyPath(path))
	}
	return nil
}

// unpackBackup unpacks a backup into dir and looks at what came out: its sum, if
// that lies beside it, then all that can be recounted.
func (p *program) unpackBackup(ctx context.Context, from, dir string, identities []age.Identity, withBreaks bool) (u unpacked, err error) {
	u.dir = dir
	info, err := os.Stat(from)
	switch {
	case err == nil && info.IsDir():
		return u, &fileError{fmt.Sprintf("%s is a folder: nothing was changed\n  name one of the backups in it", from), nil}
	case err == nil && !info.Mode().IsRegular(): // it may never end, nor begin
		return u, &fileError{fmt.Sprintf("%s is no plain file: nothing was changed\n  put the backup on a disk first, and name it there", from), nil}
	case errors.Is(err, fs.ErrNotExist):
		return u, &fileError{fmt.Sprintf("there is no backup %s; nothing was changed\n  is its disk mounted?", from), err}
	}
	if err := p.checkSum(from); err != nil {
		return u, err
	}
	f, err := os.Open(from)
	if err != nil {
		return u, err
	}
	defer f.Close()
	if err := unpack(f, identities, u.put); err != nil {
		return u, err
	}
	house := u.file(boxedHouse)
	if err := unusable(house); err != nil {
		return u, errNoBackup
	}
	s, err := store.Open(ctx, house, store.Options{Clock: p.clock, NoCopy: true}) // of an older schema it brings up to date
	if err != nil {
		return u, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	v, ok := s.(verifier)
	if !ok {
		return u, errors.New("this kind of store cannot recount itself")
	}
	breaks, err := v.Verify(ctx)
	if err != nil {
		return u, err
	}
	for _, b := range breaks[:min(len(breaks), 10)] {
		fmt.Fprintf(p.err, "%s: %s\n", boxoffice.Clean(b.Where), boxoffice.Clean(b.What))
	}
	if len(breaks) > 0 && !withBreaks {
		return u, fmt.Errorf("it does not add up: %s\n  take an older one; if this is all there is, say --with-breaks", screen.Count(len(breaks), "break"))
	}
	err = s.View(ctx, func(r boxoffice.Reader) (err error) {
		if u.house, err = r.House(); err != nil {
			return err
		}
		u.reach, err = boxoffice.ReachOf(r)
		return err
	})
	return u, err
}

// put writes one file of a backup.
func (u unpacked) put(name string, r io.Reader) (err error) {
	path := u.file(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}

// checkSum compares a backup with the sum beside it.
func (p *program) checkSum(from string) error {
	text, err := os.ReadFile(sumPath(from))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(from); err == nil {
			p.complain(filepath.Base(sumPath(from)) + " is not beside it: only what can be recounted is checked")
		}
		return nil
	}
	if err != nil {
		return err
	}
	sum, err := sumOfFile(from)
	if err != nil {
		return err
	}
	want, _, _ := strings.Cut(string(text), " ")
	if len(want) != 2*len(sum) {
		return fmt.Errorf("%s beside it is no sum\n  take another backup; or move that file away, and only what can be recounted is checked", filepath.Base(sumPath(from)))
	}
	if want != fmt.Sprintf("%x", sum) {
		return errors.New("it is not as it was when it was made: its sum is another one\n  take another backup, or fetch this one again from where it was copied to")
	}
	return nil
}

// cannotRestore says why a backup did not come back. Nothing was changed.
func cannotRestore(from, folder string, err error) error {
	say := func(format string, args ...any) error { return &fileError{fmt.Sprintf(format, args...), err} }
	var file *fileError
	var store *boxoffice.StoreError
	switch {
	case errors.As(err, &file), errors.Is(err, context.Canceled):
		return err
	case isDiskFull(folder, err):
		return say("the disk of %s is full; nothing was changed\n  make room there, or name another place with --house", folder)
	case errors.Is(err, fs.ErrPermission) && writeBeside(filepath.Join(folder, "x")) != nil:
		return say("this account may not write in %s: nothing was changed\n  ask who owns it, or name another place with --house", folder)
	case errors.Is(err, fs.ErrPermission):
		return say("%s cannot be read by this account: nothing was changed\n  ask who owns it, or copy it to where it can be read", from)
	case errors.Is(err, syscall.EROFS):
		return say("the disk of %s can only be read: nothing was changed\n  mount it for writing, or name another place with --house", folder)
	case errors.As(err, &store) && store.Err == nil:
		return say("%s was left alone, nothing was changed: %s\n  restore it with what wrote it", from, store.Words)
	case errors.As(err, &store):
		return say("%s is damaged, nothing was changed: %v\n  take another backup", from, store.Err)
	}
	if words := err.Error(); strings.Contains(words, "\n") { // it says what to do
		return say("%s was not restored, nothing was changed: %s", from, words)
	}
	return say("%s was not restored, nothing was changed: %v\n  see that it is a backup of wicket; otherwise take another one", from, err)
}

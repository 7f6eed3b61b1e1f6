package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"wicket/boxoffice"
)

// keyPath is where the key of the house at path lies: the barcodes of all its
// tickets hang on it.
func keyPath(path string) string { return path + ".key" }

// barcodesOf returns the barcodes of the house at path. Its key is made where there
// is none, and isNew says so; of several processes that find none at once, one
// makes it and all have that one.
func barcodesOf(path string) (codes boxoffice.Barcodes, isNew bool, err error) {
	path = keyPath(path)
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if isNew, err = makeKey(path); err == nil {
			key, err = readKey(path)
		}
	}
	if err != nil {
		return codes, false, fmt.Errorf("the key of the tickets' barcodes: %w", err)
	}
	codes, err = boxoffice.NewBarcodes(key)
	return codes, isNew, err
}

// readKey reads the key at path. One that others can read, or of another size, is
// refused: with it anybody could make tickets, or nobody could read them.
func readKey(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if loose := info.Mode().Perm() & 0o077; loose != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s can be read or changed by others (mode %04o), who could make tickets with it; keep it to yourself: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	key, err := io.ReadAll(io.LimitReader(f, boxoffice.BarcodeKeySize+1))
	if err != nil {
		return nil, err
	}
	if len(key) != boxoffice.BarcodeKeySize {
		return nil, fmt.Errorf("%s is no key: it has %d bytes, a key has %d; bring it back from a backup, the barcodes of tickets already printed hang on it", path, info.Size(), boxoffice.BarcodeKeySize)
	}
	return key, nil
}

// makeKey makes a key at path unless there is one by then, and reports whether this
// one is it. The key appears whole or not at all.
func makeKey(path string) (made bool, err error) {
	key := make([]byte, boxoffice.BarcodeKeySize)
	if _, err := rand.Read(key); err != nil {
		return false, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-") // its owner's alone
	if err != nil {
		return false, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, err
	}
	switch err := os.Link(f.Name(), path); {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrExist):
		return false, nil
	}
	return makeKeyInPlace(path, key)
}

// makeKeyInPlace is for disks that know no second name of a file: a USB stick.
// Whoever reads while the key is being written is refused, and finds it next time.
func makeKeyInPlace(path string, key []byte) (bool, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = f.Write(key)
	return true, errors.Join(err, f.Sync(), f.Close())
}

// newKeyWords says what a new key means for a house that has sold tickets before;
// empty for one that has not.
func newKeyWords(ctx context.Context, office *boxoffice.Office, path string) (string, error) {
	sold, err := office.FindOrders(ctx, "", 1)
	if err != nil || len(sold) == 0 {
		return "", err
	}
	return fmt.Sprintf("made a new key for barcodes, %s: tickets printed before, with another key, are no longer recognised; if there is a backup of that file, bring it back", keyPath(path)), nil
}

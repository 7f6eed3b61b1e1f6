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

// openBarcodes returns the barcodes of an open house. Where it has no key and may
// make one, it makes one, unless the house has sold tickets: their barcodes hang on
// the key that is missing. Without a key the house sells, and its tickets have no
// barcode until the key is back.
func (h *house) openBarcodes(ctx context.Context, mayMake bool) (codes boxoffice.Barcodes, err error) {
	key, err := readKey(keyPath(h.path))
	if err == nil {
		return boxoffice.NewBarcodes(key)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return codes, fmt.Errorf("the key of the tickets' barcodes: %w", err)
	}
	sold := false
	if mayMake {
		if sold, err = h.hasSold(ctx); err != nil {
			return codes, err
		}
	}
	if !mayMake || sold {
		h.keyless = true
		return codes, nil
	}
	codes, _, err = barcodesOf(h.path)
	return codes, err
}

// hasSold reports whether the house ever sold a ticket.
func (h *house) hasSold(ctx context.Context) (sold bool, err error) {
	err = h.store.View(ctx, func(r boxoffice.Reader) error {
		orders, err := r.Orders("", 1)
		sold = len(orders) > 0
		return err
	})
	return sold, err
}

// keylessWords says that the key is missing, what that means and what to do.
func keylessWords(path string) string {
	return fmt.Sprintf("the key of the tickets' barcodes, %s, is missing: until it is back no ticket has a barcode and none can be scanned\n  bring the file back from the backup; if there is none: wicket house key --new", keyPath(path))
}

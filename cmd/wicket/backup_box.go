package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// What lies in a backup, by the names it has in a tar.
const (
	boxedHouse   = "house.wicket"
	boxedKey     = "house.wicket.key"
	boxedHostKey = "house.wicket.ssh/host_ed25519"
)

// maxKeyFile is what a file with a key has at most.
const maxKeyFile = 64 << 10

// backupKind is what kind of file a backup is, by how it begins.
type backupKind int

const (
	noBackup      backupKind = iota
	plainBackup              // the house itself
	packedBackup             // a tar of the house and its keys
	sealedBackup             // one of these, encrypted
	armoredBackup            // such a one, written in letters
)

func kindOf(begin []byte) backupKind {
	switch {
	case bytes.HasPrefix(begin, []byte("SQLite format 3\x00")):
		return plainBackup
	case bytes.HasPrefix(begin, []byte("age-encryption.org/v1\n")):
		return sealedBackup
	case bytes.HasPrefix(begin, []byte(armor.Header)):
		return armoredBackup
	case len(begin) >= 512 && bytes.HasPrefix(begin, []byte(boxedHouse+"\x00")) && bytes.HasPrefix(begin[257:], []byte("ustar")):
		return packedBackup
	}
	return noBackup
}

func kindOfFile(path string) (backupKind, error) {
	f, err := os.Open(path)
	if err != nil {
		return noBackup, err
	}
	defer f.Close()
	begin := make([]byte, 512)
	n, err := io.ReadFull(f, begin)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return noBackup, err
	}
	return kindOf(begin[:n]), nil
}

// boxed is a file on its way into a backup.
type boxed struct {
	name string
	file string // where it lies
}

// pack writes files into w: a tar, encrypted if there are recipients.
func pack(w io.Writer, files []boxed, to []age.Recipient) (err error) {
	if len(to) > 0 {
		sealed, err := age.Encrypt(w, to...)
		if err != nil {
			return fmt.Errorf("encrypt: %w", err)
		}
		return errors.Join(pack(sealed, files, nil), sealed.Close())
	}
	box := tar.NewWriter(w)
	for _, b := range files {
		if err := packOne(box, b); err != nil {
			return err
		}
	}
	return box.Close()
}

func packOne(box *tar.Writer, b boxed) error {
	f, err := os.Open(b.file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	// A house above 8 GB does not fit the oldest form: the library takes the one it needs.
	if err := box.WriteHeader(&tar.Header{Name: b.name, Size: info.Size(), Mode: 0o600, ModTime: info.ModTime()}); err != nil {
		return err
	}
	_, err = io.Copy(box, f)
	return err
}

// sealedError says that a backup is encrypted and cannot be opened.
type sealedError struct{ words string }

func (e *sealedError) Error() string { return e.words }

// errNoBackup says that a file is none.
var errNoBackup = errors.New("it is no backup: neither a house, nor a tar of one, nor encrypted with age")

// unpack reads a backup and gives each file in it to put, the house first. Files of
// other names are an error.
func unpack(r io.Reader, identities []age.Identity, put func(name string, r io.Reader) error) error {
	buffered := bufio.NewReader(r)
	begin, err := buffered.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch kindOf(begin) {
	case plainBackup:
		return put(boxedHouse, buffered)
	case packedBackup:
		return unpackTar(buffered, put)
	case armoredBackup:
		return unpack(armor.NewReader(buffered), identities, put)
	case sealedBackup:
		if len(identities) == 0 {
			return &sealedError{"it is encrypted\n  name the file of your age identity with --identity"}
		}
		open, err := age.Decrypt(buffered, identities...)
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			if slices.Contains(none.StanzaTypes, "scrypt") {
				return &sealedError{"it is encrypted with a passphrase\n  decrypt it with age -d first, and restore what comes out"}
			}
			return &sealedError{"it is encrypted to somebody else: none of the identities given opens it\n  name the one that was made for these backups with --identity"}
		}
		if err != nil {
			return &sealedError{fmt.Sprintf("it is cut or damaged: %v\n  take another backup", err)}
		}
		return unpack(sealed{open}, nil, put)
	}
	return errNoBackup
}

// sealed is what comes out of an encrypted backup.
type sealed struct{ in io.Reader }

func (s sealed) Read(into []byte) (int, error) {
	n, err := s.in.Read(into)
	if err != nil && !errors.Is(err, io.EOF) {
		err = &sealedError{fmt.Sprintf("it is cut or damaged, or could not be read: %v\n  take another backup", err)}
	}
	return n, err
}

func unpackTar(r io.Reader, put func(name string, r io.Reader) error) error {
	box := tar.NewReader(r)
	seen := map[string]bool{}
	for {
		head, err := box.Next()
		if errors.Is(err, io.EOF) {
			_, err := io.Copy(io.Discard, r) // to the end: only there is an encrypted file known to be whole
			return err
		}
		if err != nil {
			return err
		}
		name := path.Clean(head.Name)
		known := name == boxedHouse || (name == boxedKey || name == boxedHostKey) && head.Size <= maxKeyFile
		if !known || seen[name] || head.Typeflag != tar.TypeReg {
			return fmt.Errorf("it has something in it that no backup has: %q", head.Name)
		}
		seen[name] = true
		if err := put(name, box); err != nil {
			return err
		}
	}
}

// recipients reads whom to encrypt to: each an age recipient, or a file of them.
func recipients(words []string) ([]age.Recipient, error) {
	var all []age.Recipient
	for _, w := range words {
		text := w
		if !strings.HasPrefix(w, "age1") {
			b, err := os.ReadFile(w)
			if err != nil {
				return nil, fmt.Errorf("--to takes an age recipient (age1…) or a file of them: %w", err)
			}
			text = string(b)
		}
		some, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("--to %s: %w\n  age-keygen prints a recipient like age1…", w, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// witness returns a recipient that goes with the others, and its identity: what was
// encrypted is opened once with it, and then it is forgotten.
func witness(others []age.Recipient) (age.Recipient, age.Identity, error) {
	if _, hybrid := others[0].(*age.HybridRecipient); hybrid {
		id, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, nil, err
		}
		return id.Recipient(), id, nil
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, err
	}
	return id.Recipient(), id, nil
}

// identitiesIn reads the age identities of a file.
func identitiesIn(files []string) ([]age.Identity, error) {
	var all []age.Identity
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("--identity: %w", err)
		}
		text := bufio.NewReader(f)
		begin, _ := text.Peek(len(armor.Header)) // a shorter one is none of these
		some, err := age.ParseIdentities(text)
		if kind := kindOf(begin); kind == sealedBackup || kind == armoredBackup {
			err = errors.New("this identity is encrypted itself: decrypt it with age -d first")
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("--identity %s: %w\n  it is the file that age-keygen made", file, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// keyFiles returns the keys there are beside the house, and the name of the barcode
// key if that is missing.
func keyFiles(house string) (files []boxed, missing string) {
	for _, b := range []boxed{{boxedKey, keyPath(house)}, {boxedHostKey, filepath.Join(house+".ssh", "host_ed25519")}} {
		if info, err := os.Stat(b.file); err == nil && info.Mode().IsRegular() {
			files = append(files, b)
		} else if errors.Is(err, fs.ErrNotExist) && b.name == boxedKey {
			missing = b.file
		}
	}
	return files, missing
}

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"wicket/boxoffice"
)

// backupName is what the name of a backup says: «teatro-leal-8f3a2c1d-20261123T193012Z.wicket».
type backupName struct {
	house  string // its name, for people
	mark   string // which house it is: boxoffice.Reach.Mark
	at     time.Time
	packed bool // a tar of the house and its keys
	sealed bool // encrypted
}

const backupStamp = "20060102T150405Z"

var backupForm = regexp.MustCompile(`^(.*)-([0-9a-f]{8})-([0-9]{8}T[0-9]{6}Z)\.wicket(\.tar)?(\.age)?$`)

func (n backupName) String() string {
	s := n.house + "-" + n.mark + "-" + n.at.UTC().Format(backupStamp) + ".wicket"
	if n.packed {
		s += ".tar"
	}
	if n.sealed {
		s += ".age"
	}
	return s
}

// parseBackupName takes a file's name apart; ok is false for one that is no backup's.
func parseBackupName(file string) (n backupName, ok bool) {
	m := backupForm.FindStringSubmatch(file)
	if m == nil {
		return n, false
	}
	at, err := time.Parse(backupStamp, m[3])
	return backupName{house: m[1], mark: m[2], at: at, packed: m[4] != "", sealed: m[5] != ""}, err == nil
}

// plainName writes the name of a house in letters that every disk takes.
func plainName(house string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(house) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	if name == "" {
		return "house"
	}
	return name[:min(len(name), 40)]
}

// backupFile is a backup that lies in a folder.
type backupFile struct {
	backupName
	path string
	size int64
}

// backupsOf lists the backups of the house with this mark in dir, newest first. It
// goes by their names and takes plain files only.
func backupsOf(dir, mark string) ([]backupFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []backupFile
	for _, e := range entries {
		n, ok := parseBackupName(e.Name())
		if !ok || n.mark != mark {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has gone since
		}
		if err != nil {
			return nil, err
		}
		if info.Mode().IsRegular() {
			found = append(found, backupFile{n, filepath.Join(dir, e.Name()), info.Size()})
		}
	}
	slices.SortStableFunc(found, func(a, b backupFile) int { return b.at.Compare(a.at) })
	return found, nil
}

// ahead returns how many of backups, newest first, are dated later than now: of a clock
// that was ahead, or has been set back since.
func ahead(all []backupFile, now time.Time) int {
	const mayBeOff = 5 * time.Second
	for i, b := range all {
		if !b.at.After(now.Add(mayBeOff)) {
			return i
		}
	}
	return len(all)
}

// partName is how files begin that are being made: no backup, and nobody's to use.
const partName = ".wicket-part-"

// stalePart is how long nobody wrote to a part before it is somebody's who was
// killed.
const stalePart = time.Hour

// sweepParts removes what a backup or a restore that was killed left in dir.
func sweepParts(dir string, now time.Time) {
	parts, _ := filepath.Glob(filepath.Join(globbed(dir), partName+"*")) // a bad pattern has no match
	for _, part := range parts {
		if info, err := os.Lstat(part); err == nil && now.Sub(info.ModTime()) > stalePart {
			_ = os.RemoveAll(part) // the next one tries again
		}
	}
}

// globbed is a path as [filepath.Glob] takes it by the letter.
func globbed(path string) string {
	if filepath.Separator == '\\' {
		return path // no escapes there
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// isBackupOf reports whether a file is what its name says it is: a backup of this
// very house. Of an encrypted one only the beginning can be known.
func isBackupOf(file backupFile, clock boxoffice.Clock, through func(boxoffice.Reach) (bool, error)) (bool, error) {
	kind, err := kindOfFile(file.path)
	switch {
	case err != nil:
		return false, err
	case file.sealed:
		return kind == sealedBackup, nil
	case file.packed:
		return kind == packedBackup, nil
	case kind != plainBackup:
		return false, nil
	}
	reach, err := reachOfFile(file.path, clock)
	if err != nil {
		return false, nil //nolint:nilerror // what cannot be read is left where it is
	}
	return through(reach)
}

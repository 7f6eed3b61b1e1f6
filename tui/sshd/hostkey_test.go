package sshd_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wicket/tui/sshd"
)

// TestTheHostKeyIsMadeOnce and refused when others can read it.
func TestTheHostKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "house", "ssh_host_key")
	o := sshd.Options{HostKey: path, Directory: newDirectory(), Open: (&stage{}).Open}
	first, err := sshd.New(o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := sshd.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if first.Fingerprint() != second.Fingerprint() || !strings.HasPrefix(first.Fingerprint(), "SHA256:") {
		t.Errorf("%s, then %s", first.Fingerprint(), second.Fingerprint())
	}
	if runtime.GOOS == "windows" {
		return
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := sshd.New(o); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("readable by others: %v", err)
	}
}

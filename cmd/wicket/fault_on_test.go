//go:build faults && unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const builtForFaults = true

// TestAimedKillsOfABackup: one that is killed before the copy is on disk or before it
// has its name leaves nothing that is taken for a backup; later it is there, whole.
func TestAimedKillsOfABackup(t *testing.T) {
	h := openHouse(t, 1, 1_999)
	for _, c := range []struct {
		point string
		there bool
	}{{"copied", false}, {"backup placed", false}, {"backup summed", true}} {
		dir := h.at(strings.ReplaceAll(c.point, " ", "-"))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		cmd := h.command("backup", dir)
		cmd.Env = append(cmd.Env, "WICKET_FAULT="+c.point)
		out, err := cmd.CombinedOutput()
		var ended *exec.ExitError
		if !errors.As(err, &ended) || ended.ExitCode() != -1 {
			t.Errorf("at «%s» it was not killed: %v\n%s", c.point, err, out)
		}
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, f := range files {
			if _, ok := parseBackupName(f.Name()); ok {
				found++
				h.run(t, "restore", filepath.Join(dir, f.Name()), "--house", filepath.Join(dir, "again.wicket"))
			}
		}
		if found > 0 != c.there {
			t.Errorf("killed at «%s» it left %v", c.point, files)
		}
		if !c.there { // else the next could be of the same second
			h.run(t, "backup", dir)
		}
		h.run(t, "verify")
	}
}

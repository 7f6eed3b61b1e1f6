//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wicket/store/storetest"
)

// TestUpgradeIsSaid: who opens a house of an earlier schema first reads where it is
// kept as it was; where it cannot be kept, what to do. It comes back from there.
func TestUpgradeIsSaid(t *testing.T) {
	h := openHouse(t, 1, 1)
	house := h.at("old.wicket")
	storetest.Unpack(t, "../../store/sqlite/testdata/schemas/8.wicket.gz", house)
	if err := os.MkdirAll(house+".before-part/in the way", 0o700); err != nil {
		t.Fatal(err)
	}
	if said := h.refused(t, "--house", house, "verify"); !strings.Contains(said, "nothing in it changed") || !strings.Contains(said, "then try again") {
		t.Errorf("where no copy can be kept: %s", said)
	}
	if err := os.RemoveAll(house + ".before-part"); err != nil {
		t.Fatal(err)
	}
	said := h.run(t, "--house", house, "verify")
	kept, err := filepath.Glob(house + ".before-*")
	if err != nil || len(kept) != 1 || !strings.Contains(said, kept[0]) || !strings.Contains(said, "schema 8 to ") {
		t.Errorf("kept is %v, said was %s", kept, err)
	}
	if said := h.run(t, "--house", house, "verify"); strings.Contains(said, "schema") {
		t.Errorf("it is said again: %s", said)
	}
	if said := h.refused(t, "--house", house, "doctor"); !strings.Contains(said, kept[0]) {
		t.Errorf("the doctor does not know of it: %s", said)
	}
	h.run(t, "restore", kept[0], "--house", house, "--replace")
	if said := h.run(t, "--house", house, "verify"); !strings.Contains(said, "clean: 50 tickets") {
		t.Errorf("it came back as %s", said)
	}
}

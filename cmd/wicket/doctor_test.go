//go:build unix

package main

import (
	"os"
	"strings"
	"testing"

	"wicket/store/storetest"
)

// TestDoctorOfAHouseThatSomebodyChanged: what no longer refuses, and what says nothing of
// its schema, is wrong before anybody sells in it.
func TestDoctorOfAHouseThatSomebodyChanged(t *testing.T) {
	h := openHouse(t, 1, 1)
	text, err := os.ReadFile(h.at("house.wicket"))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "an order never changes but", "an order often changes but")
	if changed == string(text) {
		t.Fatal("there is no such guard any more")
	}
	h.write(t, "changed.wicket", changed)
	if said := h.refused(t, "--house", "changed.wicket", "doctor"); !strings.Contains(said, "WRONG  its schema is not as this program made it") || !strings.Contains(said, "orders_change") {
		t.Errorf("the doctor says %s", said)
	}
	storetest.Unpack(t, "testdata/no-schema.wicket.gz", h.at("bare.wicket"))
	if said := h.refused(t, "--house", "bare.wicket", "doctor"); !strings.Contains(said, "does not say which schema it has") {
		t.Errorf("the doctor says %s", said)
	}
	said := h.refused(t, "--house", "bare.wicket", "verify")
	if !strings.Contains(said, "was left as it is") || !strings.Contains(said, "see wicket doctor") {
		t.Errorf("verify says %s", said)
	}
}

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestProgramHasNoFaultPoints: nothing of what kills a process for a test is in the
// program, unless it was built for such tests.
func TestProgramHasNoFaultPoints(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self) // the whole program, with its tests
	if err != nil {
		t.Fatal(err)
	}
	// Put together here, lest the test itself be found.
	for _, words := range []string{strings.Join([]string{"WICKET", "FAULT"}, "_"), strings.Join([]string{"former", "named"}, " ")} {
		if found := bytes.Contains(program, []byte(words)); found != builtForFaults {
			t.Errorf("«%s» is in the program: %v", words, found)
		}
	}
}

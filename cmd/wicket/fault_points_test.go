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
	for _, words := range [][]string{{"WICKET", "FAULT"}, {"former", "named"}} {
		found := bytes.Contains(program, []byte(strings.Join(words, map[bool]string{true: "_", false: " "}[words[0] == "WICKET"])))
		if found != builtForFaults {
			t.Errorf("«%s» is in the program: %v", strings.Join(words, " "), found)
		}
	}
}

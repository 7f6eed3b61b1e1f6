package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wicket/boxoffice"
)

// TestEventKeys: the command line takes the keys that a programme file does.
func TestEventKeys(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) (said string, code int) {
		var out bytes.Buffer
		p := &program{out: &out, err: &out, environ: []string{"WICKET_HOUSE=" + filepath.Join(dir, "house.wicket")}, clock: boxoffice.SystemClock{}}
		code = p.run(context.Background(), args)
		return out.String(), code
	}
	must := func(args ...string) string {
		t.Helper()
		said, code := run(args...)
		if code != codeDone {
			t.Fatalf("%v ended with %d: %s", args, code, said)
		}
		return said
	}
	if err := os.WriteFile(filepath.Join(dir, "hall.csv"), []byte("section,row,seat,zone,flags\nStalls,A,1,Zone,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must("house", "create", "--name", "Teatro", "--currency", "EUR", "--zone", "UTC", "--manager", "Ana")
	must("plan", "import", filepath.Join(dir, "hall.csv"), "--name", "hall")
	must("event", "add", "Macbeth", "--title", "Macbeth")
	performance := []string{"--event", "MACBETH", "--plan", "hall", "--curtain", "2099-12-01 20:00"}
	must(append([]string{"performance", "add", "Macbeth-1"}, performance...)...)
	if said, _ := run("performance", "open", "Macbeth-1"); !strings.Contains(said, "no prices yet") {
		t.Errorf("the performance is not found by its key: %s", said)
	}
	for _, key := range []string{"two words", "müller", "a_b", strings.Repeat("m", 41)} {
		for _, args := range [][]string{{"event", "add", key, "--title", "Hamlet"}, append([]string{"performance", "add", key}, performance...)} {
			if said, code := run(args...); code == codeDone || !strings.Contains(said, "letters a–z, digits and hyphens") {
				t.Errorf("%v ended with %d: %s", args, code, said)
			}
		}
	}
	if said := must("event", "list"); !strings.HasPrefix(said, "macbeth ") || strings.Count(said, "\n") != 1 {
		t.Errorf("the house has the events\n%s", said)
	}
}

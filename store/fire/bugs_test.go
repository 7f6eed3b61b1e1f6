//go:build bugs

package fire_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wicket/store/storetest/history"
)

// root is the root of the module.
const root = "../.."

// TestSeededBugsAreCaught makes each of the bugs, and fails if one of them survives
// the histories. Without any, the same binary must find nothing.
func TestSeededBugsAreCaught(t *testing.T) {
	began := time.Now()
	bugs := readBugs(t)
	binary := build(t, bugs)
	built := time.Since(began)
	var mu sync.Mutex
	var lines []string
	t.Run("each", func(t *testing.T) {
		for _, two := range []bool{false, true} {
			t.Run(fmt.Sprintf("no bug, two processes %v", two), func(t *testing.T) {
				t.Parallel()
				if rules, out := run(t, binary, "", two, 4000); rules != nil || !strings.Contains(out, "\nPASS") {
					t.Errorf("without a bug:\n%s", out)
				}
			})
		}
		for _, b := range bugs {
			t.Run(b.name, func(t *testing.T) {
				t.Parallel()
				var found []string
				for operations := 4000; operations <= 16_000; operations *= 2 {
					rules, _ := run(t, binary, b.name, b.two, operations)
					found = append(found, strings.Join(rules, " "))
					if slices.ContainsFunc(rules, counts) {
						break
					}
					if operations == 16_000 {
						t.Errorf("%s, and it survived: %q was found; it used to be caught by %s", b.what, found, b.caught)
						return
					}
				}
				mu.Lock()
				defer mu.Unlock()
				lines = append(lines, fmt.Sprintf("%s: %s; caught by %s", b.name, b.what, strings.Join(found, ", then ")))
			})
		}
	})
	slices.Sort(lines)
	t.Logf("%d of %d seeded bugs caught in %.0f s, of which %.0f s to build:\n%s",
		len(lines), len(bugs), time.Since(began).Seconds(), built.Seconds(), strings.Join(lines, "\n"))
}

// counts reports whether a rule is one of the judge of histories: trouble is what the
// database's own guards refuse, and verify recounts.
func counts(rule string) bool { return rule != string(history.Trouble) && rule != "verify" }

// faultLine is how a test says what rule is broken.
var faultLine = regexp.MustCompile(`(?m)^ +history\w*_test\.go:\d+: (\w+): `)

// run runs the histories with one bug in the code, and returns which rules were found
// broken.
func run(t *testing.T, binary, name string, two bool, operations int) (rules []string, out string) {
	t.Helper()
	test := "^TestHistory$"
	if two {
		test = "^TestHistoryOfTwoProcesses$"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.run="+test, "-test.v")
	cmd.Env = append(os.Environ(), "WICKET_TEST_BUG="+name, fmt.Sprintf("WICKET_ROUNDS=%d", operations))
	said, err := cmd.CombinedOutput()
	out = string(said)
	if name == "" && err != nil {
		t.Error(err)
	}
	for _, m := range faultLine.FindAllStringSubmatch(out, -1) {
		if !slices.Contains(rules, m[1]) {
			rules = append(rules, m[1])
		}
	}
	return rules, out
}

// build builds the tests of this package with all bugs in them, each asleep.
func build(t *testing.T, bugs []bug) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	add := func(file, text string) {
		here, err := filepath.Abs(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		replace[here] = filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(replace[here], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	texts := map[string]string{}
	for _, b := range bugs {
		for _, e := range b.edits {
			if texts[e.file] == "" {
				texts[e.file] = read(t, filepath.Join(root, e.file))
			}
			if n := strings.Count(texts[e.file], e.before); n != 1 {
				t.Fatalf("«%s»: this is in %s %d times, and should be once:\n%s", b.name, e.file, n, e.before)
			}
			texts[e.file] = strings.Replace(texts[e.file], e.before, e.after, 1)
		}
	}
	for file, text := range texts {
		add(file, text)
	}
	add("boxoffice/bug.go", read(t, "testdata/bugs/boxoffice_bug.txt"))
	add("store/sqlite/bug.go", read(t, "testdata/bugs/store_sqlite_bug.txt"))
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list, binary := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "fire.test")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "-c", "-ldflags=-s -w", "-overlay", list, "-o", binary, ".")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path) //nolint:gosec // the module's own
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

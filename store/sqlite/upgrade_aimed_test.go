//go:build faults

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// aimedHouse names the house that a second process of this test binary opens.
const aimedHouse = "WICKET_TEST_AIMED_HOUSE"

// TestAimedKillsOfAnUpgrade: a process that brings a house up to date is killed before
// the copy, in it, before it has its name, and before each migration; the next goes
// on, and the copy is the house as it was.
func TestAimedKillsOfAnUpgrade(t *testing.T) {
	if path := os.Getenv(aimedHouse); path != "" {
		if _, err := Open(context.Background(), path, Options{}); err != nil {
			t.Fatal(err)
		}
		return
	}
	newest, err := newestSchema()
	if err != nil {
		t.Fatal(err)
	}
	kills := 0
	for _, f := range formers(t) {
		var points []string
		if f.schema < newest {
			points = []string{"former copied", "copied", "former named"}
		}
		for n := range newest - f.schema {
			points = append(points, fmt.Sprintf("migrate:%d", n+1))
		}
		for _, point := range points {
			path := f.unpack(t)
			before := contentOf(t, path, nil)
			child := exec.Command(os.Args[0], "-test.run=^TestAimedKillsOfAnUpgrade$") //nolint:gosec // ourselves
			child.Env = append(os.Environ(), aimedHouse+"="+path, "WICKET_FAULT="+point)
			out, err := child.CombinedOutput()
			var ended *exec.ExitError
			if !errors.As(err, &ended) || ended.ExitCode() != -1 {
				t.Errorf("%s at %s was not killed: %v\n%s", f.name, point, err, out)
				continue
			}
			kills++
			kept, err := Formers(path)
			if named := strings.HasPrefix(point, "migrate"); err != nil || len(kept) > 0 != named {
				t.Errorf("%s at %s: kept is %v, %v", f.name, point, kept, err)
			}
			upgraded(t, path, before)
			if kept, err = Formers(path); err != nil || len(kept) != 1 {
				t.Fatalf("%s at %s, opened again: kept is %v, %v", f.name, point, kept, err)
			}
			before.compare(t, kept[0])
			if names := beside(t, path); len(names) != 2 {
				t.Errorf("%s at %s: there is %v", f.name, point, names)
			}
		}
	}
	t.Logf("%d kills of upgrades at their points: every house was whole, its copy too", kills)
}

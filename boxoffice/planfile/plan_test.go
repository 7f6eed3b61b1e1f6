package planfile

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"wicket/boxoffice"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

// mustRead reads a plan twice: it must be accepted, keep every promise and come
// out the same both times.
func mustRead(t *testing.T, name, text string) (*boxoffice.Plan, *Report) {
	t.Helper()
	plan, report, err := Read(name, strings.NewReader(text))
	if err != nil {
		t.Fatalf("Read(%s): %v", name, err)
	}
	if err := Check(plan); err != nil {
		t.Fatalf("the plan of %s breaks a promise: %v", name, err)
	}
	again, reportAgain, err := Read(name, strings.NewReader(text))
	if err != nil || !reflect.DeepEqual(plan, again) || !reflect.DeepEqual(report, reportAgain) {
		t.Fatalf("%s read twice is not the same plan (%v)", name, err)
	}
	return plan, report
}

// drawing is all there is to see of a plan.
func drawing(plan *boxoffice.Plan, report *Report) string {
	var b strings.Builder
	if report != nil {
		b.WriteString(strings.Join(report.Lines(3), "\n") + "\n\n")
	}
	b.WriteString(Summarise(plan).String())
	for i, l := range plan.Levels {
		b.WriteString("\n== " + l.Name + "\n" + Draw(plan, i))
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is drawn otherwise (go test -update writes it anew). Got:\n%s\nwant:\n%s", name, got, want)
	}
}

func TestRealHouses(t *testing.T) {
	const shared = "../../../shared/plans"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the real houses' plans are not part of the project; house.json and ring.json stand in for them")
	}
	for _, file := range []string{"ull-paraninfo.pretix.json", "seatmap-canvas-plan.pretix.json"} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(shared, file))
			if err != nil {
				t.Fatal(err)
			}
			plan, report := mustRead(t, file, string(text))
			golden(t, file, drawing(plan, report))
		})
	}
}

func TestHousesLikeTheRealOnes(t *testing.T) {
	for _, file := range []string{"house.json", "ring.json"} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			plan, report := mustRead(t, file, string(text))
			golden(t, file, drawing(plan, report))
		})
	}
}

func TestBuiltins(t *testing.T) {
	for _, name := range Builtins() {
		plan, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(plan); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		golden(t, name, drawing(plan, nil))
	}
	if _, err := Builtin("scala"); boxoffice.KindOf(err) != boxoffice.KindNotFound {
		t.Errorf("Builtin(scala) = %v, want that there is none", err)
	}
}

// Four together must be neighbours, and nobody is across an aisle.
func TestNeighboursAreSideBySide(t *testing.T) {
	plan, err := Builtin("leal")
	if err != nil {
		t.Fatal(err)
	}
	find := func(section, label string) boxoffice.Place {
		for _, p := range plan.Places {
			if plan.Sections[p.Section].Name == section && p.Label() == label {
				return p
			}
		}
		t.Fatalf("there is no %s %s", section, label)
		return boxoffice.Place{}
	}
	for _, pair := range [][2]string{{"B12", "B13"}, {"H1", "H2"}, {"H21", "H22"}, {"D7", "D8"}} {
		if !boxoffice.Neighbours(find("Stalls", pair[0]), find("Stalls", pair[1])) {
			t.Errorf("%s and %s are not neighbours", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"D6", "D7"}, {"D16", "D17"}, {"T6", "T7"}, {"T8", "T9"}, {"B12", "C12"}} {
		if boxoffice.Neighbours(find("Stalls", pair[0]), find("Stalls", pair[1])) {
			t.Errorf("%s and %s are neighbours", pair[0], pair[1])
		}
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestReaderErrorIsReturned(t *testing.T) {
	plan, report, err := Read("a.csv", brokenReader{})
	if plan != nil || report == nil || err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("Read = %v, %v, %v", plan, report, err)
	}
	var refused *RefusedError
	if errors.As(err, &refused) {
		t.Error("a broken reader is told as a refused plan")
	}
}

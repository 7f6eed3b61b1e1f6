package planfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// FuzzRead: whatever the bytes, there is a plan that keeps every promise or a
// refusal, never both, never neither, and the same every time.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		a1a2, fan("L", "C", "R"), horseshoe(2), galleries(4, 12, true), blocksOfOneName(),
		"section,seat,capacity,level\nFloor,,40,Down\nStage,,,\n",
		"level;section;row;seat;flags\nUp;S;A;1;wheelchair companion\nUp;S;A;1;restricted\n",
		pretixPlan(`"wicket":{"stage":"bottom","ga":[{"name":"Floor","capacity":3}]},`, pretixRow("", pretixSeat("", "", 0, 0, ""), pretixSeat("", "1", 1e5, -1e5, "x"))),
		"\xff\xfes\x00e\x00a\x00t\x00\n\x001\x00", "seat\n\x1b[2J\n\"a\nb\"\n",
		"section,row,seat,x,y\nS,A,1,0,0\nS,A,1,5,0\nS,A,1,9,0\nS,A,1,9,0\nS,,1,0,3\nS,,,1,3\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 64<<10 {
			return
		}
		plan, report, err := Read("fuzz", bytes.NewReader(text))
		again, _, errAgain := Read("fuzz", bytes.NewReader(text))
		if !reflect.DeepEqual(plan, again) || (err == nil) != (errAgain == nil) {
			t.Fatal("read twice, it is not the same")
		}
		if err != nil {
			var refused *RefusedError
			if plan != nil || !errors.As(err, &refused) || len(refused.Refusals) == 0 || err.Error() == "" {
				t.Fatalf("neither plan nor refusal: %v, %v", plan, err)
			}
			return
		}
		if err := Check(plan); err != nil {
			t.Fatal(err)
		}
		if report.Count(Refused) > 0 {
			t.Fatal("refused, and yet a plan")
		}
		for i := range plan.Levels {
			Draw(plan, i)
		}
		_ = Summarise(plan).String()
		report.Lines(2)
	})
}

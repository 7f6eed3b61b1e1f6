package boxoffice_test

import (
	"strings"
	"testing"

	"wicket/boxoffice"
)

func TestReadKey(t *testing.T) {
	for in, want := range map[string]string{
		"macbeth": "macbeth", "Macbeth-1127": "macbeth-1127", " m ": "m", strings.Repeat("m", 40): strings.Repeat("m", 40),
		"": "", "mac beth": "", "müller": "", "a_b": "", "macbeth\x1b[2J": "", "a/b": "", strings.Repeat("m", 41): "",
	} {
		got, err := boxoffice.ReadKey(in)
		if got != want || (err != nil) != (want == "") || err != nil && boxoffice.KindOf(err) != boxoffice.KindInvalid {
			t.Errorf("%q is the key %q (%v), want %q", in, got, err, want)
		}
		if err != nil && boxoffice.Clean(err.Error()) != err.Error() {
			t.Errorf("%q: %q is not clean", in, err)
		}
	}
}
